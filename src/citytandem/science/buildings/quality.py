"""How well does a change-point model fit, which kind is enough, and how sure is a year worked out with it?"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from citytandem.science.buildings.changepoint import KINDS, PARAMETERS, ChangePoint, Kind, fit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Fit:
    """A model with how well it fits.

    Parameters
    ----------
    model
        The change-point model.
    r_squared
        Share of the variance of use that the temperature explains; None where use does not vary.
    cv_rmse_percent
        Root mean square error as a share of mean use, with as many degrees of freedom as the model leaves.
    bias_percent
        Normalised mean bias error, measured less predicted, with the same degrees of freedom. A least-squares fit has
        none over its own periods; over other periods it tells.
    """

    model: ChangePoint
    r_squared: float | None
    cv_rmse_percent: float
    bias_percent: float


def judge_fit(model: ChangePoint, *, temperature: Numbers, use: Numbers) -> Fit:
    """How well a model describes periods, its own or others.

    References
    ----------
    ASHRAE Guideline 14-2014: CV(RMSE) and NMBE divide by n - p.
    """
    residual = use - model.predict(temperature)
    free = max(use.size - PARAMETERS[model.kind], 1)
    mean = float(use.mean())
    spread = float(np.square(use - mean).sum())
    return Fit(
        model,
        1 - float(np.square(residual).sum()) / spread if spread > 0 else None,
        100 * math.sqrt(float(np.square(residual).sum()) / free) / mean if mean else math.inf,
        100 * float(residual.sum()) / free / mean if mean else math.inf,
    )


def choose_fit(temperature: Numbers, use: Numbers, *, kinds: tuple[Kind, ...] = KINDS) -> Fit | None:
    """The model with the lowest information criterion of Schwarz, change points counted as parameters; None if none fits.

    Ties go to the model with fewer parameters. [P]

    >>> import numpy as np
    >>> warmth = np.array([-6.0, -2, 3, 9, 15, 20, 24, 26, 22, 14, 7, -1])
    >>> choose_fit(warmth, 5 + 2 * np.maximum(15 - warmth, 0)).model.kind
    '3PH'
    """
    found = [model for kind in kinds if (model := fit(temperature, use, kind=kind))]
    if not found:
        return None
    scale = float(np.square(use).sum()) * 1e-12 + 1e-300

    def weigh(model: ChangePoint) -> float:
        squares = max(model.residual_squares, scale)
        return model.count * math.log(squares / model.count) + PARAMETERS[model.kind] * math.log(model.count)

    chosen = min(found, key=lambda model: (weigh(model), PARAMETERS[model.kind]))
    return judge_fit(chosen, temperature=temperature, use=use)


def spread_of_year(model: ChangePoint, *, fitted: Numbers, temperature: Numbers, days: Numbers) -> float:
    """Half width of a 90 % interval of the use of all periods together, with the change points taken as given.

    Parameters
    ----------
    model
        The model.
    fitted
        Temperatures it was fitted to.
    temperature, days
        Temperature and length of the periods to be worked out.

    Returns
    -------
    Half width in units of use per day times days; errors of periods are taken as independent.
    """
    free = model.count - PARAMETERS[model.kind]
    if free < 1:
        return math.inf
    used = np.array([True, model.heating_point is not None, model.cooling_point is not None and model.kind != "2P"])
    before, after = (model.columns(part)[:, used] for part in (fitted, temperature))
    if model.kind == "2P":
        before, after = (np.column_stack([np.ones_like(part), part]) for part in (fitted, temperature))
    total = days @ after
    variance = model.residual_squares / free
    return t_quantile(0.95, free=free) * math.sqrt(
        variance * float(total @ np.linalg.pinv(before.T @ before) @ total + np.square(days).sum())
    )


def t_quantile(probability: float, *, free: int) -> float:
    """Quantile of Student's t, by the expansion in inverse degrees of freedom; within 0.1 % of the exact value.

    References
    ----------
    Abramowitz and Stegun (1964), 26.7.5; one and two degrees of freedom have closed forms.

    >>> round(t_quantile(0.95, free=9), 3), round(t_quantile(0.95, free=1), 3)
    (1.833, 6.314)
    """
    if free == 1:
        return math.tan(math.pi * (probability - 0.5))
    if free == 2:
        return (2 * probability - 1) * math.sqrt(2 / (4 * probability * (1 - probability)))
    z = NormalDist().inv_cdf(probability)
    steps = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + math.fsum(step / math.pow(free, power) for power, step in enumerate(steps, start=1))
