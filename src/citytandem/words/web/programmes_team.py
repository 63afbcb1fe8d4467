"""The words with which a team applies to a programme and answers a proposal, and of the letters it gets."""

from citytandem.words.catalogue import translatable as _

_EITHER = _("You can change your answer until all have answered.")

APPLICATION = {
    "web.application.mine": _("Programmes we applied for"),
    "web.application.mine_answer": _("Applications of your team: {count}."),
    "web.application.mine_none": _("You have applied for nothing yet. Calls that are open: {count}."),
    "web.application.no_calls": _(
        "You have applied for nothing, and no call is open at this moment. An open call appears on your desk."
    ),
    "web.application.title": _("Application"),
    "web.application.two_questions": _(
        "Two questions, then only what is needed to find a partner. It takes about fifteen minutes."
    ),
    "web.application.too_late": _("This call takes no applications at this moment."),
    "web.application.can_change_until": _("You can change it until the deadline."),
    "web.application.first_question": _("First question"),
    "web.application.second_question": _("Second question"),
    "web.application.learns": _("What do you want to learn?"),
    "web.application.learns_help": _("One concrete problem is better than a list. What have you tried, and where are you stuck?"),
    "web.application.offers": _("What can others learn from you?"),
    "web.application.offers_help": _("Something you have done, also if it went wrong. Every city has something."),
    "web.application.text_language": _("Language of your answers"),
    "web.application.learns_measures": _("Measures you want to learn about"),
    "web.application.offers_measures": _("Measures others can learn from you"),
    "web.application.suggested_needs": _(
        "The first ones are those of your city's advice that could still save most. Tick what is right; nothing is ticked for you."
    ),
    "web.application.suggested_offers": _(
        "The first ones are those your city has done, by a published source. Tick what is right; nothing is ticked for you."
    ),
    "web.application.no_suggestions": _("We know too little of your city to suggest any. Tick what is right."),
    "web.application.all_measures": _("All measures by field of action"),
    "web.application.for_matching": _("What the matching needs"),
    "web.application.for_matching_help": _("Nothing else is asked."),
    "web.application.actor": _("You apply as"),
    "web.application.part": _("You want to"),
    "web.application.part.both": _("learn and teach"),
    "web.application.part.learner": _("learn"),
    "web.application.part.mentor": _("be a mentor"),
    "web.application.country": _("Country in which you work"),
    "web.application.no_country": _("choose"),
    "web.application.languages": _("Languages you can work in"),
    "web.application.capacity": _("Partners you can carry at once"),
    "web.application.capacity_help": _("One partner takes some hours a month."),
    "web.application.wishes": _("Cities you wish for"),
    "web.application.wishes_help": _("If you have any. Wishes count, and the network sees them; nobody is sure to get them."),
    "web.application.wish_1": _("First wish"),
    "web.application.wish_2": _("Second wish"),
    "web.application.wish_3": _("Third wish"),
    "web.application.vetoes": _("Cities you do not want to be paired with"),
    "web.application.vetoes_help": _(
        "What you write here is always kept. Only the coordinators of the network and your own team see it; the other city is never told, and it is shown nowhere."
    ),
    "web.application.veto": _("Excluded city {number}"),
    "web.application.contacts": _("Two people to talk to"),
    "web.application.contacts_help": _(
        "Only the coordinators of the network and your own team see them. They are forgotten after {day}."
    ),
    "web.application.contact_name": _("Name of person {number}"),
    "web.application.contact_email": _("E-mail address of person {number}"),
    "web.application.contact_task": _("What person {number} does"),
    "web.application.contact_half": _("A contact needs a name and an address."),
    "web.application.wish_and_veto": _("A city cannot be wished for and excluded at once."),
    "web.application.not_yourself": _("This is your own city."),
    "web.application.needed_when_sent": _("This application is sent, so this cannot be empty."),
    "web.application.look_again": _("Something is missing or not right; it is said at the field."),
    "web.application.keep": _("Keep as a draft"),
    "web.application.keep_changes": _("Keep the changes"),
    "web.application.kept": _("Kept as a draft. It is not sent yet."),
    "web.application.kept_sent": _("The changes are sent."),
    "web.application.send": _("Send the application"),
    "web.application.cannot_send": _("It is kept as a draft, but cannot be sent yet: {missing}."),
    "web.application.lacks.learns": _("what you want to learn"),
    "web.application.lacks.offers": _("what others can learn from you"),
    "web.application.lacks.languages": _("a language you can work in"),
    "web.application.lacks.contacts": _("a person to talk to"),
    "web.application.withdraw": _("Withdraw the application"),
    "web.application.reply": _("Your reply"),
    "web.application.reply_help": _("If the reason is not right, say so; the network decides once more."),
    "web.application.send_reply": _("Send the reply"),
    "web.application.told.sent": _("Your application is sent. Your team gets a letter that says so."),
    "web.application.told.withdraw": _("Your application is withdrawn."),
    "web.application.told.reply": _("Your reply is sent."),
    "web.application.changed_meanwhile": _(
        "Somebody has changed this meanwhile; what they wrote stands here. Look at both and keep again if yours is right."
    ),
    "web.application.not_now": _("This is not possible as it stands. Look at its state and the deadline."),
    "web.application.state": _("State"),
    "web.application.state.draft": _("draft"),
    "web.application.state.sent": _("sent"),
    "web.application.state.eligible": _("let in"),
    "web.application.state.refused": _("refused"),
    "web.application.state.withdrawn": _("withdrawn"),
    "web.application.is.draft": _("This application is a draft. It counts when it is sent."),
    "web.application.is.sent": _("This application is sent; the network will look at it."),
    "web.application.is.eligible": _("This application is let in; partners are sought when the call is closed."),
    "web.application.is.refused": _("This application was refused."),
    "web.application.is.withdrawn": _("This application is withdrawn."),
}

