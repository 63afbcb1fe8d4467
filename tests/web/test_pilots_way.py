"""The way of a pilot city: stages, evidence, findings, assessment, decision, certificate; each change leaves its entry."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from citytandem.web.accounts.models import AuditEntry, Role
from citytandem.web.agreements.actions import ChangedMeanwhile, NotAllowedNow
from citytandem.web.assessments.settling import agree_to_publish
from citytandem.web.pilots import storage
from citytandem.web.pilots.actions import answer_finding, close_finding, keep, move_stage, remove
from citytandem.web.pilots.deciding import decide, withdraw
from citytandem.web.pilots.desk import remind_city, remind_office
from citytandem.web.pilots.judging import find_hindrances
from citytandem.web.pilots.models import Certificate, Evidence, PilotCity, PilotProgramme
from citytandem.web.pilots.queries import next_stage, state_of
from tests.web.pilots import judge, make_finding, make_milestone, make_office, make_pilot, make_programme, make_team, today

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
PDF = b"%PDF-1.7\n% a plan (invented)\n"


@pytest.fixture
def office(db):
    return make_office()


@pytest.fixture
def chief(person, office):
    return person(Role.PUBLISHER, office, email="chief@example.org")


@pytest.fixture
def assessors(person):
    return person(email="first@example.org"), person(email="second@example.org")


@pytest.fixture
def team(db):
    return make_team()


@pytest.fixture
def officer(person, team):
    return person(Role.PUBLISHER, team, email="officer@example.org")


@pytest.fixture
def programme(office, chief):
    return make_programme(office, chief)


@pytest.fixture
def pilot(programme, chief, team):
    return make_pilot(programme, chief, organisation=team)


def _certify(pilot, chief, **more):
    return decide(
        pilot, user=chief, organisation=pilot.programme.organisation, outcome="certify", reasons="Alles gezeigt.",
        on=today(), level=3, **more,
    ).certificate  # fmt: skip


def test_a_city_that_is_taken_in_stands_in_the_first_stage_and_keeps_its_history(pilot, chief, office):
    stages = list(pilot.programme.stages.all())
    moved = move_stage(pilot, stage=stages[1], on=today(), user=chief, organisation=office)

    assert pilot.stage == stages[0]
    assert [step.stage for step in moved.steps.all()] == stages[:2]
    assert next_stage(moved) == stages[2]


def test_a_stage_of_another_programme_cannot_be_reached(pilot, chief, office):
    other = make_programme(office, chief, title="Andere (erfunden)")

    with pytest.raises(NotAllowedNow):
        move_stage(pilot, stage=other.stages.first(), on=today(), user=chief, organisation=office)


def test_two_people_who_change_the_same_milestone_do_not_overwrite_each_other(pilot, chief, office):
    own = make_milestone(pilot, chief)
    keep(own, user=chief, organisation=office, version=1, values={"title": "Neu"})

    with pytest.raises(ChangedMeanwhile):
        keep(own, user=chief, organisation=office, version=1, values={"title": "Anders"})


def test_a_city_sends_a_file_that_only_it_and_the_office_can_open(pilot, officer, chief, person, browser_of, tmp_path, settings):
    settings.HOME = tmp_path
    make_milestone(pilot, chief)
    stranger = person(Role.ADMIN, make_team("DK-0751", name="Aarhus (invented team)"), email="stranger@example.org")
    here = [pilot.organisation_id, pilot.programme_id, pilot.pk]
    file = SimpleUploadedFile("plan.pdf", PDF)
    told = {"version": 0, "file": file, "title": "Plan", "milestone": pilot.milestones.get().pk, "criterion": "co2_2030"}
    answer = browser_of(officer).post(reverse("pilot_send_evidence", args=here), told)
    own = Evidence.objects.get()
    theirs = browser_of(chief).get(
        reverse("pilot_evidence", args=[pilot.programme.organisation_id, pilot.programme_id, pilot.pk, own.pk])
    )
    strange = stranger.memberships.get().organisation_id

    assert answer.status_code == 302
    assert (own.kind, own.size, own.milestone.title, own.sent_by) == ("pdf", len(PDF), "Leitbild beschlossen", officer)
    assert theirs.content == PDF
    assert "attachment" in theirs["Content-Disposition"]
    assert browser_of(stranger).get(
        reverse("pilot_evidence", args=[strange, pilot.programme_id, pilot.pk, own.pk])
    ).status_code == 404  # fmt: skip
    assert browser_of(None).get(reverse("pilot_evidence", args=[*here, own.pk])).status_code == 302


@pytest.mark.parametrize(
    ("name", "raw"),
    [("page.html", b"<script>"), ("plan.pdf", b"<html>"), ("run.exe", b"MZ"), ("list.csv", b"\x00\x01"), ("empty.pdf", b"")],
)
def test_a_file_that_is_not_what_it_says_is_refused(pilot, officer, browser_of, name, raw):
    here = [pilot.organisation_id, pilot.programme_id, pilot.pk]
    told = {"version": 0, "file": SimpleUploadedFile(name, raw)}
    answer = browser_of(officer).post(reverse("pilot_send_evidence", args=here), told)

    assert answer.status_code == 422
    assert not Evidence.objects.exists()


def test_a_file_that_was_changed_on_the_disk_is_not_handed_out(tmp_path, settings):
    settings.HOME = tmp_path
    sha256 = storage.keep_file(PDF)
    storage.file_path(sha256).write_bytes(b"something else")

    assert storage.read_file(sha256) is None


def test_evidence_is_taken_back_by_who_sent_it_alone(pilot, officer, chief, browser_of, tmp_path, settings):
    settings.HOME = tmp_path
    here = [pilot.organisation_id, pilot.programme_id, pilot.pk]
    browser_of(officer).post(reverse("pilot_send_evidence", args=here), {"version": 0, "file": SimpleUploadedFile("a.pdf", PDF)})
    own = Evidence.objects.get()
    browser_of(chief).post(
        reverse("pilot_take_back", args=[pilot.programme.organisation_id, pilot.programme_id, pilot.pk, own.pk])
    )
    own.refresh_from_db()
    still = own.taken_back
    browser_of(officer).post(reverse("pilot_take_back", args=[*here, own.pk]))
    own.refresh_from_db()

    assert still is None
    assert own.taken_back is not None
    assert browser_of(officer).get(reverse("pilot_evidence", args=[*here, own.pk])).status_code == 404


def test_a_grave_finding_stands_in_the_way_until_the_office_settles_it(pilot, chief, officer, office, team):
    finding = make_finding(pilot, chief)
    hindered = find_hindrances(pilot)
    with pytest.raises(NotAllowedNow):
        _certify(pilot, chief)
    said = answer_finding(finding, user=officer, organisation=team, version=1, answer="Basisjahr 2015.", on=today())
    close_finding(said, user=chief, organisation=office, version=2, because="Beschluss gesehen.", on=today())

    assert hindered == ["major_open"]
    assert find_hindrances(pilot) == []


def test_a_city_answers_but_does_not_settle_and_an_office_settles_but_does_not_answer(pilot, chief, officer, browser_of):
    finding = make_finding(pilot, chief)
    city = [pilot.organisation_id, pilot.programme_id, pilot.pk, finding.pk]
    office = [pilot.programme.organisation_id, *city[1:]]
    told = {"version": 1, "answer": "Ja.", "because": "Ja."}
    settled = browser_of(officer).post(reverse("pilot_close_finding", args=city), told)
    answered = browser_of(chief).post(reverse("pilot_answer_finding", args=office), told)
    finding.refresh_from_db()

    assert (settled.status_code, answered.status_code) == (403, 403)
    assert (finding.closed, finding.answered) == (None, None)


def test_nobody_is_certified_while_the_city_may_still_reply(pilot, chief, assessors):
    judge(pilot, by=chief, assessors=assessors, settled=False)

    assert find_hindrances(pilot) == ["not_settled"]
    with pytest.raises(NotAllowedNow):
        _certify(pilot, chief)


def test_nothing_makes_up_for_a_knock_out_criterion(pilot, chief, assessors):
    judge(pilot, by=chief, assessors=assessors, level=1)

    assert find_hindrances(pilot) == ["knock_out_failed"]


def test_a_decision_gives_a_certificate_with_a_number_that_can_be_looked_up(pilot, chief, assessors, browser_of):
    judge(pilot, by=chief, assessors=assessors)
    own = _certify(pilot, chief)
    page = browser_of(None).get(f"/de/pilots/certificates/{own.number}/")
    found = browser_of(None).get("/de/pilots/certificates/", {"number": f" {own.number.lower()} "})
    mistyped = browser_of(None).get("/en/pilots/certificates/", {"number": f"9{own.number[1:]}"})

    assert own.valid_until.year == own.valid_from.year + 2
    assert own.number in page.content.decode()
    assert found.url.endswith(f"/{own.number}/")
    assert "cannot be right" in mistyped.content.decode()


def test_a_second_certificate_of_a_year_gets_the_next_number(pilot, chief, programme):
    other = make_pilot(programme, chief, city="CN-G9072919")
    first, second = _certify(pilot, chief), _certify(other, chief)

    assert first.number != second.number
    assert first.number[:12] < second.number[:12]


@pytest.mark.parametrize("language", ["en", "de", "zh-hans", "ja", "da"])
def test_a_certificate_is_printed_in_every_language(pilot, chief, browser_of, language):
    own = _certify(pilot, chief, conditions="Jedes Jahr eine Bilanz.")
    answer = browser_of(None).get(f"/{language}/pilots/certificates/{own.number}/pdf/")

    assert answer.content[:5] == b"%PDF-"


def test_a_withdrawn_certificate_stays_and_says_so(pilot, chief, office, browser_of):
    own = _certify(pilot, chief)
    withdraw(own, user=chief, organisation=office, version=1, because="Die Bilanz war falsch.", on=today())
    page = browser_of(None).get(f"/en/pilots/certificates/{own.number}/").content.decode()

    assert "It holds no more" in page
    assert "Die Bilanz war falsch." in page
    with pytest.raises(NotAllowedNow):
        withdraw(own, user=chief, organisation=office, version=2, because="Noch einmal.", on=today())


@pytest.mark.parametrize(
    ("begins", "ends", "withdrawn", "state"),
    [
        (-10, 10, None, "valid"),
        (1, 10, None, "later"),
        (-10, -1, None, "expired"),
        (-10, 10, -1, "withdrawn"),
        (-10, 0, None, "valid"),
    ],
)
def test_how_a_certificate_stands_is_told_by_its_days(begins, ends, withdrawn, state):
    def day(days):
        return None if days is None else today() + dt.timedelta(days=days)

    own = Certificate(valid_from=day(begins), valid_until=day(ends), withdrawn=day(withdrawn))

    assert state_of(own, on=today()) == state


def test_a_city_is_reminded_of_what_is_due_and_the_office_of_what_is_late(pilot, chief, team, office):
    make_milestone(pilot, chief, due=today() - dt.timedelta(days=3))
    make_finding(pilot, chief)
    _certificate = Certificate.objects.create(
        pilot=pilot, decision=decide(pilot, user=chief, organisation=office, outcome="not_yet", reasons="–", on=today()),
        number="001-2020-001-X", issued=today(), valid_from=today() - dt.timedelta(days=700),
        valid_until=today() + dt.timedelta(days=30),
    )  # fmt: skip
    mine = [item.title for item in remind_city(team, on=today())]
    theirs = [item.title for item in remind_office(office, on=today())]

    assert len(mine) == 3
    assert any("Leitbild beschlossen" in title for title in mine)
    assert any("001-2020-001-X" in title for title in theirs)
    assert any("late" in title for title in theirs)


def test_a_city_with_decisions_is_not_taken_away(pilot, chief, office):
    decide(pilot, user=chief, organisation=office, outcome="not_yet", reasons="Noch nicht.", on=today())
    pilot.refresh_from_db()

    with pytest.raises(NotAllowedNow):
        remove(pilot, user=chief, organisation=office, version=pilot.version)
    assert PilotCity.objects.filter(pk=pilot.pk).exists()


def test_the_record_names_what_was_done_and_no_contact(programme, chief, office):
    make_pilot(programme, chief, contact_name="Erfundene Person", contact_email="person@example.org")
    entries = AuditEntry.objects.filter(action__startswith="pilot.")

    assert {"pilot.pilotprogramme_kept", "pilot.pilotcity_kept", "pilot.stage_reached"} <= {one.action for one in entries}
    assert not any("Erfundene Person" in str(one.after) or "person@example.org" in str(one.after) for one in entries)


def test_a_result_is_public_only_where_office_and_city_agreed(pilot, chief, officer, assessors, browser_of):
    own = judge(pilot, by=chief, assessors=assessors)
    before = browser_of(None).get(f"/en/pilots/{pilot.programme_id}/portfolio/csv/").content.decode()
    room = reverse("pilot_office_portfolio", args=[pilot.programme.organisation_id, pilot.programme_id])
    inside = browser_of(chief).get(room).content.decode()
    agree_to_publish(assessment=own, by=chief, as_city=False)
    agree_to_publish(assessment=own, by=officer, as_city=True)
    after = browser_of(None).get(f"/en/pilots/{pilot.programme_id}/portfolio/csv/").content.decode()

    assert len(before.splitlines()) == 1
    assert "3.0 (3.0 to 3.0)" in inside
    assert "Yixing" in after


def test_a_draft_is_seen_by_its_office_alone(office, chief, officer, team, browser_of):
    draft = make_programme(office, chief, step=None)
    pilot = make_pilot(draft, chief, organisation=team)

    assert browser_of(None).get(f"/en/pilots/{draft.pk}/").status_code == 404
    assert browser_of(officer).get(reverse("pilot_city", args=[team.pk, draft.pk, pilot.pk])).status_code == 404
    assert browser_of(chief).get(reverse("pilot_city", args=[office.pk, draft.pk, pilot.pk])).status_code == 200
    assert PilotProgramme.objects.get().state == "draft"
