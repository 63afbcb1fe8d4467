"""Every address is tried by every role: a new one without a rule fails, and so does one that lets in too many or too few."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import transaction

from citytandem.web.accounts.models import Kind, Organisation, Role
from tests.web.walk import all_places

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

RULES: dict[str, frozenset[str]] = {
    # anyone, without a cookie; what they show of an unpublished draft is tried in test_balances
    "public": frozenset(
        {
            "pilot_programmes",
            "pilot_find_certificate",
            "pilot_certificate",
            "pilot_certificate_pdf",
            "pilot_programme",
            "pilot_portfolio",
            "pilot_portfolio_csv",
            "pilot_public_city",
            "regions",
            "region",
            "region_sheet",
            "region_briefing",
            "lessons",
            "lessons_csv",
            "lesson_case",
            "lesson_topics",
            "lesson_topics_of",
            "lesson_topics_csv",
            "public_checklist",
            "home",
            "city",
            "section",
            "figure",
            "figure_file",
            "briefing",
            "package",
            "cities",
            "city_suggestions",
            "health",
            "readiness",
            "metrics",
            "privacy",
            "erased",
            "invitation",
            "open_invitation",
            "method",
            "method_page",
            "method_item",
            "method_sheet",
            "method_item_sheet",
            "measure",
            "peers",
            "board",
            "board_listing",
            "compare",
            "networks",
            "network",
            "network_members",
            "interface",
            "events",
            "event",
            "open_guest",
            "public_outcome",
            "agenda",
            "agenda_embedded",
            "agenda_schedule",
            "agenda_calendar",
            "agenda_session",
            "agenda_session_calendar",
            "tour",
            "tour_calendar",
            "tour_csv",
            "frameworks",
            "framework",
            "framework_form",
            "framework_tables",
            "assessment",
            "assessment_pdf",
            "personal_calendar",
            "programmes",
            "programme",
            "buildings",
            "buildings_csv",
            "building_template",
            "building",
            "building_csv",
            "building_pdf",
        }
    ),
    # the interface for programs: open without a token, and a session changes nothing
    "open_to_programs": frozenset(
        {
            "api:api-root",
            "api:openapi-json",
            "api:list_cities",
            "api:show_city",
            "api:list_balances",
            "api:list_lines",
            "api:list_stages",
            "api:show_balance",
            "api:show_bridge",
            "api:show_benchmark",
            "api:show_advice",
            "api:show_partners",
            "api:show_estimate",
            "api:show_gate",
            "api:list_frameworks",
            "api:show_framework",
            "api:show_assessment",
            "api:list_regions",
            "api:show_region",
            "api:list_series",
            "api:show_analogues",
            "api:list_buildings",
            "api:show_building",
            "api:compare_building",
            "api:list_climate_zones",
            "api:list_cases",
            "api:list_assessments",
            "api:list_pilots",
            "api:show_pilot",
            "api:show_certificate",
            "api:list_releases",
            "api:show_release",
            "api:read_parquet",
            "api:read_csv",
            "api:list_sources",
            "api:list_measures",
            "api:list_methods",
            "api:list_powers",
            "api:list_networks",
            "api:list_codes",
            "api:list_events",
            "api:show_agenda",
        }
    ),
    # pages of the library that signs people in; tried in test_accounts_sign_in
    "signing_in": frozenset(
        {
            "account_login",
            "account_logout",
            "account_signup",
            "account_inactive",
            "account_email_verification_sent",
            "account_confirm_email",
            "account_reset_password",
            "account_reset_password_done",
            "account_reset_password_from_key",
            "account_reset_password_from_key_done",
            "account_confirm_login_code",
            "mfa_authenticate",
            "mfa_login_webauthn",
        }
    ),
    # whoever is signed in, about themselves
    "signed_in": frozenset(
        {
            "workspace",
            "reminders",
            "me",
            "sign_out_elsewhere",
            "export_me",
            "erase_me",
            "account_change_password",
            "account_set_password",
            "account_email",
            "account_reauthenticate",
            "mfa_index",
            "mfa_activate_totp",
            "mfa_deactivate_totp",
            "mfa_reauthenticate",
            "mfa_view_recovery_codes",
            "mfa_download_recovery_codes",
            "mfa_generate_recovery_codes",
            "mfa_list_webauthn",
            "mfa_add_webauthn",
            "mfa_remove_webauthn",
            "mfa_edit_webauthn",
            "mfa_reauthenticate_webauthn",
            "tokens",
            "make_token",
            "answer_listing",
            "report_listing",
            "revoke_token",
            "event_register",
        }
    ),
    # people of the organisation in the address, from this role on
    "viewers": frozenset(
        {
            "pilots_mine",
            "pilot_room",
            "pilot_office_portfolio",
            "pilot_city",
            "pilot_evidence",
            "lessons_room",
            "team_case",
            "lesson_round_result",
            "checklist",
            "checklist_pdf",
            "desk",
            "organisation",
            "leave_organisation",
            "balances",
            "balance_set",
            "balance_progress",
            "balance_rows",
            "balance_totals",
            "balance_compare",
            "balance_download",
            "balance_mapping_toml",
            "balance_saved_mapping",
            "profile",
            "profile_powers",
            "profile_targets",
            "profile_versions",
            "profile_version",
            "replies",
            "listings",
            "fitting_offers",
            "ties",
            "tie",
            "event_room",
            "event_desk",
            "agenda_room",
            "agenda_sessions",
            "agenda_meetings",
            "agenda_plan",
            "agenda_progress",
            "agenda_compare",
            "agenda_paper",
            "tour_room",
            "tour_tables",
            "tour_plan",
            "tour_progress",
            "event_travel",
            "tandem_agreement",
            "tandem_agreement_pdf",
            "tandem_work",
            "tandem_minutes_pdf",
            "tandem_learning",
            "tandem_answer_learning",
            "tandem_plans",
            "tandem_plan_pdf",
            "tandem_outcome",
            "assessments",
            "own_frameworks",
            "own_framework",
            "own_framework_file",
            "assessment_room",
            "applications",
            "tandems",
            "tandem_room",
            "own_buildings",
            "own_building",
            "own_building_pdf",
            "own_building_tables",
            "own_building_versions",
            "own_building_version",
        }
    ),
    "editors": frozenset(
        {
            "pilot_begin",
            "pilot_edit",
            "pilot_new_stage",
            "pilot_stage",
            "pilot_remove_stage",
            "pilot_new_city",
            "pilot_edit_city",
            "pilot_remove_city",
            "pilot_move_stage",
            "pilot_assess",
            "pilot_answer_finding",
            "pilot_close_finding",
            "pilot_new_row",
            "pilot_row",
            "pilot_remove_row",
            "pilot_send_evidence",
            "pilot_take_back",
            "pilot_lesson",
            "new_case",
            "write_case",
            "remove_case",
            "new_topic",
            "write_topic",
            "remove_topic",
            "new_round",
            "lesson_round",
            "write_round",
            "remove_round",
            "new_lesson_interview",
            "lesson_interview",
            "write_lesson_interview",
            "withdraw_lesson_consent",
            "new_lesson_statement",
            "lesson_statement",
            "remove_lesson_statement",
            "lesson_take_seat",
            "lesson_code",
            "lesson_differences",
            "new_checklist",
            "write_checklist",
            "remove_checklist",
            "balance_new",
            "balance_forget_mapping",
            "balance_mapping",
            "balance_keep_mapping",
            "balance_cell",
            "balance_again",
            "balance_check",
            "profile_save",
            "profile_power",
            "profile_drop_power",
            "profile_new_target",
            "profile_target",
            "profile_drop_target",
            "new_listing",
            "listing",
            "new_tie",
            "change_tie",
            "end_tie",
            "new_tie_entry",
            "tie_entry",
            "event_new",
            "plan_delegation",
            "event_edit",
            "agenda_rooms",
            "agenda_room_of",
            "agenda_slots",
            "agenda_session_new",
            "agenda_session_of",
            "agenda_outline",
            "agenda_import",
            "agenda_people",
            "agenda_speaker",
            "agenda_suggest",
            "agenda_drop",
            "agenda_ask",
            "agenda_move",
            "agenda_lock",
            "agenda_replan",
            "tour_sites",
            "tour_site",
            "tour_days",
            "tour_legs",
            "tour_wishes",
            "tour_import",
            "tour_example",
            "tour_drop",
            "tour_ask",
            "event_outline",
            "event_item_move",
            "event_guests",
            "event_invite",
            "event_guests_csv",
            "event_guest",
            "event_guest_decide",
            "event_shares",
            "event_attendance",
            "event_answers",
            "event_answers_csv",
            "event_budget",
            "event_line_drop",
            "event_tasks",
            "event_task_settle",
            "event_letters",
            "event_letter",
            "event_paper",
            "event_guest_paper",
            "new_assessment",
            "bring_framework",
            "retire_framework",
            "assessment_invite",
            "assessment_close",
            "assessment_withdraw",
            "assessment_open_again",
            "tandem_new_agreement",
            "tandem_write_agreement",
            "tandem_move_agreement",
            "tandem_new_row",
            "tandem_row",
            "tandem_remove_row",
            "tandem_plan",
            "move_application",
            "own_buildings_bring",
            "own_building_bring",
            "own_building_record",
            "own_building_add",
            "own_building_row",
            "own_building_drop",
            "own_building_restore",
        }
    ),
    "publishers": frozenset(
        {
            "pilot_move_programme",
            "pilot_decide",
            "pilot_withdraw",
            "move_case",
            "move_round",
            "forget_lesson_interview",
            "lesson_code_anew",
            "move_checklist",
            "balance_publish",
            "balance_withdraw",
            "balance_restore",
            "balance_sight",
            "balance_erase",
            "profile_withdraw",
            "profile_restore",
            "reply",
            "withdraw_reply",
            "move_listing",
            "reply_to_hiding",
            "answer_membership",
            "event_move",
            "agenda_publish",
            "tour_publish",
            "tandem_sign",
            "tandem_adopt_plan",
            "answer_tandem",
            "show_tandem",
            "own_building_publish",
            "own_building_withdraw",
            "own_building_erase",
        }
    ),
    "admins": frozenset(
        {
            "balance_rule",
            "invite_person",
            "withdraw",
            "give_role",
            "remove_person",
            "describe_organisation",
            "audit",
            "audit_csv",
        }
    ),
    # the page for everyone inside, its form from this role on
    "viewers_read_editors_change": frozenset({"profile_field", "profile_measure", "application"}),
    "viewers_read_publishers_change": frozenset({"profile_publish"}),
    # the same rules with a network in the address
    "coordinators": frozenset(
        {
            "network_room",
            "network_ties",
            "registry_members",
            "registry_parts",
            "registry_export",
            "registry_import",
            "show_registry",
            "new_registry_member",
            "registry_member",
            "new_registry_part",
            "registry_part",
            "drop_registry_part",
            "programme_report",
            "programme_report_pdf",
            "programme_report_csv",
            "network_programmes",
            "new_programme",
            "programme_room",
            "edit_programme",
            "move_programme",
            "room_applications",
            "let_in_all",
            "room_application",
            "move_tandem",
            "studio",
            "studio_rule",
            "drop_studio_rule",
            "studio_run",
            "studio_progress",
            "studio_move",
            "studio_again",
            "studio_propose",
        }
    ),
    # the person a registration is about, by account or by personal link; for everybody else it is not there
    "guests": frozenset(
        {
            "seat",
            "seat_part",
            "seat_withdraw",
            "seat_data",
            "seat_erase",
            "seat_follow",
            "seat_paper",
            "my_agenda",
            "my_wishes",
            "my_meetings",
            "answer_meeting",
            "open_feed",
            "close_feed",
            "my_calendar",
            "my_paper",
            "my_tour_paper",
        }
    ),
    # who is asked to judge, who runs the assessment, and the city; for everybody else it is not there
    "assessors": frozenset(
        {
            "assessor_form",
            "assessor_part",
            "assessor_bring",
            "assessor_empty",
            "assessor_hand_in",
            "assessor_file",
            "assessment_differences",
            "assessment_finish",
            "assessment_evidence",
            "assessment_reply",
            "assessment_end_replies",
            "assessment_answer",
            "assessment_reply_file",
            "assessment_consent",
        }
    ),
    # who keeps the board free of advertising
    "moderators": frozenset({"listing_reports", "moderate_listing"}),
    # whoever runs the site
    "operator": frozenset({"organisations", "open_organisation", "invite_first"}),
    # programs with a token; a session opens nothing there; tried in test_api
    "tokens": frozenset({"api:bring_balance", "api:show_draft"}),
}
COSTLY = {
    "briefing",
    "region_briefing",
    "package",
    "city",
    "figure",
    "figure_file",
    "peers",
    "section",
    "api:show_balance",
    "api:show_bridge",
    "api:show_benchmark",
    "api:show_advice",
    "api:show_partners",
    "api:show_estimate",
    "api:show_gate",
    "api:read_csv",
    "api:read_parquet",
}
"""Public addresses that take seconds to answer: what they say does not hang on the role, so two roles try them."""
LADDER = ("viewers", "editors", "publishers", "admins")
ROLES = ("anonymous", "member elsewhere", "viewer", "editor", "publisher", "admin", "coordinator", "operator")
OWN = {"viewer": 0, "editor": 1, "publisher": 2, "admin": 3}


@pytest.fixture
def people(heidelberg, person):
    """One person of each role; the coordinator's network and the other city are organisations of their own."""
    other = Organisation.objects.create(kind=Kind.CITY, name="Aarhus (invented team)", city="DK-0751", is_invented=True)
    network = Organisation.objects.create(kind=Kind.NETWORK, name="Network (invented)", network="demo", is_invented=True)
    found = {"anonymous": None, "member elsewhere": person(Role.ADMIN, other, email="elsewhere@example.org")}
    found |= {str(role): person(role, heidelberg) for role in (Role.VIEWER, Role.EDITOR, Role.PUBLISHER, Role.ADMIN)}
    found |= {
        "coordinator": person(Role.COORDINATOR, network),
        "operator": person(email="operator@example.org", is_operator=True),
    }
    return found, {"city": heidelberg.pk, "network": network.pk}


