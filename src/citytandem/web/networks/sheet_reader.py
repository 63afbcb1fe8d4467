"""Reads the first sheet of a file in a process of its own, so that nothing inside it can hold up or bring down the site.

Started as ``python -m citytandem.web.networks.sheet_reader NAME`` with the file on standard input; knows no Django and no
database. Writes JSON: the rows as text, with the number of each, and findings.
"""

from __future__ import annotations

import json
import sys

from citytandem.findings import Code, Finding, Severity
from citytandem.sources.anysheet.grid import read_grid

CPU_SECONDS = 20
MEMORY_BYTES = 2**30
ROWS = 2_000
COLUMNS = 40
CELL = 600
"""Letters of a cell that are kept; every field of the registry is shorter."""


def main() -> None:
    """Read the file on standard input."""
    _hold_back()
    name = sys.argv[1]
    json.dump(read_rows(sys.stdin.buffer.read(), name=name), sys.stdout, ensure_ascii=False)


def read_rows(raw: bytes, *, name: str) -> dict[str, object]:
    """The rows of the first sheet as text, each with its number, and what was found."""
    grid, findings = read_grid(raw, where=name)
    sheet = grid.sheets[0] if grid.sheets else None
    rows = list(zip(sheet.lines, sheet.rows, strict=True)) if sheet else []
    if len(rows) > ROWS + 1:
        told: dict[str, str | int | float | None] = {"file": name, "part": "rows", "size": len(rows), "limit": ROWS}
        findings.append(Finding(Code.FILE_TOO_LARGE, told, where=name, severity=Severity.ERROR))
        rows = []
    kept = [(number, ["" if cell is None else str(cell)[:CELL] for cell in row[:COLUMNS]]) for number, row in rows]
    return {"rows": kept, "findings": [finding.as_dict() for finding in findings]}


def _hold_back() -> None:
    """Bounds on time and on memory beyond what the libraries take to start."""
    import resource  # optional dependency: not on every system

    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    if sys.platform == "linux":
        with open("/proc/self/statm", encoding="ascii") as told:  # noqa: PTH123 - one line of the kernel's
            started = int(told.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (started + MEMORY_BYTES, started + MEMORY_BYTES))


if __name__ == "__main__":
    main()
