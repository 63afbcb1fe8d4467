"""A city's own people bring a balance, cure it, publish it, and see the page change."""

import io

import polars as pl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from citytandem.web import live
from citytandem.web.accounts.models import AuditEntry, Role
from citytandem.web.balances.models import BalanceSet, SavedMapping, Stage, State
from citytandem.web.balances.result import open_result

pytestmark = pytest.mark.django_db

SOUND = """Sektor;Energie MWh;Emissionen t
Haushalte;2000000;412345
Gewerbe;1500000;330000
Industrie;400000;90000
Verkehr;900000;250000
Summe;4800000;1082345
"""
ASKED = SOUND.replace("Emissionen t", "Emissionen mt")


@pytest.fixture(autouse=True)
def a_fresh_process():
    live.forget()
    yield
    live.forget()


@pytest.fixture
def desk(heidelberg, person, browser_of):
    """The browser of a publisher, and the address of the room."""
    browser = browser_of(person(Role.PUBLISHER, heidelberg))
    return browser, f"/en/workspace/{heidelberg.pk}/balances/"


def bring(desk, text: str | bytes, *, name: str = "bilanz 2023.csv", **more) -> BalanceSet:
    browser, room = desk
    raw = text if isinstance(text, bytes) else text.encode()
    answer = browser.post(f"{room}new/", {"file": SimpleUploadedFile(name, raw), "licence": "CC BY 4.0", **more})
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    return BalanceSet.objects.latest("pk")


def step(desk, balance_set: BalanceSet, name: str, **more):
    browser, room = desk
    balance_set.refresh_from_db()
    return browser.post(f"{room}{balance_set.pk}/{name}/", {"version": balance_set.version, **more}, follow=True)


def published(desk, text: str | bytes = SOUND, **more) -> BalanceSet:
    own = bring(desk, text, **more)
    step(desk, own, "check")
    step(desk, own, "publish")
    own.refresh_from_db()
    assert own.state == State.PUBLISHED
    return own


def total_shown(browser, city: str = "DE-08221000", year: int = 2023, query: str = "") -> set[float]:
    """The published totals of a year, as the person behind this browser sees them."""
    request = browser.get(f"/en/{query}").wsgi_request
    rows = live.atlas_of(request).balance.filter((pl.col("city") == city) & (pl.col("year") == year))
    return set(rows["reported_t"].drop_nulls())


def test_a_sound_file_goes_from_draft_to_everyone(desk, browser_of):
    browser, room = desk
    anyone = browser_of(None)
    own = bring(desk, SOUND)
    page = browser.get(f"{room}{own.pk}/").content.decode()

    assert (own.stage, own.is_sound, own.state) == (Stage.READ, True, State.DRAFT)
    assert "1,082,345" in page
    assert total_shown(anyone) == set()

    step(desk, own, "check")
    step(desk, own, "publish")

    assert total_shown(anyone) == {1082345.0}
    told = list(AuditEntry.objects.filter(subject=f"balance_set:{own.pk}").values_list("action", flat=True))
    assert told == ["balance.publish", "balance.check", "balance.bring"]


def test_the_public_page_changes_with_the_publication(desk, browser_of):
    anyone, address = browser_of(None), "/en/cities/DE-08221000/balance/"
    before = anyone.get(address)
    published(desk)
    after = anyone.get(address)

    assert before["ETag"] != after["ETag"]
    assert 'value="2023"' not in before.content.decode()
    assert 'value="2023"' in after.content.decode()


