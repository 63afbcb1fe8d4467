"""Did the weights of the matching foresee what came of the pairs? A look back that says when it is too early to tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from citytandem.findings import Code, Finding, Severity

if TYPE_CHECKING:
    import polars as pl

FEWEST = 20
"""Pairs below which nothing is said: fewer cannot tell a weight from chance."""
SHUFFLES = 2_000


@dataclass(frozen=True)
class Hindsight:
    """How the points of pairs and what came of them go together.

    ``agreement`` is Kendall's tau-b from -1 to 1, ``by_chance`` the share of shuffles that agree at least as much in either
    direction; both None where there are too few pairs, or all are alike.
    """

    pairs: int
    agreement: float | None
    by_chance: float | None
    findings: tuple[Finding, ...]


def look_back(pairs: pl.DataFrame, *, seed: int) -> Hindsight:
    """Compare what was expected of pairs with what came of them.

    Parameters
    ----------
    pairs
        One row per pair: ``score`` (points of the matching when it was proposed) and ``begun`` (measures begun since).
    seed
        Of the shuffles.

    Returns
    -------
    :class:`Hindsight`; with fewer than twenty pairs, or where all are alike, without an agreement and with a finding.

    References
    ----------
    Kendall, M. G. (1945). The treatment of ties in ranking problems. Biometrika 33, 239-251.

    Examples
    --------
    >>> import polars as pl
    >>> early = look_back(pl.DataFrame({"score": [3, 5], "begun": [0, 2]}), seed=1)
    >>> early.agreement, str(early.findings[0].code)
    (None, 'hindsight_too_early')
    """
    known = pairs.drop_nulls(["score", "begun"])
    score, begun = known["score"].to_numpy().astype(float), known["begun"].to_numpy().astype(float)
    alike = known.height > 0 and (np.ptp(score) == 0 or np.ptp(begun) == 0)
    if known.height < FEWEST or alike:
        facts = {"count": known.height, "fewest": FEWEST}
        note = Finding(Code.HINDSIGHT_TOO_EARLY, facts, where="hindsight", severity=Severity.NOTE)
        return Hindsight(known.height, None, None, (note,))
    signs = _signs(score)
    own = _agree(signs, _signs(begun))
    draws = np.random.default_rng(seed)
    shuffled = np.array([_agree(signs, _signs(draws.permutation(begun))) for _ in range(SHUFFLES)])
    by_chance = float((1 + (np.abs(shuffled) >= abs(own)).sum()) / (1 + SHUFFLES))
    return Hindsight(known.height, own, by_chance, ())


def _signs(values: np.ndarray) -> np.ndarray:
    """For each two pairs, which has more: an upper triangle of -1, 0 and 1."""
    return np.asarray(np.sign(values[:, None] - values[None, :])[np.triu_indices(len(values), 1)])


def _agree(one: np.ndarray, other: np.ndarray) -> float:
    """Kendall's tau-b of two rows of signs."""
    return float((one * other).sum() / np.sqrt((one != 0).sum() * (other != 0).sum()))
