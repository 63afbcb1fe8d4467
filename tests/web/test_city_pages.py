"""A city's seven questions: whatever is known of it, in five languages, with every choice kept or refused with its cure."""

import re

import pytest
from django.test import Client

from citytandem.web.insights.sections import SECTIONS

pytestmark = pytest.mark.any_database
CITIES = {
    "DE-08221000": "carriers and sectors apart, no crossing",
    "DE-08212000": "sixteen years, a break of method, published stages",
    "DE-05515000": "published stages",
    "JP-14100": "top-down",
    "DK-0101": "one line for all stationary energy",
    "US-2743000": "carriers and sectors crossed",
    "CN-G1808926": "a single total, no peers",
    "FR-G2992166": "no balance at all",
}
LANGUAGES = ("en", "de", "ja", "zh-hans", "da")


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("city", CITIES)
def test_every_question_of_a_city_is_answered_in_every_language(city, language):
    client = Client()

    for section in SECTIONS:
        answer = client.get(f"/{language}/cities/{city}/{section}/")
        page = answer.content.decode()

        assert answer.status_code == 200
        assert 'class="answer"' in page
        assert "{" not in re.sub(r"content='\{.*?\}'", "", page).replace("{{", "")


@pytest.mark.django_db
def test_the_whole_page_holds_all_seven_questions_and_stays_light():
    answer = Client().get("/en/cities/DE-08212000/")
    page = answer.content.decode()

    assert [key for key in SECTIONS if f'<section class="question" id="{key}"' in page] == list(SECTIONS)
    assert len(answer.content) < 500_000


@pytest.mark.django_db
def test_a_city_without_a_balance_says_what_is_missing_and_shows_no_figure():
    page = Client().get("/en/cities/FR-G2992166/balance/").content.decode()

    assert 'class="notice"' in page
    assert "<svg" not in page
    assert "Estimate, not a balance" in page


@pytest.mark.django_db
def test_a_name_leads_to_the_address_with_the_id_and_keeps_its_choices():
    answer = Client().get("/de/cities/Heidelberg/balance/?unit=total")

    assert (answer.status_code, answer["Location"]) == (302, "/de/cities/DE-08221000/balance/?unit=total")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "cure"),
    [
        ("year=1850", "2019"),
        ("year=two", "2019"),
        ("question=happiness", "transport"),
        ("unit=furlong", "per_head"),
        ("variant=half", "core_no_industry"),
        ("electricity=green", "national"),
    ],
)
def test_a_choice_that_is_none_is_refused_with_the_choices_there_are(query, cure):
    answer = Client().get(f"/en/cities/DE-08221000/balance/?{query}")

    assert answer.status_code == 422
    assert cure in answer.content.decode()


@pytest.mark.django_db
def test_a_bridge_to_nowhere_is_refused_with_the_ends_there_are():
    answer = Client().get("/en/cities/DE-08221000/comparable/?to=the-moon")

    assert answer.status_code == 422
    assert "core_waste" in answer.content.decode()


@pytest.mark.django_db
def test_a_year_without_any_balance_is_refused_where_a_city_has_none():
    answer = Client().get("/en/cities/FR-G2992166/?year=2019")

    assert answer.status_code == 422


@pytest.mark.django_db
def test_the_unit_changes_the_bars_and_is_kept_in_the_links_to_files():
    client = Client()
    heads = client.get("/en/cities/DE-08212000/balance/").content.decode()
    whole = client.get("/en/cities/DE-08212000/balance/?unit=total").content.decode()

    assert "figures/sectors.csv?unit=total" in whole
    assert "figures/sectors.csv?unit=total" not in heads


@pytest.mark.django_db
def test_the_energy_is_the_same_under_every_electricity_factor():
    client = Client()
    told = [
        re.search(r"the ([\d,]+)\s+MWh", client.get(f"/en/cities/DE-08221000/balance/?electricity={view}").content.decode())[1]
        for view in ("national", "common", "residual_mix")
    ]

    assert told == ["672,554"] * 3


@pytest.mark.django_db
def test_a_variant_that_a_balance_does_not_separate_is_not_drawn_but_explained():
    page = Client().get("/en/cities/DE-08221000/balance/?variant=core_no_industry").content.decode()

    assert "cannot be shown for this balance" in page
    assert "figure-sectors" not in page


@pytest.mark.django_db
@pytest.mark.parametrize("to", ["core_waste", "bisko", "gpc_basic"])
def test_the_bridge_leads_where_the_reader_asks(to):
    page = Client().get(f"/en/cities/DE-08212000/comparable/?to={to}").content.decode()

    assert f'<option value="{to}" selected>' in page
    assert "figure-bridge" in page


@pytest.mark.django_db
def test_a_level_of_power_opens_to_its_law_without_any_script():
    page = Client().get("/en/cities/DE-08221000/powers/").content.decode()
    cell = re.search(r"<td><details><summary>\d .*?</details></td>", page)[0]

    assert "P: our own proposal" in page
    assert "<p>" in cell


@pytest.mark.django_db
def test_a_partner_comes_with_a_draft_of_a_call_with_three_questions():
    page = Client().get("/en/cities/DE-08212000/partners/").content.decode()
    draft = re.search(r"<textarea.*?>(.*?)</textarea>", page, re.DOTALL)[1]

    assert "Dear colleagues in Münster" in draft
    assert [line[:2] for line in draft.splitlines() if line[:1].isdigit()] == ["1.", "2.", "3."]


@pytest.mark.django_db
def test_a_picture_is_described_once_and_not_again_part_by_part():
    page = Client().get("/en/cities/DE-08212000/position/").content.decode()
    drawings = re.findall(r"<svg.*?</svg>", page, re.DOTALL)

    assert len(drawings) >= 2
    assert not [drawing for drawing in drawings if "aria-" in drawing or "role=" in drawing]
    assert page.count('class="picture" tabindex="0" role="img" aria-label=') == len(drawings)


@pytest.mark.django_db
def test_no_page_of_a_city_sets_a_cookie_or_bears_a_style_of_its_own():
    answer = Client().get("/en/cities/DE-08212000/")
    outside = re.sub(r"<svg.*?</svg>", "", answer.content.decode(), flags=re.DOTALL)

    assert answer.cookies == {}
    assert " style=" not in outside
    assert "onclick" not in outside


@pytest.mark.django_db
def test_every_table_of_a_page_is_told_apart_by_its_name():
    page = Client().get("/en/cities/DE-08212000/").content.decode()
    named = re.findall(r'role="region" aria-label="([^"]+)"', page)

    assert sorted(set(named)) == sorted(named)
