"""Who learns with whom in a whole network: the best pairs and groups, with proof, and what each change would cost.

::

    score_pairs(candidates, gains, *, wishes, bonds, weights=WEIGHTS_2026) -> DataFrame[PossiblePair]   possible pairs and why
    match(candidates, *, pairs, rules=None, settings=None) -> Matched                       the best choice among them
    stability(matched, *, seed, draws=40, weights=WEIGHTS_2026) -> Matched                             pairs with ``stays`` filled
    price_leaving(matched, *, pairs=None) -> Matched                                                    ``cost_of_leaving`` filled
    price_change(matched, *, move) -> Change                                                           a move by hand and its cost
    rematch(matched, *, without) -> Change                                                             least change after a loss
"""

from citytandem.science.partners.matching.answer import Change, Matched, Move, Proof, Question
from citytandem.science.partners.matching.change import price_change, price_leaving, rematch
from citytandem.science.partners.matching.match import match
from citytandem.science.partners.matching.score import score_pairs
from citytandem.science.partners.matching.settings import WEIGHTS_2026, Countries, Form, MatchSettings, Weights
from citytandem.science.partners.matching.stability import stability

__all__ = [
    "WEIGHTS_2026",
    "Change",
    "Countries",
    "Form",
    "MatchSettings",
    "Matched",
    "Move",
    "Proof",
    "Question",
    "Weights",
    "match",
    "price_change",
    "price_leaving",
    "rematch",
    "score_pairs",
    "stability",
]
