"""What experts spoke of, for everybody: topics counted and grouped, and sub-topics for a regular exchange."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from citytandem.web.accounts.access import require
from citytandem.web.lessons.models import Round, Shown
from citytandem.web.lessons.places import regions_in
from citytandem.web.lessons.results import FEWEST_EXPERTS, FEWEST_STATEMENTS, FIRM, Result, read_result
from citytandem.web.lessons.tree_picture import draw_tree
from citytandem.web.lessons.writing import say_rights
from citytandem.web.shell.language import current_speech
from citytandem.web.shell.sheets import answer_csv

if TYPE_CHECKING:
    from django.http import HttpRequest

    from citytandem.web.accounts.models import Organisation

SHEETS = ("topics", "statements")


@require_GET
def show_rounds(request: HttpRequest) -> HttpResponse:
    """Every published round of interviews."""
    rounds = Round.objects.filter(state=Shown.PUBLISHED).select_related("organisation")
    return render(request, "lessons/rounds.html", {"rounds": rounds})


@require_GET
def show_topics(request: HttpRequest, *, round: int) -> HttpResponse:  # noqa: A002 - named in the address
    """What the experts of one round spoke of."""
    own = get_object_or_404(Round.objects.select_related("organisation"), pk=round, state=Shown.PUBLISHED)
    return render(request, "lessons/topics.html", tell_result(own))


@require_GET
def send_topics(request: HttpRequest, *, round: int, table: str) -> HttpResponse:  # noqa: ARG001, A002 - named in the address
    """The same as a table: topics, or the statements that count."""
    own = get_object_or_404(Round, pk=round, state=Shown.PUBLISHED)
    if table not in SHEETS:
        raise Http404
    return write_sheet(read_result(own, language=current_speech().language), table)


@require("organisation.view")
@require_GET
def show_draft(request: HttpRequest, *, organisation: Organisation, round: int) -> HttpResponse:  # noqa: A002 - as above
    """The same page for the team, before it is published."""
    own = get_object_or_404(Round, pk=round, organisation=organisation)
    return render(request, "lessons/topics.html", tell_result(own) | say_rights(request, organisation) | {"is_draft": True})


def tell_result(own: Round) -> dict[str, Any]:
    """What the page of a round shows."""
    speech = current_speech()
    result = read_result(own, language=speech.language)
    names = regions_in(speech.language)
    return {
        "round": own, "result": result, "tree": draw_tree(result, speech=speech), "places": names,
        "fewest_statements": FEWEST_STATEMENTS, "fewest_experts": FEWEST_EXPERTS, "firm": FIRM,
        "asked_in": [names.get(one, one) for one in sorted({said.region for said in result.said})],
    }  # fmt: skip


def write_sheet(result: Result, table: str) -> HttpResponse:
    """One table of a result. Words stand only where the expert allows it."""
    if table == "topics":
        heads = ["topic", "definition", "statements", "experts", "regions", "agreement", "kappa", "low", "high", "told"]
        rows: list[tuple[Any, ...]] = [
            (
                one.title, one.definition, one.statements, one.experts, ";".join(one.regions), one.observed, one.kappa, one.low,
                one.high, one.told,
            )
            for one in result.topics
        ]  # fmt: skip
        return answer_csv(heads, rows=rows, name=f"topics-{result.round.pk}")
    group = {said.key: one.number for one in result.groups for said in one.said}
    title = _titles(result)
    heads = ["expert", "statement", "region", "topics", "group", "language", "text", "translation", "who"]
    rows = [
        (
            one.interview, one.number, one.region, ";".join(sorted(title[topic] for topic in one.topics)), group.get(one.key, ""),
            one.language, one.quote, one.translation, one.who,
        )
        for one in result.said
    ]  # fmt: skip
    return answer_csv(heads, rows=rows, name=f"statements-{result.round.pk}")


def _titles(result: Result) -> dict[int, str]:
    return dict(result.round.organisation.topics.values_list("pk", "title"))
