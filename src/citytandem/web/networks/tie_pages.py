"""Ties: a network's with their figures, a city's own, and one tie with what the two sides recorded on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from citytandem.gazetteer import names_in
from citytandem.web.accounts.access import person_of
from citytandem.web.accounts.models import Kind
from citytandem.web.live import atlas_of
from citytandem.web.networks import tie_actions
from citytandem.web.networks.access import find_tie, may_change_tie, require_city, require_network, require_tied
from citytandem.web.networks.actions import ChangedMeanwhile
from citytandem.web.networks.load import weigh
from citytandem.web.networks.models import NetworkMember
from citytandem.web.networks.sight import listed_of, rows_on, sees_of, ties_of_city, ties_seen_by
from citytandem.web.networks.tie_forms import NewTieForm, PairForm, TieForm
from citytandem.web.networks.tie_list import list_of_city, list_within
from citytandem.web.networks.tie_view import show_one
from citytandem.web.profiles.forms import VersionForm
from citytandem.web.shell.language import current_speech, word

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from citytandem.web.accounts.models import Organisation
    from citytandem.web.networks.tie_list import Line

STATES = ("awake", "asleep", "unknown", "listed", "ended")
SHOWN = 200
"""Ties on one page of a network; the file holds them all."""


@require_network("organisation.view")
@require_GET
def show_network_ties(request: HttpRequest, *, organisation: Organisation) -> HttpResponse:
    """How the ties among members fare, who is tied to nobody, and who carries more than it can."""
    atlas, language, today = atlas_of(request), current_speech().language, timezone.now().date()
    cities = listed_of(organisation, atlas=atlas, on=today)
    seen = ties_seen_by(organisation, atlas=atlas, on=today).prefetch_related("meetings", "questions", "transfers")
    lines = list_within(atlas, cities, seen=seen, on=today, language=language)
    names = names_in(atlas, list(cities), language=language)
    living = [line for line in lines if line.state != "ended"]
    tied = {city for line in living for city in (line.city, line.other)}
    carried = weigh(lines, members=rows_on(organisation, on=today), cities=cities)
    over = [(names[one.city], one) for one in carried.values() if one.is_over and one.city in names]
    chosen = request.GET.get("state", "")
    shown = [line for line in lines if not chosen or line.state == chosen]
    told: dict[str, Any] = {
        "organisation": organisation, "here": "network_ties", "lines": shown[:SHOWN], "left": max(0, len(shown) - SHOWN),
        "counts": _count(lines), "chosen": chosen if chosen in STATES else "", "states": STATES, "total": len(lines),
        "alone": sorted((names[city], city) for city in cities if city in names and city not in tied),
        "over": sorted(over, key=lambda one: one[0]), "said": sum(one.capacity is not None for one in carried.values()),
        "silent": len(set(cities) - sees_of(organisation, cities=cities)),
        "may_edit": request.user.has_perm("organisation.edit", organisation),
    }  # fmt: skip
    return render(request, "networks/ties.html", told)


@require_city("organisation.view")
@require_GET
def show_city_ties(request: HttpRequest, *, organisation: Organisation) -> HttpResponse:
    """The ties of the team's own city, and the networks that say it is a member."""
    atlas, language, today = atlas_of(request), current_speech().language, timezone.now().date()
    seen = ties_of_city(organisation.city).prefetch_related("meetings", "questions", "transfers")
    lines = list_of_city(atlas, organisation.city, seen=seen, on=today, language=language)
    memberships = NetworkMember.objects.filter(city=organisation.city).select_related("network", "member_class")
    told = {
        "organisation": organisation, "lines": lines, "counts": _count(lines), "memberships": memberships,
        "may_edit": request.user.has_perm("organisation.edit", organisation),
        "may_publish": request.user.has_perm("organisation.publish", organisation),
    }  # fmt: skip
    return render(request, "networks/city_ties.html", told)


