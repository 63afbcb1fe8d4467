"""Every address is tried by every role: a new one without a rule fails, and so does one that lets in too many or too few."""

from __future__ import annotations

import tomllib
from copy import deepcopy
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import transaction

from citytandem.web.accounts.models import Kind, Organisation, Role
from tests.web.walk import all_places

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

RULES = {rule: frozenset(names) for rule, names in tomllib.loads((Path(__file__).parent / "role_rules.toml").read_text()).items()}
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
    browser = browser_of(persons[role])
    browser.raise_request_exception = False
    wrong = {}
    for rule, names in RULES.items():
        for name in sorted(names & places.keys() - (COSTLY if role not in {"anonymous", "member elsewhere"} else set())):
            address = places[name].fill({"organisation": organisations["network" if rule == "coordinators" else "city"]})
            answer = _ask(browser, address, method=method)
            if answer not in _allowed(_rule_for(rule, method), role):
                wrong[f"{rule}: {method.upper()} {places[name].route} ({name})"] = answer

    assert wrong == {}


def _ask(browser, address: str, *, method: str) -> str:
    """What somebody is told at an address, in one word; whatever they changed is taken back, were it their session."""
    cache.clear()  # nobody is held up here for having asked too often
    cookies = deepcopy(browser.cookies)
    with transaction.atomic():
        answer = getattr(browser, method)(address)
        answer.close()
        transaction.set_rollback(True)
    browser.cookies = cookies
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