def test_a_unit_with_two_meanings_is_asked_and_never_guessed(desk):
    browser, room = desk
    own = bring(desk, ASKED)
    refused = step(desk, own, "check").content.decode()
    screen = browser.get(f"{room}{own.pk}/mapping/").content.decode()

    assert (own.questions, own.is_sound, own.balances.count()) == (1, False, 0)
    assert "cured first" in refused
    assert 'name="q-0"' in screen

    wrong = browser.post(f"{room}{own.pk}/mapping/", form_of(browser, f"{room}{own.pk}/mapping/") | {"q-0": "mt"})
    assert wrong.status_code == 422

    browser.post(f"{room}{own.pk}/mapping/", form_of(browser, f"{room}{own.pk}/mapping/") | {"q-0": "t"})
    own.refresh_from_db()

    assert (own.questions, own.is_sound, own.balances.get().lines_t) == (0, True, 1082345.0)


def form_of(browser, address: str) -> dict[str, str]:
    """The values of the form on a page, as a browser would send them back."""
    from html.parser import HTMLParser

    class Fields(HTMLParser):
        def __init__(self):
            super().__init__()
            self.values, self.select = {}, ""

        def handle_starttag(self, tag, attrs):
            found = dict(attrs)
            if tag == "input" and found.get("name") and (found.get("type") != "checkbox" or "checked" in found):
                self.values[found["name"]] = found.get("value") or ("on" if found.get("type") == "checkbox" else "")
            if tag == "select":
                self.select = found.get("name", "")
            if tag == "option" and self.select and ("selected" in found or self.select not in self.values):
                self.values[self.select] = found.get("value", "")

    fields = Fields()
    fields.feed(browser.get(address).content.decode().partition('class="mapping"')[2].partition("</form>")[0])
    return fields.values


def test_a_saved_mapping_reads_next_years_file_of_the_same_layout(desk):
    browser, room = desk
    own = bring(desk, ASKED)
    address = f"{room}{own.pk}/mapping/"
    browser.post(address, form_of(browser, address) | {"q-0": "t", "m-method": "bisko"})
    browser.post(f"{address}save/", {"name": "Our yearly file"})
    next_year = bring(desk, ASKED.replace("412345", "400000").replace("1082345", "1070000"), name="bilanz 2024.csv")

    assert SavedMapping.objects.get().name == "Our yearly file"
    assert (next_year.questions, next_year.is_sound) == (0, True)
    assert next_year.balances.get().method == "bisko"


def test_a_word_can_be_given_another_meaning(desk):
    browser, room = desk
    own = bring(desk, SOUND.replace("Gewerbe", "Sonstwas"))
    address = f"{room}{own.pk}/mapping/"
    at = own_words(own).index("Sonstwas")
    browser.post(address, form_of(browser, address) | {f"w{at}-means": "services"})
    own.refresh_from_db()
    sectors = open_result(own.reading).table("line")["sector"].cast(pl.String).to_list()

    assert "services" in sectors


def own_words(own: BalanceSet) -> list[str]:
    import tomllib

    return [word["text"] for word in tomllib.loads(open_result(own.reading).mapping)["word"]]


def test_a_finding_stands_beside_its_row_and_a_corrected_cell_keeps_the_reported_value(desk):
    browser, room = desk
    own = bring(desk, SOUND.replace("412345", "41234"))
    rows = browser.get(f"{room}{own.pk}/rows/").content.decode()

    assert own.warnings == 1
    assert "Summe" in rows

    form = {"version": own.version, "sheet": "", "row": 2, "column": 2, "after": "412345", "reason": "A digit was lost"}
    browser.post(f"{room}{own.pk}/cell/", form)
    own.refresh_from_db()
    note = open_result(own.reading).table("note").row(0, named=True)

    assert (own.warnings, own.balances.get().lines_t) == (0, 1082345.0)
    assert (note["before"], note["after"], note["rule"], note["reason"]) == (
        "41234", "412345", "corrected_by_the_city", "A digit was lost",
    )  # fmt: skip
    assert "<del>41234</del>" in browser.get(f"{room}{own.pk}/rows/?show=all").content.decode()


