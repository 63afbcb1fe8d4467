"""Regions for everybody: the list, a page with an honest refusal, one with analogues, tables, paper, and what is unknown."""

import csv
import io
import re

import pytest
from django.test import Client

from citytandem.web.regions.asking import RUHR, look_at
from citytandem.web.regions.choices import Choices, read_choices
from citytandem.web.regions.places import cities_in, regions_of
from citytandem.web.regions.reading import paths_of, read_known
from citytandem.web.regions.sections.cases import choose_cases
from citytandem.web.regions.sections.differences import find_differences
from citytandem.web.regions.sections.figures import write_figures
from citytandem.web.regions.sections.paths import group_others
from citytandem.web.regions.sections.questions import derive_questions
from citytandem.web.shell.language import SPEECHES
from citytandem.words import Speech

pytestmark = pytest.mark.django_db

HEBEI, SHANXI = "CN-130000", "CN-140000"


@pytest.fixture
def known():
    return read_known()


@pytest.fixture
def look(known):
    from citytandem.atlas import load

    def make(region: str, **choices):
        speech = SPEECHES.setdefault("en", Speech("en"))
        asked = Choices(**{"first": 2000, "last": 2022, **choices})
        return look_at(known, region=region, choices=asked, provenance=load().provenance(2026), speech=speech)

    return make


def page(address: str) -> str:
    return Client().get(address).content.decode()


def test_the_list_is_by_country_and_name_and_says_what_can_be_compared():
    text = page("/en/regions/")
    rows = re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a></th><td>([^<]+)</td>', text)

    assert "Hebei" in dict(rows)
    assert [country for _, country in rows] == sorted(country for _, country in rows)
    assert '<svg viewBox="0 0 1000 432"' in text
    assert "yes, year by year" in text


@pytest.mark.parametrize(("typed", "found"), [("山西", "Shanxi"), ("Ruhrgebiet", "Ruhr"), ("hebei", "Hebei")])
def test_a_region_is_found_by_its_name_in_any_language(typed, found):
    text = Client().get("/en/regions/", {"q": typed}).content.decode()

    assert f">{found}</a>" in text


def test_a_name_nobody_knows_is_said_to_be_unknown():
    assert "No region of this name is known here" in page("/en/regions/?q=Atlantis")


def test_hebei_is_refused_honestly_and_yet_has_the_ruhr_and_three_others_beside_it(look):
    view = look(HEBEI)

    assert view.refusal is not None
    assert view.analogues is None
    assert set(RUHR) <= set(view.others)
    assert len(set(view.others) - set(RUHR)) >= 3
    assert {"ruhr", "pittsburgh"} <= set(view.told)


def test_the_page_of_hebei_says_so_in_words_pictures_and_tables():
    text = page(f"/en/regions/{HEBEI}/")

    assert "No region&#x27;s past resembles Hebei from 2000 to 2022 well enough" in text
    assert "This is no forecast for Hebei" in text
    assert all(name in text for name in ("Arnsberg district", "Düsseldorf district", "Münster district", "Liège", "Asturias"))
    assert text.count("<svg") >= 4
    assert text.count('<details class="twin">') >= 4
    assert "--raw" not in text


def test_an_analogue_is_told_with_years_fit_and_stability():
    text = page(f"/en/regions/{SHANXI}/?window=2000-2022")

    assert "From 2000 to 2022, Shanxi resembles Wales" in text
    assert "Stays in variations" in text
    assert "What each of them rests on" in text


def test_years_along_the_pictures_are_chosen_in_the_address():
    text = page(f"/en/regions/{SHANXI}/?view=years&beside=DEA5,UKL&indicators=industry")

    assert "by calendar year" in text
    assert "Münster district (" not in re.sub(r"<details.*?</details>", "", text.split('id="paths"')[1].split("</section>")[0])


def test_whoever_chooses_regions_sees_those_and_no_others(look):
    view = look(HEBEI, beside=("DEA5", "pittsburgh"))

    assert view.others == ("DEA5",)
    assert "kitakyushu" not in view.told


@pytest.mark.parametrize("query", ["window=20", "window=2000-2001", "indicators=luck", "view=future", "beside=atlantis"])
def test_a_choice_that_is_none_is_refused_with_a_reason(query):
    answer = Client().get(f"/en/regions/{HEBEI}/?{query}")

    assert answer.status_code == 422


