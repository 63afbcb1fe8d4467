"""Who learns with whom in a whole network: the best pairs and groups, with proof, and what each change would cost.

::

    score_pairs(candidates, gains, *, wishes, bonds, weights=WEIGHTS_2026) -> DataFrame[PossiblePair]   possible pairs and why
    match(candidates, *, pairs, rules=None, settings=MatchSettings()) -> Matched                       the best choice among them
    stability(matched, *, draws=40, seed, weights=WEIGHTS_2026) -> Matched                             pairs with ``stays`` filled
    price_leaving(matched, *, most=...) -> Matched                                                     ``cost_of_leaving`` filled
    price_change(matched, *, move) -> Change                                                           a move by hand and its cost
    rematch(matched, *, without) -> Change                                                             least change after a loss
"""

from citytandem.science.partners.matching.answer import Change, Matched, Move, Proof, Question
from citytandem.science.partners.matching.settings import WEIGHTS_2026, Countries, Form, MatchSettings, Weights

__all__ = ["WEIGHTS_2026", "Change", "Countries", "Form", "MatchSettings", "Matched", "Move", "Proof", "Question", "Weights"]
