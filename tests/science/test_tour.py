"""A study tour is the best there is, keeps every window and the budget, and says what stands in the way."""

import datetime as dt
import itertools
import random
from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citytandem.findings import CannotCompute, Code
from citytandem.science.exchange import tour_days
from citytandem.science.exchange.tour import Group, TourProblem, plan_tour
from citytandem.tables.tour import Leg, Opening, Site, Stay, TourDay, TourWish, TravelWay

DAYS = [dt.date(2027, 5, 3), dt.date(2027, 5, 4)]
TOPICS = ("heat", "water", "new work")
WAY = {
    "mode": "coach", "detour": 1.3, "low_detour": 1.2, "high_detour": 1.5, "km_per_hour": 45.0, "wait_minutes": 5,
    "low_eur_per_km": 0.1, "high_eur_per_km": 0.2, "note": "test", "mark": "P", "source": "test",
}  # fmt: skip


def _frame(schema, rows):
    return pl.DataFrame(rows, schema=schema.create_empty().schema)


def _problem(seed: int, *, sites: int = 5, days: int = 1, rest: int = 45, **group) -> TourProblem:
    draw = random.Random(seed)  # noqa: S311 - sites of a test
    keys = [f"s{n}" for n in range(sites)]
    told = [
        {
            "site": key, "name": key.upper(),
            "latitude": 51.4 + draw.random() / 5, "longitude": 6.8 + draw.random() / 3,
            "topics": draw.sample(TOPICS, draw.randint(1, 2)),
            "minutes": draw.choice([45, 90]), "cost_eur": draw.choice([0.0, 8.0]),
            "choice": "open", "mark": "P", "source": "test",
        }
        for key in keys
    ]  # fmt: skip
    opened = [
        {
            "site": key, "day": day, "mark": "P", "source": "test",
            "opens": dt.time(draw.randint(9, 12)), "closes": dt.time(draw.randint(13, 17)),
        }
        for key, day in itertools.product(keys, DAYS[:days])
    ]  # fmt: skip
    day_rows = [
        {
            "day": day, "starts": dt.time(9), "ends": dt.time(15, 30), "starts_at": "hotel", "ends_at": "hotel",
            "rest_from": dt.time(11), "rest_to": dt.time(14), "rest_minutes": rest, "night_eur": 0.0,
        }
        for day in DAYS[:days]
    ]  # fmt: skip
    return TourProblem(
        _frame(Site, told), _frame(Opening, opened),
        _frame(Stay, [{"stay": "hotel", "name": "Hotel", "latitude": 51.45, "longitude": 7.0, "source": "test"}]),
        _frame(TourDay, day_rows), _frame(Leg, []),
        _frame(TourWish, [{"topic": topic, "weight": weight} for topic, weight in zip(TOPICS, (9, 5, 3), strict=True)]),
        _frame(TravelWay, [WAY]), Group(people=8, **group),
    )  # fmt: skip


def _minutes(time: dt.time) -> int:
    return time.hour * 60 + time.minute


def _best_by_hand(problem: TourProblem) -> float:
    """Every order of every set of sites of one day, with lunch at each place in the order, minute by minute."""
    from citytandem.science.exchange.tour_legs import lay_ways

    rows = {row["site"]: row for row in problem.sites.to_dicts()}
    opening = {row["site"]: (_minutes(row["opens"]), _minutes(row["closes"])) for row in problem.openings.to_dicts()}
    ways = lay_ways(problem, places=[*rows, "hotel"])
    day = problem.days.row(0, named=True)
    weights = dict(problem.wishes.iter_rows())

    def fits(order: tuple[str, ...], lunch: int) -> bool:
        # places of lunch: 0 at the start, 2n+1 on arrival at site n, 2n+2 after its visit, the last one at the end
        now, here = _minutes(day["starts"]), "hotel"

        def eat(at: int, place: int) -> int | None:
            if place != lunch:
                return at
            begins = max(at, _minutes(day["rest_from"]))
            return begins + day["rest_minutes"] if begins + day["rest_minutes"] <= _minutes(day["rest_to"]) else None

        steps = [(0, None)] + [(2 * n + 1, site) for n, site in enumerate(order)]
        for place, site in steps:
            if site is not None:
                now += ways[here, site].minutes
            if (now := eat(now, place)) is None:
                return False
            if site is not None:
                opens, closes = opening[site]
                now = max(now, opens) + rows[site]["minutes"]
                if now > closes or (now := eat(now, place + 1)) is None:
                    return False
                here = site
        now += ways[here, "hotel"].minutes if order else 0
        return (now := eat(now, 2 * len(order) + 1)) is not None and now <= _minutes(day["ends"])

    def worth(order: tuple[str, ...]) -> float:
        counts = {topic: sum(topic in rows[site]["topics"] for site in order) for topic in weights}
        return sum(weights[topic] * sum(0.5**n for n in range(count)) for topic, count in counts.items())

    orders = (order for size in range(len(rows) + 1) for order in itertools.permutations(rows, size))
    limit = problem.group.budget_eur
    return max(
        worth(order)
        for order in orders
        if (limit is None or sum(rows[site]["cost_eur"] for site in order) <= limit)
        and any(fits(order, lunch) for lunch in range(2 * len(order) + 2))
    )


