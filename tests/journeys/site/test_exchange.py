"""A coordinator's way: call, applications, matching, reasons in German and Japanese, consent, agreement, a conference in which a
speaker is lost, a calendar another program reads, and what came of it."""

import re
import urllib.request
from datetime import UTC, datetime, timedelta

import pytest
import vobject

pytestmark = pytest.mark.xdist_group("site")
COORDINATOR, NETWORK = "coordinator@network.example", 4
TEAMS = {
    "head@heidelberg.example": (1, "de", "E04", "B09", "Wie kommt Abwärme ins Netz? (erfunden)", "Passivhaus (erfunden)"),
    "officer@yokohama.example": (2, "ja", "B09", "E04", "公共の建物の省エネ（架空の例）", "廃熱の利用（架空の例）"),
    "officer@aarhus.example": (3, "da", "T15", "W06", "Cyklister om vinteren (opdigtet)", "Genanvendelse (opdigtet)"),
    "officer@essen.example": (6, "de", "W06", "T15", "Trennen im Hochhaus (erfunden)", "Radweg auf der Bahntrasse (erfunden)"),
}
TODAY = datetime.now(tz=UTC).date()
TITLE = "Paare auf Probe (erfundene Ausschreibung)"


@pytest.fixture(scope="module")
def kept() -> dict[str, str]:
    """What one step of the way leaves for the next: numbers of programme, tandem and event."""
    return {}


def submit(page, within: str = "main form.stack") -> None:
    page.locator(f"{within} button").first.click()
    page.wait_for_load_state()


def test_a_call_is_written_opened_and_told_in_the_readers_own_clocks(visit, kept):
    coordinator = visit()
    coordinator.sign_in(COORDINATOR, language="de")
    page = coordinator.open(f"/de/workspace/{NETWORK}/programmes/new/")
    page.fill("[name=title]", TITLE)
    page.fill("[name=closes_day]", str(TODAY + timedelta(days=30)))
    page.select_option("[name=zone]", "Europe/Berlin")
    submit(page)
    page.wait_for_url(re.compile(rf"/workspace/{NETWORK}/programmes/(\d+)/"))
    kept["programme"] = re.search(r"/programmes/(\d+)/", page.url)[1]
    page.locator("form[action$='/state/open/'] button").click()
    page.wait_for_load_state()
    reader = visit()
    seen = reader.open(f"/ja/programmes/{kept['programme']}/")

    assert TITLE in seen.locator("h1").inner_text()
    assert seen.locator("main table tbody tr").count() >= 4
    assert reader.find_barriers() == []


@pytest.mark.parametrize("email", TEAMS)
def test_a_team_answers_two_questions_and_sends_them(visit, kept, email):
    number, language, learns, offers, asks, gives = TEAMS[email]
    team = visit()
    team.sign_in(email, language=language)
    page = team.open(f"/{language}/workspace/{number}/applications/{kept['programme']}/")
    page.fill("[name=learns]", asks)
    page.fill("[name=offers]", gives)
    page.evaluate("for (const one of document.querySelectorAll('main details')) one.open = true")
    page.locator(f"[name=learns_measures][value={learns}]").first.check()
    page.locator(f"[name=offers_measures][value={offers}]").first.check()
    page.locator("[name=languages][value=en]").check()
    page.fill("[name=contact_1_name]", "Erfundene Person")
    page.fill("[name=contact_1_email]", email)
    page.locator("button[name=send]").click()
    page.wait_for_load_state()
    mine = team.open(f"/{language}/workspace/{number}/applications/{kept['programme']}/")

    assert mine.locator("button[name=send]").count() == 0
    assert mine.locator("[name=learns]").input_value() == asks


