"""How is a set taken along? As package, CSV, workbook, or in the Common Reporting Framework."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from citytandem.atlas import load
from citytandem.release.exports import write_inventory, write_tables
from citytandem.science.benchmark.own_balance import BalanceAnswer
from citytandem.sinks import workbook
from citytandem.sources.package import read_descriptor
from citytandem.tables import RELEASE

if TYPE_CHECKING:
    from citytandem.web.balances.result import Result
    from citytandem.words import Speech

FORMS = {
    "package": ("zip", "application/zip"),
    "csv": ("zip", "application/zip"),
    "ecrf": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "xlsx": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
OF_ONE_BALANCE = ("ecrf", "xlsx")


def make_download(result: Result, *, form: str, balance: str, speech: Speech, city: str) -> bytes:
    """One file with the set, or with one of its balances.

    Parameters
    ----------
    result
        The reading of the set.
    form
        ``package``, ``csv``, ``ecrf`` or ``xlsx``.
    balance
        Which balance, where the form holds only one.
    speech, city
        Language of the workbook, and the city's name in it.
    """
    if form == "package":
        return _zip_folder(result.package)
    if form == "csv":
        tables = {name: result.table(name) for name in RELEASE}
        with tempfile.TemporaryDirectory() as folder:
            write_tables(tables, Path(folder) / "set", form="csv", descriptor=read_descriptor(result.package))
            return _zip_folder(Path(folder) / "set")
    head = result.table("balance").filter(pl.col("balance") == balance)
    line = result.table("line").filter(pl.col("balance") == balance)
    if form == "ecrf":
        own = load().city.filter(pl.col("city") == head["city"][0]).row(0, named=True)
        raw, _ = write_inventory(
            head.row(0, named=True), city=own, line=line, memo=result.table("memo"), structure=result.table("structure")
        )
        return raw
    named = pl.col("source").is_in([*head["source"], *line["source"].unique()])
    answer = BalanceAnswer(
        city=head["city"][0], year=int(head["year"][0]), balance=head, line=line, outcome=pl.DataFrame(), history=pl.DataFrame(),
        years=pl.DataFrame(), source=result.table("source").filter(named), findings=(),
    )  # fmt: skip
    return workbook.write(answer, speech, city=city)


def _zip_folder(folder: Path) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in sorted(folder.iterdir()):
            packed.write(file, file.name)
    return stream.getvalue()
