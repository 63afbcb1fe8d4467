"""The words of the peer panel."""

from citytandem.words.catalogue import translatable as _

PEERS: dict[str, str] = {
    "web.peers.title": _("Who is built like {city}?"),
    "web.peers.told": _("{count} peers of {city} in {countries} countries, for {year}; {within} cities are alike enough."),
    "web.peers.none": _("{city} has no true peers under these choices."),
    "web.peers.never": _(
        "What never enters: outcomes. Neither emissions nor measures nor targets decide who is a peer, only what a city cannot change soon."
    ),
    "web.peers.choose": _("What makes a city a peer"),
    "web.peers.question": _("What to compare"),
    "web.peers.year": _("Year"),
    "web.peers.newest": _("the newest that answers"),
    "web.peers.weights": _("How much each thing counts (0 to {most}; the usual weights are our own proposal)"),
    "web.peers.usual": _("usually {usual}"),
    "web.peers.unused": _("Known for too few cities of these years, so these count for none: {variables}."),
    "web.peers.limits": _("Limits"),
    "web.peers.countries": _("Only these countries (none marked: all)"),
    "web.peers.networks": _("Only members of these networks (none marked: all)"),
    "web.peers.reach": _("How alike a city must be"),
    "web.peers.reach.true": _("true peers only"),
    "web.peers.reach.wider": _("wider: less alike"),
    "web.peers.reach.elsewhere": _("elsewhere: the most alike there are, true peers or not"),
    "web.peers.mix": _("From how many countries"),
    "web.peers.mix.mixed": _("at most {most} from one country, as far as there are others"),
    "web.peers.mix.any": _("whichever are most alike"),
    "web.peers.size": _("How many peers"),
    "web.peers.window": _("Years that may lie between two balances"),
    "web.peers.held": _("Peers over time"),
    "web.peers.free": _("chosen anew for each year"),
    "web.peers.held_year": _("held as they are for {year}"),
    "web.peers.add": _("Add a city"),
    "web.peers.add_hint": _("A name or code. Press Enter, or Show."),
    "web.peers.show": _("Show"),
    "web.peers.reset": _("Everything as usual"),
    "web.peers.peers": _("The peers, most alike first"),
    "web.peers.alike": _("Alike"),
    "web.peers.why": _("Why"),
    "web.peers.why_both": _("Alike in {alike}. Differs in {differs}."),
    "web.peers.why_alike": _("Alike in {alike}."),
    "web.peers.why_differs": _("Differs in {differs}."),
    "web.peers.stays": _("How firmly"),
    "web.peers.stays_in": _("stays a peer under {share} of other weights"),
    "web.peers.added": _("added by you"),
    "web.peers.kept": _("held"),
    "web.peers.closed": _("No dot in the strips: its balance cannot be compared."),
    "web.peers.remove": _("leave out"),
    "web.peers.remove_city": _("Leave out {city}"),
    "web.peers.removed": _("Left out by you; take back:"),
    "web.peers.not_true": _(
        "Not all of these are true peers. They differ from {city} in what a city cannot change soon, so part of any gap in emissions is no "
        "merit and no fault. As role models elsewhere they can still show how something was done."
    ),
    "web.peers.offer": _("What can be done"),
    "web.peers.offer.limits": _("Take the limits away and look everywhere"),
    "web.peers.offer.weights": _("Go back to the usual weights"),
    "web.peers.offer.wider": _("Widen: take cities that are less alike"),
    "web.peers.offer.elsewhere": _("Look at role models elsewhere, knowing that they differ"),
    "web.peers.offer.true": _("Back to true peers only"),
    "web.peers.strips": _(
        "Strips for {city}, one for each outcome, all on one axis in {unit}: the own value as a large dot with its 90 % interval, peers as "
        "small dots, the range of 80 % of the peers as a band with the middle half darker, the value expected for its structure as a "
        "diamond. The table below holds every value."
    ),
    "web.peers.key": _(
        "Large dot: {city}, with its 90 % interval. Small dots: peers. Band: 80 % of the peers, the darker part the middle half. Diamond: what is "
        "expected for a city built so."
    ),
    "web.peers.tables": _("The strips as tables"),
    "web.peers.no_strips": _("The balances of these peers cannot be compared with that of {city}, so there is nothing to draw."),
    "web.peers.whole": _("All questions of {city}"),
    "web.peers.alone": _("Choose the peers yourself"),
    "web.peers.method": _(
        "Likeness is Gower's distance over the variables above; under 200 draws each weight changes by up to 20 %."
    ),
    # why a variable matters
    "web.peers.why.population": _("Size decides staff, transport and which offices a city can run."),
    "web.peers.why.area_km2": _("A wide area means long ways for people, pipes and buses."),
    "web.peers.why.density": _("How closely people live decides trips on foot, heat networks and roofs per person."),
    "web.peers.why.hdd": _("Cold winters need more heat, whatever a city does."),
    "web.peers.why.cdd": _("Hot summers need more cooling."),
    "web.peers.why.precipitation_mm": _("Rain and snow change how people get about, and how waste decays."),
    "web.peers.why.temperature_c": _("Warmth changes heat, cooling and how waste decays."),
    "web.peers.why.koppen": _("The climate zone stands for what single figures do not say."),
    "web.peers.why.gdp_per_head": _("Wealth moves consumption, floor space and budgets, and changes over decades."),
    "web.peers.why.industry_share": _("Which trades a city lives from changes over decades."),
    "web.peers.why.growth": _("Where people move in, houses are new; where they leave, they stand empty."),
    "web.peers.why.coast_km": _("The sea softens the climate and brings ports."),
    "web.peers.why.grid_factor": _("The power plants of the country decide what a kilowatt-hour stands for."),
}
