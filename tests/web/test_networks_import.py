"""Lists a network brings: sound rows are recorded, every other row is told; nothing hostile is opened or handed on."""

import io
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from citytandem.findings import Code
from citytandem.web.networks.bring import UPLOAD_BYTES, bring, read_sheet
from citytandem.web.networks.models import MemberClass, NetworkMember, Tie
from tests.web.networks import AARHUS, HEIDELBERG, YOKOHAMA, set_scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(person, browser_of):
    return set_scene(person, browser_of)


def send(scene, what: str, raw: bytes, name: str = "list.csv"):
    form = {"what": what, "file": SimpleUploadedFile(name, raw)}
    return scene.coordinator.post(f"/en/workspace/{scene.network.pk}/network/import/", form)


def test_memberships_are_recorded_row_by_row_and_every_other_row_is_told(scene):
    MemberClass.objects.create(network=scene.network, title="Full", source="statute")
    raw = (
        "city,class,since,until,capacity,source\n"
        f"Aarhus,Full,2021-05-01,,2,list 2021\n"
        "Nowhereville-on-Sea,,2021-05-01,,,list\n"
        "DE-05113000,,yesterday,,,list\n"
        "DE-05113000,,2021-05-01,2020-01-01,,list\n"
        "DE-05113000,,2021-05-01,,9999,list\n"
        "DE-05113000,Grand,2021-05-01,,,list\n"
        "DE-05113000,,2021-05-01,,,\n"
        f"{HEIDELBERG},,2019-01-01,,,list\n"
    ).encode()
    page = send(scene, "members", raw).content.decode()
    made = NetworkMember.objects.get(city=AARHUS)

    assert (made.member_class.title, made.capacity, made.confirmed) == ("Full", 2, None)
    assert NetworkMember.objects.count() == 3
    assert "Rows recorded: 1" in page
    assert all(f"Row {row}" in page for row in range(3, 10))


def test_bringing_a_list_twice_changes_nothing(scene):
    raw = b"city,since,source\nAarhus,2021-05-01,list\n"
    send(scene, "members", raw)
    again = send(scene, "members", raw)

    assert NetworkMember.objects.filter(city=AARHUS).count() == 1
    assert again.status_code == 422


def test_a_workbook_is_read_as_a_csv_is(scene):
    book = openpyxl.Workbook()
    book.active.append(["City", "Other", "Kind", "Since", "Source"])
    book.active.append([HEIDELBERG, YOKOHAMA, "project", 2015, "agreement"])
    raw = io.BytesIO()
    book.save(raw)
    send(scene, "ties", raw.getvalue(), name="ties.xlsx")
    tie = Tie.objects.get()

    assert (tie.kind, tie.since, tie.created_for) == ("project", 2015, scene.network)


def test_ties_of_cities_that_have_not_agreed_are_left_out(person, browser_of):
    scene = set_scene(person, browser_of, confirmed=False)
    page = send(scene, "ties", f"city,other,kind,source\n{HEIDELBERG},{YOKOHAMA},project,x\n".encode()).content.decode()

    assert not Tie.objects.exists()
    assert "confirm the membership" in page


@pytest.mark.parametrize(
    "raw",
    [b"", b"\x00" * 5000, b"PK\x03\x04broken", b"%PDF-1.7", b"\xff\xfe\x00", b"a,b\n1,2\n", b"city\n" * 3000, b'"' * 10_000],
)
def test_what_is_no_list_is_told_and_changes_nothing(scene, raw):
    before = NetworkMember.objects.count()
    answer = send(scene, "members", raw)

    assert answer.status_code == 422
    assert NetworkMember.objects.count() == before


def test_a_file_that_unpacks_to_much_more_is_not_opened(scene):
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"<row>" + b"0" * 300_000_000)
    rows, findings = read_sheet(raw.getvalue(), name="bomb.xlsx")

    assert rows == []
    assert findings


def test_a_reading_that_takes_too_long_is_stopped():
    rows, findings = read_sheet(b"city\n", name="slow.csv", seconds=0.001)

    assert rows == []
    assert [one.code for one in findings] == [Code.REGISTRY_STOPPED]


def test_a_file_that_is_too_large_is_refused_before_it_is_read(scene):
    assert send(scene, "members", b"x" * (UPLOAD_BYTES + 1)).status_code == 422


def test_a_name_of_a_file_is_never_a_path_nor_markup(scene):
    page = send(scene, "members", b"a\n1\n", name="../../<script>alert(1)</script>.csv").content.decode()

    assert "<script>alert" not in page


def test_no_cell_that_is_sent_out_is_a_formula(scene):
    NetworkMember.objects.filter(city=HEIDELBERG).update(source="=HYPERLINK(1)")
    sheet = scene.coordinator.get(f"/en/workspace/{scene.network.pk}/network/members.csv").content.decode()

    assert "'=HYPERLINK" in sheet
    assert ",=HYPERLINK" not in sheet


def test_what_was_sent_out_can_be_brought_again(scene, person):
    sheet = scene.coordinator.get(f"/en/workspace/{scene.network.pk}/network/members.csv").content
    NetworkMember.objects.all().delete()
    brought = bring(
        user=person(email="x@example.org"), network=scene.network, what="members", raw=sheet, name="m.csv", allowed=()
    )

    assert (brought.recorded, brought.findings) == (2, [])
    assert not NetworkMember.objects.exclude(confirmed=None).exists()
