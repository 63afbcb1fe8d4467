"""The words of a network's registry and its ties."""

from citytandem.words.catalogue import translatable as _

ROOMS = {
    "web.registry.rooms": _("Rooms of this network"),
    "web.registry.room.overview": _("Overview"),
    "web.registry.room.members": _("Memberships"),
    "web.registry.room.parts": _("Classes, offices, bodies"),
    "web.registry.room.ties": _("Ties"),
    "web.registry.room.import": _("Bring a list"),
    "web.registry.sight": _("Who sees this registry?"),
    "web.registry.sight_public": _(
        "Everybody sees the classes, offices, bodies and confirmed members on the page of the network. Ties are seen only by the two cities and by you."
    ),
    "web.registry.sight_own": _(
        "Only your team sees it. You can show classes, offices, bodies and confirmed members on the page of the network; ties stay with the two cities and you."
    ),
    "web.registry.show": _("Show it to everybody"),
    "web.registry.hide": _("Keep it to the team"),
    "web.registry.told.shown": _("Everybody sees the registry now."),
    "web.registry.told.hidden": _("Only your team sees the registry now."),
}

MEMBERS = {
    "web.registry.members": _("Memberships over time"),
    "web.registry.members_answer": _(
        "Memberships recorded: {every}; holding today: {now}; waiting for the city's answer: {open}."
    ),
    "web.registry.members_none": _(
        "No membership is recorded yet. With days and classes you can see who belonged to you when; a list as a file takes five minutes."
    ),
    "web.registry.members_how": _(
        "What a city shares with its networks opens to you once its team has confirmed the membership. A membership that ended closes it at once."
    ),
    "web.registry.member_new": _("Record a membership"),
    "web.registry.member_how": _(
        "Say which city belonged to the network from when on, and from where this is known. The city's team is asked to confirm it."
    ),
    "web.registry.member_change": _(
        "To end the membership, fill in the day on which the city was no member any more. Earlier or later days than the city confirmed need its answer again."
    ),
    "web.registry.city": _("City"),
    "web.registry.city_help": _("Its name in any language, or its id."),
    "web.registry.class": _("Class"),
    "web.registry.no_class": _("no class"),
    "web.registry.since": _("From"),
    "web.registry.since_help": _("The first day."),
    "web.registry.until": _("Until"),
    "web.registry.until_help": _("The first day on which it no longer holds; empty if it still does."),
    "web.registry.today": _("today"),
    "web.registry.ends_before": _("It cannot end before it begins."),
    "web.registry.capacity": _("Tandems it can carry"),
    "web.registry.capacity_help": _(
        "How many exchanges the city's people can carry at once, by their own word. Empty if they have not said."
    ),
    "web.registry.source": _("Source"),
    "web.registry.source_help": _("A document, a decision or an address that shows it."),
    "web.registry.answer": _("The city's answer"),
    "web.registry.answer.open": _("not yet answered"),
    "web.registry.answer.confirmed": _("confirmed"),
    "web.registry.answer.declined": _("not confirmed"),
    "web.registry.already_member": _("These days overlap with a membership of this city that is recorded. End that one first."),
    "web.registry.our_networks": _("Networks that name us as a member"),
    "web.registry.our_networks_how": _(
        "Confirm what is right: then what you share with your networks opens to its people, and theirs to you. Decline what is not, or no longer, right; it holds at once."
    ),
    "web.registry.our_networks_none": _(
        "No network has recorded your city here. What published lists say of your memberships stands on the city's page."
    ),
    "web.registry.confirm": _("Yes, we are a member"),
    "web.registry.decline": _("No, or not any more"),
    "web.registry.told.confirm": _("The membership is confirmed."),
    "web.registry.told.decline": _("The membership is declined; nothing is shared with this network any more."),
    "web.registry.save": _("Save"),
    "web.registry.changed_meanwhile": _(
        "Somebody has changed this meanwhile. Look at how it stands now, and save again if yours is right."
    ),
    "web.registry.recorded_members": _("Members the network has recorded and the cities have confirmed"),
}

