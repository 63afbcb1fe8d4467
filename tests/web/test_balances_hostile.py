"""Files that mean harm or are broken are told, never believed, and never hold up the site."""

import io
import json
import os
import signal
import subprocess
import sys
import time
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from citytandem.web import live
from citytandem.web.accounts.models import Role
from citytandem.web.balances import actions, bounded, receiving, storage, tasks
from citytandem.web.balances.bounded import read_bounded
from citytandem.web.balances.fixes import apply_fixes
from citytandem.web.balances.models import BalanceSet, Stage
from citytandem.web.balances.recipe import CellFix, Recipe
from citytandem.web.balances.result import open_result
from citytandem.web.halves import HALF

pytestmark = pytest.mark.django_db

SOUND = "Sektor;Emissionen t\nHaushalte;412345\nVerkehr;250000\nSumme;662345\n"


@pytest.fixture(autouse=True)
def a_fresh_process():
    live.forget()
    yield
    live.forget()


@pytest.fixture
def bring(heidelberg, person):
    user = person(Role.EDITOR, heidelberg)

    def make(raw: bytes, *, name: str = "b 2023.csv") -> BalanceSet:
        own = actions.bring_file(user=user, organisation=heidelberg, raw=raw, name=name, title="", licence="CC BY 4.0")
        own.refresh_from_db()
        return own

    return make


def codes(own: BalanceSet) -> set[str]:
    return {str(finding.code) for finding in open_result(own.reading).findings}


