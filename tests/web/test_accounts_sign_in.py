"""Signing in and out, new passwords and addresses, codes and keys, and everybody who guesses."""

import html
import re

import pyotp
import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.test import Client

from citytandem.web.accounts.models import AuditEntry, Role, User
from citytandem.words import Speech

pytestmark = pytest.mark.django_db
PHRASE = "a long enough phrase"
NEW = "laterne-42-fahrrad-regen"


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


@pytest.fixture
def officer(person, heidelberg):
    user = person(Role.EDITOR, heidelberg, email="officer@example.org", language="de")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)

    return user


def said(key: str, **facts) -> str:
    return html.escape(Speech("de").sentence(key, **facts))


def sign_in(browser, email="officer@example.org", password=PHRASE, *, then=""):
    return browser.post(f"/de/account/login/{then}", {"login": email, "password": password})


def address_in(letter) -> str:
    found = re.search(r"http://testserver(/\S+)", letter.body)
    assert found

    return found[1]


def confirm_it_is_me(browser):
    browser.post("/de/account/reauthenticate/", {"password": PHRASE})


def connect_app(browser) -> pyotp.TOTP:
    """Connect an authenticator app; returns the app."""
    confirm_it_is_me(browser)
    page = browser.get("/de/account/2fa/totp/activate/").content.decode()
    app = pyotp.TOTP(re.search(r"<code>(\w+)</code>", page)[1])
    browser.post("/de/account/2fa/totp/activate/", {"code": app.now()})

    return app


def test_the_key_of_the_session_changes_at_sign_in(officer):
    browser = Client()
    browser.post("/de/account/password/reset/", {"email": officer.email})
    planted = browser.session
    planted["planted"] = 1
    planted.save()
    before = browser.session.session_key
    sign_in(browser)

    assert browser.session["_auth_user_id"] == str(officer.pk)
    assert browser.session.session_key != before


def test_signing_out_ends_the_session_and_asks_first(officer):
    browser = Client()
    sign_in(browser)
    asked = browser.get("/de/account/logout/")
    key = browser.session.session_key
    browser.post("/de/account/logout/")

    assert said("web.sign_out.text") in asked.content.decode()
    assert not browser.session.exists(key)


def test_a_wrong_password_and_an_unknown_address_are_told_in_the_same_words(officer):
    known = sign_in(Client(), password="wrong").content.decode()
    unknown = sign_in(Client(), email="nobody@example.org", password="wrong").content.decode()

    def errors(page):
        return re.findall(r'<ul class="errorlist.*?</ul>', page, re.DOTALL)

    assert errors(known) == errors(unknown) != []


def test_guessing_one_persons_password_is_stopped_even_with_the_right_one(officer):
    for _ in range(5):
        sign_in(Client(), password="wrong")
    browser = Client()
    sign_in(browser)

    assert "_auth_user_id" not in browser.session


def test_trying_one_password_on_many_people_is_stopped(officer):
    for number in range(20):
        sign_in(Client(), email=f"p{number}@example.org", password="summer2026!")
    browser = Client()
    sign_in(browser)

    assert "_auth_user_id" not in browser.session


def test_a_forwarded_address_does_not_reset_the_count(officer):
    for number in range(20):
        Client().post(
            "/de/account/login/",
            {"login": f"p{number}@example.org", "password": "x"},
            headers={"X-Forwarded-For": f"10.0.0.{number}"},
        )
    browser = Client()
    sign_in(browser)

    assert "_auth_user_id" not in browser.session


def test_nobody_is_sent_elsewhere_after_signing_in(officer):
    answer = sign_in(Client(), then="?next=https://evil.example/")

    assert answer["Location"] == "/de/workspace/"


def test_a_forged_form_does_not_sign_anybody_in(officer):
    browser = Client(enforce_csrf_checks=True)

    assert sign_in(browser).status_code == 403


def test_who_is_switched_off_does_not_come_in(officer):
    User.objects.update(is_active=False)
    browser = Client()
    sign_in(browser)

    assert "_auth_user_id" not in browser.session


