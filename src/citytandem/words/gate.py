"""The English words of the gate's sheet: what may be compared, pair by pair and as a group."""

from citytandem.words.catalogue import translatable as _

GATE: dict[str, str] = {
    "cli.help.gate": _("Which of these cities may be compared: as they are, after which steps, or not, and why."),
    "cli.option.gate_cities": _("Two to six cities, each by id, code or name in any language."),
    "cli.option.gate_years": _(
        "Year of the balances: once for all cities, or once for each in their order; if left out, new years close together."
    ),
    "sheet.question.pair": _("Can {city} and {other} be compared?"),
    "sheet.question.group": _("Can these cities be compared: {cities}?"),
    "sheet.answer.pair.comparable": _("{outcome}: comparable as they are."),
    "sheet.answer.pair.after_step": _("{outcome}: comparable after a step for each of these: {aspects}."),
    "sheet.answer.pair.not": _("{outcome}: not comparable, because of {aspects}."),
    "sheet.answer.group": _(
        "{outcome}: of {pairs} pairs, {comparable} can be compared as they are, {after_step} after named steps, {no} not at all."
    ),
    "sheet.answer.together": _("These may stand together: {cities}."),
    "sheet.answer.other": _("What can be compared instead: {outcomes}."),
    "sheet.answer.none": _("None of the variants can be compared with these balances."),
    "sheet.balances": _("The balances that stand side by side"),
    "sheet.made": _("How it was made"),
    "sheet.period": _("Period"),
    "sheet.pairs": _("Each pair and each variant"),
    "sheet.pair": _("Pair"),
    "sheet.pair.name": _("{city} and {other}"),
    "sheet.variant": _("What is compared"),
    "sheet.credits": _("Could a measure show?"),
    "sheet.credits.yes": _("yes"),
    "sheet.credits.no": _("no, one is allocated from larger totals"),
    "sheet.status.with": _("{status}: {aspects}"),
    "sheet.reasons": _("What differs, and the step that would help"),
    "sheet.concerns": _("Concerns"),
    "sheet.every_variant": _("every variant"),
    "sheet.how": _(
        "A pair has the status of its weakest aspect, a group that of its weakest pair. “Not stated” on both sides is no agreement: "
        "two balances that say nothing may differ."
    ),
    # Translators: names of methods that describe them; names of authors and of protocols stay as they are
    "method_name.japan_area_manual": _("Japanese municipal manual (standard method)"),
    "method_name.ccc_bisko_type": _("Climate City Contract, BISKO base"),
    "method_name.nangini_community": _("Community protocol (Nangini et al.)"),
    "method_name.nangini_community_gpc": _("GPC, pilot version (Nangini et al.)"),
    "method_name.nangini_other": _("National or other method (Nangini et al.)"),
    "method_name.uk_local_authority": _("UK local-authority statistics"),
    # Translators: what is inside a factor of electricity
    "content.direct": _("burning in power plants alone"),
    "content.adjusted": _("adjusted for certificates"),
    "content.life_cycle": _("with upstream chains"),
    "content.production_mix": _("national production"),
    "content.residual_mix": _("what is left after green tariffs"),
    "content.common": _("one figure for all, ours"),
}
