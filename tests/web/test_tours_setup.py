"""Setting a tour up: by forms, by files, by the example of the Ruhr; and who may."""

import datetime as dt
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from citytandem.web.accounts.models import AuditEntry, Kind, Organisation, Role
from citytandem.web.tours.models import Day, Leg, Opening, Party, Site, Stay, Wish
from citytandem.web.tours.problem import write_tables
from tests.web.tour_event import DAY, fill_tour, make_tour_event

pytestmark = pytest.mark.django_db

SITES = """site,name,latitude,longitude,topics,minutes,cost_eur,mark,source
colliery,Colliery,51.4866,7.0444,heat; water,120,20,K,recalled
bridge,Bridge,51.52,7.1,water,60,,S,example.org
"""


@pytest.fixture
def editor(person, heidelberg):
    return person(Role.EDITOR, heidelberg)


@pytest.fixture
def event(heidelberg):
    return make_tour_event(heidelberg)


def to(name: str, event, **more) -> str:
    return reverse(name, kwargs={"organisation": event.organisation_id, "event": event.pk, **more})


def upload(browser, event, **files):
    several = [SimpleUploadedFile(name.replace("__", "."), raw) for name, raw in files.items()]
    return browser.post(to("tour_import", event), {"tables": several})


def site_values(**more) -> dict[str, object]:
    values = {"name": "Zeche Zollverein", "latitude": "51.4866", "longitude": "7.0444", "topics": "heat; new work", "minutes": 90}
    return {**values, "choice": "must", "mark": "K", "source": "recalled", **more}


def test_a_site_and_its_hours_are_written_by_two_forms(browser_of, editor, event):
    browser = browser_of(editor)
    browser.post(to("tour_sites", event), site_values())
    site = Site.objects.get()
    hours = {"form": "opening", "on": ["2027-05-04", "w2"], "opens": "10:00", "closes": "17:00", "mark": "S"}
    browser.post(to("tour_site", event, number=site.pk), {**hours, "source": "zollverein.de"})

    assert (site.key, site.topics) == ("zeche-zollverein", ["heat", "new work"])
    assert (site.accessible, site.cost_eur) == (None, None)
    assert {(one.day, one.weekday) for one in Opening.objects.all()} == {(DAY, None), (None, 2)}
    assert set(AuditEntry.objects.values_list("action", flat=True)) == {"tour.site_written", "tour.openings_written"}


def test_two_sites_of_one_name_get_keys_of_their_own(browser_of, editor, event):
    browser = browser_of(editor)
    for _ in range(2):
        browser.post(to("tour_sites", event), site_values())

    assert sorted(Site.objects.values_list("key", flat=True)) == ["zeche-zollverein", "zeche-zollverein-2"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"latitude": "91"},
        {"longitude": "nan"},
        {"minutes": 0},
        {"cost_eur": "-1"},
        {"cost_eur": "inf"},
        {"mark": "X"},
        {"choice": "always"},
        {"source": "two words"},
        {"source": ""},
        {"name": ""},
        {"name": "a\x00b"},
    ],
)
def test_a_site_that_cannot_be_is_refused(browser_of, editor, event, wrong):
    answer = browser_of(editor).post(to("tour_sites", event), site_values(**wrong))

    assert answer.status_code == 422
    assert not Site.objects.exists()


def test_hours_of_a_weekday_hold_on_each_such_day_of_the_tour(event):
    fill_tour(event)
    Opening.objects.filter(site__key="river").update(day=None, weekday=DAY.weekday())
    rows = write_tables(event)["openings"].to_dicts()

    assert {(row["site"], row["day"]) for row in rows} == {("colliery", DAY), ("river", DAY)}


