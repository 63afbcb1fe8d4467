"""Buildings of one's own: files through checks, whole or not at all, single values by form, versions, publishing with consent."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from citytandem.web.accounts.models import AuditEntry, Kind, Organisation, Role
from citytandem.web.buildings.models import BuildingVersion, OwnBuilding, State
from citytandem.web.buildings.queries import latest_version, visible_buildings
from citytandem.web.buildings.rows import find_changes
from tests.web.buildings import FIGURES, RECORD, all_files, bring, publish, write_meters, write_weather

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
BOMB = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><BuildingSync>&b;</BuildingSync>"""
SYNC = """<?xml version="1.0"?><BuildingSync xmlns="http://buildingsync.net/schemas/bedes-auc/2019"><Facilities><Facility><Sites>
<Site><Buildings><Building ID="hall-1"><PremisesName>Hall (invented)</PremisesName><Address><City>Chicago</City><State>IL</State>
</Address><FloorAreas><FloorArea><FloorAreaType>Gross</FloorAreaType><FloorAreaValue>10000</FloorAreaValue></FloorArea>
</FloorAreas></Building></Buildings></Site></Sites></Facility></Facilities></BuildingSync>"""


@pytest.fixture
def editor(browser_of, person, heidelberg):
    return browser_of(person(Role.EDITOR, heidelberg))


@pytest.fixture
def publisher(browser_of, person, heidelberg):
    return browser_of(person(Role.PUBLISHER, heidelberg))


@pytest.fixture
def house(editor, heidelberg) -> OwnBuilding:
    """The building of the files, brought."""
    bring(editor, heidelberg, all_files())
    return OwnBuilding.objects.get()


