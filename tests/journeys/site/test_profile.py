"""A team speaks for its city in a real browser: answers kept as they are given, published, replied to, offered."""

import re

import pytest

pytestmark = pytest.mark.xdist_group("site")
OFFICER, HEAD = "officer@heidelberg.example", "head@heidelberg.example"
TEAM_PAGES = (
    "profile/", "profile/fields/industry/", "profile/measures/G01/", "profile/powers/", "profile/powers/heat_network/own/",
    "profile/targets/", "profile/targets/new/", "profile/publish/", "replies/", "listings/", "listings/new/",
)  # fmt: skip


def workspace_of(visitor) -> str:
    return re.search(r"/workspace/\d+/", visitor.page.url)[0]


def test_an_answer_is_kept_without_a_button_and_without_losing_the_place(visit):
    officer = visit()
    officer.sign_in(OFFICER)
    here = workspace_of(officer)
    page = officer.open(f"/en{here}profile/fields/industry/")
    choice = page.locator("#ask-S01 input[type=radio][value='2']")
    choice.check()
    page.wait_for_selector("#said-S01 input[value='1']", state="attached")
    kept, where = page.locator("#said-S01").inner_text(), page.evaluate("document.activeElement.value")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("#said-S01 input[value='2']", state="attached")
    again = officer.open(f"/en{here}profile/fields/industry/").locator("#ask-S01 input[type=radio][value='3']")

    assert "2 pilot" in kept
    assert where == "2"
    assert "11 of 12" in page.locator("#progress").inner_text()
    assert again.is_checked()


def test_the_button_of_a_page_works_without_scripts(visit):
    officer = visit(java_script_enabled=False)
    officer.sign_in(OFFICER)
    here = workspace_of(officer)
    page = officer.open(f"/en{here}profile/fields/land/")
    page.locator("#ask-L01 input[type=radio][value='1']").check()
    page.locator("#ask-L02 input[type=radio][value='unknown']").check()
    page.locator("main form > p > button").click()

    assert "7 of 9" in page.locator("#progress").inner_text()


def test_what_a_publisher_publishes_and_replies_is_read_by_a_stranger_in_the_next_moment(visit):
    head, stranger = visit(), visit()
    head.sign_in(HEAD)
    here = workspace_of(head)
    page = head.open(f"/en{here}profile/publish/")
    page.fill("input[name=note]", "First version (invented example)")
    page.locator("main form button").first.click()
    page.wait_for_url(re.compile("versions"))
    page = head.open(f"/en{here}replies/balance/new/")
    page.fill("textarea[name=text]", "This is an invented reply.")
    page.locator("main form button").first.click()
    page.wait_for_url(re.compile("/cities/"))
    balance = stranger.open("/en/cities/DE-08221000/balance/").locator(".replies").inner_text()
    stranger.shoot("city-reply")
    measures = stranger.open("/en/cities/DE-08221000/measures/").locator("main").inner_text()

    assert "This is an invented reply." in balance
    assert stranger.find_barriers() == []
    assert "Nothing is known" not in measures
    assert stranger.page.context.cookies() == []


def test_everybody_reads_the_board_and_the_citys_own_needs(visit):
    stranger = visit()
    page = stranger.open("/de/board/?kind=need")
    titles = page.locator("article h2").all_inner_texts()
    barriers = stranger.find_barriers()
    stranger.shoot("board-de")
    own = stranger.open("/de/cities/DE-08221000/partners/").locator(".listings").inner_text()

    assert any("erfundenes Beispiel" in title for title in titles)
    assert barriers == []
    assert "Abwärme aus Rechenzentren" in own


@pytest.mark.parametrize(("language", "scheme", "width"), [("de", "light", 1200), ("ja", "dark", 360)])
def test_nothing_keeps_anybody_out_of_a_teams_pages(visit, language, scheme, width):
    officer = visit(color_scheme=scheme, viewport={"width": width, "height": 900})
    officer.sign_in(OFFICER, language=language)
    here = workspace_of(officer)
    found, wide = {}, []
    for rest in TEAM_PAGES:
        page = officer.open(f"/{language}{here}{rest}")
        found[rest] = officer.find_barriers()
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(rest)
        officer.shoot(f"team-{rest.strip('/').replace('/', '-')}-{language}-{width}")

    assert {rest: barriers for rest, barriers in found.items() if barriers} == {}
    assert wide == []
