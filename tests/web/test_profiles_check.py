"""The self-check: answers kept as they are given, by those who may, and two editors who are told of each other."""

import html

import pytest

from citytandem.web.accounts.models import AuditEntry, Kind, Membership, Organisation, Role
from citytandem.web.profiles.catalogue import list_screens, published_stages
from citytandem.web.profiles.models import Comment, StageAnswer
from citytandem.web.profiles.queries import add_up, find_progress
from citytandem.words import Speech

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


def said(key: str, **facts) -> str:
    return html.escape(Speech("de").sentence(key, **facts))


def here(organisation, rest: str = "") -> str:
    return f"/de/workspace/{organisation.pk}/profile/{rest}"


def answer(measure: str, **more) -> dict[str, str]:
    values = {"said": "2", "year": "2024", "evidence": "", "remark": "", "version": "0", **more}
    return {f"{measure}-{name}": str(value) for name, value in values.items()}


@pytest.fixture
def editor(person, heidelberg):
    return person(Role.EDITOR, heidelberg, name="Anna Beispiel")


def test_every_measure_is_asked_once_and_all_fit_into_two_hours():
    asked = [measure for screen in list_screens() for measure in screen.measures]

    assert len(asked) == len(set(asked))
    assert 100 < len(asked) <= 120


def test_an_answer_is_kept_as_it_is_given(browser_of, editor, heidelberg):
    told = browser_of(editor).post(here(heidelberg, "measures/G01/save/"), answer("G01", remark="Ratsbeschluss"), **HTMX)
    kept = StageAnswer.objects.get()
    entry = AuditEntry.objects.get(action="profile.stage")

    assert told.status_code == 200
    assert 'name="G01-version" value="1"' in told.content.decode()
    assert "Anna Beispiel" in told.content.decode()
    assert (kept.measure, kept.said, kept.year, kept.remark, kept.changed_by) == ("G01", "2", 2024, "Ratsbeschluss", editor)
    assert (entry.user, entry.subject, entry.before, entry.after["said"]) == (editor, "stage:G01", None, "2")


def test_the_button_of_a_page_keeps_what_was_changed_and_nothing_else(browser_of, editor, heidelberg):
    browser = browser_of(editor)
    page = browser.get(here(heidelberg, "fields/governance/")).content.decode()
    sent = answer("G01") | answer("G03", said="unknown", year="") | {"G02-version": "0"}
    told = browser.post(here(heidelberg, "fields/governance/"), sent)

    assert page.count('class="ask"') == 12
    assert told.status_code == 302
    assert dict(StageAnswer.objects.values_list("measure", "said")) == {"G01": "2", "G03": "unknown"}


def test_not_knowing_and_not_ours_are_answers(browser_of, editor, heidelberg):
    browser = browser_of(editor)
    before = add_up(find_progress(heidelberg))
    browser.post(here(heidelberg, "measures/G01/save/"), answer("G01", said="unknown"), **HTMX)
    browser.post(here(heidelberg, "measures/G02/save/"), answer("G02", said="not_ours"), **HTMX)
    after = add_up(find_progress(heidelberg))

    assert before.remaining - after.remaining == 2
    assert after.minutes == after.remaining


def test_two_editors_on_one_measure_are_told(browser_of, person, editor, heidelberg):
    other = person(Role.EDITOR, heidelberg, email="other@example.org", name="Bernd Muster")
    browser_of(other).post(here(heidelberg, "measures/G01/save/"), answer("G01", said="3"), **HTMX)
    second = browser_of(editor)
    told = second.post(here(heidelberg, "measures/G01/save/"), answer("G01", said="1"), **HTMX).content.decode()
    kept = StageAnswer.objects.get()
    again = second.post(here(heidelberg, "measures/G01/save/"), answer("G01", said="1", version=1), **HTMX)

    assert said("web.profile.conflict", person="Bernd Muster", said=Speech("de").label("web.profile.said.3")) in told
    assert kept.said == "3"
    assert again.status_code == 200
    assert StageAnswer.objects.get().said == "1"


