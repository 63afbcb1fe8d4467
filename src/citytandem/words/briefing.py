"""The English words of charts and of the briefing: titles, axes, sentences at the top of a page, what is missing."""

from citytandem.words.catalogue import translatable as _

CHARTS: dict[str, str] = {
    # words shared by charts and their tables
    "chart.year": _("Year"),
    "chart.sum": _("Sum"),
    "chart.sector": _("Sector"),
    "chart.outcome": _("What is compared"),
    "chart.value": _("Own value"),
    "chart.low": _("At least"),
    "chart.high": _("At most"),
    "chart.p10": _("A tenth of peers below"),
    "chart.p25": _("A quarter of peers below"),
    "chart.median": _("Half of peers below"),
    "chart.p75": _("Three quarters of peers below"),
    "chart.p90": _("Nine tenths of peers below"),
    "chart.expected": _("Expected for its structure"),
    "chart.expected_low": _("Expected at least"),
    "chart.expected_high": _("Expected at most"),
    "chart.peer_values": _("Peers' own values"),
    "chart.city": _("City"),
    "chart.role": _("Role"),
    "chart.role.own": _("This city"),
    "chart.role.partner": _("Possible partner"),
    "chart.role.peer": _("Peer"),
    "chart.latitude": _("Latitude"),
    "chart.longitude": _("Longitude"),
    "chart.driver": _("Driver"),
    "chart.from": _("From"),
    "chart.effect": _("Effect"),
    "chart.to": _("To"),
    "chart.field": _("Field"),
    "chart.mean_stage": _("Mean stage of the measures known"),
    "chart.coverage": _("Measures with a known stage"),
    "chart.measures": _("Measures in the field"),
    "chart.measure": _("Measure"),
    "chart.key": _("No."),
    "chart.route": _("Strongest way open to the city"),
    "chart.route_factor": _("Scope for action"),
    "chart.route_factor_high": _("Scope for action at most"),
    "chart.depth_low": _("Depth at least"),
    "chart.depth_high": _("Depth at most"),
    "chart.implemented_low": _("Done at least"),
    "chart.implemented_high": _("Done at most"),
    "chart.remaining_low": _("Remaining effect at least"),
    "chart.remaining_high": _("Remaining effect at most"),
    "chart.variable": _("What a city cannot change soon"),
    "chart.unit": _("Unit"),
    "chart.own": _("This city"),
    "chart.source": _("Source"),
    "chart.method": _("Method"),
    # marks in the strips
    "chart.kind.own": _("This city, with its 90 % interval"),
    "chart.kind.expected": _("Expected for its structure, with 90 % interval"),
    "chart.kind.peer": _("Peers"),
    "chart.range.wide": _("Range of 80 % of the peers"),
    "chart.range.middle": _("Middle half of the peers; white line: median"),
    # titles and descriptions
    "chart.sectors.title": _("Emissions of {city} by sector, {from} to {to}"),
    "chart.sectors.description": _(
        "Stacked bars, one for each year from {from} to {to}: emissions of {city} by sector in {unit}. The table below holds every value."
    ),
    "chart.strips.title": _("{city} among its peers"),
    "chart.strips.description": _(
        "Dot strips for {n} outcomes in {unit}: the value of {city} with its interval, the values of its peers, "
        "the range in which most peers lie, and the value to be expected for a city built like it. The table below holds every value."
    ),
    "chart.waterfall.peers": _("Why {city} differs from its peers"),
    "chart.waterfall.past": _("Why {city} differs from its own past"),
    "chart.waterfall.description": _(
        "Waterfall in {unit} from {start} ({before}) to {end} ({after}), one bar for each driver. The table below holds every value."
    ),
    "chart.waterfall.rest": _("{n} smaller effects together"),
    "chart.scope.title": _("Whose decision are the emissions of {city}?"),
    "chart.scope.description": _(
        "Bars in {unit} for all emissions of {city} and for each sector, split into what the city decides, "
        "what it can influence, what is outside its reach and what cannot be told. The table below holds every value."
    ),
    "chart.profile.title": _("Activity profile of {city}"),
    "chart.profile.description": _(
        "Bars from stage 0 to 4 for each field of action of {city}: the mean stage of the measures known, "
        "and a band for what is not known. The table below holds every value."
    ),
    "chart.profile.known": _("Mean stage of the measures known"),
    "chart.profile.unknown": _("Where the mean of all measures can lie"),
    "chart.measures.title": _("What measures could still save in {city}"),
    "chart.measures.description": _(
        "One upright bar for each measure, from its least to its largest remaining effect in {unit}, grouped by the strongest way "
        "open to {city}; thicker bars go deeper. The table below holds every value."
    ),
    "chart.measures.thickness": _("Thickness: depth at most"),
    "chart.axes.title": _("The three axes of each measure for {city}"),
    "chart.axes.description": _(
        "A list of measures for {city} with three small axes from 0 to 100 %: scope for action, depth, and how much is done already. "
        "The table below holds every value."
    ),
    "chart.axis.route": _("Scope for action"),
    "chart.axis.depth": _("Depth of effect"),
    "chart.axis.activity": _("Done already"),
    "chart.map.title": _("{city}, its peers and possible partners"),
    "chart.map.description": _("Map with {n} cities: {city}, its peers and possible partners. The table below lists them."),
}