PARTS = {
    "web.registry.parts": _("Classes, offices and bodies"),
    "web.registry.parts_answer": _(
        "Recorded: classes of members {classes}, offices with their holders {offices}, bodies {bodies}."
    ),
    "web.registry.parts_none": _(
        "Nothing is recorded yet. Classes say what a membership means, offices who speaks for the network, bodies where cities work together."
    ),
    "web.registry.recorded": _("What the network has recorded"),
    "web.registry.classes": _("Classes of members"),
    "web.registry.offices": _("Offices"),
    "web.registry.bodies": _("Bodies"),
    "web.registry.new.class": _("Add a class of members"),
    "web.registry.new.office": _("Add an office"),
    "web.registry.new.body": _("Add a body"),
    "web.registry.how.class": _("Name the class as the network names it, and say who belongs to it."),
    "web.registry.how.office": _(
        "Name the office and one holder. When the holder changes, end this entry and add another: so the history stays."
    ),
    "web.registry.how.body": _("A forum, a working group, a regional association or a committee, and the cities in it."),
    "web.registry.title": _("Name"),
    "web.registry.class_text": _("Who belongs to it"),
    "web.registry.office_title": _("Office"),
    "web.registry.holder": _("Held by"),
    "web.registry.holder_help": _("An organisation or a function. Name a person only if the network itself does so in public."),
    "web.registry.holder_needed": _("Name the city or the organisation that holds the office."),
    "web.registry.body_kind": _("Kind"),
    "web.registry.body.forum": _("forum"),
    "web.registry.body.working_group": _("working group"),
    "web.registry.body.regional": _("regional association"),
    "web.registry.body.committee": _("committee"),
    "web.registry.body_text": _("What it is for"),
    "web.registry.body_cities": _("Cities in it"),
    "web.registry.body_cities_help": _("One a line: the name in any language, or the id."),
    "web.registry.too_many_cities": _("At most {count} cities fit into one body."),
    "web.registry.title_twice": _("There is one of this name already."),
    "web.registry.drop": _("Take it out of the registry"),
    "web.registry.told.dropped": _("It is taken out; the record still says what it was."),
    "web.registry.facts": _("Classes, offices and bodies, as sources tell them"),
    "web.registry.facts_none": _("No source we hold tells its classes, offices or bodies."),
    "web.registry.facts_how": _(
        "Quoted from the publication named beside each, in its own words or ours, for the year named. Later changes may not be in it."
    ),
    "web.registry.part.class": _("Class of members"),
    "web.registry.part.office": _("Office"),
    "web.registry.part.body": _("Body"),
    "web.registry.part_kind": _("What"),
    "web.registry.part_text": _("What the source says"),
    "web.registry.part_year": _("Year"),
    "web.registry.part_mark": _("How sure"),
    "web.registry.map_lines": _("Lines are ties between members."),
    "web.registry.by_network": _("As the network itself records it here"),
}

LISTS = {
    "web.registry.import_title": _("Bring memberships or ties as a list"),
    "web.registry.import_answer": _(
        "A CSV or a workbook with one row each. Rows that can be read are recorded; of every other row you are told why not."
    ),
    "web.registry.import_told": _("Rows recorded: {recorded}. Things you should know: {found}."),
    "web.registry.import_findings": _("What was found"),
    "web.registry.import_left": _("{count} more of them are not shown here."),
    "web.registry.import_send": _("Bring the list"),
    "web.registry.row": _("Row {row}:"),
    "web.registry.file": _("File"),
    "web.registry.file_help": _("CSV, XLSX or ODS; at most one megabyte and 2,000 rows."),
    "web.registry.file_too_large": _("The file is larger than {megabytes} MB. Take the list into a file of its own."),
    "web.registry.file_what": _("What it lists"),
    "web.registry.file_what.members": _("memberships"),
    "web.registry.file_what.ties": _("ties"),
    "web.registry.columns": _("Which columns are read?"),
    "web.registry.columns_members": _(
        "For memberships; class, until and capacity may be missing. Days are written as in 2026-01-31."
    ),
    "web.registry.columns_ties": _("For ties; since is a year, kind is partnership, friendship, contact or project."),
    "web.registry.take_members": _("Memberships as a file (CSV)"),
    "web.registry.take_ties": _("Ties with their figures as a file (CSV)"),
}

