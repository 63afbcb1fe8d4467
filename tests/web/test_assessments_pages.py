"""Every page of an assessment, as the people it concerns walk it, and closed to all others."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from citytandem.web.accounts.models import Role
from citytandem.web.assessments import actions, settling
from citytandem.web.assessments.models import Assessment, OwnFramework, State
from citytandem.web.assessments.queries import is_public
from tests.web.assessing import CITY, a_person, an_assessment, fill_in

pytestmark = [pytest.mark.django_db]
LOW, HIGH = {"organisation": 1, "guiding_principles": 3}, {"organisation": 3, "guiding_principles": 3}


def tables(version: str = "1", *, mark: str = "P") -> dict[str, bytes]:
    """An invented framework with one category and two criteria."""
    head = (
        b"framework,criterion,category,order,title,kind,role,threshold,weight_low,weight_high,weighing_mark,evidence,"
        b"applies_to,mark,source\n"
    )
    row = f"ours_1,{version},Our pilots (invented),objectives,en,true,{mark},us"
    return {
        "framework.csv": f"framework,version,title,kind,languages,complete,mark,source\n{row}\n".encode(),
        "category.csv": b"framework,category,order,title,mark,source\nours_1,heat,1,Heat,P,us\n",
        "criterion.csv": head
        + b"ours_1,plan,heat,1,Heat plan,question,knock_out,2,1,1,P,,city,P,us\n"
        + b"ours_1,grid,heat,2,Heat grid,question,compensating,,1,2,P,,city,P,us\n",
        "level.csv": b"framework,criterion,level,meaning,evidence,mark,source\n"
        + b"".join(f"ours_1,all,{level},step {level},,P,us\n".encode() for level in range(5)),
    }


def send(files: dict[str, bytes]) -> dict[str, list[SimpleUploadedFile]]:
    return {"tables": [SimpleUploadedFile(name, raw) for name, raw in files.items()]}


def test_every_shipped_framework_has_a_page_with_marks_and_files():
    browser = Client()
    page = browser.get(reverse("frameworks"))

    assert page.status_code == 200
    for key in (
        "activity_2026",
        "sino_german_2018",
        "rfsc_2016",
        "iso_37120_2018",
        "iso_37120_2014",
        "sdg_11_2015",
        "green_eco_district_2017",
    ):
        one = browser.get(reverse("framework", args=[key]))
        assert one.status_code == 200, key
        assert reverse("framework", args=[key]) in page.text
        assert 'class="mark"' in one.text
        assert browser.get(reverse("framework_form", args=[key, "csv"])).content.startswith(b"\xef\xbb\xbfcity,criterion,level")
        assert browser.get(reverse("framework_form", args=[key, "xlsx"])).content[:2] == b"PK"
    assert browser.get(reverse("framework_form", args=["sino_german_2018", "exe"])).status_code == 404
    assert browser.get(reverse("framework", args=["nothing"])).status_code == 404


def test_the_tables_of_a_shipped_framework_are_a_sound_framework_of_ones_own():
    raw = Client().get(reverse("framework_tables", args=["sino_german_2018"])).content
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}

    read = actions.check_files(files)

    assert read.criterion.height == 21
    assert read.criterion["threshold"].drop_nulls().len() == 4


def test_an_own_framework_is_read_kept_by_version_and_judged_by(heidelberg, person, browser_of):
    browser = browser_of(person(Role.EDITOR, heidelberg))
    place = reverse("bring_framework", args=[heidelberg.pk])

    assert browser.post(place, send(tables())).status_code == 302
    assert browser.post(place, send(tables())).status_code == 302
    assert OwnFramework.objects.count() == 1
    assert browser.post(place, send(tables(mark="K"))).status_code == 422
    assert browser.post(place, send(tables("2"))).status_code == 302

    own = OwnFramework.objects.get(version="1")
    shown = browser.get(reverse("own_framework", args=[heidelberg.pk, own.pk]))
    browser.post(reverse("new_assessment", args=[heidelberg.pk]), {"framework": f"own-{own.pk}", "city": "Heidelberg"})

    assert "Heat plan" in shown.text
    assert Assessment.objects.get().own_framework == own
    assert browser.get(reverse("own_framework_file", args=[heidelberg.pk, own.pk, "zip"])).status_code == 200
    assert browser.post(reverse("retire_framework", args=[heidelberg.pk, own.pk])).status_code == 302


def test_a_slip_in_a_framework_is_told_with_file_row_and_column(heidelberg, person, browser_of):
    files = tables()
    files["criterion.csv"] = files["criterion.csv"].replace(b",heat,2,Heat grid,question", b",heat,2,Heat grid,guess")
    answer = browser_of(person(Role.EDITOR, heidelberg)).post(reverse("bring_framework", args=[heidelberg.pk]), send(files))

    assert answer.status_code == 422
    assert "criterion.csv:3" in answer.text
    assert OwnFramework.objects.count() == 0


def test_an_assessor_fills_the_form_by_parts_with_a_private_file_and_hands_it_in(browser_of):
    made = an_assessment()
    seat, other = made.seats.all()
    browser = browser_of(seat.user)
    part = reverse("assessor_part", args=[seat.pk, "management"])
    shown = browser.get(part)
    paper = SimpleUploadedFile("plan.pdf", b"%PDF paper")
    kept = browser.post(part, {"level-0": "3", "file-0": paper, "level-1": "n", "next": "1"})

    assert shown.status_code == 200
    assert kept.status_code == 302
    assert {(one.level, one.applies, one.file_name) for one in seat.answers.all()} == {(3, True, "plan.pdf"), (None, False, "")}

    criterion = seat.answers.get(file_name="plan.pdf").criterion
    file = reverse("assessor_file", args=[seat.pk, criterion])

    assert browser.get(file).content == b"%PDF paper"
    assert browser_of(other.user).get(file).status_code == 404
    assert browser_of(other.user).get(reverse("assessor_form", args=[seat.pk])).status_code == 404
    assert browser.get(reverse("assessor_form", args=[seat.pk])).status_code == 200

    browser.post(reverse("assessor_hand_in", args=[seat.pk]))
    browser.post(part, {"level-0": "4"})
    seat.refresh_from_db()

    assert seat.handed_in is not None
    assert seat.answers.get(criterion=criterion).level == 3


def test_a_filled_in_table_is_taken_row_by_row(browser_of):
    seat = an_assessment().seats.first()
    browser = browser_of(seat.user)
    raw = b"city,criterion,level,evidence,note\n,organisation,2,decision 7,\nHeidelberg,mobility,9,,\n,nothing,1,,\n"
    answer = browser.post(reverse("assessor_bring", args=[seat.pk]), {"file": SimpleUploadedFile("form.csv", raw)})

    assert answer.status_code == 422
    assert "row 4" in answer.text
    assert seat.answers.get(criterion="organisation").level == 2
    assert browser.get(reverse("assessor_empty", args=[seat.pk, "csv"])).content.count(CITY.encode()) == 21


def test_nobody_reads_the_other_form_before_both_are_in(browser_of):
    made = an_assessment(first=LOW)
    _, second = made.seats.all()
    for person in (second.user, made.opened_by):
        assert browser_of(person).get(reverse("assessment", args=[made.pk])).status_code == 404
        assert browser_of(person).get(reverse("assessment_evidence", args=[made.pk, 1, "organisation"])).status_code == 404


def test_differences_are_settled_on_a_page_and_the_result_goes_to_the_city(heidelberg, browser_of):
    made = an_assessment(first=LOW, second=HIGH)
    assessor, head = browser_of(made.seats.first().user), browser_of(made.opened_by)
    city = browser_of(a_person("mayor", of=heidelberg, role=Role.PUBLISHER))
    place = reverse("assessment_differences", args=[made.pk])

    assert city.get(reverse("assessment", args=[made.pk])).status_code == 404
    assert assessor.get(place).status_code == 200
    assert assessor.post(place, {"criterion": "organisation", "choice": "other", "reason": "x"}).status_code == 422
    assert assessor.post(place, {"criterion": "organisation", "choice": "second", "reason": "post seen"}).status_code == 302
    assert head.post(reverse("assessment_finish", args=[made.pk]), {"days": "28"}).status_code == 302

    made.refresh_from_db()
    page = city.get(reverse("assessment", args=[made.pk]))

    assert made.state == State.RECONCILED
    assert "post seen" in page.text
    assert page.text.index("conditions") < page.text.index('id="levels"')
    assert city.get(place).status_code == 404


def test_a_reply_stands_beside_the_result_and_both_sides_publish_it(heidelberg, browser_of):
    made = an_assessment(first=LOW, second=HIGH, finished=True)
    head = browser_of(made.opened_by)
    city = browser_of(a_person("mayor", of=heidelberg, role=Role.PUBLISHER))
    told = {"criterion": "organisation", "language": "en", "text": "Two people work on it.", "evidence": "https://example.org/a"}

    assert head.post(reverse("assessment_reply", args=[made.pk]), told).status_code == 404
    assert city.post(reverse("assessment_reply", args=[made.pk]), told).status_code == 302

    reply = made.replies.get()
    answer = reverse("assessment_answer", args=[made.pk, reply.pk])

    assert head.get(answer).status_code == 200
    assert head.post(answer, {"answer": "Seen, thank you.", "level": "3"}).status_code == 302
    assert city.post(answer, {"answer": "no"}).status_code == 404

    for browser in (head, city):
        assert browser.post(reverse("assessment_consent", args=[made.pk, "agree"])).status_code == 302
    public = Client().get(reverse("assessment", args=[made.pk]))

    assert public.status_code == 200
    assert "Two people work on it." in public.text
    assert "Seen, thank you." in public.text
    assert "mayor" not in public.text
    assert reverse("assessment", args=[made.pk]) in Client().get(reverse("frameworks")).text

    city.post(reverse("assessment_consent", args=[made.pk, "take-back"]))

    assert Client().get(reverse("assessment", args=[made.pk])).status_code == 404


def test_a_letter_of_a_city_without_a_team_is_written_down_as_such(browser_of):
    made = an_assessment(first=LOW, second=HIGH, finished=True)
    head = browser_of(made.opened_by)
    head.post(reverse("assessment_reply", args=[made.pk]), {"criterion": "", "language": "de", "text": "Danke."})

    assert made.replies.get().by_letter
    assert head.get(reverse("assessment", args=[made.pk])).status_code == 200


def test_somebody_elsewhere_is_asked_by_letter_and_only_they_take_the_seat(browser_of, heidelberg):
    made = an_assessment()
    actions.withdraw_assessor(seat=made.seats.last(), by=made.opened_by)
    guest = a_person("guest", of=heidelberg)
    head = browser_of(made.opened_by)
    head.post(
        reverse("assessment_invite", args=[made.organisation_id, made.pk]), {"email": "guest@example.org", "language": "de"}
    )  # fmt: skip
    seat = made.seats.last()
    form = reverse("assessor_form", args=[seat.pk])

    assert seat.email == "guest@example.org"
    assert form in mail.outbox[-1].body.replace("/de/", "/en/")
    assert browser_of(made.seats.first().user).get(form).status_code == 404
    assert browser_of(guest).get(reverse("desk", args=[heidelberg.pk])).text.count(form) == 1
    assert browser_of(guest).get(form).status_code == 200

    seat.refresh_from_db()

    assert (seat.user, seat.email) == (guest, "")


def test_the_room_tells_who_judges_and_what_happened(browser_of):
    made = an_assessment(first=LOW, second=HIGH)
    head = browser_of(made.opened_by)
    room = reverse("assessment_room", args=[made.organisation_id, made.pk])
    seat = made.seats.first()

    assert head.get(room).status_code == 200

    head.post(reverse("assessment_open_again", args=[made.organisation_id, made.pk, seat.pk]), {"because": "wrong year"})

    assert "wrong year" in head.get(room).text
    assert head.get(reverse("assessments", args=[made.organisation_id])).status_code == 200
    assert head.post(reverse("assessment_close", args=[made.organisation_id, made.pk]), {"because": "stopped"}).status_code == 302


def test_the_paper_has_conditions_differences_and_replies(browser_of):
    made = an_assessment(first=LOW, second=HIGH, finished=True)
    settling.write_reply(assessment=made, by=made.opened_by, text="We hired.", language="en")
    paper = browser_of(made.opened_by).get(reverse("assessment_pdf", args=[made.pk]))

    assert paper.status_code == 200
    assert paper.content.startswith(b"%PDF")
    assert Client().get(reverse("assessment_pdf", args=[made.pk])).status_code == 404
    assert not is_public(made)


def test_an_assessor_who_leaves_is_forgotten_and_the_form_stays():
    from citytandem.web.accounts.personal import erase_person, gather_personal_data

    made = an_assessment(first=LOW, second=HIGH)
    user = made.seats.first().user
    told = gather_personal_data(user)["assessments.form"]
    erase_person(user)

    assert told[0]["answers"][0]["criterion"] in LOW
    assert made.seats.first().user is None
    assert made.seats.first().hand_ins.count() == 1


@pytest.mark.parametrize("name", ["assessor_form", "assessment_differences"])
def test_strangers_are_asked_to_sign_in_and_learn_nothing(name, person, browser_of):
    made = an_assessment(first=LOW, second=HIGH)
    number = made.seats.first().pk if name == "assessor_form" else made.pk

    assert Client().get(reverse(name, args=[number])).status_code == 302
    assert browser_of(person()).get(reverse(name, args=[number])).status_code == 404


def test_a_city_s_own_view_is_not_shown_beside_the_outside_one_before_it_is_public(heidelberg, browser_of):
    outside = an_assessment(first=LOW, second=HIGH, finished=True)
    mayor = a_person("mayor", of=heidelberg, role=Role.PUBLISHER)
    own = actions.open_assessment(organisation=heidelberg, framework="sino_german", city=CITY, by=mayor)
    seat = actions.invite_assessor(assessment=own, by=mayor, user=mayor)
    fill_in(seat, levels=HIGH)
    actions.hand_in(seat=seat, by=mayor)
    settling.finish_reconciling(assessment=own, by=mayor)
    page = reverse("assessment", args=[outside.pk])

    assert 'id="beside"' in browser_of(mayor).get(page).text
    assert 'id="beside"' not in browser_of(outside.opened_by).get(page).text


def test_later_results_of_the_same_city_stand_beside_earlier_ones_and_nobody_else_s(browser_of):
    first = an_assessment(first=LOW, second=LOW, finished=True)
    head = first.opened_by
    for city in (CITY, "DE-05315000"):
        later = actions.open_assessment(
            organisation=first.organisation, framework="sino_german", city=city, by=head, outside=True
        )
        for one in first.seats.all():
            seat = actions.invite_assessor(assessment=later, by=head, user=one.user)
            fill_in(seat, levels=HIGH)
            actions.hand_in(seat=seat, by=one.user)
        settling.finish_reconciling(assessment=later, by=head)
    pages = {
        one.city: browser_of(head).get(reverse("assessment", args=[one.pk])).text for one in Assessment.objects.order_by("pk")
    }

    assert 'id="progress"' in pages[CITY]
    assert 'id="progress"' not in pages["DE-05315000"]


def test_published_results_stand_on_the_page_of_the_city(browser_of):
    made = an_assessment(first=LOW, second=HIGH, finished=True)
    settling.end_replies(assessment=made, by=made.opened_by)
    for as_city in (True, False):
        settling.agree_to_publish(assessment=made, by=made.opened_by, as_city=as_city)
    page = Client().get(reverse("section", args=[CITY, "measures"]))

    assert reverse("assessment", args=[made.pk]) in page.text


@pytest.mark.parametrize("name", ["assessments", "new_assessment", "own_frameworks", "bring_framework"])
def test_rooms_without_anything_say_what_they_are_for(name, heidelberg, person, browser_of):
    page = browser_of(person(Role.EDITOR, heidelberg)).get(reverse(name, args=[heidelberg.pk]))

    assert page.status_code == 200
    assert 'class="answer"' in page.text
