"""The English words of papers: agendas, badges, lists, letters, certificates, minutes, agreements, plans, reports."""

from citytandem.words.catalogue import translatable as _

PAPERS: dict[str, str] = {
    # on every paper
    "paper.days": _("{first} to {last}"),
    "paper.contact": _("Contact: {contact}"),
    "paper.invented": _("People on this paper are invented, to show how it works."),
    "paper.private": _("For the hosts only. Please do not pass it on, and destroy it when it is no longer needed."),
    # Translators: a line to fill in by hand
    "paper.blank": _("…………………………………"),
    # Translators: in a table of an agreement or of minutes: this has not been agreed yet
    "paper.open": _("still open"),
    "paper.unknown": _("not known"),
    "paper.missing": _("Nothing has been written down here yet."),
    "paper.tasks": _("Who does what"),
    "paper.tasks.none": _("No tasks were agreed."),
    "paper.tasks.what": _("Task"),
    "paper.tasks.who": _("Who"),
    "paper.tasks.until": _("Until"),
    # personal agenda
    "paper.agenda.title": _("Agenda for {name}"),
    "paper.agenda.zone": _("All times are local times ({zone})."),
    "paper.agenda.empty": _("Nothing has been planned for you yet."),
    # Translators: printed at the foot of an agenda; a higher version replaces a lower one
    "paper.agenda.footer": _("{event}, version {version}. A later version replaces this one."),
    "paper.agenda.time": _("Time"),
    "paper.agenda.what": _("What"),
    "paper.agenda.where": _("Where"),
    "paper.agenda.language": _("Language"),
    # name badges
    "paper.badge.languages": _("Speaks {languages}"),
    "paper.badge.invented": _("invented person"),
    # delegation
    "paper.delegation.title": _("Delegation: {name}"),
    "paper.delegation.count": _("Number of people: {count}."),
    "paper.delegation.head": _("Head of the delegation: {head}."),
    "paper.delegation.name": _("Name"),
    "paper.delegation.office": _("Function"),
    "paper.delegation.organisation": _("Organisation and city"),
    "paper.delegation.languages": _("Languages"),
    # letters
    "paper.letter.greeting": _("Dear {name},"),
    "paper.letter.regards": _("Yours sincerely"),
    "paper.invitation.title": _("Invitation: {event}"),
    "paper.invitation.opening": _("we would be glad to welcome you to “{event}” in {place} ({days})."),
    "paper.invitation.reply": _("Please let us know by {day} whether you can come."),
    "paper.invitation.needs": _(
        "Tell us also what we should know so that you can take part well: languages, food, access without steps, and whether you need a letter for a visa. "
        "We use it for this event only, and delete it afterwards."
    ),
    "paper.invitation.closing": _("We look forward to learning from each other."),
    "paper.visa.title": _("Letter of invitation in support of a visa application: {name}"),
    "paper.visa.greeting": _("Dear Sir or Madam,"),
    "paper.visa.opening": _("we confirm that we have invited {person} to “{event}” in {place} ({days})."),
    "paper.visa.fact": _("About the guest"),
    "paper.visa.value": _("As stated by guest and host"),
    "paper.visa.name": _("Name as in the passport"),
    "paper.visa.born": _("Date of birth"),
    "paper.visa.nationality": _("Nationality"),
    "paper.visa.passport": _("Number of the passport"),
    "paper.visa.stay": _("Planned stay"),
    "paper.visa.travel": _("Travel is paid by"),
    "paper.visa.board": _("Board and lodging are paid by"),
    "paper.visa.insurance": _("Health insurance for the stay"),
    "paper.visa.leaves": _("The guest intends to leave the country by {day}."),
    "paper.visa.request": _(
        "We kindly ask you to issue the visa needed for this visit in good time. This letter confirms the invitation; it is not a legal commitment to bear costs beyond those named above."
    ),
    # certificate
    "paper.certificate.title": _("Certificate of participation"),
    "paper.certificate.text": _("took part in “{event}” in {place} ({days})."),
    "paper.certificate.hours": _("Hours attended: {hours}."),
    "paper.certificate.topics": _("Topics: {topics}."),
    # minutes
    "paper.minutes.title": _("Minutes: {meeting}"),
    "paper.minutes.present": _("Present: {people}."),
    "paper.minutes.excused": _("Excused: {people}."),
    "paper.minutes.decided": _("Decided: {decision}"),
    "paper.minutes.next": _("Next meeting: {day}."),
    # agreement
    "paper.agreement.partnership": _("Agreement on a climate partnership between cities"),
    "paper.agreement.project": _("Agreement on a joint climate project of cities"),
    "paper.agreement.exchange": _("Memorandum on an exchange between cities"),
    "paper.agreement.mentoring": _("Agreement on mentoring between cities"),
    "paper.agreement.draft": _("Draft. Not agreed by any side yet."),
    "paper.agreement.footer": _("Made with CityTandem as a starting point; please have it checked by those who may sign for your city."),
    "paper.agreement.between": _("Between {parties}."),
    "paper.agreement.parties": _("Parties and contact persons"),
    "paper.agreement.contacts": _("{party}: {people}"),
    "paper.agreement.contacts_open": _("{party}: two contact persons are still to be named."),
    "paper.agreement.purpose": _("Purpose"),
    "paper.agreement.purpose.partnership": _(
        "The parties learn from each other how to cut greenhouse-gas emissions faster. Each side gives and each side gets; they work as equals, for years."
    ),
    "paper.agreement.purpose.project": _(
        "The parties carry out one joint project that cuts greenhouse-gas emissions in each of their cities, and make its results usable for others."
    ),
    "paper.agreement.purpose.exchange": _(
        "The parties exchange what they know about the themes below, by visits, meetings and working together for a time, so that each can decide at home what to take over."
    ),
    "paper.agreement.purpose.mentoring": _(
        "One city accompanies another on the way to a measure it has already brought about. The city that is accompanied decides what fits; the mentor learns from the questions asked."
    ),
    "paper.agreement.themes": _("Themes and how they are measured"),
    "paper.agreement.theme.title": _("Theme"),
    "paper.agreement.theme.indicator": _("Indicator"),
    "paper.agreement.theme.baseline": _("Where it stands today (year, source)"),
    "paper.agreement.theme.aim": _("Aim"),
    "paper.agreement.contributions": _("Contributions, costs and travel emissions"),
    "paper.agreement.travel.usual": _(
        "Each side bears its own costs. Meetings are held online where that does as well; journeys are counted with their emissions and told in the yearly review."
    ),
    "paper.agreement.data": _("Data, confidentiality, rights and publicity"),
    "paper.agreement.data.usual": _(
        "Data that one side gives stay its own and are used for this work only. What is marked confidential is not passed on. "
        "What is written together belongs to all parties and may be used by each, naming the others."
    ),
    "paper.agreement.publicity.usual": _("Each side may report on the work. Figures are published only together with their source, year and method."),
    "paper.agreement.language": _("Language"),
    "paper.agreement.language.text": _("Languages of the work: {languages}."),
    "paper.agreement.structure": _("Working structure and decisions"),
    "paper.agreement.structure.usual": _(
        "The contact persons meet once a month and keep a log of questions. Decisions are taken together; each side decides alone on its own money, staff and measures."
    ),
    "paper.agreement.monitoring": _("Monitoring and yearly review"),
    "paper.agreement.monitoring.usual": _(
        "Once a year the parties review: meetings held of those planned, questions answered, transfers begun, people involved on each side, and the indicators above. "
        "What cannot be shown by figures is said to be not shown."
    ),
    "paper.agreement.duration": _("Duration, renewal and exit"),
    "paper.agreement.duration.text": _("The agreement holds from {day} for {months} months."),
    "paper.agreement.duration.open": _("The beginning and the duration are still to be agreed; 18 to 24 months are usual."),
    "paper.agreement.renewal.usual": _("Three months before the end the parties decide whether to renew it."),
    "paper.agreement.exit.usual": _("Each side may end it with notice of three months, in writing and without giving reasons; work begun is brought to an orderly close."),
    "paper.agreement.obligations": _("No further obligations"),
    "paper.agreement.obligations.text": _("This agreement states an intention to work together. It creates no legal or financial obligations beyond what is written here."),
    "paper.agreement.annex": _("Annex: programme of action"),
    "paper.agreement.annex.open": _("The programme of action is still to be agreed."),
    "paper.agreement.step.what": _("Activity"),
    "paper.agreement.step.when": _("When"),
    "paper.agreement.step.where": _("Where"),
    "paper.agreement.step.who": _("Who"),
    # replication plan
    "paper.replication.title": _("Replication plan for {city}: {measure}"),
    "paper.replication.subtitle": _("After the example of {giver}"),
    "paper.replication.question": _("The question we came with"),
    "paper.replication.seen": _("What we saw, and how sure it is"),
    "paper.replication.differences": _("What differs between the two cities"),
    "paper.replication.what": _("What"),
    "paper.replication.meaning": _("What it means for the plan"),
    "paper.replication.steps": _("Steps"),
    "paper.replication.costs": _("Costs and who pays"),
    "paper.replication.measured": _("How we will see whether it works"),
    "paper.replication.risks": _("What could fail"),
    "paper.replication.sources": _("Sources"),
    "paper.replication.footer": _("A draft from what the two cities exchanged; it is for the city to decide."),
    "paper.measured.indicator": _("Indicator"),
    "paper.measured.today": _("Today"),
    "paper.measured.aim": _("Aim"),
    "paper.measured.source": _("Source"),
    # funder's report
    "paper.report.title": _("Report: {programme}"),
    "paper.report.subtitle": _("To {funder}, for {period}"),
    "paper.report.summary": _("In short"),
    "paper.report.figures": _("What was done"),
    "paper.report.outcomes": _("What came of it"),
    "paper.report.cause": _("From question to change, pair by pair. That emissions fell afterwards does not show that the exchange was the cause."),
    "paper.report.costs": _("What it cost"),
    "paper.report.travel": _("Journeys and their emissions"),
    "paper.report.unknown": _("What is not known"),
    "paper.report.sources": _("Sources"),
    "paper.report.figure.what": _("What"),
    "paper.report.figure.value": _("Value"),
    "paper.report.figure.source": _("Where it comes from"),
    "paper.report.outcome.pair": _("Cities"),
    "paper.report.outcome.question": _("Question"),
    "paper.report.outcome.done": _("Meetings and decisions"),
    "paper.report.outcome.changed": _("Stage of the measure"),
    "paper.report.outcome.emissions": _("Emissions"),
    "paper.report.footer": _("Made with CityTandem from what the cities themselves recorded."),
}
