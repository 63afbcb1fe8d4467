"""What is made ready for one city gives the same answers as the whole release."""

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from citytandem import benchmark, load
from citytandem.atlas import REFERENCE, Atlas
from citytandem.readiness import prepare_all, prepare_for, prepare_near
from citytandem.science.benchmark.answer import answer
from citytandem.sources.package import read_descriptor

CITIES = ["DE-05515000", "DE-08221000", "JP-14100", "DK-0101", "US-2743000"]
FRAMES = ("position", "strip", "drivers", "rolemodels", "structure", "trend", "gate")


@pytest.fixture(scope="module")
def atlas():
    return load()


@pytest.mark.parametrize("city", CITIES)
def test_a_city_made_ready_alone_gets_the_same_answer(atlas, city):
    alone = answer(prepare_near(atlas, city=city, year=None), city=city)
    among_all = answer(prepare_all(atlas), city=city)

    assert alone.year == among_all.year
    assert_frame_equal(alone.peers.peer, among_all.peers.peer)
    for name in FRAMES:
        assert_frame_equal(getattr(alone, name), getattr(among_all, name))


def test_the_second_city_asked_about_makes_everything_ready():
    atlas = Atlas(folder=REFERENCE, descriptor=read_descriptor(REFERENCE))
    first = prepare_for(atlas, city="DE-05515000")
    second = prepare_for(atlas, city="DK-0101")

    assert first.balance.height < second.balance.height == atlas.balance.height


def test_an_older_year_is_answered_from_its_own_time():
    found = benchmark(load(), city="JP-14100", year=2010)

    assert found.year == 2010
    assert found.strip["year"].cast(pl.Int32).is_between(2007, 2013).all()