def test_a_workbook_is_corrected_by_its_cell_too(desk):
    browser, room = desk
    own = bring(
        desk, workbook([["Sektor", "Emissionen t"], ["Haushalte", 10], ["Verkehr", 20], ["Summe", 130]]), name="b 2022.xlsx"
    )
    form = {"version": own.version, "sheet": "Sheet1", "row": 2, "column": 1, "after": "110", "reason": "misread"}
    browser.post(f"{room}{own.pk}/cell/", form)
    own.refresh_from_db()

    assert own.balances.get().lines_t == 130.0


def workbook(rows: list[list]) -> bytes:
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet()
    for at, row in enumerate(rows):
        sheet.write_row(at, 0, row)
    book.close()
    return stream.getvalue()


def test_two_editors_on_one_cell_are_told_and_the_later_sees_both_values(desk):
    browser, room = desk
    own = bring(desk, SOUND.replace("412345", "41234"))
    form = {"version": own.version, "sheet": "", "row": 2, "column": 2, "reason": "typing error"}
    browser.post(f"{room}{own.pk}/cell/", form | {"after": "412345"})
    later = browser.post(f"{room}{own.pk}/cell/", form | {"after": "412000"})
    page = later.content.decode()

    assert later.status_code == 409
    assert "<dd>412000</dd>" in page
    assert "<dd>412345</dd>" in page
    assert own.corrections.get().after == "412345"


def test_two_publishers_on_one_setting_are_told(desk):
    browser, room = desk
    own = bring(desk, SOUND)
    form = {"version": own.version, "title": "First", "visibility": "network", "visibility_after": "private"}
    browser.post(f"{room}{own.pk}/sight/", form)
    later = browser.post(f"{room}{own.pk}/sight/", form | {"title": "Second"})
    own.refresh_from_db()

    assert (later.status_code, own.title) == (409, "First")
    assert "<dd>First</dd>" in later.content.decode()
    assert 'value="Second"' in later.content.decode()


def test_a_newer_set_replaces_the_older_and_the_difference_is_shown_line_by_line(desk, browser_of):
    browser, room = desk
    first = published(desk)
    second = published(desk, SOUND.replace("412345", "400000").replace("1082345", "1070000"), title="Corrected")
    first.refresh_from_db()
    balance = second.balances.get().balance
    page = browser.get(f"{room}{second.pk}/compare/{first.pk}/?balance={balance}").content.decode()

    assert (first.state, second.state) == (State.REPLACED, State.PUBLISHED)
    assert "-12,345.0" in page
    assert total_shown(browser_of(None)) == {1070000.0}


def test_an_older_version_comes_back_as_a_new_one_and_nothing_is_overwritten(desk, browser_of):
    first = published(desk)
    published(desk, SOUND.replace("412345", "400000").replace("1082345", "1070000"))
    step(desk, first, "restore")
    again = BalanceSet.objects.latest("pk")
    step(desk, again, "publish")

    assert again.restored_from == first
    assert total_shown(browser_of(None)) == {1082345.0}
    assert list(BalanceSet.objects.order_by("pk").values_list("state", flat=True)) == ["replaced", "replaced", "published"]


def test_what_is_withdrawn_is_gone_at_once_and_can_be_erased(desk, browser_of):
    browser, room = desk
    own = published(desk)
    step(desk, own, "withdraw")

    assert total_shown(browser_of(None)) == set()

    browser.post(f"{room}{own.pk}/erase/")

    assert open_result(own.reading) is None
    assert not BalanceSet.objects.exists()
    assert AuditEntry.objects.filter(action="balance.erase").exists()


def test_four_eyes_means_another_publisher(desk, heidelberg, person, browser_of):
    _, room = desk
    admin = browser_of(person(Role.ADMIN, heidelberg))
    admin.post(f"{room}rule/", {"four_eyes": "on"})
    own = bring(desk, SOUND)
    step(desk, own, "check")
    step(desk, own, "publish")
    own.refresh_from_db()

    assert own.state == State.CHECKED

    step((admin, room), own, "publish")
    own.refresh_from_db()

    assert own.state == State.PUBLISHED


