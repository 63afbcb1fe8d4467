"""Applications: sent once, changed until the deadline, decided with a reason; vetoes and people stay where they belong."""

import html

import pytest
from django.core import mail

from citytandem.web.accounts.models import AuditEntry, Kind, Membership, Organisation, Role
from citytandem.web.accounts.personal import erase_person, gather_personal_data
from citytandem.web.programmes import applying
from citytandem.web.programmes.models import Application, Contact
from citytandem.words import Speech
from tests.web.programmes import apply_for, fill_call, make_call, make_network, make_team

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def network(db) -> Organisation:
    return make_network()


@pytest.fixture
def call(network):
    return make_call(network)


@pytest.fixture
def editor(person, heidelberg):
    return person(Role.EDITOR, heidelberg, language="de")


def form(**more) -> dict[str, object]:
    values = {
        "version": "0", "learns": "Wie wird Abwärme genutzt?", "offers": "Unser Passivhaus-Quartier.", "text_language": "de",
        "learns_measures": ["E04"], "offers_measures": ["B09"], "actor": "city", "languages": ["de", "en"], "capacity": "1",
        "wish_1": "Aarhus", "veto_1": "横浜市", "contact_1_name": "Anna Beispiel", "contact_1_email": "anna@city.example",
    }  # fmt: skip
    return values | more


def here(organisation, call, rest: str = "") -> str:
    return f"/de/workspace/{organisation.pk}/applications/{call.pk}/{rest}"


def test_a_draft_is_kept_then_sent_once_with_one_letter(browser_of, editor, heidelberg, call):
    browser = browser_of(editor)
    browser.post(here(heidelberg, call), form(offers=""))
    draft = Application.objects.get()
    browser.post(here(heidelberg, call), form(version="1", send="1"))
    sent = Application.objects.get()
    again = [browser.post(here(heidelberg, call, "send/"), {"version": str(sent.version)}).status_code for _ in range(2)]

    assert (draft.state, sent.state, Application.objects.get().version) == ("draft", "sent", sent.version)
    assert again == [302, 302]
    assert len(mail.outbox) == 1
    assert "Zwillinge für Wärme" in mail.outbox[0].subject
    assert (sent.wishes, sent.vetoes) == (["DK-0751"], ["JP-14100"])
    assert AuditEntry.objects.filter(action="application.sent").count() == 1


def test_what_is_missing_is_said_and_nothing_is_sent(browser_of, editor, heidelberg, call):
    told = browser_of(editor).post(
        here(heidelberg, call), form(offers="", contact_1_name="", contact_1_email="", send="1"), follow=True
    )

    assert html.escape(Speech("de").label("web.application.lacks.offers")) in told.content.decode()
    assert Application.objects.get().state == "draft"
    assert mail.outbox == []


@pytest.mark.parametrize(
    "wrong",
    [{"wish_1": "Nirgendwostadt"}, {"veto_1": "Aarhus"}, {"wish_1": "Heidelberg"}, {"capacity": "99"}, {"languages": ["xx"]},
     {"learns_measures": ["X99"]}, {"contact_1_email": "no"}, {"contact_1_name": ""}, {"actor": "business"}],
)  # fmt: skip
def test_what_cannot_be_is_refused(browser_of, editor, heidelberg, call, wrong):
    told = browser_of(editor).post(here(heidelberg, call), form(**wrong))

    assert told.status_code == 422
    assert not Application.objects.exists()


def test_what_is_not_asked_for_is_not_taken(browser_of, editor, heidelberg, call):
    other = make_team("DK-0751")
    more = {"state": "eligible", "organisation": other.pk, "programme": 99, "checks": "[]", "reason": "x", "sent": "2020-01-01"}
    browser_of(editor).post(here(heidelberg, call), form(**more))
    own = Application.objects.get()

    assert (own.state, own.organisation, own.programme, own.sent, own.reason) == ("draft", heidelberg, call, None, "")


def test_a_sent_application_may_be_changed_and_is_looked_at_anew(browser_of, editor, heidelberg, call):
    own = apply_for(call, team=heidelberg)
    before = own.state
    browser_of(editor).post(here(heidelberg, call), form(version=str(own.version), learns="Anders"))
    emptied = browser_of(editor).post(here(heidelberg, call), form(version=str(own.version + 1), learns=""))
    late = browser_of(editor).post(here(heidelberg, call), form(version="1", learns="Zu spät"))
    own.refresh_from_db()

    assert (before, own.state, own.learns) == ("eligible", "sent", "Anders")
    assert (emptied.status_code, late.status_code) == (422, 409)


