"""The way in for the very first person: a command that prints an address."""

from io import StringIO

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client

from citytandem.web.accounts.models import Kind, Organisation, Role, User

pytestmark = pytest.mark.django_db
PHRASE = "fahrrad-regen-42-laterne"


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


def invited(*words: str) -> str:
    """The path in the address the command prints last."""
    out = StringIO()
    call_command("invite", *words, "--address", "https://site.example/", stdout=out)

    return out.getvalue().strip().splitlines()[-1].removeprefix("https://site.example")


def come_in(path: str) -> Client:
    browser = Client()
    browser.get(path)
    browser.post(path[:4] + "account/signup/", {"name": "First", "password1": PHRASE, "password2": PHRASE})

    return browser


def test_the_first_person_runs_the_site():
    browser = come_in(invited("first@example.org", "--operator", "--language", "de"))
    user = User.objects.get()

    assert (user.is_operator, user.is_superuser, user.language) == (True, False, "de")
    assert browser.get("/de/operate/").status_code == 200


def test_the_first_person_of_a_city_opens_its_organisation():
    come_in(invited("first@example.org", "--organisation", "JP-14100", "--language", "ja"))
    made = Organisation.objects.get()

    assert (made.kind, made.city, made.name) == (Kind.CITY, "JP-14100", "横浜市")
    assert made.memberships.get().role == Role.ADMIN


def test_an_organisation_is_named_by_its_number(heidelberg):
    come_in(invited("first@example.org", "--organisation", str(heidelberg.pk), "--role", "editor"))

    assert heidelberg.memberships.get().role == Role.EDITOR


@pytest.mark.parametrize(
    "words",
    [
        ("first", "--operator"),
        ("first@example.org",),
        ("first@example.org", "--operator", "--language", "tlh"),
        ("first@example.org", "--organisation", "XX-1"),
        ("first@example.org", "--organisation", "999"),
        ("first@example.org", "--organisation", "DE-08221000", "--role", "coordinator"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(words):
    with pytest.raises(CommandError):
        call_command("invite", *words)
