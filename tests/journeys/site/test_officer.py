"""A climate officer is invited, brings a flawed file, cures it, and a colleague publishes it: everybody sees the page change."""

import re

import pytest

pytestmark = pytest.mark.xdist_group("site")
ROOM = "/de/workspace/1/balances/"
FLAWED = """Stadt Heidelberg (erfundene Zahlen einer Probe);;
Sektor;Energie MWh;Emissionen mt
Haushalte;2000000;412345
Gewerbe;1500000;330000
Industrie;400000;-90000
Verkehr;900000;250.000,5x
Summe;4800000;1082345
"""
CURES = {5: "90000", 6: "250000"}


def test_from_the_invitation_to_the_published_page(visit, site):
    officer = _come_in_by_invitation(visit, site)
    number = _bring(officer)
    _cure(officer, number)
    assert "2023" not in _years_shown(visit())

    _publish(visit(), number)

    assert "2023" in _years_shown(visit())


def _come_in_by_invitation(visit, site):
    admin = visit(locale="de-DE")
    admin.sign_in("admin@heidelberg.example", language="de")
    page = admin.open("/de/workspace/1/people/")
    form = page.locator("form[action$='/people/invite/']")
    form.locator("[name=email]").fill("neu@heidelberg.example")
    form.locator("[name=role]").select_option("editor")
    form.locator("[name=language]").select_option("de")
    form.locator("button").click()
    page.wait_for_load_state()
    path = re.findall(r"http://[^/\s]+(/\S*invitation/[\w-]{20,}/)", site.letters())[-1]

    officer = visit(locale="de-DE")
    page = officer.open(path)
    page.locator("main a[href*='signup']").click()
    page.fill("[name=password1]", site.phrase)
    page.fill("[name=password2]", site.phrase)
    if page.locator("[name=name]").count():
        page.fill("[name=name]", "Neu Erfunden")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(re.compile(r"/workspace/"))
    return officer


def _bring(officer) -> int:
    """Bring the file, and answer the one thing in it that can mean two things; the number of the set."""
    page = officer.open(f"{ROOM}new/")
    page.set_input_files("[name=file]", {"name": "Bilanz 2023.csv", "mimeType": "text/csv", "buffer": FLAWED.encode()})
    page.select_option("[name=licence]", "CC BY 4.0")
    page.locator("main form button").first.click()
    page.wait_for_url(re.compile(r"/balances/\d+/"))
    number = int(re.search(r"/balances/(\d+)/", page.url)[1])
    _wait_until_read(officer, number)

    page = officer.open(f"{ROOM}{number}/mapping/")
    assert "mt" in page.locator("label[for=q-0]").inner_text()
    page.select_option("[name=q-0]", "t")
    officer.shoot("mapping-de-1200")
    page.locator("main form button").first.click()
    page.wait_for_load_state()
    _wait_until_read(officer, number)
    return number


def _cure(officer, number: int) -> None:
    """See the findings beside their rows, and correct each cell with a reason."""
    page = officer.open(f"{ROOM}{number}/rows/?show=errors")
    officer.shoot("findings-de-1200")
    assert page.locator("tbody tr").count() == len(CURES)
    for row, value in CURES.items():
        page = officer.open(f"{ROOM}{number}/cell/?sheet=&row={row}")
        page.select_option("main form [name=column]", index=2)
        page.locator("main form [name=after]").fill(value)
        page.locator("main form [name=reason]").fill("Tippfehler, vom Versorger bestätigt")
        page.locator("main form button").first.click()
        page.wait_for_load_state()
        _wait_until_read(officer, number)
    assert officer.open(f"{ROOM}{number}/rows/?show=errors").locator("tbody tr").count() == 0


def _publish(publisher, number: int) -> None:
    publisher.sign_in("head@heidelberg.example", language="de")
    for step in ("check", "publish"):
        page = publisher.open(f"{ROOM}{number}/")
        page.locator(f"form[action$='/{number}/{step}/'] button").first.click()
        page.wait_for_load_state()


def _wait_until_read(officer, number: int) -> None:
    page = officer.open(f"{ROOM}{number}/")
    for _ in range(120):
        if not page.locator("[hx-get*='/progress/']").count():
            return
        page.wait_for_timeout(500)
        officer.open(f"{ROOM}{number}/")
    pytest.fail("the file was never read")


def _years_shown(visitor) -> list[str]:
    """The years of which everybody sees a balance of the city, if the invented one is among them."""
    page = visitor.open("/de/cities/DE-08221000/balance/")
    visitor.shoot("published-de-1200")
    return re.findall("2023", " ".join(page.locator("select[name=year] option").all_inner_texts()))