ELIGIBLE = {
    "web.eligible.actor.met": _("You may apply as: {actor}."),
    "web.eligible.actor.broken": _("This call does not ask for: {actor}."),
    "web.eligible.country.met": _("{country} is among the countries of the call."),
    "web.eligible.country.broken": _("{country} is not among the countries of the call."),
    "web.eligible.country.unknown": _("The country is not known; the network looks at it."),
    "web.eligible.people.met": _("With {people} people the city is of the size the call asks for."),
    "web.eligible.people.broken": _(
        "The call asks for cities of {low} to {high} people; the city has {people}. A dash means no limit."
    ),
    "web.eligible.people.unknown": _("How many people live there is not known; the network looks at it."),
    "web.eligible.member.met": _("The city is a member of {network}."),
    "web.eligible.member.broken": _("The city is not in the list of members of {network}."),
    "web.eligible.member.unknown": _("Whether it is a member of {network} cannot be looked up; the network looks at it."),
}

TANDEM = {
    "web.tandem.mine": _("Our tandems"),
    "web.tandem.mine_answer": _("Tandems you are part of or asked for: {count}."),
    "web.tandem.mine_empty": _("You are part of no tandem yet. Apply for a programme, and a partner may be proposed to you."),
    "web.tandem.asked": _("Would you like to learn with each other?"),
    "web.tandem.waits": _("Your answer is noted; others have not answered yet."),
    "web.tandem.is.proposed": _("This tandem is proposed."),
    "web.tandem.is.agreed": _("All have said yes."),
    "web.tandem.is.declined": _("This tandem does not come about. The network looks for another partner."),
    "web.tandem.is.running": _("You are learning with each other."),
    "web.tandem.is.ended": _("This tandem has ended."),
    "web.tandem.state.proposed": _("asked"),
    "web.tandem.state.agreed": _("agreed"),
    "web.tandem.state.declined": _("declined"),
    "web.tandem.state.running": _("under way"),
    "web.tandem.state.ended": _("ended"),
    "web.tandem.part.member": _("member"),
    "web.tandem.part.mentor": _("mentor"),
    "web.tandem.part.learner": _("learner"),
    "web.tandem.consent.open": _("not answered yet"),
    "web.tandem.consent.yes": _("yes"),
    "web.tandem.consent.no": _("no"),
    "web.tandem.why": _("Why you two"),
    "web.tandem.no_card": _("No reasons were written down for this tandem."),
    "web.tandem.to_city": _("What we know of {name}"),
    "web.tandem.answer": _("Your answer"),
    "web.tandem.answer_question": _("Does your organisation want this?"),
    "web.tandem.answer.yes": _("Yes, we want to learn with them"),
    "web.tandem.answer.no": _("No, not this one"),
    "web.tandem.note": _("A note for the network"),
    "web.tandem.note_help": _("Only the coordinators of the network read it; the other side never does."),
    "web.tandem.may_be_shown": _("When all have said yes, everybody may see that we take part"),
    "web.tandem.say": _("Say so"),
    "web.tandem.you_said": _("You said:"),
    "web.tandem.choose": _("Choose yes or no."),
    "web.tandem.publisher_answers": _("A publisher or administrator of your team answers for the organisation."),
    "web.tandem.shown": _("Who may see it"),
    "web.tandem.shown_yes": _("You have said that everybody may see it. It is shown when the other side says so too."),
    "web.tandem.shown_no": _("Nobody but you, your partner and the network sees this tandem."),
    "web.tandem.show": _("Let everybody see it"),
    "web.tandem.hide": _("Hide it again"),
    "web.tandem.told.yes": _("Your yes is noted."),
    "web.tandem.told.no": _("Your no is noted. The network looks for another partner."),
    "web.tandem.told.shown": _("Everybody may see it now, if the other side agrees."),
    "web.tandem.told.hidden": _("It is hidden again."),
    "web.tandem.told.begin": _("The tandem has begun its work."),
    "web.tandem.told.end": _("The tandem has ended."),
    "web.tandem.told.take_back": _("The proposal is taken back."),
    "web.tandem.not_now": _("This is not possible as it stands; somebody may have been quicker."),
    "web.tandem.answers_until": _("answers until"),
    "web.tandem.note_says": _("Note for you:"),
    "web.tandem.step.begin": _("Begin"),
    "web.tandem.step.end": _("End"),
    "web.tandem.step.take_back": _("Take the proposal back"),
    "web.tandem.to_studio": _("Match again in the studio"),
}

