"""Letters: in the guest's language, once each, with nothing in them but what is meant; and the log of what went."""

import pytest
from django.core import mail
from hypothesis import given
from hypothesis import strategies as st

from citytandem.findings import Code
from citytandem.web.accounts.models import AuditEntry, Role
from citytandem.web.events import mailings, post, seats
from citytandem.web.events.links import token_of
from citytandem.web.events.models import Delivery, Mailing, Registration, Seat, SentLetter
from citytandem.web.events.tasks import send_letters
from citytandem.words import Speech
from tests.web.events import an_event, days, network

SITE = "https://citytandem.example.org"
KEY = "a" * 32


@pytest.fixture
def organiser(person):
    return person(Role.COORDINATOR, network())


@pytest.fixture
def event(organiser):
    return an_event(organiser.memberships.get().organisation)


def guest(event, name: str = "Erika", **more) -> Registration:
    values = {"seat": Seat.COMING, "email": f"{abs(hash(name))}@example.org", "language": "de", **more}
    own = Registration.objects.create(event=event, name=name, **values)
    seats.renew_link(own)
    return own


def send(event) -> list[mail.EmailMessage]:
    send_letters.func(event.pk, site=SITE)
    return mail.outbox


@given(st.text(max_size=40), st.text(max_size=40))
def test_what_is_filled_in_is_never_filled_again(name, other):
    filled = post.fill("{name}|{event}|{no}", facts={"name": name, "event": other})

    assert filled == f"{name}|{other}|{{no}}"


@pytest.mark.parametrize("text", ["{naem}", "{name.__class__}", "{0}", "{}", "{event!r}", "{ name }"])
def test_an_unknown_placeholder_is_a_finding(text):
    assert [one.code for one in post.check_text("Subject", text)] == [Code.LETTER_PLACEHOLDER_UNKNOWN]


def test_known_placeholders_are_none():
    text = " ".join(f"{{{name}}}" for name in post.PLACEHOLDERS)

    assert post.check_text(text, text) == []


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "de", "ja", "zh-Hans", "da"])
@pytest.mark.parametrize("letter", [*(name for name in post.LETTERS if name != "own"), "link"])
def test_every_letter_reads_whole_in_every_language(event, letter, language):
    own = guest(event, "Erika Muster", language=language)
    draft = post.draft_letter(own, letter=letter, site=SITE)

    assert event.title in draft.subject
    assert "Erika Muster" in draft.text
    assert "{" not in draft.subject + draft.text + draft.after
    assert draft.address == f"{SITE}/{language.lower()}/events/guest/{token_of(own)}/"


@pytest.mark.django_db
def test_a_letter_goes_once_however_often_it_is_begun(event, organiser):
    guest(event)
    for _ in range(3):
        mailings.send_to_all(user=organiser, event=event, letter="reminder", key=KEY)
    for _ in range(2):
        letters = send(event)

    assert len(letters) == 1
    assert Mailing.objects.count() == 1
    assert SentLetter.objects.get().state == Delivery.DELIVERED


@pytest.mark.django_db
def test_a_second_reminder_goes_to_those_who_had_none_unless_it_is_wanted(event, organiser):
    guest(event, "A")
    mailings.send_to_all(user=organiser, event=event, letter="reminder", key=KEY)
    guest(event, "B")
    to_new = mailings.send_to_all(user=organiser, event=event, letter="reminder", key="b" * 32)
    to_all = mailings.send_to_all(user=organiser, event=event, letter="reminder", key="c" * 32, again=True)

    assert (to_new, to_all) == (1, 2)


@pytest.mark.django_db
def test_a_letter_that_was_begun_and_no_further_is_not_sent_again(event):
    row = post.queue_letter(guest(event), letter="reminder", key="x")
    SentLetter.objects.filter(pk=row.pk).update(state=Delivery.BEGUN)

    assert send(event) == []


@pytest.mark.django_db
def test_a_mail_server_that_is_away_stops_no_other_letter(event, monkeypatch):
    for name in ("A", "B"):
        post.queue_letter(guest(event, name), letter="reminder", key=name)
    tries = []

    def fail_first(self, fail_silently=False):
        tries.append(self)
        if len(tries) == 1:
            raise ConnectionRefusedError("mail.example.org said the whole text")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail_first)
    send_letters.func(event.pk, site=SITE)

    assert list(SentLetter.objects.order_by("pk").values_list("state", "error")) == [
        ("failed", "ConnectionRefusedError"),
        ("delivered", ""),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["Eve\r\nBcc: all@example.org", "Eve\nSubject: x", "<script>alert(1)</script>", "{link} {event}"]
)
def test_a_name_gets_into_no_header_and_runs_nowhere(event, organiser, name):
    guest(event, name, email="eve@example.org")
    mailings.send_to_all(user=organiser, event=event, letter="own", key=KEY, subject="Dear {name}", text="Hello {name}")
    letter = send(event)[0]

    assert "\n" not in letter.subject
    assert letter.to == ["eve@example.org"]
    assert letter.recipients() == ["eve@example.org"]
    assert letter.message()["Bcc"] is None
    assert "<script>" not in letter.alternatives[0][0]
    assert letter.body.count("/events/guest/") == 1


