"""The English words of first estimates."""

from citytandem.words.catalogue import translatable as _

ESTIMATE: dict[str, str] = {
    "cli.help.estimate": _("A first estimate for a city without a balance, learned from other cities; never a balance."),
    "cli.option.estimate_year": _("Year of the estimate; the one with most balances if left out."),
    "cli.option.estimates": _("Test first estimates instead: hold out cities and whole countries."),
    "estimate.question": _("What may {city} emit? A first estimate"),
    "estimate.answer": _(
        "Estimate, not a balance: {city} may emit {low} to {high} t CO₂e per person in {year}, in the middle about {value} "
        "({outcome}). With {people} inhabitants that is {total_low} to {total_high} thousand t."
    ),
    "estimate.answer.nothing": _(
        "For {city} nothing can be estimated with an interval that we can promise. The reasons are below."
    ),
    "estimate.table": _("Estimate by part, with intervals that hold nine in ten cities"),
    "estimate.middle": _("Estimate"),
    "estimate.share": _("Share of the core"),
    "estimate.basis": _("Learned from"),
    "estimate.cities": _("Cities"),
    "estimate.basis.structure": _("cities of the country, by structure"),
    "estimate.basis.mean": _("mean of cities of the country"),
    "estimate.basis.national": _("total of the country"),
    "estimate.how": _(
        "How we know: emissions per person of other cities were set beside the fossil CO₂ per person of their countries "
        "({country}: {national} t in {national_year}; Global Carbon Budget and UN), and related to size and climate. Where "
        "structure does not help, their mean is taken. Methods learned from: {methods}."
    ),
    "estimate.interval": _(
        "The intervals come from the errors on cities that were held out. How well they hold is published in "
        "docs/explanation/estimates.md."
    ),
    "estimate.parts": _("Each part is estimated on its own, so parts and totals need not add up."),
    "estimate.people": _("Inhabitants: {people} in {year} ({source})."),
    "estimate.carriers": _("Energy carriers of each part: an estimate in thousand t CO₂e and in GWh, with wide intervals"),
    "estimate.carriers.part": _("Part"),
    "estimate.carriers.carrier": _("Carrier"),
    "estimate.carriers.emissions": _("Thousand t"),
    "estimate.carriers.energy": _("GWh"),
    "estimate.carriers.from": _("Carriers as in"),
    "estimate.carriers.basis.cities": _("published balances nearby"),
    "estimate.carriers.basis.country": _("the whole country"),
    "estimate.carriers.basis.country_with_local_heat": _("the country, with the city's district heat"),
    "estimate.carriers.how": _(
        "The carriers of a part add up to its estimate. Energy is emissions over direct factors. Carriers below one percent of "
        "a part are left out here; --json gives all. Parts overlap: buildings hold households, stationary energy holds both."
    ),
    "estimate.carriers.source": _("Carriers of the country: {sources}."),
    "estimate.context.district_heat_share": _("flats with district heat"),
    "estimate.context.heat_need_kwh_per_head": _("heat needed by age and size of flats"),
    "estimate.context.traffic_area_m2_per_head": _("land for traffic"),
    "estimate.context.commercial_area_m2_per_head": _("land for trade"),
    "estimate.context.industry_t_per_head": _("emissions of listed works"),
    "cli.option.context": _("Folder with local facts of German municipalities; never needed."),
    "estimate.next": _("What replaces it: the city's own balance. Bring it with: citytandem import FILE"),
}
"""Labels and sentences of ``citytandem estimate``."""