CARD = {
    "web.card.title": _("The reasons"),
    "web.card.how": _(
        "Reasons come from published balances, stages and ties, and from what both sides ask for and offer. What is not known adds nothing and is said."
    ),
}

LETTERS = {
    "mail.application_sent.subject": _("Your application has arrived: {title}"),
    "mail.application_sent.text": _(
        "the application of {organisation} for the programme {title} has arrived. You can change it until the deadline. {deadline}"
    ),
    "mail.application_sent.button": _("Look at it:"),
    "mail.application_sent.after": _("The network writes again when it has looked at it."),
    "mail.application_let_in.subject": _("You take part in the search for partners: {title}"),
    "mail.application_let_in.text": _(
        "the application of {organisation} for the programme {title} is let in. When the call is closed, partners are sought, and you are asked before anything is decided."
    ),
    "mail.application_let_in.button": _("Look at it:"),
    "mail.application_let_in.after": _("You need not do anything now."),
    "mail.application_refused.subject": _("Your application was refused: {title}"),
    "mail.application_refused.text": _(
        "the application of {organisation} for the programme {title} was refused. The reason: {reason}"
    ),
    "mail.application_refused.button": _("Read it and reply:"),
    "mail.application_refused.after": _("If the reason is not right, reply on the page; the network decides once more."),
    "mail.tandem_proposed.subject": _("A partner is proposed to you: {title}"),
    "mail.tandem_proposed.text": _(
        "in the programme {title} a partner is proposed to {organisation}. The page says who it is and why. Please answer in time. {deadline}"
    ),
    "mail.tandem_proposed.button": _("Read the reasons and answer:"),
    "mail.tandem_proposed.after": _EITHER,
    "mail.tandem_agreed.subject": _("All have said yes: {title}"),
    "mail.tandem_agreed.text": _(
        "in the programme {title} all sides of your tandem have said yes. The network will be in touch with {organisation} about the first call."
    ),
    "mail.tandem_agreed.button": _("Look at your tandem:"),
    "mail.tandem_agreed.after": _("Nobody else sees it unless you all choose so."),
}

TEAM = {**APPLICATION, **ELIGIBLE, **TANDEM, **CARD, **LETTERS}
