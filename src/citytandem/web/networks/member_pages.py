"""Memberships over time: a network records them, and the city's team says whether they are right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from citytandem.gazetteer import fold, names_in
from citytandem.web.accounts.access import person_of
from citytandem.web.live import atlas_of
from citytandem.web.networks import actions
from citytandem.web.networks.access import require_city, require_network
from citytandem.web.networks.forms import MemberForm, NewMemberForm, start_member
from citytandem.web.networks.models import MemberClass, NetworkMember
from citytandem.web.shell.language import current_speech, word

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from citytandem.web.accounts.models import Organisation

NAMES = ("version", "member_class", "since", "until", "capacity", "source")
ANSWERS = {"confirm": actions.confirm_member, "decline": actions.decline_member}


@require_network("organisation.view")
@require_GET
def show_members(request: HttpRequest, *, organisation: Organisation) -> HttpResponse:
    """Every membership that is recorded, in the order of the alphabet, those that ended too."""
    rows = list(NetworkMember.objects.filter(network=organisation).select_related("member_class"))
    names = names_in(atlas_of(request), sorted({row.city for row in rows}), language=current_speech().language)
    named = sorted(((names.get(row.city, row.city), row) for row in rows), key=lambda one: (fold(one[0]), one[1].since))
    today = timezone.now().date()
    told: dict[str, Any] = {
        "organisation": organisation, "rows": named, "here": "registry_members",
        "now": sum(row.since <= today and (row.until is None or row.until > today) for row in rows),
        "open": sum(row.confirmed is None and row.declined is None for row in rows),
        "may_coordinate": request.user.has_perm("network.coordinate", organisation),
    }  # fmt: skip
    return render(request, "networks/members.html", told)


@require_network("network.coordinate")
@require_http_methods(["GET", "POST"])
def write_member(request: HttpRequest, *, organisation: Organisation, member: int | None = None) -> HttpResponse:
    """A new membership, or other days, another class or capacity for one."""
    own = get_object_or_404(NetworkMember, pk=member, network=organisation) if member else None
    classes = MemberClass.objects.filter(network=organisation)
    made: type[MemberForm] = MemberForm if own else NewMemberForm
    start = {name: getattr(own, name) for name in NAMES} if own else start_member(classes)
    form = made(request.POST or None, initial=start, classes=classes)
    told: dict[str, Any] = {"organisation": organisation, "member": own, "here": "registry_members"}
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            if own is None:
                actions.add_member(user=person_of(request), network=organisation, values=form.values)
            else:
                version = form.cleaned_data["version"]
                actions.change_member(user=person_of(request), own=own, version=version, values=form.values)
        except actions.ChangedMeanwhile as meanwhile:
            status, told["conflict"] = 409, meanwhile.now
            form.data = {**request.POST.dict(), "version": str(getattr(meanwhile.now, "version", 0))}
        except actions.AlreadyMember:
            form.add_error("since", str(word("web.registry.already_member")))
        else:
            messages.success(request, str(word("web.told.saved")))
            return redirect("registry_members", organisation.pk)
    return render(request, "networks/member.html", told | {"form": form}, status=status)


@require_city("organisation.publish")
@require_POST
def answer_membership(request: HttpRequest, *, organisation: Organisation, member: int, answer: str) -> HttpResponse:
    """The city's team confirms or declines what a network recorded of it."""
    own = get_object_or_404(NetworkMember, pk=member, city=organisation.city)
    if answer not in ANSWERS:
        raise Http404
    version = request.POST.get("version", "")
    try:
        ANSWERS[answer](
            user=person_of(request), own=own, version=int(version) if version.isascii() and version.isdecimal() else -1
        )
        messages.success(request, str(word(f"web.registry.told.{answer}")))
    except actions.ChangedMeanwhile:
        messages.error(request, str(word("web.registry.changed_meanwhile")))
    return redirect("ties", organisation.pk)
