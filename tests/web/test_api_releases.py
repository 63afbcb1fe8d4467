"""Open data: every release is a folder that Python, a browser or any reader of Parquet can load."""

import hashlib
import io
import json

import polars as pl
import pytest
from django.core.cache import cache

import citytandem as ct
from citytandem.web import live
from citytandem.web.accounts.models import Role
from citytandem.web.balances.actions import bring_file
from citytandem.web.balances.publishing import check, publish
from tests.web.test_api_tokens import SOUND

pytestmark = pytest.mark.django_db
RELEASE = "/api/v1/releases/reference-2026.1"


@pytest.fixture(autouse=True)
def _afresh(settings, tmp_path, monkeypatch):
    settings.API_REQUESTS_PER_MINUTE = 10**6
    monkeypatch.setenv("CITYTANDEM_CACHE", str(tmp_path))
    cache.clear()
    live.forget()
    yield
    live.forget()


@pytest.fixture
def published(heidelberg, person):
    """Heidelberg has published a balance of its own."""
    user = person(Role.PUBLISHER, heidelberg)
    own = bring_file(user=user, organisation=heidelberg, raw=SOUND, name="bilanz 2023.csv", title="", licence="CC BY 4.0")
    own.refresh_from_db()
    own = check(user=user, balance_set=own, version=own.version)
    publish(user=user, balance_set=own, version=own.version)


def body_of(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_every_file_listed_is_there_with_the_hash_it_is_listed_with(client):
    told = client.get("/api/v1/releases").json()["answer"]["releases"]

    assert [one["release"] for one in told] == ["reference-2026.1"]
    assert client.get(told[0]["descriptor"]).json() == ct.load().descriptor
    for table in told[0]["tables"]:
        body = body_of(client.get(table["parquet"]))

        assert len(body) == table["bytes"]
        assert f"sha256:{hashlib.sha256(body).hexdigest()}" == table["hash"]
        assert pl.read_parquet(io.BytesIO(body)).height == table["rows"]


def test_a_table_as_csv_has_the_rows_of_the_table(client):
    told = pl.read_csv(io.BytesIO(client.get(f"{RELEASE}/stage.csv").content), infer_schema=False)

    assert told.equals(ct.load().stage.cast(pl.String))


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/releases/nothing/datapackage.json",
        f"{RELEASE}/nothing.parquet",
        f"{RELEASE}/nothing.csv",
        f"{RELEASE}/..%2Fdatapackage.parquet",
        f"{RELEASE}/..parquet",
        "/api/v1/releases/../city.parquet",
        "/api/v1/releases/published-by-cities/datapackage.json",
    ],
)
def test_nothing_else_is_ever_opened(client, address):
    response = client.get(address)

    assert response.status_code == 404
    assert response.json()["findings"][0]["code"] == "api_nothing_here"


@pytest.mark.parametrize(("asked", "first", "last"), [("bytes=0-3", 0, 3), ("bytes=-8", -8, None), ("bytes=10900-", 10900, None)])
def test_a_part_of_a_file_is_that_part(client, asked, first, last):
    whole = body_of(client.get(f"{RELEASE}/stage.parquet"))
    part = client.get(f"{RELEASE}/stage.parquet", headers={"Range": asked, "Accept-Encoding": "gzip"})

    assert part.status_code == 206
    assert part.content == whole[first : None if last is None else last + 1]
    assert part["Content-Range"].endswith(f"/{len(whole)}")


@pytest.mark.parametrize("asked", ["bytes=99999999-", "bytes=5-2"])
def test_a_part_beyond_the_end_is_refused(client, asked):
    assert client.get(f"{RELEASE}/stage.parquet", headers={"Range": asked}).status_code == 416


@pytest.mark.parametrize("asked", ["bytes=-", "lines=1-2", "bytes=0-1,4-5", "nonsense"])
def test_what_is_no_part_is_the_whole(client, asked):
    response = client.get(f"{RELEASE}/stage.parquet", headers={"Range": asked})

    assert response.status_code == 200
    assert len(body_of(response)) == int(response["Content-Length"])


def test_what_cities_publish_is_a_release_over_the_reference(client, published):
    told = client.get("/api/v1/releases").json()["answer"]["releases"]
    own = client.get("/api/v1/releases/published-by-cities/balance.csv").content.decode()

    assert [one["release"] for one in told] == ["reference-2026.1", "published-by-cities"]
    assert told[1]["over"] == "reference-2026.1"
    assert "2023" in own
    assert client.get("/api/v1/cities/DE-08221000/balance?year=2023").json()["answer"]["year"] == 2023


def test_a_release_is_made_anew_where_its_folder_was_taken_away(client, published):
    import shutil

    from citytandem.web.merging import live_folder

    client.get("/api/v1/releases/published-by-cities/balance.csv")
    shutil.rmtree(live_folder())

    assert client.get("/api/v1/releases/published-by-cities/line.csv").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_python_loads_what_a_running_site_publishes(live_server, heidelberg, person):
    user = person(Role.PUBLISHER, heidelberg)
    own = bring_file(user=user, organisation=heidelberg, raw=SOUND, name="bilanz 2023.csv", title="", licence="CC BY 4.0")
    own.refresh_from_db()
    publish(user=user, balance_set=check(user=user, balance_set=own, version=own.version), version=own.version + 1)
    reference = ct.load(f"{live_server.url}/api/v1/releases/reference-2026.1/")
    atlas = ct.load(f"{live_server.url}/api/v1/releases/published-by-cities")
    told = json.loads(json.dumps(ct.balance(atlas, city="Heidelberg", year=2023).provenance.as_dict()))

    assert reference.sha256 == ct.load().sha256
    assert atlas.balance.height == ct.load().balance.height + 1
    assert told["release_sha256"] == atlas.sha256 != ct.load().sha256
