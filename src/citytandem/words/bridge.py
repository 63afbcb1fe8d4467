"""The English words of bridges: names of the steps, what sizes rest on, rules, buckets and remedies."""

from citytandem.words.catalogue import translatable as _

BRIDGE: dict[str, str] = {
    "cli.help.bridge": _("Why two balances of a city differ, or what one would be under another method: named steps that close."),
    "cli.help.reconcile": _("Why a published total is not ours: boundary, factor or activity."),
    "cli.help.bridges": _("Write the page of bridges between published balances."),
    "cli.option.bridge_year": _("Year of the balance to start from; the newest if left out."),
    "cli.option.from": _("Where to start: a method such as bisko, a publication, or the id of a balance."),
    "cli.option.to": _(
        "Where to end: core, core_no_industry, core_waste, a method such as gpc-basic, a publication, or the id of a balance."
    ),
    "cli.option.published": _("The published total, in tonnes of CO2e."),
    "cli.step.bridges": _("Reading the publications and building the bridges …"),
    "bridge.question": _("From {start} to {end}: why do they differ?"),
    "bridge.question.method": _("What would {start} be as {end}?"),
    "bridge.answer": _(
        "{city} {year}: {start} states {before} t, {end} states {after} t. The steps change {net} t in all and {absolute} t without regard "
        "to sign; {unexplained} t, {share} of that, have no name."
    ),
    "bridge.answer.method": _(
        "{city} {year}: {start} states {before} t; as {end} it would be {after} t. The steps change {net} t in all."
    ),
    "bridge.answer.open": _("{count} further steps cannot be sized from what is published and are not in this figure."),
    "bridge.answer.same": _("{city} {year}: {start} and {end} both state {before} t. There is nothing between them to explain."),
    "bridge.steps": _("The steps"),
    "bridge.sketch": _("Emissions in t CO2e"),
    "bridge.step": _("Step"),
    "bridge.part": _("Part"),
    "bridge.change": _("Change"),
    "bridge.interval": _("90 % interval or bound"),
    "bridge.basis": _("Rests on"),
    "bridge.source": _("Source"),
    # Translators: the steps between two balances of one city
    "step.period": _("Period"),
    "step.boundary": _("Area"),
    "step.booking": _("Electricity and heat booked where used"),
    "step.factor": _("Emission factor"),
    "step.activity": _("Energy used"),
    "step.electricity_view": _("Electricity factor"),
    "step.upstream": _("Upstream chains of fuels"),
    "step.chp_allocation": _("Sharing out heat and power"),
    "step.gwp_set": _("Warming potentials and gases"),
    "step.heating_value": _("Heating value"),
    "step.aviation": _("Aviation"),
    "step.other_transport": _("Ships and off-road machines"),
    "step.industry": _("Industry"),
    "step.energy_industry": _("Energy industry"),
    "step.land": _("Farming and land"),
    "step.waste": _("Waste and wastewater"),
    "step.coverage": _("Sectors counted"),
    "step.unexplained": _("Unexplained"),
    "step_basis.lines": _("published lines"),
    "step_basis.method": _("both say the same"),
    "step_basis.bounded": _("bounded only"),
    "step_basis.not_known": _("cannot be sized"),
    "bridge.part.not_itemised": _("beside the lines"),
    "variant.core": _("our comparable core"),
    "variant.core_no_industry": _("our comparable core without industry"),
    "variant.core_waste": _("our comparable core with waste"),
    "reconcile.question": _("Why is the published total of {city} {year} not ours?"),
    "reconcile.same": _("The published {published} t and our {ours} t are the same within one in a thousand."),
    "reconcile.explained": _(
        "The published {published} t are {difference} t beside our {ours} t. One explanation fits: {causes}."
    ),
    "reconcile.several": _(
        "The published {published} t are {difference} t beside our {ours} t. Several explanations fit: {causes}."
    ),
    "reconcile.open": _(
        "The published {published} t are {difference} t beside our {ours} t. No single cause we can size makes that up."
    ),
    "reconcile.causes": _("Single causes, and what each would change"),
    "reconcile.bucket": _("Bucket"),
    "reconcile.cause": _("Cause"),
    "reconcile.closes": _("Closes alone"),
    "reconcile.remedy": _("What to do"),
    "reconcile.yes": _("yes"),
    "reconcile.without": _("without {sector}"),
    "bucket.boundary": _("Boundary"),
    "bucket.factor": _("Factor"),
    "bucket.activity": _("Activity"),
    "cause.electricity_national": _("national electricity factor of the year"),
    "cause.electricity_regional": _("electricity factor of the grid region"),
    "cause.electricity_production_mix": _("electricity factor of the national production"),
    "cause.electricity_residual_mix": _("electricity factor of the residual mix"),
    "cause.energy_itself": _("other amounts of energy"),
    "remedy.compare_sectors": _("Compare which sectors both count."),
    "remedy.ask_for_factor": _("Ask which electricity factor was used."),
    "remedy.ask_for_energy": _("Ask for the energy by sector and carrier, in kWh."),
}
