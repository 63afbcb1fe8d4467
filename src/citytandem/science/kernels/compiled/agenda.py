"""Sessions moved about a timetable while the seats of everyone concerned are worked out anew each time, compiled."""

from typing import NamedTuple

import numba as nb
import numpy as np

CHOICES = 600
"""So many choices are tried for one person at most; a person with six wishes has 64."""
NEVER = -1
FORBIDDEN = 2**60


class Task(NamedTuple):
    """A problem as arrays; what belongs to session s of a list stands from ``first[s]`` to ``first[s + 1]``."""

    first_option: np.ndarray
    room: np.ndarray
    block: np.ndarray
    busy: np.ndarray
    seats: np.ndarray
    start: np.ndarray
    first_wish: np.ndarray
    wished: np.ndarray
    worth: np.ndarray
    fits: np.ndarray
    first_host: np.ndarray
    hosted: np.ndarray
    rests: np.ndarray
    lunches: np.ndarray
    windows: np.ndarray
    first_concerned: np.ndarray
    concerned: np.ndarray
    apart: np.ndarray
    frozen: np.ndarray
    is_trip: np.ndarray


class Goal(NamedTuple):
    """Nobody should fall below ``level``: a point below counts ``steep`` more; ``crowd`` is lost with a guest too many."""

    level: int
    steep: int
    crowd: int


class Board(NamedTuple):
    """Where sessions stand, who holds each room, what everyone has, and how many guests are too many in ``crowd``.

    ``new_*`` are of the people a trial touches.
    """

    at: np.ndarray
    held: np.ndarray
    points: np.ndarray
    kept: np.ndarray
    asked: np.ndarray
    seen: np.ndarray
    crowd: np.ndarray
    touched: np.ndarray
    new_points: np.ndarray
    new_kept: np.ndarray
    new_asked: np.ndarray
    masks: np.ndarray
    values: np.ndarray
    rest: np.ndarray
    taken: np.ndarray


@nb.njit(cache=True, nogil=True, inline="always")
def _fits_pauses(lunches, windows, rests, before, mask, is_trip):  # type: ignore[no-untyped-def]
    """Is there still time for lunch and rest? A trip over all lunch slots of a day has its meal on the way."""
    after = before | mask
    for lunch in lunches:
        if after & lunch == lunch and before & lunch != lunch and not (is_trip and mask & lunch == lunch):
            return False
    if rests:
        for window in windows:
            if after & window == window:
                return False
    return True


@nb.njit(cache=True, nogil=True, inline="always")
def _fits_all(task, board, person, base):  # type: ignore[no-untyped-def]
    """Can a person have every wish? Most can, and that is quickly seen."""
    for place in range(task.first_wish[person], task.first_wish[person + 1]):
        session = task.wished[place]
        mask = task.busy[task.first_option[session] + board.at[session]]
        if base & mask or not task.fits[place, board.at[session]]:
            return False
        if not _fits_pauses(task.lunches, task.windows, task.rests[person], base, mask, task.is_trip[session]):
            return False
        base |= mask
    return True


