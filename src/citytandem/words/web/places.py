"""The words of finding, comparing and mapping cities."""

from citytandem.words.catalogue import translatable as _

PLACES: dict[str, str] = {
    # the first page
    "web.home.for_1": _("See what a city emits, with whom it can honestly be compared, and why it stands where it stands."),
    "web.home.for_2": _("See what is in its own hands, which measures would still help most, and who has already done them."),
    "web.home.for_3": _("Leave with two cities to call and three questions to ask them. Reading needs no log-in."),
    "web.home.example": _("For example: {city}"),
    "web.home.map": _(
        "A map of the world with {count} cities as dots. The {known} cities with a published balance stand out; they lie mainly in "
        "Japan, Denmark, Germany, China and North America. The same cities stand in the list."
    ),
    "web.home.map_told": _("Large dots are the {known} cities with a published balance, small dots the other cities we know."),
    "web.home.list": _("The same cities as a list"),
    # finding
    "web.cities.title": _("Cities"),
    "web.cities.search": _("Name of a city, in any language"),
    "web.cities.find": _("Find"),
    "web.cities.hint": _("In any script and without accents: Cologne, Koln, København, 横浜, 北京. A code works too."),
    "web.cities.found": _("{count} cities are called “{q}”, or have it in their name."),
    "web.cities.found_one": _("One city has “{q}” in its name."),
    "web.cities.found_none": _("No city we know has “{q}” in its name."),
    "web.cities.which": _("Which one do you mean?"),
    "web.cities.meant": _("Did you mean one of these?"),
    "web.cities.nothing": _(
        "We know most places of 15,000 people or more, and smaller ones whose balance we hold. Try another spelling, the name of the "
        "municipality, or look into the list by country."
    ),
    "web.cities.more": _("{count} more cities have it in their name. Type more letters to see them."),
    "web.cities.results": _("Cities with “{q}” in a name"),
    # the list
    "web.cities.answer": _("{count} cities; of {known} a balance is published. The list is alphabetical."),
    "web.cities.answer_near": _("{count} cities; of {known} a balance is published. Those closest to {city} come first."),
    "web.cities.empty": _(
        "No city passes all these filters. Take one away: most cities have published no balance yet, and very few have published how "
        "far their measures are. A city's own team can add both here; the stages take about two hours."
    ),
    "web.cities.all": _("All cities"),
    "web.cities.filters": _("Which cities to list"),
    "web.cities.any": _("any"),
    "web.cities.network": _("Network"),
    "web.cities.balance": _("with a published balance"),
    "web.cities.stages": _("with published stages of measures"),
    "web.cities.near": _("By distance from"),
    "web.cities.near_hint": _("A city's name; empty for alphabetical order."),
    "web.cities.show": _("Show"),
    "web.cities.map": _(
        "A map with dots for the {count} cities of this list; those with a published balance stand out. The table holds them all."
    ),
    "web.cities.table": _("Cities, page {page} of {pages}"),
    "web.cities.own_name": _("Own name"),
    "web.cities.state": _("State or region"),
    "web.cities.people": _("People"),
    "web.cities.years": _("Years of balances"),
    "web.cities.methods": _("Methods"),
    "web.cities.known": _("Stages of measures"),
    "web.cities.has_stages": _("published"),
    "web.cities.km": _("Distance (km)"),
    "web.cities.pages": _("Pages of the list"),
    "web.cities.before": _("Page before"),
    "web.cities.after": _("Next page"),
    "web.cities.compare": _("Compare cities side by side"),
    "web.way.compare": _("Compare"),
    # side by side
    "web.compare.title": _("Side by side"),
    "web.compare.empty": _(
        "Name two to {most} cities. First you see whether they can be compared at all, and what would help if not."
    ),
    "web.compare.one_more": _("Name at least one more city."),
    "web.compare.choose": _("Which cities stand side by side"),
    "web.compare.year_of": _("Year of the balance of {city}"),
    "web.compare.any_year": _("years close together"),
    "web.compare.no_balance": _("no balance known"),
    "web.compare.add": _("Add a city"),
    "web.compare.and": _("and another one"),
    "web.compare.show": _("Show side by side"),
    "web.compare.examples": _("For example:"),
    "web.compare.order": _("Cities stand in the order in which they were named; nothing else orders them."),
    "web.compare.sources": _("Sources: {sources}."),
    "web.compare.without": _("Not shown, because it is not published or not separated: {cities}."),
    "web.compare.gate": _("Can they be compared?"),
    "web.compare.facts": _("What are they like?"),
    "web.compare.facts.answer": _(
        "What a city cannot change soon explains much of what it emits, so it comes before the emissions."
    ),
    "web.compare.facts.table": _("Newest known figures, each with its year"),
    "web.compare.outcomes": _("What do they emit per person?"),
    "web.compare.outcomes.answer": _("Only what the gate lets through stands side by side, each value with its 90 % interval."),
    "web.compare.outcomes.none": _(
        "The gate lets nothing through: no outcome of these balances can be compared. The steps above say what would help."
    ),
    "web.compare.low": _("90 % interval from"),
    "web.compare.high": _("to"),
    "web.compare.left_out": _("Published, but not comparable between any two of them: {outcomes}."),
    "web.compare.mix": _("Which sectors is it made of?"),
    "web.compare.mix.answer": _(
        "Shares of each balance as its city publishes it; what is counted at all differs where the gate says so."
    ),
    "web.compare.mix.none": _("None of these balances separates its sectors. Publishing them by sector would open this picture."),
    "web.compare.scope": _("What is in their own hands?"),
    "web.compare.scope.answer": _(
        "How much of what each emits is its own to decide or to influence depends on the law and on who owns what."
    ),
    "web.compare.scope.none": _(
        "None of these balances can be split into what is in a city's hands, because their sectors are not separated."
    ),
    "web.compare.scope.how": _(
        "The split rests on powers by country and tier, which are our own proposal [P] until a city corrects them."
    ),
    "web.compare.stages": _("How far are they?"),
    "web.compare.stages.answer": _(
        "Stages from 0 (nothing yet) to 4 (complete and monitored); what is not published is not known, and never counts as nothing done."
    ),
    "web.compare.stages.table": _("Mean stage of the measures whose stage is known"),
    "web.compare.stages.none": _(
        "No stages are published by {cities}. Filling them in takes a city's team about two hours, and shows whom it could learn from."
    ),
    "web.compare.stage": _("{stage} ({known} of {measures} measures known)"),
    "web.compare.learn": _("Who could learn from whom?"),
    "web.compare.learn.answer": _(
        "A measure done with evidence can be taken over; lower emissions in a sector are only a topic for a first talk."
    ),
    "web.compare.learn.table": _("What each could ask each"),
    "web.compare.learn.none": _(
        "Too little is published to say who could learn from whom. Published stages of measures would change that most."
    ),
    "web.compare.learn.topic": _("emits less than expected for its structure: a topic, no proof of a measure"),
    "web.compare.learn.done": _("has done it"),
    "web.compare.learner": _("Could learn"),
    "web.compare.giver": _("From"),
    "web.compare.subject": _("What"),
    "web.compare.basis": _("What it rests on"),
    "chart.beside.title": _("Emissions per person side by side"),
    "chart.beside.description": _(
        "A group of rows for each outcome with a row for each of {cities}, in the order they were named: a dot for the value in {unit} and a "
        "line for its 90 % interval. The table below holds every value."
    ),
    "chart.mix.title": _("Sectors of each balance as published"),
    "chart.mix.part": _("Sector"),
    "chart.mix.description": _("Bars of equal length for {cities}, split by sector. The table below holds every share."),
    "chart.hands.title": _("Scope for action of each city"),
    "chart.hands.part": _("Scope for action"),
    "chart.hands.description": _(
        "Bars of equal length for {cities}, split into what is theirs to decide, theirs to influence, and outside their reach. The table below "
        "holds every share."
    ),
}
