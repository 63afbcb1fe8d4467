"""A city's whole story on a few pages: as a web page that needs nobody, and as a PDF."""

from citytandem.briefing.answers import Answers
from citytandem.briefing.build import build

__all__ = ["Answers", "build"]
