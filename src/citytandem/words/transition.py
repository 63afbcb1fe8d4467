"""The English words of regions: their paths, the past of others that resembles them, cases, and what can go wrong."""

from citytandem.findings import Code
from citytandem.words.catalogue import translatable as _

TRANSITION_SENTENCES: dict[Code, str] = {
    Code.REGION_UNKNOWN: _("We do not know a region called “{asked}”. Nearest names: {nearest}."),
    Code.REGION_AMBIGUOUS: _("“{asked}” can be several regions: {choices}. Please give the key."),
    Code.REGION_FILES_MISSING: _(
        "No file of regions was found in {folder}. Put files such as {file} there, or leave the folder out to use the shipped figures."
    ),
    Code.REGION_SHARES_MISSING: _(
        "The shares of {region} in {year} are all printed as 0. They are missing, not zero, and are left unknown."
    ),
    Code.REGION_SHARES_OFF: _(
        "The shares of {region} in {year} add up to {total} %, not to 100 %. They are kept as published; compare them with the source."
    ),
    Code.REGION_WITHOUT_PATH: _(
        "For {region} no indicator is known in every year from {first} to {last}, so nothing can be compared. Known years: {known}. "
        "Choose a window inside them, or give a folder with more data (--raw)."
    ),
    Code.REGION_WINDOW_INVALID: _(
        "“{asked}” is no window of years. Write two years such as 2000-2022, between {least} and {most} years apart."
    ),
    Code.ANALOGUE_NOTHING_FITS: _(
        "No region and period resembles {region} in {first} to {last} well enough. The nearest, {nearest}, lies {fit} % away a year on "
        "average; histories of {region} with their years shuffled come as near as {limit} % one time in ten, so the likeness may be chance. "
        "Try a longer window or more data (--raw)."
    ),
    Code.ANALOGUE_TRAITS_MISSING: _(
        "For {region} some indicators of the comparison are not known: {traits}. Its fit of {fit} % rests on the others; with the missing "
        "ones it could be anything from {low} to {high} %."
    ),
    Code.ANALOGUE_DEFINITIONS_DIFFER: _(
        "The path of {region} is compared by {theirs}, that of {own} by {ours}. Only how they rise and fall is compared, not their level."
    ),
    Code.ANALOGUE_BETWEEN_POINTS: _(
        "For {region} {points} years from {first} to {last} are published. The years between lie on straight lines, for this comparison only."
    ),
    Code.ANALOGUE_UNSTABLE: _(
        "{region} stays among the analogues in only {share} % of the variations of indicators, weights and window. Take it as a first idea."
    ),
    Code.ANALOGUE_NO_FORECAST: _(
        "This shows which past resembles {region} today, and what was tried there. It is no forecast: what came next there need not come here."
    ),
}
"""The English sentence for each finding code about regions."""

TRANSITION: dict[str, str] = {
    "cli.help.analogues": _("Which region's past resembles a region now, what was tried there, and what went wrong."),
    "cli.option.region": _("Key or name of a region, such as Hebei, Ruhr or DEA5."),
    "cli.option.window": _("The years to compare, such as 2000-2022."),
    "cli.option.region_raw": _("Folder with further data of regions; the shipped figures are used if left out."),
    "cli.option.regions_at_most": _("How many regions at most."),
    "cli.option.traits": _("Indicators to compare, separated by commas; all that are known if left out."),
    "cli.option.lag": _("How many years back an analogue must lie at least."),
    "cli.option.validate_analogues": _(
        "Write the section on analogues instead: are they closer to the next ten years than chance? Needs --raw."
    ),
    "cli.option.validate_raw": _("Folder of raw data sets, for the section on analogues."),
    "cli.step.analogues": _("Holding back the last ten years of regions and looking for their analogues …"),
    "analogue.title": _("{region}, {first} to {last}: whose past resembles it?"),
    "analogue.traits": _("Compared by: {traits}. Searched: {regions} regions, {windows} periods at least {lag} years earlier."),
    "analogue.limit": _(
        "A fit below {limit} % counts: histories of {region} with shuffled years come that near one time in ten (seed {seed})."
    ),
    "analogue.table": _("Regions and periods that resemble it"),
    "analogue.region": _("Region"),
    "analogue.period": _("Period"),
    "analogue.lag": _("Years back"),
    "analogue.lag_band": _("Years back, from and to"),
    "analogue.fit": _("Fit, % apart a year"),
    "analogue.fit_band": _("with unknown indicators"),
    "analogue.indicators": _("Indicators"),
    "analogue.stability": _("Stays in variations"),
    "analogue.now": _("Today resembles"),
    "analogue.phase": _("Phase there"),
    "analogue.peaks": _("The plain alternative: aligned at the peak of industry's share"),
    "analogue.peak": _("Peak"),
    "analogue.since": _("Years since peak"),
    "analogue.gap": _("Points apart, of 100 at the peak"),
    "analogue.cases": _("What was tried there then, and what failed"),
    "analogue.case": _("Case"),
    "analogue.years": _("Years"),
    "analogue.happened": _("What happened"),
    "analogue.failed": _("What failed"),
    "analogue.transfer": _("What would have to hold elsewhere (our reading)"),
    "analogue.mark": _("Mark"),
    "analogue.source": _("Source"),
    "analogue.marks": _("S read in its source, K recalled (no evidence), P our reading."),
    "analogue.range": _("{low} to {high}"),
    "trait.industry": _("Share of industry"),
    "trait.services": _("Share of services"),
    "trait.agriculture": _("Share of agriculture"),
    "trait.industry_to_nation": _("Share of industry, nation = 1"),
    "trait.services_to_nation": _("Share of services, nation = 1"),
    "trait.gdp_of_nation": _("Share of the nation's GDP"),
    "trait.population_of_nation": _("Share of the nation's people"),
    "trait.gdp_per_head_to_nation": _("GDP per head, nation = 1"),
    "basis.employment": _("share of jobs"),
    "basis.gdp": _("share of GDP"),
    # Translators: kinds of phases of a region that lives on coal or steel
    "phase.rise": _("Rise"),
    "phase.plateau": _("Plateau"),
    "phase.crisis": _("Crisis"),
    "phase.collapse": _("Collapse"),
    "phase.managed_decline": _("Managed decline"),
    "phase.renewal": _("Renewal"),
    "phase.phase_out": _("Phase-out"),
    "phase.whole_period": _("The whole period"),
    "chart.trajectory.title": _("{region} and {analogue}, by years since the peak of industry's share"),
    "chart.trajectory.description": _(
        "Small multiples, one for each indicator: {region} (full line) and {analogue} (dashed line), each as a share of its own peak, by years "
        "since the peak of industry's share. Dots are published values. The table below holds every value."
    ),
    "chart.trajectory.title_year": _("{region} and {analogue}, by calendar year"),
    "chart.trajectory.description_year": _(
        "Small multiples, one for each indicator: {region} (full line) and {analogue} (dashed line), each as a share of its own peak, by "
        "calendar year. Dots are published values. The table below holds every value."
    ),
    "chart.trajectory.break": _("Break in the series"),
    "chart.trajectory.broken": _("counted otherwise, or within other borders, from here on"),
    "chart.trajectory.since": _("Years since the peak"),
    "chart.trajectory.of_peak": _("Own peak = 100"),
    "chart.trajectory.trait": _("Indicator"),
    "chart.trajectory.published": _("Published value"),
    "chart.trajectory.unit": _("Unit"),
}
