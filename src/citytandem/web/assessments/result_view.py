"""A result as a page or a paper shows it: conditions first, levels with intervals, what two people did not agree on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.charts.assessment import draw_assessment, tabulate_criteria
from citytandem.charts.chart import Column, Twin
from citytandem.charts.framework_names import name_category, name_criterion, name_framework
from citytandem.tables.assessment import WHOLE
from citytandem.web.assessments.queries import beside_of, earlier_of, is_public, read_result
from citytandem.web.live import atlas_of_everybody
from citytandem.web.shell.names import call_city

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from citytandem.charts.chart import Chart
    from citytandem.findings import Fact
    from citytandem.science.assessment.framework import Framework
    from citytandem.web.assessments.models import Assessment
    from citytandem.web.assessments.queries import Result
    from citytandem.words import Speech

LINEAR = "linear"


@dataclass(frozen=True)
class Difference:
    """One criterion on which two assessors do not say the same, and what was settled on."""

    criterion: str
    title: str
    category: str
    differs_in: str
    is_knock_out: bool
    first: int | None
    second: int | None
    first_evidence: str | None
    second_evidence: str | None
    decision: Any
    earlier: Sequence[Any]


@dataclass(frozen=True)
class Condition:
    """One knock-out: what it asks for, between what its level lies, and what that says."""

    title: str
    threshold: int
    low: float | None
    high: float | None
    outcome: str


class ShownResult:
    """One result in one language; each part is made when it is asked for."""

    def __init__(self, result: Result, speech: Speech, *, may_see: Callable[[Assessment], bool] = is_public) -> None:
        self.result, self.speech, self.may_see = result, speech, may_see
        self.framework: Framework = result.framework
        self.city = call_city(atlas_of_everybody(), result.city, language=speech.language)
        self.title = name_framework(self.framework, speech)

    @property
    def question(self) -> str:
        """What the page answers."""
        return self.speech.sentence("assess.question", subject=self.city, framework=self.title)

    @property
    def answer(self) -> str:
        """Conditions first, and how much is known; never a total."""
        answered = self.result.answered
        if answered is None:
            return self.speech.label("web.assessment.nothing_yet")
        row = answered.scored.outcomes.row(0, named=True)
        outcome = str(row["outcome"])
        named = row["failed"] if outcome == "failed" else row["open"]
        facts: dict[str, Fact] = {
            "subject": self.city, "criteria": self.speech.join(self.name(key) for key in named), "count": len(named),
        }  # fmt: skip
        known = self.speech.sentence("assess.known", known=row["known"], parts=row["parts"])
        return f"{self.speech.sentence(f'assess.outcome.{outcome}', **facts)} {known}"

    def name(self, criterion: str) -> str:
        """The title of a criterion."""
        return name_criterion(self.framework, criterion, speech=self.speech)

    @property
    def conditions(self) -> list[Condition]:
        """All knock-outs, failed ones first, then open ones."""
        if self.result.answered is None:
            return []
        rows = self.result.answered.scored.criteria.filter(pl.col("threshold").is_not_null() & (pl.col("outcome") != "none"))
        graveness = {"failed": 0, "open": 1, "met": 2}
        found = [
            Condition(self.name(row["criterion"]), row["threshold"], row["low"], row["high"], str(row["outcome"]))
            for row in rows.iter_rows(named=True)
        ]
        return sorted(found, key=lambda one: graveness[one.outcome])

    @property
    def chart(self) -> Chart | None:
        """Levels by category on the band still possible, with the tables of categories and criteria."""
        answered = self.result.answered
        if answered is None:
            return None
        return draw_assessment(
            answered.scored, framework=self.framework, subject=self.result.city, called=self.city, speech=self.speech
        )

    @property
    def criteria(self) -> Twin | None:
        """Every criterion with level, interval and status."""
        answered = self.result.answered
        if answered is None:
            return None
        return tabulate_criteria(answered.scored, framework=self.framework, subject=self.result.city, speech=self.speech)

    @property
    def agreement(self) -> Twin | None:
        """How far two assessors agree beyond chance, by category and in all."""
        compared = self.result.compared
        if compared is None:
            return None
        rows = [self._agree(group) for group in compared.agreement.partition_by("category", maintain_order=True)]
        names = ("category", "pairs", "same", "kappa.linear", "kappa.quadratic")
        texts = {name.replace(".", "_"): self.speech.label(f"assess.{name}") for name in names}
        columns = tuple(Column(name, label, digits=0 if name in {"pairs", "same"} else None) for name, label in texts.items())
        return Twin(self.speech.label("assess.agreement"), columns, pl.DataFrame(rows, schema_overrides={"category": pl.String}))

    @property
    def differences(self) -> list[Difference]:
        """What the two have to talk through, in the order of the framework, with what was settled on."""
        compared = self.result.compared
        if compared is None:
            return []
        past: dict[str, list[Any]] = {}
        for one in self.result.assessment.decisions.filter(is_current=False).select_related("decided_by"):
            past.setdefault(one.criterion, []).append(one)
        return [
            Difference(
                row["criterion"], self.name(row["criterion"]), self._category(row["category"]), str(row["differs_in"]),
                str(row["role"]) == "knock_out", row["first"], row["second"], row["first_evidence"], row["second_evidence"],
                self.result.decisions.get(row["criterion"]), past.get(row["criterion"], ()),
            )
            for row in compared.to_reconcile.iter_rows(named=True)
        ]  # fmt: skip

    @property
    def beside(self) -> tuple[Assessment, Twin, Twin] | None:
        """The city's own view beside the newest one from outside, by category and by criterion; never blended."""
        found = beside_of(self.result, may_see=self.may_see)
        if found is None:
            return None
        other, frame = found
        whole = pl.col("criterion") == WHOLE
        return other, self._set_beside(frame.filter(whole), "category"), self._set_beside(frame.filter(~whole), "criterion")

    def _set_beside(self, frame: pl.DataFrame, name: str) -> Twin:
        call = self._category if name == "category" else self.name
        rows = [
            {
                name: call(row[name]), "own": self._span(row, "own"), "outside": self._span(row, "outside"),
                "difference": row["difference"],
            }
            for row in frame.iter_rows(named=True)
        ]  # fmt: skip
        keys = (name, "own", "outside", "difference")
        columns = tuple(
            Column(key, self.speech.label(f"assess.{key}"), digits=1 if key == "difference" else None) for key in keys
        )
        types = {key: pl.Float64 if key == "difference" else pl.String for key in keys}
        return Twin(self.speech.label("assess.beside"), columns, pl.DataFrame(rows, schema=types))

    @property
    def progress(self) -> Twin | None:
        """Categories of the same city over time, one column for each result; only its own way, nobody else's."""
        own = self.result.assessment
        past = [one for one in earlier_of(own) if one.pk != own.pk and self.may_see(one)]
        if not past or self.result.answered is None:
            return None
        shown = [*[read_result(one) for one in past], self.result]
        ordered = sorted(
            (one for one in shown if one.answered), key=lambda one: (str(one.assessment.reconciled), one.assessment.pk)
        )
        columns = [Column("category", self.speech.label("assess.category"))]
        rows: dict[str, dict[str, Any]] = {
            key: {"category": self._category(key)} for key in self.framework.category["category"].to_list()
        }
        for at, one in enumerate(ordered):
            reconciled = one.assessment.reconciled
            day = reconciled.date().isoformat() if reconciled else self.speech.label("web.assessment.now")
            columns.append(Column(f"at_{at}", f"{day} ({one.framework.version})"))
            assert one.answered is not None  # noqa: S101 - it was looked at above
            for row in one.answered.scored.categories.iter_rows(named=True):
                if row["category"] in rows:
                    rows[row["category"]][f"at_{at}"] = self._span(
                        {**row, "own": row["level"], "own_low": row["low"], "own_high": row["high"]}, "own"
                    )
        frame = pl.DataFrame(list(rows.values()), schema={column.name: pl.String for column in columns})
        return Twin(self.speech.label("web.assessment.progress"), tuple(columns), frame)

    def _category(self, key: str) -> str:
        return name_category(self.framework, key, speech=self.speech)

    def _agree(self, group: pl.DataFrame) -> dict[str, Any]:
        key = group["category"][0]
        told: dict[str, Any] = {
            "category": self.speech.label("assess.whole") if key == WHOLE else self._category(key),
            "pairs": group["pairs"][0], "same": group["same"][0],
        }  # fmt: skip
        return told | {f"kappa_{row['weighting']}": self._kappa(row) for row in group.to_dicts()}

    def _kappa(self, row: dict[str, Any]) -> str:
        if row["kappa"] is None:
            return self.speech.label(f"assess_agreement.{row['status']}")
        kappa, low, high = (self.speech.number(value, digits=2) for value in (row["kappa"], row["low"], row["high"]))
        return kappa if row["low"] is None else f"{kappa} ({low} … {high})"

    def _span(self, row: dict[str, Any], side: str) -> str:
        if row[f"{side}_low"] is None:
            return "–"
        level, low, high = (self.speech.number(row[name], digits=1) for name in (side, f"{side}_low", f"{side}_high"))
        if level == low == high:
            return level
        return f"{level} ({low}–{high})"
