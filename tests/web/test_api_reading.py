"""Every address of the interface answers, refuses and remembers as the pages and the terminal do."""

import io
import json
import re

import polars as pl
import pytest
from django.core.cache import cache

import citytandem as ct
from citytandem.cli.run import run
from citytandem.words import LANGUAGES

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
ROOT = "/api/v1"
CITY = f"{ROOT}/cities/DE-08221000"
BALANCE = "DE-08221000.2019.climate-city-contract"
ANSWERS = (
    f"{ROOT}/cities?q=Heidelberg",
    CITY,
    f"{CITY}/balances",
    f"{CITY}/balances/{BALANCE}/lines",
    f"{CITY}/stages",
    f"{CITY}/balance",
    f"{CITY}/bridge?from={BALANCE}&to=core_no_industry",
    f"{CITY}/benchmark?question=transport&k=10&window=3",
    f"{CITY}/advice",
    f"{CITY}/partners",
    f"{CITY}/estimate?year=2019",
    f"{ROOT}/gate?city=DE-08221000&city=Aarhus",
    f"{ROOT}/releases",
    f"{ROOT}/sources",
    f"{ROOT}/measures",
    f"{ROOT}/methods",
    f"{ROOT}/powers?country=DE",
    f"{ROOT}/networks",
    f"{ROOT}/codes",
)


@pytest.fixture(autouse=True)
def _no_limit(settings):
    settings.API_REQUESTS_PER_MINUTE = 10**6
    cache.clear()


def ask(client, address, **headers):
    """The status, and what was told."""
    response = client.get(address, **headers)
    return response.status_code, json.loads(response.content)


@pytest.mark.parametrize("address", ANSWERS)
def test_an_address_answers_says_what_from_and_need_not_repeat_itself(client, address):
    response = client.get(address)
    told = response.json()
    again = client.get(address, headers={"If-None-Match": response["ETag"]})
    weak = client.get(address, headers={"If-None-Match": f'"other", W/{response["ETag"]}'})

    assert response.status_code == 200
    assert set(told) == {"status", "answer", "findings"}
    assert told["answer"]["provenance"]["release_sha256"] == ct.load().sha256
    assert set(told["answer"]["provenance"]) == {"release", "release_sha256", "code_version", "seed"}
    assert response["CityTandem-Release"] == ct.load().release
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert [again.status_code, weak.status_code] == [304, 304]
    assert again.content == b""
    assert again["ETag"] == response["ETag"]


def test_another_question_has_another_tag(client):
    first = client.get(f"{CITY}/balance")
    others = [
        client.get(f"{CITY}/balance?year=2011", headers={"If-None-Match": first["ETag"]}),
        client.get(f"{CITY}/balance", headers={"If-None-Match": first["ETag"], "Accept-Language": "ja"}),
        client.get(f"{CITY}/balances", headers={"If-None-Match": first["ETag"]}),
    ]

    assert [response.status_code for response in others] == [200, 200, 200]


def test_an_answer_from_memory_is_the_answer(client):
    made, kept = client.get(f"{CITY}/balance"), client.get(f"{CITY}/balance")

    assert kept.content == made.content
    assert dict(kept.headers) == dict(made.headers)