TIES = {
    "web.tie.network_title": _("How do the ties among members fare?"),
    "web.tie.network_answer": _(
        "Ties among members: {total}. With contact within 120 days: {awake}; asleep: {asleep}; recorded without any contact: {unknown}; known only from published lists: {listed}."
    ),
    "web.tie.network_none": _("No tie between two members is known. Record the first, or bring a list."),
    "web.tie.silent": _(
        "{count} members have a team here that has not confirmed the membership. What is recorded on their ties is not shown to you."
    ),
    "web.tie.city_title": _("Our ties"),
    "web.tie.city_answer": _(
        "Our ties: {total}. With contact within 120 days: {awake}; asleep: {asleep}; recorded without any contact: {unknown}; known only from published lists: {listed}."
    ),
    "web.tie.city_none": _("No tie of your city is known. Record the first one: it takes a minute."),
    "web.tie.city_how": _(
        "Open a tie to record a meeting, a question or a measure you take over. The other city's team sees it too; nobody else does, but for the networks you are both in, which see the figures."
    ),
    "web.tie.new": _("Record a tie"),
    "web.tie.new_how": _(
        "Say with whom, of which kind, since when, and from where this is known. Both cities see it and may record on it."
    ),
    "web.tie.year": _("Since (year)"),
    "web.tie.year_help": _("Empty if nobody knows."),
    "web.tie.year_ahead": _("This year has not come yet."),
    "web.tie.same_city": _("Name two different cities."),
    "web.tie.not_members": _("Your network may record ties between its members once their teams have confirmed the membership."),
    "web.tie.there": _("These two have a recorded tie already; here it is."),
    "web.tie.not_yours": _("Only the two cities can change this tie itself. You can record on it what you know."),
    "web.tie.filter": _("Which ties to show"),
    "web.tie.pair": _("The two cities"),
    "web.tie.left": _("{count} more are not shown here; the file below holds all of them."),
    "web.tie.none_fit": _("No tie fits this choice."),
    "web.tie.last": _("Last contact"),
    "web.tie.held": _("Meetings held of planned"),
    "web.tie.answered": _("Questions answered"),
    "web.tie.transfers": _("Transfers begun"),
    "web.tie.how": _("How it fares"),
    "web.tie.of": _("{part} of {all}"),
    "web.tie.nothing": _("nothing recorded"),
    "web.tie.state": _("State"),
    "web.tie.state.awake": _("contact within 120 days"),
    "web.tie.state.asleep": _("asleep"),
    "web.tie.state.unknown": _("no contact recorded"),
    "web.tie.state.listed": _("from a published list only"),
    "web.tie.state.ended": _("ended"),
    "web.tie.over": _("Members that carry more than they said they can ({count})"),
    "web.tie.over_how": _(
        "Counted are ties with contact within 120 days and running tandems. {said} members have said how much they can carry; of the others nothing can be said."
    ),
    "web.tie.carries": _("{ties} ties and {tandems} tandems run; it said it can carry {capacity}."),
    "web.tie.how_known": _(
        "A tie is called asleep after {days} days without a held meeting, a question or an answer. Where nothing is recorded nothing is said: people may well have met. These are counts, no marks for anybody."
    ),
    "web.tie.title": _("{city} and {other}"),
    "web.tie.answer_ended": _("This tie ended on {day}. What was recorded stays."),
    "web.tie.answer_unknown": _(
        "No contact is recorded on this tie yet. If you have met, write down the last time: it takes a minute."
    ),
    "web.tie.answer_asleep": _(
        "This tie is asleep: the last contact that is recorded was {days} days ago. A short call with one question wakes it."
    ),
    "web.tie.answer_awake": _("The last contact that is recorded was {days} days ago."),
    "web.tie.compare": _("The two side by side"),
    "web.tie.pile.meeting": _("Meetings"),
    "web.tie.pile.question": _("Questions"),
    "web.tie.pile.transfer": _("Measures taken over"),
    "web.tie.none.meeting": _("No meeting is recorded."),
    "web.tie.none.question": _("No question is recorded. One clear question is the best reason for a call."),
    "web.tie.none.transfer": _("No measure is recorded as taken over."),
    "web.tie.add.meeting": _("Record a meeting"),
    "web.tie.add.question": _("Record a question"),
    "web.tie.add.transfer": _("Record a measure taken over"),
    "web.tie.go_on.meeting": _("Was it held? Change it"),
    "web.tie.go_on.question": _("Answer or change it"),
    "web.tie.go_on.transfer": _("How far has it come? Change it"),
    "web.tie.was_it_held": _("the day is over: was it held?"),
    "web.tie.form": _("How"),
    "web.tie.form.call": _("call"),
    "web.tie.form.visit": _("visit"),
    "web.tie.form.workshop": _("workshop"),
    "web.tie.form.letter": _("letter or e-mail"),
    "web.tie.meeting.planned": _("planned"),
    "web.tie.meeting.held": _("took place"),
    "web.tie.meeting.cancelled": _("called off"),
    "web.tie.subject": _("About what"),
    "web.tie.asked_by": _("Who asks"),
    "web.tie.question": _("Question"),
    "web.tie.answer": _("Answer"),
    "web.tie.answered_on": _("answered on"),
    "web.tie.still_open": _("still open"),
    "web.tie.answered_before": _("It cannot be answered before it was asked."),
    "web.tie.learner": _("Who takes it over"),
    "web.tie.stage": _("How far it has come"),
    "web.tie.stage.begun": _("begun"),
    "web.tie.stage.pilot": _("a pilot runs"),
    "web.tie.stage.in_place": _("in place"),
    "web.tie.stage.stopped": _("stopped"),
    "web.tie.remark": _("Remark"),
    "web.tie.shared": _("The networks of both cities may read the words"),
    "web.tie.shared_help": _("Without a tick they see only that there is an entry, and count it."),
    "web.tie.not_shared": _("The words are kept between the two cities."),
    "web.tie.recorded_by": _("recorded by"),
    "web.tie.day_ahead": _("This day has not come yet."),
    "web.registry.day": _("Day"),
    "web.registry.day_help": _("A planned meeting lies ahead; one that was held does not."),
    "web.registry.asked": _("Asked on"),
    "web.registry.asked_help": _("The day the question was put."),
    "web.registry.answered": _("Answered on"),
    "web.registry.answered_help": _("Empty as long as it is open."),
    "web.registry.begun": _("Begun on"),
    "web.registry.begun_help": _("The day the work on it began."),
    "web.tie.elsewhere": _("Known from other rooms"),
    "web.tie.sort.held": _("took place"),
    "web.tie.sort.planned": _("planned"),
    "web.tie.sort.transfer": _("measure taken over"),
    "web.tie.itself": _("The tie itself"),
    "web.tie.change": _("Change kind, year or source"),
    "web.tie.end": _("End this tie today"),
    "web.tie.take_up": _("Take it up again"),
    "web.tie.told.ended": _("The tie is ended; what was recorded stays."),
    "web.tie.told.taken_up": _("The tie is taken up again."),
    "web.tie.who_reads": _(
        "Both cities read everything here. Networks both belong to see the figures, and the words only where they are shared."
    ),
}

