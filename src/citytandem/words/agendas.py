"""The English words of agendas: the timetable of an event, what could not be met, and why."""

from citytandem.words.catalogue import translatable as _

AGENDAS: dict[str, str] = {
    "cli.help.plan": _(
        "Plan the agenda of an event from files: sessions, rooms, slots, wishes, meetings; first for the person served least."
    ),
    "cli.option.plan_files": _(
        "Folder with sessions.csv, rooms.csv, slots.csv and their neighbours, or one workbook with sheets of these names."
    ),
    "cli.option.plan_out": _("Folder for placed.csv, seats.csv, meetings.csv and plan.json; nothing is written if left out."),
    "cli.option.plan_seconds": _("How much work is done: as much as a usual machine does in so many seconds."),
    "cli.option.plan_seed": _("The same seed gives the same plan."),
    "cli.option.plan_absent": _("Who cannot come when, such as ana:day2-10, or room=hall:day2-10; can be given several times."),
    "cli.option.plan_from": _("plan.json of an earlier run: change as little of it as possible."),
    "cli.option.plan_template": _("Write an invented conference into this folder instead, ready to be changed."),
    "cli.option.plan_people": _("Also name the people whose wishes are not met. Not for the public."),
    "cli.plan.template": _(
        "The example is in {folder}; everyone in it is invented. Change the tables, then run: citytandem plan {folder}"
    ),
    "cli.plan.progress": _(
        "The person served least: {worst} of at most {worst_bound}. All together: {points} of at most {points_bound} points."
    ),
    "cli.plan.progress_sum": _("All together: {points} of at most {points_bound} points."),
    "cli.plan.day": _("{day}, times of {zone}"),
    "cli.plan.trips": _("Elsewhere"),
    "cli.plan.time": _("Time"),
    "cli.plan.worst": _(
        "The person served least has {share} of the weighted wishes met; no plan could give that person more than {bound}."
    ),
    "cli.plan.sum.optimal": _("All together: {points} points, and it is proven that no plan as fair has more."),
    "cli.plan.sum.bound": _("All together: {points} points; no plan can have more than {bound}, so at most {gap} is missing."),
    "cli.plan.sum.change": _("All together: {points} points. It is proven that no plan changes less."),
    "cli.plan.meetings": _("{count} meetings of two have a time and a table."),
    "cli.plan.unmet": _("Wishes that stay open, by session and reason"),
    "cli.plan.unmet_people": _("Wishes that stay open, by person. Not for the public."),
    "cli.plan.moved": _("What moved"),
    "cli.plan.nothing_moved": _("No session moved."),
    "cli.plan.lost": _("{lost} seats were lost and {gained} gained."),
    "cli.plan.written": _("Written to {folder}: {files}. The files with names of people are not for the public."),
    "plan.session": _("Session"),
    "plan.person": _("Person"),
    "plan.wishes": _("Wishes"),
    "plan.turn": _("Wish"),
    "plan.why": _("Why"),
    "plan.before": _("Before"),
    "plan.now": _("Now"),
    "plan.goes_on": _("… {session}"),
    "plan.reason.full": _("the session is full"),
    "plan.reason.clash": _("at the same time as another wish that is met"),
    "plan.reason.language": _("not spoken or interpreted in a language the person understands"),
    "plan.reason.access": _("no place there that the person can use"),
    "plan.reason.own_session": _("the person speaks or interprets elsewhere at that time"),
    "plan.reason.absent": _("the person is not there at that time"),
    "plan.reason.rest": _("the person needs rest"),
    "plan.reason.lunch": _("there would be no time for lunch"),
    "plan.reason.outweighed": _("something of more worth has its place"),
}