@pytest.mark.django_db
def test_the_log_keeps_no_text_and_no_address(event, organiser):
    guest(event, email="secret@example.org")
    mailings.send_to_all(user=organiser, event=event, letter="own", key=KEY, subject="S", text="Private words")
    send(event)
    log = str(list(SentLetter.objects.values())) + str(list(AuditEntry.objects.values("before", "after", "subject")))

    assert ("Private words" in log, "secret@" in log) == (False, False)


@pytest.mark.django_db
def test_too_many_letters_wait_for_tomorrow(event, organiser, monkeypatch):
    monkeypatch.setattr(mailings, "LETTERS_A_DAY", 1)
    guest(event, "A")
    guest(event, "B")
    with pytest.raises(mailings.NotReady) as stop:
        mailings.send_to_all(user=organiser, event=event, letter="reminder", key=KEY)

    assert [one.code for one in stop.value.findings] == [Code.LETTERS_TOO_MANY]
    assert not SentLetter.objects.exists()


@pytest.mark.django_db
def test_later_questions_go_only_to_those_who_agreed(event):
    guest(event, "A", consents=["contact_after"])
    guest(event, "B", consents=["photos"])
    guest(event, "C", consents=["contact_after"], attended=False)

    assert [one.name for one in post.recipients(event, letter="after_3")] == ["A"]
    assert [one.name for one in post.recipients(event, letter="thanks")] == ["A", "B"]


@pytest.mark.django_db
def test_the_page_shows_a_letter_before_it_goes_and_hides_the_link(browser_of, event, organiser):
    own = guest(event, "Erika")
    browser, here = browser_of(organiser), f"/en/workspace/{event.organisation_id}/events/{event.pk}/letters/own/"
    looked = browser.post(here, {"key": KEY, "subject": "S {name}", "text": "T {link}", "guest": own.pk, "look": "1"})
    wrong = browser.post(here, {"key": KEY, "subject": "S", "text": "{naem}", "send": "1"})
    nothing_went = len(mail.outbox)
    browser.post(here, {"key": KEY, "subject": "S {name}", "text": "T", "send": "1"})
    browser.post(here, {"key": KEY, "subject": "S {name}", "text": "T", "send": "1"})

    assert "S Erika" in looked.content.decode()
    assert token_of(own) not in looked.content.decode()
    assert (wrong.status_code, nothing_went) == (422, 0)
    assert [one.subject for one in mail.outbox] == ["S Erika"]


@pytest.mark.django_db
def test_an_editor_looks_and_a_publisher_sends(browser_of, person, heidelberg):
    event = an_event(heidelberg)
    guest(event)
    here = f"/en/workspace/{heidelberg.pk}/events/{event.pk}/letters/reminder/"
    browser_of(person(Role.EDITOR, heidelberg)).post(here, {"key": KEY, "send": "1"})
    before = SentLetter.objects.count()
    browser_of(person(Role.PUBLISHER, heidelberg)).post(here, {"key": KEY, "send": "1"})

    assert (before, SentLetter.objects.count()) == (0, 1)


@pytest.mark.django_db
def test_who_was_coming_hears_of_a_cancelled_event(browser_of, event, organiser):
    guest(event, language="en")
    browser_of(organiser).post(f"/en/workspace/{event.organisation_id}/events/{event.pk}/move/cancel/", {"version": 1})

    assert [one.subject for one in mail.outbox] == [Speech("en").sentence("mail.event_cancellation.subject", event=event.title)]


@pytest.mark.django_db
def test_a_day_brings_reminders_questions_and_forgetting_once(organiser):
    from citytandem.web.events.follow import tend_events

    team = organiser.memberships.get().organisation
    soon = an_event(team, title="Soon", starts=days(5), ends=days(5))
    held = an_event(team, title="Held", starts=days(-95), ends=days(-95), state="held")
    old = an_event(team, title="Old", starts=days(-500), ends=days(-500), state="held")
    guest(soon, "A")
    guest(held, "B", consents=["contact_after"])
    guest(old, "C", keep_until=days(-100))
    first = tend_events(on=days(0), site=SITE)
    second = tend_events(on=days(0), site=SITE)

    assert (first, second) == ({"letters": 2, "forgotten": 1}, {"letters": 0, "forgotten": 0})
    assert sorted(SentLetter.objects.values_list("letter", flat=True)) == ["after_3", "reminder"]
    assert len(mail.outbox) == 2
