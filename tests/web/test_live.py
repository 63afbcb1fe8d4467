"""Who sees what is published, from when and until when; in one process and in several."""

import datetime as dt
import os
import shutil
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from citytandem.atlas import load
from citytandem.web import live
from citytandem.web.accounts.models import Kind, Organisation, Role
from citytandem.web.balances import actions, publishing, storage
from citytandem.web.balances.layers import _read_published
from citytandem.web.balances.models import BalanceSet
from citytandem.web.merging import live_folder

SCRIPT = Path(__file__).parent / "live_processes.py"
SOUND = b"Sektor;Emissionen t\nHaushalte;412345\nVerkehr;250000\nSumme;662345\n"
HAMBURG = "DE-02000000"


@pytest.fixture(autouse=True)
def a_fresh_process():
    live.forget()
    yield
    live.forget()


@pytest.fixture
def hamburg(db) -> Organisation:
    """A city that is in a network."""
    return Organisation.objects.create(kind=Kind.CITY, name="Hamburg (invented team)", city=HAMBURG, is_invented=True)


@pytest.fixture
def publish(hamburg, person):
    """Publishes a file for Hamburg, seen by whom is said."""
    user = person(Role.PUBLISHER, hamburg)

    def make(raw: bytes = SOUND, **sight) -> BalanceSet:
        own = actions.bring_file(user=user, organisation=hamburg, raw=raw, name="b 2023.csv", title="", licence="CC0 1.0")
        own.refresh_from_db()
        own = publishing.check(user=user, balance_set=own, version=own.version)
        shown = {"title": "Set", "remark": "", "visibility": "public", "visible_until": None, "visibility_after": "private"}
        own = publishing.change_sight(user=user, balance_set=own, version=own.version, sight=shown | sight)
        return publishing.publish(user=user, balance_set=own, version=own.version)

    return make


def request_of(user=None, *, query: str = ""):
    request = RequestFactory().get(f"/en/{query}")
    request.user = user or AnonymousUser()
    return request


def sees(user=None, *, query: str = "") -> bool:
    return "own-de-02000000" in set(live.atlas_of(request_of(user, query=query)).source["source"])


@pytest.fixture
def network() -> str:
    """A network Hamburg is in, with another member."""
    memberships = load().membership
    own = memberships.filter(pl.col("city") == "DE-02000000")["network"]
    return str(own[0])


@pytest.fixture
def people(hamburg, person, network):
    """One person of each kind who might look."""
    fellow = load().membership.filter((pl.col("network") == network) & (pl.col("city") != "DE-02000000"))["city"][0]
    in_no_network = "DE-01001000"
    fellows = Organisation.objects.create(kind=Kind.CITY, name="A fellow city (invented)", city=fellow)
    other = Organisation.objects.create(kind=Kind.CITY, name="Another city (invented)", city=in_no_network)
    runs = Organisation.objects.create(kind=Kind.NETWORK, name="The network (invented)", network=network)
    return {
        "stranger": None,
        "without_organisation": person(email="nobody@example.org"),
        "other_city": person(Role.ADMIN, other, email="other@example.org"),
        "network_member": person(Role.VIEWER, fellows, email="fellow@example.org"),
        "coordinator": person(Role.COORDINATOR, runs, email="coordinator@example.org"),
        "viewer": person(Role.VIEWER, hamburg, email="viewer@example.org"),
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("visibility", "seen_by"),
    [
        ("public", {"stranger", "without_organisation", "other_city", "network_member", "coordinator", "viewer"}),
        ("network", {"network_member", "coordinator", "viewer"}),
        ("private", {"viewer"}),
    ],
)
def test_a_set_is_seen_by_those_it_is_for_and_nobody_else(publish, people, visibility, seen_by):
    publish(visibility=visibility)

    assert {role for role, user in people.items() if sees(user)} == seen_by


@pytest.mark.django_db
def test_after_its_last_day_a_set_falls_back_to_what_was_chosen(publish, people):
    today = dt.datetime.now(tz=dt.UTC).date()
    publish(visible_until=today - dt.timedelta(days=1), visibility_after="private")

    assert {role for role, user in people.items() if sees(user)} == {"viewer"}


@pytest.mark.django_db
def test_on_its_last_day_a_set_is_still_seen(publish):
    publish(visible_until=dt.datetime.now(tz=dt.UTC).date())

    assert sees()


@pytest.mark.django_db
def test_the_version_changes_exactly_when_what_a_person_sees_changes(publish, people, hamburg):
    def versions() -> dict[str, str]:
        return {role: live.version_of(request_of(user)) for role, user in people.items()}

    before = versions()
    own = publish(visibility="private")
    private = versions()

    assert {role for role in people if private[role] != before[role]} == {"viewer"}

    user = hamburg.memberships.get(role=Role.PUBLISHER).user
    renamed = {"title": "Other", "remark": "", "visibility": "private", "visible_until": None, "visibility_after": "private"}
    own = publishing.change_sight(user=user, balance_set=own, version=own.version, sight=renamed)

    assert versions() == private

    publishing.change_sight(user=user, balance_set=own, version=own.version, sight=renamed | {"visibility": "public"})
    public = versions()

    assert len(set(public.values())) == 1
    assert public["stranger"] != before["stranger"]
    assert public["viewer"] == private["viewer"]


@pytest.mark.django_db
def test_a_private_version_takes_nothing_from_the_public(publish, people):
    first = publish()
    publish(SOUND.replace(b"412345", b"400000").replace(b"662345", b"650000"), visibility="private")
    first.refresh_from_db()
    totals = {
        role: set(live.atlas_of(request_of(people[role])).balance.filter(pl.col("source") == "own-de-02000000")["reported_t"])
        for role in ("stranger", "viewer")
    }

    assert first.state == "published"
    assert totals == {"stranger": {662345.0}, "viewer": {650000.0}}


