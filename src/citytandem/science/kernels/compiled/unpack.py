"""Pages of small integers, packed as runs of one value or as values of a few bits side by side, added up as they are."""

from __future__ import annotations

import numba as nb
import numpy as np

from citytandem.science.kernels.compiled.lanes import load_word

WIDEST, LISTED = 32, 256


@nb.njit(cache=True, nogil=True)
def _read_head(data, at, stop):  # type: ignore[no-untyped-def]
    """Length of a run and whether its values lie side by side; where it begins, or -1 if the bytes end before."""
    head, shift = np.uint64(0), np.uint64(0)
    while at < stop and shift < np.uint64(35):
        byte = np.uint64(data[at])
        at += 1
        head |= (byte & np.uint64(127)) << shift
        if byte < np.uint64(128):
            return np.int64(head >> np.uint64(1)), (head & np.uint64(1)) != np.uint64(0), at
        shift += np.uint64(7)
    return np.int64(0), False, np.int64(-1)


@nb.njit(cache=True, nogil=True)
def _read_value(data, at, size):  # type: ignore[no-untyped-def]
    value = np.uint64(0)
    for number in range(size):
        value |= np.uint64(data[at + number]) << np.uint64(8 * number)
    return value


@nb.njit(cache=True, nogil=True)
def unpack(data, at, stop, width, out, count):  # type: ignore[no-untyped-def]
    """Write ``count`` values of ``width`` bits into ``out``; whether the bytes up to ``stop`` held them."""
    mask = (np.uint64(1) << np.uint64(width)) - np.uint64(1)
    size = (width + 7) // 8
    filled = np.int64(0)
    while filled < count:
        length, side_by_side, at = _read_head(data, at, stop)
        if at < 0 or length == 0 or length > count:
            return False
        last = min(count, filled + (8 * length if side_by_side else length))
        if not side_by_side:
            if at + size > stop:
                return False
            out[filled:last] = _read_value(data, at, size)
            at += size
        else:
            if at + ((last - filled) * width + 7) // 8 > stop:
                return False
            word, held, place = np.uint64(0), np.uint64(0), at
            for number in range(filled, last):
                while held < np.uint64(width):
                    word |= np.uint64(data[place]) << held
                    place += 1
                    held += np.uint64(8)
                out[number] = word & mask
                word >>= np.uint64(width)
                held -= np.uint64(width)
            at += length * width
        filled = last
    return True


@nb.njit(cache=True, nogil=True)
def _find_values(data, optional, count):  # type: ignore[no-untyped-def]
    """For each row whether it has a value, empty where all have one; where the values begin, or -1."""
    everywhere = np.empty(0, np.uint8)
    if not optional:
        return everywhere, np.int64(0)
    if data.size < 4:
        return everywhere, np.int64(-1)
    stop = np.int64(4) + np.int64(_read_value(data, 0, 4))
    if stop > data.size:
        return everywhere, np.int64(-1)
    length, side_by_side, at = _read_head(data, 4, stop)
    if 0 < at < stop and not side_by_side and length >= count and data[at] == 1:
        return everywhere, stop
    present = np.empty(count, np.uint8)
    if not unpack(data, 4, stop, 1, present, count):
        return everywhere, np.int64(-1)
    return present, stop


@nb.njit(cache=True, nogil=True)
def _add_run(place, price, first, last, place_step, price_step):  # type: ignore[no-untyped-def]
    if place_step:
        place[first:last] += place_step
    if price_step:
        price[first:last] += price_step


