"""The workspace: who may enter it, and what lies on the desk."""

import pytest

from citytandem.web.accounts import desk
from citytandem.web.accounts.desk import DeskItem, Pile
from citytandem.web.accounts.models import Kind, Membership, Organisation, Role

pytestmark = pytest.mark.django_db


def test_anonymous_people_are_asked_to_sign_in_whether_the_organisation_exists_or_not(browser_of, heidelberg):
    browser = browser_of(None)
    there, nowhere = browser.get(f"/de/workspace/{heidelberg.pk}/"), browser.get("/de/workspace/99999/")

    assert there["Location"] == f"/de/account/login/?next=/de/workspace/{heidelberg.pk}/"
    assert (there.status_code, nowhere.status_code) == (302, 302)


def test_a_stranger_does_not_learn_which_organisations_exist(browser_of, heidelberg, person):
    browser = browser_of(person())

    assert browser.get(f"/de/workspace/{heidelberg.pk}/").status_code == 404
    assert browser.get("/de/workspace/99999/").status_code == 404


def test_who_acts_for_one_organisation_goes_straight_to_its_desk(browser_of, heidelberg, person):
    browser = browser_of(person(Role.VIEWER, heidelberg))

    assert browser.get("/de/workspace/")["Location"] == f"/de/workspace/{heidelberg.pk}/"


def test_who_acts_for_two_chooses(browser_of, heidelberg, person):
    network = Organisation.objects.create(kind=Kind.NETWORK, name="A network", network="demo")
    user = person(Role.VIEWER, heidelberg)
    Membership.objects.create(user=user, organisation=network, role=Role.COORDINATOR)
    page = browser_of(user).get("/en/workspace/").content.decode()

    assert page.index("A network") < page.index("Stadt Heidelberg")


def test_the_desk_shows_what_the_apps_put_on_it_the_earliest_due_first(browser_of, heidelberg, person, monkeypatch):
    from datetime import date

    def remind(request, organisation):
        return [
            DeskItem(title="Later", text=organisation.name, url="/b/", due=date(2027, 5, 1), pile=Pile.DUE),
            DeskItem(title="Sooner", text="It unlocks advice.", url="/a/", due=date(2027, 1, 1), pile=Pile.DUE),
        ]

    monkeypatch.setattr(desk, "find_providers", lambda: [remind])
    page = browser_of(person(Role.VIEWER, heidelberg)).get(f"/en/workspace/{heidelberg.pk}/").content.decode()

    assert "Due now: 2." in page
    assert page.index("Sooner") < page.index("Later")