def read(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<svg.*?</svg>|<[^>]+>", " ", answer.content.decode(), flags=re.DOTALL))


def room_of(own: OwnBuilding) -> str:
    return f"/en/workspace/{own.organisation_id}/buildings/{own.pk}/"


def seen_by_all() -> list[str]:
    return [key for key in visible_buildings(type("Request", (), {})()).buildings["building"] if ":" in key]


# bringing files


def test_sound_files_are_taken_whole_and_seen_by_the_team_alone(editor, heidelberg):
    answer = bring(editor, heidelberg, all_files())
    own = OwnBuilding.objects.get()
    tables = latest_version(own).tables

    assert answer.status_code == 200
    assert (len(tables["values"]), len(tables["meters"]), len(tables["weather"])) == (4, 12, 24)
    assert seen_by_all() == []
    assert Client().get(f"/en/buildings/{own.address}/").status_code == 404


@pytest.mark.parametrize(
    ("table", "before", "after", "told"),
    [
        ("values", "0.8,1/h", "60,1/h", "cannot be"),
        ("values", "14,kWh/m2a", "many,kWh/m2a", "values.csv"),
        ("buildings", "1200", "700", "larger than the gross floor area"),
        ("meters", "house,electricity", "shed,electricity", "stands in no row of the buildings"),
        ("buildings", ",cold,", ",tropical,", "zone"),
    ],
)
def test_one_wrong_cell_and_nothing_is_taken_and_the_cell_is_named(editor, heidelberg, table, before, after, told):
    files = all_files()
    files[f"{table}.csv"] = files[f"{table}.csv"].replace(before, after, 1)
    answer = bring(editor, heidelberg, files)

    assert answer.status_code == 422
    assert told in read(answer)
    assert OwnBuilding.objects.count() == 0


def test_a_row_that_breaks_a_rule_is_named_with_its_row_and_column(editor, heidelberg):
    answer = bring(editor, heidelberg, all_files(values=FIGURES.replace("0.8,1/h", "soon,1/h")))

    assert "Row 5 of values.csv: value breaks the rule" in read(answer)


def test_readings_brought_later_join_those_that_are_known(editor, heidelberg, house):
    later = "building,carrier,starts,ends,energy_kwh\nhouse,electricity,2026-01-01,2026-02-01,6000\n"
    answer = bring(editor, heidelberg, {"meters.csv": later}, number=house.pk)
    tables = latest_version(house).tables

    assert answer.status_code == 200
    assert len(tables["meters"]) == 13
    assert len(tables["values"]) == 4


def test_readings_that_count_days_twice_are_not_taken(editor, heidelberg, house):
    twice = "building,carrier,starts,ends,energy_kwh\nhouse,electricity,2025-01-15,2025-02-15,6000\n"
    answer = bring(editor, heidelberg, {"meters.csv": twice}, number=house.pk)

    assert answer.status_code == 422
    assert "twice" in read(answer)
    assert house.versions.count() == 1


def test_temperatures_alone_need_the_page_of_their_building(editor, heidelberg, house):
    alone = bring(editor, heidelberg, {"weather.csv": write_weather()})
    there = bring(editor, heidelberg, {"weather.csv": write_weather()}, number=house.pk)

    assert "do not say for which building" in read(alone)
    assert there.status_code == 200


def test_files_for_one_building_may_not_bring_another(editor, heidelberg, house):
    answer = bring(editor, heidelberg, {"buildings.csv": RECORD.replace("house", "barn", 1)}, number=house.pk)

    assert "also name barn" in read(answer)
    assert OwnBuilding.objects.count() == 1


def test_buildingsync_is_read_in_our_units(editor, heidelberg):
    bring(editor, heidelberg, {"audit.xml": SYNC})
    record = latest_version(OwnBuilding.objects.get()).tables["buildings"]

    assert record["name"] == "Hall (invented)"
    assert record["gross_area_m2"] == pytest.approx(929.03, abs=0.1)


@pytest.mark.parametrize(
    "files", [{"bomb.xml": BOMB}, {"note.txt": "hello"}, {"book.xlsx": b"PK\x03\x04 not a book"}, {"x.csv": ""}]
)
def test_hostile_or_foreign_files_are_refused_with_a_reason(editor, heidelberg, files):
    answer = bring(editor, heidelberg, files)

    assert answer.status_code == 422
    assert OwnBuilding.objects.count() == 0


def test_more_than_can_be_taken_is_refused(editor, heidelberg):
    large = bring(editor, heidelberg, {"buildings.csv": RECORD + " " * 2_100_000})
    rows = "".join(f"house-{number}{RECORD.splitlines()[1][5:]}\n" for number in range(60))
    many = bring(editor, heidelberg, {"buildings.csv": RECORD.splitlines()[0] + "\n" + rows})

    assert (large.status_code, many.status_code) == (422, 422)
    assert "60 rows are more than 50" in read(many)


# single values


def test_a_value_changed_by_form_is_a_version_that_says_what_changed(editor, house):
    values = latest_version(house).tables["values"]
    place = next(at for at, row in enumerate(values, start=1) if (row["indicator"], row["state"]) == ("n50", "tested"))
    page = editor.get(f"{room_of(house)}rows/values/{place}/")
    form = {
        "version": house.version, "indicator": "n50", "state": "tested", "convention": "not_stated",
        "area_convention": "not_stated", "period": "not_stated", "value": "0.6", "source": "own",
    }  # fmt: skip
    answer = editor.post(f"{room_of(house)}rows/values/{place}/", form)
    older, newer = house.versions.get(number=1), house.versions.get(number=2)
    (change,) = find_changes(older.tables, newer.tables)

    assert page.status_code == 200
    assert answer.status_code == 302
    assert (change.column, change.before, change.after) == ("value", "0.8", "0.6")
    assert "0.8" in read(editor.get(f"{room_of(house)}versions/2/"))


def test_a_value_that_cannot_be_is_not_saved(editor, house):
    form = {
        "version": house.version, "indicator": "u_wall", "state": "designed", "convention": "not_stated",
        "area_convention": "not_stated", "period": "not_stated", "value": "60", "source": "own",
    }  # fmt: skip
    answer = editor.post(f"{room_of(house)}rows/values/", form)

    assert answer.status_code == 422
    assert "cannot be" in read(answer)
    assert house.versions.count() == 1


def test_two_people_on_one_building_and_the_second_is_told(editor, house):
    form = {"version": house.version, "series": "metered", "starts": "2026-01-01", "ends": "2026-02-01", "temperature_mean": "1"}
    first = editor.post(f"{room_of(house)}rows/weather/", form)
    second = editor.post(f"{room_of(house)}rows/weather/", form | {"starts": "2026-02-01", "ends": "2026-03-01"})

    assert first.status_code == 302
    assert "Somebody has changed this building meanwhile" in read(second)
    assert house.versions.count() == 2


def test_a_row_that_is_there_already_is_not_added_twice(editor, house):
    form = {"version": house.version, "series": "metered", "starts": "2025-01-01", "ends": "2025-02-01", "temperature_mean": "1"}
    answer = editor.post(f"{room_of(house)}rows/weather/", form)

    assert "There is a row for exactly this already" in read(answer)


def test_a_row_taken_out_is_still_in_the_version_before_and_can_come_back(editor, house):
    editor.post(f"{room_of(house)}rows/meters/1/drop/", {"version": house.version})
    house.refresh_from_db()
    editor.post(f"{room_of(house)}versions/1/restore/", {"version": house.version})

    assert [len(one.tables["meters"]) for one in house.versions.order_by("number")] == [12, 11, 12]


def test_the_record_is_changed_by_form_and_its_key_stays(editor, house):
    record = latest_version(house).tables["buildings"]
    form = {name: value for name, value in record.items() if value is not None}
    answer = editor.post(
        f"{room_of(house)}record/", form | {"version": house.version, "name": "House at the park", "building": "stolen"}
    )
    house.refresh_from_db()

    assert answer.status_code == 302
    assert (house.name, latest_version(house).tables["buildings"]["building"]) == ("House at the park", "house")


@pytest.mark.parametrize("path", ["rows/values/99/", "rows/values/0/", "rows/buildings/", "rows/secrets/1/", "versions/9/"])
def test_what_is_not_there_is_not_found(editor, house, path):
    assert editor.get(f"{room_of(house)}{path}").status_code == 404


# publishing


def test_a_published_building_stands_among_the_others_and_says_whose_it_is(publisher, house):
    answer = publish(publisher, house)
    house.refresh_from_db()
    page = read(Client().get("/en/buildings/"))
    own = read(Client().get(f"/en/buildings/{house.address}/"))

    assert answer.status_code == 302
    assert "told by House Owners (invented)" in page
    assert "This is the record of House Owners (invented)" in own
    assert "As House Owners (invented) says" in own


def test_without_consent_nothing_is_published(publisher, house):
    answer = publish(publisher, house, consent="")

    assert answer.status_code == 422
    assert seen_by_all() == []


def test_an_editor_cannot_publish(editor, house):
    assert publish(editor, house).status_code == 403
    assert seen_by_all() == []


def test_a_later_version_is_not_seen_until_it_is_published(editor, publisher, house):
    publish(publisher, house)
    house.refresh_from_db()
    editor.post(f"{room_of(house)}rows/meters/1/drop/", {"version": house.version})
    team = read(editor.get(room_of(house)))
    house.refresh_from_db()

    assert "Everybody sees version 1. This is version 2" in team
    assert house.shown.number == 1


def test_what_is_taken_back_is_gone_at_once(publisher, house):
    publish(publisher, house)
    house.refresh_from_db()
    before = Client().get(f"/en/buildings/{house.address}/").status_code
    publisher.post(f"{room_of(house)}withdraw/", {"version": house.version})
    house.refresh_from_db()

    assert before == 200
    assert house.state == State.WITHDRAWN
    assert Client().get(f"/en/buildings/{house.address}/").status_code == 404
    assert "House Owners" not in read(Client().get("/en/buildings/"))


def test_a_building_is_deleted_with_its_versions_and_the_record_says_who_did_it(publisher, house):
    publisher.post(f"{room_of(house)}erase/")

    assert BuildingVersion.objects.count() == 0
    assert AuditEntry.objects.filter(action="building.erased", user__isnull=False).count() == 1


def test_a_stranger_learns_nothing_of_a_building(browser_of, person, house):
    other = Organisation.objects.create(kind=Kind.CITY, name="Aarhus (invented team)", city="DK-0751", is_invented=True)
    stranger = browser_of(person(Role.ADMIN, other, email="elsewhere@example.org"))

    assert stranger.get(room_of(house)).status_code == 404
    assert stranger.get(f"/en/workspace/{other.pk}/buildings/{house.pk}/").status_code == 404
    assert publish(stranger, house).status_code == 404


def test_a_draft_waits_on_the_desk_until_it_is_published(publisher, house):
    before = read(publisher.get(f"/en/workspace/{house.organisation_id}/"))
    publish(publisher, house)
    after = read(publisher.get(f"/en/workspace/{house.organisation_id}/"))

    assert "Building: House (invented)" in before
    assert "Building: House (invented)" not in after


def test_the_readings_of_a_building_give_the_weathers_part_and_the_gap(editor, house):
    page = read(editor.get(room_of(house)))

    assert "Designed for 50 kWh per m² and year, it used" in page
    assert "As metered" in page
    assert "Worked out for reference weather" in page


def test_readings_without_temperatures_are_shown_as_metered_only(editor, heidelberg):
    bring(editor, heidelberg, all_files(weather=""))
    page = read(editor.get(room_of(OwnBuilding.objects.get())))

    assert "What the weather did to that cannot be told" in page
    assert write_meters().count("\n") == 13


def test_a_name_with_signs_of_markup_is_shown_as_it_is_written(editor, publisher, heidelberg):
    bring(editor, heidelberg, all_files(buildings=RECORD.replace("House (invented)", "<b>House</b>")))
    own = OwnBuilding.objects.get()
    publish(publisher, own)

    assert "<b>House</b>" not in Client().get(f"/en/buildings/{own.address}/").content.decode()
