"""Which real cities built like this one emit less where it wants to improve, and not more elsewhere?"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from citytandem.science.benchmark.structure import Floats


def dominating(own: Floats, *, others: Floats, direction: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Free disposal hull in one direction: who is better there, and who is also no worse anywhere else.

    Parameters
    ----------
    own
        Own emissions per head by outcome, nan where unknown; shape (m,).
    others
        The same for other cities, nan where unknown or where the gate does not let the pair through; shape (n, m).
    direction
        Column in which the city wants to improve.

    Returns
    -------
    Two flags per city: less in the direction; and at the same time not more in any outcome compared.
    An outcome is compared where both values are known. A city that is compared in the direction
    alone can be better but does not dominate: too little is known.

    References
    ----------
    Deprins, Simar and Tulkens (1984); Bogetoft and Nielsen (2002) for the direction.

    >>> better, dominates = dominating(np.array([3.0, 2.0]), others=np.array([[2.0, 2.0], [1.0, 4.0]]), direction=0)
    >>> better.tolist(), dominates.tolist()
    ([True, True], [True, False])
    """
    with np.errstate(invalid="ignore"):
        better = others[:, direction] < own[direction]
        worse = (others > own).any(axis=1)
    both = (~np.isnan(others) & ~np.isnan(own)).sum(axis=1)
    return better, better & ~worse & (both >= 2)
