"""Two people at the same moment: nobody is lost, and no seat is taken twice."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from citytandem.web.accounts.actions import LastAdministrator, remove_member
from citytandem.web.accounts.invitations import SeatTaken, accept, invite
from citytandem.web.accounts.models import Membership, Role
from citytandem.web.accounts.queries import managers_of

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite lets one writer in at a time; run on PostgreSQL"),
]


def at_once(*deeds) -> list[str]:
    """Do all at the same moment, each on its own connection; what each came to."""
    start = Barrier(len(deeds))
    ends: list[str] = []

    def run(deed):
        start.wait()
        try:
            deed()
            ends.append("done")
        except (LastAdministrator, SeatTaken) as refused:
            ends.append(type(refused).__name__)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    return sorted(ends)


def test_two_administrators_who_leave_at_once_do_not_both_go(heidelberg, person):
    people = [person(Role.ADMIN, heidelberg, email=f"{name}@example.org") for name in ("a", "b")]
    seats = [Membership.objects.select_related("organisation", "user").get(user=one) for one in people]
    ends = at_once(*[lambda seat=seat: remove_member(by=seat.user, membership=seat) for seat in seats])

    assert ends == ["LastAdministrator", "done"]
    assert managers_of(heidelberg).count() == 1


def test_one_seat_is_taken_by_one_person(heidelberg, person):
    people = [person(email=f"{name}@example.org") for name in ("a", "b")]
    seat = invite(by=None, email="c@example.org", organisation=heidelberg, role=Role.EDITOR).invitation
    ends = at_once(*[lambda user=user: accept(invitation=seat, user=user) for user in people])

    assert ends == ["SeatTaken", "done"]
    assert heidelberg.memberships.count() == 1
