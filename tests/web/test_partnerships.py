"""Needs and offers: written by teams, seen by everybody on the board and on the city's page, until their day is over."""

import html
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from citytandem.web.accounts.models import AuditEntry, Kind, Organisation, Role
from citytandem.web.partnerships.models import Listing
from citytandem.words import Speech

pytestmark = pytest.mark.django_db
CITY = "DE-08221000"


def day(days: int) -> str:
    return (timezone.now().date() + timedelta(days=days)).isoformat()


def said(key: str, **facts) -> str:
    return html.escape(Speech("de").sentence(key, **facts))


def here(organisation, rest: str = "") -> str:
    return f"/de/workspace/{organisation.pk}/listings/{rest}"


def need(**more) -> dict[str, str]:
    values = {
        "version": "0",
        "kind": "need",
        "topic": "energy",
        "solution": "heat",
        "measure": "",
        "title": "Abwärme aus Rechenzentren",
    }
    return {**values, "text": "Wer hat Erfahrung?", "language": "de", "evidence": "", "valid_until": day(90), **more}


@pytest.fixture
def publisher(person, heidelberg):
    return person(Role.PUBLISHER, heidelberg)


@pytest.fixture
def on_the_board(heidelberg):
    return Listing.objects.create(
        organisation=heidelberg, kind="need", topic="energy", title="Abwärme gesucht", text="Wer hat Erfahrung?", language="de",
        valid_until=day(90), state="published", published=timezone.now(),
    )  # fmt: skip


def test_a_need_is_a_draft_until_a_publisher_puts_it_on_the_board(browser_of, publisher, heidelberg):
    browser, stranger = browser_of(publisher), browser_of(None)
    browser.post(here(heidelberg, "new/"), need())
    own = Listing.objects.get()
    before = stranger.get("/de/board/").content.decode()
    hidden = stranger.get(f"/de/board/{own.pk}/").status_code
    browser.post(here(heidelberg, f"{own.pk}/publish/"), {"version": "1"})
    after = stranger.get("/de/board/").content.decode()
    page = stranger.get(f"/de/board/{own.pk}/").content.decode()

    assert own.state == "draft"
    assert (own.title in before, hidden) == (False, 404)
    assert own.title in after
    assert said("web.listing.needs", organisation=heidelberg.name) in page
    assert [one.action for one in AuditEntry.objects.order_by("pk")] == ["listing.written", "listing.published"]


def test_an_offer_needs_a_reference(browser_of, publisher, heidelberg):
    told = browser_of(publisher).post(here(heidelberg, "new/"), need(kind="offer"))
    browser_of(publisher).post(here(heidelberg, "new/"), need(kind="offer", evidence="https://city.example/report"))

    assert told.status_code == 422
    assert said("web.listing.evidence_needed") in told.content.decode()
    assert Listing.objects.get().evidence == "https://city.example/report"
    with pytest.raises(IntegrityError), transaction.atomic():
        Listing.objects.update(evidence="")


@pytest.mark.parametrize(
    "wrong",
    [{"evidence": "http://x.example"}, {"evidence": "javascript:alert(1)"}, {"valid_until": day(-1)}, {"valid_until": day(900)},
     {"topic": "cars"}, {"measure": "X99"}, {"kind": "gift"}, {"title": ""}, {"language": "xx"}],
)  # fmt: skip
def test_what_cannot_be_is_refused(browser_of, publisher, heidelberg, wrong):
    told = browser_of(publisher).post(here(heidelberg, "new/"), need(**wrong))

    assert told.status_code == 422
    assert not Listing.objects.exists()


def test_the_field_follows_the_measure(browser_of, publisher, heidelberg):
    browser_of(publisher).post(here(heidelberg, "new/"), need(topic="energy", measure="T15"))

    assert Listing.objects.get().topic == "transport"


def test_it_stands_on_the_citys_page_at_once_and_leaves_when_withdrawn(browser_of, publisher, heidelberg):
    browser, stranger = browser_of(publisher), browser_of(None)
    address = f"/de/cities/{CITY}/partners/"
    before = stranger.get(address).content.decode()
    browser.post(here(heidelberg, "new/"), need())
    own = Listing.objects.get()
    browser.post(here(heidelberg, f"{own.pk}/publish/"), {"version": "1"})
    seen = stranger.get(address).content.decode()
    browser.post(here(heidelberg, f"{own.pk}/withdraw/"), {"version": "2"})

    assert own.title not in before
    assert own.title in seen
    assert own.title not in stranger.get(address).content.decode()
    assert own.title not in stranger.get("/de/board/").content.decode()


def test_what_is_over_leaves_the_board_by_itself(browser_of, on_the_board):
    Listing.objects.update(valid_until=day(-1))

    assert on_the_board.title not in browser_of(None).get("/de/board/").content.decode()
    assert browser_of(None).get(f"/de/board/{on_the_board.pk}/").status_code == 404


def test_changed_words_are_looked_at_again_before_everybody_sees_them(browser_of, person, heidelberg, on_the_board):
    browser_of(person(Role.EDITOR, heidelberg)).post(here(heidelberg, f"{on_the_board.pk}/"), need(version="1", title="Anders"))

    assert Listing.objects.get().state == "draft"
    assert "Anders" not in browser_of(None).get("/de/board/").content.decode()


