"""The words of needs and offers."""

from citytandem.words.catalogue import translatable as _

BOARD = {
    "web.way.board": _("Needs and offers"),
    "web.board.title": _("What cities and others look for and offer"),
    "web.board.answer": _("Needs and offers that hold today: {count}."),
    "web.board.empty": _("Nothing on the board fits this choice. Look at all, or come back in a few weeks."),
    "web.board.how": _("Cities, civic groups, businesses and institutes write here through their workspace. An offer always names a reference; advertising has no place here."),
    "web.board.filter": _("What to show"),
    "web.board.filter.kind": _("Need or offer"),
    "web.board.filter.topic": _("Field of action"),
    "web.board.filter.language": _("Language"),
    "web.board.filter.by": _("From whom"),
    "web.board.all": _("all"),
    "web.board.newer": _("Newer"),
    "web.board.older": _("Older"),
}

LISTING = {
    "web.listing.mine": _("What we look for and offer"),
    "web.listing.answer": _("Needs and offers your team has written: {count}."),
    "web.listing.empty": _("Your team has written nothing yet. One clear need is enough for others to find you."),
    "web.listing.new": _("Write a need or an offer"),
    "web.listing.form": _("Say in a few plain sentences what you look for or what you can give."),
    "web.listing.kind": _("Need or offer"),
    "web.listing.kind.need": _("need"),
    "web.listing.kind.offer": _("offer"),
    "web.listing.topic": _("Field of action"),
    "web.listing.measure": _("Measure"),
    "web.listing.measure_help": _("Helps others to find it; the field then follows the measure."),
    "web.listing.any_measure": _("no single measure"),
    "web.listing.title": _("Title"),
    "web.listing.text": _("Text"),
    "web.listing.text_help": _("What it is about, for whom it is, and what you expect of the other side."),
    "web.listing.language": _("Language of the text"),
    "web.listing.evidence": _("Reference"),
    "web.listing.evidence_help": _("A page that shows the work done, such as a report. Every offer needs one; an address that begins with https://"),
    "web.listing.evidence_needed": _("An offer names a reference: a page that shows the work done."),
    "web.listing.until": _("Holds until"),
    "web.listing.until_help": _("After this day it leaves the board by itself; at most two years ahead."),
    "web.listing.over": _("This day is over."),
    "web.listing.too_long": _("Choose a day within the next two years."),
    "web.listing.valid": _("until"),
    "web.listing.keep": _("Keep as a draft"),
    "web.listing.kept": _("Kept as a draft. A publisher of your team can put it on the board."),
    "web.listing.publish": _("Put on the board"),
    "web.listing.withdraw": _("Withdraw"),
    "web.listing.told.publish": _("It is on the board now."),
    "web.listing.told.withdraw": _("It is withdrawn."),
    "web.listing.changed_meanwhile": _("Somebody has changed this meanwhile; what they wrote stands here. Look at both and save again if yours is right."),
    "web.listing.not_now": _("This is not possible as it stands. Look at its state and its date."),
    "web.listing.state.draft": _("draft"),
    "web.listing.state.published": _("on the board"),
    "web.listing.state.withdrawn": _("withdrawn"),
    "web.listing.needs": _("{organisation} looks for this."),
    "web.listing.offers": _("{organisation} offers this."),
    "web.listing.of_city": _("What the city itself looks for and offers"),
    "web.listing.looks_for": _("It looks for"),
    "web.listing.gives": _("It offers"),
    "web.listing.to_city": _("Partners of this city"),
}

DESK = {
    "desk.listing_none.title": _("Nobody knows yet what you look for"),
    "desk.listing_none.text": _("Write a need or an offer. It takes five minutes and brings cities to you that can help."),
    "desk.listing_draft.title": _("Draft: {title}"),
    "desk.listing_draft.text": _("A publisher can put it on the board."),
    "desk.listing_over.title": _("Its day is over: {title}"),
    "desk.listing_over.text": _("It has left the board. Choose a new day, or withdraw it."),
    "desk.listing_soon.title": _("Leaves the board soon: {title}"),
    "desk.listing_soon.text": _("Choose a later day if it still holds."),
}

AUDIT = {
    "audit.listing.written": _("wrote a need or an offer"),
    "audit.listing.changed": _("changed a need or an offer"),
    "audit.listing.published": _("put a need or an offer on the board"),
    "audit.listing.withdrawn": _("withdrew a need or an offer"),
}

PARTNERSHIPS: dict[str, str] = {**BOARD, **LISTING, **DESK, **AUDIT}