@nb.njit(cache=True, nogil=True, inline="always")
def _serve(task, board, person):  # type: ignore[no-untyped-def]
    """The most points a person can have with all sessions where they are, and which wishes as bits.

    Wishes are tried in turn, each taken and then left; what cannot beat the best is cut. NEVER where a host cannot be there.
    """
    busy, at, masks, values, taken, rest = task.busy, board.at, board.masks, board.values, board.taken, board.rest
    lunches, windows, rests, is_trip = task.lunches, task.windows, task.rests[person], task.is_trip
    first, wished, worth = task.first_option, task.wished, task.worth
    base = np.int64(0)
    for n in range(task.first_host[person], task.first_host[person + 1]):
        session = task.hosted[n]
        mask = busy[first[session] + at[session]]
        if not _fits_pauses(lunches, windows, rests, base, mask, is_trip[session]):
            return NEVER, np.int64(0)
        base |= mask
    start = task.first_wish[person]
    count = task.first_wish[person + 1] - start
    if count == 0:
        return 1000, np.int64(0)
    if _fits_all(task, board, person, base):
        rest[0] = 0
        for n in range(start, start + count):
            rest[0] += worth[n]
        return rest[0], (np.int64(1) << count) - 1
    rest[count] = 0
    for n in range(count - 1, -1, -1):
        rest[n] = rest[n + 1] + worth[start + n]
    masks[0], values[0], taken[0] = base, 0, 0
    depth, best, kept, now, choices = 0, np.int64(-1), np.int64(0), np.int64(0), 0
    while depth >= 0:
        choices += 1
        if depth == count:
            if values[depth] > best:
                best, kept = values[depth], now
            if choices > CHOICES or best == rest[0]:
                break
            depth -= 1
            continue
        session, bit = wished[start + depth], np.int64(1) << depth
        mask = busy[first[session] + at[session]]
        taken[depth] += 1
        if taken[depth] == 1:
            free = task.fits[start + depth, at[session]] and masks[depth] & mask == 0
            if free and _fits_pauses(lunches, windows, rests, masks[depth], mask, is_trip[session]):
                now |= bit
                masks[depth + 1], values[depth + 1] = masks[depth] | mask, values[depth] + worth[start + depth]
                depth += 1
                taken[depth] = 0
            continue
        now &= ~bit
        if taken[depth] == 2 and values[depth] + rest[depth + 1] > best:
            masks[depth + 1], values[depth + 1] = masks[depth], values[depth]
            depth += 1
            taken[depth] = 0
        else:
            depth -= 1
    return best, kept


@nb.njit(cache=True, nogil=True)
def _lost(points, goal):  # type: ignore[no-untyped-def]
    """What a person's points cost: those lacking to a thousand, and more of those lacking to the level."""
    return 1000 - points + goal.steep * max(0, goal.level - points)


@nb.njit(cache=True, nogil=True)
def _draw(state):  # type: ignore[no-untyped-def]
    """The next number of a xorshift generator, from 0 to below 1."""
    word = state[0]
    word ^= word << np.uint64(13)
    word ^= word >> np.uint64(7)
    word ^= word << np.uint64(17)
    state[0] = word
    return np.float64(word >> np.uint64(11)) / 9007199254740992.0


@nb.njit(cache=True, nogil=True)
def _lift(task, board, session):  # type: ignore[no-untyped-def]
    """Take a session off its room, where it holds it."""
    option = task.first_option[session] + board.at[session]
    if task.room[option] >= 0:
        for slot in range(board.held.shape[1]):
            if task.block[option] >> slot & 1 and board.held[task.room[option], slot] == session:
                board.held[task.room[option], slot] = -1


@nb.njit(cache=True, nogil=True)
def _put(task, board, session, number):  # type: ignore[no-untyped-def]
    """Place a session; False where another holds a slot of the room, which then stays with that one."""
    board.at[session] = number
    option = task.first_option[session] + number
    free = True
    if task.room[option] >= 0:
        for slot in range(board.held.shape[1]):
            if task.block[option] >> slot & 1:
                if board.held[task.room[option], slot] < 0:
                    board.held[task.room[option], slot] = session
                else:
                    free = False
    return free


@nb.njit(cache=True, nogil=True)
def _rival(task, board, session, number):  # type: ignore[no-untyped-def]
    """The one other session that holds the room; -1 for none, -2 for several."""
    option, found = task.first_option[session] + number, -1
    if task.room[option] < 0:
        return found
    for slot in range(board.held.shape[1]):
        other = board.held[task.room[option], slot] if task.block[option] >> slot & 1 else -1
        if other >= 0 and other != session:
            if found >= 0 and found != other:
                return -2
            found = other
    return found


