"""An organisation's own page for its members: people and roles, invitations, leaving."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.core.internal.ratelimit import consume
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from citytandem.web.accounts.access import person_of, require
from citytandem.web.accounts.actions import LastAdministrator, change_role, describe_organisation, remove_member
from citytandem.web.accounts.forms import InviteForm, OrganisationForm, RoleForm
from citytandem.web.accounts.invitations import OPEN_DAYS, address_of, invite, withdraw
from citytandem.web.accounts.letters import send_letter
from citytandem.web.accounts.queries import managing_roles, open_invitations, people_of
from citytandem.web.shell.language import current_speech, word
from citytandem.words import language_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from citytandem.web.accounts.models import Organisation

INVITATIONS_PER_DAY = {"invite": "30/d/user"}


@require("organisation.view")
def show_organisation(request: HttpRequest, *, organisation: Organisation) -> HttpResponse:
    """Who belongs to it, and for those who look after it: roles, invitations and what it is called."""
    return _show(request, organisation)


@require("organisation.manage")
@require_POST
def invite_person(request: HttpRequest, *, organisation: Organisation) -> HttpResponse:
    """Keep a seat for somebody and send the letter."""
    form = InviteForm(request.POST, organisation=organisation)
    if not form.is_valid():
        return _show(request, organisation, invite_form=form, status=422)
    if not consume(request, app="citytandem", action="invite", config=INVITATIONS_PER_DAY):
        messages.error(request, str(word("web.people.too_many_invitations")))
        return redirect("organisation", organisation=organisation.pk)
    send_invitation(
        request,
        email=form.cleaned_data["email"],
        role=form.cleaned_data["role"],
        language=form.cleaned_data["language"],
        organisation=organisation,
    )
    return redirect("organisation", organisation=organisation.pk)


def send_invitation(request: HttpRequest, *, email: str, role: str, language: str, organisation: Organisation) -> None:
    """Invite, write the letter, and say whether it could be sent."""
    invited = invite(by=person_of(request), email=email, role=role, language=language, organisation=organisation)
    address = request.build_absolute_uri(address_of(invited.token, language=language))
    sent = send_letter("invitation", to=email, language=language, address=address, organisation=organisation.name, days=OPEN_DAYS)
    if sent:
        messages.success(request, str(word("web.people.invited", email=email)))
    else:
        messages.error(request, str(word("web.people.letter_failed", email=email)))


@require("organisation.manage")
@require_POST
def withdraw_invitation(request: HttpRequest, *, organisation: Organisation, invitation: int) -> HttpResponse:
    """Take back a seat that nobody has taken yet."""
    withdraw(by=person_of(request), invitation=get_object_or_404(open_invitations(organisation), pk=invitation))
    messages.success(request, str(word("web.people.withdrawn")))
    return redirect("organisation", organisation=organisation.pk)


@require("organisation.manage")
@require_POST
def give_role(request: HttpRequest, *, organisation: Organisation, membership: int) -> HttpResponse:
    """Give a member another role."""
    member = get_object_or_404(people_of(organisation), pk=membership)
    form = RoleForm(request.POST, organisation=organisation)
    if form.is_valid():
        try:
            change_role(by=person_of(request), membership=member, role=form.cleaned_data["role"])
            messages.success(request, str(word("web.people.role_changed")))
        except LastAdministrator:
            messages.error(request, str(word("web.people.last_administrator")))
    return redirect("organisation", organisation=organisation.pk)


@require("organisation.manage")
@require_POST
def remove_person(request: HttpRequest, *, organisation: Organisation, membership: int) -> HttpResponse:
    """Take a member out of the organisation."""
    member = get_object_or_404(people_of(organisation), pk=membership)
    try:
        remove_member(by=person_of(request), membership=member)
        messages.success(request, str(word("web.people.removed")))
    except LastAdministrator:
        messages.error(request, str(word("web.people.last_administrator")))
    return redirect("organisation", organisation=organisation.pk)


@require("organisation.view")
@require_POST
def leave_organisation(request: HttpRequest, *, organisation: Organisation) -> HttpResponse:
    """Leave by choice."""
    person = person_of(request)
    try:
        remove_member(by=person, membership=people_of(organisation).get(user=person))
    except LastAdministrator:
        messages.error(request, str(word("web.people.last_administrator")))
        return redirect("organisation", organisation=organisation.pk)
    messages.success(request, str(word("web.people.left", organisation=organisation.name)))
    return redirect("me")


@require("organisation.manage")
@require_POST
def describe(request: HttpRequest, *, organisation: Organisation) -> HttpResponse:
    """Change what the organisation is called."""
    form = OrganisationForm(request.POST)
    if not form.is_valid():
        return _show(request, organisation, describe_form=form, status=422)
    describe_organisation(by=person_of(request), organisation=organisation, **form.cleaned_data)
    messages.success(request, str(word("web.told.saved")))
    return redirect("organisation", organisation=organisation.pk)


def _show(
    request: HttpRequest,
    organisation: Organisation,
    *,
    invite_form: InviteForm | None = None,
    describe_form: OrganisationForm | None = None,
    status: int = 200,
) -> HttpResponse:
    people = list(people_of(organisation))
    told = {
        "organisation": organisation,
        "people": people,
        "managers": current_speech().join(str(one.user) for one in people if one.role in managing_roles(organisation)),
        "may_manage": person_of(request).has_perm("organisation.manage", organisation),
    }
    if told["may_manage"]:
        language = language_of(get_language() or "en")
        asked = describe_form or OrganisationForm(initial={"name": organisation.name, "website": organisation.website})
        told |= {
            "invitations": open_invitations(organisation).select_related("invited_by"),
            "invite_form": invite_form or InviteForm(organisation=organisation, initial={"language": language}),
            "describe_form": asked,
            "role_forms": [
                (one, RoleForm(organisation=organisation, initial={"role": one.role}, auto_id=f"role-{one.pk}")) for one in people
            ],
        }
    return render(request, "accounts/organisation.html", told, status=status)
