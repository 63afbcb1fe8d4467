"""Nobody is shut out: axe finds no barrier on any page, in both themes and all languages; none is wider than a telephone."""

import re

import pytest

pytestmark = pytest.mark.xdist_group("site")
LANGUAGES = ["en", "de", "ja", "zh-hans", "da"]
SECTIONS = ["profile", "balance", "comparable", "position", "powers", "measures", "partners"]
WITH_BALANCE, WITHOUT, WITH_STAGES = "DE-08221000", "AE-G292223", "DE-05515000"
METHOD = ["methods", "factors", "measures", "powers", "indicators", "sources", "releases", "validation", "words"]
PUBLIC = [
    "/",
    "/nothing/",
    "/cities/",
    "/cities/?country=JP&balance=1",
    "/cities/?q=heidleberg",
    "/cities/?q=Portland",
    f"/cities/{WITH_BALANCE}/",
    f"/cities/{WITHOUT}/",
    *(f"/cities/{WITH_BALANCE}/{section}/" for section in SECTIONS),
    *(f"/cities/{WITHOUT}/{section}/" for section in SECTIONS),
    f"/cities/{WITH_STAGES}/measures/",
    f"/cities/{WITH_BALANCE}/peers/",
    f"/cities/{WITH_BALANCE}/figures/sectors/",
    "/regions/",
    "/regions/CN-130000/",
    "/compare/",
    "/compare/?city=DE-08221000&city=JP-14100&city=DK-0751",
    "/compare/?city=DE-08221000&city=JP-14100&year-JP-14100=1801",
    "/networks/",
    "/networks/race_to_zero/",
    "/networks/c40/",
    "/method/",
    *(f"/method/{page}/" for page in METHOD),
    "/method/methods/bisko/",
    "/method/measures/B01/",
    "/board/",
    "/board/1/",
    "/programmes/",
    "/programmes/1/",
    "/programmes/2/",
    "/pilots/1/",
    "/pilots/1/portfolio/",
    "/events/",
    "/events/1/",
    "/events/1/agenda/",
    "/events/1/agenda/embedded/",
    "/events/2/",
    "/lessons/cases/ruhr-iba/",
    "/lessons/topics/1/",
    "/assessments/",
    "/assessments/frameworks/sino_german_2018/",
    "/privacy/",
    "/api/",
    "/account/login/",
    "/account/password/reset/",
]
ROOM, NETWORK = "/workspace/1/", "/workspace/4/"
ROOMS = {
    "admin@heidelberg.example": [
        ROOM,
        f"{ROOM}people/",
        f"{ROOM}record/",
        f"{ROOM}balances/",
        f"{ROOM}balances/new/",
        f"{ROOM}balances/SET/",
        f"{ROOM}balances/SET/mapping/",
        f"{ROOM}balances/SET/rows/",
        f"{ROOM}balances/SET/totals/",
        f"{ROOM}balances/SET/cell/?sheet=&row=3",
        f"{ROOM}profile/",
        f"{ROOM}profile/FIELD/",
        f"{ROOM}profile/powers/",
        f"{ROOM}profile/powers/roads/rule/",
        f"{ROOM}profile/targets/",
        f"{ROOM}profile/targets/new/",
        f"{ROOM}profile/publish/",
        f"{ROOM}profile/versions/",
        f"{ROOM}replies/",
        f"{ROOM}replies/balance/new/",
        f"{ROOM}listings/",
        f"{ROOM}listings/new/",
        f"{ROOM}applications/",
        f"{ROOM}applications/2/",
        f"{ROOM}tandems/",
        f"{ROOM}tandems/TANDEM/",
        f"{ROOM}tandems/TANDEM/agreement/",
        f"{ROOM}tandems/TANDEM/work/",
        f"{ROOM}tandems/TANDEM/work/question/new/",
        f"{ROOM}tandems/TANDEM/learning/",
        f"{ROOM}tandems/TANDEM/plans/",
        f"{ROOM}tandems/TANDEM/outcome/",
        f"{ROOM}events/",
        "/workspace/reminders/",
        "/me/",
        "/me/erase/",
        "/account/2fa/",
        "/account/password/change/",
        "/account-tokens/",
        "/account-tokens/new/",
    ],
    "coordinator@network.example": [
        NETWORK,
        f"{NETWORK}network/",
        f"{NETWORK}people/",
        f"{NETWORK}ties/",
        f"{NETWORK}programmes/",
        f"{NETWORK}programmes/new/",
        f"{NETWORK}programmes/1/",
        f"{NETWORK}programmes/2/applications/",
        f"{NETWORK}programmes/1/studio/",
        f"{NETWORK}programmes/1/studio/1/",
        f"{NETWORK}programmes/1/report/",
        f"{NETWORK}events/",
        f"{NETWORK}events/new/",
        f"{NETWORK}events/1/",
        f"{NETWORK}events/1/guests/",
        f"{NETWORK}events/1/letters/",
        f"{NETWORK}events/1/agenda/",
        f"{NETWORK}events/1/agenda/sessions/",
        f"{NETWORK}events/1/agenda/plans/1/",
        f"{NETWORK}events/1/agenda/plans/1/replan/",
        f"{NETWORK}events/2/tour/",
    ],
    "operator@site.example": ["/workspace/", "/operate/", "/operate/new/city/", "/operate/new/network/", "/operate/1/invite/"],
}
SIGNED_IN = ["de", "ja"]
ASKED_FOR = re.compile(r"status of (404|422)")
SHEET = """Stadt Heidelberg (erfundene Zahlen einer Probe);;
Sektor;Energie MWh;Emissionen mt
Haushalte;2000000;412345
Gewerbe;1500000;-330000
Summe;3500000;742345
"""


