"""Units are converted once, and an unknown unit is refused rather than guessed."""

import pytest

from citytandem.units import factor_to


@pytest.mark.parametrize(
    ("quantity", "unit", "factor"),
    [
        ("emissions", "t", 1.0),
        ("emissions", "kt", 1e3),
        ("emissions", "Mt", 1e6),
        ("emissions", "kg", 1e-3),
        ("energy", "MWh / year", 1.0),
        ("energy", "GWh / year", 1e3),
        ("energy", "GJ / year", 1 / 3.6),
        ("energy", "toe / year", 11.63),
        ("energy", "tce / year", 29.3076 / 3.6),
        ("area", "hectare", 0.01),
        ("distance", "mile", 1.609344),
    ],
)
def test_units_have_the_factor_of_their_definition(quantity, unit, factor):
    assert factor_to(quantity, unit) == pytest.approx(factor, rel=1e-4)


@pytest.mark.parametrize(
    ("quantity", "unit"), [("emissions", "mt"), ("energy", "t"), ("emissions", "furlong"), ("energy", "bananas")]
)
def test_an_unknown_or_ambiguous_unit_is_refused(quantity, unit):
    with pytest.raises(ValueError, match=unit):
        factor_to(quantity, unit)
