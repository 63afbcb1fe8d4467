"""The pages on method: each opens, says its marks in words, can be searched, and every table can be taken along."""

import io
import re

import polars as pl
import pytest
from django.test import Client

from citytandem.atlas import load
from citytandem.charts.chart import name_key
from citytandem.tables.results_benchmark import OUTCOMES
from citytandem.web.insights.method import PAGES
from citytandem.web.insights.method.indicators import PARTS
from citytandem.web.insights.method.proofs import PROOFS, label_of, read_page
from citytandem.words import LANGUAGES, Speech
from citytandem.words.labels import LABELS
from tools.published import PAGES as PUBLISHED
from tools.published import read_published

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def reader():
    return Client()


def _text(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("page", list(PAGES))
@pytest.mark.parametrize("language", ["en", "de", "ja", "zh-hans", "da"])
def test_every_page_opens_in_every_language(reader, page, language):
    text = _text(reader.get(f"/{language}/method/{page}/"))

    assert text.count("<h1>") == 1
    assert "<table>" in text


def test_the_index_leads_to_every_page(reader):
    text = _text(reader.get("/en/method/"))

    assert [page for page in PAGES if f'href="/en/method/{page}/"' not in text] == []


@pytest.mark.parametrize("method", sorted(load().facts.methods))
def test_every_method_has_its_page(reader, method):
    text = _text(reader.get(f"/en/method/methods/{method}/"))

    assert "Electricity factor" in text


def test_every_measure_has_its_page(reader):
    measures = load().facts.measure["measure"].to_list()

    assert {measure for measure in measures if reader.get(f"/en/method/measures/{measure}/").status_code != 200} == set()


def test_a_measure_says_its_title_in_the_language_of_the_page(reader):
    assert "Verbindliches Klimaziel mit Ratsbeschluss" in _text(reader.get("/de/method/measures/G01/"))


def test_a_measure_names_the_cities_that_have_done_it_in_the_order_of_their_names(reader):
    done = load().stage.filter(pl.col("stage") >= 3)
    measure = done["measure"].mode().sort()[0]
    rows = _rows(reader.get(f"/en/method/measures/{measure}/cities.csv"))

    assert rows["city"].n_unique() == done.filter(pl.col("measure") == measure)["city"].n_unique()
    assert rows["name"].to_list() == sorted(rows["name"])
    assert rows["stage"].min() >= 3


@pytest.mark.parametrize("address", ["nothing", "measures/X99", "methods/none", "measures/G01/none.csv", "factors/none.csv"])
def test_what_there_is_not_is_not_found(reader, address):
    assert reader.get(f"/en/method/{address}{'' if address.endswith('.csv') else '/'}").status_code == 404


@pytest.mark.parametrize("page", [page for page in PAGES if page != "words"])
def test_a_mark_is_said_in_words(reader, page):
    text = _text(reader.get(f"/en/method/{page}/"))

    assert not re.search(r"<td>[SKP]</td>", text)


def test_every_table_can_be_taken_along_as_csv(reader):
    addresses = [
        address
        for page in (*PAGES, "measures/B01", "methods/bisko")
        for address in re.findall(r'href="([^"]+\.csv)"', _text(reader.get(f"/en/method/{page}/")))
    ]

    assert len(addresses) > 30
    assert [address for address in addresses if not _rows(reader.get(address)).width] == []


def test_a_file_holds_every_digit_and_says_its_release(reader):
    answer = reader.get("/de/method/factors/fuels.csv")
    made = load().provenance()

    assert made.release_sha256 in answer.content.decode()
    assert _rows(answer)["kg_per_tj"].to_list() == load().facts.fuel_factor["kg_per_tj"].to_list()


def test_a_search_keeps_the_rows_in_which_it_is_found_on_the_page_and_in_the_file(reader):
    rows = _rows(reader.get("/en/method/factors/grid.csv?q=germany+2019"))

    assert rows.height > 0
    assert set(rows["country"]) == {"DE"}


def test_a_choice_narrows_the_table_and_nonsense_is_no_choice(reader):
    chosen = _rows(reader.get("/en/method/powers/powers.csv?country=DK&tier=kommune"))

    assert set(chosen["country"]) == {"DK"}
    assert reader.get("/en/method/powers/?country=%27%3Cscript%3E").status_code == 200


def test_a_search_is_written_back_harmless(reader):
    assert "<script>alert" not in _text(reader.get("/en/method/sources/?q=%22%3E%3Cscript%3Ealert(1)"))


def test_an_empty_table_says_so(reader):
    assert "Nothing here." in _text(reader.get("/en/method/measures/?q=zzzzzz"))


def test_every_source_says_which_tables_rest_on_it(reader):
    rows = _rows(reader.get("/en/method/sources/sources.csv"))
    named = load().line["source"].unique().to_list()
    parts = {part for one in named for part in one.split("+")}
    used = rows.filter(pl.col("tables").str.contains("line"))["source"].to_list()

    assert parts <= set(used)


@pytest.mark.parametrize("name", list(PUBLISHED))
def test_the_site_shows_the_published_page_as_it_was_written(name, repository):
    kept = (repository / f"src/citytandem/data/published/{name}.json").read_text(encoding="utf-8")

    assert kept == read_published(name), "run: python -m tools.published"


def test_every_heading_of_a_published_check_has_words():
    sections = [section for name in PROOFS for section in read_page(name)["sections"] if section["tables"]]
    wanted = {label_of(section["title"], prefix="proof.section") for section in sections}
    wanted |= {label_of(head) for section in sections for table in section["tables"] for head in table["heads"]}

    assert wanted - LABELS.keys() == set()


def test_every_outcome_says_what_it_is_the_sum_of():
    assert set(OUTCOMES) == PARTS.keys()


@pytest.mark.parametrize(
    ("table", "column", "prefix"),
    [
        ("measure", "mode", "mode"), ("measure", "driver", "moves"), ("measure", "influence", "influence"),
        ("measure", "visible", "chosen"), ("evidence", "part", "part_of_effect"), ("evidence", "kind", "evidence_kind"),
        ("evidence_base", "level", "base_level"), ("power", "tier", "tier"), ("power", "confidence", "confidence"),
        ("factor", "view", "view"), ("factor", "gwp", "gwp"), ("fuel_factor", "use", "use"), ("variable", "scale", "scale"),
        ("framework", "framework", "framework"), ("power", "asset", "asset"),
    ],
)  # fmt: skip
def test_every_key_in_a_table_has_a_word(table, column, prefix):
    values = getattr(load().facts, table)[column].cast(pl.String).drop_nulls().unique().to_list()

    assert [value for value in values if f"{prefix}.{value}" not in LABELS] == []


def test_no_answer_of_a_method_is_said_as_a_key():
    methods = load().facts.methods.values()
    values = {getattr(method, choice) for method in methods for choice in ("chp", "aviation", "industry", "quality", "booking")}

    assert [value for value in values if f"chosen.{value}" not in LABELS] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_key_without_a_word_is_at_least_readable(language):
    assert name_key(Speech(language), "quantity", key="pm25_share") == "pm25 share"


def _rows(answer) -> pl.DataFrame:
    assert answer.status_code == 200
    return pl.read_csv(io.BytesIO(answer.content), comment_prefix="#", infer_schema_length=None)
