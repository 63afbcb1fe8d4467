"""Coming in by invitation: the letter, its address, the seat, and everybody it does not let in."""

import hashlib
import html
import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from citytandem.web.accounts.invitations import invite
from citytandem.web.accounts.models import AuditEntry, Invitation, Role, User
from citytandem.words import Speech

pytestmark = pytest.mark.django_db
PHRASE = "fahrrad-regen-42-laterne"


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


def said(key: str, **facts) -> str:
    """A sentence of the site in German, as it stands in a page."""
    return html.escape(Speech("de").sentence(key, **facts))


def address_in(letter) -> str:
    found = re.search(r"http://testserver(/\S+)", letter.body)
    assert found

    return found[1]


@pytest.fixture
def admin(person, heidelberg):
    return person(Role.ADMIN, heidelberg, name="Clara Probe")


def send(browser, organisation, **more):
    data = {"email": "neu@example.org", "role": Role.EDITOR, "language": "de", **more}
    return browser.post(f"/de/workspace/{organisation.pk}/people/invite/", data, follow=True)


def sign_up(browser, **more):
    data = {"name": "Neu Hier", "password1": PHRASE, "password2": PHRASE, **more}
    return browser.post("/de/account/signup/", data)


def test_an_officer_comes_in_by_the_letter_an_administrator_sends(browser_of, admin, heidelberg):
    told = send(browser_of(admin), heidelberg)
    (letter,) = mail.outbox
    browser = Client()
    opened = browser.get(address_in(letter), follow=True)
    form = browser.get("/de/account/signup/")
    joined = sign_up(browser, email="neu@example.org")
    user = User.objects.get(email="neu@example.org")

    assert said("web.people.invited", email="neu@example.org") in told.content.decode()
    assert letter.to == ["neu@example.org"]
    assert letter.subject == Speech("de").sentence("mail.invitation.subject", organisation=heidelberg.name)
    assert letter.alternatives[0].mimetype == "text/html"
    assert opened.redirect_chain == [("/de/invitation/", 302)]
    assert heidelberg.name in opened.content.decode()
    assert 'value="neu@example.org"' in form.content.decode()
    assert joined["Location"] == "/de/workspace/"
    assert browser.get("/de/workspace/", follow=True).redirect_chain == [(f"/de/workspace/{heidelberg.pk}/", 302)]
    assert (user.name, user.language, user.memberships.get().role) == ("Neu Hier", "de", Role.EDITOR)
    assert EmailAddress.objects.get(user=user).verified
    assert not Invitation.objects.exists()


def test_only_the_hash_of_a_token_is_kept(admin, heidelberg):
    invited = invite(by=admin, email="a@example.org", organisation=heidelberg, role=Role.VIEWER)
    kept = Invitation.objects.filter(pk=invited.invitation.pk).values().get()

    assert kept["token_sha256"] == hashlib.sha256(invited.token.encode()).hexdigest()
    assert invited.token not in str(kept)


def test_the_key_of_the_session_changes_when_somebody_comes_in(admin, heidelberg):
    invited = invite(by=admin, email="a@example.org", organisation=heidelberg, role=Role.VIEWER)
    browser = Client()
    browser.get(f"/de/invitation/{invited.token}/")
    before = browser.session.session_key
    sign_up(browser)

    assert browser.session["_auth_user_id"]
    assert browser.session.session_key != before


def test_an_address_lets_in_once(admin, heidelberg):
    invited = invite(by=admin, email="a@example.org", organisation=heidelberg, role=Role.VIEWER)
    first, second = Client(), Client()
    first.get(f"/de/invitation/{invited.token}/")
    second.get(f"/de/invitation/{invited.token}/")
    sign_up(first)
    late = sign_up(second)

    assert said("web.sign_up.closed.title") in late.content.decode()
    assert Client().get(f"/de/invitation/{invited.token}/").status_code == 404
    assert heidelberg.memberships.count() == 2


def test_an_address_that_is_too_old_opens_nothing_and_leaves_no_cookie(admin, heidelberg):
    invited = invite(by=admin, email="a@example.org", organisation=heidelberg, role=Role.VIEWER)
    Invitation.objects.update(expires=timezone.now() - timedelta(seconds=1))
    answer = Client().get(f"/de/invitation/{invited.token}/")

    assert answer.status_code == 404
    assert said("web.invitation.gone.title") in answer.content.decode()
    assert answer.cookies == {}


def test_an_invitation_ends_while_the_form_is_filled_in(admin, heidelberg):
    invited = invite(by=admin, email="a@example.org", organisation=heidelberg, role=Role.VIEWER)
    browser = Client()
    browser.get(f"/de/invitation/{invited.token}/")
    Invitation.objects.update(expires=timezone.now() - timedelta(seconds=1))
    sign_up(browser)

    assert not User.objects.filter(email="a@example.org").exists()


