"""The matching studio on real cities: a proven answer, moves by hand with their price, least change, proposals."""

import pytest
from django.core import mail

from citytandem.web.accounts.models import AuditEntry, Role
from citytandem.web.programmes.models import MatchRun, Stage, Tandem
from citytandem.web.programmes.results import open_matched
from citytandem.web.programmes.runs import price_move
from tests.web.programmes import CITIES, fill_call, make_call, make_network, make_team

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
AS_PROPOSED = {f"weight_{name}": "as_proposed" for name in ("mutual", "surplus", "possible", "wish", "tie", "language", "hour")}
SETTINGS = {
    "form": "tandem", "size_low": "3", "size_high": "5", "countries": "any", "ties_first": "on", "everyone": "on", **AS_PROPOSED,
}  # fmt: skip


@pytest.fixture
def studio(person, browser_of):
    """A closed call with twelve real cities, the coordinator's browser, and the address of the studio."""
    network = make_network()
    programme = make_call(network)
    applications = fill_call(programme)
    browser = browser_of(person(Role.COORDINATOR, network, name="Kim Sample"))
    return programme, applications, browser, f"/de/workspace/{network.pk}/programmes/{programme.pk}/studio/"


def pairs_of(run: MatchRun) -> set[frozenset[str]]:
    frame = run.result["frames"]["pairs"]
    return {frozenset(pair) for pair in zip(frame["participant"], frame["other"], strict=True)}


def test_twelve_cities_are_paired_with_proof_and_reasons(studio):
    programme, _, browser, address = studio
    answer = browser.post(address, SETTINGS, follow=True)
    run = programme.runs.get()
    page = answer.content.decode()

    assert run.stage == Stage.DONE, run.result
    assert run.result["proof"] == "duals"
    assert run.result["value"] == run.result["bound"]
    assert len(pairs_of(run)) == 6
    assert set(run.result["cards"]) == {":".join(sorted(pair)) for pair in pairs_of(run)}
    assert run.release_sha256
    assert "Heidelberg" in page
    assert answer.status_code == 200
