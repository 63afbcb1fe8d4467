"""A matching as a run keeps it: frames as columns, findings as codes and facts; read back exactly as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citytandem.tables.matching import BlockingPair, Candidate, Grouping, Load, MatchPair, PossiblePair, Rule, Unmatched
from citytandem.web.programmes.matching import as_findings, read_settings, shape

if TYPE_CHECKING:
    from collections.abc import Mapping

    import dataframely as dy

    from citytandem.science.partners.matching import Change, Matched

ASKED: dict[str, type[dy.Schema]] = {"candidates": Candidate, "possible": PossiblePair, "rules": Rule}
ANSWERED: dict[str, type[dy.Schema]] = {
    "groups": Grouping, "pairs": MatchPair, "unmatched": Unmatched, "blocking": BlockingPair, "loads": Load,
}  # fmt: skip


def keep_matched(matched: Matched, *, cards: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Everything a later page or a later move needs, as plain values."""
    question = matched.question
    frames = {
        "candidates": question.candidates, "possible": question.pairs, "rules": question.rules, "groups": matched.groups,
        "pairs": matched.pairs, "unmatched": matched.unmatched, "blocking": matched.blocking, "loads": matched.loads,
    }  # fmt: skip
    return {
        "frames": {name: frame.to_dict(as_series=False) for name, frame in frames.items()},
        "value": matched.value, "bound": matched.bound, "proof": str(matched.proof), "woken": matched.woken,
        "served": matched.served, "findings": [one.as_dict() for one in matched.findings],
        "cards": dict(cards),
    }  # fmt: skip


def open_matched(kept: Mapping[str, Any], *, asked: Mapping[str, Any]) -> Matched:
    """The matching of a run as the science knows it."""
    from citytandem.science.partners.matching import Matched, Proof, Question  # slow import

    told = {name: read_frame(kept, name) for name in (*ASKED, *ANSWERED)}
    question = Question(candidates=told["candidates"], pairs=told["possible"], rules=told["rules"], settings=read_settings(asked))
    return Matched(
        question=question, **{name: told[name] for name in ANSWERED}, value=kept["value"], bound=kept["bound"],
        proof=Proof(kept["proof"]), woken=kept["woken"], served=kept["served"], findings=tuple(as_findings(kept["findings"])),
    )  # fmt: skip


def read_frame(kept: Mapping[str, Any], name: str) -> Any:
    """One frame of a result."""
    return shape(kept["frames"][name], (ASKED | ANSWERED)[name])


def keep_change(change: Change) -> dict[str, Any]:
    """What a change costs and what else it moves, beside the matching it leads to."""
    return {
        "cost": change.cost, "woken_less": change.woken_less, "served_less": change.served_less,
        "left": change.left.rows(), "joined": change.joined.rows(),
    }  # fmt: skip
