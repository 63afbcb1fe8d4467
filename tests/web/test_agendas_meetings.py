"""Who should meet whom comes from the matching: tandems, and others who could learn from each other, with the reasons."""

import pytest
from django.urls import reverse

from citytandem.web.accounts.models import Role
from citytandem.web.agendas.bringing import suggest_meetings
from citytandem.web.agendas.models import MeetingRequest, Origin
from citytandem.web.programmes.acquaintances import MOST_EACH
from citytandem.web.programmes.models import PairRule
from citytandem.web.programmes.runs import run_now_or_later, start_run
from tests.web.agenda_event import make_event, make_guest
from tests.web.programmes import CITIES, fill_call, make_call, make_network

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def meeting(person, request):
    """Six cities in a programme that was matched, two guests of each at its event, and the organisers."""
    network = make_network()
    programme = make_call(network)
    applications = fill_call(programme, CITIES[:6])
    one, other = applications[:2]
    PairRule.objects.create(programme=programme, one=one, other=other, kind="ban", reason="not these")
    run = start_run(user=None, programme=programme, asked={"rules": [[str(one.pk), str(other.pk), "ban"]]})
    run_now_or_later(run)
    event = make_event(network, programme=programme)
    for number, own in enumerate(applications):
        for turn in range(2):
            make_guest(event, f"Guest {number}-{turn}", organisation=own.organisation, organisation_name=own.organisation.name)
    run.refresh_from_db()
    return event, run, person(Role.COORDINATOR, network), (one, other)


def test_guests_who_could_learn_from_each_other_are_paired_with_reasons(meeting, browser_of):
    event, run, user, _ = meeting
    count = suggest_meetings(user=user, event=event)
    page = browser_of(user).get(reverse("agenda_meetings", args=[event.organisation_id, event.pk])).content.decode()
    told = list(MeetingRequest.objects.filter(event=event).select_related("one", "other"))

    assert run.result["acquaintances"], run.result
    assert count == len(told) == 2 * len(run.result["acquaintances"])
    assert {one.origin for one in told} == {Origin.MATCHING}
    assert all(1 <= one.worth < 8 and one.one.organisation_id != one.other.organisation_id for one in told)
    assert {one.one_says for one in told} == {"open"}
    assert "Why " in page
    assert "could learn" in page or "learn" in page
    assert suggest_meetings(user=user, event=event) == 0


def test_nobody_is_in_too_many_pairs_and_bans_are_kept(meeting):
    event, run, user, banned = meeting
    suggest_meetings(user=user, event=event)
    pairs = [{row["card"]["participant"], row["card"]["other"]} for row in run.result["acquaintances"]]
    matched = run.result["frames"]["pairs"]
    together = [set(pair) for pair in zip(matched["participant"], matched["other"], strict=True)]

    assert {str(one.pk) for one in banned} not in pairs
    assert not [pair for pair in pairs if pair in together]
    assert max(sum(key in pair for pair in pairs) for key in set.union(*pairs)) <= MOST_EACH


def test_a_guest_reads_why_and_nobody_elses_reasons(meeting, browser_of, person):
    event, _, user, _ = meeting
    suggest_meetings(user=user, event=event)
    one = MeetingRequest.objects.filter(event=event).select_related("one__organisation", "other__organisation").first()
    guest = person(Role.VIEWER, one.one.organisation)
    one.one.user = guest
    one.one.save()
    page = browser_of(guest).get(reverse("my_meetings", args=[one.one.pk])).content.decode()

    assert one.other.name in page
    assert "Why " in page
    assert "Wie geht das?" not in page
