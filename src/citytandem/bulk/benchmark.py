"""What does every balance of a release say per head? The same outcomes as on a page, by any engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from citytandem.bulk.engines import Engine, open_engine
from citytandem.bulk.files import scan, write_sorted
from citytandem.findings import CannotCompute, Code, Finding
from citytandem.science.balance.quality import NOTHING_SHARED, SharedErrors
from citytandem.science.balance.totals import outcomes
from citytandem.science.benchmark.prepare import populations
from citytandem.tables.results_benchmark import Outcome

RESULT = "outcome.parquet"


def benchmark_release(
    release: Path,
    *,
    width: Mapping[str, float],
    out: Path,
    shared: SharedErrors = NOTHING_SHARED,
    engine: Engine | str = Engine.POLARS,
    memory_gb: float | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> tuple[int, list[Finding]]:
    """Write the outcomes of every balance of a release, per head and with their intervals.

    Parameters
    ----------
    release
        Folder with ``balance``, ``line`` and ``structure`` as Parquet files.
    width
        Relative 90 % half-width by grade; see :func:`~citytandem.science.balance.totals.outcomes`.
    shared
        Errors of factors that lines have together.
    out
        Folder for ``outcome.parquet``.
    engine, memory_gb
        See :func:`~citytandem.bulk.engines.open_engine`; outcomes have no native form.
    progress
        Called with the name of each step.

    Returns
    -------
    Rows written, and what is wrong with rows left out.
    """
    if str(engine) == Engine.NATIVE:
        choices = ", ".join(str(one) for one in Engine if one is not Engine.NATIVE)
        raise CannotCompute(Finding(Code.UNKNOWN_CHOICE, {"asked": str(engine), "option": "engine", "choices": choices}))
    progress("bulk.read")
    with open_engine(engine, memory_gb=memory_gb) as workshop, open_engine(Engine.POLARS) as reader:
        heads = scan(reader, str(release / "balance.parquet"), columns=HEADS).collect()
        structure = scan(reader, str(release / "structure.parquet"), columns=STRUCTURE).collect()
        people = populations(heads, structure=structure)
        line = scan(workshop, str(release / "line.parquet"), columns=LINES)
        balance = scan(workshop, str(release / "balance.parquet"), columns=[name for name in HEADS if name != "population"])
        progress("bulk.outcomes")
        found = outcomes(line, balance=balance, population=workshop.take(people), width=width, shared=shared)
        return write_sorted(workshop.give(found, by=("balance", "outcome")), out / RESULT, schema=Outcome)


HEADS = ("balance", "city", "year", "method", "top_down", "population", "reported_t", "source")
LINES = ("balance", "view", "sector", "carrier", "scope", "activity_mwh", "emissions_t", "notation", "grade")
STRUCTURE = ("city", "variable", "year", "value", "basis", "source")
