"""Files of an invented building, as somebody would bring them, and the building once it was brought."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

from django.core.files.uploadedfile import SimpleUploadedFile

from citytandem.web.buildings.models import OwnBuilding

KNOWN = {
    "building": "house", "name": "House (invented)", "country": "CN", "province": "Shandong", "city": "Jinan", "zone": "cold",
    "use": "residential", "works": "new", "phase": "completed", "gross_area_m2": "1200", "gross_convention": "chinese_built",
    "treated_area_m2": "1000", "treated_convention": "phpp_treated",
}  # fmt: skip
RECORD = f"{','.join(KNOWN)}\n{','.join(KNOWN.values())}\n"
FIGURES = """building,indicator,state,convention,area_convention,value,unit
house,heating_demand,designed,phpp,phpp_treated,14,kWh/m2a
house,total_final,designed,phpp,phpp_treated,50,kWh/m2a
house,n50,designed,,,0.5,1/h
house,n50,tested,,,0.8,1/h
"""
MEANS = (-6.0, -2.0, 3.0, 9.0, 15.0, 20.0, 24.0, 26.0, 22.0, 14.0, 7.0, -1.0)
NOISE = (3.0, -2.0, 1.0, -3.0, 2.0, -1.0, 3.0, -2.0, 1.0, -3.0, 2.0, -1.0)


def write_months(value_of) -> list[str]:
    """A line for each month of 2025, with first day, day after, and what ``value_of`` says of its place."""
    firsts = [dt.date(2025 + month // 12, month % 12 + 1, 1) for month in range(13)]
    return [f"{starts},{ends},{value_of(place, (ends - starts).days)}" for place, (starts, ends) in enumerate(pairwise(firsts))]


def write_meters() -> str:
    rows = write_months(lambda place, days: (80 + NOISE[place] + 6 * max(15 - MEANS[place], 0)) * days)
    return "building,carrier,starts,ends,energy_kwh\n" + "".join(f"house,electricity,{row}\n" for row in rows)


def write_weather() -> str:
    metered = write_months(lambda place, _: MEANS[place])
    usual = write_months(lambda place, _: MEANS[place] - 1)
    lines = [f"metered,{row}\n" for row in metered] + [f"reference,{row}\n" for row in usual]
    return "series,starts,ends,temperature_mean\n" + "".join(lines)


def all_files(**changed: str) -> dict[str, str]:
    """Every table of the building; single ones can be given otherwise, or left out by an empty text."""
    files = {"buildings": RECORD, "values": FIGURES, "meters": write_meters(), "weather": write_weather()} | changed
    return {f"{name}.csv": text for name, text in files.items() if text}


def bring(browser, organisation, files: dict[str, str | bytes], *, number: int | None = None):
    """Sends files by the form."""
    room = f"/en/workspace/{organisation.pk}/buildings/" + (f"{number}/" if number else "")
    sent = [SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text) for name, text in files.items()]
    return browser.post(f"{room}bring/", {"tables": sent})


def publish(browser, building: OwnBuilding, **changed):
    """Sends the form of publishing."""
    form = {
        "version": building.version,
        "owner_name": "House Owners (invented)",
        "licence": "CC BY 4.0",
        "consent": "on",
    } | changed
    return browser.post(f"/en/workspace/{building.organisation_id}/buildings/{building.pk}/publish/", form)
