"""The words of the region pages: whose past resembles a region, what was tried there, what differs, whom to ask."""

from citytandem.words.catalogue import translatable as _

REGIONS: dict[str, str] = {
    "web.way.regions": _("Regions"),
    # the list
    "web.regions.question": _("Which regions went through this before?"),
    "web.regions.answer": _(
        "{count} regions that lived or live on coal, steel and heavy industry, by country and name; the past of {compared} of them can be "
        "compared year by year."
    ),
    "web.regions.search": _("Find a region"),
    "web.regions.name": _("Name in any of our languages"),
    "web.regions.every_country": _("Every country"),
    "web.regions.find": _("Find"),
    "web.regions.map": _("A map of {count} regions; those whose past can be compared stand out. The table below names them all."),
    "web.regions.map_told": _(
        "A dot stands for the middle of a region, recalled and rounded; strong dots have a past that can be compared, quiet ones cases, phases "
        "or single figures. {without} of the regions shown have no place on the map."
    ),
    "web.regions.table": _("Regions, by country and name"),
    "web.regions.kind": _("What it is"),
    "web.regions.subjects": _("Series on"),
    "web.regions.years": _("Years with figures"),
    "web.regions.compare": _("Can its past be compared?"),
    "web.regions.compare_yes": _("yes, year by year"),
    "web.regions.compare_no": _("not yet: too few years"),
    "web.regions.phases": _("Phases told"),
    "web.regions.empty": _("No region of this name is known here. Try another spelling, or take away the country."),
    "web.regions.all": _("All regions"),
    "web.regions.raw_missing": _(
        "The folder of further series that this site names cannot be read, so only the shipped figures are shown."
    ),
    "web.regions.subject.jobs": _("jobs"),
    "web.regions.subject.economy": _("economy"),
    "web.regions.subject.coal": _("coal"),
    "web.regions.subject.steel": _("steel and iron"),
    "web.regions.subject.people": _("people"),
    "web.regions.subject.air": _("air and CO2"),
    # Translators: what kind of region it is
    "region.kind.coalfield": _("coalfield"),
    "region.kind.steel_region": _("steel region"),
    "region.kind.metropolitan": _("metropolitan area"),
    "region.kind.city": _("a single city"),
    "region.kind.nuts2": _("region of European statistics (NUTS 2)"),
    "region.kind.province": _("province"),
    "region.kind.state": _("federal state"),
    "region.kind.country": _("nation"),
    "region.kind.country_part": _("part of a country"),
    # one region
    "web.region.title": _("What can {region} learn from regions that went through this before?"),
    "web.region.part_of": _("lies in"),
    "web.region.contents": _("Questions on this page"),
    "web.region.choices": _("What to compare, and with whom"),
    "web.region.window": _("Years to compare"),
    "web.region.window_hint": _("two years such as 2000-2022, 8 to 60 years long"),
    "web.region.indicators": _("Indicators"),
    "web.region.beside": _("Regions beside it (6 at most)"),
    "web.region.beside_hint": _(
        "If none is ticked, we set beside it what resembles it, the Ruhr districts and those aligned at their peak."
    ),
    "web.region.view": _("Along the pictures"),
    "web.region.view.peak": _("years since the peak of industry"),
    "web.region.view.years": _("calendar years"),
    "web.region.show": _("Show"),
    "web.region.reset": _("Back to what we propose"),
    "web.region.briefing": _("Briefing as PDF"),
    # the answer
    "web.region.answer.found": _(
        "From {first} to {last}, {region} resembles {analogues}. Ask there what was tried, and what went wrong."
    ),
    "web.region.answer.refused": _(
        "No region's past resembles {region} from {first} to {last} well enough to build on. The nearest, which may be chance: {nearest}."
    ),
    "web.region.answer.nothing": _(
        "No region's past can be laid beside {region} from {first} to {last}: too few indicators are shared."
    ),
    "web.region.answer.no_path": _(
        "For {region} too few years are known to compare its past from {first} to {last}; its phases, single figures and cases can be read."
    ),
    "web.region.why.nothing_fits": _(
        "The nearest, {nearest}, lies {fit} % away a year on average. Histories of {region} with their years shuffled come as near as {limit} % one "
        "time in ten, so the likeness may be chance. Try a longer window or fewer indicators; what stands beside it below was not chosen by likeness."
    ),
    "web.region.why.no_path": _(
        "For {region} no indicator is known in every year from {first} to {last}. Known years: {known}. Choose a window inside them; whoever runs this "
        "site can name a folder with more series."
    ),
    "web.region.near": _("What shares the ground of {region} and can be compared:"),
    "web.region.period": _("{region} ({years})"),
    "web.region.lag": _("{lag} ({band})"),
    "web.region.fit": _("{fit} ({low} to {high})"),
    "web.region.nearest": _("The nearest, though beyond what chance reaches"),
    "web.region.limit.table": _("What each of them rests on"),
    "web.region.limit.missing_head": _("Indicators not known there"),
    "web.region.limit.basis_head": _("Shares are of"),
    "web.region.limit.basis": _("there: {there}; here: {here}"),
    "web.region.limit.points_head": _("Published years of the period"),
    "web.region.limit.points": _("{points} of {years}; straight lines between"),
    "web.region.no_forecast": _(
        "This is no forecast for {region}. It shows whom to ask and about which years; what came next elsewhere need not come here."
    ),
    "web.region.how.fit": _(
        "Fit is how far two paths lie apart in a year on average, after their years are aligned; smaller is nearer."
    ),
    "web.region.how.stability": _(
        "Stability is the share of variations (indicators, weights, window, band) in which the region stays an answer."
    ),
    "web.region.how.held": _(
        "We have tested whether analogues foretell what came next: they did so no better than going on as before. Take them as the start of a talk."
    ),
    # the questions
    "web.region.question.analogues": _("Whose past resembles {region} now?"),
    "web.region.question.paths": _("How did it go there, beside {region}?"),
    "web.region.question.phases": _("Which phase is {region} in?"),
    "web.region.question.figures": _("What can {region} make, what is announced, what does it make?"),
    "web.region.question.cases": _("What was done in that phase, and what went wrong?"),
    "web.region.question.differences": _("What differs from {region}?"),
    "web.region.question.questions": _("What should people from {region} ask there?"),
    "web.region.question.people": _("Whom can {region} ask?"),
    "web.region.question.sources": _("Where do the figures of {region} come from?"),
    # paths
    "web.region.paths.answer": _(
        "Industry's share in {region} was highest in {peak}; {last} is {years} years after it. Beside it: {others}, each from its own peak."
    ),
    "web.region.paths.answer_alone": _("Industry's share in {region} was highest in {peak}; {last} is {years} years after it."),
    "web.region.paths.answer_plain": _("{region} beside {others}, each as a share of its own peak."),
    "web.region.paths.none": _("For {region} no indicator is known in enough years to draw its path."),
    "web.region.paths.cure": _(
        "Three published values of one series are the least. Whoever runs this site can name a folder with more series; how, stands in the guide "
        "on analogues."
    ),
    "web.region.how.own_peak": _(
        "Each line is a share of its region's own peak, so that regions of any size can stand beside each other."
    ),
    "web.region.how.one_source": _(
        "Each path comes from one definition and one source; two are never joined, and recalled figures are left out."
    ),
    "web.region.how.points": _(
        "Dots are published values. A line between decade points is drawn for the eye and breaks where a definition changed."
    ),
    "web.region.break": _("Break: {region}, {series}, {year}. {what}. ({mark})"),
    "web.region.every_series": _("every series"),
    # phases
    "web.region.phases.answer": _("At the end of {last}, {region} was in: {phases}."),
    "web.region.phases.unknown": _("No source tells us which phase {region} was in at the end of {last}."),
    "web.region.phases.none": _(
        "No phase is told for it nor for those beside it. A team that records a case with its years would unlock this picture."
    ),
    "web.region.phases.without": _("No phases are told for: {regions}."),
    "web.region.how.phases": _(
        "Kinds of phases are ours, so that regions can be compared; the words of the source stand beside them in the table."
    ),
    "web.region.how.marks": _("S was read in its source, K is recalled and no evidence, P is our reading."),
    # single series
    "web.region.figures.answer": _(
        "{series} series with {values} published values for {region}, none joined to another: capacity is not output, and what is announced is "
        "neither."
    ),
    "web.region.figures.none": _("No further figures of {region} are known here."),
    "web.region.figures.cure": _(
        "Figures with a source can be added to the tables of facts, or named in a folder by whoever runs this site."
    ),
    "web.region.figures.conflict": _(
        "Of {series} in {year} there are different figures, shown beside each other and never blended: {values}."
    ),
    "web.region.figures.one_value": _("{value} {unit} ({definition}; {mark})"),
    "web.region.how.apart": _(
        "Capacity, announced, closed, operating and output stand apart: capacity can fall while output rises."
    ),
    "web.region.how.conflict": _("Where sources disagree, every figure is shown as published; we choose none and mean none."),
    # cases
    "web.region.cases.answer": _(
        "{count} cases from elsewhere speak to where {region} stands; of {wrong} of them it is told what went wrong."
    ),
    "web.region.cases.none": _("No case is recorded that speaks to where {region} stands."),
    "web.region.cases.cure": _(
        "A team that records a case, its phase and its years unlocks this answer; it takes about twenty minutes."
    ),
    "web.region.cases.more": _("{count} more on the page of the site."),
    "web.region.cases.count": _("Show {count} cases"),
    "web.region.because.analogue": _("Tried there in the years that resemble {region} today, or in the ten years after"),
    "web.region.because.phase": _("Tried elsewhere in the kind of phase {region} is in"),
    "web.region.because.beside": _("Tried in the regions set beside {region}"),
    "web.region.because.own": _("Tried in {region} itself"),
    "web.region.not_said": _("The source does not say what went wrong."),
    "web.region.of_team": _("recorded by {organisation}"),
    "web.region.how.cases": _(
        "What would have to hold elsewhere is always our reading, also where the case itself was read in its source."
    ),
    # what differs
    "web.region.trait.ownership": _("Ownership"),
    "web.region.trait.migration": _("Migration"),
    "web.region.trait.state_capacity": _("What the state can do"),
    "web.region.trait.speed": _("Speed"),
    "web.region.trait.climate_target": _("A climate target from the start"),
    "web.region.differs.answer": _(
        "Before a lesson travels: on {known} of {all} things that decide it, something is known of {region} and of those beside it ({traits})."
    ),
    "web.region.differs.none": _(
        "What differs between {region} and those beside it is not told here on both sides in any of {all} things; ask."
    ),
    "web.region.differs.unknown": _("{trait}: nothing is known here of {regions}."),
    "web.region.differs.cure": _(
        "These are questions for the first call. Their answers can be recorded as statements of an interview."
    ),
    "web.region.differs.table": _("What differs, as sources tell it"),
    "web.region.differs.what": _("What differs"),
    "web.region.differs.said": _("What is told"),
    "web.region.differs.here": _("Here"),
    "web.region.differs.there": _("There"),
    "web.region.how.differs": _(
        "What is told of a region, of what it lies in, or of its nation. Unknown stays unknown: no value is guessed from a neighbour."
    ),
    # questions
    "web.region.questions.answer": _(
        "{count} questions for people from {region}, drawn from what failed, what must hold, and what nobody told."
    ),
    "web.region.questions.failed": _("On what went wrong"),
    "web.region.questions.holds": _("On what would have to hold at home"),
    "web.region.questions.unknown": _("On what no source here says"),
    "web.region.questions.none": _("Without a case there is no question to draw. Ask first what was tried, and what it cost."),
    "web.region.ask.failed": _("{place}, {years}: what would you do otherwise today, so that this does not happen again?"),
    "web.region.ask.holds": _("Would this hold in {region}, and who would make sure of it?"),
    "web.region.ask.trait.ownership": _("{places}: who owned the works, and who decided to close them?"),
    "web.region.ask.trait.migration": _("{places}: where did people go, who could not, and what became of those who stayed?"),
    "web.region.ask.trait.state_capacity": _("{places}: what could the state enforce or pay, and what was beyond it?"),
    "web.region.ask.trait.speed": _(
        "{places}: how long from the first warning to the last closure, and would faster have been better?"
    ),
    "web.region.ask.trait.climate_target": _("{places}: was there a climate target from the start, and what did it change?"),
    "web.region.how.questions": _(
        "Each question quotes the case or gap it comes from. Take those that matter to you to the first call."
    ),
    # people
    "web.region.people.answer": _(
        "{count} cities in the regions beside {region} are named here; {tied} of them have a tie with a city in {region}, and {experts} experts may "
        "be asked."
    ),
    "web.region.people.untied": _(
        "{count} cities in the regions beside {region} are in a network or tied to that country; we know of no tie with a city in {region} yet."
    ),
    "web.region.people.none": _("We know of no city in the regions beside {region} with a tie or in a network."),
    "web.region.people.cure": _(
        "Ties come from lists of partner cities and from teams; whoever knows of one can record it in a city's workspace."
    ),
    "web.region.people.tied": _("Ties with cities in {region}"),
    "web.region.people.nearby": _("Ties with other cities of that country"),
    "web.region.people.table": _("Cities to ask"),
    "web.region.people.more": _("{count} more cities there are in a network."),
    "web.region.people.in": _("Cities in {region}"),
    "web.region.people.tie": _("tie with {cities}"),
    "web.region.people.near": _("ties in the same country: {cities}"),
    "web.region.people.networks": _("in {networks}"),
    "web.region.people.balance": _("has a published balance"),
    "web.region.experts": _("Experts who allow to be asked"),
    "web.region.expert": _("{name} (interviewed by {organisation})"),
    "web.region.no_experts": _("No expert of these regions has allowed to be named here yet."),
    "web.region.topics": _("What experts of these regions spoke of"),
    "web.region.topic": _("{statements} statements of {experts} experts; {round}, {organisation}"),
    "web.region.no_topics": _("No published interviews from these regions yet."),
    "web.region.how.people": _(
        "Cities are listed by name. Which city lies in which region follows from its code or province, recalled and marked so in the tables."
    ),
    "web.region.how.experts": _("An expert is named only as far as they allow it; what is taken back disappears at once."),
    # sources
    "web.region.sources": _("Publications"),
    "web.region.sources.answer": _("{count} publications stand behind the pictures and tables of this page."),
    "web.region.source.title": _("Publication"),
    "web.region.source.key": _("Key in the tables"),
    "web.region.source.year": _("Year of publication"),
    "web.region.source.address": _("Address on the web"),
    # files
    "web.region.files": _("Tables to take along (CSV)"),
    "web.region.file.analogues": _("Analogues"),
    "web.region.file.nearest": _("Nearest periods"),
    "web.region.file.peaks": _("Aligned at the peak"),
    "web.region.file.limits": _("What each rests on"),
    "web.region.file.trajectory": _("Paths"),
    "web.region.file.trajectory-2": _("Paths, second picture"),
    "web.region.file.trajectory-3": _("Paths, third picture"),
    "web.region.file.phases": _("Phases"),
    "web.region.file.region_series": _("Single series"),
    "web.region.file.differences": _("Differences"),
    "web.region.file.hosts": _("Cities"),
    "web.region.file.sources": _("Publications used"),
    "web.region.paper.first": _("First known"),
    "web.region.paper.highest": _("Highest"),
    "web.region.paper.newest": _("Newest"),
    "web.region.paper.value": _("{value} ({year})"),
    "web.region.paper.subtitle": _("A briefing for the first talk. Years compared: {first} to {last}"),
    # a delegation
    "web.region.delegation": _("Plan a delegation there"),
    "web.region.delegation.what": _(
        "One step drafts an event for your team: title, questions and outline, whom to invite, and cities to see. Nothing is sent, and only your "
        "team sees the draft."
    ),
    "web.region.delegation.to": _("Where to"),
    "web.region.delegation.team": _("Your team"),
    "web.region.delegation.draft": _("Draft the delegation"),
    "web.region.delegation.sign_in": _("Sign in to draft it"),
    "web.region.delegation.how": _(
        "A delegation is drafted by a city or network that works here. Sign in with an account that may edit for its team; if your city has no team "
        "yet, ask whoever runs this site for an invitation."
    ),
    "web.region.delegation.no_team": _(
        "Your account may not edit for a city or a network. Ask an administrator of your team for the role of an editor."
    ),
    "web.region.delegation.drafted": _(
        "The delegation is drafted. Look at its questions, its days and its sites, and change what does not fit."
    ),
    "web.region.delegation.title": _("Delegation: {region} asks {to}"),
    "web.region.delegation.purpose": _(
        "{organisation} travels to {to} to ask, for {region}, what was tried in the phase {region} is in, what went wrong, and what would have to "
        "hold at home."
    ),
    "web.region.delegation.invite": _("To be asked as hosts: {cities}."),
    "web.region.delegation.experts": _("Experts who allow to be asked: {experts}."),
    "web.region.delegation.to_do": _("Sites, hosts, dates and the number of seats are proposals; nobody has been asked yet."),
    # on a city's page
    "web.region.of_city_link": _("{region}: what can it learn from others' past?"),
}
"""The words of the region pages."""
