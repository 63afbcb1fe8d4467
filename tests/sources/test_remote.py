"""A release on another machine is read like one on this: fetched once, checked, and never from where it is not safe."""

import hashlib
import json
import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

import citytandem as ct
from citytandem.atlas import REFERENCE
from citytandem.findings import CannotCompute, Code
from citytandem.sources import remote


class _Quiet(SimpleHTTPRequestHandler):
    asked: list = []  # noqa: RUF012 - what this server was asked, for all its requests

    def do_GET(self):
        self.asked.append(self.path)
        if self.path.startswith("/away/"):
            self.send_response(302)
            self.send_header("Location", "http://example.invalid/datapackage.json")
            self.end_headers()
        else:
            super().do_GET()

    def log_message(self, *_):
        pass


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A server on this machine with a copy of the reference release, and an empty cache."""
    monkeypatch.setenv("CITYTANDEM_CACHE", str(tmp_path / "cache"))
    shutil.copytree(REFERENCE, tmp_path / "served" / "release")
    handler = type("Handler", (_Quiet,), {"asked": []})
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(tmp_path / "served"))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", tmp_path / "served" / "release", handler.asked
        server.shutdown()


def change(folder, **changes):
    """Describe the first table of a release otherwise."""
    told = json.loads((folder / "datapackage.json").read_text())
    told["resources"][0] |= changes
    (folder / "datapackage.json").write_text(json.dumps(told))


def refusal_of(address):
    with pytest.raises(CannotCompute) as refused:
        ct.load(address)
    return refused.value.finding


def test_a_release_at_an_address_is_the_release(place):
    address, _, _ = place
    fetched = ct.load(f"{address}/release/")

    assert fetched.sha256 == ct.load().sha256
    assert fetched.balance.equals(ct.load().balance)
    assert ct.balance(fetched, city="DE-08221000").outcome.equals(ct.balance(ct.load(), city="DE-08221000").outcome)


def test_what_was_fetched_once_is_not_fetched_again(place):
    address, _, asked = place
    ct.load(f"{address}/release")
    first = len(asked)
    ct.load(f"{address}/release")

    assert first == 1 + len(ct.load().descriptor["resources"])
    assert asked[first:] == ["/release/datapackage.json"]


def test_a_file_damaged_in_the_cache_is_fetched_anew(place, tmp_path):
    address, _, _ = place
    kept = ct.load(f"{address}/release").folder
    (kept / "city.parquet").write_bytes(b"damaged")

    assert ct.load(f"{address}/release").city.height == ct.load().city.height


def test_a_file_that_is_not_the_one_described_is_refused_and_not_kept(place, tmp_path):
    address, folder, _ = place
    raw = bytearray((folder / "city.parquet").read_bytes())
    raw[100] ^= 1
    (folder / "city.parquet").write_bytes(raw)

    assert refusal_of(f"{address}/release").code == Code.FILE_CHANGED
    assert [file for file in (tmp_path / "cache").rglob("*") if file.name == "city.parquet"] == []


def test_a_file_that_is_longer_than_described_is_let_go(place):
    address, folder, _ = place
    change(folder, bytes=1000)

    assert refusal_of(f"{address}/release").code == Code.FILE_CHANGED


@pytest.mark.parametrize("path", ["../city.parquet", "/etc/passwd", "sub/city.parquet", "city.exe", "name.parquet"])
def test_a_name_that_leads_elsewhere_makes_the_description_unreadable(place, path):
    address, folder, _ = place
    change(folder, path=path)

    assert refusal_of(f"{address}/release").code == Code.FILE_UNREADABLE


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"resources": []}', '{"resources": [{"name": 1}]}', "<html>"])
def test_what_is_no_description_is_unreadable(place, text):
    address, folder, _ = place
    (folder / "datapackage.json").write_text(text)

    assert refusal_of(f"{address}/release").code == Code.FILE_UNREADABLE


def test_a_release_larger_than_the_bound_is_not_fetched(place, monkeypatch):
    address, folder, asked = place
    change(folder, bytes=remote.FILE_BYTES + 1)

    assert refusal_of(f"{address}/release").code == Code.FILE_TOO_LARGE
    assert asked == ["/release/datapackage.json"]


@pytest.mark.parametrize("address", ["http://example.org/release/", "http://127.0.0.1.example.org/", "http:/10.0.0.1/x"])
def test_an_address_without_encryption_is_not_read(address):
    assert refusal_of(address).code == Code.RELEASE_NOT_SECURE


def test_nobody_is_led_to_an_unsafe_address(place):
    address, _, _ = place

    assert refusal_of(f"{address}/away/").code == Code.RELEASE_NOT_SECURE


def test_an_address_that_does_not_answer_is_named(place):
    address, _, _ = place
    told = refusal_of(f"{address}/nothing/")

    assert told.code == Code.RELEASE_NOT_REACHED
    assert told.facts["url"].endswith("/nothing/datapackage.json")


def test_a_package_over_another_release_brings_the_one_beside_it(place):
    address, folder, _ = place
    over = folder.parent / "over"
    shutil.copytree(folder, over)
    told = json.loads((over / "datapackage.json").read_text())
    told |= {"name": "over", "over": {"name": "release", "sha256": hashlib.sha256(b"another").hexdigest()}}
    (over / "datapackage.json").write_text(json.dumps(told))
    fetched = ct.load(f"{address}/over/")

    assert fetched.beneath is not None
    assert fetched.beneath.folder != REFERENCE
    assert fetched.balance.height == ct.load().balance.height
