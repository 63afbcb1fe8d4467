"""The words of people, organisations and invitations."""

from citytandem.words.catalogue import translatable as _

ACCOUNTS: dict[str, str] = {
    "web.way.workspace": _("Workspace"),
    "web.way.me": _("My account"),
    "web.way.sign_in": _("Sign in"),
    "web.way.sign_out": _("Sign out"),
    "web.invented": _("invented"),
    "organisation_kind.city": _("city"),
    "organisation_kind.network": _("network"),
    "organisation_kind.civic": _("civic group"),
    "organisation_kind.business": _("business"),
    "organisation_kind.research": _("research institute"),
    "web.workspace.choose": _("For whom do you work now?"),
    "web.workspace.none": _("You do not act for an organisation yet."),
    "web.workspace.none_cure": _("An administrator of your city, network or institute can invite you; the letter brings you straight to its desk."),
    "web.desk.your_role": _("Your role:"),
    "web.desk.answer_due": _("Due now: {count}."),
    "web.desk.answer_missing": _("Nothing is due. What is still missing and would unlock something: {count}."),
    "web.desk.answer_clear": _("Nothing is due, and nothing is missing."),
    "web.desk.by": _("by"),
    "web.desk.people": _("People"),
    "web.desk.to_people": _("People, roles and invitations"),
    "desk.due": _("Due"),
    "desk.missing": _("Missing, and what it would unlock"),
    "desk.draft": _("Drafts"),
    "desk_none.due": _("Nothing is due."),
    "desk_none.missing": _("Nothing is missing."),
    "desk_none.draft": _("There are no drafts."),
}
