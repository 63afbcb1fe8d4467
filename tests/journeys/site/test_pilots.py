"""A pilot city from the start to the certificate, in German and Chinese: an office opens a programme and takes a real pilot city
in, the city shows evidence, two assessors differ and settle, the city replies, the office decides, and everybody can check it."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta

import pypdf
import pytest

from citytandem.sources.facts import load_facts

pytestmark = pytest.mark.xdist_group("site")
OFFICE, CITY = "office@pilots.example", "officer@yixing.example"
ASSESSORS = {"assessor.one@pilots.example": ("de", "Frieda Exempel"), "assessor.two@pilots.example": ("zh-hans", "示例 评")}
TITLE = "Öko-Städte auf Probe (erfundenes Programm)"
TODAY = datetime.now(tz=UTC).date()
DIFFERS = "mobility"


@pytest.fixture(scope="module")
def kept() -> dict[str, str]:
    """What one step of the way leaves for the next: numbers of organisation, programme, city, assessment and certificate."""
    return {}


def enter(visitor, email: str, *, language: str) -> str:
    """Sign in, and tell the number of the organisation one acts for."""
    visitor.sign_in(email, language=language)
    page = visitor.open(f"/{language}/workspace/")
    return re.search(r"/workspace/(\d+)/", page.url)[1]


def submit(page, within: str = "main form.stack") -> None:
    page.locator(f"{within} button").first.click()
    page.wait_for_load_state()


def fill_form(levels: dict[str, int]) -> dict[str, object]:
    """A filled-in table of the form of an assessor."""
    text = io.StringIO()
    sheet = csv.writer(text)
    sheet.writerow(["city", "criterion", "level", "evidence", "note"])
    sheet.writerows(["CN-G1786760", key, level, "erfundenes Papier", ""] for key, level in levels.items())
    return {"name": "form.csv", "mimeType": "text/csv", "buffer": text.getvalue().encode()}


def test_an_office_opens_a_programme_and_takes_a_real_pilot_city_in(visit, kept):
    office = visit()
    kept["office"] = enter(office, OFFICE, language="de")
    page = office.open(f"/de/workspace/{kept['office']}/pilots/new/")
    page.fill("[name=title]", TITLE)
    page.select_option("[name=framework]", "sino_german_2018")
    page.fill("[name=starts]", str(TODAY - timedelta(days=200)))
    submit(page)
    page.wait_for_url(re.compile(r"/pilots/\d+/"))
    kept["programme"] = re.search(r"/pilots/(\d+)/", page.url)[1]
    page.locator("form[action$='/state/start/'] button").click()
    page.wait_for_load_state()
    room = f"/de/workspace/{kept['office']}/pilots/{kept['programme']}/"
    page = office.open(f"{room}cities/new/")
    page.select_option("[name=known_as]", "yixing")
    page.fill("[name=joined]", str(TODAY - timedelta(days=150)))
    submit(page)
    page.wait_for_url(re.compile(r"/cities/\d+/"))
    kept["city"] = re.search(r"/cities/(\d+)/", page.url)[1]
    page = office.open(f"{room}cities/{kept['city']}/rows/milestone/new/")
    page.fill("[name=title]", "Leitbild beschlossen (erfunden)")
    page.fill("[name=due]", str(TODAY + timedelta(days=9)))
    submit(page)
    office.shoot("pilot-city-de-1200")

    assert "Leitbild beschlossen (erfunden)" in page.locator("main .answer").inner_text()
    assert office.find_barriers() == []


def test_the_city_sees_what_is_demanded_and_sends_evidence_in_chinese(visit, kept):
    city = visit()
    kept["team"] = enter(city, CITY, language="zh-hans")
    here = f"/zh-hans/workspace/{kept['team']}/pilots/{kept['programme']}/cities/{kept['city']}/"
    page = city.open(here)
    demanded = page.locator("main .answer").inner_text()
    page.locator("a[href*='/evidence/?milestone=']").first.click()
    page.wait_for_load_state()
    plan = {"name": "指导原则.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n% invented\n"}
    page.set_input_files("[name=file]", files=[plan])
    page.fill("[name=title]", "指导原则（虚构）")
    page.select_option("[name=criterion]", "guiding_principles")
    submit(page)
    row = page.locator("td.hash").first.inner_text()
    file = city.page.request.get(city.site.address + page.locator("#evidence ~ div th a").first.get_attribute("href"))
    city.shoot("pilot-city-zh-1200")

    assert "Leitbild beschlossen" in demanded
    assert re.fullmatch(r"[0-9a-f]{64}", row.strip())
    assert file.body().startswith(b"%PDF-1.7")
    assert page.locator("form[action$='/assess/']").count() == 0
    assert city.find_barriers() == []


def test_the_office_opens_an_assessment_and_invites_two_assessors(visit, kept):
    office = visit()
    office.sign_in(OFFICE, language="de")
    page = office.open(f"/de/workspace/{kept['office']}/pilots/{kept['programme']}/cities/{kept['city']}/")
    page.locator("form[action$='/assess/'] button").click()
    page.wait_for_url(re.compile(r"/assessments/\d+/"))
    kept["assessment"] = re.search(r"/assessments/(\d+)/", page.url)[1]
    for _, name in ASSESSORS.values():
        page.select_option("[name=person]", label=name)
        page.locator("form[action$='/invite/'] button").click()
        page.wait_for_load_state()

    assert all(name in page.locator("#assessors ~ ul").inner_text() for _, name in ASSESSORS.values())


@pytest.mark.parametrize("email", ASSESSORS)
def test_each_assessor_fills_the_form_without_seeing_the_other(visit, kept, email):
    language, _ = ASSESSORS[email]
    assessor = visit()
    assessor.sign_in(email, language=language)
    page = assessor.open(f"/{language}/workspace/{kept['office']}/assessments/{kept['assessment']}/")
    page.locator("main a[href*='/assessments/forms/']").first.click()
    page.wait_for_load_state()
    criteria = load_facts().criterion.filter(framework="sino_german_2018")["criterion"].to_list()
    page.set_input_files("[name=file]", files=[fill_form(dict.fromkeys(criteria, 3))])
    page.locator("form[action$='/bring/'] button").click()
    page.wait_for_load_state()
    if language == "zh-hans":
        page.locator("main a[href*='/part/fields/']").first.click()
        page.wait_for_load_state()
        page.locator("[name=level-1][value='1']").check()
        page.locator("main form button:not([name])").last.click()
        page.wait_for_load_state()
    page.locator("form[action$='/hand-in/'] button").click()
    page.wait_for_load_state()

    assert page.locator("form[action$='/hand-in/']").count() == 0


def test_the_two_differ_in_one_criterion_and_settle_with_a_reason(visit, kept):
    office = visit()
    office.sign_in(OFFICE, language="de")
    page = office.open(f"/de/assessments/{kept['assessment']}/differences/")
    differences = page.locator("[name=criterion]").all()
    differs = [one.get_attribute("value") for one in differences]
    page.select_option("[name=choice]", "other")
    page.select_option("[name=level]", "2")
    page.fill("[name=reason]", "Gemeinsam vor Ort angesehen. (erfunden)")
    page.locator("main form.stack:has([name=criterion]) button").first.click()
    page.wait_for_load_state()
    office.shoot("pilot-differences-de-1200")
    page.locator("form[action$='/finish/'] button").click()
    page.wait_for_load_state()
    page = office.open(f"/de/workspace/{kept['office']}/pilots/{kept['programme']}/cities/{kept['city']}/decide/")

    assert differs == [DIFFERS]
    assert page.locator("#hindrances").count() == 1


def test_the_city_replies_and_is_answered(visit, kept):
    city = visit()
    city.sign_in(CITY, language="zh-hans")
    page = city.open(f"/zh-hans/assessments/{kept['assessment']}/reply/")
    page.fill("[name=text]", "去年开通了两条新的公交线路。（虚构）")
    submit(page, "main form[enctype]")
    reply = page.locator("main").inner_text()
    office = visit()
    office.sign_in(OFFICE, language="de")
    page = office.open(f"/de/assessments/{kept['assessment']}/")
    page.locator("main a[href*='/reply/']").first.click()
    page.wait_for_load_state()
    page.fill("[name=answer]", "Danke, das steht nun neben dem Ergebnis. (erfunden)")
    page.locator("main form button").first.click()
    page.wait_for_load_state()

    assert "两条新的公交线路" in reply
    assert "Danke, das steht nun neben dem Ergebnis." in page.locator("main").inner_text()


def test_the_office_decides_with_reasons_and_the_certificate_bears_its_number(visit, kept):
    office = visit()
    office.sign_in(OFFICE, language="de")
    page = office.open(f"/de/workspace/{kept['office']}/pilots/{kept['programme']}/cities/{kept['city']}/decide/")
    hindrances = page.locator("#hindrances").count()
    page.select_option("[name=outcome]", "certify")
    page.fill("[name=reasons]", "Beide sind sich einig, die Stadt hat erwidert. (erfunden)")
    page.select_option("[name=level]", "3")
    submit(page)
    link = page.locator("a[href*='/pilots/certificates/']").first.get_attribute("href")
    kept["number"] = re.search(r"/certificates/([^/]+)/", link)[1]
    texts = {}
    for language in ("de", "zh-hans"):
        paper = office.page.request.get(f"{office.site.address}/{language}/pilots/certificates/{kept['number']}/pdf/")
        texts[language] = "".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(paper.body())).pages)

    assert hindrances == 0
    assert all(kept["number"] in text for text in texts.values())
    assert "宜兴" in texts["zh-hans"]


@pytest.mark.parametrize("language", ["de", "zh-hans"])
def test_everybody_reads_the_programme_and_checks_the_number(visit, kept, language):
    reader = visit()
    page = reader.open(f"/{language}/pilots/{kept['programme']}/")
    told = page.locator("main").inner_text()
    reader.shoot(f"pilot-programme-{language}-1200")
    barriers = reader.find_barriers()
    page.fill("main [name=number]", f" {kept['number'].lower()} ")
    page.locator("main form:has([name=number]) button").click()
    page.wait_for_url(re.compile(rf"/certificates/{kept['number']}/"))
    reader.shoot(f"pilot-certificate-{language}-1200")

    assert TITLE in told
    assert kept["number"] in told
    assert kept["number"] in page.locator("h1").inner_text()
    assert [*barriers, *reader.find_barriers()] == []
    assert not page.context.cookies()
