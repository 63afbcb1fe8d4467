"""Which atlas do pages read now? The reference release, with what cities have published over it.

Publishing raises a number in the database in the same transaction. Every process compares it on each request; when it has
changed, the merged package is opened (by the first also written), made ready beside the requests, and then taken. Until
then the old atlas answers, unless something was taken back: that is never shown again.
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.module_loading import module_has_submodule

from citytandem.atlas import Atlas, load
from citytandem.web.merging import Layer, Viewer, name_of, open_merged

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from django.http import HttpRequest

KEPT_ATLASES = 6
"""Atlases of people who see more than the public that a process keeps ready."""
PATIENCE_SECONDS = 20.0
"""How long a request of a member waits for the new atlas, so that whoever publishes sees it at once."""
log = logging.getLogger(__name__)


@dataclass
class _Shown:
    """The atlas that everybody sees, and the state of what is published that it was made for."""

    atlas: Atlas
    name: str
    version: int
    day: dt.date


@dataclass
class _Process:
    """What this process has open."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    shown: _Shown | None = None
    warming: str = ""
    warmed: threading.Event = field(default_factory=threading.Event)
    others: OrderedDict[str, Atlas] = field(default_factory=OrderedDict)


_process = _Process()


def atlas_of(request: HttpRequest) -> Atlas:
    """The atlas this person sees: the published one, or, with ``?preview=``, a draft they may see over it."""
    known: Atlas | None = getattr(request, "_atlas", None)
    if known is None:
        known = request._atlas = _find_atlas(request)  # type: ignore[attr-defined]  # noqa: SLF001 - one answer per request
    return known


def atlas_of_everybody() -> Atlas:
    """The published atlas, for work that no request waits for."""
    _, _, token = _read_state()
    return open_merged(find_layers(Viewer(), on=timezone.now().date(), token=token))


def version_of(request: HttpRequest) -> str:
    """What the pages of this person are made from, as one short text: the key of every cache and of every ETag."""
    return atlas_of(request).sha256[:16]


def preview_of(request: HttpRequest) -> Any:
    """The draft this person looks at over the published atlas; None for everybody who may not or did not ask."""
    asked = request.GET.get("preview", "")
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 16) or not request.user.is_authenticated:
        return None
    draft = apps.get_model("balances", "BalanceSet").objects.select_related("organisation").filter(pk=int(asked)).first()
    return draft if draft and draft.package_sha256 and request.user.has_perm("organisation.view", draft.organisation) else None


def bump(*, taken_back: bool = False) -> int:
    """Say that something anybody sees has changed; call it inside the transaction of the change. Returns the new number.

    Parameters
    ----------
    taken_back
        Something is seen by fewer people than before: then no process shows it again, not even for a moment.
    """
    publication = apps.get_model("balances", "Publication").objects
    publication.get_or_create(pk=1)
    row = publication.select_for_update().get(pk=1)
    row.version += 1
    row.must = row.version if taken_back else row.must
    row.token = secrets.token_hex(16)
    row.save()
    return int(row.version)


def token_of(request: HttpRequest) -> str:
    """Another text whenever anybody has published anything, though it may lie in no table of the atlas, as a reply."""
    atlas_of(request)
    return str(getattr(request, "_token", ""))


def forget() -> None:
    """Close every atlas this process has open; the next request opens what it needs."""
    global _process  # noqa: PLW0603 - the one state of a process
    _process = _Process()


def _find_atlas(request: HttpRequest) -> Atlas:
    viewer = viewer_of(request)
    today = timezone.now().date()
    version, must, token = _read_state()
    request._token = token  # type: ignore[attr-defined]  # noqa: SLF001 - one look at the state per request
    layers = find_layers(viewer, on=today, token=token)
    common = layers if viewer.is_anyone else find_layers(Viewer(), on=today, token=token)
    draft = preview_of(request)
    if draft is not None:
        layers = [*layers, *_layers_of_draft(draft)]
    if "preview" in request.GET:
        layers = [*layers, *(layer for find in _find_in_layers("find_preview") for layer in find(request))]
    if name_of(layers) != name_of(common):
        return _open_other(layers)
    return _show_common(common, state=(version, must, today), waits=not viewer.is_anyone)


def _read_state() -> tuple[int, int, str]:
    table = apps.get_model("balances", "Publication")
    return table.objects.filter(pk=1).values_list("version", "must", "token").first() or (0, 0, "")


def viewer_of(request: HttpRequest) -> Viewer:
    """What a person may see beyond the public, by the organisations they act for."""
    if not request.user.is_authenticated or not request.user.is_active:
        return Viewer()
    rows = apps.get_model("accounts", "Membership").objects.filter(user=request.user)
    found = list(rows.values_list("organisation_id", "organisation__city", "organisation__network"))
    networks = {network for _, _, network in found if network}
    networks |= {network for _, city, _ in found if city for network in networks_of().get(city, ())}
    return Viewer(frozenset(organisation for organisation, _, _ in found), frozenset(networks))