def test_a_new_password_is_chosen_by_the_letter_once(officer):
    browser = Client()
    browser.post("/de/account/password/reset/", {"email": officer.email})
    address = address_in(mail.outbox[0])
    form = browser.get(address, follow=True)
    path = form.redirect_chain[-1][0]
    done = browser.post(path, {"password1": NEW, "password2": NEW}, follow=True)
    again = Client().get(address, follow=True)
    fresh = Client()
    sign_in(fresh, password=NEW)

    assert mail.outbox[0].subject == Speech("de").label("mail.password_reset.subject")
    assert "/de/account/" in address
    assert said("web.password.reset_finished") in done.content.decode()
    assert said("web.password.reset_failed") in again.content.decode()
    assert fresh.session["_auth_user_id"] == str(officer.pk)
    assert mail.outbox[1].subject == Speech("de").label("mail.password_changed.subject")


def test_asking_for_a_new_password_tells_a_stranger_nothing(officer):
    known = Client().post("/de/account/password/reset/", {"email": officer.email}, follow=True)
    unknown = Client().post("/de/account/password/reset/", {"email": "nobody@example.org"}, follow=True)

    assert known.redirect_chain == unknown.redirect_chain
    assert known.content == unknown.content
    assert [letter.to for letter in mail.outbox] == [[officer.email]]


