# ruff: noqa: E402, T201 - a script: it sets Django up first, and speaks by printing
"""What one process of a site does while others do theirs; started by test_live.py with a home of its own.

python live_processes.py prepare|publish|watch|state [point at which to die]
"""

import os
import signal
import sys
import time

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "citytandem.web.settings"
django.setup()

from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.test import RequestFactory

from citytandem.web import live
from citytandem.web.accounts.models import Kind, Membership, Organisation, Role, User
from citytandem.web.balances import actions, publishing, tasks
from citytandem.web.balances.models import BalanceSet, Publication

SOUND = b"Sektor;Emissionen t\nHaushalte;412345\nVerkehr;250000\nSumme;662345\n"
SECONDS = 240


def prepare() -> None:
    call_command("migrate", verbosity=0)
    city = Organisation.objects.create(kind=Kind.CITY, name="Heidelberg (invented)", city="DE-08221000", is_invented=True)
    user = User.objects.create_user("publisher@example.org", "a long enough phrase")
    Membership.objects.create(user=user, organisation=city, role=Role.PUBLISHER)
    own = actions.bring_file(user=user, organisation=city, raw=SOUND, name="b 2023.csv", title="", licence="CC0 1.0")
    tasks.read_set.call(own.pk)
    publishing.check(user=user, balance_set=own, version=1)


def publish(point: str = "") -> None:
    own, user = BalanceSet.objects.get(), User.objects.get()
    if point:
        setattr(publishing, point, lambda *_args, **_more: os.kill(os.getpid(), signal.SIGKILL))
    publishing.publish(user=user, balance_set=own, version=own.version)
    print(time.time(), flush=True)


def watch() -> None:
    """Print when the published balance is first seen, and whether an answer was ever missing on the way."""
    slowest, ends = 0.0, time.time() + SECONDS
    _look()
    print("watching", flush=True)
    while time.time() < ends:
        started = time.perf_counter()
        seen = _look()
        slowest = max(slowest, time.perf_counter() - started)
        if seen:
            print(f"{time.time()} {slowest}", flush=True)
            return
        time.sleep(0.02)


def _look() -> bool:
    request = RequestFactory().get("/en/")
    request.user = AnonymousUser()
    atlas = live.atlas_of(request)
    return "own-de-08221000" in set(atlas.source["source"])


def state() -> None:
    own = BalanceSet.objects.get()
    version = Publication.objects.values_list("version", flat=True).first() or 0
    print(own.state, version, _look(), flush=True)


if __name__ == "__main__":
    {"prepare": prepare, "publish": publish, "watch": watch, "state": state}[sys.argv[1]](*sys.argv[2:])
