"""The matching studio: decide, match, look at the reasons, move a pair by hand, match again with least change, propose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from citytandem.findings import CannotCompute
from citytandem.gazetteer import fold
from citytandem.narration import tell
from citytandem.web.accounts.access import person_of, require
from citytandem.web.live import atlas_of
from citytandem.web.programmes.actions import NotAllowedNow
from citytandem.web.programmes.cards import name_sides
from citytandem.web.programmes.coordinator_pages import find_programme
from citytandem.web.programmes.letters import ask_sides
from citytandem.web.programmes.matching import as_findings, list_rules
from citytandem.web.programmes.models import MatchRun, PairRule, RunKind, Stage
from citytandem.web.programmes.queries import candidates_of
from citytandem.web.programmes.results import keep_change
from citytandem.web.programmes.runs import MATCHED_IN, find_gone, is_lost, price_move, run_now_or_later, start_run
from citytandem.web.programmes.studio_actions import add_rule, drop_rule, propose_groups
from citytandem.web.programmes.studio_forms import MoveForm, RuleForm, SettingsForm, start_from
from citytandem.web.programmes.studio_view import call_all, name_change, show_run
from citytandem.web.shell.language import current_speech, word

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from citytandem.web.accounts.models import Organisation
    from citytandem.web.programmes.models import Programme


@require("network.coordinate")
@require_http_methods(["GET", "POST"])
def show_studio(request: HttpRequest, *, organisation: Organisation, programme: int) -> HttpResponse:
    """The decisions before a matching, pins and bans, and every run there was."""
    own = find_programme(organisation, programme)
    last = own.runs.filter(kind=RunKind.MATCH).first()
    start = start_from(last.asked) if last else {"form": own.form}
    form = SettingsForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        return _start(request, own=own, asked=form.asked | {"rules": list_rules(own.pair_rules.all())})
    choices = _list_candidates(request, own)
    values = {
        "organisation": organisation, "programme": own, "form": form, "runs": own.runs.select_related("created_by", "base"),
        "rules": [(one, *_name_rule(one, dict(choices))) for one in own.pair_rules.all()],
        "rule_form": RuleForm(choices=choices), "count": len(choices), "may_match": own.state in MATCHED_IN,
        "weights": [form[name] for name in form.fields if name.startswith("weight_")],
        "decisions": [form[name] for name in form.fields if not name.startswith("weight_")],
    }  # fmt: skip
    return render(request, "programmes/studio.html", values, status=422 if form.errors else 200)


@require("network.coordinate")
@require_POST
def write_rule(request: HttpRequest, *, organisation: Organisation, programme: int) -> HttpResponse:
    """A pin or a ban, with its reason."""
    own = find_programme(organisation, programme)
    form = RuleForm(request.POST, choices=_list_candidates(request, own))
    if not form.is_valid():
        messages.error(request, str(word("web.studio.rule.incomplete")))
    else:
        told = form.cleaned_data
        try:
            add_rule(
                user=person_of(request), programme=own, pair=(int(told["one"]), int(told["other"])), kind=told["kind"],
                reason=told["reason"],
            )  # fmt: skip
            messages.success(request, str(word("web.studio.rule.kept")))
        except NotAllowedNow:
            messages.error(request, str(word("web.studio.rule.there")))
    return redirect("studio", organisation.pk, own.pk)


@require("network.coordinate")
@require_POST
def take_rule_back(request: HttpRequest, *, organisation: Organisation, programme: int, rule: int) -> HttpResponse:
    """Take a pin or a ban back."""
    own = find_programme(organisation, programme)
    drop_rule(user=person_of(request), rule=get_object_or_404(PairRule, pk=rule, programme=own))
    messages.success(request, str(word("web.studio.rule.dropped")))
    return redirect("studio", organisation.pk, own.pk)


@require("network.coordinate")
@require_GET
def show_studio_run(request: HttpRequest, *, organisation: Organisation, programme: int, run: int) -> HttpResponse:
    """One run: its groups with their reasons, and what a move by hand would cost where one is asked about."""
    own = _find_run(organisation, programme, run)
    told: dict[str, Any] = {"organisation": organisation, "programme": own.programme, "run": own, "is_lost": is_lost(own)}
    if own.stage == Stage.FAILED and own.result.get("stopped"):
        told["stopped"] = _say_stopped(request, own)
    if own.stage == Stage.DONE:
        atlas, speech = atlas_of(request), current_speech()
        told["shown"] = show_run(own, atlas=atlas, speech=speech)
        names = told["shown"].names
        choices = sorted(names.items(), key=lambda pair: fold(pair[1]))
        told["move_form"] = form = MoveForm(request.GET if "one" in request.GET else None, choices=choices)
        if form.is_bound and form.is_valid():
            told |= _price(form.cleaned_data, run=own, names=names)
        told["gone"] = find_gone(own)
        told["may_propose"] = own.programme.state in MATCHED_IN
        told["proposed"] = own.tandems.count()
    return render(request, "programmes/studio_run.html", told)


@require("network.coordinate")
@require_GET
def show_run_progress(request: HttpRequest, *, organisation: Organisation, programme: int, run: int) -> HttpResponse:
    """How far a run has come; asked again every two seconds until it is done."""
    own = _find_run(organisation, programme, run)
    values = {"organisation": organisation, "programme": own.programme, "run": own, "is_lost": is_lost(own)}
    return render(request, "programmes/studio_progress.html", values)


@require("network.coordinate")
@require_POST
def move_pair(request: HttpRequest, *, organisation: Organisation, programme: int, run: int) -> HttpResponse:
    """Keep a move by hand, as a run of its own; the run it came from stays as it was."""
    own = _find_run(organisation, programme, run, stage=Stage.DONE)
    names = call_all(own, atlas=atlas_of(request), speech=current_speech())
    form = MoveForm(request.POST, choices=list(names.items()))
    if not form.is_valid():
        messages.error(request, str(word("web.studio.rule.incomplete")))
        return redirect("studio_run", organisation.pk, programme, own.number)
    told = form.cleaned_data
    asked = own.asked | {"move": [told["one"], told["other"], told["kind"]]}
    asked["rules"] = _with_rule(asked.get("rules", []), asked["move"])
    return _start(request, own=own.programme, asked=asked, kind=RunKind.MOVE, base=own)


@require("network.coordinate")
@require_POST
def match_again(request: HttpRequest, *, organisation: Organisation, programme: int, run: int) -> HttpResponse:
    """Match again without those who left or were chosen, and change as little else as possible."""
    own = _find_run(organisation, programme, run, stage=Stage.DONE)
    known = set(own.result["frames"]["candidates"]["participant"])
    without = sorted({*(str(one.pk) for one in find_gone(own)), *(set(request.POST.getlist("without")) & known)})
    if not without:
        messages.error(request, str(word("web.studio.nobody_gone")))
        return redirect("studio_run", organisation.pk, programme, own.number)
    return _start(request, own=own.programme, asked=own.asked | {"without": without}, kind=RunKind.REMATCH, base=own)


@require("network.coordinate")
@require_POST
def propose(request: HttpRequest, *, organisation: Organisation, programme: int, run: int) -> HttpResponse:
    """Ask the cities of the chosen groups, each team in its language."""
    own = _find_run(organisation, programme, run, stage=Stage.DONE)
    chosen = [int(one) for one in request.POST.getlist("group") if one.isdecimal()]
    try:
        made = propose_groups(user=person_of(request), run=own, groups=chosen)
    except NotAllowedNow:
        messages.error(request, str(word("web.studio.cannot_propose")))
        return redirect("studio_run", organisation.pk, programme, own.number)
    for tandem in made:
        ask_sides(request, tandem=tandem)
    messages.success(request, str(word("web.studio.proposed", count=len(made))))
    return redirect("programme_room", organisation.pk, programme)


def _find_run(organisation: Organisation, programme: int, number: int, *, stage: str = "") -> MatchRun:
    own = find_programme(organisation, programme)
    found = get_object_or_404(MatchRun.objects.select_related("programme", "base", "created_by"), programme=own, number=number)
    if stage and found.stage != stage:
        raise Http404
    return found


def _start(
    request: HttpRequest, *, own: Programme, asked: dict[str, Any], kind: str = RunKind.MATCH, base: MatchRun | None = None
) -> HttpResponse:
    try:
        made = start_run(user=person_of(request), programme=own, asked=asked, kind=kind, base=base)
    except NotAllowedNow:
        messages.error(request, str(word("web.studio.not_now")))
        return redirect("studio", own.organisation_id, own.pk)
    run_now_or_later(made)
    return redirect("studio_run", own.organisation_id, own.pk, made.number)


def _list_candidates(request: HttpRequest, own: Programme) -> list[tuple[str, str]]:
    named = name_sides(candidates_of(own), atlas=atlas_of(request), speech=current_speech())
    return sorted(named.items(), key=lambda pair: fold(pair[1]))


def _name_rule(rule: PairRule, names: dict[str, str]) -> tuple[str, str]:
    return names.get(str(rule.one_id), str(rule.one.organisation)), names.get(str(rule.other_id), str(rule.other.organisation))


def _with_rule(rules: list[list[str]], move: list[str]) -> list[list[str]]:
    """The rules with the move among them, so that a later run keeps it too."""
    pair = set(move[:2])
    return [*(rule for rule in rules if set(rule[:2]) != pair), move]


def _price(told: dict[str, str], *, run: MatchRun, names: dict[str, str]) -> dict[str, Any]:
    """What a move would cost, or why it cannot be."""
    try:
        change = price_move(run, one=told["one"], other=told["other"], kind=told["kind"])
    except CannotCompute as stop:
        return {"move_refused": tell(stop.finding, speech=current_speech(), name_city=lambda key: names.get(key, key))}
    share = change.cost / run.result["value"] if run.result["value"] else 0.0
    priced = name_change(keep_change(change), names=names)
    return {"priced": priced, "move": told, "share": share, "moved": (names[told["one"]], names[told["other"]])}


def _say_stopped(request: HttpRequest, run: MatchRun) -> str:
    names = _list_candidates(request, run.programme)
    (finding,) = as_findings([run.result["stopped"]])
    return tell(finding, speech=current_speech(), name_city=lambda key: dict(names).get(key, key))
