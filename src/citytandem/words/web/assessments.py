"""The words of assessments: frameworks, forms of assessors, results, replies."""

from citytandem.words.catalogue import translatable as _

_KINDS = {
    "framework_kind.activity_profile": _("Activity profile"),
    "framework_kind.management": _("Management and fields of action"),
    "framework_kind.objectives": _("Objectives"),
    "framework_kind.indicator_list": _("List of indicators"),
    "framework_applies.city": _("asked of a city"),
    "framework_applies.district": _("asked of a district"),
    "framework_applies.building": _("asked of a building"),
    "assessment_side.own": _("the city's own view"),
    "assessment_side.outside": _("seen from outside"),
    # Translators: whose level two assessors settle on
    "assessment_choice.first": _("The level of the first assessor"),
    "assessment_choice.second": _("The level of the second assessor"),
    "assessment_choice.other": _("Another level"),
    "assessment_choice.not_applicable": _("The criterion does not apply"),
    "assessment_choice_level.first": _("The level of the first assessor: {level}"),
    "assessment_choice_level.second": _("The level of the second assessor: {level}"),
}

_FRAMEWORKS = {
    "web.frameworks.title": _("Assessments"),
    "web.frameworks.answer": _(
        "{count} frameworks ask how far a city is, from levels 0 to 4. None adds its parts up to one number, and no city is put in an order."
    ),
    "web.frameworks.list": _("Frameworks"),
    "web.frameworks.counts": _("{categories} categories, {criteria} criteria, {knock_outs} conditions."),
    "web.frameworks.version": _("Version"),
    "web.frameworks.languages": _("Issued in"),
    "web.frameworks.complete": _("Every criterion of the publisher is listed here."),
    "web.frameworks.part": _("Only what is openly known of the publisher's criteria is listed here."),
    "web.frameworks.recalled": _("{count} criteria are recalled and not yet checked against a source (K)."),
    "web.frameworks.own_how": _(
        "A team brings a framework of its own in its workspace: four small tables, checked row by row. The tables of any framework here are a start."
    ),
    "web.frameworks.published": _("Published results"),
    "web.frameworks.published_none": _(
        "No city has agreed to publish a result yet. A result stands here once who ran it and the city have both agreed, with the city's reply beside it."
    ),
    "web.frameworks.from_city": _("How cities are assessed by frameworks"),
    "web.frameworks.marks": _(
        "S: read in its source. K: recalled, not yet checked. P: our own proposal. What the levels mean is our proposal throughout, and so is every weight."
    ),
    "web.framework.answer": _(
        "It asks {criteria} questions in {categories} categories; {knock_outs} of them are conditions that nothing makes up for."
    ),
    "web.framework.answer_plain": _("It asks {criteria} questions in {categories} categories and has no conditions."),
    "web.framework.take": _("Take it along"),
    "web.framework.form_csv": _("Empty form as CSV"),
    "web.framework.form_xlsx": _("Empty form as a workbook"),
    "web.framework.tables": _("Tables of the framework"),
    "web.framework.files": _("Files as they were brought"),
    "web.framework.conditions": _("Conditions that nothing makes up for"),
    "web.framework.asks_for": _("asks for level {level}"),
    "web.framework.levels": _("What the levels mean"),
    "web.framework.level_of": _("Levels of its own"),
    "web.framework.level": _("Level"),
    "web.framework.meaning": _("Meaning"),
    "web.framework.evidence": _("Evidence it asks for"),
    "web.framework.no_evidence": _("none"),
    "web.framework.weight": _("Weight"),
    "web.framework.weight_mark": _("{low} to {high} ({mark})"),
    "web.framework.mark": _("Mark"),
    "web.framework.source": _("Source"),
    "web.framework.measures": _("Answered by the stages of {count} measures"),
    "web.framework.sources": _("Sources of the criteria"),
    "web.framework.all": _("All frameworks"),
}

