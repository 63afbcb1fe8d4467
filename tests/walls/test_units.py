"""Every number in a table says its unit, and the unit can be read by a machine."""

import importlib
import pkgutil

import dataframely as dy
import pint
import pytest

import citytandem.tables
from citytandem import units

UNIT_IN_THE_ROW = {
    "by variable": "the variable of the row names it",
    "by indicator": "the indicator of the row names it",
    "by unit": "the column unit of the row names it",
    "by factor": "the factor of the row names it",
    "by part": "the part of the row names it: years for persistence, shares else",
}
NAME_AND_UNIT = {
    "_t": "t CO2e / year",
    "_t_per_head": "t CO2e / people / year",
    "per_head_t": "t CO2e / people / year",
    "_mwh": "MWh / year",
    "_km": "km",
    "_km2": "km2",
    "kg_per_mwh": "kg CO2e / MWh",
    "kg_per_km": "kg CO2e / km",
    "eur_per_km": "EUR / km",
}


def _schemas() -> list[type[dy.Schema]]:
    modules = [
        importlib.import_module(f"citytandem.tables.{found.name}") for found in pkgutil.iter_modules(citytandem.tables.__path__)
    ]
    classes = {value for module in modules for value in vars(module).values() if isinstance(value, type)}
    return sorted(
        (found for found in classes if issubclass(found, dy.Schema) and found is not dy.Schema),
        key=lambda found: (found.__module__, found.__name__),
    )


SCHEMAS = _schemas()
QUANTITIES = [
    pytest.param(column, id=f"{schema.__module__.rsplit('.', 1)[-1]}.{schema.__name__}.{name}")
    for schema in SCHEMAS
    for name, column in schema.columns().items()
    if isinstance(column, dy.Float64 | dy.Float32)
]


@pytest.mark.parametrize("column", QUANTITIES)
def test_a_quantity_has_a_unit_that_can_be_read(column):
    unit = (column.metadata or {}).get("unit")

    assert unit in UNIT_IN_THE_ROW or units._registry().parse_units(unit) is not None


@pytest.mark.parametrize("column", QUANTITIES)
def test_the_end_of_a_name_agrees_with_its_unit(column):
    unit = column.metadata["unit"]
    endings = [ending for ending in NAME_AND_UNIT if column.name.endswith(ending)]
    expected = NAME_AND_UNIT[max(endings, key=len)] if endings else unit

    assert unit == expected or _dimension(unit) == _dimension(expected)


@pytest.mark.parametrize("column", QUANTITIES)
def test_a_quantity_has_a_range_in_which_it_can_be_true(column):
    assert column.min is not None or column.min_exclusive is not None
    assert column.max is not None or column.max_exclusive is not None


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.__name__)
def test_a_table_says_what_one_row_is_and_what_each_column_means(schema):
    silent = [name for name, column in schema.columns().items() if not column.description]

    assert schema.__doc__
    assert silent == []


def _dimension(unit: str) -> object:
    try:
        return units._registry().parse_units(unit).dimensionality
    except pint.UndefinedUnitError:
        return unit
