"""Papers of a tandem and of a programme: the agreement, a replication plan, the funder's report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citytandem.briefing.papers.agreement import Agreement as AgreementPaper
from citytandem.briefing.papers.agreement import Party, Terms
from citytandem.briefing.papers.agreement import Theme as ThemePaper
from citytandem.briefing.papers.minutes import Task, lay_tasks
from citytandem.briefing.papers.paper import Part, Person, Sheet, write_day
from citytandem.briefing.papers.report import Figure, FunderReport, Outcome
from citytandem.briefing.papers.write import set_sheet, write_paper
from citytandem.web.agreements.models import AgreementState
from citytandem.web.profiles.catalogue import title_measures
from citytandem.web.programmes.models import Application
from citytandem.words import Speech, language_of

if TYPE_CHECKING:
    import datetime as dt

    from citytandem.web.accounts.models import Organisation
    from citytandem.web.agreements.models import Agreement, Minutes, ReplicationPlan, Theme
    from citytandem.web.agreements.report import Line, Report

PLAN_PARTS = ("seen", "conditions", "steps", "means", "open_questions")
FIGURES = ("applications", "eligible", "asked", "agreed", "tandems", "signed", "events", "held", "decisions", "begun", "further")


def write_agreement_paper(agreement: Agreement) -> bytes:
    """The agreement in its own language, with a line for each side to sign."""
    speech = Speech(language_of(agreement.language) or "en")
    sides = agreement.tandem.sides.select_related("organisation")
    paper = AgreementPaper(
        kind=agreement.kind,
        parties=tuple(_tell_party(side.organisation, agreement) for side in sides),
        themes=tuple(_tell_theme(theme, speech) for theme in agreement.themes.all()),
        terms=Terms(
            purpose=agreement.purpose, costs=agreement.costs, data=agreement.data_sharing, structure=agreement.working,
            renewal=agreement.leaving, exit=None if agreement.leaving else "",
        ),
        starts=agreement.starts,
        months=_count_months(agreement),
        programme=agreement.tandem.programme.title,
        is_draft=agreement.state == AgreementState.DRAFT,
    )  # fmt: skip
    return write_paper(paper, speech)


def write_plan_paper(plan: ReplicationPlan) -> bytes:
    """The plan in its own language; a part nobody has filled in says so."""
    speech = Speech(language_of(plan.language) or "en")
    title = title_measures(speech.language).get(plan.measure, plan.measure)
    others = [side.organisation.name for side in plan.tandem.sides.exclude(organisation=plan.organisation)]
    missing = speech.label("paper.missing")
    sheet = Sheet(
        title=speech.sentence("paper.replication.title", measure=title, city=plan.organisation.name),
        subtitle=speech.sentence("paper.replication.subtitle", giver=speech.join(sorted(others))),
        parts=tuple(
            Part(speech.label(f"web.agreement.{name}"), paragraphs=tuple(getattr(plan, name).split("\n\n")) or (missing,))
            for name in PLAN_PARTS
        ),
        footer=speech.label(f"plan_state.{plan.state}"),
        notice=speech.label("paper.invented") if plan.organisation.is_invented else "",
    )
    return set_sheet(sheet, speech.language)


def write_minutes_paper(minutes: Minutes) -> bytes:
    """The minutes in their own language, with what was decided and what is to be done; who was there is told as a number only."""
    speech = Speech(language_of(minutes.language) or "en")
    decisions = minutes.decisions.select_related("organisation")
    count = (speech.sentence("web.work.people", count=minutes.people),) if minutes.people is not None else ()
    said = Part(paragraphs=(*count, *filter(None, minutes.text.split("\n\n"))))
    tasks = tuple(Task(one.text, one.organisation.name, one.due) for one in decisions)
    decided = Part(speech.label("web.outcome.decisions"), table=lay_tasks(tasks, speech)) if tasks else None
    sides = minutes.tandem.sides.select_related("organisation")
    sheet = Sheet(
        title=speech.sentence("paper.minutes.title", meeting=minutes.title),
        subtitle=f"{speech.join(sorted(side.organisation.name for side in sides))} · {write_day(minutes.held, speech)}",
        parts=(said, *((decided,) if decided else ())),
        notice=speech.label("paper.invented") if any(side.organisation.is_invented for side in sides) else "",
    )
    return set_sheet(sheet, speech.language)


def write_report_paper(report: Report, *, speech: Speech, day: dt.date) -> bytes:
    """The report as it stands on a day; nothing is added to what the tandems wrote down."""
    programme = report.programme
    heads = {False: speech.label("web.report.planned"), True: speech.label("web.report.spent")}
    paper = FunderReport(
        programme=programme.title,
        funder=programme.organisation.name,
        starts=programme.opens.date(),
        ends=max(day, programme.opens.date()),
        summary=(_summarise(report, speech),),
        figures=tuple(
            Figure(speech.label(f"web.report.count.{name}"), speech.number(report.counts[name], digits=0)) for name in FIGURES
        ),
        outcomes=tuple(_tell_outcome(line, speech) for line in report.lines),
        costs=tuple(
            Figure(f"{heads[is_spent]} ({currency})", speech.number(float(amount), digits=2))
            for currency, planned, spent in report.money
            for is_spent, amount in ((False, planned), (True, spent))
            if amount is not None
        ),
        unknown=(speech.label("web.report.how"),),
    )
    return write_paper(paper, speech)


def _summarise(report: Report, speech: Speech) -> str:
    names = ("applications", "tandems", "signed", "held", "begun")
    return speech.sentence("web.report.answer", **{name: report.counts[name] for name in names})


def _tell_party(organisation: Organisation, agreement: Agreement) -> Party:
    asked = Application.objects.filter(programme=agreement.tandem.programme, organisation=organisation).first()
    contacts = [
        Person(one.name, office=one.task, is_invented=organisation.is_invented) for one in (asked.contacts.all() if asked else ())
    ]
    signed = agreement.signatures.filter(organisation=organisation).first()
    signer = Person(signed.name, office=signed.office, is_invented=organisation.is_invented) if signed else None
    return Party(organisation.name, contacts=tuple(contacts), signer=signer, contribution=agreement.contributions)


def _tell_theme(theme: Theme, speech: Speech) -> ThemePaper:
    value = ""
    if theme.baseline is not None:
        value = " ".join(
            part for part in (speech.number(theme.baseline, digits=2), theme.unit, f"({theme.year})", theme.source) if part
        )
    return ThemePaper(theme.title, indicator=theme.indicator, baseline=value, aim=theme.aim)


def _count_months(agreement: Agreement) -> int | None:
    if agreement.ends is None:
        return None
    months = (agreement.ends.year - agreement.starts.year) * 12 + agreement.ends.month - agreement.starts.month
    return max(1, months)


def _tell_outcome(line: Line, speech: Speech) -> Outcome:
    chain, counts = line.chain, line.chain.counts
    titles = title_measures(speech.language)
    moved = [trail for trail in chain.trails if trail.moved is not None]
    changed = [
        f"{titles.get(trail.transfer.measure)}: {trail.transfer.stage_before} → {trail.stages[-1].stage}" for trail in moved
    ]
    return Outcome(
        pair=" – ".join(line.names),
        question=chain.questions[0].text if chain.questions else "",
        done="; ".join(f"{speech.label(f'web.report.count.{name}')}: {counts[name]}" for name in ("held", "decisions")),
        changed="; ".join(changed),
        emissions=speech.label(f"web.outcome.visible.{chain.trails[0].visible}") if chain.trails else "",
    )