_OWN = {
    "web.own_framework.title": _("Frameworks of our own"),
    "web.own_framework.answer": _("{count} versions of frameworks were brought here."),
    "web.own_framework.empty": _(
        "No framework was brought here yet. With one, you judge by your own criteria, with everything the others have: intervals, two assessors, replies. Four small tables are enough; begin with those of a framework that comes close."
    ),
    "web.own_framework.bring": _("Bring a framework"),
    "web.own_framework.bring_answer": _(
        "Choose the files of the framework together. All of it is taken or nothing, and every slip is told with its file, row and column."
    ),
    "web.own_framework.files": _("The files"),
    "web.own_framework.file.framework.csv": _("one row: key, version, title, kind, who it is from"),
    "web.own_framework.file.category.csv": _("one row for each category"),
    "web.own_framework.file.criterion.csv": _("one row for each criterion: role, threshold, weights, evidence"),
    "web.own_framework.file.level.csv": _("what each level from 0 to 4 means, for all criteria or for one"),
    "web.own_framework.file.criterion_measure.csv": _("may be left out: measures of our catalogue that answer a criterion"),
    "web.own_framework.file.title.csv": _("may be left out: titles in other languages"),
    "web.own_framework.send": _("Read and keep"),
    "web.own_framework.brought": _("brought"),
    "web.own_framework.retired": _("not used for new assessments since"),
    "web.own_framework.retire": _("Begin no new assessment with this version"),
    "web.own_framework.slips": _("What is wrong"),
}

_LIST = {
    "web.assessment.mine": _("Assessments"),
    "web.assessment.list_answer": _(
        "{own} assessments are run here, {about} results are about us, and {forms} forms are yours to fill in."
    ),
    "web.assessment.list_empty": _(
        "Nothing was assessed here yet. Choose a framework and a city, ask two people to fill in the form independently, and see where they agree. A form takes one to three hours; the city can reply before anything is shown."
    ),
    "web.assessment.new": _("Open an assessment"),
    "web.assessment.new_answer": _(
        "Choose by which framework, and which city. Your own city is its own view; any other city is seen from outside and gets the right to reply."
    ),
    "web.assessment.open": _("Open it"),
    "web.assessment.run_here": _("Run by us"),
    "web.assessment.about_us": _("About our city"),
    "web.assessment.to_fill": _("Forms for me"),
    "web.assessment.run_by": _("run by {organisation}"),
    "web.assessment.public": _("public"),
    "web.assessment.state.answering": _("assessors are answering"),
    "web.assessment.state.reconciling": _("differences are being talked through"),
    "web.assessment.state.reconciled": _("the city may reply"),
    "web.assessment.state.closed": _("given up"),
    "web.assessment.state.settled": _("settled"),
    "web.assessment.form_open": _("to fill in"),
    "web.assessment.form_done": _("handed in"),
}

_ROOM = {
    "web.assessment.room": _("The assessment"),
    "web.assessment.next.answering": _(
        "Two people fill in the form independently. Nobody reads a form before both are handed in."
    ),
    "web.assessment.next.answering_own": _(
        "One or two people of the city fill in the form. Ask both before the first one hands in."
    ),
    "web.assessment.next.reconciling": _(
        "All forms are in. Talk the differences through, settle on levels, then hand the result to the city."
    ),
    "web.assessment.next.reconciled": _("The city may reply until {day}."),
    "web.assessment.next.waits": _("{count} replies wait for an answer."),
    "web.assessment.next.settled": _("The result is settled."),
    "web.assessment.next.closed": _("It was given up: {because}"),
    "web.assessment.assessors": _("Assessors"),
    "web.assessment.assessor": _("Assessor {place}"),
    "web.assessment.by_address": _("asked by letter, has not come yet"),
    "web.assessment.gone": _("somebody who has left"),
    "web.assessment.handed_in": _("handed in"),
    "web.assessment.is_answering": _("is answering"),
    "web.assessment.invite": _("Ask an assessor"),
    "web.assessment.invite_send": _("Ask and write a letter"),
    "web.assessment.withdraw": _("Take the seat back"),
    "web.assessment.open_again": _("Open the form again"),
    "web.assessment.close": _("Give the assessment up"),
    "web.assessment.history": _("What happened"),
    "web.assessment.by_site": _("the site"),
    "web.assessment.to_result": _("Read the result"),
    "web.assessment.to_differences": _("Talk the differences through"),
    "web.assessment.hand_ins": _("Handed in on {day}, opened again on {again}: {because}"),
    "web.assessment.had_seen": _("By then the other form could be read."),
    "web.assessment.invited_told": _("The letter is on its way."),
    "web.assessment.opened_told": _("The assessment is open. Now ask the assessors."),
    "web.assessment.withdrawn_told": _("The seat is free again."),
    "web.assessment.opened_again_told": _("The form can be changed again."),
    "web.assessment.closed_told": _("The assessment was given up; it stays in the history."),
}