def archive(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return stream.getvalue()


def test_an_archive_that_unpacks_without_end_is_refused_before_it_is_unpacked(bring):
    bomb = archive({"[Content_Types].xml": b"<Types/>", "xl/worksheets/sheet1.xml": b"<row>" + b"0" * 200_000_000})
    own = bring(bomb, name="bomb.xlsx")

    assert codes(own) >= {"file_too_large"}
    assert (own.is_sound, own.balances.count()) == (False, 0)


def test_a_number_beyond_all_measure_is_a_finding(bring):
    own = bring(SOUND.replace("412345", "1e300").encode())

    assert (own.is_sound, own.errors + own.warnings > 0) == (False, True) or own.balances.get().lines_t < 1e9


def test_a_formula_as_text_is_only_text(bring, heidelberg, browser_of, person):
    own = bring(SOUND.replace("Haushalte", '=HYPERLINK("http://evil";"x")').encode())
    browser = browser_of(person(Role.ADMIN, heidelberg))
    page = browser.get(f"/en/workspace/{heidelberg.pk}/balances/{own.pk}/rows/?show=all").content.decode()

    assert 'href="http://evil' not in page
    assert "=HYPERLINK(&quot;http://evil" in page


def test_a_file_in_an_old_encoding_is_read_with_a_finding(bring):
    own = bring(SOUND.replace("Verkehr", "Straßenverkehr").encode("cp1252"))

    assert "encoding_guessed" in codes(own)
    assert own.is_sound


NO_TABLES = {"empty": b"", "zeros": b"\x00" * 5000, "pdf": b"%PDF-1.7", "zip": b"PK\x03\x04broken", "noise": os.urandom(3000)}


@pytest.mark.parametrize("raw", NO_TABLES.values(), ids=NO_TABLES)
def test_what_is_no_table_is_told(bring, raw):
    own = bring(raw, name="thing.xlsx")

    assert (own.stage, own.is_sound, own.errors > 0) == (Stage.READ, False, True)


def test_a_name_is_only_text_and_never_a_place(bring, heidelberg, browser_of, person):
    own = bring(SOUND.encode(), name="../../etc/<script>alert(1)</script>\n.csv")
    kept = storage.file_path(own.file_sha256)
    page = browser_of(person(Role.ADMIN, heidelberg)).get(f"/en/workspace/{heidelberg.pk}/balances/{own.pk}/").content.decode()

    assert kept.name == own.file_sha256
    assert kept.is_relative_to(storage.files_folder())
    assert "<script>alert" not in page


def test_a_file_of_another_city_brings_nothing(bring):
    own = bring(b"Stadt;Sektor;Jahr;Emissionen t\nMannheim;Haushalte;2020;500000\nMannheim;Verkehr;2020;300000\n")

    assert not own.is_sound
    assert own.balances.count() == 0


def test_a_file_larger_than_the_bound_is_let_go_while_it_arrives(heidelberg, person, browser_of, monkeypatch):
    monkeypatch.setattr(receiving, "UPLOAD_BYTES", 1000)
    browser = browser_of(person(Role.EDITOR, heidelberg))
    file = SimpleUploadedFile("large.csv", b"x" * 100_000)
    answer = browser.post(f"/en/workspace/{heidelberg.pk}/balances/new/", {"file": file, "licence": "CC BY 4.0"})

    assert answer.status_code == 422
    assert "larger than" in answer.content.decode()
    assert not BalanceSet.objects.exists()


def test_a_reading_without_end_is_stopped_and_told(settings, tmp_path, monkeypatch):
    settings.HOME = tmp_path
    sha256 = storage.keep_file(SOUND.encode())
    key = read_bounded(Recipe(sha256, "b.csv", "DE-08221000"), seconds=0.05)
    told = json.loads((storage.readings_folder() / key / bounded.TOLD).read_text())

    assert told["findings"][0]["code"] == "import_stopped"


def test_the_reader_may_not_take_all_memory():
    code = (
        "import citytandem.web.balances.reader as reader\n"
        "reader._hold_back()\n"
        "try:\n    bytearray(8 * 2**30)\nexcept MemoryError:\n    print('held')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.stdout.strip() == "held"


def test_the_reader_knows_no_secret(monkeypatch):
    monkeypatch.setenv("CITYTANDEM_SECRET_KEY", "hush")
    monkeypatch.setenv("CITYTANDEM_DATABASE_URL", "postgres://hush")

    assert "hush" not in str(bounded._environment())


def test_a_job_started_twice_gives_the_same_once(bring):
    own = bring(SOUND.encode())
    before = (own.reading, own.package_sha256, own.version, own.balances.count())
    tasks.read_set.call(own.pk)
    tasks.read_set.call(own.pk)
    own.refresh_from_db()

    assert (own.reading, own.package_sha256, own.version, own.balances.count()) == before


@pytest.mark.parametrize("after_seconds", [0.0, 0.3, 1.0, 2.0, 4.0])
def test_a_reader_killed_at_any_point_leaves_all_or_nothing(settings, tmp_path, after_seconds):
    settings.HOME = tmp_path
    sha256 = storage.keep_file(SOUND.encode())
    code = (
        "import django; from django.conf import settings; import pathlib, sys\n"
        "settings.configure(HOME=pathlib.Path(sys.argv[1]))\n"
        "from citytandem.web.balances.bounded import read_bounded\n"
        "from citytandem.web.balances.recipe import Recipe\n"
        "print('ready', flush=True)\n"
        "read_bounded(Recipe(sys.argv[2], 'b 2023.csv', 'DE-08221000', licence='CC0 1.0', publisher='x'))\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path), sha256], stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    process.stdout.readline()
    time.sleep(after_seconds)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    whole = [folder for folder in storage.readings_folder().iterdir() if not folder.name.endswith(HALF)]

    assert all((folder / bounded.TOLD).is_file() and (folder / "package" / "datapackage.json").is_file() for folder in whole)

    storage.sweep_halves(older_than=-1)
    recipe = Recipe(sha256, "b 2023.csv", "DE-08221000", licence="CC0 1.0", publisher="x")
    key = read_bounded(recipe)

    assert [folder.name for folder in storage.readings_folder().iterdir()] == [key]
    assert open_result(key).is_sound


def test_halves_of_a_stopped_process_are_swept_and_fresh_ones_left(settings, tmp_path):
    settings.HOME = tmp_path
    old, fresh = (storage.readings_folder() / f"{name}{HALF}" for name in ("old", "fresh"))
    for half in (old, fresh):
        half.mkdir()
    os.utime(old, (1, 1))
    swept = storage.sweep_halves()

    assert (swept, old.exists(), fresh.exists()) == (1, False, True)


def test_a_correction_moves_no_other_row_of_a_text_with_blank_and_broken_lines():
    raw = b'Sektor;t\n\nA;1\n\n\n"B\nB";2\nC;3\n'
    fixed = apply_fixes(raw, fixes=[CellFix("", 8, 1, "3", "4", "x")], where="f.csv").decode()

    assert fixed == 'Sektor;t\n\nA;1\n\n\n"B\nB";2\nC;4\n'


def test_what_no_set_is_made_of_is_swept_and_what_is_used_stays(settings, tmp_path):
    settings.HOME = tmp_path
    used, lost = storage.keep_file(b"used"), storage.keep_file(b"lost")
    for key in ("used", "lost"):
        (storage.readings_folder() / key).mkdir()
    swept = storage.sweep_orphans(files={used}, readings={"used"}, older_than=-1)

    assert swept == 2
    assert storage.file_path(used).exists()
    assert not storage.file_path(lost).exists()
    assert [folder.name for folder in storage.readings_folder().iterdir()] == ["used"]
