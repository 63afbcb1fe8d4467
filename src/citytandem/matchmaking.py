"""What a matching of a whole network stands on: what its cities could learn from each other, and what links them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from citytandem.footing import balance_of, compare_all, corrections_of, place_of, standing_of
from citytandem.readiness import prepare_all, prepare_playbook

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from polars._typing import PolarsDataType

    from citytandem.atlas import Atlas


CLOSENESS: dict[str, PolarsDataType] = {
    "learner": pl.String, "giver": pl.String, "similarity": pl.Float64, "differs": pl.List(pl.String),
}  # fmt: skip
"""How alike cities are, seen from each learner."""


@dataclass(frozen=True)
class Network:
    """Cities seen together: ``leads`` between all pairs, how alike they are (learner, giver, similarity, differs), stages."""

    leads: pl.DataFrame
    closeness: pl.DataFrame
    stages: pl.DataFrame
    without_balance: tuple[str, ...]


def gather_network(atlas: Atlas, cities: Collection[str], *, say: Callable[[int, int], None] | None = None) -> Network:
    """What every one of these cities could learn from every other, with everything shared prepared once.

    Parameters
    ----------
    atlas
        The release.
    cities
        Ids of cities; some hundreds take some seconds.
    say
        Told how many cities are done, of how many.
    """
    from citytandem.science.action.answer import size_city
    from citytandem.science.action.profile import fold_stages
    from citytandem.science.partners.network import learn_from_all

    wanted = sorted(set(cities))
    prepared, playbook = prepare_all(atlas), prepare_playbook(atlas)
    stages = fold_stages(atlas.stage.filter(pl.col("city").is_in(wanted)))
    near = compare_all(atlas, prepared, cities=wanted)
    done = 0

    def size(city: str) -> pl.DataFrame | None:
        """The needs of a city; None where it has no balance to read them from."""
        own = balance_of(atlas, city, year=None, prepared=prepared)
        if own is None:
            return None
        corrections = corrections_of(atlas, city)
        return size_city(playbook, place=place_of(atlas, city), own=own, stages=stages, corrections=corrections)

    def standing(city: str) -> pl.DataFrame:
        """What the city and the others emit per head; told of, because this is the long part."""
        nonlocal done
        done += 1
        if say is not None:
            say(done, len(wanted))
        return standing_of(atlas, city, year=None, candidates=wanted, prepared=prepared)

    leads = learn_from_all(closeness=near, size=size, stages=stages, standing=standing)
    told = [frame.rename({"city": "giver"}).with_columns(pl.lit(city).alias("learner")) for city, frame in near.items()]
    closeness = pl.concat([pl.DataFrame(schema=CLOSENESS), *(frame.select(list(CLOSENESS)) for frame in told)])
    return Network(leads, closeness, stages, tuple(city for city in wanted if city not in prepared.rows_of))
