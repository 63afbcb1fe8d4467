"""The question of a matching in numbers: who is who, which pairs may be, and what each would bring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import polars as pl

from citytandem.science.partners.matching.answer import Question
from citytandem.science.partners.matching.score import ENDS, fill_pairs
from citytandem.science.partners.matching.settings import Countries, Form, MatchSettings
from citytandem.tables.matching import Candidate, PossiblePair, Rule

if TYPE_CHECKING:
    import dataframely as dy
    import numpy.typing as npt

    Ints: TypeAlias = npt.NDArray[np.int64]
    Bools: TypeAlias = npt.NDArray[np.bool_]
    Pair: TypeAlias = tuple[int, int]

OPEN, VETOED, BANNED, ABROAD, APART = 0, 1, 2, 3, 4
"""Why a pair may not be: one of the two will not, the network will not, the countries do not fit, nobody could learn."""


@dataclass(frozen=True)
class Field:
    """Participants and pairs by number. ``state`` is OPEN or why the pair may not be; ``real`` says a gain is known."""

    keys: list[str]
    capacity: Ints
    country: Ints
    countries: list[str]
    frame: dy.DataFrame[PossiblePair]
    first: Ints
    second: Ints
    score: Ints
    state: Ints
    real: Bools
    asleep: Bools
    pinned: Bools
    settings: MatchSettings

    @property
    def nodes(self) -> int:
        """How many participants there are."""
        return len(self.keys)

    @property
    def open(self) -> Bools:
        """Pairs that may be."""
        return np.asarray(self.state == OPEN)


def read_field(question: Question) -> Field:
    """The question by numbers, participants and pairs in the order of their keys; pairs with a rule get a row in any case."""
    candidates = question.candidates.sort("participant")
    keys = candidates.get_column("participant").to_list()
    number = {key: place for place, key in enumerate(keys)}
    rules = _sorted_rules(question.rules, known=number)
    frame = _with_ruled(question.pairs, rules=rules, candidates=candidates)
    country, countries = candidates.get_column("country"), sorted(set(candidates.get_column("country")))
    places = [np.array([number[key] for key in frame.get_column(end)], dtype=np.int64) for end in ENDS]
    marked = {kind: _marked(frame, rules=rules, kind=kind) for kind in ("pin", "ban")}
    learns = frame.select(
        real=((pl.col("gain_in_high").fill_null(0) > 0) & pl.col("learns_in"))
        | ((pl.col("gain_out_high").fill_null(0) > 0) & pl.col("learns_out")),
        some=pl.col("learns_in") | pl.col("learns_out"),
    )
    return Field(
        keys=keys,
        capacity=candidates.get_column("capacity").cast(pl.Int64).to_numpy(),
        country=np.array([countries.index(name) for name in country], dtype=np.int64),
        countries=countries,
        frame=frame,
        first=places[0],
        second=places[1],
        score=frame.get_column("score").to_numpy(),
        state=_state(frame, banned=marked["ban"], some=learns.get_column("some").to_numpy(), settings=question.settings),
        real=learns.get_column("real").to_numpy(),
        asleep=frame.get_column("asleep").to_numpy(),
        pinned=marked["pin"],
        settings=question.settings,
    )


def ask(candidates: pl.DataFrame, *, pairs: pl.DataFrame, rules: pl.DataFrame | None, settings: MatchSettings) -> Question:
    """The question, its tables checked against their schemas; rows about somebody who is no candidate are left out."""
    known = Candidate.validate(candidates, cast=True)
    keys = known.get_column("participant").implode()
    among = pl.col("participant").is_in(keys) & pl.col("other").is_in(keys)
    ruled = Rule.create_empty() if rules is None else Rule.validate(rules, cast=True)
    possible = PossiblePair.validate(pairs, cast=True)
    return Question(known, PossiblePair.cast(possible.filter(among)), Rule.cast(ruled.filter(among)), settings)


def _sorted_rules(rules: pl.DataFrame, *, known: dict[str, int]) -> pl.DataFrame:
    rows = {(min(one, two), max(one, two), str(kind)) for one, two, kind in rules.select(*ENDS, "kind").iter_rows()}
    kept = sorted(row for row in rows if row[0] in known and row[1] in known)
    return pl.DataFrame(kept, schema={"participant": pl.String, "other": pl.String, "kind": pl.String}, orient="row")


def _with_ruled(pairs: pl.DataFrame, *, rules: pl.DataFrame, candidates: pl.DataFrame) -> dy.DataFrame[PossiblePair]:
    unknown = rules.select(ENDS).unique().join(pairs, on=ENDS, how="anti")
    rows = pairs if unknown.is_empty() else pl.concat([pairs, fill_pairs(candidates, unknown)])
    return PossiblePair.cast(rows.sort(ENDS))


def _marked(frame: pl.DataFrame, *, rules: pl.DataFrame, kind: str) -> Bools:
    wanted = rules.filter(pl.col("kind") == kind).select(*ENDS, marked=True)
    return (
        frame.join(wanted, on=ENDS, how="left", maintain_order="left")
        .get_column("marked")
        .cast(pl.Boolean)
        .fill_null(value=False)
        .to_numpy()
    )


def _state(frame: pl.DataFrame, *, banned: Bools, some: Bools, settings: MatchSettings) -> Ints:
    same = (frame.get_column("country") == frame.get_column("other_country")).to_numpy()
    wish = Countries(settings.countries)
    abroad = same if wish is Countries.DIFFERENT else ~same if wish is Countries.SAME else np.zeros(len(same), dtype=np.bool_)
    apart = ~some if Form(settings.form) in {Form.TANDEM, Form.MENTORING} else np.zeros(len(same), dtype=np.bool_)
    vetoed = frame.get_column("vetoed").to_numpy()
    return np.select([vetoed, banned, abroad, apart], [VETOED, BANNED, ABROAD, APART], OPEN).astype(np.int64)
