"""Charts as pictures: SVG made here, with our fonts, asking nobody."""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from citytandem.findings import CannotCompute, Code, Finding

if TYPE_CHECKING:
    from citytandem.charts.chart import Chart

EXTRA = "report"


def render_svg(chart: Chart) -> str:
    """The chart as SVG text.

    Raises
    ------
    CannotCompute
        EXTRA_MISSING when the addition that draws is not installed.
    """
    with extra_needed():
        import vl_convert  # noqa: F401 - optional dependency
    svg = _draw(json.dumps(chart.spec, ensure_ascii=False, sort_keys=True))
    # several pictures may share one page, so their inner names must not meet
    return re.sub(r'(id="|url\(#)(clip|gradient)', rf"\1{chart.key}-\2", svg)


def render_png(chart: Chart, *, scale: float = 2.0) -> bytes:
    """The chart as a picture of dots, for programs that show no SVG; 2 is sharp on paper and screens alike.

    Raises
    ------
    CannotCompute
        EXTRA_MISSING when the addition that draws is not installed.
    """
    svg = render_svg(chart)
    import vl_convert  # optional dependency

    return bytes(vl_convert.svg_to_png(svg, scale=scale))


@lru_cache(maxsize=32)
def _draw(spec: str) -> str:
    """One picture, kept for a while: a web page and a PDF show the same ones."""
    import vl_convert  # optional dependency

    _register_fonts()
    return str(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]))


def font_folders() -> list[Path]:
    """Where our fonts lie: Noto Sans, and Noto Sans CJK for Japanese and Chinese."""
    with extra_needed():
        import fontpkg_noto_sans  # optional dependency
        import noto_cjk_sans_otc  # optional dependency
    return [Path(noto_cjk_sans_otc.FONT_PATH).parent, Path(fontpkg_noto_sans.__file__).parent / "files"]


class extra_needed:  # noqa: N801 - reads as a phrase: with extra_needed()
    """Turns a failed import of an optional package into the finding that names the extra."""

    def __init__(self, extra: str = EXTRA) -> None:
        self.extra = extra

    def __enter__(self) -> None: ...

    def __exit__(self, *problem: object) -> None:
        error = problem[1]
        if isinstance(error, ImportError):
            raise CannotCompute(Finding(Code.EXTRA_MISSING, {"extra": self.extra})) from error


@cache
def _register_fonts() -> None:
    import vl_convert  # optional dependency

    for folder in font_folders():
        vl_convert.register_font_directory(str(folder))
