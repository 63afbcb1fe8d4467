"""The quickest way, for Parquet files sorted by city: rows are priced from their pages, a row group at a time."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from citytandem.bulk.native import COLUMNS, LARGEST, NAMED, Codes, dense_factors, frame_emitted
from citytandem.bulk.pages import (
    Column,
    Encoding,
    Group,
    LayoutNotKnown,
    PageKind,
    list_groups,
    read_numbers,
    read_pages,
    read_words,
)
from citytandem.science.kernels.engine import Engine, runs_compiled
from citytandem.science.kernels.price import REPAYS_FROM, list_places

KEYS = (*NAMED, "year")
OVERLAP = 3
"""Times over which row groups may cover the cities before the rows count as not sorted."""
WORDS_READ = 2_000_000
"""Words of dictionaries beyond which a file is no table of codes."""
Steps = tuple[NDArray[np.int32], NDArray[np.int32]]


@dataclass(frozen=True, slots=True)
class Layout:
    """Row groups, what their codes mean, and by how much each code of a dictionary moves the place of its row."""

    groups: list[Group]
    codes: Codes
    steps: list[dict[str, Steps]]
    shape: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Part:
    """The sums of one row group: tonnes known, rows, rows unknown from place ``low`` on."""

    low: int
    known: NDArray[np.float64]
    rows: NDArray[np.uint32]
    unknown: NDArray[np.uint32]


def list_files(place: str) -> list[Path]:
    """The files of a place on this machine; none for a URL."""
    if "://" in place:
        return []
    where = Path(place)
    return sorted(where.glob("**/*.parquet")) if where.is_dir() else [where]


def compile_paged(
    files: Sequence[Path], factor: pl.DataFrame, *, engine: Engine | str = Engine.AUTO, threads: int | None = None
) -> pl.DataFrame:
    """The answer of :func:`~citytandem.bulk.native.compile_native` without holding a column in memory.

    Parameters
    ----------
    files
        Parquet files with the columns of :class:`~citytandem.tables.bulk.Activity`, rows sorted by city.
    factor
        Rows of :class:`~citytandem.tables.bulk.PinnedFactor`.
    engine, threads
        See :mod:`citytandem.science.kernels.engine`; the number of threads changes no digit.

    Raises
    ------
    LayoutNotKnown
        If the files are laid out in another way, or rows are not sorted by city; also where the compiler does not pay.
    """
    groups = list_groups(files, columns=COLUMNS)
    if not groups or not runs_compiled(engine, work=sum(group.rows for group in groups), repays_from=REPAYS_FROM):
        raise LayoutNotKnown
    layout = read_layout(groups)
    prices = dense_factors(factor, layout.codes).reshape(-1)
    workers = threads or (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1)
    size = int(np.prod(layout.shape))
    known, rows, unknown = np.zeros(size), np.zeros(size, np.uint32), np.zeros(size, np.uint32)
    covered = 0
    desks: SimpleQueue[Desk] = SimpleQueue()
    for _ in range(workers):
        desks.put(Desk.of(max(group.rows for group in layout.groups)))
    price = partial(_price_group, layout, prices=prices, desks=desks)
    with ThreadPoolExecutor(workers) as pool:
        # sums join in the order of row groups, so the number of threads changes no digit
        for part in pool.map(price, range(len(layout.groups))):
            place = slice(part.low, part.low + part.known.size)
            known[place] += part.known
            rows[place] += part.rows
            unknown[place] += part.unknown
            covered += part.known.size
            if covered > OVERLAP * size + LARGEST // 100:
                pool.shutdown(wait=False, cancel_futures=True)
                raise LayoutNotKnown
    return frame_emitted(list_places(known, rows=rows, unknown=unknown, shape=layout.shape, threads=threads), layout.codes)


def read_layout(groups: list[Group]) -> Layout:
    """Read the dictionaries of all row groups; words get their codes in the order of the words."""
    read: dict[tuple[str, bytes], Any] = {}
    meanings: list[dict[str, Any]] = []
    total = 0
    for group in groups:
        own = {}
        for name in KEYS:
            page = next(read_pages(group.columns[name], only_dictionary=True), None)
            if page is None or page.encoding not in (Encoding.PLAIN, Encoding.PLAIN_DICTIONARY):
                raise LayoutNotKnown
            key = (name, page.body.tobytes())
            if key not in read:
                total += page.count
                if total > WORDS_READ:
                    raise LayoutNotKnown
                kind = group.columns[name].kind
                if (kind == "BYTE_ARRAY") == (name == "year"):
                    raise LayoutNotKnown
                read[key] = read_numbers(page, kind)[: page.count] if name == "year" else read_words(page)
            own[name] = key
        meanings.append(own)
    codes = _list_codes(read)
    shape = (codes.size("city"), codes.years + 1, codes.size("sector"))
    if float(np.prod(np.array(shape, float))) > LARGEST:
        raise LayoutNotKnown
    steps = {key: _step(key[0], meaning, codes, shape) for key, meaning in read.items()}
    return Layout(groups, codes, [{name: steps[key] for name, key in own.items()} for own in meanings], shape)


def _list_codes(read: dict[tuple[str, bytes], Any]) -> Codes:
    words = {name: sorted({word for key, meaning in read.items() if key[0] == name for word in meaning}) for name in NAMED}
    years = [meaning for key, meaning in read.items() if key[0] == "year" and len(meaning)]
    low, high = (int(min(found.min() for found in years)), int(max(found.max() for found in years))) if years else (0, 0)
    if not -32768 <= low <= high <= 32767:
        raise LayoutNotKnown
    return Codes(words, {name: pl.Enum(found) for name, found in words.items()}, low, high - low + 1)


def _step(name: str, meaning: Any, codes: Codes, shape: tuple[int, int, int]) -> Steps:
    """How far each code of one dictionary, and last an unknown key, moves the place of a row and that of its factor."""
    if name == "year":
        code = np.append(np.asarray(meaning, np.int64) - codes.first_year, codes.years)
    else:
        order = {word: number for number, word in enumerate(codes.words[name])}
        code = np.array([*(order[word] for word in meaning), len(order)], np.int64)
    carriers = codes.size("carrier")
    place = {"city": shape[1] * shape[2], "year": shape[2], "sector": 1}.get(name, 0)
    price = {"country": shape[1] * carriers, "year": carriers, "carrier": 1}.get(name, 0)
    return (code * place).astype(np.int32), (code * price).astype(np.int32)


@dataclass(frozen=True, slots=True)
class Desk:
    """Room for the rows of one row group, used again and again."""

    place: NDArray[np.int32]
    price: NDArray[np.int32]
    amount: NDArray[np.float64]

    @classmethod
    def of(cls, rows: int) -> Desk:
        """Room for so many rows."""
        return cls(np.empty(rows, np.int32), np.empty(rows, np.int32), np.empty(rows))

    def clear(self, rows: int) -> Desk:
        """Room for the rows of the next group, all at place zero."""
        self.place[:rows], self.price[:rows] = 0, 0
        return Desk(self.place[:rows], self.price[:rows], self.amount[:rows])


def _price_group(layout: Layout, number: int, *, prices: NDArray[np.float64], desks: SimpleQueue[Desk]) -> Part:
    from citytandem.science.kernels.compiled import unpack  # slow import

    group = layout.groups[number]
    own = desks.get()
    try:
        desk = own.clear(group.rows)
        for name, steps in layout.steps[number].items():
            _add_keys(group.columns[name], steps, desk=desk)
        _read_amounts(group.columns["activity_mwh"], desk.amount)
        low, high = (int(bound) for bound in unpack.find_bounds(desk.place))
        size = high - low + 1
        known, rows, unknown = np.zeros(size), np.zeros(size, np.uint32), np.zeros(size, np.uint32)
        unpack.add_up(desk.place, desk.price, desk.amount, prices, low, known, rows, unknown)
    finally:
        desks.put(own)
    return Part(low, known / 1000.0, rows, unknown)


def _add_keys(column: Column, steps: Steps, *, desk: Desk) -> None:
    from citytandem.science.kernels.compiled import unpack  # slow import

    first = 0
    for page in read_pages(column):
        if page.kind is PageKind.DICTIONARY:
            continue
        rows = slice(first, first + page.count)
        whole = page.coded and unpack.add_keys(page.body, column.optional, page.count, *steps, desk.place[rows], desk.price[rows])
        if not whole:
            raise LayoutNotKnown
        first += page.count


def _read_amounts(column: Column, amount: NDArray[np.float64]) -> None:
    from citytandem.science.kernels.compiled import unpack  # slow import

    first, values = 0, np.empty(0)
    if column.kind != "DOUBLE":
        raise LayoutNotKnown
    for page in read_pages(column):
        if page.kind is PageKind.DICTIONARY:
            values = read_numbers(page, column.kind)[: page.count]
            continue
        rows = slice(first, first + page.count)
        readable = page.coded or page.encoding is Encoding.PLAIN
        if not readable or not unpack.copy_amounts(page.body, column.optional, page.count, values, page.coded, amount[rows]):
            raise LayoutNotKnown
        first += page.count
