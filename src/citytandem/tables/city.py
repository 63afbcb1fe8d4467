"""Cities, their names, identifiers and structure: what a city is, and what it cannot change soon."""

import dataframely as dy

from citytandem.tables import _base as base

BOUNDARIES = ("municipality", "place", "urban_area", "prefecture_level", "county", "unknown")
LANGUAGES = ("en", "de", "ja", "zh-Hans", "da")
SCHEMES = ("geonames", "wikidata", "locode", "ags", "jis", "dk_kommune", "gnis", "fips", "net_zero_tracker")
VARIABLES = (
    "population",
    "area_km2",
    "density",
    "hdd",
    "cdd",
    "precipitation_mm",
    "temperature_c",
    "koppen",
    "gdp_per_head",
    "industry_share",
    "growth",
    "coast_km",
    "grid_factor",
)


class City(dy.Schema):
    """One row per local government or place we know."""

    city = base.city(primary_key=True)
    name = base.text("Name in Latin letters, as the place itself writes it where it does", nullable=False)
    country = dy.String(regex=base.COUNTRY, nullable=False, description="ISO 3166-1 alpha-2 code of the country")
    state = base.text("State, prefecture or region (GeoNames first-order code or name)", nullable=True)
    tier = base.key("Kind of local government as in the powers table; null where unknown", nullable=True)
    boundary = dy.Enum(BOUNDARIES, nullable=False, description="What the name stands for on the ground")
    latitude = base.quantity("degree_north", "Latitude, WGS 84", low=-90, high=90, nullable=True)
    longitude = base.quantity("degree_east", "Longitude, WGS 84", low=-180, high=180, nullable=True)
    timezone = base.text("IANA time zone", nullable=True)
    source = base.source()


class Name(dy.Schema):
    """One row per name of a city in a language or script."""

    city = base.city(primary_key=True)
    name = base.text("The name", primary_key=True)
    language = base.key("BCP 47 tag; und where the language of the name is not recorded", nullable=False)
    official = dy.Bool(nullable=False, description="The name to show in this language")
    source = base.source()


class Identifier(dy.Schema):
    """One row per code under which others know a city."""

    city = base.city(primary_key=True)
    scheme = dy.Enum(SCHEMES, primary_key=True, description="Who gives the code")
    value = base.text("The code", primary_key=True)
    source = base.source()


class Structure(dy.Schema):
    """One row per city, structure variable and year: what a city cannot change soon."""

    city = base.city(primary_key=True)
    variable = dy.Enum(VARIABLES, primary_key=True, description="Structure variable; units in the variable table")
    year = base.year("Year the value is about; for climate the last year of the period", primary_key=True)
    value = dy.Float64(
        nullable=True, min=-1e9, max=1e12, description="Value in the unit of the variable", metadata={"unit": "by variable"}
    )
    category = base.text("Value of a variable that is a class, such as a climate zone", nullable=True)
    basis = dy.Enum(
        ("municipality", "place", "urban_area", "state", "country"),
        nullable=False,
        description="The area the value was measured for",
    )
    source = base.source()

    @dy.rule()
    def value_or_category(cls):  # type: ignore[no-untyped-def]
        return cls.value.col.is_not_null() ^ cls.category.col.is_not_null()