def test_an_answer_of_somebody_else_on_the_page_is_no_conflict_for_those_who_did_not_touch_it(browser_of, editor, heidelberg):
    StageAnswer.objects.create(organisation=heidelberg, measure="G01", said="3", version=2)
    untouched = {"G01-said": "1", "initial-G01-said": "1", "G01-version": "1"}
    sent = untouched | {f"initial-G01-{name}": "" for name in ("year", "evidence", "remark")} | answer("G02")
    told = browser_of(editor).post(here(heidelberg, "fields/governance/"), sent)

    assert told.status_code == 302
    assert dict(StageAnswer.objects.values_list("measure", "said")) == {"G01": "3", "G02": "2"}


def test_a_conflict_on_the_whole_page_is_told_without_losing_the_others_answer(browser_of, editor, heidelberg):
    StageAnswer.objects.create(organisation=heidelberg, measure="G01", said="3", version=2)
    told = browser_of(editor).post(here(heidelberg, "fields/governance/"), answer("G01", said="1", version=1))

    assert told.status_code == 409
    assert 'name="G01-version" value="2"' in told.content.decode()
    assert StageAnswer.objects.get().said == "3"


@pytest.mark.parametrize(
    "link", ["http://city.example/plan", "javascript:alert(1)", "data:text/html,x", "ftp://city.example/x", "https://"]
)
def test_evidence_is_an_https_address(browser_of, editor, heidelberg, link):
    told = browser_of(editor).post(here(heidelberg, "measures/G01/save/"), answer("G01", evidence=link), **HTMX)

    assert "errorlist" in told.content.decode()
    assert not StageAnswer.objects.exists()


def test_a_year_to_come_is_refused(browser_of, editor, heidelberg):
    told = browser_of(editor).post(here(heidelberg, "measures/G01/save/"), answer("G01", year=2099), **HTMX)

    assert said("web.profile.year_ahead") in told.content.decode()


def test_what_is_published_is_filled_in_with_its_source_and_needs_no_answer(browser_of, person):
    muenster = Organisation.objects.create(kind=Kind.CITY, name="Münster (invented team)", city="DE-05515000")
    known = published_stages("DE-05515000")
    page = browser_of(person(Role.EDITOR, muenster)).get(here(muenster, "fields/buildings/")).content.decode()
    progress = find_progress(muenster)["buildings"]

    assert len(known) > 20
    assert "muenster-measures" in page
    assert progress.known > 0


def test_a_fields_text_is_shown_as_text(browser_of, editor, heidelberg):
    browser = browser_of(editor)
    browser.post(here(heidelberg, "measures/G01/save/"), answer("G01", remark='"><script>alert(1)</script>'), **HTMX)
    browser.post(here(heidelberg, "measures/G01/"), {"text": "<img src=x onerror=alert(2)>"})
    pages = [browser.get(here(heidelberg, rest)).content.decode() for rest in ("fields/governance/", "measures/G01/", "publish/")]

    assert not any("<script>alert" in page or "<img src=x" in page for page in pages)
    assert "&lt;img src=x" in pages[1]


def test_a_team_talks_about_a_measure_and_sees_who_said_what(browser_of, editor, heidelberg):
    browser = browser_of(editor)
    browser.post(here(heidelberg, "measures/G01/save/"), answer("G01"), **HTMX)
    browser.post(here(heidelberg, "measures/G01/"), {"text": "Beschluss vom Mai?"})
    page = browser.get(here(heidelberg, "measures/G01/")).content.decode()

    assert "Beschluss vom Mai?" in page
    assert page.count("Anna Beispiel") >= 2
    assert Comment.objects.get().said_by == editor


@pytest.mark.parametrize("rest", ["fields/none/", "measures/X99/", "measures/g01/"])
def test_what_is_not_asked_is_not_there(browser_of, editor, heidelberg, rest):
    assert browser_of(editor).get(here(heidelberg, rest)).status_code == 404


def test_nobody_posts_for_another_city_or_another_person(browser_of, editor, heidelberg):
    other = Organisation.objects.create(kind=Kind.CITY, name="Münster", city="DE-05515000")
    sent = answer("G01") | {"organisation": other.pk, "G01-organisation": other.pk, "G01-changed_by": "1", "G01-measure": "G02"}
    browser_of(editor).post(here(heidelberg, "measures/G01/save/"), sent, **HTMX)
    refused = browser_of(editor).post(here(other, "measures/G01/save/"), answer("G01"), **HTMX)
    kept = StageAnswer.objects.get()

    assert refused.status_code == 404
    assert (kept.organisation, kept.measure, kept.changed_by) == (heidelberg, "G01", editor)


