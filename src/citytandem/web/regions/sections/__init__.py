"""The questions of a region's page, in the order in which they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citytandem.web.regions.sections.analogues import write_analogues
from citytandem.web.regions.sections.cases import write_cases
from citytandem.web.regions.sections.differences import write_differences
from citytandem.web.regions.sections.figures import write_figures
from citytandem.web.regions.sections.paths import write_paths
from citytandem.web.regions.sections.people import write_people
from citytandem.web.regions.sections.phases import write_phases
from citytandem.web.regions.sections.questions import write_questions
from citytandem.web.regions.sections.sources import write_sources

if TYPE_CHECKING:
    from citytandem.atlas import Atlas
    from citytandem.web.regions.asking import View
    from citytandem.web.regions.sections.section import Section

WRITERS = (write_analogues, write_paths, write_phases, write_figures, write_cases, write_differences, write_questions)


def write_sections(view: View, *, atlas: Atlas) -> list[Section]:
    """Every question of the page, the publications last."""
    sections = [*(write(view) for write in WRITERS), write_people(view, atlas=atlas)]
    return [*sections, write_sources(view, keys=sorted({key for section in sections for key in section.sources}))]
