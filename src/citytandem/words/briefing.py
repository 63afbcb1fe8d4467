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
    "chart.country": _("Country"),
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
    "chart.sectors.title_one": _("Emissions of {city} by sector, {to}"),
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

BRIEFING: dict[str, str] = {
    "briefing.title": _("Climate briefing for {city}"),
    "briefing.subtitle": _("For the council: what we emit, where we stand, what is in our hands, and whom to ask."),
    "briefing.subtitle_year": _("For the council: what we emit ({year}), where we stand, what is in our hands, and whom to ask."),
    "briefing.footer": _("{city} · CityTandem · release {release}"),
    "briefing.table": _("The same as a table"),
    "briefing.how": _("How we know"),
    "briefing.contents": _("Questions"),
    "briefing.peers": _("Peers"),
    "briefing.emissions": _("Emissions"),
    "briefing.grade": _("Quality"),
    "briefing.missing": _("Not stated on its own"),
    # the questions, one a page
    "briefing.question.profile": _("Who are we?"),
    "briefing.question.balance": _("What do we emit?"),
    "briefing.question.comparable": _("Can it be compared?"),
    "briefing.question.position": _("Where do we stand, and why?"),
    "briefing.question.powers": _("What is in our hands?"),
    "briefing.question.measures": _("What would help most?"),
    "briefing.question.partners": _("Whom should we ask?"),
    "briefing.question.sources": _("How do we know?"),
    # who are we
    "briefing.profile.answer": _("{city} has {people} people ({year}). Cities built most like it are {peers}."),
    "briefing.profile.alone": _("{city} has {people} people ({year})."),
    "briefing.profile.unknown": _("Too little is known about {city} to say what it is built like."),
    "briefing.profile.peers": _("The peers, most alike first; chosen by structure alone"),
    "briefing.profile.alike": _("Alike"),
    "briefing.profile.stable": _("Stays a peer under other weights"),
    "briefing.profile.differs": _("Differs most in"),
    "briefing.profile.more": _("{variable} (more)"),
    "briefing.profile.less": _("{variable} (less)"),
    "briefing.profile.other": _("{variable} (another class)"),
    "briefing.profile.structure": _("What the city cannot change soon, beside its peers"),
    # what do we emit
    "briefing.balance.answer": _("{city} emitted {value} t CO₂e per person in {year} ({interval}), {kt} thousand tonnes in all."),
    "briefing.balance.answer_without_interval": _(
        "{city} emitted {value} t CO₂e per person in {year}, {kt} thousand tonnes in all."
    ),
    "briefing.balance.total_only": _(
        "{city} emitted {kt} thousand tonnes of CO₂e in {year}; the population of that year is not known."
    ),
    "briefing.balance.unknown": _("What {city} emits is not known here."),
    "briefing.balance.without_people": _(
        "The population of some years is not known, so the bars show totals and not values per person."
    ),
    # Translators: slope, low and high are per cent a year, such as −2.1 %
    "briefing.balance.trend_per_head": _(
        "{outcome}, per person: {slope} a year from {first} to {last} (90 % interval {low} to {high})."
    ),
    "briefing.balance.trend_total": _("{outcome}, in all: {slope} a year from {first} to {last} (90 % interval {low} to {high})."),
    "briefing.balance.trend_broken": _(
        "{outcome}: {slope} a year from {first} to {last} (90 % interval {low} to {high}); the method changed in {breaks}, so part of "
        "this may be no change at all."
    ),
    "briefing.balance.outcomes": _("What is compared with other cities"),
    # can it be compared
    "briefing.comparable.answer": _(
        "Of {all} balances of peers, {comparable} can be compared with ours as they are, {after_step} after a named step, {no} not at all "
        "(outcome: {outcome})."
    ),
    "briefing.comparable.unknown": _("There is nothing to compare {city} with yet."),
    "briefing.comparable.status": _("Can it be compared?"),
    "briefing.comparable.aspects": _("What differs"),
    "briefing.comparable.pairs": _("The balances of the peers, in alphabetical order of their ids"),
    "briefing.comparable.aspect": _("Aspect"),
    "briefing.comparable.why": _("What differs, and what it means"),
    "briefing.comparable.cities": _("Cities"),
    "briefing.comparable.cure": _("Step that would help"),
    "briefing.comparable.reasons": _("Why, in plain words"),
    # where do we stand
    "briefing.position.less": _(
        "{city} emits {value} t per person ({year}, {interval}; {outcome}): less than is usual for cities built like it ({usual})."
    ),
    "briefing.position.more": _(
        "{city} emits {value} t per person ({year}, {interval}; {outcome}): more than is usual for cities built like it ({usual})."
    ),
    "briefing.position.usual": _(
        "{city} emits {value} t per person ({year}, {interval}; {outcome}): about as much as is usual for cities built like it ({usual})."
    ),
    "briefing.position.cannot_tell": _(
        "{city} emits {value} t per person ({year}, {interval}; {outcome}). Whether that is usual for cities built like it ({usual}) "
        "cannot be told: the intervals overlap."
    ),
    "briefing.position.unknown": _("Where {city} stands cannot be said."),
    "briefing.position.driver_less": _(
        "The largest part of the difference to its peers is {sector}: {effect} t per person less."
    ),
    "briefing.position.driver_more": _(
        "The largest part of the difference to its peers is {sector}: {effect} t per person more."
    ),
    # what is in our hands
    "briefing.powers.answer": _(
        "{decide} of the emissions are ours to decide and {influence} ours to influence ({limited} with limited powers only); "
        "{outside} are outside our reach."
    ),
    "briefing.powers.answer_open": _(
        "At least {decide} of the emissions are ours to decide and {influence} ours to influence ({limited} with limited powers "
        "only); at least {outside} are outside our reach. For the other {open} the balance does not show whose decision they are."
    ),
    "briefing.powers.unknown": _("What {city} may decide cannot be split from these figures."),
    # what would help most
    "briefing.measures.together": _(
        "Taken together, one after the other and only one of those that exclude each other, {count} measures could save {low} to "
        "{high} thousand t CO₂e a year, at most {share} of what they act on."
    ),
    "briefing.measures.answer": _(
        "However the axes are weighted, these measures with evidence come up most often for {city}: {measures} (thousand t CO₂e a year)."
    ),
    "briefing.measures.no_evidence": _(
        "For {city} there are only recalled or proposed effects; the list shows them with their marks, and they are no evidence."
    ),
    "briefing.measures.unknown": _("We know too little to advise {city} here."),
    "briefing.measures.list": _("The measures of both pictures, as numbers"),
    "briefing.measures.effect": _("Remaining effect per year"),
    "briefing.measures.holds": _("Holds under other weights"),
    "briefing.measures.mark": _("Mark"),
    "briefing.measures.done_by": _("Done by"),
    # whom should we ask
    "briefing.partners.call": _("A first call would be a good start."),
    "briefing.partners.unknown": _("We cannot name a partner for {city} yet."),
    "briefing.partners.gets": _("We could learn"),
    "briefing.partners.gives": _("We could give"),
    "briefing.partners.differs": _("What differs most"),
    "briefing.partners.tie": _("Tie"),
    "briefing.partners.languages": _("Shared languages"),
    "briefing.partners.travel": _("Distance"),
    "briefing.partners.same_time": _("{km} km; same time"),
    "briefing.partners.distance": _("{km} km; clocks {hours} h apart"),
    # how we know
    "briefing.how.structure": _(
        "Own values with their year and source; the range holds 80 % of the peers. Peers are chosen by these variables alone, "
        "never by emissions."
    ),
    "briefing.how.map": _("Map: Natural Earth, public domain. Borders state no view on any territory."),
    "briefing.how.balance": _(
        "Balance of {year}: method {method}, source {source}; warming potentials {gwp}; electricity factor: {electricity}; "
        "area counted: {boundary}; upstream chains inside: {upstream}; checked by: {verification}."
    ),
    "briefing.how.top_down": _(
        "This balance is allocated from larger totals. It can be compared, but a local measure cannot be seen in it."
    ),
    "briefing.how.interval": _(
        "At least and at most: 90 % interval, from the quality grade of each line by a named profile (mark P). "
        "Quality: A to D or H, M, L as the publisher grades it; – where no grade is stated."
    ),
    "briefing.how.gate": _(
        "Before any comparison each pair of balances is looked at in eleven aspects. What cannot be compared is left out of the next page."
    ),
    "briefing.how.position": _(
        "The range of the peers is weighted by likeness. Values are as published; the year of each peer stands on the page before."
    ),
    "briefing.how.expected": _(
        "Expected: the value a city with this population, density, climate and the like would have, learned from all cities in the release "
        "with a 90 % interval. It is no target."
    ),
    "briefing.how.drivers": _(
        "Drivers split the difference to the peers into parts that add up exactly (LMDI-I). Colour is the sector; left is less, right is more."
    ),
    "briefing.how.powers": _(
        "From what the law lets this kind of local government own, rule, fund and plan. Levels are our judgement (mark P); "
        "the law itself may have changed, and the city can correct it."
    ),
    "briefing.how.profile": _(
        "The profile uses stages the city has published itself. What is not published is not known; it counts neither as nothing nor as half."
    ),
    "briefing.how.advice": _(
        "Remaining effect = emissions addressed × depth × scope for action × share not yet done, each as a range; measures of one group compete, "
        "so effects must not be added up. Holds: share of other weightings under which the measure is still among the first five."
    ),
    "briefing.how.marks": _("Mark S: read in its source. K: recalled, P: our proposal; neither is evidence."),
    "briefing.how.partners": _(
        "Existing ties come first, then pairs where both sides learn, then the most alike. A city is named as further only where its stages "
        "or a comparable balance show it. Rest on lower emissions alone: a topic for a talk, no proof of a measure."
    ),
    # the last page
    "briefing.sources.answer": _("Every figure here can be traced, recalculated, and contradicted by {city}."),
    "briefing.sources.marks": _(
        "Marks. S: the figure was read in the source named. K: recalled from the literature and not yet checked against a source; "
        "shown for orientation only. P: our own proposal or judgement."
    ),
    "briefing.sources.letters": _(
        "A dash (–) means not known. Zero means zero. Nothing unknown has been filled with a mean or a half."
    ),
    "briefing.sources.interval": _("Intervals hold the true value in about nine of ten cases, if the quality grades are right."),
    "briefing.sources.no_order": _(
        "Cities are never put in an order of merit. Colours tell sectors or uncertainty apart, nothing else."
    ),
    "briefing.sources.list": _("Sources"),
    "briefing.sources.key": _("Key"),
    "briefing.sources.publication": _("Publication"),
    "briefing.sources.licence": _("Licence"),
    "briefing.sources.address": _("Address"),
    "briefing.sources.again": _("To calculate this again"),
    "briefing.sources.what": _("What"),
    "briefing.sources.value": _("Value"),
    "briefing.sources.release": _("Data release"),
    "briefing.sources.sha256": _("Hash of the release (SHA-256)"),
    "briefing.sources.code": _("Code"),
    "briefing.sources.seed": _("Seed of random draws"),
    "briefing.sources.reply": _(
        "Right of reply. If {city} sees it otherwise, its statement belongs beside ours: send the figure, the page and the source to those "
        "who gave you this briefing. Corrections appear in the next release with your reason."
    ),
}
