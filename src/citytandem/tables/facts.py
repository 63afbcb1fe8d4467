"""Every reference fact of the house in one frozen record, each table read when it is first asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from citytandem.tables import assessment, building, catalogue, crosswalk, national, powers, reference, series, tour, yardstick

if TYPE_CHECKING:
    from collections.abc import Callable

    import dataframely as dy
    import polars as pl

    from citytandem.tables.method import Method

FACTS: dict[str, type[dy.Schema]] = {
    "source": reference.Source,
    "measure": catalogue.Measure,
    "measure_title": catalogue.MeasureTitle,
    "target": catalogue.Target,
    "lever": catalogue.Lever,
    "enabling": catalogue.Enabling,
    "exclusion": catalogue.Exclusion,
    "evidence": catalogue.Evidence,
    "evidence_base": catalogue.EvidenceBase,
    "width": catalogue.Width,
    "tier": powers.Tier,
    "asset": powers.Asset,
    "power": powers.Power,
    "route": powers.Route,
    "scope": powers.Scope,
    "network": powers.Network,
    "network_part": powers.NetworkPart,
    "sector": crosswalk.SectorRow,
    "sector_part": crosswalk.SectorPart,
    "carrier": crosswalk.CarrierRow,
    "gwp": crosswalk.Gwp,
    "fuel_factor": crosswalk.FuelFactor,
    "factor": reference.Factor,
    "bound": crosswalk.Bound,
    "national_use": national.NationalUse,
    "variable": yardstick.Variable,
    "profile": yardstick.ProfileWeight,
    "anchor": yardstick.Anchor,
    "framework": assessment.Framework,
    "category": assessment.Category,
    "criterion": assessment.Criterion,
    "criterion_measure": assessment.CriterionMeasure,
    "level": assessment.Level,
    "pilot_city": assessment.PilotCity,
    "implemented_share": yardstick.ImplementedShare,
    "quality": yardstick.QualityGrade,
    "shared_error": yardstick.SharedError,
    "electricity_share": yardstick.ElectricityShare,
    "grid_region": reference.GridRegion,
    "travel_factor": tour.TravelFactor,
    "travel_way": tour.TravelWay,
    "region": series.Region,
    "region_series": series.RegionSeries,
    "region_break": series.Break,
    "region_phase": series.Phase,
    "region_trait": series.Trait,
    "region_city": series.RegionCity,
    "case": series.Case,
    "climate_zone": building.ClimateZone,
    "building_limit": building.BuildingLimit,
    "pilot_building": building.Building,
    "pilot_building_value": building.BuildingValue,
}
"""The tables of facts, by file name."""


@dataclass(frozen=True)
class Facts:
    """The reference facts of the house; an attribute is a frame that meets its schema in ``FACTS``.

    Parameters
    ----------
    read
        Gives the frame of a table by its name.
    read_methods
        Gives all methods by their key.
    """

    read: Callable[[str], pl.DataFrame]
    read_methods: Callable[[], dict[str, Method]]

    @cached_property
    def methods(self) -> dict[str, Method]:
        """Methods of drawing up a balance, by key."""
        return self.read_methods()

    @cached_property
    def source(self) -> pl.DataFrame:
        """One row per publication a figure can come from."""
        return self.read("source")

    @cached_property
    def measure(self) -> pl.DataFrame:
        """One row per measure of the catalogue. The classification is our judgement (mark P)."""
        return self.read("measure")

    @cached_property
    def measure_title(self) -> pl.DataFrame:
        """One row per measure and language: its title."""
        return self.read("measure_title")

    @cached_property
    def target(self) -> pl.DataFrame:
        """One row per measure and part of a balance it acts on: our sector and carrier."""
        return self.read("target")

    @cached_property
    def lever(self) -> pl.DataFrame:
        """One row per measure, asset and dimension of power through which a city can carry it out."""
        return self.read("lever")

    @cached_property
    def enabling(self) -> pl.DataFrame:
        """One row per measure that raises the reach of another."""
        return self.read("enabling")

    @cached_property
    def exclusion(self) -> pl.DataFrame:
        """One row per group of measures that compete for the same thing, and member. Never add effects inside a group."""
        return self.read("exclusion")

    @cached_property
    def evidence(self) -> pl.DataFrame:
        """One row per published figure about a measure. Rows can only be compared when their base is the same."""
        return self.read("evidence")

    @cached_property
    def evidence_base(self) -> pl.DataFrame:
        """One row per base a figure is a share of, and whether it speaks of territorial emissions."""
        return self.read("evidence_base")

    @cached_property
    def width(self) -> pl.DataFrame:
        """One row per kind of evidence and mark: how much its range is widened before it is used."""
        return self.read("width")

    @cached_property
    def tier(self) -> pl.DataFrame:
        """One row per kind of local government of a country, and the tier whose powers stand in for missing rows."""
        return self.read("tier")

    @cached_property
    def asset(self) -> pl.DataFrame:
        """One row per thing a local government may own, rule, pay for or give direction to."""
        return self.read("asset")

    @cached_property
    def power(self) -> pl.DataFrame:
        """One row per country, tier, state, asset and dimension that was assessed. No row means not assessed, never zero."""
        return self.read("power")

    @cached_property
    def route(self) -> pl.DataFrame:
        """One row per route by which a city can bring a measure about, in the order in which they are tested."""
        return self.read("route")

    @cached_property
    def scope(self) -> pl.DataFrame:
        """One row per sector, carrier and power that puts these emissions into the hands or the influence of a city."""
        return self.read("scope")

    @cached_property
    def network(self) -> pl.DataFrame:
        """One row per network or programme and year of a count."""
        return self.read("network")

    @cached_property
    def network_part(self) -> pl.DataFrame:
        """One row per class of members, office or body of a network, as a source tells it for a year."""
        return self.read("network_part")

    @cached_property
    def sector(self) -> pl.DataFrame:
        """One row per sector of ours: what it contains, what others call it, and which variants of the core hold it."""
        return self.read("sector")

    @cached_property
    def sector_part(self) -> pl.DataFrame:
        """One row per combined sector and sector of ours inside it."""
        return self.read("sector_part")

    @cached_property
    def carrier(self) -> pl.DataFrame:
        """One row per carrier of ours: group, names elsewhere, and the ratio of its heating values."""
        return self.read("carrier")

    @cached_property
    def gwp(self) -> pl.DataFrame:
        """One row per gas and set: global warming potential over 100 years."""
        return self.read("gwp")

    @cached_property
    def fuel_factor(self) -> pl.DataFrame:
        """One row per fuel, use and gas: IPCC default per energy (lower heating value)."""
        return self.read("fuel_factor")

    @cached_property
    def factor(self) -> pl.DataFrame:
        """One row per emission factor: carrier, place, year and what is inside."""
        return self.read("factor")

    @cached_property
    def bound(self) -> pl.DataFrame:
        """One row per carrier and view: between which values a factor can be true."""
        return self.read("bound")

    @cached_property
    def national_use(self) -> pl.DataFrame:
        """One row per country, sector and carrier: what the whole country uses or emits."""
        return self.read("national_use")

    @cached_property
    def variable(self) -> pl.DataFrame:
        """One row per structure variable: what a city cannot change soon, and how distances are taken in it."""
        return self.read("variable")

    @cached_property
    def profile(self) -> pl.DataFrame:
        """One row per named profile, question and variable: how much it weighs when peers are sought."""
        return self.read("profile")

    @cached_property
    def anchor(self) -> pl.DataFrame:
        """One row per indicator: the two values between which points from 0 to 10 run in a straight line."""
        return self.read("anchor")

    @cached_property
    def framework(self) -> pl.DataFrame:
        """One row per framework of criteria; the activity profile is one of them."""
        return self.read("framework")

    @cached_property
    def category(self) -> pl.DataFrame:
        """One row per framework and category."""
        return self.read("category")

    @cached_property
    def criterion(self) -> pl.DataFrame:
        """One row per framework and criterion."""
        return self.read("criterion")

    @cached_property
    def criterion_measure(self) -> pl.DataFrame:
        """One row per criterion and measure that counts under it."""
        return self.read("criterion_measure")

    @cached_property
    def level(self) -> pl.DataFrame:
        """One row per framework, criterion and level: what it means and which evidence it asks for."""
        return self.read("level")

    @cached_property
    def pilot_city(self) -> pl.DataFrame:
        """One row per pilot city of a framework whose name was found."""
        return self.read("pilot_city")

    @cached_property
    def implemented_share(self) -> pl.DataFrame:
        """One row per stage: which share of a measure counts as done. An unknown stage has no row and no share."""
        return self.read("implemented_share")

    @cached_property
    def quality(self) -> pl.DataFrame:
        """One row per quality profile and grade: half width of a 90 % interval as a share of the value."""
        return self.read("quality")

    @cached_property
    def shared_error(self) -> pl.DataFrame:
        """One row per quality profile and carrier: the error of its factor, which all lines it prices have together."""
        return self.read("shared_error")

    @cached_property
    def electricity_share(self) -> pl.DataFrame:
        """One row per sector: which share of a line of all carriers can be electricity, at least and at most."""
        return self.read("electricity_share")

    @cached_property
    def grid_region(self) -> pl.DataFrame:
        """One row per state or city and region of the grid it can lie in. Several rows: nothing decides which."""
        return self.read("grid_region")

    @cached_property
    def travel_factor(self) -> pl.DataFrame:
        """One row per mode and length of a journey: what one person emits on one km."""
        return self.read("travel_factor")

    @cached_property
    def travel_way(self) -> pl.DataFrame:
        """One row per mode: how much longer than the great circle it goes, how fast, and what it costs."""
        return self.read("travel_way")

    @cached_property
    def region(self) -> pl.DataFrame:
        """One row per region with a trajectory or a case. Names are recalled (mark K)."""
        return self.read("region")

    @cached_property
    def region_series(self) -> pl.DataFrame:
        """One row per region, indicator, definition, source and year."""
        return self.read("region_series")

    @cached_property
    def region_break(self) -> pl.DataFrame:
        """One row per year from which a series is counted otherwise."""
        return self.read("region_break")

    @cached_property
    def region_phase(self) -> pl.DataFrame:
        """One row per phase of a region's structural change."""
        return self.read("region_phase")

    @cached_property
    def region_trait(self) -> pl.DataFrame:
        """One row per region and thing that differs between regions."""
        return self.read("region_trait")

    @cached_property
    def region_city(self) -> pl.DataFrame:
        """One row per rule that says which cities lie in a region."""
        return self.read("region_city")

    @cached_property
    def case(self) -> pl.DataFrame:
        """One row per thing that was tried in a region, with what failed and what would have to hold elsewhere."""
        return self.read("case")

    @cached_property
    def climate_zone(self) -> pl.DataFrame:
        """One row per thermal zone of GB 50176: the bounds that make it one."""
        return self.read("climate_zone")

    @cached_property
    def building_limit(self) -> pl.DataFrame:
        """One row per limit of a standard that a building, or the fit of a model, must keep."""
        return self.read("building_limit")

    @cached_property
    def pilot_building(self) -> pl.DataFrame:
        """One row per pilot building that is publicly known."""
        return self.read("pilot_building")

    @cached_property
    def pilot_building_value(self) -> pl.DataFrame:
        """One row per published figure of a pilot building. Most figures are not known, and have no row."""
        return self.read("pilot_building_value")