def networks_of(*, on: dt.date | None = None) -> Mapping[str, frozenset[str]]:
    """The networks of each city: by the lists of the release, and by what networks recorded here.

    A membership recorded here counts from its first day on, once the team of the city has confirmed it; one that ended or was
    declined takes the city out at once, even if an older list still names it.
    """
    day = on or timezone.now().date()
    columns = ("city", "network__network", "since", "until", "confirmed", "declined")
    recorded = apps.get_model("networks", "NetworkMember").objects.exclude(network__network="").values_list(*columns)
    inside: set[tuple[str, str]] = set()
    outside: set[tuple[str, str]] = set()
    for city, network, since, until, confirmed, declined in recorded:
        if declined or (until and until <= day):
            outside.add((city, network))
        elif confirmed and since <= day:
            inside.add((city, network))
    if not inside and not outside:
        return networks_listed()
    found = dict(networks_listed())
    for city, network in outside - inside:
        found[city] = found.get(city, frozenset()) - {network}
    for city, network in inside:
        found[city] = found.get(city, frozenset()) | {network}
    return found


@cache
def networks_listed() -> Mapping[str, frozenset[str]]:
    """The networks of each city in the reference release."""
    found: dict[str, set[str]] = {}
    for city, network in load().membership.select("city", "network").iter_rows():
        found.setdefault(city, set()).add(network)
    return {city: frozenset(networks) for city, networks in found.items()}


def find_layers(viewer: Viewer, *, on: dt.date, token: str) -> list[Layer]:
    """What lies over the release for a person on a day: the layers of every app, in the order of the apps.

    ``token`` stands for the state of what is published: as long as it is the same, an app may answer from memory.
    """
    return [layer for find in _find_in_layers("find_layers") for layer in find(viewer, on=on, token=token)]


@cache
def _find_in_layers(name: str) -> Sequence[Callable[..., Sequence[Layer]]]:
    """The functions of one name in the modules ``layers`` of all apps."""
    configs = [app for app in apps.get_app_configs() if app.name.startswith("citytandem.web.")]
    modules = [import_module(f"{app.name}.layers") for app in configs if module_has_submodule(app.module, "layers")]
    return [getattr(module, name) for module in modules if hasattr(module, name)]


def _layers_of_draft(draft: Any) -> Sequence[Layer]:
    found: Sequence[Layer] = import_module("citytandem.web.balances.layers").layers_of_draft(draft)
    return found


def _open_other(layers: Sequence[Layer]) -> Atlas:
    """The atlas of somebody who sees more than the public; a few are kept."""
    process, name = _process, name_of(layers)
    with process.lock:
        if name in process.others:
            process.others.move_to_end(name)
            return process.others[name]
    atlas = open_merged(layers)
    with process.lock:
        process.others[name] = atlas
        while len(process.others) > KEPT_ATLASES:
            process.others.popitem(last=False)
    return atlas


def _show_common(layers: Sequence[Layer], *, state: tuple[int, int, dt.date], waits: bool) -> Atlas:
    process, name = _process, name_of(layers)
    version, must, today = state
    with process.lock:
        shown = process.shown
        if shown is not None and shown.name == name:
            process.shown = _Shown(shown.atlas, name, version, today)
            return shown.atlas
        may_wait = shown is not None and shown.version >= must and shown.day == today and getattr(settings, "LIVE_BESIDE", True)
        if may_wait and process.warming != name:
            process.warming, process.warmed = name, threading.Event()
            fresh = _Shown(load(), name, version, today)
            more = {"done": process.warmed}
            threading.Thread(target=_warm, args=(process, fresh, list(layers)), kwargs=more, name="live", daemon=True).start()
        warmed = process.warmed
    if not may_wait or shown is None:
        return _take(process, _Shown(open_merged(layers), name, version, today))
    if waits and warmed.wait(PATIENCE_SECONDS):
        newest = process.shown
        return newest.atlas if newest is not None else open_merged(layers)
    return shown.atlas


def _warm(process: _Process, fresh: _Shown, layers: Sequence[Layer], *, done: threading.Event) -> None:
    """Open the new atlas and make it ready for questions, then let everybody see it; runs beside the requests."""
    from citytandem.readiness import prepare_all  # slow import

    try:
        fresh.atlas = open_merged(layers)
        prepare_all(fresh.atlas)
        if process.warming == fresh.name:  # else something newer is on its way
            _take(process, fresh)
    except Exception:
        log.exception("the new atlas could not be made ready")
        with process.lock:
            process.shown, process.warming = None, ""  # the next request opens it itself, and shows what is wrong
    finally:
        done.set()
        connection.close()


def _take(process: _Process, fresh: _Shown) -> Atlas:
    with process.lock:
        process.shown, process.warming = fresh, ""
    return fresh.atlas
