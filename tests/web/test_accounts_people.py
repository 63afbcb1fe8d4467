"""People and roles of an organisation, and those who run the site: who may change what, and who may not."""

import html

import pytest
from django.core import mail
from django.core.cache import cache

from citytandem.web.accounts.actions import LastAdministrator, change_role, remove_member
from citytandem.web.accounts.invitations import invite
from citytandem.web.accounts.models import AuditEntry, Invitation, Kind, Membership, Organisation, Role
from citytandem.web.accounts.queries import organisation_of_city, organisations_of
from citytandem.words import Speech

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


@pytest.fixture
def network(db) -> Organisation:
    return Organisation.objects.create(kind=Kind.NETWORK, name="A network", network="demo")


def said(key: str, **facts) -> str:
    return html.escape(Speech("de").sentence(key, **facts))


def seat_of(user, organisation) -> Membership:
    return Membership.objects.get(user=user, organisation=organisation)


def here(organisation, rest: str = "") -> str:
    return f"/de/workspace/{organisation.pk}/{rest}"


def test_an_administrator_gives_another_role_and_it_is_written_down(browser_of, heidelberg, person):
    admin, viewer = person(Role.ADMIN, heidelberg), person(Role.VIEWER, heidelberg)
    seat = seat_of(viewer, heidelberg)
    browser_of(admin).post(here(heidelberg, f"people/{seat.pk}/role/"), {"role": Role.PUBLISHER})
    entry = AuditEntry.objects.get(action="member.role_changed")

    assert seat_of(viewer, heidelberg).role == Role.PUBLISHER
    assert (entry.user, entry.subject, entry.city) == (admin, f"person:{viewer.pk}", heidelberg.city)
    assert (entry.before, entry.after) == ({"role": "viewer"}, {"role": "publisher"})


@pytest.mark.parametrize("role", [Role.VIEWER, Role.EDITOR, Role.PUBLISHER])
def test_nobody_below_an_administrator_gives_roles_invites_or_reads_the_record(browser_of, heidelberg, person, role):
    user, admin = person(role, heidelberg), person(Role.ADMIN, heidelberg)
    seat, theirs = seat_of(user, heidelberg), seat_of(admin, heidelberg)
    browser = browser_of(user)
    answers = [
        browser.post(here(heidelberg, f"people/{seat.pk}/role/"), {"role": Role.ADMIN}),
        browser.post(here(heidelberg, f"people/{theirs.pk}/remove/")),
        browser.post(here(heidelberg, "people/invite/"), {"email": "x@example.org", "role": Role.ADMIN, "language": "de"}),
        browser.post(here(heidelberg, "describe/"), {"name": "Mine"}),
        browser.get(here(heidelberg, "record/")),
        browser.get(here(heidelberg, "record/csv/")),
    ]

    assert [answer.status_code for answer in answers] == [403] * 6
    assert seat_of(user, heidelberg).role == role
    assert not Invitation.objects.exists()


def test_posting_a_role_beside_ones_own_data_changes_nothing(browser_of, heidelberg, person):
    editor = person(Role.EDITOR, heidelberg)
    posted = {"name": "Me", "language": "de", "role": Role.ADMIN, "is_operator": "on", "is_superuser": "on", "email": "x@y.z"}
    browser_of(editor).post("/de/me/", posted)
    editor.refresh_from_db()

    assert (editor.name, editor.language) == ("Me", "de")
    assert (editor.email, editor.is_operator, editor.is_superuser) == ("editor@example.org", False, False)
    assert seat_of(editor, heidelberg).role == Role.EDITOR


def test_posting_a_city_beside_the_name_does_not_move_an_organisation(browser_of, heidelberg, person):
    browser = browser_of(person(Role.ADMIN, heidelberg))
    browser.post(here(heidelberg, "describe/"), {"name": "Stadt", "website": "", "city": "DE-05113000", "kind": "business"})
    heidelberg.refresh_from_db()

    assert (heidelberg.name, heidelberg.city, heidelberg.kind) == ("Stadt", "DE-08221000", "city")


def test_a_website_that_would_run_as_code_is_refused(browser_of, heidelberg, person):
    browser = browser_of(person(Role.ADMIN, heidelberg))
    answer = browser.post(here(heidelberg, "describe/"), {"name": "Stadt", "website": "javascript:alert(1)"})

    assert answer.status_code == 422


