"""Cases: those of the house and of teams side by side, and who may read, write and show them."""

import csv
import io

import pytest
from django.urls import reverse

from citytandem.web.accounts.models import AuditEntry, Kind, Organisation, Role
from citytandem.web.lessons.actions import ChangedMeanwhile, keep, record_case, show
from citytandem.web.lessons.models import Case
from citytandem.web.lessons.queries import find_case, published_cases

pytestmark = pytest.mark.django_db
WORDS = {
    "version": 0, "policy": "A university on the site of a coking plant", "title": "knowledge base", "region": "ruhr",
    "region_type": "coal", "phase": "renewal", "first_year": 1962, "last_year": 1975, "instrument": "education",
    "happened": "It opened with 6,000 students.", "failed": "Firms came twenty years later.",
    "transfer": "Public land\nA long breath", "evidence": "report", "measures": "s07, S01", "mark": "S", "source": "A book, 1999",
    "source_url": "https://example.org/book", "language": "en",
}  # fmt: skip


@pytest.fixture
def case(heidelberg, person):
    fields = {name: WORDS[name] for name in WORDS if name not in {"version", "measures"}}
    return record_case(organisation=heidelberg, by=person(Role.EDITOR, heidelberg), measures=["S07"], **fields)


def test_the_cases_of_the_house_are_public_with_mark_and_source(client):
    page = client.get(reverse("lessons")).content.decode()
    one = client.get(reverse("lesson_case", args=["hebei-6643"])).content.decode()

    assert "Capacity targets (6643)" in page
    assert "Output did not fall with capacity" in one
    assert "S: read in its source" in one
    assert 'rel="nofollow noreferrer noopener"' in one


@pytest.mark.parametrize(
    ("query", "there", "gone"),
    [
        ("region=ruhr", "ruhr-iba", "hebei-6643"),
        ("phase=collapse", "pittsburgh-collapse", "ruhr-iba"),
        ("measure=S12", "jing-jin-ji-air", "ruhr-iba"),
        ("failed=yes", "hebei-6643", "kitakyushu-agreements"),
        ("phase=nonsense", "ruhr-iba", "nothing-at-all"),
    ],
)
def test_the_list_is_narrowed_by_plain_filters(client, query, there, gone):
    page = client.get(f"{reverse('lessons')}?{query}").content.decode()

    assert reverse("lesson_case", args=[there]) in page
    assert reverse("lesson_case", args=[gone]) not in page


def test_the_table_holds_what_the_page_shows(client):
    sheet = client.get(f"{reverse('lessons_csv')}?region=ruhr").content.decode()
    rows = list(csv.DictReader(io.StringIO(sheet)))

    assert {row["region"] for row in rows} == {"ruhr"}
    assert {row["mark"] for row in rows} <= {"S", "K", "P"}
    assert len(rows) == len(published_cases(region="ruhr"))


def test_a_case_is_written_shown_and_stands_beside_those_of_the_house(heidelberg, person, browser_of, client):
    editor, publisher = browser_of(person(Role.EDITOR, heidelberg)), browser_of(person(Role.PUBLISHER, heidelberg))
    editor.post(reverse("new_case", args=[heidelberg.pk]), WORDS)
    own = Case.objects.get()
    address = reverse("lesson_case", args=[f"team-{own.pk}"])
    hidden = client.get(address).status_code
    refused = editor.post(reverse("move_case", args=[heidelberg.pk, own.pk, "publish"]), {"version": own.version}).status_code
    publisher.post(reverse("move_case", args=[heidelberg.pk, own.pk, "publish"]), {"version": own.version})
    page = client.get(address)

    assert (hidden, refused, page.status_code) == (404, 403, 200)
    assert own.measures == ["S07", "S01"]
    assert heidelberg.name in page.content.decode()
    assert not page.cookies
    assert [one.key for one in published_cases(region="ruhr", measure="S01")] == [f"team-{own.pk}"]
    assert find_case(f"team-{own.pk}").conditions == ("Public land", "A long breath")
    assert AuditEntry.objects.filter(action="lesson.case_kept", subject=f"case:{own.pk}").count() == 2


@pytest.mark.parametrize(
    "wrong",
    [{"source": ""}, {"region": ""}, {"last_year": 1950}, {"measures": "Z99"}, {"city": "Nowhere at all"}, {"source_url": "x"}],
)
def test_a_case_without_source_place_or_sense_is_sent_back(heidelberg, person, browser_of, wrong):
    answer = browser_of(person(Role.EDITOR, heidelberg)).post(reverse("new_case", args=[heidelberg.pk]), WORDS | wrong)

    assert answer.status_code == 422
    assert b"errorlist" in answer.content
    assert not Case.objects.exists()


def test_what_is_told_from_memory_is_marked_and_needs_no_source(heidelberg, person, browser_of):
    words = WORDS | {"mark": "K", "source": "", "source_url": ""}
    browser_of(person(Role.EDITOR, heidelberg)).post(reverse("new_case", args=[heidelberg.pk]), words)

    assert Case.objects.get().mark == "K"


def test_two_people_do_not_overwrite_each_other(case, heidelberg, person, browser_of):
    editor = person(Role.EDITOR, heidelberg, email="late@example.org")
    keep(case, by=editor, organisation=heidelberg, version=1, values={"policy": "Changed first"})
    late = browser_of(editor).post(reverse("write_case", args=[heidelberg.pk, case.pk]), WORDS | {"version": 1})

    assert late.status_code == 409
    assert Case.objects.get().policy == "Changed first"
    with pytest.raises(ChangedMeanwhile):
        show(case, by=editor, organisation=heidelberg, version=1, state="published")


def test_a_case_of_another_team_cannot_be_reached_through_ones_own_door(case, person, browser_of):
    other = Organisation.objects.create(kind=Kind.CITY, name="Elsewhere", city="DE-11000000")
    browser = browser_of(person(Role.ADMIN, other, email="a@example.org"))
    asked = [
        browser.get(reverse("team_case", args=[other.pk, case.pk])),
        browser.post(reverse("write_case", args=[other.pk, case.pk]), WORDS),
        browser.post(reverse("move_case", args=[other.pk, case.pk, "publish"]), {"version": 1}),
        browser.post(reverse("remove_case", args=[other.pk, case.pk]), {"version": 1}),
    ]

    assert [answer.status_code for answer in asked] == [404] * 4
    assert Case.objects.get().state == "draft"


def test_a_shown_case_is_not_taken_away_and_a_draft_is(case, heidelberg, person, browser_of):
    user = person(Role.PUBLISHER, heidelberg)
    shown = show(case, by=user, organisation=heidelberg, version=1, state="published")
    browser, address = browser_of(user), reverse("remove_case", args=[heidelberg.pk, case.pk])
    browser.post(address, {"version": shown.version})
    kept = Case.objects.count()
    draft = show(shown, by=user, organisation=heidelberg, version=shown.version, state="draft")
    browser.post(address, {"version": draft.version})

    assert (kept, Case.objects.count()) == (1, 0)


@pytest.mark.parametrize("key", ["team-", "team-x", "team-99999999999999999999", "nothing"])
def test_a_case_that_is_not_there_is_not_there(client, key):
    assert client.get(reverse("lesson_case", args=[key])).status_code == 404
