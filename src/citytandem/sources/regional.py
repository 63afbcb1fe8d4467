"""Which series of regions lie in a folder? Finds the files it knows, wherever they are, and reads them into one table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from citytandem.findings import CannotCompute, Code, Finding
from citytandem.sources import regions_china, regions_europe
from citytandem.tables.series import Region, RegionSeries

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Reader = Callable[..., tuple[pl.DataFrame, list[Finding]]]

CHINESE: dict[str, Reader] = {
    "china_province_gdp_industry_shares*.csv": regions_china.read_shares,
    "nbs_provinces_*.csv": regions_china.read_yearly,
    "nbs_urban_employment*.csv": regions_china.read_employment,
    "ceads_province_sector_fuel*.csv*": regions_china.read_steel,
    "air_pollution_30_cities*.csv": regions_china.read_air,
}
"""Files of provinces by the pattern of their name."""
KEYS = ("region", "indicator", "definition", "source", "year")


def read_folder(folder: Path) -> tuple[dict[str, pl.DataFrame], list[Finding]]:
    """Read every file of regions below a folder.

    Returns
    -------
    Tables ``region`` and ``region_series``, and findings.

    Raises
    ------
    CannotCompute
        REGION_FILES_MISSING where there is no file it knows.
    """
    found: list[tuple[Reader | None, Path]] = [(None, path) for path in sorted(folder.glob(f"**/{regions_europe.FILE}"))]
    found += [(reader, path) for pattern, reader in CHINESE.items() for path in sorted(folder.glob(f"**/{pattern}"))]
    if not found:
        raise CannotCompute(Finding(Code.REGION_FILES_MISSING, {"folder": str(folder), "file": regions_europe.FILE}))
    findings: list[Finding] = []
    regions: list[pl.DataFrame] = [Region.create_empty()]
    series: list[pl.DataFrame] = [RegionSeries.create_empty()]
    for reader, path in found:
        if reader is None:
            tables, told = regions_europe.read(path.read_bytes(), where=path.name)
            regions.append(tables["region"])
            series.append(tables["region_series"])
        else:
            rows, told = reader(path.read_bytes(), where=path.name)
            series.append(rows)
        findings += told
    return {
        "region": pl.concat(regions),
        "region_series": pl.concat(series).unique(KEYS, keep="first", maintain_order=True),
    }, findings


def join_tables(facts: Mapping[str, pl.DataFrame], more: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The facts of the house with what was read beside them; a figure of the same publication counts once.

    Names of the house stand before those of files, and figures of files before those of the house.
    """
    joined = {
        "region": pl.concat([facts["region"], more["region"]]).unique("region", keep="first", maintain_order=True),
        "region_series": pl.concat([more["region_series"], facts["region_series"]]).unique(
            KEYS, keep="first", maintain_order=True
        ),
    }
    return dict(facts) | joined