def share_out(pages: list[str], *, language: str) -> list[str]:
    """The pages looked at in one language: over all languages each page once."""
    return pages[LANGUAGES.index(language) :: len(LANGUAGES)]


def look_at(visitor, path: str) -> list[str]:
    """What axe finds on a page, and whether it is wider than the window of a small telephone."""
    page = visitor.open(path)
    found = [] if page.locator("main").count() else ["this is no page"]
    found += visitor.find_barriers()
    wide = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 640})
    width = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size(wide)
    visitor.complaints[:] = [said for said in visitor.complaints if not ASKED_FOR.search(said)]
    return found + ([f"at 320 it is {width} wide"] if width > 320 else [])


def test_every_page_is_seen_once_and_every_language_has_its_share():
    shares = {language: share_out(PUBLIC, language=language) for language in LANGUAGES}

    assert sorted(page for share in shares.values() for page in share) == sorted(PUBLIC)
    assert min(map(len, shares.values())) >= 9


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_public_page_has_a_barrier(visit, language):
    visitor = visit()
    barriers = {path: look_at(visitor, f"/{language}{path}") for path in share_out(PUBLIC, language=language)}

    assert {path: found for path, found in barriers.items() if found} == {}


@pytest.fixture(scope="module")
def brought() -> dict[str, str]:
    """Parts of addresses that are known once something was brought."""
    return {}


@pytest.mark.parametrize("email", ROOMS)
@pytest.mark.parametrize("half", [0, 1])
def test_no_room_has_a_barrier(visit, brought, email, half):
    """Half of the rooms in German and the other half in Japanese."""
    visitor = visit()
    language = SIGNED_IN[half]
    visitor.sign_in(email, language=language)
    rooms = ROOMS[email][half::2]
    if not brought and any(name in room for room in rooms for name in ("SET", "FIELD", "TANDEM")):
        brought |= _bring(visitor)
    barriers = {}
    for room in rooms:
        path = room
        for name, value in brought.items():
            path = path.replace(name, value)
        barriers[room] = look_at(visitor, f"/{language}{path}")

    assert {room: found for room, found in barriers.items() if found} == {}


def _bring(visitor) -> dict[str, str]:
    """Bring a file with a question and an error in it, so that its rooms have something to show."""
    page = visitor.open(f"/de{ROOM}balances/new/")
    page.set_input_files("[name=file]", {"name": "Probe.csv", "mimeType": "text/csv", "buffer": SHEET.encode()})
    page.select_option("[name=licence]", "CC BY 4.0")
    page.locator("main form button").first.click()
    page.wait_for_url(re.compile(r"/balances/\d+/"))
    number = re.search(r"/balances/(\d+)/", page.url)[1]
    for _ in range(120):
        if not page.locator("[hx-get*='/progress/']").count():
            break
        page.wait_for_timeout(500)
        page = visitor.open(f"/de{ROOM}balances/{number}/")
    field = visitor.open(f"/de{ROOM}profile/").locator("main a[href*='/profile/fields/']").first.get_attribute("href")
    return {"SET": number, "FIELD": re.search(r"profile/(fields/[^/]+)/", field)[1], "TANDEM": _find_tandem(visitor)}


def _find_tandem(visitor) -> str:
    """The tandem at work, once the demo's solver has paired the cities."""
    for _ in range(240):
        links = visitor.open(f"/de{ROOM}tandems/").locator("main a[href*='/tandems/']")
        found = [re.search(r"/tandems/(\d+)/", link) for link in links.evaluate_all("all => all.map(one => one.href)")]
        if any(found):
            return next(filter(None, found))[1]
        visitor.page.wait_for_timeout(500)
    pytest.fail("the demo's cities were not paired")
