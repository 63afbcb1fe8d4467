"""The words of every page's frame: ways through the site, refusals, states."""

from citytandem.words.catalogue import translatable as _

SHELL: dict[str, str] = {
    "web.skip": _("Skip to the content"),
    "web.nav": _("Ways through the site"),
    "web.languages": _("Language"),
    "web.way.cities": _("Cities"),
    "web.footer": _("Read from {release} ({sha256})."),
    "web.footer_honest": _("Cities are never put in an order of merit. What this site works out is no certification and no legal advice, and every city may reply beside what is said about it."),
    "web.refused.title": _("This cannot be answered honestly"),
    "web.refused.back": _("Back to the search for a city"),
    "web.not_found.title": _("There is no such page"),
    "web.not_found.text": _("The address may be mistyped, or the page is not public. If you were sent here by a colleague, signing in may help."),
    "web.no_right.title": _("This is not open to you"),
    "web.no_right.text": _("Ask an administrator of the organisation for the role you need."),
    "web.our_fault.title": _("Something went wrong on our side"),
    "web.our_fault.text": _("Your data are untouched. Please try again in a moment, and tell those who run this site if it stays."),
    "web.backup.written": _("The site is in {file}: {rows} rows and {files} files."),
    "web.backup.restored": _("This site is now the one in {file}: {rows} rows and {files} files. Everybody signs in anew."),
    "web.demo.people": _("People of the demo, all invented; their pass phrase is: {phrase}"),
    "role.viewer": _("viewer"),
    "role.editor": _("editor"),
    "role.publisher": _("publisher"),
    "role.admin": _("administrator"),
    "role.coordinator": _("coordinator"),
    "web.home.title": _("Which city?"),
}
