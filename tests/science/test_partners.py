"""Which cities to ask: evidence and topics apart, ties first, both sides named."""

import polars as pl
import pytest

from citytandem.findings import Code
from citytandem.science.action.profile import fold_stages
from citytandem.science.partners.affinity import choose_candidates, find_ties, link_cities
from citytandem.science.partners.answer import Links, find_partners
from citytandem.science.partners.benefit import add_up, learn_measures, learn_topics, share_need
from citytandem.tables import Membership, Stage, Tie
from citytandem.tables.results_partners import Exchange, Partner

US, ALIKE, FAR, TIED = "DE-00000001", "DE-00000002", "JP-00003", "DK-0004"
CITIES = [US, ALIKE, FAR, TIED]
NEAR = pl.DataFrame(
    {"city": [ALIKE, FAR, TIED], "similarity": [0.9, 0.6, 0.7], "differs": [["density"], ["koppen"], ["hdd"]]},
)
PLACE = pl.DataFrame(
    {
        "city": CITIES,
        "country": ["DE", "DE", "JP", "DK"],
        "latitude": [50.0, 51.0, 35.0, 55.0],
        "longitude": [8.0, 8.0, 139.0, 10.0],
        "utc_offset_hours": [1.0, 1.0, 9.0, None],
    }
)
LANGUAGE = pl.DataFrame({"country": ["DE", "JP", "DK", "DK"], "language": ["de", "ja", "da", "de"]})


def stages(*rows):
    told = {"title": "Titel", "year": 2020, "evidence": "report", "mapping": "invented", "mark": "P", "source": "s", "item": "1"}
    made = [{**told, "city": city, "measure": measure, "stage": stage} for city, measure, stage in rows]
    return fold_stages(Stage.validate(pl.DataFrame(made), cast=True) if made else Stage.create_empty())


def ties(*rows):
    made = [
        {"city": a, "other": b, "kind": kind, "since": since, "reciprocal": None, "source": "s"} for a, b, kind, since in rows
    ]
    return Tie.validate(pl.DataFrame(made), cast=True) if made else Tie.create_empty()


def standing(*rows):
    """Rows of city, outcome, value, expected, and whatever differs from the usual."""
    told = {"status": "comparable", "top_down": False, "source": "s"}
    made = [
        {
            **told,
            "city": city,
            "outcome": outcome,
            "value": value,
            "low": 0.9 * value,
            "high": 1.1 * value,
            "expected": usual,
            **more,
        }
        for city, outcome, value, usual, more in rows
    ]
    schema = {
        **dict.fromkeys(("city", "outcome", "status", "source"), pl.String),
        **dict.fromkeys(("value", "low", "high", "expected"), pl.Float64),
        "top_down": pl.Boolean,
    }
    return pl.DataFrame(made, schema=schema)


