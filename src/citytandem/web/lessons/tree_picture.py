"""How statements come together, drawn as a tree: a line joins two groups where it stands for how far they are apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.html import escape

if TYPE_CHECKING:
    from citytandem.web.lessons.results import Result
    from citytandem.words import Speech

WIDTH, LEFT, RIGHT, ROW, FOOT, HEAD = 640, 170, 16, 20, 40, 6
MOST = 80
"""Statements that are drawn one by one; above, the table alone tells."""


def draw_tree(result: Result, *, speech: Speech) -> str:
    """The tree of a round as SVG; empty where there is none to draw."""
    merges, members = result.clusters.merges, result.clusters.members
    if not merges or members.height > MOST:
        return ""
    rows = members.sort("statement").to_dicts()
    said = {one.key: one for one in result.said}
    across = (WIDTH - LEFT - RIGHT) / max(1.0, *(one.distance for one in merges))
    at = {number: (0.0, HEAD + ROW * (row["place"] + 0.5)) for number, row in enumerate(rows)}
    group = {number: row["cluster"] for number, row in enumerate(rows)}
    parts = [_leaf(said[row["statement"]], row["cluster"], y=at[number][1], speech=speech) for number, row in enumerate(rows)]
    for step, merge in enumerate(merges):
        (one, y), (other, z) = at[merge.left], at[merge.right]
        x = merge.distance
        same = group[merge.left] if group[merge.left] == group[merge.right] else None
        shape = "".join(f"{part:.1f} " for part in (LEFT + one * across, y)) + f"H{LEFT + x * across:.1f}V{z:.1f}"
        parts.append(f'<path class="{_paint(same)}" d="M{shape}H{LEFT + other * across:.1f}"/>')
        at[len(rows) + step] = (x, (y + z) / 2)
        group[len(rows) + step] = same
    foot = HEAD + ROW * len(rows)
    parts.append(_axis(foot, across=across, speech=speech))
    return f'<svg class="tree" viewBox="0 0 {WIDTH} {foot + FOOT}" xmlns="http://www.w3.org/2000/svg">{"".join(parts)}</svg>'


def _paint(cluster: int | None) -> str:
    """Every second group is drawn in the other colour; its number stands beside it in words."""
    return "between" if cluster is None else "odd" if cluster % 2 else "even"


def _leaf(said: object, cluster: int | None, *, y: float, speech: Speech) -> str:
    where = speech.sentence("web.round.leaf", expert=said.interview, number=said.number)  # type: ignore[attr-defined]
    text = where if cluster is None else f"{speech.sentence('web.round.group', number=cluster)} · {where}"
    return f'<text x="{LEFT - 8}" y="{y + 4:.1f}">{escape(text)}</text>'


def _axis(foot: float, *, across: float, speech: Speech) -> str:
    parts = []
    for tenth in (0, 5, 10):
        x = LEFT + tenth / 10 * across
        said = escape(speech.number(tenth / 10, digits=1))
        parts.append(
            f'<path class="hair" d="M{x:.1f} {HEAD}V{foot}"/><text class="tick" x="{x:.1f}" y="{foot + 15}">{said}</text>'
        )
    label = escape(speech.label("web.round.axis"))
    return "".join(parts) + f'<text class="tick" x="{LEFT + across / 2:.1f}" y="{foot + 32}">{label}</text>'
