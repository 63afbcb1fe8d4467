"""My account: my data as a file, complete and without secrets, and being forgotten; what the page on data protection says."""

import json
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import models
from django.test import Client
from django.utils import timezone

from citytandem.web.accounts.actions import record
from citytandem.web.accounts.invitations import invite
from citytandem.web.accounts.models import AuditEntry, Invitation, Membership, Organisation, Role, User
from citytandem.web.accounts.personal import erase_person, gather_personal_data
from citytandem.web.accounts.privacy import KEPT
from citytandem.words import Speech

pytestmark = pytest.mark.django_db
PHRASE = "a long enough phrase"


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


@pytest.fixture
def officer(person, heidelberg):
    user = person(Role.EDITOR, heidelberg, email="officer@example.org", language="de", name="Anna Beispiel")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)

    return user


@pytest.fixture
def browser(officer):
    """Signed in, and has confirmed once more who it is."""
    client = Client()
    client.post("/de/account/login/", {"login": officer.email, "password": PHRASE})
    client.post("/de/account/reauthenticate/", {"password": PHRASE})

    return client


def test_my_data_are_complete(officer, browser, heidelberg):
    Authenticator.objects.create(user=officer, type="totp", data={"secret": "JBSWY3DPEHPK3PXP"})
    record(user=officer, action="stage.changed", organisation=heidelberg, before={"stage": 1}, after={"stage": 2})
    record(user=None, action="member.role_changed", organisation=heidelberg, subject=f"person:{officer.pk}")
    invite(by=officer, email="colleague@example.org", organisation=heidelberg, role=Role.VIEWER)
    answer = browser.get("/de/me/data/")
    told = json.loads(answer.content)

    assert "attachment" in answer["Content-Disposition"]
    assert told["person"]["email"] == officer.email
    assert told["accounts.membership.user"][0]["role"] == Role.EDITOR
    assert {"stage.changed", "member.invited"} <= {row["action"] for row in told["accounts.auditentry.user"]}
    assert told["accounts.auditentry.subject"][0]["action"] == "member.role_changed"
    assert told["account.emailaddress.user"][0]["email"] == officer.email
    assert told["mfa.authenticator.user"][0]["type"] == "totp"
    assert len(told["sessions"]) == 1


def test_every_table_that_points_at_people_is_part_of_my_data(officer):
    told = gather_personal_data(officer)
    pointing = {
        f"{relation.related_model._meta.label_lower}.{relation.field.name}"
        for relation in User._meta.get_fields(include_hidden=True)
        if isinstance(relation, models.ForeignObjectRel) and relation.one_to_many
    }

    assert pointing <= set(told)


def test_my_data_hold_no_secret(officer, browser, heidelberg):
    Authenticator.objects.create(user=officer, type="totp", data={"secret": "JBSWY3DPEHPK3PXP"})
    invited = invite(by=officer, email="colleague@example.org", organisation=heidelberg, role=Role.VIEWER)
    text = browser.get("/de/me/data/").content.decode()

    assert "JBSWY3DPEHPK3PXP" not in text
    assert officer.password not in text
    assert invited.invitation.token_sha256 not in text
    assert browser.session.session_key not in text


def test_my_data_and_erasure_ask_once_more_who_it_is(browser_of, officer):
    browser = browser_of(officer)

    assert "reauthenticate" in browser.get("/de/me/data/")["Location"]
    assert "reauthenticate" in browser.post("/de/me/erase/", {"sure": "on"})["Location"]
    assert User.objects.filter(pk=officer.pk).exists()


@pytest.mark.parametrize("page", ["me/", "me/data/", "me/erase/"])
def test_my_pages_are_mine_alone(page):
    assert Client().get(f"/de/{page}")["Location"].startswith("/de/account/login/")