_FORM = {
    "web.assessment.form": _("Form of an assessor"),
    "web.assessment.form_answer": _(
        "{said} of {count} criteria have an answer. Leave open what you do not know: it counts neither as zero nor as a half."
    ),
    "web.assessment.form_final": _(
        "You handed this form in on {day}. It is final; who runs the assessment can open it again with a reason."
    ),
    "web.assessment.blind": _("The other assessor does not see your answers before both forms are in, nor you theirs."),
    "web.assessment.parts": _("Categories"),
    "web.assessment.part_known": _("{known} of {count} answered"),
    "web.assessment.part_lacking": _("evidence missing: {criteria}"),
    "web.assessment.lacking": _(
        "Levels that ask for evidence which is not named yet: {count}. Until it is, they count as unknown, at most the level claimed."
    ),
    "web.assessment.as_table": _("Or as a table"),
    "web.assessment.as_table_text": _(
        "Take the empty form, fill it in where you like and bring it back. What is in the table takes the place of what is written here."
    ),
    "web.assessment.bring": _("Bring the filled-in form"),
    "web.assessment.brought": _("{count} answers were taken from the table."),
    "web.assessment.hand_in": _("Hand the form in"),
    "web.assessment.hand_in_text": _("After that it is final. It can be opened again only with a reason that everybody reads."),
    "web.assessment.save_next": _("Save, and on to the next category"),
    "web.assessment.part_answer": _(
        "Choose the level that describes what can be seen. Below the levels stands the evidence each one asks for."
    ),
    "web.assessment.asked": _("Evidence asked for"),
    "web.assessment.file_now": _("File shown:"),
    "web.assessment.part_kept": _("Saved."),
    "web.assessment.handed_in_told": _("Your form is handed in. Thank you."),
    "web.assessment.file_large": _(
        "The file is larger than 16 MB and was not taken. Give an address instead, or a smaller file."
    ),
}

