"""In a real browser: a team brings a building with a mistake, puts it right and publishes it; anybody reads it."""

import re

import pytest

from tests.web.buildings import all_files

pytestmark = pytest.mark.xdist_group("site")
REFUSED = re.compile("status of 422")


def send(page, files: dict[str, str]) -> None:
    page.set_input_files(
        "[name=tables]", [{"name": name, "mimeType": "text/csv", "buffer": text.encode()} for name, text in files.items()]
    )
    page.locator("main form button").first.click()
    page.wait_for_load_state()


def test_a_building_goes_from_a_file_with_a_mistake_to_a_page_everybody_reads(visit):
    team, files = visit(), all_files()
    team.sign_in("officer@essen.example")
    page = team.open("/en/workspace/")
    room = page.get_by_role("link", name="Essen (invented team)").first.get_attribute("href")
    page = team.open(f"{room}buildings/bring/")
    send(page, files | {"values.csv": files["values.csv"].replace("0.8,1/h", "80,1/h")})
    refused = page.locator("main").inner_text()
    team.complaints[:] = [said for said in team.complaints if not REFUSED.search(said)]
    send(page, files)
    page.get_by_role("link", name="House (invented)").click()
    barriers = team.find_barriers()
    page.get_by_role("link", name="Publish this version").click()
    page.get_by_label("The owner agrees").check()
    page.get_by_role("button", name="Let everybody see it").click()
    page.wait_for_url(re.compile(r"/buildings/house:\d+/"))
    team.shoot("building_published")
    reader = visit()
    seen = reader.open(re.sub(r"^https?://[^/]+/en", "/de", page.url))

    assert re.search(r"airtightness n50 of 80\S* 1/h cannot be", refused)
    assert "House (invented)" in seen.locator("h1").inner_text()
    assert seen.locator("#figure-changepoint svg").count() == 1
    assert barriers + reader.find_barriers() == []


@pytest.mark.parametrize(
    "path", ["/de/buildings/", "/ja/buildings/zai-shui-yi-fang-qinhuangdao/", "/zh-hans/buildings/office-example:1/"]
)
def test_pages_of_buildings_have_no_barrier_and_fit_a_telephone(visit, path):
    visitor = visit()
    page = visitor.open(path)
    found = visitor.find_barriers()
    page.set_viewport_size({"width": 320, "height": 640})

    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
