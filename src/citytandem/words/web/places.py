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
    "web.home.map_told": _("Dark dots are the {known} cities with a published balance, pale dots the other cities we know."),
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
}