@pytest.mark.parametrize("address", ["/en/regions/atlantis/", "/en/regions/nation-CN/", f"/en/regions/{HEBEI}/secrets.csv"])
def test_what_is_no_region_or_table_is_not_there(address):
    assert Client().get(address).status_code == 404


def test_a_region_without_a_path_still_shows_its_phases_and_figures():
    text = page("/en/regions/pittsburgh/")

    assert "too few years are known to compare its past" in text
    assert 'id="figure-phases"' in text
    assert 'id="figure-region_series"' in text


def test_capacity_announcement_and_output_stand_apart(look):
    rows = write_figures(look(HEBEI)).tables["region_series"].rows
    steel = rows.filter(rows["panel"] == "steel_output")

    assert {"measured", "capacity", "announced", "closed"} <= set(steel["state"])
    assert steel.select("indicator", "definition", "source", "year").is_duplicated().sum() == 0


def test_figures_that_disagree_are_told_beside_each_other_and_part_of_a_year_is_no_contradiction(look):
    told = [block.text for block in write_figures(look(HEBEI)).page.blocks if "different figures" in getattr(block, "text", "")]

    assert len(told) == 1
    assert "68 in number (companies; S) and 39 in number (makers of steel; S)" in told[0]


def test_the_table_as_a_file_holds_every_published_value(known):
    answer = Client().get(f"/en/regions/{HEBEI}/trajectory.csv?beside=DEA5")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    shares = paths_of(known).points.filter(region=HEBEI, trait="industry")

    assert answer["Content-Type"].startswith("text/csv")
    assert sum(row["region"] == HEBEI and row["trait"] == "industry" for row in rows) == shares.height


def test_the_briefing_is_a_pdf():
    answer = Client().get("/de/regions/taiyuan/briefing.pdf")

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_cases_say_why_they_are_told_and_own_ones_stand_last(look):
    reasons = [one.reason for one in choose_cases(look(SHANXI))]

    assert reasons == sorted(reasons, key=("analogue", "phase", "beside", "own").index)
    assert {"analogue", "own"} <= set(reasons)


def test_what_is_unknown_of_a_region_becomes_a_question(look):
    view = look(HEBEI)
    unknown = [one.key for one in find_differences(view) if one.unknown]
    kinds = dict(derive_questions(view))

    assert len(kinds["unknown"]) == len(unknown) > 0
    assert all(question.quoted for question in kinds["failed"])


def test_recalled_differences_bear_their_mark():
    text = page(f"/en/regions/{HEBEI}/").split('id="differences"')[1].split("</section>")[0]

    assert "State-owned and private mills stand side by side." in text
    assert "K: recalled, not yet checked against a source" in text


def test_the_ruhr_districts_share_one_picture():
    assert group_others(("UKL", *RUHR)) == [("UKL",), RUHR]


def test_cities_lie_in_regions_by_code_or_province():
    from citytandem.atlas import load

    atlas = load()

    assert {"DE-05113000", "DE-05913000"} <= set(cities_in(atlas, "ruhr"))
    assert regions_of(atlas, "DE-05113000") == ("DEA1", "ruhr")
    assert regions_of(atlas, "DE-08221000") == ()


def test_the_page_of_a_city_leads_to_its_regions():
    assert '/en/regions/ruhr/"' in page("/en/cities/DE-05113000/")


def test_the_usual_window_lies_within_the_known_years(known):
    assert read_choices(Client().get("/health/").wsgi_request.GET, known=known, region="DEA5").window == "1993-2015"


def test_a_folder_of_the_operator_that_holds_nothing_is_told_and_the_shipped_figures_stand(settings, tmp_path):
    settings.REGIONS_RAW = str(tmp_path)
    text = page("/en/regions/?q=Hebei")

    assert "cannot be read" in text
    assert ">Hebei</a>" in text


def test_more_series_of_a_folder_are_read_and_never_written(settings, raw_data):
    settings.REGIONS_RAW = str(raw_data)
    known = read_known()

    assert known.signature
    assert len(paths_of(known).regions) > 100
