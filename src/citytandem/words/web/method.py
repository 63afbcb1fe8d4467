"""The words of the pages of methods, measures, powers and sources."""

from citytandem.words.catalogue import translatable as _
from citytandem.words.web.method_terms import METHOD_TERMS

METHOD: dict[str, str] = {
    **METHOD_TERMS,
    "web.way.method": _("Method"),
    "web.method.title": _("What every number rests on"),
    "web.method.answer": _(
        "Every method, factor, measure, power and indicator has its page, with its sources. Every table can be searched and taken along."
    ),
    "web.method.search": _("Search in these tables"),
    "web.method.show": _("Show"),
    "web.method.any": _("all"),
    "web.method.choose": _("Choose what to show"),
    "web.method.csv": _("This table as CSV"),
    "web.method.rows_of": _("Rows: {count}"),
    "web.method.cut": _("{most} of {count} rows are shown. Search to find others; the file holds all."),
    "web.method.none": _("Nothing here. Nothing is known about it in this release, or nothing matches what you search."),
    "web.method.remarks": _("Good to know"),
    "web.method.back": _("All pages on method"),
    "web.method.marks": _(
        "S was read in its source. K is recalled and not yet checked against a source, P is our own proposal: neither is shown as evidence."
    ),
    "web.method.english": _("Reasons, notes and units from sources are kept in English, as they were written."),
    "web.method.world": _("whole world"),
    "web.method.years": _("{count} years"),
    # methods
    "web.method.methods.title": _("Methods of balances"),
    "web.method.methods.answer": _(
        "{count} methods are described as data. Two balances can be compared as far as their methods agree; the bridge names the rest."
    ),
    "web.method.methods.compared": _("All methods side by side; the letter says how sure each statement is"),
    "web.method.method.answer": _("Cities with balances under “{title}” in this release: {cities}, in {countries} countries."),
    "web.method.method.unknown": _("We do not know, and do not guess: {choices}."),
    "web.method.method.rules": _("What is inside and by which rules"),
    "web.method.method.users": _("Who uses it"),
    "web.method.method.bridge": _("Steps from a complete balance of this method to the core"),
    "web.method.method.bridge_note": _(
        "Each step carries tonnes, an interval and a source for a single city and year; see the section on comparing of its page."
    ),
    "web.method.method.covers": _("Statements it speaks for"),
    "web.method.bridge.step": _("Step"),
    "web.method.bridge.why": _("Is it needed?"),
    "web.method.bridge.says": _("The method says"),
    "web.method.bridge.core": _("The core says"),
    "web.method.bridge.left_out": _("Sectors left out"),
    "bridging.needed": _("needed"),
    "bridging.not_needed": _("not needed"),
    "bridging.unknown": _("cannot be told: the method does not say"),
    # factors
    "web.method.factors.title": _("Emission factors"),
    "web.method.factors.answer": _(
        "{count} factors of electricity grids in {countries} countries and factors of {fuels} fuels stand behind the emissions here."
    ),
    "web.method.factors.recent": _(
        "Without a choice, factors of electricity are shown from {year} on. Choose a country to see its years."
    ),
    "web.method.factors.grid": _("Electricity by country, year and view"),
    "web.method.factors.fuels": _("Fuels when they burn"),
    "web.method.factors.warming": _("Global warming potentials over 100 years"),
    "web.method.factors.bounds": _("Between which values a factor can be true"),
    "web.method.factors.grades": _("How wide a figure of each quality grade may be off"),
    "web.method.factors.shared": _("Errors that lines and cities share"),
    # measures
    "web.method.measures.title": _("Measures"),
    "web.method.measures.answer": _(
        "{count} measures with {rows} published figures about their effects. For {cities} of them we know a city that has rolled them out."
    ),
    "web.method.measure.answer": _(
        "“{title}” belongs to the field “{field}”. Figures known about it: {rows}, of them read in their source: {read}. "
        "Cities known to have rolled it out: {cities}."
    ),
    "web.method.measure.effects": _("What is known of its effect, part by part"),
    "web.method.measure.rule": _(
        "Ranges are built from the figures below by one rule: only figures read in their source count as evidence, and the weaker the "
        "kind of evidence, the wider the range. A range without evidence is a planning range."
    ),
    "web.method.measure.evidence": _("Every published figure about it"),
    "web.method.measure.cities": _("Cities that have rolled it out, by name"),
    "web.method.measure.cities_note": _(
        "Stages are published by the cities themselves. A city that is missing here may have done it too: most publish no stages."
    ),
    "web.method.measure.targets": _("Emissions it acts on"),
    "web.method.measure.levers": _("Powers through which a city can carry it out"),
    "web.method.measure.together": _("Measures that help it, that it helps, or that compete with it"),
    "web.method.measure.how": _("How they belong together"),
    "together.raised_by": _("raises the reach of this one"),
    "together.raises": _("reaches more through this one"),
    "together.competes": _("competes for the same thing: effects are never added"),
    "web.method.stages": _("What the stages mean"),
    "web.method.routes": _("Routes by which a city can act, tested in this order"),
    # powers
    "web.method.powers.title": _("Powers of local governments"),
    "web.method.powers.answer": _(
        "{count} statements on who may do what in {countries} countries, with law and date; {read} of them were read in their source."
    ),
    "web.method.powers.choose": _(
        "Choose a country and a tier to see each power with its law. A city can correct what is said about it."
    ),
    "web.method.powers.tiers": _("Tiers we know"),
    "web.method.powers.list": _("Powers, from 0 (none) to 3 (full)"),
    "web.method.powers.scope": _("Which power makes which emissions ours to decide or to influence"),
    "web.method.powers.rows": _("Statements"),
    "web.method.powers.unknown": _("Of them unknown"),
    "web.method.powers.complete": _("Is every asset assessed?"),
    # indicators
    "web.method.indicators.title": _("Indicators and criteria"),
    "web.method.indicators.answer": _(
        "{outcomes} outcomes are compared. {variables} structure variables decide who is a peer, and {criteria} criteria make up the "
        "activity profile."
    ),
    "web.method.indicators.never": _("An outcome never decides whether a city is a peer."),
    "web.method.indicators.outcomes": _("Outcomes that are compared"),
    "web.method.indicators.sum_of": _("Sum of"),
    "web.method.indicators.variables": _("Structure variables: what a city cannot change soon"),
    "web.method.indicators.weights": _("How much each variable counts for each question"),
    "web.method.indicators.anchors": _("Fixed values behind the 0 to 10 points"),
    "web.method.indicators.anchors_note": _(
        "Points belong to one city alone and do not move when cities are added. They are never added up."
    ),
    "web.method.indicators.criteria": _("Criteria of the activity profile and the measures behind them"),
    # sources and releases
    "web.method.sources.title": _("Sources"),
    "web.method.sources.answer": _(
        "{count} publications stand behind the numbers; {unused} of them are behind no row of this release."
    ),
    "web.method.sources.words": _("Titles stand in the language of their publisher."),
    "web.method.sources.count": _("Publications"),
    "web.method.releases.title": _("Releases"),
    "web.method.releases.answer": _(
        "Everything here is read from {release}: {tables} tables with {rows} rows, each file with its hash."
    ),
    "web.method.releases.name": _("Release"),
    "web.method.releases.sha256": _("Hash (SHA-256)"),
    "web.method.releases.code": _("Code"),
    "web.method.releases.package": _("The whole release for programs"),
    "web.method.releases.notes": _("Sources of the release"),
    "web.method.releases.again": _(
        "Whoever has the raw files below builds the same release with the command “citytandem package” and gets the same hashes."
    ),
    "web.method.releases.tables": _("Tables of the release"),
    "web.method.releases.columns": _("Columns with their units"),
    "web.method.releases.licences": _("Licences of the publications behind it"),
    "web.method.releases.raw": _("Raw files it was built from"),
    # validation
    "web.method.validation.title": _("Validation"),
    "web.method.validation.answer": _(
        "How far can this be trusted? Cities are held out and guessed, emissions are shuffled as a control, and published totals are "
        "added up again. What came out is published, whatever it is."
    ),
    "web.method.validation.made": _("These tables are written by the commands “citytandem validate” and “citytandem recount”."),
    # words
    "web.method.words.title": _("Words"),
    "web.method.words.answer": _("{ideas} ideas, one word for each in five languages, and {words} words of the tables."),
    "web.method.words.ideas": _("One word per idea"),
    "web.method.words.terms": _("Words of the tables"),
    # headings of columns
    "web.method.name": _("Title"),
    "web.method.edition": _("Edition"),
    "web.method.rule": _("Rule"),
    "web.method.said": _("What it says"),
    "web.method.cities": _("Cities"),
    "web.method.balances": _("Balances"),
    "web.method.first_year": _("First year"),
    "web.method.last_year": _("Last year"),
    "web.method.view": _("View"),
    "web.method.region": _("Region"),
    "web.method.fuel": _("Fuel"),
    "web.method.use": _("Use"),
    "web.method.gas": _("Gas"),
    "web.method.kg_per_tj": _("kg per TJ"),
    "web.method.ncv": _("Lower heating value, TJ per Gg"),
    "web.method.biogenic": _("From plants?"),
    "web.method.gwp100": _("kg CO₂e per kg"),
    "web.method.low_kg": _("At least, kg CO₂e per MWh"),
    "web.method.high_kg": _("At most, kg CO₂e per MWh"),
    "web.method.reason": _("Reason"),
    "web.method.grade": _("Grade"),
    "web.method.meaning": _("Meaning"),
    "web.method.half_width": _("Half of the 90 % interval, as a share"),
    "web.method.mode": _("How it works"),
    "web.method.evidence_rows": _("Figures"),
    "web.method.evidence_read": _("Of them read in their source"),
    "web.method.cities_done": _("Cities that have rolled it out"),
    "web.method.role": _("Role of the city"),
    "web.method.moves": _("What it changes"),
    "web.method.influence": _("Who causes it"),
    "web.method.visible": _("Would a balance of the territory show it?"),
    "web.method.cost": _("Cost"),
    "web.method.revenue": _("Does it bring money to the city?"),
    "web.method.lifetime": _("It lasts about"),
    "web.method.part": _("Part of the effect"),
    "web.method.base_level": _("A share of what?"),
    "web.method.kind": _("Kind of evidence"),
    "web.method.is_evidence": _("Is it evidence?"),
    "web.method.width": _("Why so wide"),
    "web.method.quantity": _("Figure"),
    "web.method.central": _("As published"),
    "web.method.base": _("Of what"),
    "web.method.self_reported": _("Only said by those who run it?"),
    "web.method.note": _("Note"),
    "web.method.said_by": _("What says so"),
    "web.method.main": _("Main way?"),
    "web.method.proof": _("What shows it"),
    "web.method.share": _("Counts as done, as a share"),
    "web.method.route": _("Route"),
    "web.method.from_level": _("Open from level"),
    "web.method.route_factor": _("Counts as"),
    "web.method.tier": _("Tier"),
    "web.method.state": _("State"),
    "web.method.confidence": _("How sure"),
    "web.method.gives": _("Makes them"),
    "web.method.scale": _("Scale"),
    "web.method.robust": _("How it is scaled"),
    "web.method.weight": _("Weight"),
    "web.method.at_zero": _("0 points at"),
    "web.method.at_ten": _("10 points at"),
    "web.method.publisher": _("Publisher"),
    "web.method.licence": _("Licence"),
    "web.method.attribution": _("Attribution"),
    "web.method.tables": _("Tables that use it"),
    "web.method.rows": _("Rows"),
    "web.method.table": _("Table"),
    "web.method.bytes": _("Bytes"),
    "web.method.column": _("Column"),
    "web.method.type": _("Type"),
    "web.method.nullable": _("May it be unknown?"),
    "web.method.file": _("File"),
}
