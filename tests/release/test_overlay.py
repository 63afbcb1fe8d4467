"""An imported file makes a package of its own that lies over the reference release, and changes nothing beneath."""

import json

import polars as pl
import pytest

import citytandem as ct
from citytandem import verbs
from citytandem.findings import CannotCompute, Code, Severity
from citytandem.release.bring import Asked, bring
from citytandem.release.overlay import SCHEMAS, assemble, publish
from citytandem.sources import package
from citytandem.sources.city_match import resolve_from
from tests.sources import forms

CITY = "Reutlingen"


@pytest.fixture(scope="module")
def reference():
    return ct.load()


@pytest.fixture(scope="module")
def resolve(reference):
    return resolve_from(city=reference.city, name=reference.name, identifier=reference.identifier)


def inventory(*, city=CITY, country="Germany", **more):
    """A workbook whose city, year and figures are plausible for a German city of 116,000 people."""
    scale = [*forms.ecrf_details()]
    for row in scale:
        if row[1] in {"I.1.1", "II.1.1"}:
            row[16] = 180_000
            row[13:16] = ["", "", ""]
    facts = {
        "Name of city": city,
        "Country": country,
        "Inventory year": 2019,
        "Resident population within city boundary": 116_000,
    }
    for row in scale:
        row[0] = 2019
    return forms.ecrf(details=scale, summary=[], facts=facts, **more)


@pytest.fixture(scope="module")
def brought(resolve):
    return bring(inventory(), name="reutlingen.xlsx", resolve=resolve)


@pytest.fixture(scope="module")
def folder(brought, reference, tmp_path_factory):
    overlay = assemble([brought], city=reference.city, source=reference.source)
    target = tmp_path_factory.mktemp("import") / "reutlingen"
    publish(overlay, target, brought=[brought], over={"name": reference.release, "sha256": reference.sha256})
    return target


@pytest.fixture(scope="module")
def city(brought):
    return brought.reading.tables["balance"]["city"][0]


def test_the_city_had_no_balance_before(reference, city):
    assert reference.balance.filter(pl.col("city") == city).is_empty()
    assert reference.city.filter(pl.col("city") == city).height == 1


def test_a_package_is_whole_by_itself(folder):
    assert package.verify(folder, SCHEMAS) == []


def test_a_package_says_over_which_release_it_lies_and_from_which_file_it_comes(folder, brought, reference):
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))

    assert descriptor["over"] == {"name": reference.release, "sha256": reference.sha256}
    assert descriptor["raw"] == {"reutlingen.xlsx": brought.sha256}
    assert descriptor["state"] == "checked"


def test_an_imported_balance_is_answered_like_any_other(folder, city):
    found = verbs.balance(ct.load(folder), city=CITY)

    assert (found.city, found.year) == (city, 2019)


def test_an_imported_balance_can_be_a_peer(folder, city):
    found = verbs.benchmark(ct.load(folder), city="Heidelberg", year=2019, add=[CITY])

    assert city in found.peers.peer["peer"].to_list()


def test_the_rest_of_the_release_answers_as_before(folder, reference):
    over = ct.load(folder)

    assert over.balance.height == reference.balance.height + 1
    assert over.tie.equals(reference.tie)
    assert over.city.equals(reference.city)


def test_the_provenance_names_both_releases(folder, reference):
    over = ct.load(folder)

    assert over.provenance().release == f"import-reutlingen over {reference.release}"
    assert over.provenance().release_sha256 not in {reference.sha256, over.descriptor["sha256"]}


def test_lines_of_a_balance_give_way_together(reference):
    balance = reference.balance["balance"][0]
    line = reference.line.filter(pl.col("balance") == balance).head(1)
    merged = package.lay_over(line, reference.line, table="line")

    assert merged.filter(pl.col("balance") == balance).height == 1


