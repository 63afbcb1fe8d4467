"""One question for each address that anybody can try: shown on the page, and as examples of parameters in the description."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

EXAMPLES = {
    "list_cities": "cities?q=Heidelberg",
    "show_city": "cities/DE-08221000",
    "list_balances": "cities/DE-08221000/balances",
    "list_lines": "cities/DE-08221000/balances/DE-08221000.2019.climate-city-contract/lines",
    "list_stages": "cities/DE-05515000/stages",
    "show_balance": "cities/DE-08221000/balance?year=2019",
    "show_bridge": "cities/DE-05515000/bridge?year=2019&to=core_waste",
    "show_benchmark": "cities/DE-08221000/benchmark?question=transport&countries=DE&countries=DK&weights=hdd=2&k=10",
    "show_advice": "cities/DE-05515000/advice",
    "show_partners": "cities/DE-08221000/partners",
    "show_estimate": "cities/DE-08221000/estimate?year=2019",
    "show_gate": "gate?city=DE-08221000&city=DK-0751",
    "list_frameworks": "frameworks",
    "show_framework": "frameworks/sino_german_2018",
    "show_assessment": "cities/DE-05515000/assessment?framework=activity_2026",
    "list_regions": "regions?country=CN&with_series=true",
    "show_region": "regions/ruhr",
    "list_series": "regions/CN-140000/series?indicator=gdp_share_secondary",
    "show_analogues": "regions/CN-140000/analogues?window=2000-2022&indicators=industry,services&k=5&lag=10",
    "list_cases": "cases?region=ruhr",
    "list_assessments": "cities/DE-05515000/assessments",
    "list_pilots": "pilots",
    "list_buildings": "buildings?zone=cold&use=residential",
    "show_building": "buildings/xingfubao-urumqi",
    "compare_building": "buildings/xingfubao-urumqi/comparison",
    "list_climate_zones": "climate-zones",
    "list_releases": "releases",
    "show_release": "releases/reference-2026.1/datapackage.json",
    "read_parquet": "releases/reference-2026.1/stage.parquet",
    "read_csv": "releases/reference-2026.1/stage.csv",
    "list_sources": "sources?limit=20",
    "list_measures": "measures?lang=da",
    "list_methods": "methods",
    "list_powers": "powers?country=DE",
    "list_networks": "networks?format=csv",
    "list_codes": "codes?limit=20",
    "list_events": "events",
}
"""By the name of the question: an address below that of the interface. Events, programmes and certificates have none of their
own: sites differ in them."""


def add_examples(operation: dict[str, Any], *, address: str) -> None:
    """Give each parameter the value it has in the example, in its own type."""
    asked = EXAMPLES.get(operation["operationId"])
    if asked is None:
        return
    given = read_example(asked, address=address)
    for one in operation["parameters"]:
        if one["name"] in given:
            one["example"] = _as_typed(given[one["name"]], one["schema"])


def read_example(asked: str, *, address: str) -> dict[str, list[str]]:
    """The values of an example by the names of its parameters.

    >>> read_example("cities/DE-05515000/bridge?year=2019", address="/api/v1/cities/{city}/bridge")
    {'city': ['DE-05515000'], 'year': ['2019']}
    """
    parts = urlsplit(asked)
    pattern = re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", re.escape(address).replace(r"\{", "{").replace(r"\}", "}"))
    found = re.search(f"{pattern}$", f"/api/v1/{parts.path}")
    inside = found.groupdict() if found else {}
    return {name: [unquote(value)] for name, value in inside.items()} | parse_qs(parts.query)


def _as_typed(given: list[str], schema: dict[str, Any]) -> Any:
    kinds = {schema.get("type"), *(one.get("type") for one in schema.get("anyOf", ()))}
    if "array" in kinds:
        return given
    if "integer" in kinds:
        return int(given[0])
    return given[0] == "true" if "boolean" in kinds else given[0]
