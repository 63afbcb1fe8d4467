"""How firmly does each pair stand when the weights, which are a judgement, are a little different?"""

from __future__ import annotations

import math
from dataclasses import astuple, replace

import numpy as np
import polars as pl

from citytandem.science.partners.matching.answer import Matched
from citytandem.science.partners.matching.field import read_field
from citytandem.science.partners.matching.match import solve
from citytandem.science.partners.matching.score import ENDS, weigh
from citytandem.science.partners.matching.settings import WEIGHTS_2026, Form, Weights
from citytandem.science.partners.matching.shape import shape_groups
from citytandem.tables.matching import MatchPair

SPREAD = 1.2
"""Each weight is drawn between one 1.2th and 1.2 times itself, evenly on the logarithm: about 20 % either way."""


def stability(matched: Matched, *, seed: int, draws: int = 40, weights: Weights = WEIGHTS_2026) -> Matched:
    """The same matching with ``stays``: the share of draws of the weights in which each pair is chosen again.

    Each draw is a full matching under its own weights; the pairs and the rules stay. Only choices are weighed anew: what a
    city can learn is not drawn here, for its span is in the gains.

    Parameters
    ----------
    seed
        Of the draws; the same seed draws the same.
    draws
        How many.
    weights
        The weights the pairs were scored with.
    """
    question = matched.question
    settings = replace(question.settings, seconds=question.settings.seconds / max(1, draws))
    if Form(settings.form) is not Form.CLUSTER:
        settings = question.settings
    stayed: dict[tuple[str, str], int] = {}
    for drawn in draw_weights(weights, draws=draws, seed=seed):
        field = read_field(replace(question, pairs=weigh(question.pairs, weights=drawn), settings=settings))
        for _, one, two in shape_groups(solve(field), field=field)[1]:
            stayed[one, two] = stayed.get((one, two), 0) + 1
    shares = [stayed.get((one, two), 0) / draws for one, two in matched.pairs.select(ENDS).iter_rows()]
    return replace(matched, pairs=MatchPair.cast(matched.pairs.with_columns(pl.Series("stays", shares, dtype=pl.Float64))))


def draw_weights(weights: Weights, *, draws: int, seed: int) -> list[Weights]:
    """Weights drawn evenly on the logarithm, up to ``SPREAD`` either way.

    >>> [round(drawn.mutual, 3) for drawn in draw_weights(WEIGHTS_2026, draws=2, seed=1)]
    [1.004, 1.018]
    """
    width, plain = math.log(SPREAD), astuple(weights)
    factors = np.exp(np.random.default_rng(seed).uniform(-width, width, size=(draws, len(plain))))
    return [Weights(*(row * np.array(plain)).tolist()) for row in factors]