_RESULT = {
    "web.assessment.nothing_yet": _("There is no answer yet."),
    "web.assessment.not_public": _("Only who judges and the city can read this page."),
    "web.assessment.is_open": _("{count} differences are not settled on; their range stands."),
    "web.assessment.no_rank": _("Categories are not added up, and cities are not put in an order."),
    "web.assessment.conditions": _("Conditions first"),
    "web.assessment.is_condition": _("condition"),
    "web.assessment.conditions_text": _("Nothing makes up for a condition that is not met."),
    "web.assessment.levels": _("Levels by category"),
    "web.assessment.agreement": _("Where two assessors agree, and where not"),
    "web.assessment.one_assessor": _("One person filled in the form; how far a second one would agree is not known."),
    "web.assessment.settled_on": _("Settled on"),
    "web.assessment.reason": _("Reason"),
    "web.assessment.not_settled_yet": _("not settled; the range stands"),
    "web.assessment.beside": _("The city's own view beside the one from outside"),
    "web.assessment.beside_text": _("The two are never blended. Where their intervals meet, they may mean the same."),
    "web.assessment.beside_other": _("The other result"),
    "web.assessment.progress": _("The same city over time"),
    "web.assessment.progress_text": _(
        "Level known, and in brackets what is still possible. A narrower bracket means that more is known."
    ),
    "web.assessment.now": _("now"),
    "web.assessment.pdf": _("As a paper (PDF)"),
    "web.assessment.evidence_files": _("Files shown as evidence"),
    "web.assessment.evidence_of": _("Assessor {place}: {criterion}"),
    "web.assessment.stages": _(
        "{count} answers come from stages the city has published, as they stood when the result was settled on."
    ),
    "web.assessment.settle": _("Talk the differences through"),
    "web.assessment.settle_answer": _(
        "{open} of {count} differences are open. What is not settled on stands as the range between both."
    ),
    "web.assessment.settle_none": _("The two say the same on every criterion; there is nothing to settle on."),
    "web.assessment.settle_done": _("The levels are settled on. A reply of the city can still move one."),
    "web.assessment.settle_save": _("Settle on this"),
    "web.assessment.settled_by": _("settled on {day} by {person}"),
    "web.assessment.before": _("Before: level {level}. {reason}"),
    "web.assessment.before_none": _("Before: does not apply. {reason}"),
    "web.assessment.shows": _("shows: {evidence}"),
    "web.assessment.finish": _("Hand the result to the city"),
    "web.assessment.finish_text": _(
        "From then on the city reads it and may reply. Levels then move only by an answer to a reply."
    ),
    "web.assessment.finish_own": _("Close the own view"),
    "web.assessment.finish_own_text": _("It is your own view, so nobody needs to reply. Levels stay as they are from now on."),
    "web.assessment.decided_told": _("Settled, with your reason."),
    "web.assessment.reconciled_told": _("The result stands."),
}

_REPLY = {
    "web.assessment.replies": _("What the city says"),
    "web.assessment.replies_none": _("The city has not replied."),
    "web.assessment.reply": _("Reply to this result"),
    "web.assessment.reply_answer": _(
        "Your words stand beside the result from now on, also when it is published. You may reply to one criterion or to all, as often as you need, until {day}."
    ),
    "web.assessment.reply_until": _("The city may reply until {day}."),
    "web.assessment.reply_letter": _(
        "This city has no team here. Write down what it sent you by letter, as it came; the page says so."
    ),
    "web.assessment.by_letter": _("came by letter, written down by who ran the assessment"),
    "web.assessment.reply_send": _("Place it beside the result"),
    "web.assessment.reply_waits": _("An answer is due."),
    "web.assessment.answer_reply": _("Answer this reply"),
    "web.assessment.answer_text": _(
        "Say what you make of it. Where it moves a level, choose the new one: your answer is its reason, and the level before stays in the history."
    ),
    "web.assessment.answer_send": _("Answer"),
    "web.assessment.answered": _("Answer of the assessors"),
    "web.assessment.moved": _("The level is now {level}."),
    "web.assessment.moved_none": _("The criterion no longer counts."),
    "web.assessment.end_replies": _("We have no more to add"),
    "web.assessment.ended_replies": _("The city said that it has no more to add."),
    "web.assessment.publishing": _("Who may read it"),
    "web.assessment.is_public": _("Both sides have agreed; everybody reads it."),
    "web.assessment.consent_of_city": _("Agree, for the city, that everybody may read it"),
    "web.assessment.consent_of_runner": _("Agree, for who ran it, that everybody may read it"),
    "web.assessment.take_back": _("No longer agree"),
    "web.assessment.waits_city": _("Who ran it has agreed to publish; the city has not yet."),
    "web.assessment.waits_runner": _("The city has agreed to publish; who ran it has not yet."),
    "web.assessment.waits_both": _("Neither side has agreed to publish yet."),
    "web.assessment.no_team": _("The city has no team here that could agree, so the result cannot be published."),
    "web.assessment.replied_told": _("Your reply stands beside the result."),
    "web.assessment.answered_told": _("Your answer stands beside the reply."),
    "web.assessment.replies_ended": _("Thank you. The result is settled."),
    "web.assessment.consent.agree": _("You have agreed."),
    "web.assessment.consent.take-back": _("Taken back; nobody else reads it any more."),
    "web.assessment.framework_brought": _("The framework is sound and kept."),
    "web.assessment.framework_retired": _("No new assessment begins with this version."),
    "web.assessment.version_stands": _(
        "This version was brought before with other content. Raise the version in framework.csv, so that both can be told apart."
    ),
}

