"""Which colours mean what: sectors, uncertainty and one accent; never merit."""

from __future__ import annotations

INK = "#1f2933"
QUIET = "#5f6b76"
HAIR = "#d9dee3"
LAND = "#eceff1"
ACCENT = "#0b5c7a"
ACCENT_MID = "#5b9bb5"
ACCENT_PALE = "#c5dde7"
BAND = "#dde5ea"
BAND_INNER = "#b9c8d1"
PEER = "#74828e"

SECTORS: dict[str, str] = {
    # buildings are blue
    "households": "#1f5f8b",
    "services": "#6aa5cf",
    "municipal": "#b5d3e8",
    "buildings": "#1f5f8b",
    "services_and_industry": "#8a9fb8",
    "stationary": "#3d6f94",
    "heat_use": "#7a5c8e",
    "electricity_use": "#c9b037",
    # industry: warm greys and browns
    "industry_energy": "#8c6d46",
    "industry_process": "#c4a67c",
    "energy_industry": "#5d4b35",
    "agriculture_energy": "#a7b86a",
    # movement is orange
    "road": "#d9792b",
    "rail": "#f0b98a",
    "transport": "#d9792b",
    "navigation": "#a8531a",
    "aviation": "#f5d3b3",
    "off_road": "#b98a6b",
    # waste, land, rest
    "waste": "#6b6f73",
    "wastewater": "#a5a9ad",
    "agriculture": "#7f9a3f",
    "land_use": "#3f6b3a",
    "other": "#cfd4d8",
    "total": "#44525e",
    "rest": "#cfd4d8",
    "all": "#44525e",
}
"""Blue, brown, orange, grey and green differ in lightness, so that they stay apart without colour vision."""


def color_sector(sector: str) -> str:
    """The colour of a sector; grey for one we have no colour for."""
    return SECTORS.get(sector, SECTORS["other"])