def test_seats_and_invitations_of_another_organisation_are_not_there(browser_of, heidelberg, network, person):
    admin = person(Role.ADMIN, heidelberg)
    seat = seat_of(person(Role.COORDINATOR, network), network)
    invited = invite(by=None, email="x@example.org", organisation=network, role=Role.VIEWER)
    browser = browser_of(admin)
    answers = [
        browser.post(here(heidelberg, f"people/{seat.pk}/role/"), {"role": Role.VIEWER}),
        browser.post(here(heidelberg, f"people/{seat.pk}/remove/")),
        browser.post(here(heidelberg, f"people/invitations/{invited.invitation.pk}/withdraw/")),
        browser.get(here(network, "people/")),
        browser.get(here(network, "record/")),
        browser.post(here(network, "leave/")),
        browser.post(here(network, "people/invite/"), {"email": admin.email, "role": Role.ADMIN, "language": "de"}),
    ]

    assert [answer.status_code for answer in answers] == [404] * 7
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize("what", ["people/1/role/", "people/1/remove/", "people/invite/", "leave/", "describe/"])
def test_changes_are_made_by_forms_alone(browser_of, heidelberg, person, what):
    answer = browser_of(person(Role.ADMIN, heidelberg)).get(here(heidelberg, what))

    assert answer.status_code == 405


def test_the_last_administrator_neither_leaves_nor_steps_down(browser_of, heidelberg, person):
    admin = person(Role.ADMIN, heidelberg)
    person(Role.PUBLISHER, heidelberg)
    seat = seat_of(admin, heidelberg)
    browser = browser_of(admin)
    told = [
        browser.post(here(heidelberg, "leave/"), follow=True),
        browser.post(here(heidelberg, f"people/{seat.pk}/remove/"), follow=True),
        browser.post(here(heidelberg, f"people/{seat.pk}/role/"), {"role": Role.VIEWER}, follow=True),
    ]

    assert all(said("web.people.last_administrator") in page.content.decode() for page in told)
    assert seat_of(admin, heidelberg).role == Role.ADMIN
    with pytest.raises(LastAdministrator):
        change_role(by=admin, membership=seat, role=Role.VIEWER)
    with pytest.raises(LastAdministrator):
        remove_member(by=admin, membership=seat)


def test_an_administrator_leaves_once_there_is_another(browser_of, heidelberg, person):
    admin = person(Role.ADMIN, heidelberg)
    person(Role.ADMIN, heidelberg, email="second@example.org")
    answer = browser_of(admin).post(here(heidelberg, "leave/"))

    assert answer["Location"] == "/de/me/"
    assert not Membership.objects.filter(user=admin).exists()
    assert AuditEntry.objects.filter(action="member.left", user=admin).count() == 1


def test_a_network_is_looked_after_by_its_coordinator_too(network, person):
    coordinator, admin = person(Role.COORDINATOR, network), person(Role.ADMIN, network)
    remove_member(by=admin, membership=seat_of(admin, network))

    with pytest.raises(LastAdministrator):
        remove_member(by=coordinator, membership=seat_of(coordinator, network))


def test_a_city_has_no_coordinator(heidelberg, person):
    admin, viewer = person(Role.ADMIN, heidelberg), person(Role.VIEWER, heidelberg)

    with pytest.raises(ValueError, match="coordinator"):
        change_role(by=admin, membership=seat_of(viewer, heidelberg), role=Role.COORDINATOR)


def test_who_was_removed_is_a_stranger_at_once(browser_of, heidelberg, person):
    admin, editor = person(Role.ADMIN, heidelberg), person(Role.EDITOR, heidelberg)
    browser = browser_of(editor)
    before = browser.get(here(heidelberg)).status_code
    browser_of(admin).post(here(heidelberg, f"people/{seat_of(editor, heidelberg).pk}/remove/"))

    assert (before, browser.get(here(heidelberg)).status_code) == (200, 404)