def test_a_stay_a_day_a_way_a_wish_and_the_party_are_written(browser_of, editor, event):
    browser = browser_of(editor)
    where = {"name": "Hotel", "latitude": "51.45", "longitude": "7.01", "source": "own"}
    browser.post(to("tour_days", event), {"form": "stay", **where})
    browser.post(to("tour_sites", event), site_values())
    stay = Stay.objects.get().pk
    day = {"day": "2027-05-05", "starts": "09:00", "ends": "18:00", "starts_at": stay, "ends_at": stay, "rest_minutes": 0}
    browser.post(to("tour_days", event), {"form": "day", **day})
    way = {"start": "hotel", "end": "zeche-zollverein", "minutes": 22, "km": "6", "mode": "tram", "source": "own"}
    browser.post(to("tour_legs", event), way)
    browser.post(to("tour_wishes", event), {"form": "wish", "topic": "heat", "weight": 8})
    browser.post(to("tour_wishes", event), {"form": "party", "people": 9, "budget_eur": "300", "mode": "train"})
    party = Party.objects.get()

    assert Day.objects.get().day == dt.date(2027, 5, 5)
    assert (Leg.objects.get().minutes, Wish.objects.get().weight) == (22, 8)
    assert (party.people, party.budget_eur, party.mode, party.step_free) == (9, 300.0, "train", False)


@pytest.mark.parametrize("wrong", [{"ends": "08:00"}, {"day": "2031-01-01"}, {"starts_at": 9999}, {"rest_minutes": 60}])
def test_a_day_that_cannot_be_is_refused(browser_of, editor, event, wrong):
    stay = Stay.objects.create(event=event, key="hotel", name="Hotel", latitude=51, longitude=7).pk
    day = {"day": "2027-05-05", "starts": "09:00", "ends": "18:00", "starts_at": stay, "ends_at": stay, "rest_minutes": 0}
    answer = browser_of(editor).post(to("tour_days", event), {"form": "day", **day, **wrong})

    assert answer.status_code == 422
    assert not Day.objects.exists()


def test_a_stay_of_another_event_is_no_choice(browser_of, editor, event, heidelberg):
    other = make_tour_event(heidelberg)
    stay = Stay.objects.create(event=other, key="hotel", name="Hotel", latitude=51, longitude=7).pk
    day = {"day": "2027-05-05", "starts": "09:00", "ends": "18:00", "starts_at": stay, "ends_at": stay, "rest_minutes": 0}

    assert browser_of(editor).post(to("tour_days", event), {"form": "day", **day}).status_code == 422


def test_a_stay_at_which_a_day_begins_is_not_taken_out(browser_of, editor, event):
    fill_tour(event)
    stay = Stay.objects.get()
    page = browser_of(editor).post(to("tour_drop", event, part="stay", number=stay.pk), follow=True).content.decode()

    assert Stay.objects.exists()
    assert "Change the day first" in page


def test_ways_go_with_the_site_they_lead_to(browser_of, editor, event):
    fill_tour(event)
    Leg.objects.create(event=event, start="hotel", end="river", minutes=20, mode="tram")
    browser_of(editor).post(to("tour_drop", event, part="site", number=Site.objects.get(key="river").pk))

    assert not Leg.objects.exists()
    assert [one.key for one in Site.objects.all()] == ["colliery"]


def test_parts_of_another_event_are_not_there(browser_of, editor, event, heidelberg):
    other = make_tour_event(heidelberg)
    fill_tour(other)
    numbers = {"site": Site, "opening": Opening, "stay": Stay, "day": Day, "wish": Wish}
    answers = {
        part: browser_of(editor).post(to("tour_drop", event, part=part, number=model.objects.first().pk)).status_code
        for part, model in numbers.items()
    }

    assert set(answers.values()) == {404}
    assert browser_of(editor).get(to("tour_site", event, number=Site.objects.first().pk)).status_code == 404


def test_the_room_is_there_for_events_on_the_road_alone(browser_of, editor, heidelberg):
    kinds = {
        kind: browser_of(editor).get(to("tour_room", make_tour_event(heidelberg, kind=kind))).status_code
        for kind in ("study_tour", "delegation", "conference", "workshop")
    }

    assert kinds == {"study_tour": 200, "delegation": 200, "conference": 404, "workshop": 404}