@require_tied("organisation.edit")
@require_http_methods(["GET", "POST"])
def write_tie(request: HttpRequest, *, organisation: Organisation) -> HttpResponse:
    """Record a tie; with ``?other=`` one that a published list names, with its kind, year and source."""
    is_network = organisation.kind == Kind.NETWORK
    made = PairForm if is_network else NewTieForm
    form = made(request.POST or None, initial=_start_from_list(request, organisation))
    if request.method == "POST" and form.is_valid():
        values = form.values
        city, other = values.pop("city", organisation.city), values.pop("other")
        today, atlas = timezone.now().date(), atlas_of(request)
        allowed = sees_of(organisation, cities=listed_of(organisation, atlas=atlas, on=today)) if is_network else {city, other}
        if city == other:
            form.add_error("other", str(word("web.tie.same_city")))
        elif not {city, other} <= set(allowed):
            form.add_error("other", str(word("web.tie.not_members")))
        else:
            try:
                tie = tie_actions.write_tie(
                    user=person_of(request), organisation=organisation, cities=(city, other), values=values
                )
            except tie_actions.TieThere as known:
                messages.info(request, str(word("web.tie.there")))
                return redirect("tie", organisation.pk, known.tie.pk)
            messages.success(request, str(word("web.told.saved")))
            return redirect("tie", organisation.pk, tie.pk)
    told = {"organisation": organisation, "form": form, "here": "network_ties", "is_network": is_network}
    return render(request, "networks/tie_new.html", told, status=422 if request.method == "POST" else 200)


@require_tied("organisation.view")
@require_GET
def show_tie(request: HttpRequest, *, organisation: Organisation, tie: int) -> HttpResponse:
    """One tie: its figures, what was recorded on it, and forms for more."""
    return show_one(request, organisation=organisation, tie=find_tie(request, organisation=organisation, tie=tie))


@require_tied("organisation.edit")
@require_POST
def change_tie(request: HttpRequest, *, organisation: Organisation, tie: int) -> HttpResponse:
    """Change kind, year or source of a tie."""
    own = find_tie(request, organisation=organisation, tie=tie)
    form = TieForm(request.POST)
    if not may_change_tie(organisation, tie=own):
        messages.error(request, str(word("web.tie.not_yours")))
        return redirect("tie", organisation.pk, own.pk)
    if not form.is_valid():
        return show_one(request, organisation=organisation, tie=own, forms={"change": form})
    version = form.cleaned_data["version"]
    try:
        tie_actions.change_tie(user=person_of(request), organisation=organisation, tie=own, version=version, values=form.values)
        messages.success(request, str(word("web.told.saved")))
    except ChangedMeanwhile:
        messages.error(request, str(word("web.registry.changed_meanwhile")))
    return redirect("tie", organisation.pk, own.pk)


@require_tied("organisation.edit")
@require_POST
def end_tie(request: HttpRequest, *, organisation: Organisation, tie: int) -> HttpResponse:
    """End a tie today, or take up one that was ended."""
    own = find_tie(request, organisation=organisation, tie=tie)
    form = VersionForm(request.POST)
    if not may_change_tie(organisation, tie=own):
        messages.error(request, str(word("web.tie.not_yours")))
        return redirect("tie", organisation.pk, own.pk)
    version = form.cleaned_data["version"] if form.is_valid() else -1
    until = None if own.until else timezone.now().date()
    try:
        tie_actions.end_tie(user=person_of(request), organisation=organisation, tie=own, version=version, until=until)
        messages.success(request, str(word("web.tie.told.ended" if until else "web.tie.told.taken_up")))
    except ChangedMeanwhile:
        messages.error(request, str(word("web.registry.changed_meanwhile")))
    return redirect("tie", organisation.pk, own.pk)


def _count(lines: list[Line]) -> dict[str, int]:
    return {state: sum(line.state == state for line in lines) for state in STATES}


def _start_from_list(request: HttpRequest, organisation: Organisation) -> dict[str, Any]:
    """What a published list says of the two cities in the address."""
    asked = {name: request.GET.get(name, "")[:24] for name in ("city", "other")}
    start: dict[str, Any] = {"version": 0, **asked}
    pair = sorted((asked["city"] or organisation.city, asked["other"]))
    atlas = atlas_of(request)
    rows = atlas.tie.filter(city=pair[0], other=pair[1])
    if rows.height:
        row = rows.row(0, named=True)
        title = dict(atlas.source.select("source", "title").iter_rows()).get(row["source"], row["source"])
        start |= {"kind": str(row["kind"]), "since": row["since"], "source": title}
    return start
