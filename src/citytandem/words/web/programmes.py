"""The words of twinning programmes and the matching studio."""

from citytandem.words.catalogue import translatable as _
from citytandem.words.web.programmes_studio import STUDIO
from citytandem.words.web.programmes_team import TEAM

PUBLIC = {
    "web.way.programmes": _("Programmes"),
    "web.programmes.title": _("Programmes in which cities learn with each other"),
    "web.programmes.answer": _("Calls that are open today: {count}."),
    "web.programmes.answer_closed": _("No call is open today. The programmes below are under way or over."),
    "web.programmes.empty": _(
        "There is no programme yet. A network opens one from its workspace; it takes about twenty minutes."
    ),
    "web.programmes.how": _(
        "A network asks who wants to learn what. Those who apply are brought together two by two or in small groups, always with the reasons said, and only when all of them agree."
    ),
    "web.programmes.open": _("Open calls"),
    "web.programmes.running": _("Under way"),
    "web.programmes.closed": _("Over"),
    "web.programme.apply_until": _("The call is open."),
    "web.programme.until": _("The deadline is {day}, {time} in {place}."),
    "web.programme.until_same_day": _("The deadline is {day}, {time} in {place}, which is {other_time} in {other_place}."),
    "web.programme.until_both": _("The deadline is {day}, {time} in {place}, which is {other_day}, {other_time} in {other_place}."),
    "web.programme.not_open": _("This call takes no applications at this moment. Look at its dates below."),
    "web.programme.is.draft": _("This programme is a draft; only your network sees it."),
    "web.programme.is.open": _("The call is open in name, but its dates are not now."),
    "web.programme.is.matching": _("The call is closed, and the network is looking for partners for everybody."),
    "web.programme.is.running": _("The partners have been found and are learning with each other."),
    "web.programme.is.closed": _("This programme is over."),
    "web.programme.invented": _(
        "This programme is an invented example. The cities and what is known of them are real; the teams and what they say are not."
    ),
    "web.programme.apply_for": _("Apply for {organisation}"),
    "web.programme.sign_in_to_apply": _("Sign in to apply"),
    "web.programme.no_team": _(
        "You act for no organisation that could apply. Ask the administrator of your city's team to invite you as an editor."
    ),
    "web.programme.whom": _("Whom it asks"),
    "web.programme.by": _("Network"),
    "web.programme.all_topics": _("all"),
    "web.programme.everybody": _("everybody"),
    "web.programme.all_countries": _("all"),
    "web.programme.members": _("Members"),
    "web.programme.deadline": _("When is the deadline where you are?"),
    "web.programme.clocks": _("What the clocks show at the deadline"),
    "web.programme.clock_in": _("Place"),
    "web.programme.clock_day": _("Day"),
    "web.programme.clock_time": _("Time"),
    "web.programme.pairing": _("How partners are found"),
    "web.programme.pairing_how": _(
        "For every two who apply we ask what each could learn from the other: from what their cities have published, and from what they ask for and offer. A partnership counts by the side that learns less, so that nobody only gives."
    ),
    "web.programme.pairing_reasons": _(
        "Then the combination is sought that is best for all together. What a city does not want is always kept. Each proposal says what each side gives and gets, where they differ and what could fail."
    ),
    "web.programme.pairing_consent": _(
        "Nobody is paired without being asked: each side has {days} days to say yes or no, and nothing is shown before all have said yes."
    ),
    "web.programme.tandems": _("Tandems"),
    "web.programme.no_tandems": _(
        "No tandem is shown here yet. One appears when all its cities have agreed and want it to be seen."
    ),
    "web.programme.data": _("What happens with what you write"),
    "web.programme.data_told": _(
        "Applications are read by the network that runs the programme and by nobody else. The people named in them are forgotten after {day}."
    ),
}

