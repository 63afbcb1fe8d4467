"""Frameworks are called as people call them: by our words where we ship them, by their authors' where they are one's own."""

import pytest

from citytandem.charts.framework_names import name_category, name_criterion, name_framework, tell_level
from citytandem.science.assessment.framework import pick_framework
from citytandem.sources.facts import load_facts
from citytandem.words import Speech
from citytandem.words.frameworks import FRAMEWORKS
from tests.science.frameworks import invent_framework

ENGLISH = Speech("en")
SHIPPED = [pick_framework(load_facts(), key) for key in load_facts().framework["framework"].to_list()]


@pytest.mark.parametrize("framework", SHIPPED, ids=lambda framework: framework.framework)
def test_our_words_say_what_the_tables_say(framework):
    titles = dict(framework.criterion.select("criterion", "title").iter_rows())
    fields = dict(framework.category.select("category", "title").iter_rows())

    assert name_framework(framework, ENGLISH) == framework.title
    assert {key: name_criterion(framework, key, speech=ENGLISH) for key in titles} == titles
    assert {key: name_category(framework, key, speech=ENGLISH) for key in fields} == fields


@pytest.mark.parametrize("framework", SHIPPED, ids=lambda framework: framework.framework)
def test_every_part_of_a_shipped_framework_is_a_word_of_ours(framework):
    start = f"framework.{framework.framework}"
    wanted = {start}
    wanted |= {f"{start}.category.{key}" for key in framework.category["category"]}
    wanted |= {f"{start}.criterion.{key}" for key in framework.criterion["criterion"]}
    for row in framework.level.iter_rows(named=True):
        of = f"{start}.level" + ("" if row["criterion"] == "all" else f".{row['criterion']}") + f".{row['level']}"
        wanted |= {of} | ({f"{of}.evidence"} if row["evidence"] else set())
    for row in framework.criterion.drop_nulls("evidence").iter_rows(named=True):
        wanted.add(f"{start}.criterion.{row['criterion']}.evidence")

    assert wanted <= FRAMEWORKS.keys()


def test_a_level_is_told_with_all_the_evidence_it_asks_for():
    sino = pick_framework(load_facts(), "sino_german")

    assert tell_level(sino, "construction", level=0, speech=ENGLISH) == ("nothing yet", None)
    assert tell_level(sino, "co2_2030", level=2, speech=ENGLISH) == (
        "at least 30 % by 2030 decided, with base year and boundary",
        "the decision; the base year, the boundary and the decision",
    )


def test_a_framework_of_ones_own_keeps_the_names_its_authors_gave():
    assert name_criterion(invent_framework(), "a1", speech=Speech("de")) == "A1"