def test_a_refusal_has_a_reason_and_the_team_may_reply(browser_of, person, editor, heidelberg, network, call):
    own = apply_for(call, team=heidelberg, lets_in=False)
    coordinator, room = (
        browser_of(person(Role.COORDINATOR, network)),
        f"/de/workspace/{network.pk}/programmes/{call.pk}/applications/",
    )
    coordinator.post(f"{room}{own.pk}/", {"version": str(own.version), "decision": "refuse", "reason": ""})
    silent = Application.objects.get().state
    coordinator.post(f"{room}{own.pk}/", {"version": str(own.version), "decision": "refuse", "reason": "Zu klein"})
    page = browser_of(editor).get(here(heidelberg, call)).content.decode()
    version = str(Application.objects.get().version)
    browser_of(editor).post(here(heidelberg, call, "reply/"), {"version": version, "reply": "Wir sind größer."})
    answered = coordinator.get(f"{room}{own.pk}/").content.decode()
    desk = coordinator.get(f"/de/workspace/{network.pk}/").content.decode()

    assert silent == "sent"
    assert "Zu klein" in page
    assert "Wir sind größer." in answered
    assert Speech("de").label("desk.programme_replies.text") in desk
    assert "Zu klein" in mail.outbox[-1].body


def test_all_that_meet_every_rule_are_let_in_at_once(network, call):
    call.countries = ["DE"]
    call.save()
    apply_for(call, team=make_team("DE-08221000"), lets_in=False)
    apply_for(call, team=make_team("DK-0751"), lets_in=False)

    assert applying.let_in_all(user=None, programme=call) == 1
    assert list(Application.objects.order_by("pk").values_list("state", flat=True)) == ["eligible", "sent"]


def test_vetoes_and_contacts_are_seen_by_the_team_and_the_coordinators_alone(browser_of, person, network, heidelberg, call):
    apply_for(call, team=heidelberg, vetoes=["DK-0751"], offers="Geheimnis")
    aarhus = make_team("DK-0751")
    apply_for(call, team=aarhus, number=1)
    outsider, other = browser_of(None), browser_of(person(Role.ADMIN, aarhus, email="aarhus@example.org"))
    network_here = f"/en/workspace/{network.pk}/programmes/{call.pk}/applications/"
    own = Application.objects.get(organisation=heidelberg)
    theirs = f"/en/workspace/{aarhus.pk}/"
    addresses = (
        "/en/programmes/", f"/en/programmes/{call.pk}/", "/en/board/", "/en/cities/DE-08221000/partners/", theirs,
        f"{theirs}applications/", f"{theirs}applications/{call.pk}/", f"{theirs}tandems/",
        f"/en/workspace/{heidelberg.pk}/applications/{call.pk}/", f"{network_here}{own.pk}/", "/api/v1/cities/DE-08221000",
    )  # fmt: skip
    pages = [browser.get(address).content.decode() for browser in (outsider, other) for address in addresses]
    coordinator = browser_of(person(Role.COORDINATOR, network)).get(f"{network_here}{own.pk}/").content.decode()

    assert not any("anna@city.example" in page and "Geheimnis" in page for page in pages)
    assert not any(Speech("en").label("web.application.vetoes_stay") in page for page in pages)
    assert "Aarhus" in coordinator
    assert "anna@city.example" in coordinator
    assert not AuditEntry.objects.filter(after__icontains="DK-0751").exists()


def test_a_team_reaches_only_its_own_application(browser_of, person, heidelberg, call):
    apply_for(call, team=heidelberg)
    aarhus = make_team("DK-0751")
    browser = browser_of(person(Role.ADMIN, aarhus, email="aarhus@example.org"))
    found = [
        browser.get(here(heidelberg, call)).status_code,
        browser.post(here(aarhus, call, "withdraw/"), {"version": "3"}).status_code,
    ]

    assert found == [404, 404]
    assert Application.objects.get().state == "eligible"


def test_networks_do_not_apply_and_civic_groups_do(browser_of, person, network, call):
    civic = Organisation.objects.create(kind=Kind.CIVIC, name="Repair Café")
    coordinator, maker = person(Role.COORDINATOR, network), person(Role.EDITOR, civic, email="maker@example.org")
    browser_of(maker).post(here(civic, call), form(actor="civic", country="DE", veto_1="", send="1"))

    assert browser_of(coordinator).get(here(network, call)).status_code == 404
    assert (Application.objects.get().state, Application.objects.get().country) == ("sent", "DE")


def test_a_contact_takes_what_is_said_of_them_home_and_is_forgotten(person, heidelberg, call):
    anna = person(Role.EDITOR, heidelberg, email="anna@city.example")
    apply_for(call, team=heidelberg)
    told = gather_personal_data(anna)["programmes.contact.user"]
    Membership.objects.filter(user=anna).delete()
    erase_person(anna)

    assert [row["email"] for row in told] == ["anna@city.example"]
    assert not Contact.objects.exists()


def test_one_withdraws_and_the_matching_leaves_it_out(network, call):
    own = fill_call(call, ["DE-08221000", "DK-0751", "JP-14100"])[0]
    own.refresh_from_db()
    applying.withdraw_application(user=None, application=own, version=own.version)

    assert list(Application.objects.order_by("pk").values_list("state", flat=True)) == ["withdrawn", "eligible", "eligible"]
