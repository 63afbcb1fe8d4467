"""Numbers of certificates, with a last sign that tells a mistyped one."""

from __future__ import annotations

import re

NUMBER = re.compile(r"^\d{3,6}-\d{4}-\d{3,5}-[0-9X]$")


def write_number(*, programme: int, year: int, count: int) -> str:
    """The number of the ``count``-th certificate of a programme.

    >>> write_number(programme=4, year=2026, count=12)
    '004-2026-012-5'
    """
    stem = f"{programme:03d}-{year:04d}-{count:03d}"
    return f"{stem}-{find_check(stem)}"


def find_check(stem: str) -> str:
    """The last sign by ISO 7064 MOD 11-2: it changes with any one digit, and with two that are swapped.

    >>> find_check("0000-0002-1825-009")
    '7'
    """
    total = 0
    for digit in re.sub(r"\D", "", stem):
        total = (total + int(digit)) * 2
    rest = (12 - total % 11) % 11
    return "X" if rest == 10 else str(rest)


def clean_number(asked: str) -> str:
    """What somebody typed, as a number is written: without blanks, with a capital X.

    >>> clean_number(" 004 - 2026-012-5 ")
    '004-2026-012-5'
    """
    return re.sub(r"\s+", "", asked).replace("–", "-").replace("−", "-").upper()


def is_well_formed(number: str) -> bool:
    """Whether a number can be one of ours: its last sign fits the rest.

    >>> is_well_formed("004-2026-012-5"), is_well_formed("004-2026-021-5")
    (True, False)
    """
    return bool(NUMBER.match(number)) and find_check(number[:-2]) == number[-1]
