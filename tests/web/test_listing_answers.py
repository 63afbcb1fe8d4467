"""Whoever is signed in can write to the team of a listing; the letter names its writer, and nothing of it is kept."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from citytandem.web.accounts.models import AuditEntry, Role
from citytandem.web.partnerships.models import Listing

pytestmark = pytest.mark.django_db


@pytest.fixture
def listing(heidelberg):
    return Listing.objects.create(
        organisation=heidelberg, kind="need", topic="energy", title="Abwärme nutzen", text="Wer hat es getan?", language="de",
        state="published", published=timezone.now(), valid_until=timezone.now().date() + timedelta(days=90),
    )  # fmt: skip


@pytest.fixture
def writer(person, browser_of):
    cache.clear()
    return browser_of(person(email="writer@example.org", name="Writer Wanda"))


def test_a_letter_reaches_those_who_work_for_the_team_and_names_its_writer(listing, heidelberg, person, writer):
    person(Role.EDITOR, heidelberg, email="editor@example.org")
    person(Role.VIEWER, heidelberg, email="viewer@example.org")
    writer.post(f"/en/board/{listing.pk}/answer/", {"text": "We have done it.\nShall we talk?"})

    assert [letter.to for letter in mail.outbox] == [["editor@example.org"]]
    assert all(
        part in mail.outbox[0].body for part in ("Writer Wanda", "writer@example.org", "We have done it.", "Abwärme nutzen")
    )


def test_the_record_says_that_a_letter_was_written_and_not_what(listing, heidelberg, person, writer):
    person(Role.EDITOR, heidelberg, email="editor@example.org")
    writer.post(f"/en/board/{listing.pk}/answer/", {"text": "Confidential words"})
    entry = AuditEntry.objects.get(action="listing.answered")

    assert "Confidential" not in str(entry.before) + str(entry.after)


def test_nobody_writes_more_than_ten_letters_a_day(listing, heidelberg, person, writer):
    person(Role.EDITOR, heidelberg, email="editor@example.org")
    for _ in range(12):
        writer.post(f"/en/board/{listing.pk}/answer/", {"text": "Again"})

    assert len(mail.outbox) == 10


def test_an_empty_letter_is_refused_and_an_unknown_team_is_told(listing, writer):
    empty = writer.post(f"/en/board/{listing.pk}/answer/", {"text": " "})
    alone = writer.post(f"/en/board/{listing.pk}/answer/", {"text": "Hello"}, follow=True)

    assert empty.status_code == 422
    assert "Nobody of this team could be reached" in alone.content.decode()


def test_a_listing_says_how_to_answer_it_and_asks_to_sign_in_first(listing):
    page = Client().get(f"/en/board/{listing.pk}/").content.decode()
    answer = Client().get(f"/en/board/{listing.pk}/answer/")

    assert f"/en/account/login/?next=/en/board/{listing.pk}/answer/" in page
    assert answer.status_code == 302


def test_a_withdrawn_listing_takes_no_letters(listing, writer):
    Listing.objects.update(state="withdrawn")

    assert writer.get(f"/en/board/{listing.pk}/answer/").status_code == 404
