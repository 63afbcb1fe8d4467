"""Seats: never more than there are, within fair shares, first asked first served, with nobody passed over."""

from threading import Barrier, Thread

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from citytandem.web.accounts.models import AuditEntry
from citytandem.web.events import seats
from citytandem.web.events.actions import NotAllowedNow
from citytandem.web.events.models import Registration, Seat, SentLetter
from citytandem.web.events.queries import places_taken
from citytandem.web.events.seating import Asking, Limit, broken_limits, promote, why_not
from tests.web.events import an_event, days, network, who

COUNTRIES = st.sampled_from(["DE", "JP", "DK", ""])
ROLES = st.sampled_from(["mayor", "expert"])
GUESTS = st.lists(st.tuples(COUNTRIES, ROLES, st.integers(1, 2)), max_size=25)
LIMITS = st.lists(
    st.one_of(
        st.builds(Limit, st.just("country"), st.integers(0, 6), st.sampled_from(["", "DE"])),
        st.builds(Limit, st.just("actor"), st.integers(0, 6), st.sampled_from(["", "mayor"])),
    ),
    max_size=3,
)


def asking(guests: list[tuple[str, str, int]]) -> list[Asking]:
    return [Asking(key, country, "", role, places) for key, (country, role, places) in enumerate(guests)]


@given(GUESTS, LIMITS, st.integers(0, 20))
def test_seats_and_shares_are_never_exceeded(guests, limits, seats_there):
    found = promote(asking(guests), seats=seats_there, limits=limits, taken=[])

    assert broken_limits(found, seats=seats_there, limits=limits) == []


@given(GUESTS, LIMITS, st.integers(0, 20))
def test_nobody_waits_beside_a_seat_they_may_have(guests, limits, seats_there):
    line = asking(guests)
    found = promote(line, seats=seats_there, limits=limits, taken=[])
    left = [one for one in line if one not in found]

    assert all(why_not(one, seats=seats_there, limits=limits, taken=found) for one in left)


@given(GUESTS, st.integers(0, 20))
def test_without_shares_and_companions_the_first_are_served_first(guests, seats_there):
    line = [Asking(one.key) for one in asking(guests)]

    assert promote(line, seats=seats_there, limits=[], taken=[]) == line[:seats_there]


@given(GUESTS, LIMITS, st.integers(0, 20), st.integers(0, 10))
def test_moving_up_twice_moves_nobody_the_second_time(guests, limits, seats_there, more):
    line = asking(guests)
    first = promote(line, seats=seats_there + more, limits=limits, taken=[])
    rest = [one for one in line if one not in first]

    assert promote(rest, seats=seats_there + more, limits=limits, taken=first) == []


@given(GUESTS, st.integers(0, 20), st.integers(0, 10))
def test_more_seats_take_no_seat_away(guests, seats_there, more):
    line = [Asking(one.key, one.country) for one in asking(guests)]
    limits = [Limit("country", 3)]
    fewer = promote(line, seats=seats_there, limits=limits, taken=[])

    assert set(fewer) <= set(promote(line, seats=seats_there + more, limits=limits, taken=[]))


@pytest.fixture
def event(db):
    return an_event(network())


@pytest.fixture
def ask(person):
    """Somebody asks for a seat."""

    def register(event, name: str, **more):
        return seats.register(user=person(email=f"{name}@example.org"), event=event, values=who(name=name, **more))

    return register


def standing(event) -> dict[str, str]:
    return dict(event.registrations.values_list("name", "seat"))


def test_who_gives_a_seat_back_lets_the_next_move_up_with_a_letter(event, ask):
    first, *_ = [ask(event, name) for name in ("a", "b", "c", "d", "e")]
    seats.withdraw(registration=first, by=first.user)

    assert standing(event) == {"a": "cancelled", "b": "coming", "c": "coming", "d": "coming", "e": "waiting"}
    assert SentLetter.objects.get(registration__name="d", letter="promotion").state == "waiting"
    assert AuditEntry.objects.filter(action="registration.promoted").count() == 1


def test_a_share_lets_another_country_pass(event, ask, person):
    seats.set_share(by=person(email="o@example.org"), event=event, share="country", value="", seats=1)
    for name, country in (("a", "DE"), ("b", "DE"), ("c", "JP"), ("d", "DK")):
        ask(event, name, country=country)

    assert standing(event) == {"a": "coming", "b": "waiting", "c": "coming", "d": "coming"}


def test_a_seat_is_not_got_by_saying_another_country_afterwards(event, ask, person):
    seats.set_share(by=person(email="o@example.org"), event=event, share="country", value="DE", seats=1)
    ask(event, "a", country="DE")
    own = ask(event, "b", country="JP")
    with pytest.raises(seats.NoSeat):
        seats.change_registration(registration=own, by=own.user, values={"country": "DE"})

    assert Registration.objects.get(pk=own.pk).country == "JP"