@nb.njit(cache=True, nogil=True)
def _add_side_by_side(data, at, width, place_step, price_step, place, price):  # type: ignore[no-untyped-def]
    """Eight values lie in ``width`` bytes, the lowest bits first; whether every code has a step."""
    mask = (np.uint64(1) << np.uint64(width)) - np.uint64(1)
    places, prices = np.zeros(LISTED, np.int32), np.zeros(LISTED, np.int32)  # a step for every code that eight bits can hold
    listed = min(place_step.size - 1, LISTED)
    places[:listed], prices[:listed] = place_step[:listed], price_step[:listed]
    largest = np.uint64(0)
    if prices.any():
        for group in range(place.size // 8):
            word = load_word(data, at + group * width)
            for number in range(8):
                code = (word >> np.uint64(number * width)) & mask
                largest = max(largest, code)
                place[np.uint64(8 * group + number)] += places[code]
                price[np.uint64(8 * group + number)] += prices[code]
    else:
        for group in range(place.size // 8):
            word = load_word(data, at + group * width)
            for number in range(8):
                code = (word >> np.uint64(number * width)) & mask
                largest = max(largest, code)
                place[np.uint64(8 * group + number)] += places[code]
    return largest < np.uint64(place_step.size - 1)


@nb.njit(cache=True, nogil=True)
def _add_one_by_one(data, at, width, place_step, price_step, place, price):  # type: ignore[no-untyped-def]
    """The same for values of any width, and for the last few."""
    word, held = np.uint64(0), np.uint64(0)
    mask = (np.uint64(1) << np.uint64(width)) - np.uint64(1)
    for number in range(place.size):
        while held < np.uint64(width):
            word |= np.uint64(data[at]) << held
            at += 1
            held += np.uint64(8)
        code = np.int64(word & mask)
        word >>= np.uint64(width)
        held -= np.uint64(width)
        if code >= place_step.size - 1:
            return False
        place[number] += place_step[code]
        price[number] += price_step[code]
    return True


@nb.njit(cache=True, nogil=True)
def _add_with_gaps(data, at, width, present, place_step, price_step, place, price):  # type: ignore[no-untyped-def]
    """Rows without a value move by the last step; whether every code has a step."""
    unknown = place_step.size - 1
    codes = np.empty(np.count_nonzero(present), np.uint32)
    if not unpack(data, at, data.size, width, codes, codes.size):
        return False
    used = 0
    for number in range(present.size):
        code = np.uint32(unknown)
        if present[number]:
            code = codes[used]
            used += 1
            if code >= unknown:
                return False
        place[number] += place_step[code]
        price[number] += price_step[code]
    return True


@nb.njit(cache=True, nogil=True)
def add_keys(data, optional, count, place_step, price_step, place, price):  # type: ignore[no-untyped-def]
    """Move each row of a page by the steps of its code, or by the last step where it has none; whether the page was whole."""
    present, at = _find_values(data, optional, count)
    stop = data.size
    if present.size and at >= stop and not present.any():
        place[:count] += place_step[place_step.size - 1]
        price[:count] += price_step[place_step.size - 1]
        return True
    if at < 0 or at >= stop or data[at] > WIDEST:
        return False
    width = np.int64(data[at])
    at += 1
    if present.size:
        return _add_with_gaps(data, at, width, present, place_step, price_step, place, price)
    size = (width + 7) // 8
    filled = np.int64(0)
    while filled < count:
        length, side_by_side, at = _read_head(data, at, stop)
        if at < 0 or length == 0 or length > count:
            return False
        last = min(count, filled + (8 * length if side_by_side else length))
        if side_by_side:
            if at + ((last - filled) * width + 7) // 8 > stop:
                return False
            # eight at a time where eight bytes can be read without leaving the page
            eights = min((last - filled) // 8, (stop - at - 8) // width + 1) if 0 < width <= 8 and at + 8 <= stop else 0
            middle = filled + 8 * eights
            steps = (place_step, price_step)
            if not _add_side_by_side(data, at, width, *steps, place[filled:middle], price[filled:middle]):
                return False
            if not _add_one_by_one(data, at + eights * width, width, *steps, place[middle:last], price[middle:last]):
                return False
            at += length * width
        else:
            code = np.int64(_read_value(data, at, min(size, stop - at)))
            if at + size > stop or code >= place_step.size - 1:
                return False
            _add_run(place, price, filled, last, place_step[code], price_step[code])
            at += size
        filled = last
    return True


@nb.njit(cache=True, nogil=True)
def copy_amounts(data, optional, count, values, coded, amount):  # type: ignore[no-untyped-def]
    """Amounts of a page, nan where there is none; as they are, or as codes of a list of values; whether the page was whole."""
    present, at = _find_values(data, optional, count)
    if at < 0:
        return False
    held = np.count_nonzero(present) if present.size else count
    codes = np.empty(held if coded else 0, np.uint32)
    if coded:
        if held and (at >= data.size or data[at] > WIDEST):
            return False
        if held and not unpack(data, at + 1, data.size, np.int64(data[at]), codes, held):
            return False
        for code in codes:
            if code >= values.size:
                return False
    elif at + 8 * held > data.size:
        return False
    plain = data[at : at + (0 if coded else 8 * held)].view(np.float64)
    used = 0
    for number in range(count):
        if present.size and not present[number]:
            amount[number] = np.nan
            continue
        amount[number] = values[codes[used]] if coded else plain[used]
        used += 1
    return True


@nb.njit(cache=True, nogil=True)
def find_bounds(place):  # type: ignore[no-untyped-def]
    """The lowest and the highest place."""
    low, high = place[0], place[0]
    for number in range(place.size):
        low, high = min(low, place[number]), max(high, place[number])
    return low, high


@nb.njit(cache=True, nogil=True)
def add_up(place, price, amount, factor, low, known, rows, unknown):  # type: ignore[no-untyped-def]
    """Price each row in kg and add it to its place, counted from ``low``."""
    for number in range(place.size):
        at = place[number] - low
        energy = amount[number]
        emitted = energy * factor[price[number]] if energy != 0.0 else 0.0
        rows[at] += np.uint32(1)
        if np.isfinite(emitted):
            known[at] += emitted
        else:
            unknown[at] += np.uint32(1)
