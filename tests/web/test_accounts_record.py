"""The record of what was done: only ever added to, read in words, narrowed down, taken along."""

import ast
import csv
import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from citytandem.web import accounts
from citytandem.web.accounts.actions import record
from citytandem.web.accounts.models import AppendOnly, AuditEntry, Role
from citytandem.words import Speech
from citytandem.words.labels import LABELS

pytestmark = pytest.mark.django_db
WEB = Path(accounts.__file__).parent.parent


def rows_of(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_what_was_written_down_is_neither_changed_nor_taken_away(heidelberg, person):
    entry = record(user=person(), action="member.joined", organisation=heidelberg)
    entry.action = "something.else"

    with pytest.raises(AppendOnly):
        entry.save()
    with pytest.raises(AppendOnly):
        entry.delete()
    with pytest.raises(AppendOnly):
        AuditEntry.objects.filter(pk=entry.pk).update(action="something.else")
    with pytest.raises(AppendOnly):
        AuditEntry.objects.bulk_update([entry], ["action"])
    with pytest.raises(AppendOnly):
        AuditEntry.objects.all().delete()
    assert AuditEntry.objects.get().action == "member.joined"


def test_the_page_says_who_did_what_in_words(browser_of, heidelberg, person):
    admin = person(Role.ADMIN, heidelberg, name="Clara Probe")
    record(user=admin, action="member.joined", organisation=heidelberg, subject=f"person:{admin.pk}", after={"role": "admin"})
    record(user=None, action="organisation.created", organisation=heidelberg)
    page = browser_of(admin).get(f"/de/workspace/{heidelberg.pk}/record/").content.decode()

    assert page.count("Clara Probe") >= 2
    assert Speech("de").label("audit.member.joined") in page
    assert Speech("de").label("web.audit.site") in page
    assert "role: admin" in page


def test_an_action_without_words_is_shown_as_it_is(browser_of, heidelberg, person):
    admin = person(Role.ADMIN, heidelberg)
    record(user=admin, action="stage.set_aside", organisation=heidelberg)
    page = browser_of(admin).get(f"/de/workspace/{heidelberg.pk}/record/").content.decode()

    assert "stage.set aside" in page


def test_the_record_is_narrowed_down_by_what_who_and_when(browser_of, heidelberg, person):
    admin, editor = person(Role.ADMIN, heidelberg), person(Role.EDITOR, heidelberg)
    old = record(user=editor, action="balance.published", organisation=heidelberg)
    AuditEntry._base_manager.filter(pk=old.pk).update(at=timezone.now() - timedelta(days=40))
    record(user=admin, action="balance.published", organisation=heidelberg)
    record(user=admin, action="member.left", organisation=heidelberg)
    browser = browser_of(admin)

    def count(query: str) -> int:
        return len(rows_of(browser.get(f"/de/workspace/{heidelberg.pk}/record/csv/?{query}"))) - 1

    today = timezone.now().date()

    assert count("") == 3
    assert count("action=balance.published") == 2
    assert count(f"person={editor.pk}") == 1
    assert count(f"since={today - timedelta(days=7)}") == 2
    assert count(f"until={today - timedelta(days=7)}") == 1
    assert count(f"since={today}&until={today}") == 2
    assert count("since=nonsense&until=2026-13-45&person=me") == 3


def test_the_record_of_another_organisation_stays_there(browser_of, heidelberg, person):
    record(user=None, action="elsewhere", organisation=None)
    answer = browser_of(person(Role.ADMIN, heidelberg)).get(f"/de/workspace/{heidelberg.pk}/record/csv/")

    assert rows_of(answer) == [["at", "who", "action", "subject", "city", "before", "after"]]


def test_a_spreadsheet_takes_nothing_in_the_record_for_a_formula(browser_of, heidelberg, person):
    admin = person(Role.ADMIN, heidelberg, name='=HYPERLINK("https://evil.example")')
    record(user=admin, action="comment.added", organisation=heidelberg, subject="-2+3", after="@SUM(A1)")
    row = rows_of(browser_of(admin).get(f"/de/workspace/{heidelberg.pk}/record/csv/"))[1]

    assert [row[1][:2], row[3], row[6]] == ["'=", "'-2+3", "'@SUM(A1)"]


@pytest.mark.parametrize("count", [1, 3])
def test_many_entries_ask_the_database_no_more_than_one(browser_of, heidelberg, person, count, django_assert_max_num_queries):
    admin = person(Role.ADMIN, heidelberg)
    for number in range(count):
        user = person(Role.EDITOR, heidelberg, email=f"p{number}@example.org")
        record(user=user, action="member.joined", organisation=heidelberg, subject=f"person:{user.pk}")
    browser = browser_of(admin)
    with django_assert_max_num_queries(13):
        answer = browser.get(f"/de/workspace/{heidelberg.pk}/record/")

    assert answer.status_code == 200


def test_pages_of_a_hundred(browser_of, heidelberg, person):
    admin = person(Role.ADMIN, heidelberg)
    for _ in range(101):
        record(user=admin, action="balance.published", organisation=heidelberg)
    browser = browser_of(admin)
    first = browser.get(f"/de/workspace/{heidelberg.pk}/record/?action=balance.published").content.decode()
    second = browser.get(f"/de/workspace/{heidelberg.pk}/record/?action=balance.published&page=2").content.decode()

    assert "action=balance.published&amp;page=2" in first
    assert second.count('<th scope="row">') == 1


def test_whatever_is_written_down_has_words_on_the_page():
    actions = {
        given.value.value
        for file in WEB.rglob("*.py")
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "record"
        for given in call.keywords
        if given.arg == "action" and isinstance(given.value, ast.Constant)
    }

    assert {action for action in actions if f"audit.{action}" not in LABELS} == set()
    assert "member.invited" in actions