def test_a_network_has_no_profile(browser_of, person):
    network = Organisation.objects.create(kind=Kind.NETWORK, name="A network", network="demo")
    user = person(Role.COORDINATOR, network)

    assert browser_of(user).get(here(network)).status_code == 404


GETS = (
    "",
    "fields/governance/",
    "measures/G01/",
    "powers/",
    "powers/heat_network/own/",
    "targets/",
    "targets/new/",
    "publish/",
    "versions/",
)
POSTS = (
    "measures/G01/save/", "measures/G01/", "fields/governance/", "powers/heat_network/own/", "targets/new/", "publish/",
    "withdraw/",
)  # fmt: skip
FOR_READERS = {"", "fields/governance/", "measures/G01/", "powers/", "targets/", "publish/", "versions/"}


@pytest.mark.parametrize("rest", GETS)
def test_each_page_opens_for_those_who_may(browser_of, person, heidelberg, rest):
    viewer, editor, publisher, admin = (
        person(role, heidelberg) for role in (Role.VIEWER, Role.EDITOR, Role.PUBLISHER, Role.ADMIN)
    )
    other = Organisation.objects.create(kind=Kind.CITY, name="Aarhus", city="DK-0751")
    neighbour = person(Role.ADMIN, other, email="neighbour@example.org")
    operator = person(email="operator@example.org", is_operator=True)
    network = Organisation.objects.create(kind=Kind.NETWORK, name="A network", network="demo")
    coordinator = person(Role.COORDINATOR, network)
    found = {who: browser_of(who).get(here(heidelberg, rest)).status_code for who in (viewer, editor, publisher, admin)}

    assert found[viewer] == (200 if rest in FOR_READERS else 403)
    assert {found[editor], found[publisher], found[admin]} == {200}
    assert {browser_of(who).get(here(heidelberg, rest)).status_code for who in (neighbour, operator, coordinator)} == {404}
    assert browser_of(None).get(here(heidelberg, rest)).status_code == 302


@pytest.mark.parametrize("rest", POSTS)
def test_nobody_changes_anything_without_the_role(browser_of, person, heidelberg, rest):
    other = Organisation.objects.create(kind=Kind.CITY, name="Aarhus", city="DK-0751")
    viewer, neighbour = person(Role.VIEWER, heidelberg), person(Role.ADMIN, other)
    operator = person(email="operator@example.org", is_operator=True)
    found = [browser_of(who).post(here(heidelberg, rest), {}).status_code for who in (viewer, neighbour, operator)]

    assert found == [403, 404, 404]
    assert browser_of(None).post(here(heidelberg, rest), {}).status_code == 302
    assert not AuditEntry.objects.filter(action__startswith="profile").exists()


def test_only_publishers_publish(browser_of, editor, heidelberg):
    StageAnswer.objects.create(organisation=heidelberg, measure="G01", said="3")
    browser = browser_of(editor)

    assert browser.post(here(heidelberg, "publish/"), {"shown": "x"}).status_code == 403
    assert browser.post(here(heidelberg, "withdraw/")).status_code == 403
    assert said("web.publish.ask_publisher") in browser.get(here(heidelberg, "publish/")).content.decode()


def test_what_a_person_said_is_in_their_data_and_stays_with_the_city_when_they_leave(browser_of, editor, heidelberg):
    from citytandem.web.accounts.personal import erase_person, gather_personal_data

    browser_of(editor).post(here(heidelberg, "measures/G01/save/"), answer("G01"), **HTMX)
    browser_of(editor).post(here(heidelberg, "measures/G01/"), {"text": "Mai"})
    told = gather_personal_data(editor)
    erase_person(editor)

    assert told["profiles.stageanswer.changed_by"][0]["said"] == "2"
    assert told["profiles.comment.said_by"][0]["text"] == "Mai"
    assert StageAnswer.objects.get().changed_by is None
    assert Membership.objects.count() == 0