@nb.njit(cache=True, nogil=True)
def _find_back(task, board, other, here):  # type: ignore[no-untyped-def]
    """The option of the other session in the place of option ``here``; -1 where it may not stand there."""
    own = task.first_option[other]
    for option in range(own, task.first_option[other + 1]):
        if task.start[option] == task.start[here] and task.room[option] == task.room[here]:
            stays = task.start[own + board.at[other]] == task.start[here]
            return option - own if stays or not task.frozen[other] else -1
    return -1


@nb.njit(cache=True, nogil=True)
def _stands_apart(task, board, session):  # type: ignore[no-untyped-def]
    """Does nothing run at the same time that must not?"""
    mask = task.busy[task.first_option[session] + board.at[session]]
    for other in range(task.apart.shape[0]):
        if task.apart[session, other] and task.busy[task.first_option[other] + board.at[other]] & mask:
            return False
    return True


@nb.njit(cache=True, nogil=True)
def _count_crowd(task, board, asked, pair):  # type: ignore[no-untyped-def]
    """Guests too many in the sessions of a pair."""
    found = 0
    for session in pair:
        if session >= 0:
            found += max(0, asked[session] - task.seats[task.first_option[session] + board.at[session]])
    return found


@nb.njit(cache=True, nogil=True)
def _price_people(task, board, goal, pair, step, limit):  # type: ignore[no-untyped-def]
    """What changes for all whom the moved sessions concern, and how many those are.

    FORBIDDEN where a host cannot be there, or where the change would be above ``limit`` even if all who are left got everything.
    """
    change, count, hope = np.int64(0), 0, np.int64(0)
    for session in pair:
        if session >= 0:
            for n in range(task.first_concerned[session], task.first_concerned[session + 1]):
                hope += _lost(board.points[task.concerned[n]], goal)
    for session in pair:
        if session < 0:
            continue
        for n in range(task.first_concerned[session], task.first_concerned[session + 1]):
            person = task.concerned[n]
            lost = _lost(board.points[person], goal)
            hope -= lost
            if board.seen[person] == step:
                continue
            board.seen[person] = step
            points, kept = _serve(task, board, person)
            if points == NEVER:
                return FORBIDDEN, 0
            if points == board.points[person] and kept == board.kept[person]:
                continue
            board.touched[count], board.new_points[count], board.new_kept[count] = person, points, kept
            count += 1
            change += _lost(points, goal) - lost
            if change - hope > limit:
                return FORBIDDEN, 0
    return change, count


@nb.njit(cache=True, nogil=True)
def _price_crowds(task, board, count):  # type: ignore[no-untyped-def]
    """How many more guests are too many once those touched have their new seats; ``new_asked`` becomes the guests then."""
    change = 0
    for n in range(count):
        person = board.touched[n]
        differs, place = board.new_kept[n] ^ board.kept[person], task.first_wish[person]
        while differs:
            if differs & 1:
                session = task.wished[place]
                seats = task.seats[task.first_option[session] + board.at[session]]
                if board.new_kept[n] >> (place - task.first_wish[person]) & 1:
                    change += 1 if board.new_asked[session] >= seats else 0
                    board.new_asked[session] += 1
                else:
                    change -= 1 if board.new_asked[session] > seats else 0
                    board.new_asked[session] -= 1
            place += 1
            differs >>= 1
    return change


@nb.njit(cache=True, nogil=True)
def _settle(task, board, count, accepted):  # type: ignore[no-untyped-def]
    """Make what was tried the state, or forget it."""
    for n in range(count):
        person = board.touched[n]
        differs, place = board.new_kept[n] ^ board.kept[person], task.first_wish[person]
        while differs:
            if differs & 1:
                session = task.wished[place]
                if accepted:
                    board.asked[session] = board.new_asked[session]
                else:
                    board.new_asked[session] = board.asked[session]
            place += 1
            differs >>= 1
    if accepted:
        for n in range(count):
            board.points[board.touched[n]], board.kept[board.touched[n]] = board.new_points[n], board.new_kept[n]


