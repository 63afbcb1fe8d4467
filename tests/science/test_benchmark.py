"""Does the whole answer keep its promises, on an invented release?"""

import numpy as np
import polars as pl
import pytest

from citytandem.findings import CannotCompute, Code
from citytandem.science.benchmark.answer import answer, answer_all
from citytandem.science.benchmark.validate import negative_control
from citytandem.tables import results_benchmark as tables
from tests.science import towns

CITY = towns.town(0)


@pytest.fixture(scope="module")
def prepared():
    return towns.made_ready()


@pytest.fixture(scope="module")
def found(prepared):
    return answer(prepared, city=CITY)


def without(line, **dropped):
    return line.filter(~((pl.col("balance").str.starts_with(CITY)) & pl.col("sector").is_in(dropped["sectors"])))


@pytest.mark.parametrize(
    ("part", "schema"),
    [
        ("outcome", tables.Outcome),
        ("gate", tables.Gate),
        ("position", tables.Position),
        ("strip", tables.Strip),
        ("trend", tables.Trend),
        ("series", tables.TrendPoint),
        ("drivers", tables.Driver),
        ("rolemodels", tables.RoleModel),
        ("structure", tables.StructureView),
    ],
)
def test_every_part_keeps_its_table(found, part, schema):
    rows = getattr(found, part)

    assert rows.height > 0
    assert schema.validate(rows, cast=True).height == rows.height


def test_peers_keep_their_tables(found):
    assert tables.Peer.validate(found.peers.peer, cast=True).height == 12
    assert tables.PeerReason.validate(found.peers.reason, cast=True).height == 12 * 5


def test_a_peer_set_never_depends_on_an_outcome(found):
    balance = towns.balances()
    other = answer(towns.made_ready(balance=balance, line=towns.lines(balance, seed=99)), city=CITY)

    assert other.peers.peer.equals(found.peers.peer)
    assert other.peers.reason.equals(found.peers.reason)
    assert not other.position.equals(found.position)


def test_an_unrelated_city_does_not_move_the_points(found):
    more = towns.balances(44)
    wider = answer(
        towns.made_ready(city=towns.cities(44), structure=towns.structures(44), balance=more, line=towns.lines(more)), city=CITY
    )

    assert wider.position.select("outcome", "value", "points").equals(found.position.select("outcome", "value", "points"))
    assert found.position["points"].drop_nulls().len() == 2


def test_the_order_of_rows_does_not_change_the_answer(found):
    balance = towns.balances()
    line = towns.lines(balance)
    mixed = answer(towns.made_ready(balance=balance[::-1], line=line[::-1], structure=towns.structures()[::-1]), city=CITY)

    assert mixed.peers.peer.equals(found.peers.peer)
    for name in ("value", "median", "expected"):
        assert mixed.position[name].to_list() == pytest.approx(found.position[name].to_list())


def test_differences_to_the_peers_close(found):
    effects = found.drivers.filter(kind="spatial")
    weights = dict(found.peers.peer.select("peer", "weight").iter_rows())
    strip = found.strip.filter(outcome=found.main_outcome)
    mean = sum(weights[peer] * value for peer, value in strip.select("peer", "value").iter_rows())
    own = found.position.filter(outcome=found.main_outcome)["value"].item()

    assert effects["effect_t_per_head"].sum() == pytest.approx(own - mean, rel=1e-9)


def test_differences_to_the_past_close(found):
    series = found.series.filter(pl.col("outcome") == found.main_outcome).sort("year")

    effects = found.drivers.filter(kind="temporal")["effect_t"].sum()
    assert effects == pytest.approx(series["emissions_t"][-1] - series["emissions_t"][0], rel=1e-9)


def test_industry_is_switched_on_for_all_cities_alike(prepared):
    off, on = answer(prepared, city=CITY), answer(prepared, city=CITY, outcome="core")

    assert off.main_outcome == "core_no_industry" and on.main_outcome == "core"
    assert off.peers.peer.equals(on.peers.peer)
    assert "industry_energy" not in off.drivers["sector"] and "industry_energy" in on.drivers["sector"]


def test_all_cities_at_once_answer_as_one_by_one(prepared, found):
    everyone, refused = answer_all(prepared)

    assert len(everyone) == 40 and not refused
    assert everyone[CITY].drivers.sort(pl.all()).equals(found.drivers.sort(pl.all()))
    assert everyone[CITY].position.equals(found.position)