def test_two_people_on_one_form_are_told(browser_of, publisher, heidelberg, on_the_board):
    browser = browser_of(publisher)
    address = here(heidelberg, f"{on_the_board.pk}/")
    browser.post(address, need(version="1", title="Erste"))
    late = browser.post(address, need(version="1", title="Zweite"))
    stale = browser.post(f"{address}publish/", {"version": "1"}, follow=True)

    assert late.status_code == 409
    assert said("web.listing.changed_meanwhile") in late.content.decode()
    assert said("web.listing.changed_meanwhile") in stale.content.decode()
    assert (Listing.objects.get().title, Listing.objects.get().state) == ("Erste", "draft")


def test_the_board_is_narrowed_down_by_its_address(browser_of, on_the_board):
    institute = Organisation.objects.create(kind=Kind.RESEARCH, name="Institute")
    Listing.objects.create(
        organisation=institute, kind="offer", topic="transport", title="Cycle counts", text="x", language="en",
        evidence="https://x.example/", valid_until=day(9), state="published", published=timezone.now(),
    )  # fmt: skip
    browser = browser_of(None)

    def titles(query: str) -> tuple[bool, bool]:
        page = browser.get(f"/de/board/{query}").content.decode()
        return on_the_board.title in page, "Cycle counts" in page

    assert titles("") == (True, True)
    assert titles("?kind=need") == (True, False)
    assert titles("?topic=transport") == (False, True)
    assert titles("?language=en&by=research") == (False, True)
    assert titles("?by=city") == (True, False)
    assert titles("?kind=nonsense&page=77") == (True, True)


def test_what_is_written_is_shown_as_text(browser_of, publisher, heidelberg):
    browser = browser_of(publisher)
    browser.post(
        here(heidelberg, "new/"), need(title="<script>alert(1)</script>", text="<img src=x onerror=alert(2)>", valid_until=day(3))
    )
    own = Listing.objects.get()
    browser.post(here(heidelberg, f"{own.pk}/publish/"), {"version": "1"})
    addresses = (
        "/de/board/",
        f"/de/board/{own.pk}/",
        f"/de/cities/{CITY}/partners/",
        here(heidelberg),
        f"/de/workspace/{heidelberg.pk}/",
    )
    pages = [browser.get(address).content.decode() for address in addresses]

    assert all("&lt;script&gt;alert(1)" in page for page in pages)
    assert not any("<script>alert" in page or "<img src=x" in page for page in pages)


def test_what_is_not_asked_for_is_not_taken(browser_of, person, heidelberg):
    other = Organisation.objects.create(kind=Kind.CITY, name="Aarhus", city="DK-0751")
    sent = need() | {"state": "published", "organisation": other.pk, "published": day(0), "created_by": "99"}
    editor = person(Role.EDITOR, heidelberg)
    browser_of(editor).post(here(heidelberg, "new/"), sent)
    own = Listing.objects.get()

    assert (own.state, own.organisation, own.created_by, own.published) == ("draft", heidelberg, editor, None)


def test_each_role_reaches_what_it_may(browser_of, person, heidelberg, on_the_board):
    other = Organisation.objects.create(kind=Kind.CIVIC, name="Repair Café")
    network = Organisation.objects.create(kind=Kind.NETWORK, name="A network", network="demo")
    people = {
        person(Role.VIEWER, heidelberg): (200, 403, 403),
        person(Role.EDITOR, heidelberg): (200, 200, 403),
        person(Role.PUBLISHER, heidelberg): (200, 200, 302),
        person(Role.ADMIN, other): (404, 404, 404),
        person(Role.COORDINATOR, network): (404, 404, 404),
        person(email="operator@example.org", is_operator=True): (404, 404, 404),
        None: (302, 302, 302),
    }

    def reach(who) -> tuple[int, int, int]:
        browser, own = browser_of(who), here(heidelberg, f"{on_the_board.pk}/")
        return (
            browser.get(here(heidelberg)).status_code,
            browser.get(own).status_code,
            browser.post(f"{own}publish/", {"version": "99"}).status_code,
        )

    assert {who: reach(who) for who in people} == people


def test_a_listing_of_another_team_is_not_there(browser_of, person, on_the_board):
    other = Organisation.objects.create(kind=Kind.CIVIC, name="Repair Café")
    browser = browser_of(person(Role.ADMIN, other))
    found = [browser.post(here(other, f"{on_the_board.pk}/{rest}"), need(version="1")).status_code for rest in ("", "withdraw/")]

    assert found == [404, 404]
    assert Listing.objects.get().state == "published"


def test_civic_groups_take_part_and_networks_do_not(browser_of, person):
    civic = Organisation.objects.create(kind=Kind.CIVIC, name="Repair Café")
    network = Organisation.objects.create(kind=Kind.NETWORK, name="A network", network="demo")

    assert browser_of(person(Role.EDITOR, civic)).get(here(civic, "new/")).status_code == 200
    assert browser_of(person(Role.COORDINATOR, network)).get(here(network, "new/")).status_code == 404


def test_the_board_sets_no_cookie_for_strangers(browser_of, on_the_board):
    assert browser_of(None).get("/de/board/").cookies == {}
