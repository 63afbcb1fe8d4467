"""What changes an application: written, changed, sent, withdrawn by its team; let in or refused by the coordinators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from citytandem.web.accounts.actions import record
from citytandem.web.accounts.models import User
from citytandem.web.programmes.actions import ChangedMeanwhile, NotAllowedNow
from citytandem.web.programmes.eligibility import check_rules, is_met, read_checks
from citytandem.web.programmes.models import Application, ApplicationState, Contact, Programme
from citytandem.web.programmes.queries import takes_applications

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from citytandem.atlas import Atlas
    from citytandem.web.accounts.models import Organisation

TEAM_FIELDS = (
    "actor", "part", "learns", "offers", "learns_measures", "offers_measures", "languages", "country", "capacity",
    "wishes", "vetoes", "text_language",
)  # fmt: skip
"""What a team writes; nothing else is taken from its form."""
BEFORE_THE_COORDINATORS = (ApplicationState.SENT, ApplicationState.ELIGIBLE, ApplicationState.REFUSED)


@transaction.atomic
def write_application(
    *, user: User | None, programme: Programme, organisation: Organisation, values: Mapping[str, Any],
    contacts: Iterable[Mapping[str, str]],
) -> Application:  # fmt: skip
    """Keep an application as a draft that its team alone sees.

    Raises
    ------
    NotAllowedNow
        The call is not open, or the team has applied already.
    """
    if not takes_applications(programme) or Application.objects.filter(programme=programme, organisation=organisation).exists():
        raise NotAllowedNow
    made = Application(programme=programme, organisation=organisation, created_by=user)
    _fill(made, values)
    made.save()
    _name_contacts(made, contacts)
    _note(made, user=user, action="application.written")
    return made


@transaction.atomic
def change_application(
    *, user: User | None, application: Application, version: int, values: Mapping[str, Any],
    contacts: Iterable[Mapping[str, str]], atlas: Atlas,
) -> Application:  # fmt: skip
    """Change an application until the deadline. One that was sent stays sent, and is looked at anew.

    Raises
    ------
    ChangedMeanwhile
        Somebody else changed it since ``version``.
    NotAllowedNow
        The call is not open any more, or what was sent would lack something.
    """
    own = _hold(application, version=version)
    _must_be_open(own)
    before = own.state
    _fill(own, values)
    _name_contacts(own, contacts)
    if before in BEFORE_THE_COORDINATORS:
        if lacks(own):
            raise NotAllowedNow
        _hand_in(own, atlas=atlas)
    _save(own)
    _note(own, user=user, action="application.changed", before={"state": before})
    return own


@transaction.atomic
def send_application(*, user: User | None, application: Application, version: int, atlas: Atlas) -> Application:
    """Hand an application in; what the rules of the call say of it is written beside it.

    Raises
    ------
    ChangedMeanwhile
        Somebody else changed it since ``version``.
    NotAllowedNow
        The call is not open, it was sent already, or one of the two questions is not answered.
    """
    own = _hold(application, version=version)
    _must_be_open(own)
    if own.state not in {ApplicationState.DRAFT, ApplicationState.WITHDRAWN} or lacks(own):
        raise NotAllowedNow
    before = own.state
    _hand_in(own, atlas=atlas)
    _save(own)
    _note(own, user=user, action="application.sent", before={"state": before})
    return own


@transaction.atomic
def withdraw_application(*, user: User | None, application: Application, version: int) -> Application:
    """Take an application back; possible as long as nothing is proposed on it.

    Raises
    ------
    ChangedMeanwhile
        Somebody else changed it since ``version``.
    NotAllowedNow
        It is withdrawn already.
    """
    own = _hold(application, version=version)
    if own.state == ApplicationState.WITHDRAWN:
        raise NotAllowedNow
    before, own.state = own.state, ApplicationState.WITHDRAWN
    _save(own)
    _note(own, user=user, action="application.withdrawn", before={"state": before})
    return own


@transaction.atomic
def reply_to_refusal(*, user: User | None, application: Application, version: int, reply: str) -> Application:
    """Say why a refusal is not right; the coordinators look again.

    Raises
    ------
    ChangedMeanwhile
        Somebody else changed it since ``version``.
    NotAllowedNow
        It is not refused.
    """
    own = _hold(application, version=version)
    if own.state != ApplicationState.REFUSED:
        raise NotAllowedNow
    own.reply = reply
    _save(own)
    _note(own, user=user, action="application.replied")
    return own


@transaction.atomic
def decide(*, user: User | None, application: Application, version: int, lets_in: bool, reason: str = "") -> Application:
    """Let an application in, or refuse it with a reason its team reads.

    Raises
    ------
    ChangedMeanwhile
        It was changed since ``version``.
    NotAllowedNow
        It is not before the coordinators, or it is refused without a reason.
    """
    own = _hold(application, version=version)
    if own.state not in BEFORE_THE_COORDINATORS or not (lets_in or reason):
        raise NotAllowedNow
    before, own.state = own.state, ApplicationState.ELIGIBLE if lets_in else ApplicationState.REFUSED
    own.reason = "" if lets_in else reason
    own.reply = "" if lets_in else own.reply
    _save(own)
    action = "application.let_in" if lets_in else "application.refused"
    record(
        user=user, action=action, organisation=own.programme.organisation, subject=name_application(own),
        before={"state": before}, after={"state": own.state, "reason": own.reason},
    )  # fmt: skip
    return own


@transaction.atomic
def let_in_all(*, user: User | None, programme: Programme) -> int:
    """Let in every application that breaks no rule and for which every rule is known; returns how many."""
    waiting = Application.objects.filter(programme=programme, state=ApplicationState.SENT).select_related("programme")
    sound = [one for one in waiting if is_met(checks := read_checks(one.checks)) and all(c.said == "met" for c in checks)]
    for one in sound:
        decide(user=user, application=one, version=one.version, lets_in=True)
    return len(sound)


def lacks(own: Application) -> list[str]:
    """What is still missing before it can be sent, by the names of the fields."""
    missing = [name for name in ("learns", "offers", "languages") if not getattr(own, name)]
    return missing if own.contacts.exists() else [*missing, "contacts"]


def name_application(own: Application) -> str:
    """How an application is named in the record."""
    return f"application:{own.pk}"


def _hand_in(own: Application, *, atlas: Atlas) -> None:
    own.state, own.sent, own.reason = ApplicationState.SENT, timezone.now(), ""
    own.checks = [one.as_dict() for one in check_rules(own, atlas=atlas)]


def _must_be_open(own: Application) -> None:
    if not takes_applications(own.programme):
        raise NotAllowedNow


def _hold(application: Application, *, version: int) -> Application:
    rows = Application.objects.select_for_update(of=("self",)).select_related("programme__organisation", "organisation")
    own = rows.get(pk=application.pk)
    if own.version != version:
        raise ChangedMeanwhile(own)
    return own


def _fill(own: Application, values: Mapping[str, Any]) -> None:
    for name in TEAM_FIELDS:
        if name in values:
            setattr(own, name, values[name])


def _save(own: Application) -> None:
    own.version += 1
    own.save()


def _name_contacts(own: Application, contacts: Iterable[Mapping[str, str]]) -> None:
    """Write the people down anew, each with their account where they have one."""
    own.contacts.all().delete()
    for one in contacts:
        user = User.objects.filter(email__iexact=one["email"]).first()
        Contact.objects.create(application=own, user=user, name=one["name"], email=one["email"].lower(), task=one.get("task", ""))


def _note(own: Application, *, user: User | None, action: str, before: dict[str, Any] | None = None) -> None:
    """The record of the team; vetoes and people stay out of it."""
    after = {"programme": own.programme_id, "state": own.state, "version": own.version}
    record(user=user, action=action, organisation=own.organisation, subject=name_application(own), before=before, after=after)