def test_every_address_has_a_rule():
    assert sorted(all_places().keys() - frozenset().union(*RULES.values())) == []


def test_every_rule_is_about_an_address_that_is_there():
    assert sorted(frozenset().union(*RULES.values()) - all_places().keys()) == []


def test_no_address_has_two_rules():
    assert sum(len(names) for names in RULES.values()) == len(frozenset().union(*RULES.values()))


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_address_lets_in_whom_its_rule_says(people, browser_of, role, method):
    persons, organisations = people
    places = all_places()
    wrong = {}
    for rule, names in RULES.items():
        for name in sorted(names & places.keys() - (COSTLY if role not in {"anonymous", "member elsewhere"} else set())):
            address = places[name].fill({"organisation": organisations["network" if rule == "coordinators" else "city"]})
            answer = _ask(browser_of, persons[role], address, method=method)
            if answer not in _allowed(_rule_for(rule, method), role):
                wrong[f"{rule}: {method.upper()} {places[name].route} ({name})"] = answer

    assert wrong == {}


def _ask(browser_of, user, address: str, *, method: str) -> str:
    """What somebody is told at an address, in one word; whatever they changed is taken back."""
    cache.clear()  # nobody is held up here for having asked too often
    with transaction.atomic():
        browser = browser_of(user)
        browser.raise_request_exception = False
        answer = getattr(browser, method)(address)
        answer.close()
        transaction.set_rollback(True)
    if answer.status_code == 302 and "/account/login/" in answer["Location"]:
        return "sign in"
    return {401: "sign in", 403: "no right", 404: "not there", 405: "not this way"}.get(
        answer.status_code, "in" if answer.status_code < 500 else f"broken: {answer.status_code}"
    )


def _rule_for(rule: str, method: str) -> str:
    """The rule that holds for reading or for changing."""
    if "_read_" not in rule:
        return rule
    readers, changers = rule.removesuffix("_change").split("_read_")
    return readers if method == "get" else changers


def _allowed(rule: str, role: str) -> set[str]:
    """What a role may be told under a rule. The thing of the sample may not be there for those who may see it;
    an address that only takes a form may say so to everybody, as that tells nothing."""
    inside, outside = {"in", "not there", "not this way"}, {"not there", "not this way"}
    for_all = {
        "public": inside,
        "open_to_programs": inside,
        "signing_in": {*inside, "sign in"},
        "tokens": {"sign in", "not this way"},
    }
    if rule in for_all:
        return for_all[rule]
    if rule == "guests":
        return outside
    if role == "anonymous":
        return {"sign in", "not this way"}
    if rule in LADDER and role in OWN:
        return inside if OWN[role] >= LADDER.index(rule) else {"no right", "not this way"}
    let_in = {
        "signed_in": set(ROLES),
        "operator": {"operator"},
        "coordinators": {"coordinator"},
        "moderators": {"coordinator", "operator"},
    }
    return inside if role in let_in.get(rule, set()) else outside
