"""Whatever is asked, the interface answers or refuses; it never breaks."""

import string
from urllib.parse import quote, urlencode

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck, given, settings, strategies

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
NAMES = (
    "city", "year", "question", "countries", "networks", "add", "remove", "weights", "k", "window", "from", "to", "q", "country",
    "network", "with_balance", "limit", "offset", "lang", "format", "table", "tier", "preview", "nothing", "kind",
    "with_series", "indicator", "indicators", "lag", "framework", "zone", "use", "region", "measure",
)  # fmt: skip
TELLING = (
    "", " ", "\0", "nan", "inf", "-1", "1e309", "DE", "de", "hdd=1", "hdd=-1", "hdd=1e300", "=", "DE-08221000", "DE-00000000",
    "core", "true", "2019", "csv", "parquet", "outcome", "race_to_zero", "'; --", "../..", "横浜市", "%", "a" * 500,
)  # fmt: skip
ODD = strategies.one_of(
    strategies.text(max_size=30), strategies.integers(-(10**20), 10**20).map(str), strategies.sampled_from(TELLING)
)
QUERY = strategies.lists(strategies.tuples(strategies.sampled_from(NAMES), ODD), max_size=5)
PATHS = (
    "/api/v1/cities", "/api/v1/cities/{}", "/api/v1/cities/{}/balances", "/api/v1/cities/{}/balances/{}/lines",
    "/api/v1/cities/{}/stages", "/api/v1/cities/{}/balance", "/api/v1/cities/{}/bridge", "/api/v1/cities/{}/benchmark",
    "/api/v1/cities/{}/advice", "/api/v1/cities/{}/partners", "/api/v1/gate", "/api/v1/releases", "/api/v1/releases/{}/{}.csv",
    "/api/v1/releases/{}/{}.parquet", "/api/v1/releases/{}/datapackage.json", "/api/v1/sources", "/api/v1/measures",
    "/api/v1/methods", "/api/v1/powers", "/api/v1/networks", "/api/v1/codes",
    "/api/v1/regions", "/api/v1/regions/{}", "/api/v1/regions/{}/series", "/api/v1/frameworks", "/api/v1/frameworks/{}",
    "/api/v1/cities/{}/assessment", "/api/v1/buildings", "/api/v1/buildings/{}", "/api/v1/buildings/{}/comparison",
    "/api/v1/climate-zones", "/api/v1/cases", "/api/v1/pilots", "/api/v1/pilots/{}", "/api/v1/certificates/{}",
    "/api/v1/cities/{}/assessments", "/api/v1/events", "/api/v1/events/{}/agenda", "/api/v1/workspace/{}/balances/{}",
)  # fmt: skip
CITY = strategies.one_of(strategies.sampled_from(["DE-08221000", "Aarhus", "横浜市"]), ODD)
SLOW_FIXTURES = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@pytest.fixture(autouse=True)
def _no_limit(settings):
    settings.API_REQUESTS_PER_MINUTE = 10**6
    cache.clear()


@settings(max_examples=200, deadline=None, suppress_health_check=SLOW_FIXTURES)
@given(path=strategies.sampled_from(PATHS), city=CITY, query=QUERY)
def test_no_question_breaks_the_interface(client, path, city, query):
    address = path.format(*[quote(city, safe="") or "x"] * path.count("{}"))
    response = client.get(f"{address}?{urlencode(query)}")

    assert response.status_code in {200, 401, 404, 422}
    if response.status_code >= 400:
        assert response.json()["findings"]


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW_FIXTURES)
@given(query=QUERY, year=strategies.sampled_from(["", "2011", "2019"]))
def test_no_choice_of_peers_breaks_the_interface(client, query, year):
    response = client.get(f"/api/v1/cities/DE-08221000/benchmark?{urlencode([*query, ('year', year)] if year else query)}")

    assert response.status_code in {200, 404, 422}


@settings(max_examples=25, deadline=None, suppress_health_check=SLOW_FIXTURES)
@given(query=QUERY, region=strategies.one_of(strategies.sampled_from(["Shanxi", "ruhr"]), ODD), window=ODD)
def test_no_search_for_analogues_breaks_the_interface(client, query, region, window):
    address = f"/api/v1/regions/{quote(region, safe='') or 'x'}/analogues"
    response = client.get(f"{address}?{urlencode([*query, ('window', window)])}")

    assert response.status_code in {200, 404, 422}
    assert response.json()["status"] in {"complete", "partial", "refused"}


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW_FIXTURES)
@given(
    header=strategies.sampled_from(["Accept", "Accept-Language", "If-None-Match", "Range", "If-Range", "Authorization"]),
    value=strategies.text(alphabet=string.printable[:95], max_size=60),
)
def test_no_header_breaks_the_interface(client, header, value):
    for address in ("/api/v1/networks?limit=1", "/api/v1/releases/reference-2026.1/stage.parquet"):
        response = client.get(address, headers={header: value})

        assert response.status_code in {200, 206, 304, 401, 416}
        response.close()
