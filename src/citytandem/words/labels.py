"""The English label for each key a person may see: sectors, outcomes, variables, fields, headings."""

from citytandem.words.catalogue import translatable as _

LABELS: dict[str, str] = {
    "app.claim": _("Cities learn from each other how to cut emissions."),
}
