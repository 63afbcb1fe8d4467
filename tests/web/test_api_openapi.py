"""The description of the interface is the interface: every address, every state, every column with its unit."""

import html
import re
from pathlib import Path

import jsonschema
import pytest
from django.core.cache import cache
from django.urls import URLPattern, get_resolver

from citytandem.tables import RELEASE
from citytandem.web.api.examples import EXAMPLES, read_example
from citytandem.web.api.shapes import row_of
from tests.walls.test_no_rank import NAMES

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
CITY = "/api/v1/cities/{city}"
ASKED = {
    "/api/v1/cities": "?q=Münster",
    "/api/v1/gate": "?city=DE-08221000&city=横浜市",
    "/api/v1/cities/{city}/balances/{balance}/lines": "",
    "/api/v1/cities/{city}/assessment": "?framework=activity_2026",
    "/api/v1/regions/{region}/analogues": "?window=2000-2022",
}
NAMED = {"event": 1, "region": "CN-140000", "framework": "sino_german_2018", "building": "xingfubao-urumqi"}
NAMED |= {"programme": 1, "number": "004-2026-012-5"}
CITIES = ("DE-05515000", "JP-14100", "Minneapolis")
OF_ONE_SITE = {"show_agenda", "show_pilot", "show_certificate"}
DRAFTS = "/api/v1/workspace/"
GUIDE = Path(__file__).parent.parent.parent / "docs" / "how-to" / "use-the-api.md"


@pytest.fixture(autouse=True)
def _no_limit(settings):
    settings.API_REQUESTS_PER_MINUTE = 10**6
    cache.clear()


@pytest.fixture
def told(client):
    return client.get("/api/v1/openapi.json").json()


def operations(told):
    return [(address, method, one) for address, methods in told["paths"].items() for method, one in methods.items()]


def test_it_lists_exactly_the_addresses_there_are(told):
    there = next(entry for entry in get_resolver().url_patterns if str(entry.pattern) == "api/v1/")
    addresses = {
        "/api/v1/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(entry.pattern))
        for entry in there.url_patterns
        if isinstance(entry, URLPattern)
    }

    assert addresses - {"/api/v1/openapi.json", "/api/v1/"} == set(told["paths"])
    assert len(told["paths"]) == 42


def test_it_is_sound(told):
    names = [one["operationId"] for _, _, one in operations(told)]
    pointers = set(re.findall(r"'\$ref': '#/components/schemas/([^']+)'", str(told)))

    assert told["openapi"].startswith("3.1")
    assert len(names) == len(set(names))
    assert pointers <= set(told["components"]["schemas"])
    assert all("__" not in name for name in told["components"]["schemas"])
    for schema in told["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)


def test_every_part_of_an_address_is_described(told):
    for address, _, one in operations(told):
        parts = set(re.findall(r"{(\w+)}", address))

        assert {parameter["name"] for parameter in one["parameters"] if parameter["in"] == "path"} == parts
        assert all(parameter["description"] for parameter in one["parameters"])
        assert one["summary"]


def test_every_state_an_address_can_end_in_is_declared(told):
    for address, method, one in operations(told):
        expected = {"401", "404", "422", "429"} | ({"403", "413"} if address.startswith(DRAFTS) else {"200", "304"})
        expected |= {"201"} if method == "post" else set()

        assert expected <= set(one["responses"]), address
        refusals = [state["content"]["application/json"]["schema"] for code, state in one["responses"].items() if code >= "400"]
        assert all(refusal == {"$ref": "#/components/schemas/Refusal"} for refusal in refusals)


def test_drafts_need_a_token_and_reading_does_not(told):
    assert told["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    for address, _, one in operations(told):
        assert ({} in one["security"]) == (not address.startswith(DRAFTS))


def test_nothing_can_be_sorted_by_a_value(told):
    names = {parameter["name"] for _, _, one in operations(told) for parameter in one["parameters"]}

    assert {"limit", "offset", "weights"} <= names
    assert sorted(name for name in names if re.search(r"sort|order|top|best|worst", name) or NAMES.search(name)) == []


def test_a_column_has_its_unit():
    told = row_of(RELEASE["line"]).model_json_schema()["properties"]["emissions_t"]

    assert told["x-unit"] == "t CO2e / year"
    assert told["description"].endswith("[t CO2e / year]")


@pytest.mark.parametrize("city", CITIES)
def test_answers_are_as_they_are_described(client, told, city):
    balance = client.get(f"/api/v1/cities/{city}/balances?limit=1").json()["answer"]["balances"][0]["balance"]
    read = [one for one in operations(told) if not one[0].startswith((DRAFTS, "/api/v1/releases/"))]
    for address, _, one in read:
        response = client.get(address.format(city=city, balance=balance, **NAMED) + ASKED.get(address, ""))
        schema = one["responses"][str(response.status_code)]["content"]["application/json"]["schema"]

        jsonschema.validate(response.json(), {**schema, "components": told["components"]})
        assert response.status_code == 200 or response.json()["status"] == "refused", address


def test_the_page_and_the_guide_name_every_address(client, told):
    page = client.get("/en/api/").content.decode()
    guide = GUIDE.read_text(encoding="utf-8")

    assert [address for address in told["paths"] if f" {address}<" not in page] == []
    assert [address for address in told["paths"] if f"`{address.removeprefix('/api/v1')}`" not in guide] == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_example_of_an_address_answers(client, told, name):
    address = next(address for address, _, one in operations(told) if one["operationId"] == name)
    response = client.get(f"/api/v1/{EXAMPLES[name]}")

    assert response.status_code == 200
    assert set(read_example(EXAMPLES[name], address=address)) >= set(re.findall(r"{(\w+)}", address))
    response.close()


def test_every_address_anybody_may_read_has_an_example_and_the_page_leads_to_it(client, told):
    page = html.unescape(client.get("/en/api/").content.decode())
    names = {one["operationId"] for address, _, one in operations(told) if not address.startswith(DRAFTS)}
    typed = [parameter for _, _, one in operations(told) for parameter in one["parameters"] if "example" in parameter]

    assert names - set(EXAMPLES) <= OF_ONE_SITE
    assert [name for name, asked in EXAMPLES.items() if f'href="/api/v1/{asked}"' not in page] == []
    for parameter in typed:
        jsonschema.validate(parameter["example"], parameter["schema"])


@pytest.mark.parametrize("language", ["en", "de", "ja", "zh-hans", "da"])
def test_the_page_asks_nobody_else_and_sets_no_cookie(client, language):
    response = client.get(f"/{language}/api/")
    page = response.content.decode()

    assert response.status_code == 200
    assert not response.cookies
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)
    assert "–</" not in page


def test_the_address_without_a_language_leads_to_the_page(client):
    assert client.get("/api/", headers={"Accept-Language": "de"})["Location"] == "/de/api/"
