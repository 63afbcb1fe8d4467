"""What does any spreadsheet or CSV hold? A proposal to look at, or, once it is settled, balances and lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citytandem.sources.anysheet.apply import apply_mapping
from citytandem.sources.anysheet.grid import read_grid
from citytandem.sources.anysheet.headers import find_all_tables
from citytandem.sources.anysheet.propose import Proposal, answer, propose_mapping
from citytandem.sources.city_match import unresolved

if TYPE_CHECKING:
    from collections.abc import Mapping as Answers

    from citytandem.sources.anysheet.mapping import Mapping
    from citytandem.sources.city_match import Resolve
    from citytandem.sources.reading import Reading


def read_sheet(
    raw: bytes,
    *,
    name: str,
    mapping: Mapping | None = None,
    answers: Answers[str, str] | None = None,
    resolve: Resolve = unresolved,
) -> Reading | Proposal:
    """Read any file of figures.

    Parameters
    ----------
    raw
        The file as it comes: xlsx, xlsm, xls, ods, CSV or TSV.
    name
        Its name, for findings; a year in it counts where its tables say none.
    mapping
        How to read it, as saved before; without one it is proposed.
    answers
        Answers to the questions of the proposal, and corrections of it, by their keys.
    resolve
        Finds cities of ours by the names in the file.

    Returns
    -------
    With a mapping, or with answers that leave no question open: what the file says. Else the proposal.
    """
    grid, findings = read_grid(raw, where=name)
    tables = find_all_tables(grid)
    if mapping is None:
        proposal = propose_mapping(grid, where=name, tables=tables)
        if answers is not None:
            proposal = answer(proposal, dict(answers))
        if answers is None or proposal.questions or not any(table.use for table in proposal.mapping.tables):
            return Proposal(proposal.mapping, proposal.questions, (*findings, *proposal.findings))
        mapping = proposal.mapping
    return apply_mapping(grid, mapping, where=name, raw=raw, findings=findings, resolve=resolve, tables=tables)
