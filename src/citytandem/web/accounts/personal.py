"""Everything the site holds about a person: gathered for them as one document, and forgotten when they ask."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.utils import timezone
from django.utils.module_loading import module_has_submodule

from citytandem.web.accounts.actions import name_person, record
from citytandem.web.accounts.models import AuditEntry, Invitation, User
from citytandem.web.accounts.queries import managers_of, organisations_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from citytandem.web.accounts.models import Organisation

SECRET = {"password", "secret", "token", "hash", "sha256"}
"""Words in the names of columns that hold secrets; a document one keeps in a drawer must not open the account."""
SECRET_COLUMNS = {"mfa.authenticator.data"}


def gather_personal_data(user: User) -> dict[str, Any]:
    """All rows that point at a person, whichever app owns them, without secrets.

    Found by walking every table that refers to people, so that a new table is included the day it is made.
    """
    told: dict[str, Any] = {"made": timezone.now().isoformat(), "person": _tell(user)}
    for relation in User._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ForeignObjectRel) and relation.one_to_many:
            rows = relation.related_model._base_manager.filter(**{relation.field.name: user}).order_by("pk")  # noqa: SLF001 - Django's name
            told[f"{relation.related_model._meta.label_lower}.{relation.field.name}"] = [_tell(row) for row in rows]
    about = AuditEntry.objects.filter(subject=name_person(user)).exclude(user=user)
    told["accounts.auditentry.subject"] = [_tell(row) for row in about]
    told["accounts.invitation.email"] = [_tell(row) for row in Invitation.objects.filter(email__in=_addresses(user))]
    for tell in _find_in_apps("tell_person"):
        told |= tell(user)
    told["sessions"] = [session.expire_date.isoformat() for session in _sessions(user)]
    return told


def left_without_manager(user: User) -> list[Organisation]:
    """The organisations nobody would look after once a person is gone, though others work there."""
    return [
        organisation
        for organisation in organisations_of(user)
        if organisation.memberships.exclude(user=user).exists() and not managers_of(organisation).exclude(user=user).exists()
    ]


@transaction.atomic
def end_other_sessions(user: User, *, kept: str | None) -> int:
    """Sign a person out everywhere but here; returns how many sessions ended."""
    others = [session for session in _sessions(user) if session.session_key != kept]
    for session in others:
        session.delete()
    if others:
        record(user=user, action="person.signed_out_elsewhere", subject=name_person(user))
    return len(others)


def count_sessions(user: User) -> int:
    """On how many devices a person is signed in."""
    return len(_sessions(user))


@transaction.atomic
def erase_person(user: User) -> None:
    """Forget a person: account, addresses, keys, roles, sessions and open invitations.

    What they wrote for an organisation belongs to it and stays; the record of what was done stays. Both lose the
    person: nobody can tell any more who it was.
    """
    for organisation in organisations_of(user):
        record(user=None, action="member.erased", organisation=organisation, subject=name_person(user))
    for forget in _find_in_apps("forget_person"):
        forget(user)
    record(user=None, action="person.erased", subject=name_person(user))
    Invitation.objects.filter(email__in=_addresses(user)).delete()
    for session in _sessions(user):
        session.delete()
    user.delete()


def _find_in_apps(name: str) -> list[Callable[[User], Any]]:
    """Functions of one name in the modules ``forgetting`` of all apps: for what is known of people beside their account."""
    configs = [app for app in apps.get_app_configs() if app.name.startswith("citytandem.web.")]
    modules = [import_module(f"{app.name}.forgetting") for app in configs if module_has_submodule(app.module, "forgetting")]
    return [getattr(module, name) for module in modules if hasattr(module, name)]


def _addresses(user: User) -> list[str]:
    from allauth.account.models import EmailAddress  # app ready

    return [user.email, *EmailAddress.objects.filter(user=user).values_list("email", flat=True)]


def _sessions(user: User) -> list[Session]:
    running = Session.objects.filter(expire_date__gt=timezone.now())
    return [session for session in running.iterator() if session.get_decoded().get("_auth_user_id") == str(user.pk)]


def _tell(row: models.Model) -> dict[str, Any]:
    """A row as plain values, without what is secret."""
    return {
        field.name: _plain(field.value_from_object(row))
        for field in row._meta.concrete_fields
        if not SECRET & set(field.name.split("_")) and f"{row._meta.label_lower}.{field.name}" not in SECRET_COLUMNS
    }


def _plain(value: Any) -> Any:
    return value if isinstance(value, bool | int | float | str | list | dict | None) else str(value)