def test_errors_write_nothing_unless_a_draft_is_asked_for(reference, resolve, tmp_path):
    details = forms.ecrf_details()
    details[0][16] = "about 200"
    raw = forms.ecrf(details=details, facts={"Name of city": CITY, "Country": "Germany"})
    one = bring(raw, name="broken.xlsx", resolve=resolve)
    overlay = assemble([one], city=reference.city, source=reference.source)
    over = {"name": reference.release, "sha256": reference.sha256}
    with pytest.raises(CannotCompute) as refused:
        publish(overlay, tmp_path / "out", brought=[one], over=over)
    name = publish(overlay, tmp_path / "out", brought=[one], over=over, draft=True)

    assert refused.value.finding.code is Code.IMPORT_NOT_SOUND
    assert name == "import-broken-draft"
    assert package.read_descriptor(tmp_path / "out")["state"] == "draft"
    assert [finding.code for finding in overlay.findings if finding.severity is Severity.ERROR] == [Code.CELL_NO_NUMBER]
    assert not package.read_table(tmp_path / "out", "line").is_empty()


def test_a_folder_of_something_else_is_left_alone(reference, brought, tmp_path):
    (tmp_path / "letters.txt").write_text("dear all", encoding="utf-8")
    overlay = assemble([brought], city=reference.city, source=reference.source)
    with pytest.raises(CannotCompute) as refused:
        publish(overlay, tmp_path, brought=[brought], over={"name": "reference"})

    assert refused.value.finding.code is Code.IMPORT_FOLDER_TAKEN
    assert (tmp_path / "letters.txt").read_text(encoding="utf-8") == "dear all"


def test_a_package_is_replaced_by_the_next_import(reference, brought, tmp_path):
    overlay = assemble([brought], city=reference.city, source=reference.source)
    over = {"name": reference.release, "sha256": reference.sha256}
    first = publish(overlay, tmp_path / "one", brought=[brought], over=over)
    again = publish(overlay, tmp_path / "one", brought=[brought], over=over)

    assert first == again
    assert package.verify(tmp_path / "one", SCHEMAS) == []


def test_a_balance_brought_twice_is_kept_once(reference, brought):
    overlay = assemble([brought, brought], city=reference.city, source=reference.source)
    lines = brought.reading.tables["line"].height

    assert [finding.code for finding in overlay.findings].count(Code.IMPORT_BALANCE_TWICE) == 1
    assert overlay.tables["line"].height == lines


def test_a_city_we_do_not_know_comes_along_with_the_file(reference, resolve, tmp_path):
    one = bring(inventory(city="Erfundenheim"), name="new.xlsx", resolve=resolve)
    overlay = assemble([one], city=reference.city, source=reference.source)
    publish(overlay, tmp_path / "new", brought=[one], over={"name": "reference"})

    assert verbs.balance(ct.load(tmp_path / "new"), city="Erfundenheim").year == 2019


def test_a_file_of_several_cities_is_not_read_as_one(raw_data, resolve):
    raw = forms.read_real(raw_data, "c40-gpc-inventories/C40_GPC_Database.xlsx")
    one = bring(raw, name="c40.xlsx", asked=Asked(city="DE-08221000"), resolve=resolve)

    assert one.reading.tables == {}
    assert one.reading.findings[-1].code is Code.IMPORT_SEVERAL_CITIES


REAL = {
    "c40-gpc-inventories/C40_GPC_Database.xlsx": "c40_gpc",
    "cdp-citywide-emissions/2019_City-wide_Emissions.csv": "cdp",
    "eu-covenant-of-mayors/EmissionsAgg.csv": "covenant",
    "gpc-inventory-exports-brazil/inventory-BR_ACZ-2022.csv": "gpc_csv",
    "jp-municipal-co2/jp_municipal_co2_1990_2019.csv.gz": "japan_municipal",
    "dk-municipal-ghg/klimaregnskab_by_kommune_2018_2023.json": "danish_accounts",
    "us-twin-cities-municipal-ghg/ctu_emissions_2005_2023.csv.gz": "metropolitan_council",
    "nangini-343-cities/D_FINAL.csv": "nangini",
    "de-klimawatch-cities/bonn.csv": "klimawatch",
}


@pytest.mark.parametrize(("file", "form"), REAL.items())
def test_the_publishers_own_files_are_read_whole(raw_data, reference, resolve, file, form):
    one = bring(forms.read_real(raw_data, file), name=file.rpartition("/")[2], resolve=resolve)
    overlay = assemble([one], city=reference.city, source=reference.source)

    assert one.format == form
    assert overlay.tables["balance"].height > 0
    assert set(overlay.tables["balance"]["city"]) <= set(overlay.tables["city"]["city"])