def test_a_withdrawn_invitation_opens_nothing(browser_of, admin, heidelberg):
    invited = invite(by=admin, email="a@example.org", organisation=heidelberg, role=Role.VIEWER)
    browser_of(admin).post(f"/de/workspace/{heidelberg.pk}/people/invitations/{invited.invitation.pk}/withdraw/")

    assert Client().get(f"/de/invitation/{invited.token}/").status_code == 404
    assert AuditEntry.objects.filter(action="member.invitation_withdrawn", user=admin).count() == 1


def test_a_second_invitation_of_the_same_address_ends_the_first(admin, heidelberg):
    first = invite(by=admin, email="a@example.org", organisation=heidelberg, role=Role.VIEWER)
    second = invite(by=admin, email="A@example.org", organisation=heidelberg, role=Role.EDITOR)

    assert Client().get(f"/de/invitation/{first.token}/").status_code == 404
    assert Client().get(f"/de/invitation/{second.token}/").status_code == 302


def test_the_address_of_an_account_is_the_one_invited_whatever_is_posted(admin, heidelberg):
    invited = invite(by=admin, email="a@example.org", organisation=heidelberg, role=Role.VIEWER)
    browser = Client()
    browser.get(f"/de/invitation/{invited.token}/")
    sign_up(browser, email="mayor@city.example", role=Role.ADMIN, is_operator="on", is_superuser="on")
    user = User.objects.get(email="a@example.org")

    assert not User.objects.filter(email="mayor@city.example").exists()
    assert (user.is_operator, user.is_superuser, user.memberships.get().role) == (False, False, Role.VIEWER)


def test_who_is_signed_in_joins_with_the_account_they_have(browser_of, person, admin, heidelberg):
    invited = invite(by=admin, email="work@example.org", organisation=heidelberg, role=Role.PUBLISHER)
    user = person()
    browser = browser_of(user)
    browser.get(f"/de/invitation/{invited.token}/")
    joined = browser.post("/de/invitation/")

    assert joined["Location"] == f"/de/workspace/{heidelberg.pk}/"
    assert heidelberg.memberships.get(user=user).role == Role.PUBLISHER


def test_who_has_an_account_signs_in_and_finds_the_invitation_again(person, admin, heidelberg):
    user = person(email="known@example.org")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    invited = invite(by=admin, email="known@example.org", organisation=heidelberg, role=Role.EDITOR)
    browser = Client()
    page = browser.get(f"/de/invitation/{invited.token}/", follow=True).content.decode()
    browser.post("/de/account/login/?next=/de/invitation/", {"login": user.email, "password": "a long enough phrase"})
    browser.post("/de/invitation/")

    assert said("web.invitation.has_account", email="known@example.org") in page
    assert heidelberg.memberships.get(user=user).role == Role.EDITOR


def test_a_member_keeps_the_role_they_have(browser_of, admin, heidelberg):
    invited = invite(by=admin, email="other@example.org", organisation=heidelberg, role=Role.VIEWER)
    browser = browser_of(admin)
    browser.get(f"/de/invitation/{invited.token}/")
    browser.post("/de/invitation/")

    assert heidelberg.memberships.get(user=admin).role == Role.ADMIN


@pytest.mark.parametrize("language", ["en", "de", "ja", "zh-hans", "da"])
def test_nobody_signs_up_without_an_invitation(language):
    browser = Client()
    answer = browser.post(f"/{language}/account/signup/", {"email": "x@example.org", "password1": PHRASE, "password2": PHRASE})

    assert not User.objects.exists()
    assert "password1" not in answer.content.decode()


def test_a_member_is_not_invited_again_and_the_form_says_why(browser_of, admin, heidelberg):
    answer = send(browser_of(admin), heidelberg, email=admin.email)

    assert answer.status_code == 422
    assert said("web.people.is_in_already") in answer.content.decode()


def test_a_coordinator_is_not_a_role_of_a_city(browser_of, admin, heidelberg):
    answer = send(browser_of(admin), heidelberg, role=Role.COORDINATOR)

    assert answer.status_code == 422
    assert mail.outbox == []


def test_nobody_can_flood_the_mail_of_strangers(browser_of, admin, heidelberg):
    browser = browser_of(admin)
    for number in range(31):
        last = send(browser, heidelberg, email=f"p{number}@example.org")

    assert len(mail.outbox) == 30
    assert said("web.people.too_many_invitations") in last.content.decode()


def test_a_letter_that_cannot_be_sent_is_told(browser_of, admin, heidelberg, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1
    answer = send(browser_of(admin), heidelberg)

    assert said("web.people.letter_failed", email="neu@example.org") in answer.content.decode()


def test_a_letter_has_one_subject_line_whatever_the_organisation_is_called(admin, heidelberg, browser_of):
    heidelberg.name = "Stadt\r\nBcc: all@example.org"
    heidelberg.save()
    send(browser_of(admin), heidelberg)

    assert "\n" not in mail.outbox[0].subject
    assert mail.outbox[0].bcc == []