ROOM = {
    "web.programmes.mine": _("Our programmes"),
    "web.programmes.mine_answer": _("Programmes of your network: {count}."),
    "web.programmes.mine_empty": _(
        "Your network has no programme yet. Begin from a template; you can change everything before it opens."
    ),
    "web.programmes.new": _("New programme"),
    "web.programmes.new_help": _("Choose what it is to make. The template brings a text and dates that you can change."),
    "web.programme.title": _("Title"),
    "web.programme.form": _("Form"),
    "web.programme.form.tandem": _("tandems of two"),
    "web.programme.form.trio": _("groups of three"),
    "web.programme.form.cluster": _("clusters of three to eight"),
    "web.programme.form.mentoring": _("a mentor with learners"),
    "web.programme.form_help.tandem": _("Two who both learn; the usual form."),
    "web.programme.form_help.trio": _("Three who keep going when one is busy."),
    "web.programme.form_help.cluster": _("Several around one subject."),
    "web.programme.form_help.mentoring": _("One that has done it, and those who begin."),
    "web.programme.template.tandem.title": _("Tandems for climate action"),
    "web.programme.template.tandem.text": _(
        "Two cities learn from each other for eighteen months. We look for cities that have one concrete problem they want to solve, and one thing others can learn from them. You need two people with some hours a month and the support of your city's leadership. You get a partner that fits, two visits, and a plan of what to do at home."
    ),
    "web.programme.template.trio.title": _("Groups of three for climate action"),
    "web.programme.template.trio.text": _(
        "Three cities learn from each other for eighteen months. We look for cities that have one concrete problem they want to solve, and one thing others can learn from them. You need two people with some hours a month and the support of your city's leadership."
    ),
    "web.programme.template.cluster.title": _("A cluster of cities around one subject"),
    "web.programme.template.cluster.text": _(
        "Three to eight cities work on one subject for eighteen months: an online meeting every six to eight weeks, a peer review at each, and one study tour. We look for cities that bring a case of their own."
    ),
    "web.programme.template.mentoring.title": _("Mentors for cities that begin"),
    "web.programme.template.mentoring.text": _(
        "A city that has done it accompanies one or two that begin, for a year. We look for mentors with a measure in operation and some hours a month, and for learners with a decision to prepare."
    ),
    "web.programme.text": _("Text of the call"),
    "web.programme.text_help": _("What it is, what is expected of those who take part, what they get, and what it costs them."),
    "web.programme.language": _("Language of the text"),
    "web.programme.topics": _("Fields of action"),
    "web.programme.empty_for_all": _("Choose none for all."),
    "web.programme.months": _("Length in months"),
    "web.programme.opens": _("Opens on"),
    "web.programme.closes_day": _("Deadline: day"),
    "web.programme.closes_time": _("Deadline: time of day"),
    "web.programme.zone": _("Deadline: on the clocks of"),
    "web.programme.zone_help": _("Everybody is told the deadline on their own clock as well."),
    "web.programme.no_such_time": _("The clocks there go forward over this time; choose another."),
    "web.programme.closes_too_early": _("The deadline lies before the opening."),
    "web.programme.actors": _("Who may apply"),
    "web.programme.countries": _("Countries"),
    "web.programme.population_low": _("People in the city, at least"),
    "web.programme.population_high": _("People in the city, at most"),
    "web.programme.population_turned": _("The upper limit lies below the lower one."),
    "web.programme.members_only": _("Only members of the network"),
    "web.programme.answer_days": _("Days to answer a proposal"),
    "web.programme.answer_days_help": _("Three weeks leave time for a mayor's office."),
    "web.programme.keep_until": _("Forget the contacts after"),
    "web.programme.keep_until_help": _("The names and addresses in the applications are deleted after this day."),
    "web.programme.keep_too_short": _("Choose a day after the deadline."),
    "web.programme.edit": _("Say what it is, whom you ask and until when. It stays a draft until you open the call."),
    "web.programme.keep": _("Keep"),
    "web.programme.kept": _("Kept."),
    "web.programme.change": _("Change the call"),
    "web.programme.public": _("What everybody sees"),
    "web.programme.to_room": _("Your room of this programme"),
    "web.programme.changed_meanwhile": _(
        "Somebody has changed this meanwhile; what they wrote stands here. Look at both and keep again if yours is right."
    ),
    "web.programme.not_now": _("This is not possible as it stands. Look at the state and the deadline."),
    "web.programme.state.draft": _("draft"),
    "web.programme.state.open": _("open for applications"),
    "web.programme.state.matching": _("looking for partners"),
    "web.programme.state.running": _("under way"),
    "web.programme.state.closed": _("over"),
    "web.programme.step.open": _("Open the call"),
    "web.programme.step.close": _("Close the call now"),
    "web.programme.step.begin": _("Begin the exchange"),
    "web.programme.step.end": _("End the programme"),
    "web.programme.told.open": _("The call is open and everybody can see it."),
    "web.programme.told.close": _("The call is closed. Applications stay as they are."),
    "web.programme.told.begin": _("The exchange has begun."),
    "web.programme.told.end": _("The programme is over."),
    "web.programme.no_tandems_yet": _("No tandem is proposed yet. Find partners in the studio and propose them."),
    "web.programme.tandems_later": _("Tandems are proposed when the call is closed."),
    "web.application.all": _("Applications"),
    "web.application.all_answer": _("Applications so far: {count}. They stand in the order of the alphabet."),
    "web.application.all_empty": _("Nobody has sent an application yet."),
    "web.application.all_caption": _("Applications and what the rules of the call say of them"),
    "web.application.who": _("Who"),
    "web.application.rules": _("What the rules of the call say"),
    "web.application.rules_met": _("No rule is broken."),
    "web.application.has_reply": _("has replied"),
    "web.application.let_in_all": _("Let in all that meet every rule"),
    "web.application.let_in": _("Let in"),
    "web.application.refuse": _("Refuse with this reason"),
    "web.application.decide": _("Your decision"),
    "web.application.reason": _("Reason for a refusal"),
    "web.application.reason_help": _("The team reads it and may reply."),
    "web.application.reason_needed": _("A refusal needs a reason, which the team reads."),
    "web.application.reason_was": _("Reason for the refusal:"),
    "web.application.reply_says": _("The team replies:"),
    "web.application.people": _("People"),
    "web.application.vetoes_stay": _("Only you and this team see whom they do not want to meet. The other city is never told."),
    "web.application.contacts_forgotten": _("No contact is kept any more."),
    "web.application.told.let_in": _("It is let in, and the team has a letter."),
    "web.application.told.refused": _("It is refused, and the team has a letter with your reason."),
    "web.application.told.let_in_all": _("Applications let in: {count}."),
}