@pytest.mark.parametrize("form", ["package", "csv", "xlsx", "ecrf"])
def test_a_set_can_be_taken_along(desk, form):
    browser, room = desk
    own = bring(desk, SOUND)
    answer = browser.get(f"{room}{own.pk}/download/{form}/")

    assert answer.status_code == 200
    assert answer.content.startswith(b"PK")


def test_a_total_of_a_report_is_reconciled_with_the_lines(desk):
    browser, room = desk
    own = bring(desk, SOUND)
    answer = browser.get(f"{room}{own.pk}/totals/", {"balance": own.balances.get().balance, "published": "992345"})

    assert answer.status_code == 200
    assert "992,345" in answer.content.decode()


def test_the_desk_names_drafts_and_ends(desk, heidelberg):
    browser, _ = desk
    bring(desk, SOUND, title="This year")

    assert "This year" in browser.get(f"/en/workspace/{heidelberg.pk}/").content.decode()


def test_two_people_on_one_mapping_are_told_and_the_later_sees_where_they_differ(desk):
    browser, room = desk
    own = bring(desk, ASKED)
    address = f"{room}{own.pk}/mapping/"
    form = form_of(browser, address)
    browser.post(address, form | {"q-0": "t"})
    later = browser.post(address, form | {"q-0": "kt", "m-method": "bisko"})
    page = later.content.decode()
    own.refresh_from_db()

    assert later.status_code == 409
    assert "method = &quot;bisko&quot;" in page
    assert "method = &quot;unknown&quot;" in page
    assert own.balances.get().lines_t == 1082345.0


def test_the_list_asks_the_database_as_often_for_three_sets_as_for_one(desk):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser, room = desk
    counts = []
    for bring_more in (1, 2):
        for _ in range(bring_more):
            bring(desk, SOUND)
        browser.get(room)
        with CaptureQueriesContext(connection) as asked:
            browser.get(room)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_a_former_reading_is_deleted_once_nothing_is_made_of_it(desk, django_capture_on_commit_callbacks):
    browser, room = desk
    own = bring(desk, SOUND.replace("412345", "41234"))
    former = own.reading
    form = {"version": own.version, "sheet": "", "row": 2, "column": 2, "after": "412345", "reason": "typing error"}
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(f"{room}{own.pk}/cell/", form)
    own.refresh_from_db()

    assert open_result(former) is None
    assert open_result(own.reading).is_sound


@pytest.mark.parametrize("language", ["de", "ja", "zh-hans", "da"])
def test_every_page_of_the_room_speaks_every_language(desk, heidelberg, language):
    browser, _ = desk
    own = bring(desk, ASKED)
    room = f"/{language}/workspace/{heidelberg.pk}/balances/"
    pages = [
        "",
        "new/",
        *(f"{own.pk}/{page}" for page in ("", "mapping/", "rows/?show=all", "totals/", "cell/?sheet=&row=2", "erase/")),
    ]

    assert [browser.get(room + page).status_code for page in pages] == [200] * len(pages)


REAL = [
    ("us-amherst-gpc-activity", "US-2501370"),
    ("de-klimawatch-cities", "DE-08221000"),
    ("gpc-inventory-exports-brazil", "BR-3550308"),
]


@pytest.mark.parametrize(("folder", "city"), REAL)
def test_files_as_cities_published_them_are_read_or_told(desk, heidelberg, raw_data, folder, city):
    """Whatever a real file holds, its set ends as read: with balances of this city alone, or with the reason why not."""
    heidelberg.city = city
    heidelberg.save()
    files = [file for file in sorted((raw_data / folder).rglob("*")) if file.suffix in {".csv", ".xlsx", ".xls"}][:2]
    for file in files:
        own = bring(desk, file.read_bytes(), name=file.name)
        result = open_result(own.reading)

        assert own.stage == Stage.READ
        assert own.is_sound or result.findings or result.questions
        assert {one["city"] for one in result.balances} <= {city}
