"""Which cities lie in a region, and in which regions does a city lie? By the rules of the table ``region_city``."""

from __future__ import annotations

import polars as pl

from citytandem.atlas import Atlas, once_per_atlas
from citytandem.sources.facts import load_facts


@once_per_atlas(maxsize=512)
def cities_in(atlas: Atlas, region: str) -> tuple[str, ...]:
    """Ids of the cities of the atlas in a region; none where no rule says so."""
    rules = load_facts().region_city.filter(pl.col("region") == region).to_dicts()
    wanted = pl.lit(value=False)
    for rule in rules:
        if rule["by"] == "state":
            wanted = wanted | ((pl.col("country") == rule["country"]) & (pl.col("state") == rule["value"]))
        else:
            wanted = wanted | pl.col("city").str.starts_with(rule["value"])
    return tuple(atlas.city.filter(wanted)["city"].sort().to_list()) if rules else ()


@once_per_atlas(maxsize=4_000)
def regions_of(atlas: Atlas, city: str) -> tuple[str, ...]:
    """Keys of the regions a city lies in, smallest rule first by key; none where no rule says so."""
    rules = load_facts().region_city.select("region", "country").unique().filter(pl.col("country") == city[:2])
    return tuple(region for region in sorted(rules["region"]) if city in cities_in(atlas, region))