TENDING = {
    "programmes.tended": _("Calls closed: {closed}. Contacts forgotten: {forgotten}."),
}

DESK = {
    "desk.programme_proposal.title": _("A partner is proposed to you: {title}"),
    "desk.programme_proposal.text": _("Read the reasons and say yes or no for your organisation."),
    "desk.programme_draft_application.title": _("Your application is not sent yet: {title}"),
    "desk.programme_draft_application.text": _("Answer the two questions and send it before the deadline."),
    "desk.programme_refused_application.title": _("Your application was refused: {title}"),
    "desk.programme_refused_application.text": _("Read the reason. If it is not right, reply."),
    "desk.programme_call.title": _("A call is open: {title}"),
    "desk.programme_call.text": _("Two questions, and a partner may be found for you. It takes about fifteen minutes."),
    "desk.programme_draft_programme.title": _("Draft of a programme: {title}"),
    "desk.programme_draft_programme.text": _("Open the call when the text and the dates are right."),
    "desk.programme_applications.title": _("Applications to look at in {title}: {count}"),
    "desk.programme_applications.text": _("Let them in, or refuse with a reason."),
    "desk.programme_replies.title": _("Replies to refusals in {title}: {count}"),
    "desk.programme_replies.text": _("Read what they say and decide once more."),
    "desk.programme_closes.title": _("The call closes soon: {title}"),
    "desk.programme_closes.text": _("It closes by itself at the deadline."),
    "desk.programme_match.title": _("The call is closed, partners can be found: {title}"),
    "desk.programme_match.text": _("Match in the studio, look at the reasons, then ask the cities."),
    "desk.programme_declined.title": _("A proposal was declined: {tandem} ({title})"),
    "desk.programme_declined.text": _("Match again in the studio; the other tandems stay as far as possible."),
    "desk.programme_late.title": _("Answers that are late in {title}: {count}"),
    "desk.programme_late.text": _("Call the teams, or take the proposal back."),
}

AUDIT = {
    "audit.programme.written": _("wrote a programme"),
    "audit.programme.changed": _("changed a programme"),
    "audit.programme.open": _("opened a call"),
    "audit.programme.close": _("closed a call"),
    "audit.programme.begin": _("began a programme"),
    "audit.programme.end": _("ended a programme"),
    "audit.programme.forgot": _("forgot the contacts of a programme"),
    "audit.application.written": _("wrote an application"),
    "audit.application.changed": _("changed an application"),
    "audit.application.sent": _("sent an application"),
    "audit.application.withdrawn": _("withdrew an application"),
    "audit.application.replied": _("replied to a refusal"),
    "audit.application.let_in": _("let an application in"),
    "audit.application.refused": _("refused an application"),
    "audit.run.started": _("matched in the studio"),
    "audit.studio.rule": _("fixed a pair in the studio"),
    "audit.studio.rule_dropped": _("took back a fixed pair"),
    "audit.tandem.proposed": _("proposed a tandem"),
    "audit.tandem.answered": _("answered a proposal"),
    "audit.tandem.shown": _("changed whether a tandem is shown"),
    "audit.tandem.begin": _("began a tandem"),
    "audit.tandem.end": _("ended a tandem"),
    "audit.tandem.taken_back": _("took a proposal back"),
}

PROGRAMMES: dict[str, str] = {**PUBLIC, **ROOM, **TEAM, **STUDIO, **TENDING, **DESK, **AUDIT}