def test_being_forgotten_leaves_the_work_and_takes_the_person(officer, browser, heidelberg, person):
    person(Role.ADMIN, heidelberg)
    entry = record(user=officer, action="balance.published", organisation=heidelberg)
    invite(by=None, email=officer.email, organisation=heidelberg, role=Role.VIEWER)
    answer = browser.post("/de/me/erase/", {"sure": "on"}, follow=True)
    kept = AuditEntry.objects.get(pk=entry.pk)
    everything = json.dumps([*AuditEntry.objects.values("subject", "before", "after", "action")], default=str)

    assert answer.redirect_chain[-1][0] == "/de/erased/"
    assert not User.objects.filter(email=officer.email).exists()
    assert not EmailAddress.objects.exists()
    assert not Membership.objects.filter(user=officer.pk).exists()
    assert not Invitation.objects.exists()
    assert not any(session.get_decoded().get("_auth_user_id") for session in Session.objects.all())
    assert (kept.user, kept.action, kept.by_site) == (None, "balance.published", False)
    assert officer.email not in everything
    assert officer.name not in everything


def test_the_record_names_who_was_forgotten_as_a_person_who_has_left(officer, browser_of, heidelberg, person):
    admin = person(Role.ADMIN, heidelberg)
    record(user=officer, action="balance.published", organisation=heidelberg)
    erase_person(officer)
    page = browser_of(admin).get(f"/de/workspace/{heidelberg.pk}/record/").content.decode()

    assert Speech("de").label("web.audit.left") in page
    assert "Anna Beispiel" not in page


def test_nobody_is_forgotten_by_accident(officer, browser):
    browser.post("/de/me/erase/", {})

    assert User.objects.filter(pk=officer.pk).exists()


def test_the_last_administrator_may_be_forgotten_and_is_told_what_follows(officer, browser, heidelberg, person):
    Membership.objects.update(role=Role.ADMIN)
    person(Role.VIEWER, heidelberg)
    page = browser.get("/de/me/erase/").content.decode()
    browser.post("/de/me/erase/", {"sure": "on"})

    assert heidelberg.name in page
    assert not User.objects.filter(pk=officer.pk).exists()
    assert Organisation.objects.filter(pk=heidelberg.pk).exists()


def test_what_belongs_to_an_organisation_never_goes_with_a_person():
    going = {
        relation.related_model._meta.label_lower
        for relation in User._meta.get_fields(include_hidden=True)
        if isinstance(relation, models.ForeignObjectRel) and relation.one_to_many and relation.on_delete is models.CASCADE
    }
    theirs = {label for label in going if not label.startswith(("account.", "mfa.", "accounts.user_", "accounts.membership"))}
    owned = {label for label in theirs if any(field.name == "organisation" for field in models_by_label(label))}

    assert owned == set()


def models_by_label(label: str):
    from django.apps import apps

    return apps.get_model(label)._meta.get_fields()


def test_the_record_of_a_changed_name_does_not_hold_the_name(officer, browser):
    browser.post("/de/me/", {"name": "Anna Neu", "language": "ja"})
    entry = AuditEntry.objects.get(action="person.described")

    assert entry.after == {"changed": ["name", "language"]}


@pytest.mark.parametrize("language", ["en", "de", "ja", "zh-hans", "da"])
def test_data_protection_is_told_before_anybody_signs_in_and_without_a_cookie(language, settings):
    answer = Client().get(f"/{language}/privacy/")

    assert answer.status_code == 200
    assert answer.cookies == {}
    assert answer.content.decode().count('<th scope="row">') == len(KEPT)


def test_i_sign_out_on_all_other_devices_at_once(officer, browser):
    other = Client()
    other.post("/de/account/login/", {"login": officer.email, "password": PHRASE})
    page = browser.get("/de/me/").content.decode()
    browser.post("/de/me/sessions/end/")

    assert Speech("de").sentence("web.me.sessions", count=2) in page
    assert browser.get("/de/me/").status_code == 200
    assert other.get("/de/me/").status_code == 302


def test_what_ended_long_ago_is_deleted_when_somebody_signs_in(officer, heidelberg):
    Session.objects.create(session_key="old", session_data="", expire_date=timezone.now() - timedelta(days=1))
    invited = invite(by=None, email="never@example.org", organisation=heidelberg, role=Role.VIEWER)
    Invitation.objects.filter(pk=invited.invitation.pk).update(expires=timezone.now() - timedelta(days=31))
    Client().post("/de/account/login/", {"login": officer.email, "password": PHRASE})

    assert not Session.objects.filter(session_key="old").exists()
    assert not Invitation.objects.exists()
