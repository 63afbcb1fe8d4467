"""What does a city emit, and what of it can be compared?"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from citytandem.findings import Code, Finding, Severity
from citytandem.science.balance.views import best_view
from citytandem.science.benchmark.answer import Question, choose_balance

if TYPE_CHECKING:
    from citytandem.science.benchmark.prepare import Prepared
    from citytandem.tables.provenance import Provenance


@dataclass(frozen=True)
class BalanceAnswer:
    """One balance of a city, and its years.

    Parameters
    ----------
    city, year
        Which balance.
    balance
        Its header, one row.
    line
        Its lines as published.
    outcome
        Its outcomes per head with interval, and what is missing: see ``tables.results_benchmark.Outcome``.
    history
        Lines of one view over all years of the same publication: year, sector, emissions_t, population.
    years
        Years for which the city has a balance, with method and source.
    source
        Publications behind the figures.
    findings
        What a reader should know.
    electricity
        Its electricity under each factor that is known, where its energy is stated: see
        ``tables.results_bridge.ElectricityView``.
    quality
        Its grades weighted by energy, where any is stated.
    rules
        For German balances: which rules of BISKO they keep, as far as can be seen; see ``tables.results_bridge.RuleCheck``.
    provenance
        Release and code.
    """

    city: str
    year: int
    balance: pl.DataFrame
    line: pl.DataFrame
    outcome: pl.DataFrame
    history: pl.DataFrame
    years: pl.DataFrame
    source: pl.DataFrame
    findings: tuple[Finding, ...]
    provenance: Provenance | None = None
    electricity: pl.DataFrame = field(default_factory=pl.DataFrame)
    quality: pl.DataFrame = field(default_factory=pl.DataFrame)
    rules: pl.DataFrame = field(default_factory=pl.DataFrame)


def answer(
    prepared: Prepared, *, city: str, year: int | None, source: pl.DataFrame, provenance: Provenance | None = None
) -> BalanceAnswer:
    """The balance of a city in one year.

    Where a year has several balances, the one that separates most is shown; the others are listed in ``years``.

    Parameters
    ----------
    prepared
        The release made ready, with at least the balances of the city.
    city
        Id of the city.
    year
        Year; the newest if None.
    source
        Table of sources.
    provenance
        Release and code, carried into the answer.

    Raises
    ------
    CannotCompute
        CITY_WITHOUT_BALANCE, YEAR_WITHOUT_BALANCE.
    """
    row = choose_balance(prepared, city=city, year=year, asked=Question())
    header = prepared.balance[row : row + 1]
    name = str(header["balance"][0])
    own = [prepared.balance[at : at + 1] for at in prepared.rows_of[city]]
    years = pl.concat(own).select("year", "balance", "method", "source", "top_down")
    lines = prepared.lines_of(row)
    made = {"source": str(header["source"][0]), "method": str(header["method"][0])}
    history = lay_out_history(prepared, city=city, shown=str(header["balance"][0]), **made)
    keys = {*lines["source"].to_list(), *years["source"].to_list()}
    return BalanceAnswer(
        city=city,
        year=int(header["year"][0]),
        balance=header,
        line=lines,
        outcome=prepared.outcome.filter(pl.col("balance") == name),
        history=history,
        years=years,
        source=source.filter(pl.col("source").is_in(list(keys))),
        findings=tuple(_tell(header, lines=lines)),
        provenance=provenance,
    )


def lay_out_history(prepared: Prepared, *, city: str, source: str, method: str, shown: str | None = None) -> pl.DataFrame:
    """Emissions by sector over the years of one publication and method, so that nothing else changes between bars.

    A year published in two editions is counted once: by the balance ``shown``, else by the first by id.

    Returns
    -------
    One row per year and sector: ``year``, ``sector``, ``emissions_t``, ``population``.
    """
    found: dict[str, pl.DataFrame] = {}
    headers = [(row, {name: column[row] for name, column in prepared.columns.items()}) for row in prepared.rows_of.get(city, [])]
    for row, header in sorted(headers, key=lambda pair: (pair[1]["balance"] != shown, str(pair[1]["balance"]))):
        if (header["source"], header["method"]) != (source, method) or str(header["year"]) in found:
            continue
        lines = prepared.lines_of(row)
        view = best_view(lines)
        if view is not None:
            people = prepared.outcome.filter(pl.col("balance") == header["balance"])["population"][0]
            chosen = lines.filter((pl.col("view").cast(pl.String) == view) & pl.col("emissions_t").is_not_null())
            found[str(header["year"])] = (
                chosen.group_by(pl.col("sector").cast(pl.String), maintain_order=True)
                .agg(pl.col("emissions_t").sum())
                .select(
                    pl.lit(header["year"]).cast(pl.Int16).alias("year"),
                    "sector",
                    "emissions_t",
                    pl.lit(people, pl.Float64).alias("population"),
                )
            )
    schema = {"year": pl.Int16, "sector": pl.String, "emissions_t": pl.Float64, "population": pl.Float64}
    return pl.concat(found.values()).sort("year", "sector") if found else pl.DataFrame(schema=schema)


def _tell(header: pl.DataFrame, *, lines: pl.DataFrame) -> list[Finding]:
    told = []
    if header["top_down"][0]:
        told.append(Finding(Code.MEASURES_NOT_VISIBLE, {"city": header["city"][0]}, severity=Severity.NOTE))
    if best_view(lines) == "total":
        told.append(Finding(Code.ONLY_A_TOTAL, {"city": header["city"][0]}, severity=Severity.NOTE))
    return told