_FIELDS = {
    "web.assessment.field.tables": _("Files of the framework"),
    "web.assessment.field.tables_help": _("CSV in UTF-8, chosen together. The names of the files are those of the list."),
    "web.assessment.field.tables_large": _(
        "One of these files is larger than 500 kB. A framework is a list of questions; leave everything else out."
    ),
    "web.assessment.field.tables_strange": _(
        "These files belong to no framework: {files}. Their names have to be those of the list."
    ),
    "web.assessment.field.tables_utf8": _("One of the files is not in UTF-8. Save it as “CSV UTF-8” and try again."),
    "web.assessment.field.framework": _("Framework"),
    "web.assessment.field.city": _("City"),
    "web.assessment.field.person": _("A colleague"),
    "web.assessment.field.somebody_else": _("somebody elsewhere"),
    "web.assessment.field.email": _("Or an e-mail address"),
    "web.assessment.field.email_help": _(
        "For somebody elsewhere. The form opens for whoever signs in with this address; an account comes from their own organisation."
    ),
    "web.assessment.field.letter_language": _("Language of the letter"),
    "web.assessment.field.one_of_both": _("Choose a colleague, or give an address; one of the two."),
    "web.assessment.field.level_unknown": _("Not known"),
    "web.assessment.field.level_not_applicable": _("Does not apply"),
    "web.assessment.field.level": _("Level"),
    "web.assessment.field.evidence": _("Evidence: an address, or the name of a paper"),
    "web.assessment.field.file": _("Evidence: a file"),
    "web.assessment.field.without_file": _("Take this file away"),
    "web.assessment.field.note": _("Note"),
    "web.assessment.field.filled": _("Filled-in form"),
    "web.assessment.field.filled_help": _("CSV or workbook, with the columns criterion and level."),
    "web.assessment.field.because": _("Reason"),
    "web.assessment.field.choose": _("choose"),
    "web.assessment.field.choice": _("What stands"),
    "web.assessment.field.other_level": _("Level, if another one"),
    "web.assessment.field.level_needed": _("Say which level."),
    "web.assessment.field.reason": _("Why"),
    "web.assessment.field.days": _("Days the city has to reply"),
    "web.assessment.field.days_help": _("At least a week; four weeks are usual."),
    "web.assessment.field.criterion": _("About"),
    "web.assessment.field.whole": _("the whole result"),
    "web.assessment.field.language": _("Language of the reply"),
    "web.assessment.field.reply": _("What you say"),
    "web.assessment.field.answer": _("What you answer"),
    "web.assessment.field.new_level": _("Level from now on"),
    "web.assessment.field.level_stays": _("stays as it is"),
}

