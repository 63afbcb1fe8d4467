"""The English label for each key a person may see: sectors, outcomes, variables, fields, headings."""

from citytandem.words.catalogue import translatable as _

LABELS: dict[str, str] = {
    "app.claim": _("Cities learn from each other how to cut emissions."),
    # the terminal
    "cli.our_fault": _(
        "Something went wrong on our side ({kind}). Your data are untouched. "
        "Please report it with the command you typed; CITYTANDEM_DEBUG=1 shows the details."
    ),
    "cli.help": _("Cities learn from each other how to cut greenhouse-gas emissions."),
    "cli.help.cities": _("Find cities by name in any language, by code or by country."),
    "cli.help.balance": _("What a city emits: its balance by sector, and what can be compared."),
    "cli.help.benchmark": _("Where a city stands among its true peers, and why."),
    "cli.help.advise": _("What is in a city's hands, and which measures would help most."),
    "cli.help.partners": _("Which cities to learn from, and what each side gives."),
    "cli.help.briefing": _("Write the whole story of a city as a web page and a PDF."),
    "cli.help.demo": _("Show the chain on a real city."),
    "cli.help.validate": _("How well the method does on cities it has not seen."),
    "cli.help.package": _("Build, check or describe a release."),
    "cli.help.package.build": _("Build a release from the raw data sets."),
    "cli.help.package.check": _("Check every file and row of a release."),
    "cli.help.package.info": _("What is in a release: tables, sources, licences."),
    "cli.option.city": _("Id, code or name of the city in any language."),
    "cli.option.year": _("Year of the balance; the newest if left out."),
    "cli.option.json": _("Answer for a program, as JSON."),
    "cli.option.data": _("Folder of another release."),
    "cli.option.lang": _("Language: en, de, ja, zh, da."),
    "cli.option.out": _("Folder to write to."),
    "cli.option.question": _("What to compare: overall, buildings, transport, industry, waste."),
    "cli.option.country": _("Only cities of this country (two letters); can be given several times."),
    "cli.option.network": _("Only members of this network; can be given several times."),
    "cli.option.add": _("Add this city to the peers; can be given several times."),
    "cli.option.remove": _("Remove this city from the peers; can be given several times."),
    "cli.option.weight": _("Weight of a structure variable, such as hdd=2; can be given several times."),
    "cli.option.k": _("How many peers: 8 to 15."),
    "cli.option.with_balance": _("Only cities with a balance."),
    "cli.option.text": _("Name or part of a name, in any language."),
    "cli.option.raw": _("Folder of the raw data sets."),
    "cli.option.folder": _("Folder of the release."),
    "cli.cities.id": _("Id"),
    "cli.cities.name": _("Name"),
    "cli.cities.country": _("Country"),
    "cli.cities.population": _("Population (year)"),
    "cli.cities.balances": _("Balances"),
    "cli.cities.stages": _("Rated measures"),
    "cli.cities.more": _("{shown} of {found} cities shown; give more of the name or a country."),
    "cli.cities.none": _("No city of this name. Try part of it, or the name in another language."),
    "cli.option.write": _("Write to this file instead of the screen."),
}