@pytest.mark.parametrize(
    ("command", "address"),
    [
        (["benchmark", "Heidelberg", "--question", "waste"], "Heidelberg/benchmark?question=waste"),
        (["benchmark", "Heidelberg", "--weight", "hdd=2"], "Heidelberg/benchmark?weights=hdd=2"),
        (["benchmark", "DE-08221000", "--country", "DE", "--add", "Aarhus"], "DE-08221000/benchmark?countries=DE&add=Aarhus"),
        (["balance", "横浜市", "--year", "2015"], "横浜市/balance?year=2015"),
        (["advise", "Münster"], "Münster/advice"),
        (["partners", "DE-08221000"], "DE-08221000/partners"),
        (["bridge", "Münster", "2019", "--to", "core_waste"], "Münster/bridge?year=2019&to=core_waste"),
        (["bridge", "Minneapolis"], "Minneapolis/bridge"),
        (["benchmark", "Nowhereville"], "Nowhereville/benchmark"),
        (["bridge", "Heidelberg", "--to", "nothing"], "Heidelberg/bridge?to=nothing"),
    ],
)  # fmt: skip
def test_terminal_and_interface_say_the_same(client, capsys, command, address):
    from citytandem.cli.language import SPEECH

    run([*command, "--json"])
    terminal = json.loads(capsys.readouterr().out)
    _, told = ask(client, f"{ROOT}/cities/{address}", HTTP_ACCEPT_LANGUAGE=SPEECH.language)

    assert told == terminal


def test_terminal_and_interface_agree_on_the_gate(client, capsys):
    run(["gate", "Heidelberg", "Aarhus", "横浜市", "--lang", "en", "--json"])
    terminal = json.loads(capsys.readouterr().out)
    _, told = ask(client, f"{ROOT}/gate?city=Heidelberg&city=Aarhus&city=横浜市")

    assert told["answer"] == terminal["answer"]


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        (f"{ROOT}/cities/Nowhereville", 404, "city_unknown"),
        (f"{ROOT}/cities/Nowhereville/benchmark", 404, "city_unknown"),
        (f"{ROOT}/cities/Nowhereville/balances", 404, "city_unknown"),
        (f"{ROOT}/cities/Nowhereville/stages", 404, "city_unknown"),
        (f"{ROOT}/gate?city=Nowhereville&city=Aarhus", 404, "city_unknown"),
        (f"{CITY}/balances/DK-0751.2019.energistyrelsen/lines", 404, "api_nothing_here"),
        (f"{ROOT}/nothing", 404, "api_nothing_here"),
        (f"{ROOT}/cities/Springfield/balance", 422, "city_ambiguous"),
        (f"{CITY}/balance?year=1990", 422, "year_without_balance"),
        (f"{CITY}/balance?year=soon", 422, "api_parameter_invalid"),
        (f"{CITY}/bridge?to=nothing", 422, "bridge_end_unknown"),
        (f"{CITY}/benchmark?question=beauty", 422, "unknown_choice"),
        (f"{CITY}/benchmark?k=3", 422, "api_parameter_invalid"),
        (f"{CITY}/benchmark?weights=hdd=nan", 422, "unknown_choice"),
        (f"{CITY}/benchmark?weights=beauty=1", 422, "unknown_choice"),
        (f"{CITY}/benchmark?networks=beauty", 422, "unknown_choice"),
        (f"{CITY}/benchmark?sort=value", 422, "unknown_choice"),
        (f"{CITY}/benchmark?format=csv", 422, "unknown_choice"),
        (f"{CITY}/benchmark?format=xml", 422, "unknown_choice"),
        (f"{ROOT}/cities?network=beauty", 422, "unknown_choice"),
        (f"{ROOT}/cities?limit=1001", 422, "api_parameter_invalid"),
        (f"{ROOT}/cities?lang=tlh", 422, "unknown_choice"),
        (f"{ROOT}/gate?city=Heidelberg", 422, "gate_needs_cities"),
    ],
)
def test_a_refusal_says_why_in_one_shape(client, address, status, code):
    response = client.get(address)
    told = response.json()

    assert response.status_code == status
    assert [told["status"], told["answer"]] == ["refused", None]
    assert told["findings"][0]["code"] == code
    assert set(told["findings"][0]) == {"code", "severity", "where", "row", "facts", "message"}
    assert "{" not in told["findings"][0]["message"]
    assert "ETag" not in response or response.status_code == 404
    assert response["Cache-Control"] == "no-store"


