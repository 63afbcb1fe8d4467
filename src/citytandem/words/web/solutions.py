"""The words of offers found for needs."""

from citytandem.words.catalogue import translatable as _

FIELDS = {
    "web.solution": _("Field of the solution"),
    "web.solution.help": _("Every offer names one; it helps others to find it."),
    "web.solution.any": _("no single field"),
    "web.solution.needed": _("An offer names the field its solution is for."),
    "web.solution.water": _("Water"),
    "web.solution.heat": _("Heat"),
    "web.solution.energy": _("Energy"),
    "web.solution.buildings": _("Buildings"),
    "web.solution.mobility": _("Mobility"),
    "web.solution.waste": _("Waste"),
    "web.solution.finance": _("Finance"),
    "web.solution.participation": _("Participation"),
    "web.solution.industry": _("Industry"),
    "web.solution.references": _("Who has it in use"),
    "web.solution.reference": _("Who has it in use ({number})"),
    "web.solution.reference_link": _("A page of theirs that shows it ({number})"),
    "web.solution.reference_help": _(
        "A city or an organisation, not a person. A business names at least one other than itself, with a page that is not its own."
    ),
    "web.solution.reference_nameless": _("Name who this page belongs to."),
    "web.solution.outside_needed": _(
        "A business names at least one other that has this in use, with a page of theirs that shows it."
    ),
    "web.solution.too_many": _(
        "Your organisation has {count} offers on the board, which is as many as one may have. Withdraw one first."
    ),
    "web.solution.rules": _("Rules of the board"),
    "web.solution.rule.evidence": _("An offer names a page that shows the work done."),
    "web.solution.rule.outside": _("A business names somebody else who has it in use."),
    "web.solution.rule.limit": _("One organisation has at most {count} offers on the board."),
    "web.solution.rule.until": _("Everything leaves the board on its day, two years ahead at most."),
    "web.solution.rule.report": _(
        "Whoever is signed in can report what advertises. It may then be hidden with a reason, and you may reply."
    ),
}

SEARCH = {
    "web.solution.search": _("What are you looking for?"),
    "web.solution.find": _("Find"),
    "web.solution.by_meaning": _(
        "Found by meaning across languages, and by the words of the field. Danish is understood less well; there the words and the field help."
    ),
    "web.solution.by_words": _(
        "Found by words. Terms of the field are known in five languages; other words only in the language they are written in."
    ),
    "web.board.filter.solution": _("Field of the solution"),
    "web.solution.found": _(
        "Needs and offers near to “{asked}”: {count}. The nearest to your words stand first; nothing else decides the order."
    ),
    "web.solution.found_none": _(
        "Nothing on the board is near to “{asked}”. Try a wider word, or write a need so that others find you."
    ),
    "web.solution.for_measure": _("Only what names the measure “{measure}”."),
    "web.solution.any_measure": _("Show all measures"),
    "web.solution.matches": _("Offers that may help"),
    "web.solution.matches_none": _("No offer on the board is near to this yet. New ones appear here by themselves."),
    "web.solution.order": _(
        "The order follows how near an offer is to the words, the measure and the field of the need, and nothing else."
    ),
    "web.solution.same_measure": _("same measure"),
    "web.solution.fitting": _("Offers that fit us"),
    "web.solution.fitting_answer": _(
        "{offers} offers of others are on the board. Here are those near to what you look for, and those for measures advised to you."
    ),
    "web.solution.fitting_none": _("Nobody else has an offer on the board yet. New ones appear here by themselves."),
    "web.solution.to_needs": _("For what we look for"),
    "web.solution.no_needs": _("Your team has written no need yet. One clear need is enough."),
    "web.solution.to_advice": _("For measures advised to our city"),
    "web.solution.advice_answer": _(
        "Of the {measures} measures advised, {matched} have an offer on the board. They stand in the order of the catalogue."
    ),
    "web.solution.advice_none": _("No offer on the board names a measure that is advised to your city."),
    "web.solution.to_measures": _("The measures advised to our city, and why"),
}

