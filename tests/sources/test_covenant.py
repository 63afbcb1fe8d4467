"""Totals and targets of the Covenant of Mayors are known by UN/LOCODE."""

from citytandem.sources import covenant
from tests.sources import forms


def resolve(name, *, country, locode):  # noqa: ARG001 the interface
    return {"DEHEI": "DE-08221000"}.get(locode)


def test_a_city_is_found_by_its_locode():
    reading = covenant.read(forms.COVENANT.encode(), resolve=resolve)

    assert reading.tables["balance"]["city"].to_list()[0] == "DE-08221000"
    assert reading.tables["line"]["emissions_t"].to_list() == [1_157_000, 60_455]


def test_a_target_in_another_unit_keeps_its_year_and_loses_its_size():
    reading = covenant.read(forms.COVENANT_TARGETS.encode(), resolve=resolve)

    assert reading.tables["target"]["reduction"].to_list() == [0.21, None]
    assert [finding.row for finding in reading.findings if finding.code == "unit_unknown"] == [3]


def test_every_real_total_and_target_is_kept(raw_data):
    totals = covenant.read(forms.read_real(raw_data, "eu-covenant-of-mayors/EmissionsAgg.csv"))
    targets = covenant.read(forms.read_real(raw_data, "eu-covenant-of-mayors/Target.csv"))

    assert (totals.tables["balance"].height, targets.tables["target"].height) == (1463, 1394)