def test_a_role_model_emits_less_where_the_city_wants_to_improve(found):
    models = found.rolemodels.filter(pl.col("outcome") == pl.col("direction"))
    dominating = found.rolemodels.filter(pl.col("dominates"))

    assert models.height > 0 and (models["gain_t_per_head"] > 0).all()
    assert (dominating["gain_t_per_head"] >= 0).all()


def test_an_outcome_the_balance_does_not_state_is_a_finding_and_no_number():
    balance = towns.balances()
    cut = answer(towns.made_ready(balance=balance, line=without(towns.lines(balance), sectors=["waste"])), city=CITY)

    assert "waste" not in cut.position["outcome"]
    told = [
        one.facts["missing"] for one in cut.findings if one.code is Code.SECTOR_NOT_SEPARATED and one.facts["outcome"] == "waste"
    ]
    assert told == ["waste"]


def test_an_outcome_few_peers_state_is_refused_and_the_others_answered():
    balance = towns.balances()
    line = towns.lines(balance)
    rare = line.filter((pl.col("sector") != "waste") | pl.col("balance").str.starts_with(CITY))

    found = answer(towns.made_ready(balance=balance, line=rare), city=CITY).position

    assert found.filter(outcome="waste").select("status", "median", "n_peers").row(0) == ("refused", None, 0)
    assert found.filter(outcome="transport")["status"].item() == "complete"


def test_a_question_falls_back_to_what_is_published():
    balance = towns.balances()
    only = answer(
        towns.made_ready(balance=balance, line=without(towns.lines(balance), sectors=["services"])),
        city=CITY,
        question="buildings",
    )

    assert only.main_outcome == "households"


def test_a_break_of_method_is_flagged():
    balance = towns.balances().with_columns(
        pl.when((pl.col("city") == CITY) & (pl.col("year") >= 2018)).then(pl.lit("gpc")).otherwise("method").alias("method")
    )
    broken = answer(towns.made_ready(balance=balance), city=CITY)

    assert set(broken.trend["status"]) == {"method_break"} and set(broken.trend["breaks"]) == {"2018"}
    assert Code.METHOD_BREAK in {one.code for one in broken.findings}


def test_three_years_make_no_trend():
    balance = towns.balances(years=(2017, 2018, 2019))
    short = answer(towns.made_ready(balance=balance), city=CITY)

    assert set(short.trend["status"]) == {"too_few_years"} and short.trend["slope_per_year"].null_count() == short.trend.height


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"city": "DE-99999"}, Code.CITY_WITHOUT_BALANCE),
        ({"city": CITY, "year": 1901}, Code.YEAR_WITHOUT_BALANCE),
        ({"city": CITY, "question": "happiness"}, Code.UNKNOWN_CHOICE),
        ({"city": CITY, "outcome": "happiness"}, Code.UNKNOWN_CHOICE),
        ({"city": CITY, "weights": {"emissions": 1.0}}, Code.UNKNOWN_CHOICE),
        ({"city": CITY, "cutoff": 0.0001}, Code.NO_TRUE_PEERS),
    ],
)
def test_a_question_without_an_honest_answer_is_refused(prepared, asked, code):
    with pytest.raises(CannotCompute) as refusal:
        answer(prepared, **asked)

    assert refusal.value.finding.code is code


def test_without_people_nothing_is_shown_per_head():
    balance = towns.balances().with_columns(pl.when(pl.col("city") != CITY).then("population").alias("population"))
    structure = towns.structures().filter((pl.col("city") != CITY) | (pl.col("variable") != "population"))

    with pytest.raises(CannotCompute) as refusal:
        answer(towns.made_ready(balance=balance, structure=structure), city=CITY)

    assert refusal.value.finding.code is Code.CITY_WITHOUT_POPULATION


def test_more_weight_on_a_variable_brings_nearer_those_alike_in_it(prepared):
    plain = answer(prepared, city=CITY).structure
    heavy = answer(prepared, city=CITY, weights={"hdd": 20.0}).structure

    def gap(view):
        row = view.filter(variable="hdd").row(0, named=True)
        return row["p90"] - row["p10"]

    assert gap(heavy) < gap(plain)


def test_invented_emissions_are_not_explained(prepared):
    control = negative_control(prepared, year=2019, seed=4, draws=5)

    assert control.height == 8
    assert np.all(control["explained"].to_numpy() < 0.3)
    assert np.all(control["shuffled_mean"].to_numpy() < 0.1)