def test_the_studio_pairs_who_fit_and_gives_its_reasons_in_german_and_japanese(visit, kept):
    coordinator = visit()
    coordinator.sign_in(COORDINATOR, language="de")
    room = f"/workspace/{NETWORK}/programmes/{kept['programme']}/"
    page = coordinator.open(f"/de{room}")
    page.locator("form[action$='/state/close/'] button").click()
    page.wait_for_load_state()
    page = coordinator.open(f"/de{room}applications/")
    page.locator("form[action$='/let-in/'] button").click()
    page.wait_for_load_state()
    page = coordinator.open(f"/de{room}studio/")
    page.locator("main form.stack button").last.click()
    page.wait_for_url(re.compile(r"/studio/\d+/"), timeout=60_000)
    run = re.search(r"/studio/(\d+)/", page.url)[1]
    told = {}
    for language in ("de", "ja"):
        page = coordinator.open(f"/{language}{room}studio/{run}/")
        page.evaluate("for (const one of document.querySelectorAll('main details')) one.open = true")
        told[language] = page.locator("main").inner_text()
        coordinator.shoot(f"studio-{language}-1200")
    page.locator("main form[action$='/propose/'] button").last.click()
    page.wait_for_load_state()

    assert re.search(r"Heidelberg[^\n]*Yokohama", told["de"])
    assert re.search(r"Aarhus[^\n]*Essen", told["de"])
    assert "横浜" in told["ja"]
    assert not re.search(r"\{[a-z_]+\}", told["de"] + told["ja"])


@pytest.mark.parametrize("email", ["head@heidelberg.example", "officer@yokohama.example"])
def test_each_side_reads_the_reasons_in_its_language_and_says_yes(visit, kept, email):
    number, language, *_ = TEAMS[email]
    team = visit()
    team.sign_in(email, language=language)
    page = team.open(f"/{language}/workspace/{number}/tandems/")
    page.locator(
        f"main li:has-text('{TITLE}') a[href*='/tandems/'], main tr:has-text('{TITLE}') a[href*='/tandems/']"
    ).first.click()
    page.wait_for_load_state()
    kept["tandem"] = re.search(r"/tandems/(\d+)/", page.url)[1]
    team.shoot(f"proposal-{language}-1200")
    reasons = page.locator("main article.card").first.inner_text()
    page.locator("[name=answer][value=yes]").check()
    page.locator("[name=may_be_shown]").check()
    page.locator("main form[action$='/answer/'] button").click()
    page.wait_for_load_state()

    assert len(reasons) > 200
    assert page.locator("main form[action$='/answer/']").count() in {0, 1}


def test_both_sign_an_agreement_that_started_from_a_template(visit, kept):
    team = visit()
    team.sign_in("head@heidelberg.example", language="de")
    here = f"/workspace/1/tandems/{kept['tandem']}/"
    page = team.open(f"/de{here}agreement/new/")
    drafted = page.locator("[name=purpose]").input_value()
    page.fill("[name=theme-1-title]", "Abwärme (erfunden)")
    submit(page)
    page.locator("form[action$='/send/'] button").click()
    page.wait_for_load_state()
    _sign(page, "Bernd Muster")
    partner = visit()
    partner.sign_in("officer@yokohama.example", language="ja")
    theirs = partner.open(f"/ja/workspace/2/tandems/{kept['tandem']}/agreement/")
    _sign(theirs, "見本 花子")
    partner.shoot("agreement-ja-1200")
    paper = partner.page.request.get(theirs.locator("a[href$='/pdf/']").first.get_attribute("href").join([team.site.address, ""]))
    page = team.open(f"/de{here}agreement/")

    assert "Heidelberg" in drafted
    assert page.locator("#signatures ~ ul li").count() == 2
    assert page.locator("form[action$='/sign/']").count() == 0
    assert page.locator("form[action$='/renew/']").count() == 1
    assert paper.body()[:5] == b"%PDF-"


def _sign(page, name: str) -> None:
    page.fill("form[action$='/sign/'] [name=name]", name)
    page.fill("form[action$='/sign/'] [name=office]", "OB (erfunden)")
    page.fill("form[action$='/sign/'] [name=on]", str(TODAY))
    page.locator("form[action$='/sign/'] button").click()
    page.wait_for_load_state()