def test_a_viewer_reads_and_changes_nothing_and_strangers_find_nothing(browser_of, person, event, heidelberg):
    other = Organisation.objects.create(kind=Kind.CITY, name="Elsewhere (invented)", city="DK-0751", is_invented=True)
    viewer, stranger = person(Role.VIEWER, heidelberg), person(Role.ADMIN, other, email="else@example.org")
    answers = [
        browser_of(viewer).get(to("tour_room", event)).status_code,
        browser_of(viewer).post(to("tour_example", event)).status_code,
        browser_of(stranger).get(to("tour_room", event)).status_code,
        browser_of(stranger).post(to("tour_example", event)).status_code,
        browser_of(None).get(to("tour_room", event)).status_code,
    ]

    assert answers == [200, 403, 404, 404, 302]
    assert not Site.objects.exists()


def test_the_example_is_taken_once_and_says_what_it_stands_on(browser_of, editor, event):
    browser = browser_of(editor)
    browser.post(to("tour_example", event))
    again = browser.post(to("tour_example", event), follow=True).content.decode()
    page = browser.get(to("tour_sites", event)).content.decode()

    assert (Site.objects.count(), Day.objects.count()) == (14, 3)
    assert "the example was not taken" in again
    assert page.count("K, recalled, not evidence") >= 14


def test_hours_of_the_example_on_other_dates_are_proposals(editor, heidelberg):
    from citytandem.web.tours.bringing import take_example

    same, later = make_tour_event(heidelberg), make_tour_event(heidelberg, days=4)
    later.starts, later.ends = dt.date(2027, 6, 7), dt.date(2027, 6, 10)
    later.save()
    for one in (same, later):
        take_example(user=editor, event=one)
    marks = [set(Opening.objects.filter(site__event=one).values_list("mark", flat=True)) for one in (same, later)]

    assert marks == [{"S", "P"}, {"P"}]
    assert [one.weekday() for one in later.tour_days.values_list("day", flat=True)] == [1, 2, 3]


def test_an_example_on_one_day_takes_the_first_day(editor, heidelberg):
    from citytandem.web.tours.bringing import take_example

    short = make_tour_event(heidelberg, days=1)
    take_example(user=editor, event=short)

    assert [one.day for one in short.tour_days.all()] == [DAY]
    assert set(Opening.objects.values_list("day", flat=True)) == {DAY}


def test_a_file_of_sites_takes_the_place_of_the_sites(browser_of, editor, event):
    fill_tour(event)
    answer = upload(browser_of(editor), event, sites__csv=SITES.encode())

    assert answer.status_code == 200
    assert {one.key: one.openings.count() for one in Site.objects.all()} == {"colliery": 1, "bridge": 0}
    assert Site.objects.get(key="bridge").source == "example.org"
    assert (Stay.objects.count(), Day.objects.count()) == (1, 1)


def test_what_is_wrong_is_told_with_file_row_and_column_and_nothing_is_taken(browser_of, editor, event):
    wrong = SITES.replace("51.52", "north").replace("bridge,", "bridge x,")
    page = upload(browser_of(editor), event, sites__csv=wrong.encode())
    told = page.content.decode()

    assert page.status_code == 422
    assert not Site.objects.exists()
    assert "sites.csv" in told
    assert "latitude" in told
    assert "3" in told


def test_a_workbook_brings_what_the_tables_that_left_it_held(browser_of, editor, event):
    import openpyxl

    fill_tour(event)
    browser = browser_of(editor)
    packed = zipfile.ZipFile(io.BytesIO(browser.get(to("tour_tables", event)).content))
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name in packed.namelist():
        sheet = book.create_sheet(name.removesuffix(".csv"))
        for line in packed.read(name).decode().splitlines():
            sheet.append([cell or None for cell in line.split(",")])
    raw = io.BytesIO()
    book.save(raw)
    before = {name: frame.to_dicts() for name, frame in write_tables(event).items()}
    answer = upload(browser, event, tour__xlsx=raw.getvalue())

    assert answer.status_code == 200, answer.content.decode()
    assert {name: frame.to_dicts() for name, frame in write_tables(event).items()} == before