def test_one_refusal_in_five_languages(client):
    told = {language: ask(client, f"{CITY}/balance?year=1990&lang={language}")[1] for language in LANGUAGES}
    by_header = ask(client, f"{CITY}/balance?year=1990", HTTP_ACCEPT_LANGUAGE="ja,en;q=0.5")[1]
    plain = [{**one["findings"][0], "message": ""} for one in told.values()]

    assert len({one["findings"][0]["message"] for one in told.values()}) == len(LANGUAGES)
    assert all(one == plain[0] for one in plain)
    assert by_header == told["ja"]


def test_the_language_of_an_answer_is_named(client):
    assert client.get(f"{ROOT}/measures?limit=1&lang=zh-Hans")["Content-Language"] == "zh-Hans"
    assert client.get(f"{ROOT}/measures?limit=1&lang=da").json() != client.get(f"{ROOT}/measures?limit=1").json()


def test_a_long_list_comes_in_pages_that_lead_on(client):
    whole = client.get(f"{ROOT}/cities?country=DK&with_balance=true&limit=1000").json()["answer"]["cities"]
    address, walked = f"{ROOT}/cities?country=DK&with_balance=true&limit=30", []
    while address:
        response = client.get(address)
        walked += response.json()["answer"]["cities"]
        following = re.search(r'<([^>]+)>; rel="next"', response["Link"])
        address = following[1] if following else None

    assert walked == whole
    assert len(whole) > 60
    assert [city["name"] for city in walked] == sorted(city["name"] for city in walked)


@pytest.mark.parametrize("address", [one for one in ANSWERS if "/releases" not in one])
@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_table_as_a_file_is_the_table(client, address, form):
    whole = client.get(address).json()["answer"]
    tables = {name: rows for name, rows in whole.items() if isinstance(rows, list) and rows and isinstance(rows[0], dict)}
    name = next((name for name in tables if name not in {"findings", "sentences"}), "stages")
    response = client.get(f"{address}{'&' if '?' in address else '?'}format={form}&table={name}")
    raw = io.BytesIO(response.content)
    read = pl.read_csv(raw, infer_schema=False) if form == "csv" else pl.read_parquet(raw)

    assert response.status_code == 200
    assert response["Content-Disposition"].endswith(f'.{form}"')
    assert read.height == len(whole[name])
    assert read.is_empty() or set(read.columns) <= set(whole[name][0])


def test_parquet_gives_back_every_value(client):
    told = client.get(f"{CITY}/balance").json()["answer"]["line"]
    response = client.get(f"{CITY}/balance?table=line", headers={"Accept": "application/vnd.apache.parquet"})

    assert pl.read_parquet(io.BytesIO(response.content)).with_columns(pl.selectors.enum().cast(pl.String)).to_dicts() == told


def test_unknown_is_an_empty_cell(client):
    told = client.get(f"{CITY}/balance").json()["answer"]["line"]
    rows = pl.read_csv(io.BytesIO(client.get(f"{CITY}/balance?table=line&format=csv").content)).to_dicts()

    assert [row["emissions_t"] for row in rows] == [row["emissions_t"] for row in told]
    assert None in {row["emissions_t"] for row in rows} | {row["activity_mwh"] for row in rows}


def test_a_table_inside_a_record_is_named_with_a_dot(client):
    told = client.get(f"{CITY}/benchmark").json()["answer"]["peers"]["peer"]
    rows = pl.read_csv(io.BytesIO(client.get(f"{CITY}/benchmark?format=csv&table=peers.peer").content)).to_dicts()

    assert [row["peer"] for row in rows] == [row["peer"] for row in told]


def test_codes_have_a_sentence_in_every_language(client):
    rows = client.get(f"{ROOT}/codes?limit=1000").json()["answer"]["codes"]

    assert {row["code"] for row in rows} == {str(code) for code in ct.Code}
    assert all(row[column] for row in rows for column in ("en", "de", "ja", "zh_hans", "da"))
