"""Any spreadsheet or CSV, through a mapping that is proposed, shown, corrected, saved and used again."""

from citytandem.sources.anysheet.mapping import Mapping, load_mapping, save_mapping
from citytandem.sources.anysheet.propose import Proposal, Question, answer
from citytandem.sources.anysheet.read import read_sheet

__all__ = ["Mapping", "Proposal", "Question", "answer", "load_mapping", "read_sheet", "save_mapping"]
