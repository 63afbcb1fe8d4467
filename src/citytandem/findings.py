"""What can go wrong, as codes and facts; never as sentences.

    Exception
    └── CannotCompute      the question has no honest answer; carries one Finding

A fact about data is a :class:`Finding`, collected and never raised. A question
without an honest answer raises :class:`CannotCompute` once. Anything else that is
raised is a bug. The sentence for each code, in five languages, is in ``words``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

Fact: TypeAlias = str | int | float | None


class Severity(StrEnum):
    """How much a finding weighs: can we go on, and may the result be published?"""

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"


class Code(StrEnum):
    """Every finding the house can make. Its sentence is ``words.SENTENCES[code]``."""

    # cities
    CITY_UNKNOWN = "city_unknown"
    CITY_AMBIGUOUS = "city_ambiguous"
    CITY_WITHOUT_BALANCE = "city_without_balance"
    CITY_WITHOUT_POPULATION = "city_without_population"
    YEAR_WITHOUT_BALANCE = "year_without_balance"
    # tables and files
    ROW_BREAKS_RULE = "row_breaks_rule"
    COLUMN_MISSING = "column_missing"
    FILE_MISSING = "file_missing"
    FILE_UNREADABLE = "file_unreadable"
    FILE_CHANGED = "file_changed"
    RELEASE_INCOMPLETE = "release_incomplete"
    REFERENCE_DANGLING = "reference_dangling"
    FACTOR_OUT_OF_BOUNDS = "factor_out_of_bounds"
    RAW_DATA_MISSING = "raw_data_missing"
    EXTRA_MISSING = "extra_missing"
    DEMO_IS_LOCAL = "demo_is_local"
    BACKUP_UNREADABLE = "backup_unreadable"
    RESTORE_NOT_EMPTY = "restore_not_empty"
    # files people bring
    FILE_TOO_LARGE = "file_too_large"
    FILE_CUT_OFF = "file_cut_off"
    ENCODING_GUESSED = "encoding_guessed"
    ROW_HAS_OTHER_WIDTH = "row_has_other_width"
    SHEET_MISSING = "sheet_missing"
    ROW_GIVEN_TWICE = "row_given_twice"
    CELL_NO_NUMBER = "cell_no_number"
    CELL_OUT_OF_RANGE = "cell_out_of_range"
    FORMULA_WITHOUT_VALUE = "formula_without_value"
    NOTATION_UNKNOWN = "notation_unknown"
    CATEGORY_UNKNOWN = "category_unknown"
    UNIT_UNKNOWN = "unit_unknown"
    UNIT_AMBIGUOUS = "unit_ambiguous"
    CITY_NOT_MATCHED = "city_not_matched"
    CITY_NOT_STATED = "city_not_stated"
    YEAR_NOT_STATED = "year_not_stated"
    PERIOD_UNCLEAR = "period_unclear"
    VALUE_IMPLAUSIBLE = "value_implausible"
    MORE_FINDINGS = "more_findings"
    # any spreadsheet
    SHEET_QUOTE_OPEN = "sheet_quote_open"
    SHEET_WITHOUT_TABLE = "sheet_without_table"
    SHEET_UNIT_ASKED = "sheet_unit_asked"
    SHEET_YEAR_ASKED = "sheet_year_asked"
    SHEET_DECIMAL_ASKED = "sheet_decimal_asked"
    SHEET_PERIOD_ASKED = "sheet_period_asked"
    SHEET_WORD_UNKNOWN = "sheet_word_unknown"
    SHEET_COLUMN_NEW = "sheet_column_new"
    SHEET_TABLE_LEFT_OUT = "sheet_table_left_out"
    SHEET_ROW_WITHOUT_VALUE = "sheet_row_without_value"
    SHEET_ROW_PLANNED = "sheet_row_planned"
    SHEET_ROW_OTHER = "sheet_row_other"
    SHEET_ROW_REPEATED = "sheet_row_repeated"
    SHEET_TOTAL_DIFFERS = "sheet_total_differs"
    SHEET_PARTS_BESIDE = "sheet_parts_beside"
    SHEET_NEGATIVE = "sheet_negative"
    SHEET_UNITS_MIXED = "sheet_units_mixed"
    SHEET_HEATING_VALUE = "sheet_heating_value"
    SHEET_NUMBER_UNCLEAR = "sheet_number_unclear"
    SHEET_VALUE_SLIP = "sheet_value_slip"
    MAPPING_INVALID = "mapping_invalid"
    # bringing files in and out
    IMPORT_QUESTIONS_OPEN = "import_questions_open"
    IMPORT_SEVERAL_CITIES = "import_several_cities"
    IMPORT_BALANCE_TWICE = "import_balance_twice"
    IMPORT_NOTHING = "import_nothing"
    IMPORT_NOT_SOUND = "import_not_sound"
    IMPORT_OTHER_CITIES = "import_other_cities"
    IMPORT_STOPPED = "import_stopped"
    IMPORT_FOLDER_TAKEN = "import_folder_taken"
    REGISTRY_CELL = "registry_cell"
    REGISTRY_THERE = "registry_there"
    REGISTRY_OVERLAP = "registry_overlap"
    REGISTRY_NOT_OF_NETWORK = "registry_not_of_network"
    REGISTRY_STOPPED = "registry_stopped"
    EXPORT_LINES_LEFT_OUT = "export_lines_left_out"
    EXPORT_NEEDS_FOLDER = "export_needs_folder"
    # study tours and travel
    TOUR_MUSTS_CONFLICT = "tour_musts_conflict"
    TOUR_MUST_IMPOSSIBLE = "tour_must_impossible"
    TOUR_DAYS_IMPOSSIBLE = "tour_days_impossible"
    TOUR_NOT_PROVEN = "tour_not_proven"
    TOUR_LEGS_ESTIMATED = "tour_legs_estimated"
    TOUR_COST_UNKNOWN = "tour_cost_unknown"
    TRAVEL_UNKNOWN = "travel_unknown"
    TRAVEL_RECALLED = "travel_recalled"
    TRAVEL_ONLINE = "travel_online"
    # comparing
    PEER_CANNOT_BE_ADDED = "peer_cannot_be_added"
    NO_TRUE_PEERS = "no_true_peers"
    PEERS_CANNOT_BE_COUNTED = "peers_cannot_be_counted"
    NOT_COMPARABLE = "not_comparable"
    TOO_FEW_COMPARABLE_PEERS = "too_few_comparable_peers"
    SECTOR_NOT_SEPARATED = "sector_not_separated"
    TOO_FEW_YEARS = "too_few_years"
    METHOD_BREAK = "method_break"
    TOP_DOWN_CANNOT_CREDIT = "top_down_cannot_credit"
    ENERGY_NOT_KNOWN = "energy_not_known"
    COUNTRY_LIMIT = "country_limit"
    GATE_NEEDS_CITIES = "gate_needs_cities"
    GATE_NEEDS_YEARS = "gate_needs_years"
    GATE_YEAR = "gate_year"
    GATE_SCOPE = "gate_scope"
    GATE_SECTORS = "gate_sectors"
    GATE_GWP = "gate_gwp"
    GATE_UPSTREAM = "gate_upstream"
    GATE_ELECTRICITY = "gate_electricity"
    GATE_BOUNDARY = "gate_boundary"
    GATE_PERIOD = "gate_period"
    GATE_WEATHER = "gate_weather"
    GATE_GASES = "gate_gases"
    # bridges
    FACTOR_NOT_PINNED = "factor_not_pinned"
    ACTIVITY_WITHOUT_FACTOR = "activity_without_factor"
    ACTIVITY_WITHOUT_AMOUNT = "activity_without_amount"
    BRIDGE_WITHOUT_TOTAL = "bridge_without_total"
    BRIDGE_END_UNKNOWN = "bridge_end_unknown"
    BRIDGE_NEEDS_SAME_YEAR = "bridge_needs_same_year"
    BRIDGE_PERIOD_BY_TREND = "bridge_period_by_trend"
    BRIDGE_NEEDS_KWH = "bridge_needs_kwh"
    BRIDGE_NEEDS_FACTOR = "bridge_needs_factor"
    BRIDGE_NEEDS_STATEMENT = "bridge_needs_statement"
    BRIDGE_NOT_SEPARATED = "bridge_not_separated"
    BRIDGE_SECTOR_MISSING = "bridge_sector_missing"
    BRIDGE_NOT_ESTIMATED = "bridge_not_estimated"
    BRIDGE_INCLUDED_ELSEWHERE = "bridge_included_elsewhere"
    BRIDGE_TOTAL_NOT_ITEMISED = "bridge_total_not_itemised"
    BRIDGE_PARTS_DIFFER = "bridge_parts_differ"
    BRIDGE_RECALLED = "bridge_recalled"
    GRID_REGION_OPEN = "grid_region_open"
    RECONCILE_OPEN = "reconcile_open"
    RECONCILE_SEVERAL = "reconcile_several"
    # first estimates
    COUNTRY_WITHOUT_TOTAL = "country_without_total"
    ESTIMATE_IS_NO_BALANCE = "estimate_is_no_balance"
    ESTIMATE_BESIDE_BALANCE = "estimate_beside_balance"
    ESTIMATE_FROM_NATIONAL_TOTAL = "estimate_from_national_total"
    ESTIMATE_NOT_POSSIBLE = "estimate_not_possible"
    ESTIMATE_OUTSIDE_RANGE = "estimate_outside_range"
    ESTIMATE_WITHOUT_CARRIERS = "estimate_without_carriers"
    ESTIMATE_CARRIERS_AS_COUNTRY = "estimate_carriers_as_country"
    ESTIMATE_WITH_CONTEXT = "estimate_with_context"
    ESTIMATE_WITHOUT_CONTEXT = "estimate_without_context"
    ESTIMATE_CONTEXT_NOT_KNOWN = "estimate_context_not_known"
    CONTEXT_UNREADABLE = "context_unreadable"
    # acting
    POWERS_UNKNOWN = "powers_unknown"
    TIER_ASSUMED = "tier_assumed"
    DIRECT_SHARE_IMPLAUSIBLE = "direct_share_implausible"
    STAGES_UNKNOWN = "stages_unknown"
    STAGES_PARTLY_KNOWN = "stages_partly_known"
    EFFECT_NOT_KNOWN = "effect_not_known"
    ADDRESSED_NOT_SEPARATED = "addressed_not_separated"
    RECALLED_IS_NO_EVIDENCE = "recalled_is_no_evidence"
    GREEN_TARIFF_WITHOUT_CREDIT = "green_tariff_without_credit"
    MEASURES_NOT_VISIBLE = "measures_not_visible"
    ONLY_A_TOTAL = "only_a_total"
    COST_NOT_KNOWN = "cost_not_known"
    # partners
    NO_LEAD_KNOWN = "no_lead_known"
    FEW_PARTNERS = "few_partners"
    LEADS_ARE_TOPICS = "leads_are_topics"
    PARTNER_BOTH_LEARN = "partner_both_learn"
    PARTNER_WE_LEARN = "partner_we_learn"
    PARTNER_THEY_LEARN = "partner_they_learn"
    TIE_BOTH_LEARN = "tie_both_learn"
    TIE_WE_LEARN = "tie_we_learn"
    TIE_THEY_LEARN = "tie_they_learn"
    # matching a whole network
    MATCH_RULES_CONFLICT = "match_rules_conflict"
    MATCH_SIZE = "match_size"
    MATCH_NOBODY = "match_nobody"
    MATCH_LEFT_OUT = "match_left_out"
    MATCH_BLOCKING = "match_blocking"
    MATCH_NOT_PROVEN = "match_not_proven"
    HINDSIGHT_TOO_EARLY = "hindsight_too_early"
    # programmes and their cards
    PROGRAMME_NOBODY = "programme_nobody"
    PROGRAMME_EMPTY_CELL = "programme_empty_cell"
    PROGRAMME_CITY_LEFT_OUT = "programme_city_left_out"
    PROGRAMME_TWICE = "programme_twice"
    PROGRAMME_CHOICE_UNKNOWN = "programme_choice_unknown"
    PROGRAMME_WORD_UNCOUNTED = "programme_word_uncounted"
    PROGRAMME_OTHER_UNKNOWN = "programme_other_unknown"
    PROGRAMME_SELF = "programme_self"
    PROGRAMME_WHO = "programme_who"
    PROGRAMME_COLUMN_UNUSED = "programme_column_unused"
    PROGRAMME_LANGUAGE_ASSUMED = "programme_language_assumed"
    PROGRAMME_COUNTRY_MISSING = "programme_country_missing"
    PROGRAMME_MOVE_UNCLEAR = "programme_move_unclear"
    PROGRAMME_NOT_WRITTEN = "programme_not_written"
    PROGRAMME_TOPICS_ONLY = "programme_topics_only"
    PROGRAMME_WITHOUT_BALANCE = "programme_without_balance"
    CARD_ASKED_AND_DONE = "card_asked_and_done"
    CARD_ASKED_AND_OFFERED = "card_asked_and_offered"
    CARD_LEARNS_MEASURE = "card_learns_measure"
    CARD_LEARNS_TOPIC = "card_learns_topic"
    CARD_LEARNS_TOPIC_WEAK = "card_learns_topic_weak"
    CARD_ASKS_IN_WORDS = "card_asks_in_words"
    CARD_OFFERS_IN_WORDS = "card_offers_in_words"
    CARD_NOTHING_KNOWN = "card_nothing_known"
    CARD_CAME_TO_GIVE = "card_came_to_give"
    CARD_CAME_TO_LEARN = "card_came_to_learn"
    CARD_GAIN = "card_gain"
    CARD_GAIN_UNKNOWN = "card_gain_unknown"
    CARD_ALIKE = "card_alike"
    CARD_DIFFERS = "card_differs"
    CARD_LIKENESS_UNKNOWN = "card_likeness_unknown"
    CARD_NO_TIE = "card_no_tie"
    CARD_TIE = "card_tie"
    CARD_TIE_ASLEEP = "card_tie_asleep"
    CARD_TIE_UNHEARD = "card_tie_unheard"
    CARD_TIE_SINCE = "card_tie_since"
    CARD_LANGUAGES = "card_languages"
    CARD_CLOCKS = "card_clocks"
    CARD_SAME_CLOCK = "card_same_clock"
    CARD_CLOCKS_UNKNOWN = "card_clocks_unknown"
    RISK_NO_LANGUAGE = "risk_no_language"
    RISK_ONE_WAY = "risk_one_way"
    RISK_LITTLE_SAY = "risk_little_say"
    RISK_ASLEEP = "risk_asleep"
    RISK_HOURS = "risk_hours"
    RISK_ONE_PERSON = "risk_one_person"
    RISK_NO_ROOM = "risk_no_room"
    RISK_NOTHING_MEASURED = "risk_nothing_measured"
    HELP_INTERPRETER = "help_interpreter"
    HELP_BOTH_WAYS = "help_both_ways"
    HELP_LITTLE_SAY = "help_little_say"
    HELP_WAKE = "help_wake"
    HELP_HOURS = "help_hours"
    HELP_SECOND_PERSON = "help_second_person"
    HELP_ROOM = "help_room"
    HELP_MEASURE = "help_measure"
    # programs
    API_NOTHING_HERE = "api_nothing_here"
    API_METHOD_NOT_ALLOWED = "api_method_not_allowed"
    API_PARAMETER_INVALID = "api_parameter_invalid"
    API_TOO_MANY_REQUESTS = "api_too_many_requests"
    API_TOKEN_NEEDED = "api_token_needed"  # noqa: S105 - a code, not a secret
    API_TOKEN_INVALID = "api_token_invalid"  # noqa: S105 - the same
    API_SCOPE_MISSING = "api_scope_missing"
    API_ROLE_MISSING = "api_role_missing"
    RELEASE_NOT_SECURE = "release_not_secure"
    RELEASE_NOT_REACHED = "release_not_reached"
    # agendas of events
    AGENDA_NAME_UNKNOWN = "agenda_name_unknown"
    AGENDA_EMPTY = "agenda_empty"
    AGENDA_FILES = "agenda_files"
    AGENDA_PLAN_UNREADABLE = "agenda_plan_unreadable"
    AGENDA_NO_PLAN = "agenda_no_plan"
    AGENDA_NOT_FOUND = "agenda_not_found"
    AGENDA_STRUCK = "agenda_struck"
    AGENDA_HOPELESS = "agenda_hopeless"
    AGENDA_UNMET = "agenda_unmet"
    AGENDA_CANCELLED = "agenda_cancelled"
    AGENDA_BROKEN = "agenda_broken"
    DEMAND_PLACED = "demand_placed"
    DEMAND_FIXED_SLOT = "demand_fixed_slot"
    DEMAND_FIXED_ROOM = "demand_fixed_room"
    DEMAND_KEPT = "demand_kept"
    DEMAND_SEATS = "demand_seats"
    DEMAND_EQUIPMENT = "demand_equipment"
    DEMAND_ACCESS = "demand_access"
    DEMAND_HOST_ACCESS = "demand_host_access"
    DEMAND_ABSENT = "demand_absent"
    DEMAND_ABSENT_ROOM = "demand_absent_room"
    DEMAND_SPEAKER = "demand_speaker"
    DEMAND_GROUP = "demand_group"
    DEMAND_ALONE = "demand_alone"
    DEMAND_INTERPRETER = "demand_interpreter"
    DEMAND_INTERPRETER_REST = "demand_interpreter_rest"
    DEMAND_LUNCH = "demand_lunch"
    DEMAND_REST = "demand_rest"
    # letters of events
    LETTER_PLACEHOLDER_UNKNOWN = "letter_placeholder_unknown"
    LETTER_WITHOUT_TEXT = "letter_without_text"
    LETTERS_TOO_MANY = "letters_too_many"
    # assessing
    FRAMEWORK_UNKNOWN = "framework_unknown"
    FRAMEWORK_NOT_SOUND = "framework_not_sound"
    FRAMEWORK_LISTS_A_PART = "framework_lists_a_part"
    FRAMEWORK_RECALLED = "framework_recalled"
    ANSWERS_MISSING = "answers_missing"
    ANSWER_CRITERION_UNKNOWN = "answer_criterion_unknown"
    ANSWER_PART_UNKNOWN = "answer_part_unknown"
    ANSWER_LEVEL_UNKNOWN = "answer_level_unknown"
    ANSWER_SUBJECT_MISSING = "answer_subject_missing"
    ANSWER_TWICE = "answer_twice"
    ANSWER_WITHOUT_EVIDENCE = "answer_without_evidence"
    ANSWERS_PARTLY_GIVEN = "answers_partly_given"
    KNOCK_OUT_FAILED = "knock_out_failed"
    KNOCK_OUT_OPEN = "knock_out_open"
    ASSESSORS_DIFFER = "assessors_differ"
    # regions and their past
    REGION_UNKNOWN = "region_unknown"
    REGION_AMBIGUOUS = "region_ambiguous"
    REGION_FILES_MISSING = "region_files_missing"
    REGION_SHARES_MISSING = "region_shares_missing"
    REGION_SHARES_OFF = "region_shares_off"
    REGION_WITHOUT_PATH = "region_without_path"
    REGION_WINDOW_INVALID = "region_window_invalid"
    ANALOGUE_NOTHING_FITS = "analogue_nothing_fits"
    ANALOGUE_TRAITS_MISSING = "analogue_traits_missing"
    ANALOGUE_DEFINITIONS_DIFFER = "analogue_definitions_differ"
    ANALOGUE_BETWEEN_POINTS = "analogue_between_points"
    ANALOGUE_UNSTABLE = "analogue_unstable"
    ANALOGUE_NO_FORECAST = "analogue_no_forecast"
    # pilot buildings
    BUILDING_UNKNOWN = "building_unknown"
    BUILDING_NOT_LISTED = "building_not_listed"
    BUILDING_ROW_TWICE = "building_row_twice"
    BUILDING_AREAS_CLASH = "building_areas_clash"
    BUILDING_VALUE_IMPOSSIBLE = "building_value_impossible"
    BUILDING_VALUE_UNUSUAL = "building_value_unusual"
    BUILDING_UNIT_WRONG = "building_unit_wrong"
    BUILDING_YEARS_CLASH = "building_years_clash"
    BUILDING_CONVENTIONS_MIXED = "building_conventions_mixed"
    BUILDING_CARRIERS_DIFFER = "building_carriers_differ"
    BUILDING_CARRIERS_LACK = "building_carriers_lack"
    BUILDING_METERS_OVERLAP = "building_meters_overlap"
    BUILDING_METERS_GAP = "building_meters_gap"
    BUILDING_METERS_ESTIMATED = "building_meters_estimated"
    BUILDING_METERS_SHORT = "building_meters_short"
    BUILDING_PERIODS_DIFFER = "building_periods_differ"
    BUILDING_WEATHER_MISSING = "building_weather_missing"
    BUILDING_WEATHER_NO_REFERENCE = "building_weather_no_reference"
    BUILDING_WEATHER_OUTSIDE = "building_weather_outside"
    BUILDING_FIT_WEAK = "building_fit_weak"
    BUILDING_WITHOUT_METERS = "building_without_meters"
    BUILDING_WITHOUT_AREA = "building_without_area"
    BUILDING_WITHOUT_DESIGN = "building_without_design"
    BUILDING_WITHHELD = "building_withheld"
    BUILDING_FEW_SIMILAR = "building_few_similar"
    BUILDING_FIGURE_RECALLED = "building_figure_recalled"
    BUILDING_NOTHING_MEASURED = "building_nothing_measured"
    MARKUP_UNSAFE = "markup_unsafe"
    BUILDINGSYNC_FOREIGN = "buildingsync_foreign"
    BUILDINGSYNC_EMPTY = "buildingsync_empty"
    BUILDINGSYNC_LEFT_OUT = "buildingsync_left_out"
    # usage
    UNKNOWN_CHOICE = "unknown_choice"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a person should know about data or an answer.

    Parameters
    ----------
    code
        What it is.
    facts
        The values the sentence needs, by name.
    row
        Row in the file or table, counted from 1 as a person would; None if it is not about a row.
    where
        File, table or column the finding is about.
    severity
        Note, warning or error.
    """

    code: Code
    facts: Mapping[str, Fact] = field(default_factory=dict)
    row: int | None = None
    where: str = ""
    severity: Severity = Severity.ERROR

    def as_dict(self) -> dict[str, object]:
        """The one shape in which findings leave the house, without the sentence."""
        return {
            "code": str(self.code),
            "severity": str(self.severity),
            "where": self.where,
            "row": self.row,
            "facts": dict(self.facts),
        }


class CannotCompute(Exception):
    """The question has no honest answer; the finding says why and what would cure it."""

    def __init__(self, finding: Finding, *, because: tuple[Finding, ...] = ()) -> None:
        super().__init__(str(finding.code), dict(finding.facts))
        self.finding = finding
        self.because = because
        """What the finding stands on, where one sentence cannot say it: demands that exclude each other, for example."""
