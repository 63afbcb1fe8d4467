"""How much could a city do with less, judged by real cities that achieve as much? FDH and order-m."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from citytandem.science.kernels.checks import as_matrix, name_columns, refuse_where
from citytandem.science.kernels.engine import Engine, run_in_blocks, runs_compiled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Rows = npt.NDArray[np.int64]


class Frontier(NamedTuple):
    """Scores of all rows and the real row each is measured by.

    ``score`` is 1 on the frontier; 0.8 means a row that achieves at least as much uses at most
    80 % of every input. ``peer`` is that row (the lowest row number among equals).
    """

    score: Floats
    peer: Rows


def measure_fdh(
    inputs: npt.ArrayLike,
    outputs: npt.ArrayLike,
    *,
    columns: Sequence[str] | None = None,
    engine: Engine | str = Engine.AUTO,
    threads: int | None = None,
) -> Frontier:
    """Free disposal hull, input direction: the best of the rows that are no worse in any output.

    ``score_i = min over rows j with outputs_j >= outputs_i of max over inputs p of x_jp / x_ip``.
    No convexity is assumed: the yardstick is one real city, never a mixture.

    Parameters
    ----------
    inputs
        Shape (rows, inputs): what should be small (tonnes per head by sector), above zero.
    outputs
        Shape (rows, outputs): what must not be less (services, jobs, a harder climate).
    columns
        Names of inputs, then outputs, for messages.
    engine, threads
        See :mod:`citytandem.science.kernels.engine`.

    Returns
    -------
    Frontier
        ``score`` (rows,) in (0, 1] and ``peer`` (rows,). A row with no better one is its own
        peer unless a row above it is its equal.

    Raises
    ------
    ValueError
        If a value is unknown or infinite, or an input is not above zero; the message names the column.

    References
    ----------
    Deprins, D., Simar, L. & Tulkens, H. (1984), Measuring labor efficiency in post offices.

    Examples
    --------
    >>> frontier = measure_fdh([[2.0], [1.0], [4.0]], [[1.0], [1.0], [3.0]])
    >>> frontier.score.tolist(), frontier.peer.tolist()
    ([0.5, 1.0, 1.0], [1, 1, 2])
    """
    x, y = _as_inputs_and_outputs(inputs, outputs, columns)
    score, peer = np.empty(len(x)), np.empty(len(x), np.int64)
    if runs_compiled(engine, work=float(len(x)) ** 2, repays_from=2.5e7):
        from citytandem.science.kernels.compiled.frontier import arrange, score_fdh  # slow import

        order, lanes_x, lanes_y, ends = arrange(x, y)

        def task(first: int, after_last: int) -> None:
            score_fdh(x, y, order, lanes_x, lanes_y, ends, score, peer, first, after_last)

        run_in_blocks(task, len(x), threads=threads, block=max(64, len(x) // 32))
        return Frontier(score, peer)
    for first, ratios in _dominating_ratios(x, y):
        peer[first : first + len(ratios)] = ratios.argmin(axis=1)
        score[first : first + len(ratios)] = ratios.min(axis=1)
    return Frontier(score, peer)


def measure_order_m(
    inputs: npt.ArrayLike,
    outputs: npt.ArrayLike,
    *,
    m: int,
    columns: Sequence[str] | None = None,
    engine: Engine | str = Engine.AUTO,
    threads: int | None = None,
) -> Floats:
    """Order-m score, input direction: the FDH score expected against m rows drawn at random.

    One exceptional city then does not set the yardstick for all. Usually simulated; here in closed
    form. With the ratios of the N rows that achieve at least as much sorted upwards, the k-th is
    the smallest of m draws with replacement with probability ``((N-k+1)/N)^m - ((N-k)/N)^m``.

    Parameters
    ----------
    inputs, outputs, columns, engine, threads
        As for :func:`measure_fdh`.
    m
        Number of rows drawn, at least 1.

    Returns
    -------
    ndarray
        Shape (rows,). At least the FDH score and falling towards it as m grows; above 1 for a
        row that uses less than the m drawn ones would be expected to.

    Raises
    ------
    ValueError
        As for :func:`measure_fdh`, or if m is below 1.

    References
    ----------
    Cazals, C., Florens, J.-P. & Simar, L. (2002), Nonparametric frontier estimation: a robust
    approach, Journal of Econometrics 106, 1-25. The sum is the mean of the smallest of m draws
    from a finite set; see ``benchmarks/README.md`` for the check against simulation.

    Examples
    --------
    Against itself (ratio 1) or a city at half its input, two draws miss the better one in a quarter:

    >>> measure_order_m([[2.0], [1.0]], [[1.0], [1.0]], m=2).tolist()
    [0.625, 1.25]
    """
    x, y = _as_inputs_and_outputs(inputs, outputs, columns)
    if m < 1:
        raise ValueError(f"m must be at least 1, got {m}")
    score = np.empty(len(x))
    if runs_compiled(engine, work=float(len(x)) ** 2, repays_from=2.5e7):
        from citytandem.science.kernels.compiled.frontier import arrange, score_order_m  # slow import

        order, lanes_x, lanes_y, ends = arrange(x, y)

        def task(first: int, after_last: int) -> None:
            score_order_m(x, y, order, lanes_x, lanes_y, ends, m, score, first, after_last)

        run_in_blocks(task, len(x), threads=threads, block=max(64, len(x) // 32))
        return score
    for first, ratios in _dominating_ratios(x, y):
        for row, values in enumerate(ratios):
            score[first + row] = _expected_smallest(np.sort(values[np.isfinite(values)]), m)
    return score


def _expected_smallest(ratios: Floats, m: int) -> float:
    """Mean of the smallest of m draws with replacement from sorted values."""
    left = np.arange(len(ratios), -1, -1) / len(ratios)
    return float(ratios @ -np.diff(left**m))


def _dominating_ratios(x: Floats, y: Floats) -> Iterator[tuple[int, Floats]]:
    """Blocks of ``(first row, ratio of every row to it)``; infinite where an output is less."""
    block = max(1, 2_000_000 // len(x))
    for first in range(0, len(x), block):
        own = slice(first, first + block)
        ratios = np.zeros((len(x[own]), len(x)))
        for column in range(x.shape[1]):
            np.maximum(ratios, x[None, :, column] / x[own, column, None], out=ratios)
        for column in range(y.shape[1]):
            ratios[y[None, :, column] < y[own, column, None]] = np.inf
        yield first, ratios


def _as_inputs_and_outputs(inputs: npt.ArrayLike, outputs: npt.ArrayLike, columns: Sequence[str] | None) -> tuple[Floats, Floats]:
    wide = np.shape(inputs)[-1] if np.ndim(inputs) == 2 else 0
    names = list(columns) if columns is not None else None
    x = as_matrix(inputs, columns=names[:wide] if names else None, what="inputs")
    y = as_matrix(outputs, columns=names[wide:] if names else None, what="outputs")
    if len(x) != len(y) or len(x) == 0:
        raise ValueError(f"inputs and outputs need the same rows, at least one: got {len(x)} and {len(y)}")
    refuse_where(
        x <= 0.0, name_columns(names[:wide] if names else None, wide, what="inputs"), what="inputs", why="is not above zero"
    )
    return x, y
