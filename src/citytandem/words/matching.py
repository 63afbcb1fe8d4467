"""What a matching says: sentences of reason cards and of the files of a programme, and the labels around them."""

from citytandem.findings import Code
from citytandem.words.catalogue import translatable as _

MATCHING_SENTENCES: dict[Code, str] = {
    Code.HINDSIGHT_TOO_EARLY: _("Whether the weights of the matching foresee what comes of pairs cannot be told yet: {count} pairs with something to compare, and at least {fewest} that differ are needed."),
    # the files of a programme
    Code.PROGRAMME_NOBODY: _(
        "{file} holds fewer than two participants that could be read, so nobody can be matched. "
        "Each row of the applications needs a city, or a name and a country; citytandem match --template FOLDER writes files to fill in."
    ),
    Code.PROGRAMME_EMPTY_CELL: _(
        "Row {row} of {where}: the column “{column}” is empty, so this row is left out. Fill it in and match again."
    ),
    Code.PROGRAMME_CITY_LEFT_OUT: _(
        "Row {row} of {where}, column city: we do not know which city “{asked}” is, so this application is left out and nobody is "
        "matched with it. Nearest: {nearest}. Write one of these names, or the id."
    ),
    Code.PROGRAMME_TWICE: _(
        "Row {row} of {where}: “{asked}” stands there a second time. The first row counts. "
        "Two people of one city need different actors, or a name each in the column participant."
    ),
    Code.PROGRAMME_CHOICE_UNKNOWN: _(
        "Row {row} of {where}, column {column}: “{asked}” is none of {choices}. “{used}” is used instead."
    ),
    Code.PROGRAMME_WORD_UNCOUNTED: _(
        "Row {row} of {where}, column {column}: “{asked}” is neither a measure nor a field we know. "
        "It is shown on the cards and not counted in the matching. Fields: {choices}."
    ),
    Code.PROGRAMME_OTHER_UNKNOWN: _(
        "Row {row} of {where}, column {column}: “{asked}” takes no part in this programme, so this row changes nothing. "
        "Check the name; taking part: {choices}."
    ),
    Code.PROGRAMME_WHO: _("“{asked}” takes no part in this programme. Taking part: {choices}."),
    Code.PROGRAMME_SELF: _("Row {row} of {where}: “{asked}” is named on both sides, so this row changes nothing."),
    Code.PROGRAMME_COLUMN_UNUSED: _(
        "The column “{column}” of {where} is not one we read. It changes nothing. Columns we read: {choices}."
    ),
    Code.PROGRAMME_LANGUAGE_ASSUMED: _(
        "Participants that name no language: {count}. The official languages of their countries are used; ask them which they can work in."
    ),
    Code.PROGRAMME_COUNTRY_MISSING: _(
        "Row {row} of {where}: “{asked}” belongs to no city, so its country is needed as two letters. This application is left out."
    ),
    Code.PROGRAMME_MOVE_UNCLEAR: _(
        "“{asked}” is no move. Write two participants with a colon between them, such as Essen:Aarhus."
    ),
    Code.PROGRAMME_NOT_WRITTEN: _("Nothing could be written to {file} ({problem}). Name another folder."),
    Code.PROGRAMME_TOPICS_ONLY: _(
        "Ordered pairs of which only topics are known, and no measure with a number: {count}. What they could gain is not known; it is "
        "not counted as nothing, and moves no pair. Published stages, or needs and offers in the applications, would show it."
    ),
    Code.PROGRAMME_WITHOUT_BALANCE: _(
        "Cities without an emission balance here: {count}. Their needs are known only from their own words. Importing their balances would show more."
    ),
    # what each side gives and gets
    Code.CARD_ASKED_AND_DONE: _(
        "{city} asks for “{subject}”, and {other} has done it: “{measure}” is at stage {stage} of 4 there (source: {source})."
    ),
    Code.CARD_ASKED_AND_OFFERED: _(
        "{city} asks for “{subject}”, and {other} offers it. That is its own word; nobody has looked at it yet."
    ),
    Code.CARD_LEARNS_MEASURE: _(
        "{city} can see “{measure}” at work in {other}: stage {stage} of 4, there called “{item}” (source: {source})."
    ),
    Code.CARD_LEARNS_TOPIC: _(
        "A topic for a first talk is “{outcome}”: {city} emits {own} t per person ({own_year}), {other} {theirs} t ({their_year}), "
        "which is less than in cities built like it. Why is not known; that would be the first question."
    ),
    Code.CARD_LEARNS_TOPIC_WEAK: _(
        "“{outcome}” may be a topic: {city} emits {own} t per person ({own_year}), {other} {theirs} t ({their_year}). "
        "It is a faint hint, as some of these figures were allocated from larger totals or have nothing to be expected beside them."
    ),
    Code.CARD_ASKS_IN_WORDS: _("What {city} wants to learn, in its own words: “{text}”"),
    Code.CARD_OFFERS_IN_WORDS: _("What {city} offers, in its own words: “{text}”"),
    Code.CARD_NOTHING_KNOWN: _(
        "What {city} could learn from {other} is not known yet. That is not nothing: ask before the first meeting."
    ),
    Code.CARD_CAME_TO_GIVE: _("{city} takes part as a mentor: it comes to give, and asks for nothing from {other}."),
    Code.CARD_CAME_TO_LEARN: _("{city} takes part as a learner: for now nothing is asked of it by {other}."),
    Code.CARD_GAIN: _("By what is known, {other} could help {city} with {low} to {high} per cent of what it needs."),
    Code.CARD_GAIN_UNKNOWN: _("How much this would help {city} cannot be put in a number yet."),
    # where they differ, and what links them
    Code.CARD_ALIKE: _("{city} and {other} are alike in {percent} per cent of what a city cannot change soon."),
    Code.CARD_DIFFERS: _("They differ most in: {variable}."),
    Code.CARD_LIKENESS_UNKNOWN: _(
        "How alike {city} and {other} are cannot be told, because one of them is not known as a city here."
    ),
    Code.CARD_NO_TIE: _("No tie between {city} and {other} is known yet."),
    Code.CARD_TIE: _("{city} and {other} are linked already ({tie}), and the tie is alive."),
    Code.CARD_TIE_ASLEEP: _(
        "{city} and {other} are linked already ({tie}), but the tie is asleep. This programme could wake it."
    ),
    Code.CARD_TIE_UNHEARD: _(
        "{city} and {other} are linked already ({tie}). Whether the tie is alive or asleep, nobody has told us."
    ),
    Code.CARD_TIE_SINCE: _("The tie has stood since {since}."),
    Code.CARD_LANGUAGES: _("Both can work in: {languages}."),
    Code.CARD_CLOCKS: _("Hours between their clocks in winter: {hours}."),
    Code.CARD_SAME_CLOCK: _("Their clocks show the same time in winter."),
    Code.CARD_CLOCKS_UNKNOWN: _("How far apart their clocks are is not known; ask for the time zone."),
    # what could fail, and what would help
    Code.RISK_NO_LANGUAGE: _("{city} and {other} name no language in which both can work."),
    Code.HELP_INTERPRETER: _("Plan an interpreter from the first call on, and agree on one language for what is written."),
    Code.RISK_ONE_WAY: _("So far only {city} is known to learn. Partnerships in which one side only gives fall asleep."),
    Code.HELP_BOTH_WAYS: _(
        "Ask {other} before the first meeting what it would like to see or take home, and put that on the agenda."
    ),
    Code.RISK_LITTLE_SAY: _("{city} has less say over “{measure}” than a city that acts or rules by itself."),
    Code.HELP_LITTLE_SAY: _(
        "Invite those who decide on it in {city}, such as the utility or the region, to the visit in {other}."
    ),
    Code.RISK_ASLEEP: _("The tie of {city} and {other} has fallen asleep once, and may again for the same reason."),
    Code.HELP_WAKE: _("Find out who last wrote to whom, and why it stopped; begin with one small shared task and a date."),
    Code.RISK_HOURS: _("{hours} hours between the clocks leave {city} and {other} little of the working day together."),
    Code.HELP_HOURS: _("Fix one early and one late hour a month in turn, and do the rest in writing and in few, longer visits."),
    Code.RISK_ONE_PERSON: _("On the side of {city} everything rests on one person."),
    Code.HELP_SECOND_PERSON: _("Ask {city} to name a second person who knows the appointments and can step in."),
    Code.RISK_NO_ROOM: _("{city} would have {count} partners, as many as it said it can carry."),
    Code.HELP_ROOM: _("Start the partnerships of {city} one after the other, and ask after three months whether it is too much."),
    Code.RISK_NOTHING_MEASURED: _("Nothing published stands behind what {city} and {other} hope to learn from each other."),
    Code.HELP_MEASURE: _(
        "Let each side show one thing it has done, with a figure, and measure before and after what was learned."
    ),
}

