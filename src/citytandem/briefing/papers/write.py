"""Sets a paper as a tagged PDF: A4, our fonts, no font of the system."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from citytandem.briefing.papers import agenda, agreement, badges, certificate, delegation, letters, minutes, replication, report
from citytandem.briefing.write_pdf import CJK, REGIONS
from citytandem.charts.render import extra_needed, font_folders

if TYPE_CHECKING:
    from collections.abc import Callable

    from citytandem.briefing.papers.paper import Sheet
    from citytandem.words.speech import Speech

TEMPLATE = Path(__file__).parent / "paper.typ"

COMPOSERS: dict[type, Callable[[Any, Speech], Sheet]] = {
    agenda.PersonalAgenda: agenda.compose,
    agreement.Agreement: agreement.compose,
    badges.Badges: badges.compose,
    certificate.Certificate: certificate.compose,
    delegation.DelegationList: delegation.compose,
    letters.Invitation: letters.compose_invitation,
    letters.VisaLetter: letters.compose_visa,
    minutes.Minutes: minutes.compose,
    replication.ReplicationPlan: replication.compose,
    report.FunderReport: report.compose,
}
"""What lays out each kind of paper."""


def write_paper(paper: object, speech: Speech) -> bytes:
    """The PDF of a paper in the language of ``speech``; the same paper gives the same bytes.

    Parameters
    ----------
    paper
        One of the kinds in ``COMPOSERS``.
    speech
        The language of the person who gets it.

    Raises
    ------
    CannotCompute
        EXTRA_MISSING when the addition that prints is not installed.
    """
    return set_sheet(compose_paper(paper, speech), speech.language)


def compose_paper(paper: object, speech: Speech) -> Sheet:
    """The words of a paper in one language, before it is set; for a page that shows it first."""
    return COMPOSERS[type(paper)](paper, speech)


def set_sheet(sheet: Sheet, language: str) -> bytes:
    """Typeset a sheet, without the date, so that the same words give the same file."""
    with extra_needed():
        import typst  # optional dependency
    tag, region = REGIONS.get(language, (language, None))
    fonts = ["Noto Sans", CJK.get(language, "Noto Sans CJK JP")]
    told = {**asdict(sheet), "language": tag, "region": region, "fonts": fonts}
    with TemporaryDirectory() as folder:
        root = Path(folder)
        main = root / TEMPLATE.name
        main.write_bytes(TEMPLATE.read_bytes())
        main.with_suffix(".json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=font_folders())
        compiler = typst.Compiler(main, root=root, font_paths=found)
        try:
            pdf = compiler.compile(pdf_standards="ua-1", timestamp=0)
        except typst.TypstError:
            # a letter that no font of ours holds forbids the accessible standard; the file is still tagged
            pdf = compiler.compile(timestamp=0)
    return pdf if isinstance(pdf, bytes) else b"".join(pdf or [])
