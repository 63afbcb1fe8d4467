"""Figures of a city's pages: every number has an origin or says what is missing; files can be read by programs."""

import io
import zipfile

import polars as pl
import pytest
from django.test import Client

from citytandem.atlas import load
from citytandem.web.insights.choices import Choices
from citytandem.web.insights.sections import FIGURES, SECTIONS
from citytandem.web.insights.view import View, ask_all
from citytandem.words import Speech

pytestmark = pytest.mark.any_database
CITIES = ("DE-08221000", "DE-08212000", "JP-14100", "DK-0101", "US-2743000", "CN-G1808926", "FR-G2992166")
KNOWN = {"source", "year", "method", "quality", "interval"}


def look_at(city: str, *, language: str = "en", **choices) -> View:
    atlas = load()
    chosen = Choices(**choices)
    return View(atlas, ask_all(atlas, city=city, year=chosen.year, question=chosen.question), chosen, Speech(language))


def figures_of(city: str, **choices) -> list:
    view = look_at(city, **choices)
    return [figure for write in SECTIONS.values() for figure in write(view).figures.values()]


@pytest.mark.parametrize("city", CITIES)
def test_every_number_of_every_figure_has_a_source_and_a_row_and_says_what_is_missing(city):
    for figure in figures_of(city):
        data = figure.twin.data
        expected = sum(data[name].drop_nulls().len() for name in figure.columns())

        assert len(figure.numbers) == expected
        for number in figure.numbers:
            assert number.origin.sources or number.value == 0, (figure.key, number)  # nothing counted, nowhere read
            assert number.origin.table
            assert number.origin.row, (figure.key, number)
            assert number.unit
            assert set(number.origin.missing) <= KNOWN


@pytest.mark.parametrize("city", CITIES)
def test_every_source_of_a_number_is_a_row_of_the_table_of_sources(city):
    atlas = load()
    known = {*atlas.source["source"], *atlas.facts.source["source"]}
    cited = {key for figure in figures_of(city) for number in figure.numbers for key in number.origin.sources}

    assert cited - known == set()


@pytest.mark.parametrize("city", CITIES)
def test_a_figure_stands_under_the_question_it_is_registered_for_and_every_picture_has_a_table(city):
    view = look_at(city)
    for key, write in SECTIONS.items():
        for figure in write(view).figures.values():
            assert FIGURES[figure.key] == key
            assert figure.chart is None or (figure.chart.description and figure.twin.columns)


def test_the_rows_of_a_traced_bar_add_up_to_the_bar():
    atlas = load()
    figure = {figure.key: figure for figure in figures_of("US-2743000", unit="total")}["sectors"]
    number = next(number for number in figure.numbers if number.what == "2022: Road transport")
    keys = dict(part.split("=") for part in number.origin.row.split(", "))
    lines = atlas.line.filter((pl.col("balance") == keys["balance"]) & (pl.col("sector").cast(pl.String) == keys["sector"]))

    assert lines["emissions_t"].sum() / 1000 == pytest.approx(number.value)


@pytest.mark.parametrize("variant", ["core_no_industry", "core", "core_waste"])
def test_a_variant_holds_what_is_compared_under_its_name(variant):
    figures = {figure.key: figure for figure in figures_of("JP-14100", unit="total", variant=variant)}
    newest = figures["sectors"].twin.rows.sort("year").row(-1, named=True)
    outcomes = figures["outcomes"].twin.rows

    assert newest["sum"] == pytest.approx(outcomes.filter(pl.col("outcome") == variant)["kt"].item())


def test_flows_keep_what_flows_in():
    figures = {figure.key: figure for figure in figures_of("US-2743000")}
    atlas = load()
    lines = atlas.line.filter((pl.col("balance") == "US-2743000.2022.metropolitan-council") & (pl.col("emissions_t") > 0))
    named = lines.filter(~pl.col("carrier").cast(pl.String).is_in(["all", "none"]))

    assert figures["flows"].twin.rows["value"].sum() == pytest.approx(named["emissions_t"].sum() / 1000)


@pytest.mark.django_db
@pytest.mark.parametrize("figure", ["sectors", "structure", "strips", "measure_list", "bridge", "powers", "trend"])
def test_a_figure_is_read_by_a_program_with_every_digit_and_its_sources(figure):
    answer = Client().get(f"/de/cities/DE-08212000/figures/{figure}.csv")
    text = answer.content.decode()
    frame = pl.read_csv(io.StringIO(text), comment_prefix="#")

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert frame.height > 0
    assert any(kind.is_float() for kind in frame.dtypes) or figure == "powers"
    assert "# release: reference-" in text
    assert "# source " in text


@pytest.mark.django_db
def test_a_picture_is_taken_as_svg_and_as_png():
    client = Client()
    svg = client.get("/en/cities/DE-08212000/figures/sectors.svg")
    png = client.get("/en/cities/DE-08212000/figures/sectors.png")

    assert svg.content.startswith(b"<svg") and svg["Content-Type"] == "image/svg+xml"
    assert png.content.startswith(b"\x89PNG") and png["Content-Type"] == "image/png"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["figures/nothing/", "figures/nothing.csv", "figures/sectors.exe", "figures/lines.png"])
def test_there_is_no_file_of_what_no_city_has(path):
    assert Client().get(f"/en/cities/DE-08212000/{path}").status_code == 404


@pytest.mark.django_db
def test_a_figure_this_city_does_not_have_is_refused_with_those_it_has():
    answer = Client().get("/en/cities/CN-G1808926/figures/powers.csv")
    missing = Client().get("/en/cities/FR-G2992166/figures/sectors/")

    assert answer.status_code in {200, 422}
    assert missing.status_code == 422


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "de", "ja", "zh-hans", "da"])
def test_each_number_is_traced_to_row_source_and_release_on_one_page(language):
    page = Client().get(f"/{language}/cities/DE-08221000/figures/outcomes/").content.decode()

    assert "balance=DE-08221000.2019.climate-city-contract, outcome=core" in page
    assert 'href="#source-climate-city-contract"' in page
    assert 'id="source-climate-city-contract"' in page
    assert load().sha256 in page


@pytest.mark.django_db
def test_the_briefing_is_a_pdf_with_text_in_the_language_of_the_page():
    answer = Client().get("/de/cities/DE-08212000/briefing.pdf")
    from pypdf import PdfReader

    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)

    assert answer["Content-Type"] == "application/pdf"
    assert "Karlsruhe" in text
    assert "Was stoßen wir aus?" in text


@pytest.mark.django_db
def test_the_package_of_a_city_holds_every_figure_their_origins_and_sources_and_is_the_same_each_time():
    path = "/en/cities/DE-08212000/package.zip"
    first = Client().get(path).content
    folder = zipfile.ZipFile(io.BytesIO(first))
    origins = pl.read_csv(folder.read("DE-08212000/origins.csv"), infer_schema_length=None)

    assert {"DE-08212000/sectors.csv", "DE-08212000/sources.csv"} < set(folder.namelist())
    assert origins["source"].null_count() == 0
    assert Client().get(path).content == first
