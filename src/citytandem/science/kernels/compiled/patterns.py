"""Which sessions could run at once for the most: sets of sessions tried one after the other, compiled."""

from typing import NamedTuple

import numba as nb
import numpy as np


class Rows(NamedTuple):
    """Who wishes for and who must be in each session; what belongs to session s stands from ``first[s]`` to ``first[s + 1]``.

    ``part`` are the points that count here, ``whole`` those lost in full; nobody may lose more than ``slack`` in one set.
    """

    first_wisher: np.ndarray
    wisher: np.ndarray
    part: np.ndarray
    whole: np.ndarray
    first_host: np.ndarray
    host: np.ndarray
    apart: np.ndarray
    slack: np.ndarray


class Pile(NamedTuple):
    """One level for each session chosen: what everyone has there, and who may come next with what that gains."""

    hosts: np.ndarray
    top: np.ndarray
    top_whole: np.ndarray
    asked: np.ndarray
    chosen: np.ndarray
    next: np.ndarray
    gain: np.ndarray
    count: np.ndarray
    turn: np.ndarray
    hope: np.ndarray
    worth: np.ndarray


@nb.njit(cache=True, nogil=True)
def _gain(rows, pile, depth, session, price):  # type: ignore[no-untyped-def]
    """What one session more gains; zero where it may not be added, now or later."""
    for other in range(depth):
        if rows.apart[session, pile.chosen[other]]:
            return 0
    gain = price
    for n in range(rows.first_wisher[session], rows.first_wisher[session + 1]):
        person = rows.wisher[n]
        lost = pile.asked[depth, person] + rows.whole[n]
        if pile.hosts[depth, person]:
            gain -= rows.part[n]
        else:
            gain -= min(rows.part[n], pile.top[depth, person])
            lost -= max(rows.whole[n], pile.top_whole[depth, person])
        if gain <= 0 or lost > rows.slack[person]:
            return 0
    for n in range(rows.first_host[session], rows.first_host[session + 1]):
        person = rows.host[n]
        gain -= 0 if pile.hosts[depth, person] else pile.top[depth, person]
        if gain <= 0 or pile.asked[depth, person] > rows.slack[person]:
            return 0
    return gain


@nb.njit(cache=True, nogil=True)
def _look(rows, pile, depth, prices):  # type: ignore[no-untyped-def]
    """Keep those who still gain something, those that gain most first; more sessions never make another gain more."""
    kept, hope = 0, np.int64(0)
    for n in range(pile.count[depth]):
        session = pile.next[depth, n]
        gain = _gain(rows, pile, depth, session, prices[session])
        if gain <= 0:
            continue
        place = kept
        while place > 0 and pile.gain[depth, place - 1] < gain:
            pile.gain[depth, place], pile.next[depth, place] = pile.gain[depth, place - 1], pile.next[depth, place - 1]
            place -= 1
        pile.gain[depth, place], pile.next[depth, place] = gain, session
        kept += 1
        hope += gain
    pile.count[depth], pile.turn[depth], pile.hope[depth] = kept, 0, hope


@nb.njit(cache=True, nogil=True)
def _choose(rows, pile, depth):  # type: ignore[no-untyped-def]
    """Add the session whose turn it is; those after it may still follow."""
    turn = pile.turn[depth]
    session, after = pile.next[depth, turn], depth + 1
    pile.turn[depth] += 1
    pile.hope[depth] -= pile.gain[depth, turn]
    pile.hosts[after] = pile.hosts[depth]
    pile.top[after] = pile.top[depth]
    pile.top_whole[after] = pile.top_whole[depth]
    pile.asked[after] = pile.asked[depth]
    for n in range(rows.first_wisher[session], rows.first_wisher[session + 1]):
        person = rows.wisher[n]
        pile.asked[after, person] += rows.whole[n]
        pile.top[after, person] = max(pile.top[after, person], rows.part[n])
        pile.top_whole[after, person] = max(pile.top_whole[after, person], rows.whole[n])
    for n in range(rows.first_host[session], rows.first_host[session + 1]):
        pile.hosts[after, rows.host[n]] = True
    pile.worth[after] = pile.worth[depth] + pile.gain[depth, turn]
    pile.chosen[depth] = session
    pile.count[after] = pile.count[depth] - turn - 1
    for n in range(pile.count[after]):
        pile.next[after, n] = pile.next[depth, turn + 1 + n]


@nb.njit(cache=True, nogil=True)
def _set_up(sessions, people):  # type: ignore[no-untyped-def]
    deep = sessions + 2
    each, wide, one = np.zeros((deep, people), np.int64), np.zeros((deep, sessions), np.int64), np.zeros(deep, np.int64)
    return Pile(
        np.zeros((deep, people), np.bool_), each, each.copy(), each.copy(), one, wide, wide.copy(), one.copy(), one.copy(),
        one.copy(), one.copy(),
    )  # fmt: skip


@nb.njit(cache=True, nogil=True)
def find_sets(rows, prices, floor, nodes, keep):  # type: ignore[no-untyped-def]
    """The most that prices less points lost can be for any set, or ``floor`` if that is more, and sets that are worth more.

    After ``nodes`` sets what is left counts with all it could still gain, so the first number is never too small.
    """
    sessions = len(prices)
    pile = _set_up(sessions, len(rows.slack))
    sets, worths, found = np.zeros((keep, sessions), np.bool_), np.full(keep, floor, np.int64), 0
    pile.next[0] = np.arange(sessions)
    pile.count[0] = sessions
    depth, best, fresh = 0, floor, True
    while depth >= 0:
        if fresh:
            nodes -= 1
            _look(rows, pile, depth, prices)
            place = found if found < keep else np.argmin(worths)
            if pile.worth[depth] > worths[place]:
                sets[place] = False
                for n in range(depth):
                    sets[place, pile.chosen[n]] = True
                worths[place] = pile.worth[depth]
                found = min(keep, found + 1)
            best, fresh = max(best, pile.worth[depth]), False
            if nodes < 0:
                break
        if pile.turn[depth] >= pile.count[depth] or pile.worth[depth] + pile.hope[depth] <= best:
            depth -= 1
            continue
        _choose(rows, pile, depth)
        depth, fresh = depth + 1, True
    for above in range(depth + 1):
        best = max(best, pile.worth[above] + pile.hope[above])
    return best, sets[:found]