def test_a_mail_server_that_is_away_tells_a_stranger_nothing_either(officer, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1
    answer = Client().post("/de/account/password/reset/", {"email": officer.email})

    assert answer.status_code == 302


def test_letters_for_new_passwords_are_limited(officer):
    answers = [Client().post("/de/account/password/reset/", {"email": officer.email}) for _ in range(6)]

    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert said("web.sign_in.too_many.title") in answers[-1].content.decode()
    assert len(mail.outbox) == 5


def test_changing_the_password_ends_other_sessions_and_is_told(officer):
    here, there = Client(), Client()
    sign_in(here)
    sign_in(there)
    confirm_it_is_me(here)
    here.post("/de/account/password/change/", {"oldpassword": PHRASE, "password1": NEW, "password2": NEW})

    assert here.get("/de/me/").status_code == 200
    assert there.get("/de/me/").status_code == 302
    assert mail.outbox[-1].subject == Speech("de").label("mail.password_changed.subject")
    assert AuditEntry.objects.filter(action="person.password_changed", user=officer).exists()


@pytest.mark.parametrize("weak", ["short", "123456789012345", "officer@example.org"])
def test_a_weak_password_is_refused(officer, weak):
    browser = Client()
    sign_in(browser)
    confirm_it_is_me(browser)
    browser.post("/de/account/password/change/", {"oldpassword": PHRASE, "password1": weak, "password2": weak})
    officer.refresh_from_db()

    assert officer.check_password(PHRASE)


def test_a_new_address_counts_once_its_letter_is_opened(officer):
    browser = Client()
    sign_in(browser)
    confirm_it_is_me(browser)
    browser.post("/de/account/email/", {"email": "new@example.org", "action_add": ""})
    officer.refresh_from_db()
    before = officer.email
    letter = next(letter for letter in mail.outbox if letter.to == ["new@example.org"])
    page = browser.get(address_in(letter))
    browser.post(address_in(letter))
    officer.refresh_from_db()

    assert (before, officer.email) == ("officer@example.org", "new@example.org")
    assert said("web.email.confirm_text", email="new@example.org") in page.content.decode()
    assert any(letter.to == ["officer@example.org"] for letter in mail.outbox)


def test_an_address_of_somebody_else_is_not_told_to_be_taken(officer, person):
    other = person(email="other@example.org")
    EmailAddress.objects.create(user=other, email=other.email, verified=True, primary=True)
    browser = Client()
    sign_in(browser)
    confirm_it_is_me(browser)
    taken = browser.post("/de/account/email/", {"email": other.email, "action_add": ""})
    free = browser.post("/de/account/email/", {"email": "free@example.org", "action_add": ""})

    assert (taken.status_code, taken["Location"]) == (free.status_code, free["Location"])


def test_an_app_guards_the_account(officer, django_capture_on_commit_callbacks):
    browser = Client()
    sign_in(browser)
    with django_capture_on_commit_callbacks(execute=True):
        app = connect_app(browser)
    fresh = Client()
    halfway = sign_in(fresh)
    in_yet = "_auth_user_id" in fresh.session
    cache.clear()  # the same code does not count twice within its half minute; here it is as if time had passed
    fresh.post("/de/account/2fa/authenticate/", {"code": app.now()})

    assert halfway["Location"].startswith("/de/account/2fa/authenticate/")
    assert not in_yet
    assert fresh.session["_auth_user_id"] == str(officer.pk)
    assert mail.outbox[0].subject == Speech("de").label("mail.second_factor_added.subject")


def test_a_code_of_the_app_counts_once(officer):
    browser = Client()
    sign_in(browser)
    app = connect_app(browser)
    cache.clear()
    code = app.now()
    first, second = Client(), Client()
    for one in (first, second):
        sign_in(one)
        one.post("/de/account/2fa/authenticate/", {"code": code})

    assert "_auth_user_id" in first.session
    assert "_auth_user_id" not in second.session


def test_guessing_codes_is_stopped_even_with_the_right_one(officer):
    browser = Client()
    sign_in(browser)
    app = connect_app(browser)
    cache.clear()
    guesser = Client()
    sign_in(guesser)
    for guess in range(5):
        guesser.post("/de/account/2fa/authenticate/", {"code": f"00000{guess}"})
    guesser.post("/de/account/2fa/authenticate/", {"code": app.now()})

    assert "_auth_user_id" not in guesser.session


def test_a_recovery_code_lets_in_once(officer):
    browser = Client()
    sign_in(browser)
    connect_app(browser)
    page = browser.get("/de/account/2fa/recovery-codes/").content.decode()
    code = re.findall(r"<code>(\d+)</code>", page)[0]
    first, second = Client(), Client()
    for one in (first, second):
        sign_in(one)
        one.post("/de/account/2fa/authenticate/", {"code": code})

    assert "_auth_user_id" in first.session
    assert "_auth_user_id" not in second.session


def test_disconnecting_the_app_asks_who_it_is_and_is_told(officer):
    browser = Client()
    sign_in(browser)
    connect_app(browser)
    stale = browser.session
    stale["account_authentication_methods"] = []
    stale.save()
    asked = browser.post("/de/account/2fa/totp/deactivate/")
    confirm_it_is_me(browser)
    browser.post("/de/account/2fa/totp/deactivate/")

    assert "reauthenticate" in asked["Location"]
    assert not Authenticator.objects.filter(user=officer, type="totp").exists()
    assert mail.outbox[-1].subject == Speech("de").label("mail.second_factor_removed.subject")


def test_the_page_of_recovery_codes_is_hidden_from_who_has_not_confirmed(officer):
    browser = Client()
    sign_in(browser)
    connect_app(browser)
    stale = browser.session
    stale["account_authentication_methods"] = []
    stale.save()
    page = browser.get("/de/account/2fa/recovery-codes/", follow=True).content.decode()
    codes = re.findall(r"<code>(\d+)</code>", page)

    assert codes == []


PAGES_BEFORE = ("login/", "password/reset/", "password/reset/done/", "signup/", "inactive/", "confirm-email/")
PAGES_AFTER = (
    "logout/", "email/", "password/change/", "reauthenticate/", "2fa/", "2fa/totp/activate/", "2fa/webauthn/",
    "2fa/webauthn/add/", "2fa/recovery-codes/generate/", "2fa/reauthenticate/",
)  # fmt: skip


@pytest.mark.parametrize("language", ["en", "de", "ja", "zh-hans", "da"])
@pytest.mark.parametrize("page", PAGES_BEFORE)
def test_pages_before_sign_in_stand_in_our_frame_in_every_language(page, language):
    answer = Client().get(f"/{language}/account/{page}")
    text = answer.content.decode()

    assert answer.status_code == 200
    assert '<main id="main"' in text
    assert "style=" not in text.replace('rel="stylesheet"', "")


@pytest.mark.parametrize("page", PAGES_AFTER)
def test_pages_after_sign_in_stand_in_our_frame(officer, page):
    browser = Client()
    sign_in(browser)
    if "generate" in page or "2fa/reauthenticate" in page:
        connect_app(browser)
    confirm_it_is_me(browser)
    text = browser.get(f"/de/account/{page}").content.decode()

    assert '<main id="main"' in text
    assert not re.search(r"<script(?![^>]*(src=|application/json))", text)
    assert not re.search(r'\sstyle="', text)
