"""What advertises is reported, hidden with a reason and replied to; nobody gets round it, and nobody moderates others' boards."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from citytandem.web.accounts.models import AuditEntry, Kind, Organisation, Role
from citytandem.web.partnerships.models import Listing, Report
from tests.web.networks import add_member

pytestmark = pytest.mark.django_db
REASON = "It names a price; say what was done instead."


@pytest.fixture
def listing(heidelberg):
    return Listing.objects.create(
        organisation=heidelberg, kind="offer", topic="energy", title="Wärmepumpe zu zeigen", text="Kommt.", language="de",
        evidence="https://x.example/r", state="published", published=timezone.now(),
        valid_until=timezone.now().date() + timedelta(days=90),
    )  # fmt: skip


@pytest.fixture
def operator(person, browser_of):
    return browser_of(person(email="op@example.org", is_operator=True))


def test_a_report_reaches_those_who_moderate_and_never_says_who_reported(listing, person, browser_of, operator, heidelberg):
    reader = browser_of(person(email="reader@example.org", name="Reader Rosa"))
    for _ in range(2):
        reader.post(f"/en/board/{listing.pk}/report/", {"reason": "advertising", "text": "a price"})
    page = operator.get("/en/board/reports/").content.decode()
    team = browser_of(person(Role.ADMIN, heidelberg)).get(f"/en/workspace/{heidelberg.pk}/listings/").content.decode()

    assert Report.objects.count() == 1
    assert "a price" in page
    assert "Reader Rosa" not in page + team
    assert "a price" not in team


def test_what_is_hidden_stays_hidden_whatever_its_team_does_with_it(listing, person, browser_of, operator, heidelberg):
    operator.post(f"/en/board/{listing.pk}/moderate/hide/", {"reason": REASON})
    team = browser_of(person(Role.ADMIN, heidelberg))
    here = f"/en/workspace/{heidelberg.pk}/listings/{listing.pk}/"
    for step in ("withdraw", "publish"):
        listing.refresh_from_db()
        team.post(f"{here}{step}/", {"version": listing.version})
    listing.refresh_from_db()

    assert listing.state == "published"
    assert listing.hidden is not None
    assert Client().get(f"/en/board/{listing.pk}/").status_code == 404
    assert listing.title not in Client().get("/en/board/").content.decode()
    assert listing.title not in Client().get(f"/en/cities/{heidelberg.city}/partners/").content.decode()


def test_the_team_reads_the_reason_replies_and_is_seen_again(listing, person, browser_of, operator, heidelberg):
    operator.post(f"/en/board/{listing.pk}/moderate/hide/", {"reason": REASON})
    team = browser_of(person(Role.PUBLISHER, heidelberg))
    desk = team.get(f"/en/workspace/{heidelberg.pk}/").content.decode()
    page = team.get(f"/en/workspace/{heidelberg.pk}/listings/{listing.pk}/hidden/").content.decode()
    team.post(f"/en/workspace/{heidelberg.pk}/listings/{listing.pk}/hidden/", {"text": "The price is a law's."})
    seen = operator.get("/en/board/reports/").content.decode()
    operator.post(f"/en/board/{listing.pk}/moderate/show/")

    assert "Hidden from the board" in desk
    assert REASON in page
    assert "The price is a law" in seen
    assert Client().get(f"/en/board/{listing.pk}/").status_code == 200
    assert list(AuditEntry.objects.filter(organisation=heidelberg).order_by("pk").values_list("action", flat=True)) == [
        "listing.hidden", "listing.hiding_replied", "listing.shown_again",
    ]  # fmt: skip


def test_nothing_is_hidden_without_a_reason(listing, operator):
    operator.post(f"/en/board/{listing.pk}/moderate/hide/", {"reason": " "})
    listing.refresh_from_db()

    assert listing.hidden is None


def test_a_coordinator_moderates_the_listings_of_members_that_have_confirmed_and_no_others(listing, person, browser_of):
    network = Organisation.objects.create(kind=Kind.NETWORK, name="N (invented)", network="demo", is_invented=True)
    coordinator = browser_of(person(Role.COORDINATOR, network))
    own = add_member(network, listing.organisation.city, confirmed=False)
    before = coordinator.post(f"/en/board/{listing.pk}/moderate/hide/", {"reason": REASON}).status_code
    own.confirmed = timezone.now()
    own.save()
    after = coordinator.post(f"/en/board/{listing.pk}/moderate/hide/", {"reason": REASON}).status_code

    assert (before, after) == (404, 302)


@pytest.mark.parametrize("role", [None, Role.VIEWER, Role.ADMIN])
def test_nobody_else_moderates_nor_sees_reports(listing, person, browser_of, heidelberg, role):
    browser = browser_of(person(role, heidelberg if role else None))
    Report.objects.create(listing=listing, reason="other", text="secret text")

    assert browser.get("/en/board/reports/").status_code == 404
    assert browser.post(f"/en/board/{listing.pk}/moderate/hide/", {"reason": REASON}).status_code == 404
    assert "secret text" not in browser.get(f"/en/board/{listing.pk}/").content.decode()


def test_a_team_replies_only_where_its_own_listing_is_hidden(listing, person, browser_of, heidelberg):
    other = Organisation.objects.create(kind=Kind.CIVIC, name="Civic (invented)", is_invented=True)
    stranger, own = browser_of(person(Role.ADMIN, other)), browser_of(person(Role.PUBLISHER, heidelberg))
    not_hidden = own.get(f"/en/workspace/{heidelberg.pk}/listings/{listing.pk}/hidden/").status_code
    Listing.objects.update(hidden=timezone.now(), hidden_reason=REASON)

    assert not_hidden == 404
    assert stranger.get(f"/en/workspace/{other.pk}/listings/{listing.pk}/hidden/").status_code == 404
    assert own.get(f"/en/workspace/{heidelberg.pk}/listings/{listing.pk}/hidden/").status_code == 200


def test_people_who_are_not_signed_in_are_asked_to_before_they_report(listing):
    answer = Client().get(f"/en/board/{listing.pk}/report/")

    assert answer.status_code == 302
    assert "Report this" not in Client().get(f"/en/board/{listing.pk}/").content.decode()
