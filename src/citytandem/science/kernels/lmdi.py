"""By how much did each factor change the emissions? Additive LMDI-I for many cities at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from citytandem.science.kernels.agreed import SERIES_BELOW
from citytandem.science.kernels.checks import name_columns
from citytandem.science.kernels.engine import Engine, run_in_blocks, runs_compiled

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]


def decompose_change(
    start: npt.ArrayLike,
    end: npt.ArrayLike,
    *,
    factors: Sequence[str] | None = None,
    by_term: bool = False,
    engine: Engine | str = Engine.AUTO,
    threads: int | None = None,
) -> Floats:
    """Effects of each factor on the change of a sum of products, closing exactly.

    A city emits ``V = sum over terms of the product of the term's factors`` (population x energy
    per head x share of a carrier x its emission factor, one term per sector and carrier). The
    effect of factor x on one term is ``L(V1, V0) ln(x1 / x0)`` with the logarithmic mean
    ``L(a, b) = (a - b) / ln(a / b)``, ``L(a, a) = a``.

    Parameters
    ----------
    start, end
        Shape (factors, cities, terms): one plane per factor. ``start`` is the base year or the
        reference, ``end`` the later year or the city. Any units; effects come in the product's unit.
    factors
        Names of the factors, for messages.
    by_term
        Give the effect on each term instead of the sum over terms.
    engine, threads
        See :mod:`citytandem.science.kernels.engine`.

    Returns
    -------
    ndarray
        Shape (cities, factors); with ``by_term`` (factors, cities, terms). The effects of a city
        add up to its change; exchanging ``start`` and ``end`` flips every sign.

    Raises
    ------
    ValueError
        If shapes differ, or a factor is negative, infinite or unknown; the message names it.

    Notes
    -----
    Zeros follow the analytic limits. A term that appears (zero at the start, not at the end)
    gives its whole value to the factors that were zero, in equal parts; one that disappears
    takes it from them; a term that is zero on both sides has no effect. A factor that has no
    meaning on one side (the emission factor of an unused carrier) is not unknown: give it the
    value of the other side, and it has no effect.

    References
    ----------
    Ang, B. W. & Liu, N. (2007), Handling zero values in the logarithmic mean Divisia index
    decomposition approach, Energy Policy 35, 238-246.

    Examples
    --------
    Ten people at 2 t become twelve at 1.5 t:

    >>> decompose_change([[[10.0]], [[2.0]]], [[[12.0]], [[1.5]]]).round(3)
    array([[ 3.461, -5.461]])
    """
    before, after = np.ascontiguousarray(start, np.float64), np.ascontiguousarray(end, np.float64)
    if before.ndim != 3 or before.shape != after.shape or before.shape[0] == 0:
        raise ValueError(f"expected two arrays of factors x cities x terms, got {before.shape} and {after.shape}")
    names = name_columns(factors, before.shape[0], what="factors")
    if by_term or not runs_compiled(engine, work=before.size, repays_from=5e7):
        _refuse_impossible(before, after, names)
        effects = _effects_by_term(before, after)
        return effects if by_term else np.ascontiguousarray(effects.sum(axis=2).T)
    return _effects_compiled(before, after, names, threads=threads)


def _effects_by_term(before: Floats, after: Floats) -> Floats:
    """The formula and its limits in NumPy, shape (factors, cities, terms)."""
    appears, vanishes = (before == 0.0) & (after > 0.0), (after == 0.0) & (before > 0.0)
    empty_before, empty_after = (before == 0.0).any(axis=0), (after == 0.0).any(axis=0)
    value_before, value_after = before.prod(axis=0), after.prod(axis=0)
    sound = (before > 0.0) & (after > 0.0)
    logs = np.log(np.divide(after, before, out=np.ones_like(after), where=sound))
    effects: Floats = logs * logarithmic_mean(value_after, value_before, log_ratio=logs.sum(axis=0))
    effects[:, empty_before | empty_after] = 0.0
    arriving, leaving = empty_before & ~empty_after, empty_after & ~empty_before
    effects += np.where(arriving & appears, value_after / np.maximum(appears.sum(axis=0), 1), 0.0)
    effects -= np.where(leaving & vanishes, value_before / np.maximum(vanishes.sum(axis=0), 1), 0.0)
    return effects


def logarithmic_mean(above: Floats, below: Floats, *, log_ratio: Floats) -> Floats:
    """``(above - below) / log_ratio``, from the series in tanh where the two nearly agree.

    >>> float(logarithmic_mean(np.array(3.0), np.array(3.0), log_ratio=np.array(0.0)))
    3.0
    """
    q = np.square(0.5 * log_ratio)
    series = 0.5 * (above + below) * (1.0 + q * (-1 / 3 + q * (2 / 15 - q * 17 / 315)))
    close = np.abs(log_ratio) < SERIES_BELOW
    return np.where(close, series, (above - below) / np.where(close, 1.0, log_ratio))


def _effects_compiled(before: Floats, after: Floats, names: Sequence[str], *, threads: int | None) -> Floats:
    from citytandem.science.kernels.compiled.lmdi import add_effects  # slow import

    n_factors, cities, _ = before.shape
    effects = np.empty((cities, n_factors))
    refused = np.zeros(cities, dtype=np.bool_)

    def task(first: int, after_last: int) -> None:
        add_effects(before, after, effects, refused, first, after_last)

    run_in_blocks(task, cities, threads=threads, block=max(64, -(-cities // 16)))
    if refused.any():
        _refuse_impossible(before, after, names)
    return effects


def _refuse_impossible(before: Floats, after: Floats, names: Sequence[str]) -> None:
    for side, values in (("start", before), ("end", after)):
        wrong = ~(np.isfinite(values) & (values >= 0.0))
        if wrong.any():
            factor, city, term = (int(place) for place in np.argwhere(wrong)[0])
            found = values[factor, city, term]
            raise ValueError(f"{side}: factor {names[factor]!r} is {found} in city row {city}, term {term}")