def test_a_companion_takes_a_seat(event, ask):
    ask(event, "a", companion="x")
    own = ask(event, "b")
    ask(event, "c")
    with pytest.raises(seats.NoSeat):
        seats.change_registration(registration=own, by=own.user, values={"companion": "y"})

    assert standing(event) == {"a": "coming", "b": "coming", "c": "waiting"}
    assert places_taken(event) == 3


def test_more_seats_let_people_move_up_and_fewer_throw_nobody_out(event, ask, person):
    organiser = person(email="o@example.org")
    for name in "abcde":
        ask(event, name)
    with pytest.raises(seats.NoSeat):
        seats.change_capacity(by=organiser, event=event, version=1, seats=2)
    seats.change_capacity(by=organiser, event=event, version=1, seats=4)

    assert list(standing(event).values()).count("coming") == 4


def test_a_share_that_is_exceeded_already_is_refused(event, ask, person):
    for name in "ab":
        ask(event, name, country="DE")
    with pytest.raises(seats.NoSeat):
        seats.set_share(by=person(email="o@example.org"), event=event, share="country", value="", seats=1)

    assert not event.seat_rules.exists()


def test_who_comes_back_stands_at_the_end_of_the_line(event, ask):
    people = [ask(event, name) for name in "abcd"]
    seats.withdraw(registration=people[0], by=None)
    again = seats.register(user=people[0].user, event=event, values=who(name="a"))

    assert again.pk == people[0].pk
    assert standing(event)["a"] == "waiting"


def test_asking_twice_takes_one_seat(event, ask, person):
    own = ask(event, "a")
    again = seats.register(user=own.user, event=event, values=who(name="other"))

    assert again.pk == own.pk
    assert places_taken(event) == 1


@pytest.mark.parametrize(
    "closed", [{"state": "closed"}, {"state": "draft"}, {"register_until": "past"}, {"is_open_to_all": False}]
)
def test_no_seat_is_given_when_registration_is_not_open(ask, db, closed):
    from django.utils import timezone

    values = {**closed, **({"register_until": timezone.now()} if "register_until" in closed else {})}
    with pytest.raises(NotAllowedNow):
        ask(an_event(network(), **values), "a")

    assert not Registration.objects.exists()


def test_where_organisers_decide_nobody_is_in_before_they_do(ask, person, db):
    event, organiser = an_event(network(), is_decided_by_hand=True), person(email="o@example.org")
    own, other = ask(event, "a"), ask(event, "b")
    before = standing(event)
    seats.decide(registration=own, by=organiser, is_welcome=True)
    seats.decide(registration=other, by=organiser, is_welcome=False)

    assert set(before.values()) == {"asked"}
    assert standing(event) == {"a": "coming", "b": "refused"}


def test_the_record_names_nobody_and_tells_no_needs(event, ask):
    own = ask(event, "Erika Geheim")
    seats.change_registration(registration=own, by=own.user, values={"diet": "nuts", "access": ["hearing"]})
    told = str(list(AuditEntry.objects.values("subject", "before", "after")))

    assert f"registration:{own.pk}" in told
    assert ("Erika" in told, "nuts" in told, "hearing" in told) == (False, False, False)


def test_who_was_there_is_ticked_for_those_with_a_seat_alone(event, ask, person):
    people = [ask(event, name) for name in "abcd"]
    everybody = {one.pk for one in people}
    count = seats.tick(by=person(email="o@example.org"), event=event, present={people[0].pk, people[3].pk}, seen=everybody)

    assert count == 1
    assert dict(event.registrations.values_list("name", "attended")) == {"a": True, "b": False, "c": False, "d": None}


def test_dates_that_move_take_the_day_of_forgetting_along(event, ask, person):
    from citytandem.web.events.actions import KEPT_DAYS, change_event

    ask(event, "a")
    values = {"starts": days(100), "ends": days(101)}
    change_event(user=person(email="o@example.org"), event=event, version=1, values=values)

    assert Registration.objects.get().keep_until == days(101 + KEPT_DAYS)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite lets one writer in at a time; run on PostgreSQL")
def test_the_last_seat_is_taken_once_however_many_ask_at_the_same_moment(person):
    event = an_event(network(), seats=2)
    people = [person(email=f"{number}@example.org") for number in range(6)]
    start = Barrier(len(people))

    def run(user):
        try:
            start.wait()
            seats.register(user=user, event=event, values=who(name=user.email))
        finally:
            connection.close()

    threads = [Thread(target=run, args=(user,)) for user in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    counts = [event.registrations.filter(seat=seat).count() for seat in (Seat.COMING, Seat.WAITING)]

    assert counts == [2, 4]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite lets one writer in at a time; run on PostgreSQL")
def test_two_seats_given_back_at_once_go_to_two_people(person):
    event = an_event(network(), seats=2)
    people = [seats.register(user=person(email=f"{n}@example.org"), event=event, values=who(name=str(n))) for n in range(5)]
    start = Barrier(2)

    def run(own):
        try:
            start.wait()
            seats.withdraw(registration=own, by=None)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(own,)) for own in people[:2]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert standing(event) == {"0": "cancelled", "1": "cancelled", "2": "coming", "3": "coming", "4": "waiting"}