def sized(**measures):
    """Remaining tonnes by measure as (low, high)."""
    rows = [(name, low, high, 1.0) for name, (low, high) in measures.items()]
    schema = {"measure": pl.String, "remaining_low_t": pl.Float64, "remaining_high_t": pl.Float64, "route_factor": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def find(*, stage=(), tie=(), stand=(), needs=None):
    needs = {US: sized(B02=(10, 50), T15=(20, 40))} if needs is None else needs
    return find_partners(
        city=US,
        candidates=CITIES,
        size=needs.get,
        stages=stages(*stage),
        standing=standing(*stand),
        closeness=NEAR,
        links=Links(PLACE, ties(*tie), Membership.create_empty(), LANGUAGE),
    )


def codes(found):
    return [finding.code for finding in (*found.sentences, *found.findings)]


def test_an_answer_meets_its_tables():
    found = find(stage=[(ALIKE, "B02", 4)], stand=[(US, "transport", 3.0, 2.0, {}), (FAR, "transport", 1.0, 2.0, {})])

    assert Partner.is_valid(found.partners)
    assert Exchange.is_valid(found.exchanges)


def test_without_any_lead_nobody_is_proposed_and_the_cure_is_told():
    found = find()

    assert found.partners.is_empty()
    assert codes(found) == [Code.NO_LEAD_KNOWN]


@pytest.mark.parametrize(("stage", "expected"), [(2, []), (3, [ALIKE]), (4, [ALIKE])])
def test_only_a_rollout_or_more_is_a_lead(stage, expected):
    assert find(stage=[(ALIKE, "B02", stage)]).partners["partner"].to_list() == expected


def test_where_we_are_as_far_there_is_no_lead():
    assert find(stage=[(ALIKE, "B02", 3), (US, "B02", 3)]).partners.is_empty()


def test_an_unknown_own_stage_leaves_the_lead_open():
    need = share_need(sized(B02=(10, 50)))
    lead = learn_measures(need=need, learner=stages(), givers=stages((ALIKE, "B02", 4)), closeness=NEAR).row(0, named=True)

    assert (lead["lead_low"], lead["lead_high"]) == (0.0, 1.0)


def test_both_sides_learning_is_told_as_such():
    found = find(
        stage=[(ALIKE, "B02", 4), (ALIKE, "T15", 1), (US, "T15", 3), (US, "B02", 0)],
        needs={US: sized(B02=(10, 50)), ALIKE: sized(T15=(5, 5))},
    )
    row = found.partners.row(0, named=True)

    assert row["reciprocity"] == "both"
    assert row["mutual_low"] == min(row["benefit_in_low"], row["benefit_out_low"])
    assert row["mutual_high"] == min(row["benefit_in_high"], row["benefit_out_high"])
    assert row["benefit_out_high"] == pytest.approx(0.5 * 0.9)
    assert found.sentences[0].facts == {"partner": ALIKE, "gets": "measure.B02", "gives": "measure.T15"}


def test_a_city_without_published_stages_is_not_said_to_need_anything():
    found = find(stage=[(US, "T15", 4)], needs={US: sized(B02=(1, 2)), FAR: sized(T15=(5, 5))})

    assert found.partners.is_empty()


def test_an_existing_tie_comes_first_though_others_are_more_alike():
    found = find(stage=[(ALIKE, "B02", 4), (TIED, "B02", 4), (FAR, "B02", 4)], tie=[(US, TIED, "partnership", 1989)])

    assert found.partners["partner"].to_list() == [TIED, ALIKE, FAR]
    assert found.partners.row(0, named=True)["tie_since"] == 1989
    assert found.sentences[0].code is Code.TIE_WE_LEARN


def test_the_order_of_rows_plays_no_part():
    rows = [(ALIKE, "B02", 4), (TIED, "T15", 3), (FAR, "B02", 3)]

    assert find(stage=rows).partners.equals(find(stage=rows[::-1]).partners)


def test_scaling_emissions_changes_no_share_of_need():
    small, large = (share_need(sized(B02=(1 * s, 5 * s), T15=(2 * s, 4 * s))) for s in (1, 1000))

    assert small["need_high"].to_list() == pytest.approx(large["need_high"].to_list())


def test_shares_of_need_bound_every_case():
    need = share_need(sized(B02=(10, 50), T15=(20, 40)))

    assert need["need_low"].to_list() == pytest.approx([10 / 50, 20 / 70])
    assert need["need_high"].to_list() == pytest.approx([50 / 70, 40 / 50])


def test_a_measure_without_a_number_stays_listed_and_adds_nothing():
    need = share_need(sized(B02=(10, 50), G04=(None, None)))
    both = learn_measures(need=need, learner=stages(), givers=stages((ALIKE, "G04", 4), (ALIKE, "B02", 4)), closeness=NEAR)
    alone = both.filter(pl.col("subject") == "B02")

    assert sorted(both["subject"]) == ["B02", "G04"]
    assert add_up(both).row(0) == add_up(alone).row(0)


def test_a_benefit_behind_which_no_number_stands_is_not_known_and_not_zero():
    need = share_need(sized(B02=(10, 50), G04=(None, None)))
    lead = learn_measures(need=need, learner=stages(), givers=stages((ALIKE, "G04", 4)), closeness=NEAR)

    assert add_up(lead).row(0) == (ALIKE, None, None)


def test_a_city_proposed_only_for_a_topic_has_no_benefit_in_numbers():
    found = find(stand=[(US, "transport", 3.0, 2.0, {}), (ALIKE, "transport", 1.0, 2.0, {})])
    row = found.partners.row(0, named=True)

    assert row["topics_in"] == ["transport"]
    assert {row[name] for name in row if name.startswith(("benefit_", "mutual_"))} == {None}


def topics(*rows):
    return learn_topics(standing(*rows), city=US)


def test_less_than_us_and_less_than_usual_is_a_topic():
    found = topics((US, "transport", 3.0, 2.5, {}), (FAR, "transport", 1.0, 1.5, {}))

    assert found.select("city", "direction", "strength").rows() == [(FAR, "gets", "topic")]


def test_what_structure_explains_is_no_lead():
    assert topics((US, "transport", 3.0, 2.5, {}), (FAR, "transport", 1.0, 0.8, {})).is_empty()


def test_intervals_that_reach_each_other_are_no_lead():
    wide = {"low": 0.2, "high": 4.0}

    assert topics((US, "transport", 2.0, 2.5, wide), (FAR, "transport", 1.6, 2.0, {})).is_empty()


def test_what_the_gate_refuses_is_never_compared():
    assert topics((US, "transport", 3.0, 2.5, {}), (FAR, "transport", 1.0, 1.5, {"status": "not"})).is_empty()


def test_allocated_data_make_only_a_weak_lead():
    found = topics((US, "transport", 3.0, 2.5, {}), (FAR, "transport", 1.0, 1.5, {"top_down": True}))

    assert found["strength"].to_list() == ["weak"]


def test_an_unknown_expectation_makes_only_a_weak_lead():
    found = topics((US, "transport", 3.0, 2.5, {}), (FAR, "transport", 1.0, None, {}))

    assert found["strength"].to_list() == ["weak"]


def test_weak_leads_make_no_pair_mutual():
    weak = {"top_down": True}
    found = find(
        stand=[
            (US, "transport", 3.0, 2.5, {}),
            (FAR, "transport", 1.0, 1.5, weak),
            (US, "waste", 0.1, 0.2, {}),
            (FAR, "waste", 0.9, 0.5, weak),
        ]
    )

    assert found.partners["reciprocity"].to_list() == ["gets_only"]


def test_industry_is_no_topic():
    assert topics((US, "industry", 9.0, 5.0, {}), (FAR, "industry", 0.1, 1.0, {})).is_empty()


def test_a_lead_seen_from_the_other_side_is_what_we_give():
    rows = [(US, "transport", 1.0, 1.5, {}), (FAR, "transport", 3.0, 2.5, {})]
    mirrored = learn_topics(standing(*rows), city=FAR)

    assert topics(*rows)["direction"].to_list() == ["gives"]
    assert mirrored["direction"].to_list() == ["gets"]
    assert topics(*rows)["gap_t_per_head"].to_list() == mirrored["gap_t_per_head"].to_list()


def test_topics_are_told_as_topics():
    found = find(stand=[(US, "transport", 3.0, 2.5, {}), (FAR, "transport", 1.0, 1.5, {})])

    assert Code.LEADS_ARE_TOPICS in codes(found)
    assert Code.FEW_PARTNERS in codes(found)
    assert set(found.exchanges["kind"]) == {"sector"}


def test_a_tie_is_found_from_either_side_and_the_firmest_is_shown():
    frame = (
        ties((US, TIED, "contact", 2001), (US, TIED, "partnership", None), (ALIKE, US, "friendship", 1990))
        if ALIKE < US
        else ties((US, TIED, "contact", 2001), (US, TIED, "partnership", None), (US, ALIKE, "friendship", 1990))
    )

    assert find_ties(frame, city=US).sort("city").rows() == [(ALIKE, "friendship", 1990), (TIED, "partnership", None)]
    assert find_ties(frame, city=TIED).rows() == [(US, "partnership", None)]


def test_links_hold_what_lies_between():
    member = Membership.validate(
        pl.DataFrame({"city": [US, ALIKE, FAR], "network": ["c40", "c40", "iclei"], "year": [2020] * 3, "source": ["s"] * 3}),
        cast=True,
    )
    links = link_cities(city=US, others=CITIES, place=PLACE, tie=ties(), membership=member, language=LANGUAGE)
    rows = {row["city"]: row for row in links.iter_rows(named=True)}

    assert rows[ALIKE]["networks"] == ["c40"]
    assert rows[ALIKE]["languages"] == ["de"]
    assert rows[TIED]["languages"] == ["de"]
    assert rows[ALIKE]["distance_km"] == pytest.approx(111.2, abs=0.1)
    assert rows[FAR]["timezone_hours"] == 8.0
    assert rows[TIED]["timezone_hours"] is None


def test_candidates_are_the_alike_the_tied_and_those_who_tell():
    found = choose_candidates(
        city=US, closeness=NEAR, tie=ties((US, TIED, "contact", None)), stages=stages((FAR, "B02", 4)), nearest=1
    )

    assert found == sorted([ALIKE, FAR, TIED])
