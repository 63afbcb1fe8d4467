"""Who sees a set on a day? Everyone, members of organisations that share a network, or the own team alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from citytandem.web.balances.models import Visibility

if TYPE_CHECKING:
    import datetime as dt

    from citytandem.web.merging import Viewer

OPENNESS = (Visibility.PRIVATE, Visibility.NETWORK, Visibility.PUBLIC)


class Shown(Protocol):
    """Whatever says who may see it, until when, and who after that."""

    @property
    def visibility(self) -> str: ...
    @property
    def visible_until(self) -> dt.date | None: ...
    @property
    def visibility_after(self) -> str: ...


def visibility_on(shown: Shown, *, on: dt.date) -> str:
    """What holds on a day: the choice up to and with its last day, afterwards the one to fall back to."""
    over = shown.visible_until is not None and on > shown.visible_until
    return shown.visibility_after if over else shown.visibility


def is_seen(visibility: str, *, viewer: Viewer, organisation: int, networks: frozenset[str]) -> bool:
    """May a person see what has this visibility?

    Members of the organisation always may. ``network`` means: a member, in any role, of an organisation that is in one of
    the city's networks or runs it. A city in no network shares with nobody that way.
    """
    if visibility == Visibility.PUBLIC or organisation in viewer.organisations:
        return True
    return visibility == Visibility.NETWORK and bool(viewer.networks & networks)


def reaches_as_far(new: Shown, old: Shown) -> bool:
    """Does whoever saw the old set see the new one in its place, now and after an end date?"""
    now = OPENNESS.index(Visibility(new.visibility)) >= OPENNESS.index(Visibility(old.visibility))
    later = _after(new) >= _after(old)
    return now and later


def _after(shown: Shown) -> int:
    return OPENNESS.index(Visibility(shown.visibility_after if shown.visible_until else shown.visibility))
