"""What tests of the site share: people with roles, and their browsers."""

import pytest
from django.test import Client
from django.utils import translation

from citytandem.web.accounts.models import Kind, Membership, Organisation, Role, User


@pytest.fixture(autouse=True)
def _english():
    """A request leaves its language behind in the thread; the next test begins in English again."""
    translation.activate("en")


@pytest.fixture
def heidelberg(db) -> Organisation:
    return Organisation.objects.create(
        kind=Kind.CITY, name="Stadt Heidelberg (invented team)", city="DE-08221000", is_invented=True
    )


@pytest.fixture
def person(db):
    """Makes an invented person, with a role in an organisation if one is named."""

    def make(role: Role | None = None, organisation: Organisation | None = None, *, email: str = "", **more) -> User:
        user = User.objects.create_user(
            email or f"{role or 'stranger'}@example.org", "a long enough phrase", is_invented=True, **more
        )
        if role and organisation:
            Membership.objects.create(user=user, organisation=organisation, role=role)
        return user

    return make


@pytest.fixture
def browser_of():
    """A browser in which a person is signed in."""

    def open_as(user: User | None) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return open_as
