"""First drafts: an agreement from its template and what both sides asked for; a replication plan from what the two exchanged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from citytandem.web.agreements.models import AgreementKind, Decision, Question
from citytandem.web.profiles.catalogue import title_measures
from citytandem.web.programmes.models import Application, Form

if TYPE_CHECKING:
    from datetime import date

    from citytandem.findings import Fact
    from citytandem.web.accounts.models import Organisation
    from citytandem.web.programmes.models import Tandem
    from citytandem.words import Speech

PARTS = ("purpose", "contributions", "costs", "data_sharing", "working", "leaving")
MOST_THEMES = 3


def draft_agreement(tandem: Tandem, *, kind: str, speech: Speech) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The words of the template of a kind, in the reader's language, and up to three themes that one side asked for.

    A theme that one side wants to learn and another can offer comes first. No baseline is invented: whoever writes the
    agreement looks it up in the city's balance, or says that none is known.
    """
    usual = AgreementKind.MENTORING if tandem.programme.form == Form.MENTORING else AgreementKind.EXCHANGE
    own = kind if kind in AgreementKind.values else str(usual)
    today = timezone.now().date()
    sides = speech.join(names_of(tandem))
    facts: dict[str, Fact] = {"months": tandem.programme.months, "programme": tandem.programme.title, "sides": sides}
    words = {part: speech.sentence(f"agreement.template.{own}.{part}", **facts) for part in PARTS}
    ends = None if own == AgreementKind.PARTNERSHIP else add_months(today, tandem.programme.months)
    start = {"version": 0, "kind": own, "language": speech.language, "starts": today, "ends": ends, **words}
    titles = title_measures(speech.language)
    themes = [{"measure": measure, "title": titles.get(measure, measure)} for measure in shared_measures(tandem)[:MOST_THEMES]]
    return start, themes


def shared_measures(tandem: Tandem) -> list[str]:
    """Measures one side wants to learn; those another side offers come first."""
    sides = tandem.sides.values_list("organisation_id", flat=True)
    asked = list(Application.objects.filter(programme=tandem.programme, organisation__in=list(sides)))
    wanted = [measure for one in asked for measure in one.learns_measures]
    offered = {measure for one in asked for measure in one.offers_measures}
    first = [measure for measure in wanted if measure in offered]
    return list(dict.fromkeys([*first, *wanted]))


def draft_plan(tandem: Tandem, *, learner: Organisation, measure: str, speech: Speech) -> dict[str, Any]:
    """A replication plan filled with what the two exchanged about a measure: answers, minutes, decisions, open questions.

    Nothing is added that nobody said. A part about which nothing was exchanged says what belongs there.
    """
    about = Question.objects.filter(tandem=tandem, measure=measure)
    answered = [one for one in about if one.answered and one.answer]
    unanswered = [one for one in about if not one.answered]
    decided = Decision.objects.filter(minutes__tandem=tandem, organisation=learner, measure=measure)
    seen = [f"{one.text}\n{one.answer}" for one in answered]
    seen += [f"{one.title} ({one.held.isoformat()})" for one in tandem.minutes.filter(decisions__measure=measure).distinct()]
    steps = [f"{one.text}{f' ({one.due.isoformat()})' if one.due else ''}" for one in decided]
    return {
        "version": 0,
        "seen": "\n\n".join(seen) or speech.label("plan.empty.seen"),
        "conditions": speech.label("plan.empty.conditions"),
        "steps": "\n".join(steps) or speech.label("plan.empty.steps"),
        "means": speech.label("plan.empty.means"),
        "open_questions": "\n".join(one.text for one in unanswered) or speech.label("plan.empty.open_questions"),
    }


def names_of(tandem: Tandem) -> list[str]:
    """The sides by name, in the order of the alphabet."""
    return sorted(side.organisation.name for side in tandem.sides.select_related("organisation"))


def add_months(day: date, months: int) -> date:
    """The same day some months later; the last of the month where it has none such."""
    year, month = divmod(day.month - 1 + months, 12)
    for last in range(day.day, 27, -1):
        try:
            return day.replace(year=day.year + year, month=month + 1, day=last)
        except ValueError:
            continue
    return day.replace(year=day.year + year, month=month + 1)