MATCHING: dict[str, str] = {
    "cli.help.match": _("Match a whole programme: who learns with whom, why, and how sure that is."),
    "cli.option.programme": _("Folder of CSV files, or a workbook, with applications, wishes and rules."),
    "cli.option.form": _("What to make: tandem, trio, cluster, mentoring."),
    "cli.option.size": _("Members of a cluster, at least and at most, such as 3-5."),
    "cli.option.match_out": _("Folder for groups.csv, pairs.csv, cards.json and cards.txt."),
    "cli.option.seed": _("Seed of the search and of the draws; the same seed gives the same answer."),
    "cli.option.draws": _("Draw the weights so many times, to see which pairs stay; 0 draws none."),
    "cli.option.without": _("Match again without this participant, changing as little as possible; can be given several times."),
    "cli.option.move": _("Put two together by hand, such as Essen:Aarhus, and see what it costs."),
    "cli.option.template": _("Write empty files with explanations to this folder, and end."),
    "cli.option.countries": _("Who may meet whom: any, different, same country."),
    "cli.step.match.read": _("Reading the files …"),
    "cli.step.match.gains": _("Looking what each city could learn from each other …"),
    "cli.step.match.groups": _("Looking for the best groups …"),
    "cli.step.match.draws": _("Drawing other weights …"),
    "cli.step.ties": _("Hiding ties of real cities and looking for them again …"),
    "cli.option.ties": _("Only the test with the ties of real cities."),
    # Translators: a person or organisation with what it is, such as Essen (mayor)
    "match.actor": _("{name} ({actor})"),
    "actor.city": _("city"),
    "actor.mayor": _("mayor"),
    "actor.expert": _("expert"),
    "actor.civic": _("civic group"),
    "actor.creative": _("creative"),
    "actor.business": _("business"),
    "actor.research": _("research"),
    "match.progress": _("Looked at {done} of {total} cities …"),
    "match.template.title": _(
        "Files of a programme. Only applications.csv is needed. Several entries in one cell are parted by semicolons. "
        "A workbook with sheets of the same names does as well."
    ),
    "match.table.applications": _("One row for each city or person that takes part."),
    "match.table.wishes": _("One row for each wish, or for somebody a participant does not want to be paired with."),
    "match.table.rules": _("One row for each pair that the programme itself sets or rules out."),
    "match.table.ties": _("One row for each tie the participants tell of. Ties in the public lists are known already."),
    "match.column.participant": _("Who. In the applications it may be left empty: then it is the city. Elsewhere any name from there."),
    "match.column.city": _("The city by any name, code or id. Leave it empty for somebody who belongs to no city, and give name and country."),
    "match.column.name": _("How it is called on the cards, if not like the city."),
    "match.column.actor": _("city, mayor, expert, civic, creative, business or research; city if empty."),
    "match.column.learns": _(
        "What it wants to learn: fields (governance, buildings, energy, transport, waste, land, industry), measures by their title, or its own words."
    ),
    "match.column.offers": _("What others can learn from it, in the same way."),
    "match.column.learns_measures": _("Measures it wants to learn, by id or title, such as T15; the catalogue lists them."),
    "match.column.offers_measures": _("Measures others can learn from it, by id or title."),
    "match.column.languages": _("Languages it can work in, such as de; en; ja. If empty, the official ones of the country."),
    "match.column.capacity": _("How many partners it can carry at once; 1 if empty."),
    "match.column.part": _("both, learner or mentor; both if empty."),
    "match.column.country": _("Two letters, such as JP; needed only without a city."),
    "match.column.zone": _("Time zone such as Asia/Tokyo; that of the city if empty."),
    "match.column.other": _("The other one, by any name from the applications."),
    "match.column.reason": _("Why, for the record; it changes nothing."),
    "match.column.asleep": _("yes if nothing has been heard of the tie for long; empty means it is alive."),
    "match.kind.wishes": _("wish or veto; wish if empty. A veto holds for both sides and is never broken."),
    "match.kind.rules": _("pin (together in any case) or ban (never together)."),
    "match.kind.ties": _("partnership, friendship, contact or project; partnership if empty."),
    "match.template.written": _("Files to fill in are in {folder}. README.txt explains every column."),
    "match.group.tandem": _("Tandem {number}"),
    "match.group.trio": _("Trio {number}"),
    "match.group.cluster": _("Cluster {number}"),
    "match.group.mentoring": _("Mentoring {number}"),
    "match.part.gets": _("What {city} gets"),
    "match.part.gives": _("What {city} gives to {other}"),
    "match.part.differs": _("Where they differ"),
    "match.part.links": _("What links them"),
    "match.part.fails": _("What could fail"),
    "match.part.helps": _("What would help"),
    "match.stays": _("With other weights this pair stays in {percent} of the draws."),
    "match.leaving": _("Without this pair the whole would lose {points} points."),
    "match.leaving.more": _(
        "Without this pair there would be {points} points more, and in return fewer sleeping ties woken or fewer participants with a partner."
    ),
    "match.pinned": _("This pair was set by hand."),
    "match.unmatched": _("Without a partner"),
    "match.reason.no_capacity": _("it has no room for a partner"),
    "match.reason.no_gain_known": _(
        "nothing is known that anybody could learn from it or it from anybody, and nobody asked for it"
    ),
    "match.reason.vetoes": _("all who would fit are refused by one side"),
    "match.reason.bans": _("all who would fit are ruled out by the network"),
    "match.reason.countries": _("all who would fit are ruled out by the rule on countries"),
    "match.reason.limits": _("the places of its country are taken"),
    "match.reason.group_size": _("no group of the size that was asked for could be made with it"),
    "match.reason.odd_number": _("the number of participants does not come out even"),
    "match.reason.partners_taken": _("all who would fit have a partner already"),
    "match.blocking": _("Pairs that would both have learned more together"),
    "match.blocking.pair": _("{city} and {other} would each learn more from the other than from the partner it has now."),
    "match.blocking.none": _("No two participants would both rather have met each other."),
    "match.loads": _("How much each carries"),
    "match.load.participant": _("Participant"),
    "match.load.partners": _("Partners"),
    "match.load.capacity": _("Can carry"),
    "match.load.gain": _("Learns, by what is known"),
    "match.proof": _("How sure this is"),
    "match.proof.duals": _(
        "There is no better choice by these weights: {value} points, and prices for every participant prove that no more can be had."
    ),
    "match.proof.search": _("There is no better choice by these weights: {value} points; a complete search has found no more."),
    "match.proof.bound_only": _(
        "{value} points were found, and no choice can have more than {bound}. In the time allowed nobody can say whether a better one lies between."
    ),
    "match.proof.given": _("What was set by hand, and the groups nobody left, are taken as given."),
    "match.change": _("What the change costs"),
    "match.change.cost": _(
        "Points lost: {cost}. Sleeping ties that would not be woken: {woken}. Participants that would be left without: {served}."
    ),
    "match.change.left": _("Pairs that would go"),
    "match.change.joined": _("Pairs that would come"),
    "match.written": _("Written to {folder}: groups.csv, pairs.csv, cards.json, cards.txt."),
    "match.nobody": _("Nobody could be paired."),
    "match.figures": _("{participants} participants, {groups} groups, {unmatched} without a partner."),
}
