"""Draws the picture of the README from the reference release: ``python tools/picture.py``."""

from __future__ import annotations

from pathlib import Path

import vl_convert

from citytandem.atlas import load
from citytandem.briefing.build import compose
from citytandem.briefing.collect import assemble
from citytandem.briefing.document import Picture
from citytandem.charts.render import render_svg
from citytandem.verbs import benchmark

CITY = "DE-05515000"
TARGET = Path(__file__).parent.parent / "docs" / "pictures" / "position.png"


def main() -> None:
    """Write the strips of Münster among its peers."""
    atlas = load()
    answers = assemble(atlas, own=CITY, benchmark=benchmark(atlas, city=CITY))
    page = next(page for page in compose(answers, language="en").pages if page.key == "position")
    chart = next(block.chart for block in page.blocks if isinstance(block, Picture) and block.chart.key == "strips")
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(vl_convert.svg_to_png(render_svg(chart), scale=1.6))


if __name__ == "__main__":
    main()