def test_a_conference_is_planned_a_speaker_is_lost_and_the_calendar_follows(visit, kept):
    coordinator = visit()
    coordinator.sign_in(COORDINATOR, language="de")
    page = coordinator.open("/de/events/")
    page.locator("main a:has-text('Zollverein')").first.click()
    page.wait_for_load_state()
    kept["event"] = re.search(r"/events/(\d+)/", page.url)[1]
    room = f"/de/workspace/{NETWORK}/events/{kept['event']}/agenda/"
    coordinator.open(room)
    coordinator.page.locator("main form[action$='/plans/'] button").first.click()
    first = _wait_for_plan(coordinator)
    coordinator.page.locator("main form[action$='/publish/'] button").click()
    coordinator.page.wait_for_load_state()
    before = _read_calendar(coordinator, kept["event"])
    page = coordinator.open(f"{room}plans/{first}/replan/")
    key, lost = next((key, entry) for key, entry in before.items() if "Ganze Straßen" in entry["title"])
    page.select_option("[name=who]", label="Eeva Esimerkki")
    page.locator(f"label:has-text('{lost['starts']:%Y-%m-%d %H:%M}') input[name=slots]").check()
    page.fill("[name=reason]", "Der Zug fällt aus (erfunden)")
    submit(page)
    second = _wait_for_plan(coordinator)
    coordinator.shoot("replanned-de-1200")
    coordinator.page.locator("main form[action$='/publish/'] button").click()
    coordinator.page.wait_for_load_state()
    after = _read_calendar(coordinator, kept["event"])
    raised = [key for key, entry in after.items() if key in before and entry["sequence"] > before[key]["sequence"]]

    assert int(second) > int(first)
    assert len(before) >= 20
    assert after[key]["starts"] != lost["starts"] or after[key]["status"] == "CANCELLED"
    assert key in raised
    assert 1 <= len(raised) <= len(before) // 2
    assert all(entry["zone"] for entry in after.values())


def _wait_for_plan(coordinator) -> str:
    """The number of the newest plan, once it is computed: its page loads itself anew."""
    page = coordinator.page
    page.wait_for_url(re.compile(r"/plans/\d+/"))
    page.wait_for_selector("table.agenda", timeout=180_000)
    return re.search(r"/plans/(\d+)/", page.url)[1]


def _read_calendar(coordinator, event: str) -> dict[str, dict]:
    """The calendar of the event as another program reads it: title, times, zone, sequence and state by UID."""
    page = coordinator.open(f"/de/events/{event}/agenda/")
    link = page.locator("a[href$='.ics']").first.get_attribute("href")
    with urllib.request.urlopen(f"{coordinator.site.address}{link}", timeout=30) as answer:  # noqa: S310 - our address
        calendar = vobject.readOne(answer.read().decode())
    return {
        one.uid.value: {
            "title": one.summary.value, "starts": one.dtstart.value, "zone": one.dtstart.value.tzinfo,
            "sequence": int(one.sequence.value),
            "status": one.status.value if hasattr(one, "status") else "",
        }
        for one in calendar.vevent_list
    }  # fmt: skip


def test_what_came_of_it_is_told_from_the_question_to_the_years(visit, kept):
    team = visit()
    team.sign_in("head@heidelberg.example", language="de")
    here = f"/de/workspace/1/tandems/{kept['tandem']}/"
    page = team.open(f"{here}work/question/new/")
    page.select_option("[name=organisation]", index=1)
    page.fill("[name=text]", "Wer zahlt, wenn die Quelle stillsteht? (erfunden)")
    page.select_option("[name=measure]", "E04")
    submit(page)
    page = team.open(f"{here}work/minutes/new/")
    page.fill("[name=title]", "Erstes Gespräch (erfunden)")
    submit(page)
    minutes = re.search(r"minutes/(\d+)/", page.locator("main a[href*='minutes/']").first.get_attribute("href"))[1]
    page = team.open(f"{here}work/decision/new/?minutes={minutes}")
    page.select_option("[name=organisation]", index=1)
    page.fill("[name=text]", "Ein Vertrag wird entworfen (erfunden)")
    submit(page)
    page = team.open(f"{here}work/transfer/new/")
    page.locator("[name=organisation] option:has-text('Heidelberg')").first.evaluate("one => { one.selected = true }")
    page.select_option("[name=measure]", "E04")
    page.fill("[name=stage_before]", "1")
    submit(page)
    team.open(f"{here}outcome/")
    team.shoot("outcome-de-1200")
    barriers = team.find_barriers()
    reader = visit()
    page = reader.open(f"/ja/tandems/{kept['tandem']}/")
    reader.shoot("outcome-ja-1200")

    assert barriers == []
    assert "Wer zahlt, wenn die Quelle stillsteht?" in page.locator("main").inner_text()
    assert page.locator("main svg").count() >= 1
