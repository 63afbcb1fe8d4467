"""How every chart looks: fonts, quiet axes, numbers in local form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from citytandem.charts import palette

if TYPE_CHECKING:
    from citytandem.words import Speech

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
WIDTH = 640
"""Pixels across a page; at 170 mm of paper, 11 px become about 8 pt."""

_CJK = {"zh-Hans": "Noto Sans CJK SC"}

STACKED = {"bottom": {"direction": "vertical", "anchor": "start"}}
"""Two legends stand one below the other, so that long words have room."""


LETTER, SYMBOL, AXIS = 6.4, 36, 150
"""Pixels of a letter, of a symbol with its gaps, and of the words of an axis beside a legend."""


def fit_columns(labels: Iterable[str], *, most: int = 4, axis: int = AXIS) -> int:
    """Into how many columns a legend can be set without cutting a label.

    >>> fit_columns(["Rail", "Road transport"]), fit_columns(["Expected for its structure, with 90 % interval", "Peers"])
    (2, 1)
    """
    said = list(labels)
    widest = max((measure(label) for label in said), default=1) * LETTER + SYMBOL
    return max(1, min(most, len(said), int((WIDTH - axis) / widest)))


def fonts_of(language: str) -> str:
    """The font list of a language: Latin first, then Japanese; for Chinese its own forms of shared characters lead.

    Typesetting a chart looks only at the first family before it takes any font that holds a letter, and would
    take Japanese forms.
    """
    if language in _CJK:
        return f"{_CJK[language]}, Noto Sans, sans-serif"
    return "Noto Sans, Noto Sans CJK JP, sans-serif"


def compose(
    speech: Speech, *, title: str, description: str, height: int, parts: dict[str, Any], width: int = WIDTH
) -> dict[str, Any]:
    """A whole Vega-Lite description: the parts of one chart in the clothes of the house."""
    return {
        "$schema": SCHEMA,
        "description": description,
        "title": {"text": title, "anchor": "start"},
        "width": width,
        "height": height,
        "autosize": {"type": "fit", "contains": "padding"},
        "background": "white",
        **parts,
        "config": config(speech),
    }


def config(speech: Speech) -> dict[str, Any]:
    """Fonts, colours, axes and the number locale."""
    text = {"labelColor": palette.INK, "titleColor": palette.QUIET, "labelFontSize": 11, "titleFontSize": 11}
    hair = {"domainColor": palette.HAIR, "tickColor": palette.HAIR, "gridColor": palette.HAIR}
    quiet = {**text, **hair, "titleFontWeight": "normal"}
    return {
        "font": fonts_of(speech.language),
        "locale": {"number": number_locale(speech)},
        "view": {"stroke": None},
        "axis": {**quiet, "titlePadding": 8, "labelPadding": 4},
        "axisY": {"domain": False, "ticks": False},
        "legend": {
            **text,
            "title": None,
            "orient": "bottom",
            "symbolSize": 90,
            "labelLimit": 420,
            "columnPadding": 18,
            "layout": STACKED,
        },
        "title": {"fontSize": 13, "fontWeight": "normal", "color": palette.INK, "offset": 12, "frame": "group"},
        "text": {"fontSize": 11, "color": palette.INK},
    }


def number_locale(speech: Speech) -> dict[str, Any]:
    """The d3 number locale of a language, so that axes write numbers as the text does."""
    comma = speech.language in {"de", "da"}
    return {
        "decimal": "," if comma else ".",
        "thousands": "." if comma else ",",
        "grouping": [3],
        "currency": ["", ""],
        "minus": "\u2212",
    }


def wrap(text: str, *, width: int) -> list[str]:
    """A label in lines of at most about ``width`` Latin letters; Chinese and Japanese letters count double.

    >>> wrap("Dekarbonisierung des Wärmenetzes", width=20)
    ['Dekarbonisierung des', 'Wärmenetzes']
    >>> wrap("庁舎・学校の省エネ行動", width=12)
    ['庁舎・学校の', '省エネ行動']
    """
    lines, line = [], ""
    for piece in _pieces(text):
        if line and measure(line + piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()] if line.rstrip() else lines


def row_height(labels: Iterable[list[str]], *, least: int) -> int:
    """Pixels of a row, so that the longest label has room above its neighbour.

    >>> row_height([["one line"], ["three", "short", "lines"]], least=24)
    44
    """
    return max(least, max((len(lines) for lines in labels), default=1) * LINE + 8)


LINE = 12
"""Pixels from one line of a label to the next."""


def measure(text: str) -> int:
    """Width of a text in Latin letters."""
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)


_NEVER_FIRST = "、。，．・：；）」』】〉》ー々!?！？)]%…"


def _pieces(text: str) -> list[str]:
    """Where a line may break: after spaces and between wide letters, never before a closing mark."""
    pieces: list[str] = []
    for letter in text:
        glued = bool(pieces) and (letter in _NEVER_FIRST or letter == " " or not _may_break(pieces[-1][-1], letter))
        if glued:
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces


def _may_break(before: str, after: str) -> bool:
    return before in " /" or ((ord(before) > 0x2E7F or ord(after) > 0x2E7F) and before not in "（「『【(［")