def test_members_see_names_and_only_who_looks_after_people_sees_addresses(browser_of, heidelberg, person):
    admin, viewer = person(Role.ADMIN, heidelberg, name="Clara Probe"), person(Role.VIEWER, heidelberg)
    for_viewer = browser_of(viewer).get(here(heidelberg, "people/")).content.decode()
    for_admin = browser_of(admin).get(here(heidelberg, "people/")).content.decode()

    assert "Clara Probe" in for_viewer
    assert admin.email not in for_viewer
    assert admin.email in for_admin


def test_who_runs_the_site_opens_a_citys_organisation_and_invites_its_first_administrator(browser_of, person):
    browser = browser_of(person(is_operator=True, language="de"))
    search = browser.get("/de/operate/new/city/?search=Århus").content.decode()
    opened = browser.post("/de/operate/new/city/?city=DK-0751", {"name": "Aarhus Kommune", "website": ""})
    made = organisation_of_city("DK-0751")
    browser.post(opened["Location"], {"email": "mette@example.org", "role": Role.ADMIN, "language": "da"})

    assert "?city=DK-0751" in search
    assert made is not None
    assert (made.name, made.kind) == ("Aarhus Kommune", Kind.CITY)
    assert "/da/invitation/" in mail.outbox[0].body
    assert Invitation.objects.get().role == Role.ADMIN


@pytest.mark.parametrize("city", ["", "XX-1", "DE-08221000"])
def test_an_organisation_of_a_city_needs_a_city_that_is_known_and_free(browser_of, heidelberg, person, city):
    browser_of(person(is_operator=True)).post(f"/de/operate/new/city/?city={city}", {"name": "Another", "website": ""})

    assert not Organisation.objects.filter(name="Another").exists()


@pytest.mark.parametrize("kind", ["network", "civic", "business", "research"])
def test_the_other_kinds_are_opened_by_name(browser_of, person, kind):
    browser_of(person(is_operator=True)).post(f"/de/operate/new/{kind}/", {"name": f"A {kind}", "website": "", "network": ""})

    assert Organisation.objects.get(name=f"A {kind}").kind == kind


def test_who_runs_the_site_has_no_say_over_an_organisation(browser_of, heidelberg, person):
    person(Role.ADMIN, heidelberg)
    operator = person(email="operator@example.org", is_operator=True)
    browser = browser_of(operator)
    answer = browser.post(f"/de/operate/{heidelberg.pk}/invite/", {"email": operator.email, "role": "admin", "language": "de"})

    assert browser.get(here(heidelberg)).status_code == 404
    assert answer["Location"] == "/de/operate/"
    assert not Invitation.objects.exists()


def test_the_first_invitation_is_for_one_who_looks_after_people(browser_of, heidelberg, person):
    browser = browser_of(person(is_operator=True))
    browser.post(f"/de/operate/{heidelberg.pk}/invite/", {"email": "x@example.org", "role": "viewer", "language": "de"})

    assert not Invitation.objects.exists()


@pytest.mark.parametrize("page", ["operate/", "operate/new/city/", "operate/new/civic/", "operate/1/invite/"])
def test_pages_of_those_who_run_the_site_do_not_exist_for_others(browser_of, heidelberg, person, page):
    assert browser_of(person(Role.ADMIN, heidelberg)).get(f"/de/{page}").status_code == 404
    assert browser_of(None).get(f"/de/{page}").status_code == 302


def test_organisations_come_by_name(heidelberg, network, person):
    user = person(Role.VIEWER, heidelberg)
    Membership.objects.create(user=user, organisation=network, role=Role.VIEWER)

    assert [one.name for one in organisations_of(user)] == ["A network", heidelberg.name]


def test_a_name_is_text_even_if_it_looks_like_a_page(browser_of, heidelberg, person):
    person(Role.EDITOR, heidelberg, name="<script>alert(1)</script>")
    page = browser_of(person(Role.ADMIN, heidelberg)).get(here(heidelberg, "people/")).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_of_people_asks_the_database_no_more_for_many(
    browser_of, heidelberg, person, count, django_assert_max_num_queries
):
    admin = person(Role.ADMIN, heidelberg)
    for number in range(count):
        person(Role.EDITOR, heidelberg, email=f"p{number}@example.org")
    browser = browser_of(admin)
    with django_assert_max_num_queries(14):
        answer = browser.get(here(heidelberg, "people/"))

    assert answer.status_code == 200