_REFUSED = {
    "web.assessment.refused.late": _("It is too late for that: forms are handed in, or the result stands."),
    "web.assessment.refused.two": _("Both seats are given. Take one back first."),
    "web.assessment.refused.twice": _("This person already has a seat. The second view has to be somebody else's."),
    "web.assessment.refused.handed_in": _("The form is handed in and final."),
    "web.assessment.refused.unknown": _("The framework has no such criterion."),
    "web.assessment.refused.empty": _("Nothing is filled in yet, so there is nothing to hand in."),
    "web.assessment.refused.open": _("The form is open already."),
    "web.assessment.refused.not_reconciling": _("Not all forms are in, or the result stands already."),
    "web.assessment.refused.no_level": _("This assessor gave no level there. Choose another one."),
    "web.assessment.refused.no_reason": _("A reason is needed; everybody concerned reads it."),
    "web.assessment.refused.days": _("The city needs between 7 and 180 days to reply."),
    "web.assessment.refused.not_reconciled": _("There is no result to reply to yet."),
    "web.assessment.refused.reply_over": _("The time to reply is over."),
    "web.assessment.refused.answered": _("This reply was answered already."),
    "web.assessment.refused.not_settled": _(
        "The result is not settled yet: the city may still reply, or a reply waits for its answer."
    ),
    "web.assessment.refused.not_own_city": _("Only the city itself runs its own view."),
    "web.assessment.refused.own_city": _("Nobody sees their own city from outside."),
}

_RECORD = {
    "audit.framework.brought": _("brought a framework"),
    "audit.framework.retired": _("set a framework aside for new assessments"),
    "audit.assessment.opened": _("opened an assessment"),
    "audit.assessment.assessor_invited": _("asked an assessor"),
    "audit.assessment.assessor_withdrawn": _("took a seat back from an assessor"),
    "audit.assessment.assessor_came": _("came as an assessor"),
    "audit.assessment.handed_in": _("handed a form in"),
    "audit.assessment.all_handed_in": _("handed in the last form that was missing"),
    "audit.assessment.opened_again": _("opened a form again"),
    "audit.assessment.decided": _("settled on a level"),
    "audit.assessment.reconciled": _("handed the result to the city"),
    "audit.assessment.replied": _("placed a reply beside the result"),
    "audit.assessment.reply_answered": _("answered a reply"),
    "audit.assessment.replied_enough": _("said that the city has no more to add"),
    "audit.assessment.offered": _("agreed to publish, for who ran it"),
    "audit.assessment.consented": _("agreed to publish, for the city"),
    "audit.assessment.taken_back": _("no longer agreed to publish"),
    "audit.assessment.assessor_forgotten": _("forgot who an assessor was"),
    "audit.assessment.closed": _("gave an assessment up"),
}

_LETTERS = {
    "mail.assessor.subject": _("You are asked to judge {city}"),
    "mail.assessor.text": _(
        "{organisation} asks you to judge {city} by “{framework}”, as one of two people who do so independently. The form can be filled in "
        "part by part. Sign in with the address this letter came to; who has no account yet gets one from their own organisation."
    ),
    "mail.assessor.button": _("Open the form:"),
    "mail.assessor.after": _("If you did not expect this letter, you need not do anything."),
    "desk.assessor_form.title": _("Fill in a form: {framework}, {city}"),
    "desk.assessor_form.text": _("You are one of two assessors. It can be saved part by part."),
    "desk.assessment_seats.title": _("Ask the assessors: {framework}, {city}"),
    "desk.assessment_seats.text": _("Nobody judges yet."),
    "desk.assessment_settle.title": _("Talk the differences through: {framework}, {city}"),
    "desk.assessment_settle.text": _("All forms are in."),
    "desk.assessment_answer.title": _("Answer the reply of {city}: {framework}"),
    "desk.assessment_answer.text": _("The result is not settled before every reply has its answer."),
    "desk.assessment_reply.title": _("Read and reply: {framework}"),
    "desk.assessment_reply.text": _("{organisation} has judged your city. Your reply stands beside the result."),
    "desk.assessment_consent.title": _("Publish or not: {framework}"),
    "desk.assessment_consent.text": _("The result is settled. Everybody may read it once both sides agree."),
}

ASSESSMENTS: dict[str, str] = {
    **_KINDS, **_FRAMEWORKS, **_OWN, **_LIST, **_ROOM, **_FORM, **_RESULT, **_REPLY, **_FIELDS, **_REFUSED, **_RECORD, **_LETTERS,
}  # fmt: skip
