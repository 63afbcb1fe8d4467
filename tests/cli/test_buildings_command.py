"""`citytandem buildings` lists with sources, names what is wrong with files, and keeps the reading beside what is worked out."""

import datetime as dt
import json
import subprocess
import sys

import pytest

from citytandem import buildings

MONTHLY = [-5.0, -2, 4, 12, 18, 23, 26, 25, 20, 13, 5, -2]
STARTS = [dt.date(2025, month, 1) for month in range(1, 13)]
ENDS = [*STARTS[1:], dt.date(2026, 1, 1)]


def _run(*arguments):
    begin = "import sys; from citytandem.cli import main; sys.exit(main())"
    return subprocess.run([sys.executable, "-c", begin, *arguments], capture_output=True, text=True, check=False)


@pytest.fixture
def folder(tmp_path):
    """Records, figures, meters and weather of an invented house."""
    (tmp_path / "buildings.csv").write_text(
        "building,name,city,zone,use,treated_area_m2,treated_convention\nhouse,House,Weihai,cold,residential,1000,usable\n"
    )
    (tmp_path / "values.csv").write_text(
        "building,indicator,state,value,unit,area_convention\nhouse,total_final,designed,40,kWh/m2a,usable\n"
    )
    meters, weather = ["building,carrier,starts,ends,energy_kwh"], ["series,starts,ends,temperature_mean"]
    for one, end, mean in zip(STARTS, ENDS, MONTHLY, strict=True):
        meters.append(f"house,electricity,{one},{end},{(60 + 8 * max(14 - mean, 0)) * (end - one).days}")
        weather += [f"metered,{one},{end},{mean}", f"reference,{one},{end},{mean + 1}"]
    (tmp_path / "meters.csv").write_text("\n".join(meters) + "\n")
    (tmp_path / "weather.csv").write_text("\n".join(weather) + "\n")
    return tmp_path


def test_the_list_names_buildings_marks_and_publications():
    shown = _run("buildings", "list", "--lang", "en")
    answer = json.loads(_run("buildings", "list", "--zone", "severe_cold", "--json", "--lang", "en").stdout)

    assert shown.returncode == 0
    assert "17 pilot buildings" in shown.stdout
    assert "recasturumqi" in shown.stdout
    assert [row["city"] for row in answer["answer"]["buildings"]] == ["Harbin", "Urumqi"]
    assert all(row["source"] for row in answer["answer"]["buildings"])


def test_one_building_is_shown_with_its_gaps_said():
    shown = _run("buildings", "show", "zai-shui-yi-fang-qinhuangdao", "--lang", "en")
    unknown = _run("buildings", "show", "nowhere", "--json", "--lang", "en")

    assert shown.returncode == 0
    assert "mark K" in shown.stdout
    assert "Gaps are shown as gaps" in shown.stdout
    assert json.loads(unknown.stdout)["findings"][0]["code"] == "building_unknown"
    assert unknown.returncode != 0


def test_the_template_is_written_and_checked(tmp_path):
    written = _run("buildings", "check", "--template", str(tmp_path / "mine"), "--lang", "en")

    assert written.returncode == 0
    assert {path.name for path in (tmp_path / "mine").iterdir()} == {"buildings.csv", "values.csv", "meters.csv", "weather.csv"}
    assert _run("buildings", "check", "--template", str(tmp_path / "mine"), "--lang", "en").returncode != 0


def test_files_are_checked_row_by_row(folder):
    with (folder / "values.csv").open("a") as text:
        text.write("house,n50,tested,0,1/h,\nhouse,u_wall,designed,thick,W/m2K,\nhut,n50,tested,0.5,1/h,\n")
    answer = json.loads(_run("buildings", "check", str(folder), "--json", "--lang", "en").stdout)
    codes = [finding["code"] for finding in answer["findings"]]

    assert codes == ["row_breaks_rule", "building_value_impossible", "building_not_listed"]
    assert answer["findings"][0]["row"] == 4
    assert answer["answer"]["unsound"] == ["house", "hut"]


def test_designed_and_measured_are_compared_and_drawn(folder, tmp_path):
    picture = tmp_path / "model.json"
    given = ("--meters", str(folder), "--weather", str(folder), "--records", str(folder))
    found = _run("buildings", "compare", "house", *given, "--out", str(picture), "--json", "--lang", "en")
    shown = _run("buildings", "compare", "house", "--records", str(folder), "--lang", "en")
    answer = json.loads(found.stdout)["answer"]

    assert found.returncode == shown.returncode == 0
    assert answer["designed"] == 40
    assert answer["reference"] < answer["measured"]
    assert sum(term["value"] or 0 for term in answer["terms"]) == pytest.approx(answer["measured"] - answer["designed"])
    assert picture.exists()
    assert "3PH" in shown.stdout
    assert "ASHRAE Guideline 14" in shown.stdout


def test_bad_data_gives_findings_and_no_number(folder):
    text = (folder / "buildings.csv").read_text().replace("treated_convention", "treated_convention,gross_area_m2")
    (folder / "buildings.csv").write_text(text.replace("usable", "usable,500"))
    answer = json.loads(_run("buildings", "compare", "house", "--records", str(folder), "--json", "--lang", "en").stdout)

    assert [finding["code"] for finding in answer["findings"]] == ["building_areas_clash", "building_withheld"]
    assert answer["answer"]["measured"] is None
    assert answer["status"] == "partial"


def test_python_answers_as_the_terminal_does(folder):
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    found = buildings.compare_building("house", records=files)

    assert found.designed == 40
    assert found.normalised.fit.model.kind == "3PH"
    assert not buildings.has_errors(found.findings)