@pytest.mark.django_db
def test_a_preview_is_for_the_team_alone(hamburg, people):
    user = people["viewer"]
    own = actions.bring_file(user=user, organisation=hamburg, raw=SOUND, name="b 2023.csv", title="", licence="CC0 1.0")

    assert {role for role, one in people.items() if sees(one, query=f"?preview={own.pk}")} == {"viewer"}
    assert not sees(user)
    assert not sees(user, query="?preview=999999")
    assert not sees(user, query="?preview=²")


@pytest.mark.django_db
def test_a_preview_stands_on_the_citys_pages_with_a_way_back(hamburg, people, browser_of):
    user = people["viewer"]
    own = actions.bring_file(user=user, organisation=hamburg, raw=SOUND, name="b 2023.csv", title="Draft", licence="CC0 1.0")
    address = f"/en/cities/DE-02000000/balance/?preview={own.pk}"
    team, stranger = (browser_of(one).get(address).content.decode() for one in (user, None))

    assert "“Draft”" in team
    assert 'value="2023"' in team
    assert "“Draft”" not in stranger
    assert 'value="2023"' not in stranger


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["", "rows/", "mapping/", "totals/", "download/package/", "mapping.toml", "progress/", "erase/"])
def test_no_page_of_a_set_is_open_to_others(publish, people, browser_of, hamburg, page):
    own = publish()
    address = f"/en/workspace/{hamburg.pk}/balances/{own.pk}/{page}"
    told = {role: browser_of(people[role]).get(address).status_code for role in people if role not in {"viewer", "stranger"}}

    assert set(told.values()) == {404}
    assert browser_of(None).get(address).status_code == 302


@pytest.mark.django_db
def test_a_set_is_not_reached_through_another_organisation(publish, people, browser_of):
    own = publish()
    other = Organisation.objects.get(name="Another city (invented)")

    assert browser_of(people["other_city"]).get(f"/en/workspace/{other.pk}/balances/{own.pk}/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("verb", ["check", "publish", "withdraw", "restore", "sight", "erase", "again"])
def test_a_viewer_may_look_but_change_nothing(publish, people, browser_of, hamburg, verb):
    own = publish()
    answer = browser_of(people["viewer"]).post(f"/en/workspace/{hamburg.pk}/balances/{own.pk}/{verb}/", {"version": own.version})
    own.refresh_from_db()

    assert (answer.status_code, own.state) == (403, "published")


@pytest.mark.django_db
def test_a_damaged_or_deleted_folder_is_made_anew(publish):
    publish()

    assert sees()

    for folder in live_folder().iterdir():
        shutil.rmtree(folder)
    live.forget()

    assert sees()

    for folder in live_folder().iterdir():
        (folder / "balance.parquet").write_bytes(b"broken")
    live.forget()

    assert sees()


@pytest.mark.django_db
def test_a_lost_package_takes_no_other_page_down_and_is_told(publish, caplog):
    own = publish()
    shutil.rmtree(storage.readings_folder() / own.reading)
    shutil.rmtree(live_folder())
    live.forget()
    _read_published.cache_clear()

    assert not sees()
    assert f"set {own.pk} is missing" in caplog.text


@pytest.mark.django_db
def test_the_old_atlas_answers_until_the_new_one_is_ready_and_members_wait_for_it(publish, people, settings):
    assert not sees()

    settings.LIVE_BESIDE = True
    publish()
    at_once = sees()
    member = sees(people["viewer"])

    assert (at_once, member, sees()) == (False, True, True)


@pytest.mark.django_db
def test_what_was_taken_back_is_not_shown_for_another_moment(publish, hamburg, settings):
    own = publish()

    assert sees()

    settings.LIVE_BESIDE = True
    user = hamburg.memberships.get(role=Role.PUBLISHER).user
    publishing.withdraw(user=user, balance_set=own, version=own.version)

    assert not sees()


def run(home: Path, *words: str) -> subprocess.Popen:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CITYTANDEM", "DJANGO"))}
    more = {"CITYTANDEM_HOME": str(home)}
    return subprocess.Popen([sys.executable, str(SCRIPT), *words], env=kept | more, stdout=subprocess.PIPE, text=True)


def said(process: subprocess.Popen) -> str:
    out, _ = process.communicate(timeout=300)
    return out.strip()


@pytest.fixture(scope="module")
def prepared_home(tmp_path_factory) -> Path:
    """The home of a site with one checked set, on a file of its own."""
    home = tmp_path_factory.mktemp("site")
    assert said(run(home, "prepare")) == ""
    return home


@pytest.fixture
def home(prepared_home, tmp_path) -> Path:
    shutil.copytree(prepared_home, tmp_path / "home")
    return tmp_path / "home"


def test_two_other_processes_see_a_publication_without_a_restart(home):
    watchers = [run(home, "watch") for _ in range(2)]
    for watcher in watchers:
        assert watcher.stdout.readline().strip() == "watching"
    published = float(said(run(home, "publish")).splitlines()[-1])
    seen = [said(watcher).split() for watcher in watchers]

    assert all(float(moment) >= published - 5 for moment, _ in seen)
    assert said(run(home, "state")) == "published 1 True"


@pytest.mark.parametrize("point", ["_replace_older", "bump", "record", "open_result"])
def test_a_publication_killed_on_its_way_has_not_happened(home, point):
    killed = run(home, "publish", point)
    killed.communicate(timeout=300)

    assert killed.returncode == -9
    assert said(run(home, "state")) == "checked 0 False"
    assert said(run(home, "publish"))
    assert said(run(home, "state")) == "published 1 True"
