"""What lies in the pages of a Parquet file? Keys stay codes there; any layout not known here is left to the usual reader."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
LARGEST_GROUP = 20_000_000
"""Rows of a row group beyond which it is not worked through at once."""
PACKING = {"ZSTD": "zstd", "SNAPPY": "snappy", "GZIP": "gzip", "UNCOMPRESSED": None}


class LayoutNotKnown(Exception):
    """The file is laid out in a way the usual reader knows better."""


class PageKind(IntEnum):
    """Numbers of the Parquet format."""

    DATA = 0
    DICTIONARY = 2


class Encoding(IntEnum):
    """Numbers of the Parquet format."""

    PLAIN = 0
    PLAIN_DICTIONARY = 2
    RLE = 3
    RLE_DICTIONARY = 8


@dataclass(frozen=True, slots=True)
class Column:
    """Where one column of one row group lies, and how."""

    data: Bytes
    start: int
    stop: int
    rows: int
    unpacked: int
    packing: str | None
    kind: str
    optional: bool


@dataclass(frozen=True, slots=True)
class Page:
    """One page, unpacked: its number of values and its bytes."""

    kind: PageKind
    encoding: Encoding
    count: int
    body: Bytes

    @property
    def coded(self) -> bool:
        """Whether its values are codes of the dictionary."""
        return self.encoding in (Encoding.PLAIN_DICTIONARY, Encoding.RLE_DICTIONARY)


@dataclass(frozen=True, slots=True)
class Group:
    """One row group: its number of rows and its columns by name."""

    rows: int
    columns: dict[str, Column]


def list_groups(files: Sequence[Path], *, columns: Sequence[str]) -> list[Group]:
    """The row groups of files, in order.

    Raises
    ------
    LayoutNotKnown
        If a column is nested, packed or encrypted in a way not read here.
    """
    found = []
    for path in files:
        try:
            about = pq.read_metadata(path)
        except (OSError, pa.ArrowException) as error:
            raise LayoutNotKnown from error
        layout = about.schema
        place = {layout.column(number).path: number for number in range(about.num_columns)}
        if not about.num_rows or any(name not in place for name in columns):
            raise LayoutNotKnown
        data = np.asarray(np.memmap(path, dtype=np.uint8, mode="r"))
        for number in range(about.num_row_groups):
            group = about.row_group(number)
            if not group.num_rows:
                continue
            parts = {name: _locate(group.column(place[name]), layout.column(place[name]), data) for name in columns}
            if group.num_rows > LARGEST_GROUP or any(part.rows != group.num_rows for part in parts.values()):
                raise LayoutNotKnown
            found.append(Group(group.num_rows, parts))
    return found


def _locate(column: Any, layout: Any, data: Bytes) -> Column:
    if layout.max_repetition_level or layout.max_definition_level > 1 or column.compression not in PACKING:
        raise LayoutNotKnown
    start = column.data_page_offset
    if column.dictionary_page_offset:
        start = min(start, column.dictionary_page_offset)
    stop = start + column.total_compressed_size
    if not 0 <= start < stop <= data.size:
        raise LayoutNotKnown
    packing = PACKING[column.compression]
    sizes = (column.num_values, column.total_uncompressed_size)
    return Column(data, start, stop, *sizes, packing, column.physical_type, layout.max_definition_level == 1)


def read_pages(column: Column, *, only_dictionary: bool = False) -> Iterator[Page]:
    """The pages of a column, unpacked one after another.

    Raises
    ------
    LayoutNotKnown
        If a page is of a kind not read here, or damaged.
    """
    codec = pa.Codec(column.packing) if column.packing else None
    letters: memoryview = column.data.data
    at, rows = column.start, 0
    while at < column.stop and rows < column.rows:
        head, at = _read_struct(letters, at, column.stop)
        kind, size, packed = head.get(1, -1), head.get(2, -1), head.get(3, -1)
        about = head.get(5) if kind == PageKind.DATA else head.get(7) if kind == PageKind.DICTIONARY else None
        if about is None or not 0 <= size <= column.unpacked or not 0 <= packed <= column.stop - at or about.get(1, -1) < 0:
            raise LayoutNotKnown
        body = column.data[at : at + packed]
        at += packed
        try:
            if codec is not None:
                body = np.frombuffer(codec.decompress(body, size), np.uint8)
            page = Page(PageKind(kind), Encoding(about.get(2)), about[1], body)
        except (OSError, ValueError) as error:
            raise LayoutNotKnown from error
        if page.kind is PageKind.DATA:
            if only_dictionary:
                return
            rows += page.count
            if rows > column.rows or about.get(3) != Encoding.RLE:
                raise LayoutNotKnown
        yield page
    if rows != column.rows and not only_dictionary:
        raise LayoutNotKnown


def read_words(page: Page) -> list[str]:
    """The words of a dictionary page: each its length in four bytes, then its letters."""
    data, at, words = page.body.tobytes(), 0, []
    try:
        for _ in range(page.count):
            size = int.from_bytes(data[at : at + 4], "little")
            at += 4 + size
            if at > len(data):
                raise LayoutNotKnown
            words.append(data[at - size : at].decode("utf-8"))
    except UnicodeDecodeError as error:
        raise LayoutNotKnown from error
    return words


def read_numbers(page: Page, kind: str) -> NDArray[Any]:
    """The numbers of a page without codes."""
    types = {"INT32": np.int32, "INT64": np.int64, "DOUBLE": np.float64}
    if kind not in types:
        raise LayoutNotKnown
    whole = page.body.size // np.dtype(types[kind]).itemsize * np.dtype(types[kind]).itemsize
    return page.body[:whole].view(types[kind])


BOOLEANS, VARIABLE, WORDS, LISTS, STRUCT = (1, 2), (4, 5, 6), 8, (9, 10), 12


def _read_struct(data: memoryview, at: int, stop: int) -> tuple[dict[int, Any], int]:
    """A head of a page, in Thrift's compact form: whole numbers and structures by their field number."""
    found: dict[int, Any] = {}
    field = 0
    while True:
        if at >= stop:
            raise LayoutNotKnown
        byte = data[at]
        at += 1
        if byte == 0:
            return found, at
        kind, step = byte & 15, byte >> 4
        if step:
            field += step
        else:
            field, at = _read_number(data, at, stop)
        if kind in BOOLEANS:
            found[field] = kind == BOOLEANS[0]
        elif kind in VARIABLE:
            found[field], at = _read_number(data, at, stop)
        elif kind == WORDS:
            size, at = _read_varint(data, at, stop)
            at += size
        elif kind == STRUCT:
            found[field], at = _read_struct(data, at, stop)
        else:
            raise LayoutNotKnown


def _read_number(data: memoryview, at: int, stop: int) -> tuple[int, int]:
    number, at = _read_varint(data, at, stop)
    return (number >> 1) ^ -(number & 1), at


def _read_varint(data: memoryview, at: int, stop: int) -> tuple[int, int]:
    number, shift = 0, 0
    while at < stop and shift < 70:
        byte = data[at]
        at += 1
        number |= (byte & 127) << shift
        if byte < 128:
            return number, at
        shift += 7
    raise LayoutNotKnown
