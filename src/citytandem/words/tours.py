"""The English words of study tours and of the travel to an event."""

from citytandem.findings import Code
from citytandem.words.catalogue import translatable as _

TOUR_SENTENCES: dict[Code, str] = {
    Code.TOUR_MUSTS_CONFLICT: _(
        "These {count} sites cannot all be visited: {sites}. There is no smaller set of musts that stands in the way. "
        "Let one of them be open instead of a must, add a day, or ask for other opening hours."
    ),
    Code.TOUR_MUST_IMPOSSIBLE: _(
        "“{site}” is a must, but it cannot be visited on any of the days: {unmet}. Change that, or let it be open instead of a must."
    ),
    Code.TOUR_DAYS_IMPOSSIBLE: _(
        "The {days} days do not work even without a visit: the way between the stays, lunch or the nights do not fit into the hours "
        "and the budget given. Begin earlier, end later, choose another stay, or raise the budget."
    ),
    Code.TOUR_NOT_PROVEN: _(
        "The search ended before it could show that no tour is better: this one is worth {worth}, and none is worth more than {bound}. "
        "Fewer sites, or more effort, would tell."
    ),
    Code.TOUR_LEGS_ESTIMATED: _(
        "{count} of {all} ways are estimated from the distance on the map (est.). Look them up before you book, and write them into the legs."
    ),
    Code.TOUR_COST_UNKNOWN: _(
        "What a visit costs is not known for {count} of the sites: {sites}. They are counted with nothing, so the tour may cost more. Ask the sites."
    ),
    Code.TRAVEL_UNKNOWN: _(
        "For {count} of {all} guests the emissions of coming are not known, because where they come from or how is not stated. "
        "They are left out of the sum, not counted as zero. Ask them."
    ),
    Code.TRAVEL_RECALLED: _(
        "The factor for these ways of travelling is recalled and was not read in a source: {modes}. Do not quote figures that stand on it."
    ),
    Code.TRAVEL_ONLINE: _(
        "Coming emits about {emissions_t} t CO₂e, which is more than the {limit_t} t you have set as the amount from which to think of other ways. "
        "{count} of the guests make up {share} % of it. A part of the event online, fewer and longer stays, or trains where there are some would lower it. "
        "Whether meeting is worth it is yours to decide."
    ),
}

TOURS: dict[str, str] = {
    "cli.help.tour": _("Plan a study tour from a folder of tables: which sites, when, in which order; and what coming emits."),
    "cli.option.tour_folder": _("Folder with CSV tables, or a workbook with a sheet for each: sites, openings, stays, days, wishes, legs, guests, group."),
    "cli.option.tour_out": _("Folder for tour.csv, tour.ics and travel.csv; nothing is written if left out."),
    "cli.option.tour_template": _("Write an example into this folder instead, ready to be changed: a tour of the Ruhr."),
    "cli.option.tour_seed": _("The same seed gives the same tour."),
    "cli.tour.template": _("The example is in {folder}. Change the tables, then run: citytandem tour {folder}"),
    "cli.tour.title": _("{days} days, {visits} visits, {km} km on the road, {cost} EUR per person as far as known."),
    "cli.tour.proof.optimal": _("Worth {worth}: proven that no tour of these sites, days and wishes is worth more."),
    "cli.tour.proof.bound": _("Worth {worth}; at most {bound} is possible."),
    "cli.tour.written": _("Written: {files}."),
    "cli.tour.unmet": _("Wishes that stay open"),
    "cli.tour.travel": _("What coming emits and costs, there and back"),
    "cli.tour.travel.total": _("All {known} guests of whom it is known: {middle} t CO₂e (between {low} and {high}), fares {low_cost} to {high_cost} EUR."),
    "tour.begins": _("Begins"),
    "tour.ends": _("Ends"),
    "tour.what": _("What"),
    "tour.topics": _("Topics"),
    "tour.topic": _("Topic"),
    "tour.reason": _("Why"),
    "tour.way": _("Way there"),
    "tour.way.leg": _("{minutes} min, {km} km, {mode}"),
    "tour.way.estimated": _("{minutes} min, {km} km, {mode} (est.)"),
    "tour.kind.rest": _("Lunch and rest: {place}"),
    "tour.kind.end": _("The day ends: {place}"),
    "tour.reason.no_site": _("no site shows it"),
    "tour.reason.left_out": _("its sites are left out by choice"),
    "tour.reason.not_accessible": _("it cannot be reached without a step"),
    "tour.reason.access_unknown": _("it is not known whether it can be reached without a step; ask there"),
    "tour.reason.group_too_large": _("the group is larger than the site can take"),
    "tour.reason.not_open": _("not open long enough on any of the days"),
    "tour.reason.too_far": _("too far to be there and back within a day"),
    "tour.reason.over_budget": _("over the budget"),
    "tour.reason.no_time": _("no time left beside what is worth more"),
    "travel.guest": _("Guest"),
    "travel.origin": _("From"),
    "travel.mode": _("How"),
    "travel.km": _("km"),
    "travel.emissions": _("kg CO₂e"),
    "travel.interval": _("Between"),
    "travel.cost": _("Fares, EUR"),
    "travel.factor": _("Factor"),
    "travel.range": _("{low}–{high}"),
    "travel.invented": _("{name} (invented)"),
    "mode.train": _("train"),
    "mode.coach": _("coach"),
    "mode.car": _("car"),
    "mode.ship": _("ship"),
    "mode.flight": _("flight"),
    "mode.walk": _("on foot"),
    "mode.tram": _("tram"),
    "mode.bicycle": _("bicycle"),
}