BOMB = b"PK\x03\x04" + b"\x00" * 400


@pytest.mark.parametrize(
    "raw",
    [b"", b"\x00" * 50, BOMB, b"%PDF-1.7", b"site\n" * 10, b"a,b\n1,2\n", b"\xff\xfe\x00s", SITES.encode() * 40],
)
def test_hostile_files_take_nothing_and_are_answered(browser_of, editor, event, raw):
    answer = upload(browser_of(editor), event, sites__csv=raw)

    assert answer.status_code == 422
    assert not Site.objects.exists()


def test_a_workbook_that_unpacks_to_very_much_is_refused(browser_of, editor, event):
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("[Content_Types].xml", "<a/>")
        target.writestr("xl/worksheets/sheet1.xml", b"0" * 40_000_000)
    answer = upload(browser_of(editor), event, tour__xlsx=raw.getvalue())

    assert answer.status_code == 422
    assert not Site.objects.exists()


def test_too_many_rows_days_outside_the_event_and_long_names_are_told(browser_of, editor, event):
    line = "s{n},Site,51.4,7.0,heat,60,1,K,recalled\n"
    many = SITES + "".join(line.format(n=number) for number in range(70))
    stays = b"stay,name,latitude,longitude,source\nhotel,Hotel,51.4,7.0,own\n"
    days = b"day,starts,ends,starts_at,ends_at\n2031-05-04,09:00,18:00,hotel,hotel\n"
    browser = browser_of(editor)
    pages = [
        upload(browser, event, sites__csv=many.encode()),
        upload(browser, event, stays__csv=stays, days__csv=days),
        upload(browser, event, sites__csv=SITES.replace("Bridge", "B" * 300).encode()),
        upload(browser, event, stays__csv=stays, sites__csv=SITES.replace("bridge", "hotel").encode()),
    ]
    told = [page.content.decode() for page in pages]

    assert {page.status_code for page in pages} == {422}
    assert "a tour can hold 60" in told[0]
    assert "2031-05-04" in told[1]
    assert "longer than 160" in told[2]
    assert "same key" in told[3]
    assert not Site.objects.exists()


def test_days_that_name_a_stay_which_is_not_there_are_refused(browser_of, editor, event):
    days = b"day,starts,ends,starts_at,ends_at\n2027-05-04,09:00,18:00,nowhere,nowhere\n"
    answer = upload(browser_of(editor), event, days__csv=days)

    assert answer.status_code == 422
    assert "nowhere" in answer.content.decode()


def test_a_cell_a_spreadsheet_would_run_leaves_as_text(browser_of, editor, event):
    fill_tour(event)
    Site.objects.filter(key="river").update(name="=1+1")
    packed = zipfile.ZipFile(io.BytesIO(browser_of(editor).get(to("tour_tables", event)).content))

    assert "'=1+1" in packed.read("sites.csv").decode()


@pytest.mark.parametrize(("language", "typed"), [("de", "Wärme; Eigenes Thema"), ("en", "Heat; Eigenes Thema")])
def test_a_topic_is_kept_the_same_in_whichever_language_it_is_typed(language, typed):
    from django.utils import translation

    from citytandem.web.tours.forms import SiteForm

    with translation.override(language):
        form = SiteForm(
            {
                "name": "A",
                "latitude": "51",
                "longitude": "7",
                "topics": typed,
                "minutes": "60",
                "choice": "open",
                "mark": "P",
                "source": "own",
            }
        )
        form.is_valid()

    assert form.cleaned_data["topics"] == ["heat", "Eigenes Thema"]
