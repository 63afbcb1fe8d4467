"""What could the totals be, given how uncertain each value is? Reproducible random draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from citytandem.science.kernels.agreed import QUANTILE
from citytandem.science.kernels.checks import as_matrix, name_columns, refuse_where
from citytandem.science.kernels.engine import Engine, run_in_blocks, runs_compiled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Singles = npt.NDArray[np.float32]
    Keys = npt.NDArray[np.uint64]

# Factors shared by all cities draw from a stream that no city number reaches.
_SHARED_STREAM = -1
_TURN = np.uint64(0x9E3779B97F4A7C15)  # 2^64 over the golden ratio: spreads counted numbers evenly
_TURN_32 = np.uint32(0x9E3779B9)


def draw_totals(
    values: npt.ArrayLike,
    relative_sd: npt.ArrayLike,
    *,
    draws: int,
    seed: int,
    cities: npt.ArrayLike | None = None,
    columns: Sequence[str] | None = None,
    engine: Engine | str = Engine.AUTO,
    threads: int | None = None,
) -> Singles:
    """Totals per city under independent lognormal errors of each cell.

    A cell becomes ``value x exp(s z - s^2 / 2)`` with ``s^2 = ln(1 + relative_sd^2)``: its mean is
    the value, its relative standard deviation ``relative_sd``. Zero stays zero, a negative value
    (a credit) stays negative.

    Parameters
    ----------
    values
        Shape (cities, cells), all known.
    relative_sd
        Relative standard deviation, 0.05 for 5 %; shape (cells,) or (cities, cells).
    draws
        How many.
    seed
        Any whole number from 0; the same seed gives the same draws.
    cities
        A whole number from 0 per row that stays with the city; row numbers if left out. Every
        draw depends only on (seed, city, cell, draw): not on other cities, order or threads.
    columns
        Names of the cells, for messages.
    engine, threads
        See :mod:`citytandem.science.kernels.engine`.

    Returns
    -------
    ndarray of float32
        Shape (cities, draws).

    Raises
    ------
    ValueError
        If a value is unknown or infinite, a relative_sd negative, or the shapes do not fit.

    Examples
    --------
    >>> draw_totals([[100.0, 50.0]], [0.0, 0.0], draws=3, seed=1).tolist()
    [[150.0, 150.0, 150.0]]
    """
    cells = as_matrix(values, columns=columns, what="values")
    spread, keys = _as_spread(relative_sd, cells.shape, columns), _as_city_numbers(cities, len(cells))
    if draws < 1:
        raise ValueError(f"draws must be at least 1, got {draws}")
    totals = np.empty((len(cells), draws), np.float32)
    add: Callable[..., None] = _add_draws_plain
    if runs_compiled(engine, work=float(cells.size) * draws, repays_from=5e7):
        from citytandem.science.kernels.compiled.draws import add_draws  # slow import

        add = add_draws

    def task(first: int, after_last: int) -> None:
        own = slice(first, after_last)
        add(cells[own].astype(np.float32), spread[own], _key(seed, keys[own], cells.shape[1]), totals[own])

    run_in_blocks(task, len(cells), threads=threads, block=max(1, min(256, -(-len(cells) // 8))))
    return totals


def draw_shared_totals(
    amounts: npt.ArrayLike,
    relative_sd: npt.ArrayLike,
    *,
    draws: int,
    seed: int,
    columns: Sequence[str] | None = None,
) -> Singles:
    """Totals per city when an error belongs to a factor and so to every city that uses it.

    The draws of all factors are one small matrix, and the totals one matrix product: the errors
    of two cities are correlated as far as they use the same factors, and a difference between
    them is not made to look less certain than it is.

    Parameters
    ----------
    amounts
        Shape (cities, factors): tonnes computed with each factor, all known; zero where unused.
    relative_sd
        Shape (factors,).
    draws, seed, columns
        As for :func:`draw_totals`.

    Returns
    -------
    ndarray of float32
        Shape (cities, draws).

    Examples
    --------
    >>> totals = draw_shared_totals([[10.0], [20.0]], [0.1], draws=2, seed=7)
    >>> (totals[1] / totals[0]).tolist()
    [2.0, 2.0]
    """
    tonnes = as_matrix(amounts, columns=columns, what="amounts")
    if draws < 1:
        raise ValueError(f"draws must be at least 1, got {draws}")
    spread = _as_spread(relative_sd, (1, tonnes.shape[1]), columns)[0]
    keys = _key(seed, np.array([_SHARED_STREAM]), tonnes.shape[1])[0]
    product: Singles = tonnes.astype(np.float32) @ _multipliers(keys, spread, draws)
    return product


def take_quantiles(totals: npt.NDArray[np.floating], shares: Sequence[float]) -> Floats:
    """Quantiles of each row by linear interpolation, shape (rows, len(shares)).

    >>> take_quantiles(np.array([[3.0, 1.0, 2.0]]), [0.5, 1.0]).tolist()
    [[2.0, 3.0]]
    """
    ordered = np.sort(totals, axis=1)
    places = np.asarray(shares, np.float64) * (ordered.shape[1] - 1)
    below = np.clip(np.floor(places).astype(np.int64), 0, max(ordered.shape[1] - 2, 0))
    above = np.minimum(below + 1, ordered.shape[1] - 1)
    rest = places - below
    quantiles: Floats = ordered[:, below] * (1.0 - rest) + ordered[:, above] * rest
    return quantiles


def mix_bits(bits: Keys) -> Keys:
    """A 64-bit number to one that looks unrelated (the finaliser of Steele, Lea & Flood 2014)."""
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return bits ^ (bits >> np.uint64(31))


def _key(seed: int, cities: npt.NDArray[np.int64], cells: int) -> Keys:
    """One 64-bit key per city and cell."""
    if not 0 <= seed < 2**64:
        raise ValueError(f"seed must be a whole number from 0 to 2^64 - 1, got {seed}")
    start = mix_bits(np.array([seed], np.uint64) + _TURN)
    streams = mix_bits(start ^ mix_bits(cities.astype(np.uint64) * _TURN + _TURN))
    keys: Keys = mix_bits(streams[:, None] + np.arange(1, cells + 1, dtype=np.uint64) * _TURN)
    return keys


def _multipliers(keys: Keys, spread: Singles, draws: int) -> Singles:
    """``exp(s z - s^2 / 2)`` for draws 0, 1, ... of each key, shape (keys, draws)."""
    low, high = (keys & np.uint64(0xFFFFFFFF)).astype(np.uint32), (keys >> np.uint64(32)).astype(np.uint32)
    bits = np.arange(draws, dtype=np.uint32) * _TURN_32 + low[:, None]
    bits = (bits ^ (bits >> np.uint32(16))) * np.uint32(0x7FEB352D) ^ high[:, None]
    bits = (bits ^ (bits >> np.uint32(15))) * np.uint32(0x846CA68B)
    bits ^= bits >> np.uint32(16)
    v = ((bits >> np.uint32(8)).astype(np.float32) - np.float32(2**23) + np.float32(0.5)) * np.float32(2.0**-23)
    place = np.log2((1 - v) * (1 + v)) * np.float32(-1 / 11.5) - np.float32(1)
    z = np.full_like(v, QUANTILE[0])
    for coefficient in QUANTILE[1:]:
        z *= place
        z += coefficient
    result: Singles = np.exp(spread[:, None] * (z * v) - np.float32(0.5) * np.square(spread[:, None]))
    return result


def _add_draws_plain(values: Singles, spread: Singles, keys: Keys, totals: Singles) -> None:
    for city, row in enumerate(values):
        used = np.flatnonzero(row)
        totals[city] = row[used] @ _multipliers(keys[city, used], spread[city, used], totals.shape[1])


def _as_spread(relative_sd: npt.ArrayLike, shape: tuple[int, ...], columns: Sequence[str] | None) -> Singles:
    """The lognormal s of each cell, float32."""
    given = np.asarray(relative_sd, np.float64)
    if given.shape not in (shape, shape[1:]):
        raise ValueError(f"relative_sd: expected shape {shape[1:]} or {shape}, got {given.shape}")
    rows = np.atleast_2d(given)
    names = name_columns(columns, shape[1], what="values")
    refuse_where(~((rows >= 0.0) & np.isfinite(rows)), names, what="relative_sd", why="is negative or unknown")
    return np.broadcast_to(np.sqrt(np.log1p(np.square(rows))).astype(np.float32), shape)


def _as_city_numbers(cities: npt.ArrayLike | None, count: int) -> npt.NDArray[np.int64]:
    numbers = np.arange(count) if cities is None else np.asarray(cities)
    if numbers.shape != (count,) or not np.issubdtype(numbers.dtype, np.integer) or (numbers < 0).any():
        raise ValueError(f"cities: expected {count} whole numbers from 0")
    return numbers.astype(np.int64)
