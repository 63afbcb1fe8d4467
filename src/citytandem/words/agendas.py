"""The English words of agendas: the timetable of an event, what could not be met, and why."""

from citytandem.findings import Code
from citytandem.words.catalogue import translatable as _

AGENDA_SENTENCES: dict[Code, str] = {
    Code.AGENDA_NAME_UNKNOWN: _(
        "“{value}” in the column {column} of {table} names nothing in the files. Add it there, or correct the name."
    ),
    Code.AGENDA_EMPTY: _("There is nothing to plan: {table} has no rows. Fill it in and try again."),
    Code.AGENDA_FILES: _(
        "The files of {folder} cannot be planned with yet: {count} cells or tables need a look. Each is named with file, row and column."
    ),
    Code.AGENDA_PLAN_UNREADABLE: _("{file} is no plan of ours ({problem}). Give the plan.json that an earlier run wrote."),
    Code.AGENDA_NO_PLAN: _(
        "No plan can meet everything that is asked: {count} demands exclude each other. Each of them could stay if one of the others were given up."
    ),
    Code.AGENDA_NOT_FOUND: _(
        "No plan was found in the time given, and it is not proven that there is none. Give more time, or fewer fixed places."
    ),
    Code.AGENDA_STRUCK: _(
        "The clock ended the search before its work was done, so another run with the same seed may give another plan. Give more seconds for a plan that can be repeated."
    ),
    Code.AGENDA_HOPELESS: _(
        "{count} wishes cannot be met in any plan (language, access, an own session or absence), so they do not count in anybody's share. They are listed with the reason."
    ),
    Code.AGENDA_UNMET: _(
        "{count} of {total} wishes are not met. Each is listed with the reason: a full session, a clash, or rest."
    ),
    Code.AGENDA_CANCELLED: _(
        "“{session}” is taken off: those who must be there are gone whenever it could take place. Find somebody else, or tell its guests."
    ),
    Code.AGENDA_BROKEN: _("The plan breaks a rule: {rule} ({what}). It must not be used."),
    Code.DEMAND_PLACED: _("“{session}” takes place."),
    Code.DEMAND_FIXED_SLOT: _("“{session}” is fixed at {slot}."),
    Code.DEMAND_FIXED_ROOM: _("“{session}” is fixed in {room}."),
    Code.DEMAND_KEPT: _("“{session}” stays where it is: {slot}, {room}."),
    Code.DEMAND_SEATS: _("“{session}” needs a room with {seats} seats."),
    Code.DEMAND_EQUIPMENT: _("“{session}” needs a room with {thing}."),
    Code.DEMAND_ACCESS: _("“{session}” needs a room that wheelchair users can enter."),
    Code.DEMAND_HOST_ACCESS: _("{person} speaks in “{session}” and needs a place that wheelchair users can enter."),
    Code.DEMAND_ABSENT: _("{person} is not there at {slot}."),
    Code.DEMAND_ABSENT_ROOM: _("The room {room} is not free at {slot}."),
    Code.DEMAND_SPEAKER: _("{person} cannot be in two sessions at once."),
    Code.DEMAND_GROUP: _("The sessions of the group “{group}” never run at the same time."),
    Code.DEMAND_ALONE: _("Nothing else runs beside “{session}”."),
    Code.DEMAND_INTERPRETER: _("“{session}” is interpreted into {language}."),
    Code.DEMAND_INTERPRETER_REST: _("{person} interprets at most {slots} slots in a row."),
    Code.DEMAND_LUNCH: _("{person} has time for lunch."),
    Code.DEMAND_REST: _("{person} sits through at most {slots} slots in a row."),
}

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