REPORTS = {
    "web.report.link": _("Report this"),
    "web.report.listing_how": _(
        "Say what is wrong with it. Those who run the board read it; the team that wrote the listing does not learn who reported."
    ),
    "web.report.reason": _("What is wrong?"),
    "web.report.reason.advertising": _("it advertises"),
    "web.report.reason.untrue": _("it is not true"),
    "web.report.reason.personal": _("it tells about a person"),
    "web.report.reason.other": _("something else"),
    "web.report.text": _("In your words"),
    "web.report.send": _("Send"),
    "web.report.told": _("Thank you. Those who run the board will look at it."),
    "web.report.board_title": _("Reported and hidden listings"),
    "web.report.board_answer": _("Reported listings that wait for you: {count}."),
    "web.report.none": _("No report waits for you."),
    "web.report.moderate_how": _(
        "Hide only what breaks a rule of the board, and say which. The team reads the reason and may reply; nothing is deleted."
    ),
    "web.report.hide_reason": _("Reason"),
    "web.report.hide_reason_help": _("The team reads it: which rule, and what would cure it."),
    "web.report.reason_needed": _("Nothing is hidden without a reason."),
    "web.report.hide": _("Hide it"),
    "web.report.leave": _("Nothing is wrong with it"),
    "web.report.show": _("Show it again"),
    "web.report.hidden": _("Hidden"),
    "web.report.told.hide": _("It is hidden. Its team reads your reason and may reply."),
    "web.report.told.show": _("It stays on the board."),
    "web.report.told.reply": _("Your reply is kept; those who run the board read it."),
    "web.report.is_hidden": _("Hidden from the board:"),
    "web.report.reply_link": _("Reply"),
    "web.report.hidden_answer": _(
        "This listing is hidden from the board. You can change it, and say here what those who hid it should know."
    ),
    "web.report.reply": _("The team's reply"),
    "web.report.reply_send": _("Send the reply"),
    "web.report.change": _("Change the listing"),
    "desk.listing_hidden.title": _("Hidden from the board: {title}"),
    "desk.listing_hidden.text": _("Read why. You can change it, and you may reply."),
    "audit.listing.reported": _("reported a listing"),
    "audit.listing.hidden": _("hid a need or an offer"),
    "audit.listing.shown_again": _("let a need or an offer be seen again"),
    "audit.listing.hiding_replied": _("replied to why a listing was hidden"),
}

ANSWERS = {
    "web.answer.link": _("Write to this team"),
    "web.answer.sign_in": _("Sign in to write to this team"),
    "web.answer.title": _("Write to {organisation}"),
    "web.answer.how": _(
        "Your words go as a letter to those who work for this team. They see your name and your address {email}, and reply to you directly. Nothing of it is kept here."
    ),
    "web.answer.text": _("Your letter"),
    "web.answer.text_help": _("Who you are, what you have or need, and when you could talk."),
    "web.answer.send": _("Send the letter"),
    "web.answer.sent": _("Your letter is on its way. The team replies to your own address."),
    "web.answer.nobody": _("Nobody of this team could be reached just now. Please try again later."),
    "web.answer.too_many": _("You have written ten letters today. Please go on tomorrow."),
    "mail.listing_answered.subject": _("A letter about “{title}”"),
    "mail.listing_answered.text": _("{person} writes to {organisation} about “{title}”:\n\n{letter}\n\nPlease reply to {email}."),
    "mail.listing_answered.button": _("What your team has on the board:"),
    "mail.listing_answered.after": _("CityTandem has handed this letter on and keeps none of it. If it advertises, tell those who run the board."),
    "audit.listing.answered": _("wrote to the team of a listing"),
}

SOLUTIONS: dict[str, str] = {**FIELDS, **SEARCH, **REPORTS, **ANSWERS}
