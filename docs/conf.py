"""How the documentation is built: Markdown in, plain pages out, nothing fetched from anywhere."""

import sys
from importlib.metadata import version as version_of
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import generate

project = "CityTandem"
author = "The CityTandem contributors"
copyright = "2026, The CityTandem contributors"  # noqa: A001 the builder asks for this name
version = release = version_of("citytandem")

extensions = ["myst_parser"]
myst_enable_extensions = ["deflist", "colon_fence"]
myst_heading_anchors = 3
source_suffix = {".md": "markdown"}
exclude_patterns = ["README.md"]
html_theme = "furo"
html_title = "CityTandem"
html_show_sphinx = False
html_copy_source = False
html_last_updated_fmt = ""

generate.write_reference()