@pytest.mark.parametrize("seed", range(12))
def test_no_tour_by_hand_is_worth_more(seed):
    problem = _problem(seed, budget_eur=16.0 if seed % 2 else None)
    found = plan_tour(problem)

    assert found.worth == pytest.approx(_best_by_hand(problem))
    assert (found.proof, found.bound) == ("optimal", found.worth)


@pytest.mark.parametrize("seed", range(4))
def test_counting_trips_and_searching_circuits_agree(seed, monkeypatch):
    problem = _problem(seed, sites=6, days=2, budget_eur=24.0)
    counted = plan_tour(problem)
    monkeypatch.setattr(tour_days, "SITES_2026", 0)
    searched = plan_tour(problem)

    assert searched.worth <= counted.worth <= searched.bound
    assert searched.proof == "bound only" or searched.worth == pytest.approx(counted.worth)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_windows_rest_and_budget_are_kept_and_nothing_overlaps(seed):
    problem = _problem(seed, sites=7, days=2, budget_eur=24.0)
    found = plan_tour(problem)
    opening = {(row["site"], row["day"]): row for row in problem.openings.to_dicts()}
    minutes = dict(problem.sites.select("site", "minutes").iter_rows())

    assert found.cost_eur <= 24
    visits = found.stops.filter(pl.col("kind").cast(pl.String) == "visit")
    assert visits["place"].n_unique() == visits.height
    for visit in visits.to_dicts():
        window = opening[visit["place"], visit["day"]]
        assert window["opens"] <= visit["begins"].time() and visit["ends"].time() <= window["closes"]
        assert visit["ends"] - visit["begins"] == dt.timedelta(minutes=minutes[visit["place"]])
    for (_,), stops in found.stops.group_by("day", maintain_order=True):
        rows = stops.to_dicts()
        assert [row for row in rows if row["kind"] == "rest"]
        for before, after in itertools.pairwise(rows):
            assert before["ends"] + dt.timedelta(minutes=after["leg_minutes"]) <= after["begins"]


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_another_open_hour_never_worsens_the_tour(seed):
    problem = _problem(seed, sites=6, days=2)
    longer = problem.openings.with_columns(
        pl.col("closes").map_elements(lambda t: t.replace(hour=t.hour + 1), return_dtype=pl.Time)
    )

    assert plan_tour(replace(problem, openings=longer)).worth >= plan_tour(problem).worth


def test_the_same_seed_gives_the_same_tour():
    assert plan_tour(_problem(3, days=2), seed=5).stops.equals(plan_tour(_problem(3, days=2), seed=5).stops)


def _choose(problem: TourProblem, **choices: str) -> TourProblem:
    chosen = pl.col("site").replace_strict(choices, default="open").cast(problem.sites.schema["choice"])
    return replace(problem, sites=problem.sites.with_columns(choice=chosen))


def test_a_must_is_visited_though_others_are_worth_more():
    problem = _problem(1)
    left_out = min(set(problem.sites["site"]) - set(plan_tour(problem).stops["place"]))
    found = plan_tour(_choose(problem, **{left_out: "must"}))

    assert left_out in found.stops["place"].to_list()


def test_the_smallest_set_of_musts_that_exclude_each_other_is_named():
    problem = _problem(2, sites=4)
    narrow = problem.openings.with_columns(
        opens=pl.when(pl.col("site").is_in(["s1", "s3"])).then(dt.time(10)).otherwise(dt.time(9)),
        closes=pl.when(pl.col("site").is_in(["s1", "s3"])).then(dt.time(11, 30)).otherwise(dt.time(15)),
    )
    sites = problem.sites.with_columns(pl.lit(45, pl.Int32).alias("minutes"))
    sites = sites.with_columns(minutes=pl.when(pl.col("site").is_in(["s1", "s3"])).then(90).otherwise(45).cast(pl.Int32))
    musts = _choose(replace(problem, openings=narrow, sites=sites), s0="must", s1="must", s3="must")

    with pytest.raises(CannotCompute) as refusal:
        plan_tour(musts)

    assert refusal.value.finding.code is Code.TOUR_MUSTS_CONFLICT
    assert dict(refusal.value.finding.facts) == {"sites": "S1, S3", "count": 2}


@pytest.mark.parametrize(
    ("change", "group", "reason"),
    [
        ({"accessible": False}, {"step_free": True}, "not_accessible"),
        ({"accessible": None}, {"step_free": True}, "access_unknown"),
        ({"group_limit": 5}, {}, "group_too_large"),
        ({"cost_eur": 90.0}, {"budget_eur": 50.0}, "over_budget"),
        ({"minutes": 1000}, {}, "not_open"),
        ({"latitude": 48.0}, {}, "too_far"),
    ],
)
def test_a_wish_that_stays_open_says_why(change, group, reason):
    problem = _problem(4, **group)
    heat = pl.col("topics").list.contains("heat")
    changed = [
        pl.when(heat).then(pl.lit(v)).otherwise(pl.col(k)).cast(problem.sites.schema[k]).alias(k) for k, v in change.items()
    ]
    found = plan_tour(replace(problem, sites=problem.sites.with_columns(changed)))

    assert {"topic": "heat", "site": None, "reason": reason} in found.unmet.to_dicts()
