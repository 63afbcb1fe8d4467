"""Rules that contradict each other are named: as few as possible, and none too few."""

from dataclasses import replace
from itertools import combinations

import pytest

from citytandem.findings import CannotCompute, Code
from citytandem.science.partners.matching.rules import Clause, find_conflict
from tests.science.network import candidates, gains, score_pairs, solve, told


def refused_rules(*, rules, people=None, wishes=(), **settings):
    """The rules named when the question is refused."""
    who = candidates(9) if people is None else people
    known = gains([(f"p{one:03d}", f"p{two:03d}", 0.2) for one, two in combinations(range(9), 2)])
    with pytest.raises(CannotCompute) as refused:
        solve(who, score_pairs(who, known, wishes=told(list(wishes))), rules=told(rules), **settings)
    finding = refused.value.finding
    named = finding.facts["rules"].split(",")

    assert finding.code is Code.MATCH_RULES_CONFLICT
    assert finding.facts["count"] == len(named)
    return named


@pytest.mark.parametrize("form", ["tandem", "trio", "cluster", "mentoring"])
def test_a_pin_against_a_veto(form):
    named = refused_rules(rules=[("p000", "p001", "pin"), ("p004", "p005", "pin")], wishes=[("p001", "p000", "veto")], form=form)

    assert named == ["pin:p000+p001", "veto:p000+p001"]


@pytest.mark.parametrize("form", ["tandem", "trio", "cluster", "mentoring"])
def test_a_pin_against_a_ban_of_the_same_two(form):
    named = refused_rules(rules=[("p000", "p001", "pin"), ("p001", "p000", "ban")], form=form)

    assert named == ["pin:p000+p001", "ban:p000+p001"]


def test_two_pins_for_one_place():
    named = refused_rules(rules=[("p000", "p001", "pin"), ("p003", "p004", "pin"), ("p001", "p002", "pin")])

    assert named == ["pin:p000+p001", "pin:p001+p002", "capacity:p001"]


@pytest.mark.parametrize("form", ["tandem", "trio", "cluster"])
def test_a_pin_against_the_rule_on_countries(form):
    named = refused_rules(rules=[("p000", "p001", "pin")], countries="different", form=form)

    assert named == ["pin:p000+p001", "countries"]


def test_pins_against_the_limit_of_a_country():
    named = refused_rules(rules=[("p000", "p001", "pin"), ("p003", "p004", "pin")], per_country_limit=2)

    assert named == ["pin:p000+p001", "pin:p003+p004", "limit:DE"]


def test_pins_that_make_a_group_too_large():
    chain = [("p000", "p001", "pin"), ("p001", "p002", "pin"), ("p002", "p003", "pin")]

    assert refused_rules(rules=chain, form="trio") == [f"pin:{one}+{two}" for one, two, _ in chain]


def test_bans_inside_a_pinned_group_are_named():
    rules = [("p000", "p001", "pin"), ("p001", "p002", "pin"), ("p000", "p002", "ban")]

    assert refused_rules(rules=rules, form="trio") == ["pin:p000+p001", "pin:p001+p002", "ban:p000+p002"]


def test_without_any_one_of_the_named_rules_the_others_hold():
    clauses = [Clause("pin", (str(number),)) for number in range(8)]

    def holds(some):
        return not {clauses[2], clauses[5], clauses[7]} <= set(some)

    conflict = find_conflict(clauses, holds=holds)

    assert conflict == [clauses[2], clauses[5], clauses[7]]
    assert all(holds([other for other in conflict if other != one]) for one in conflict)


def test_a_clause_is_told_by_its_key():
    assert str(replace(Clause("pin"), about=("a", "b"))) == "pin:a+b"
    assert str(Clause("countries")) == "countries"
