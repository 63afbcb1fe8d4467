"""What a reader gives back: tables in our words, remarks on what its checks met, findings about broken rows."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.findings import Code, Finding

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import dataframely as dy


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing a check met in a raw file and the named rule that handled it; becomes a row of the note table."""

    code: str
    rule: str
    where: str
    reason: str
    source: str
    row: int | None = None
    city: str | None = None
    year: int | None = None
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """The tables of one publisher by name, with remarks and findings."""

    tables: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    remarks: Sequence[Remark] = ()
    findings: Sequence[Finding] = ()


def shape(frame: pl.DataFrame, schema: type[dy.Schema], /, **constants: Any) -> pl.DataFrame:
    """Give a frame exactly the columns of a schema: constants filled in, what is absent unknown."""
    types = {name: column.dtype for name, column in schema.columns().items()}
    known = set(frame.columns)
    return frame.select(
        (pl.col(name) if name in known else pl.lit(constants.get(name))).cast(dtype).alias(name) for name, dtype in types.items()
    )


def calendar_year(year: str = "year") -> list[pl.Expr]:
    """First and last day of the calendar year in column ``year``."""
    return [
        pl.date(pl.col(year), 1, 1).alias("period_start"),
        pl.date(pl.col(year), 12, 31).alias("period_end"),
    ]


def year_from(start_month: int, *, year: str = "year") -> list[pl.Expr]:
    """First and last day of a fiscal year that starts in the given month of column ``year``."""
    end = dt.date(2001, start_month, 1) - dt.timedelta(days=1)
    return [
        pl.date(pl.col(year), start_month, 1).alias("period_start"),
        pl.date(pl.col(year) + 1, end.month, end.day).alias("period_end"),
    ]


def read_text_table(raw: bytes, *, where: str, separator: str = ",") -> tuple[pl.DataFrame, list[Finding]]:
    """Read a CSV file with every cell as text; a file that cannot be read is a finding."""
    if not raw.strip():
        return pl.DataFrame(), [Finding(Code.FILE_UNREADABLE, facts={"file": where, "problem": "the file is empty"}, where=where)]
    try:
        frame = pl.read_csv(io.BytesIO(raw), infer_schema=False, separator=separator, encoding="utf8", truncate_ragged_lines=True)
    except pl.exceptions.ComputeError:
        # quotation marks inside quoted cells: the standard library reads on where Polars stops
        frame = _read_leniently(raw, separator=separator)
    except (pl.exceptions.PolarsError, UnicodeDecodeError) as error:
        reason = str(error).splitlines()[0][:200]
        return pl.DataFrame(), [Finding(Code.FILE_UNREADABLE, facts={"file": where, "problem": reason}, where=where)]
    named = frame.rename({name: name.lstrip("\ufeff") for name in frame.columns})
    return named.with_columns(pl.all().replace("", None)), []


def _read_leniently(raw: bytes, *, separator: str) -> pl.DataFrame:
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig", errors="replace")), delimiter=separator))
    header = rows[0]
    cells = [[cell or None for cell in row[: len(header)]] + [None] * (len(header) - len(row)) for row in rows[1:] if row]
    return pl.DataFrame(cells, schema=dict.fromkeys(header, pl.String), orient="row")


def keep_columns(frame: pl.DataFrame, wanted: Sequence[str], *, where: str) -> tuple[pl.DataFrame, list[Finding]]:
    """Check that the columns a reader needs are there; missing ones are found and added as unknown."""
    missing = [name for name in wanted if name not in frame.columns]
    findings = [Finding(Code.COLUMN_MISSING, facts={"column": name}, where=where) for name in missing]
    return frame.with_columns(pl.lit(None, pl.String).alias(name) for name in missing), findings