DESK = {
    "desk.tie_asleep.title": _("Asleep: {name}"),
    "desk.tie_asleep.text": _("The last contact that is recorded was {days} days ago. One question or a short call wakes it."),
    "desk.ties_asleep.title": _("Ties asleep among your members: {count}"),
    "desk.ties_asleep.text": _("No contact is recorded for more than 120 days. See which, and ask one of them."),
    "desk.tie_question.title": _("{name} asks you something"),
    "desk.tie_question.text": _("A question waits for your answer: {question}"),
    "desk.tie_held.title": _("Was it held? {name}"),
    "desk.tie_held.text": _("The day of a planned meeting is over. Say whether you met."),
    "desk.membership.title": _("{network} names you as a member"),
    "desk.membership.text": _("Confirm or decline it. What you share with your networks opens only once you have confirmed."),
    "desk.registry_none.title": _("No membership is recorded yet"),
    "desk.registry_none.text": _(
        "With a list of members, classes and days you see who belonged to you when. Five minutes with a file."
    ),
}

AUDIT = {
    "audit.registry.memberclass_written": _("added a class of members"),
    "audit.registry.memberclass_changed": _("changed a class of members"),
    "audit.registry.memberclass_dropped": _("took a class of members out"),
    "audit.registry.office_written": _("added an office"),
    "audit.registry.office_changed": _("changed an office"),
    "audit.registry.office_dropped": _("took an office out"),
    "audit.registry.body_written": _("added a body"),
    "audit.registry.body_changed": _("changed a body"),
    "audit.registry.body_dropped": _("took a body out"),
    "audit.registry.member_recorded": _("recorded a membership"),
    "audit.registry.member_changed": _("changed a membership"),
    "audit.registry.member_confirmed": _("the city confirmed a membership"),
    "audit.registry.member_declined": _("the city declined a membership"),
    "audit.registry.shown": _("showed the registry to everybody"),
    "audit.registry.hidden": _("kept the registry to the team"),
    "audit.tie.written": _("recorded a tie"),
    "audit.tie.changed": _("changed a tie"),
    "audit.tie.ended": _("ended a tie"),
    "audit.tie.taken_up": _("took a tie up again"),
    "audit.tie.meeting_written": _("recorded a meeting"),
    "audit.tie.meeting_changed": _("changed a meeting"),
    "audit.tie.question_written": _("recorded a question"),
    "audit.tie.question_changed": _("changed a question or answered it"),
    "audit.tie.transfer_written": _("recorded a measure taken over"),
    "audit.tie.transfer_changed": _("changed a measure taken over"),
}

REGISTRY: dict[str, str] = {**ROOMS, **MEMBERS, **PARTS, **LISTS, **TIES, **DESK, **AUDIT}