@nb.njit(cache=True, nogil=True)
def _try_move(task, board, goal, session, number, step, limit):  # type: ignore[no-untyped-def]
    """Move a session, swapping it with the one that holds the room, if that costs at most ``limit``; what it cost."""
    old, here = board.at[session], task.first_option[session] + board.at[session]
    if number == old or (task.frozen[session] and task.start[here] != task.start[task.first_option[session] + number]):
        return 0
    other = _rival(task, board, session, number)
    back = _find_back(task, board, other, here) if other >= 0 else -1
    if other == -2 or (other >= 0 and back < 0):
        return 0
    before = board.at[other] if other >= 0 else -1
    pair = (session, other)
    crowd = -_count_crowd(task, board, board.asked, pair)
    _lift(task, board, session)
    if other >= 0:
        _lift(task, board, other)
    fits = _put(task, board, session, number)
    if other >= 0:
        fits = _put(task, board, other, back) and fits
    fits = fits and _stands_apart(task, board, session) and (other < 0 or _stands_apart(task, board, other))
    if fits:
        crowd += _count_crowd(task, board, board.asked, pair)
        change, count = _price_people(task, board, goal, pair, step, limit + goal.crowd * board.crowd[0])
        if change < FORBIDDEN:
            crowd += _price_crowds(task, board, count)
            change += goal.crowd * crowd
            _settle(task, board, count, change <= limit)
            if change <= limit:
                board.crowd[0] += crowd
                return change
    _lift(task, board, session)
    if other >= 0:
        _lift(task, board, other)
        _put(task, board, other, before)
    _put(task, board, session, old)
    return 0


@nb.njit(cache=True, nogil=True)
def _set_up(task, at, slots):  # type: ignore[no-untyped-def]
    """A board with all sessions at their places and everyone's seats."""
    sessions, people = len(at), len(task.first_wish) - 1
    wide = 1
    for person in range(people):
        wide = max(wide, task.first_wish[person + 1] - task.first_wish[person] + 1)
    rooms = max(1, task.room.max() + 1)
    some, each = np.zeros(wide, np.int64), np.zeros(people, np.int64)
    board = Board(
        at, np.full((rooms, slots), -1, np.int64), each, each.copy(), np.zeros(sessions, np.int64), np.full(people, -1, np.int64),
        np.zeros(1, np.int64), each.copy(), each.copy(), each.copy(), np.zeros(sessions, np.int64),
        some, some.copy(), some.copy(), some.copy(),
    )  # fmt: skip
    for session in range(sessions):
        _put(task, board, session, at[session])
    for person in range(people):
        board.points[person], board.kept[person] = _serve(task, board, person)
        for n in range(task.first_wish[person + 1] - task.first_wish[person]):
            board.asked[task.wished[task.first_wish[person] + n]] += board.kept[person] >> n & 1
    board.new_asked[:] = board.asked
    for session in range(sessions):
        board.crowd[0] += max(0, board.asked[session] - task.seats[task.first_option[session] + at[session]])
    return board


@nb.njit(cache=True, nogil=True)
def search(task, goal, at, slots, moves, heat, seed):  # type: ignore[no-untyped-def]
    """Simulated annealing: the best places met on the way, from ``heat[0]`` points lost lightly down to ``heat[1]``."""
    board = _set_up(task, at.copy(), slots)
    state = np.array([seed], np.uint64)
    for _ in range(8):
        _draw(state)
    total = least = np.int64(0)
    best = at.copy()
    temperature, cooling = heat[0], (heat[1] / heat[0]) ** (1.0 / max(1, moves))
    for step in range(moves):
        temperature *= cooling
        session = int(_draw(state) * len(at))
        number = int(_draw(state) * (task.first_option[session + 1] - task.first_option[session]))
        limit = -temperature * np.log(1.0 - _draw(state))
        total += _try_move(task, board, goal, session, number, step, limit)
        if total < least:
            least = total
            best[:] = board.at
    return best
