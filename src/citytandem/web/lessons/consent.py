"""What may be told of an expert? Only what they allowed, for this purpose, and have not taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citytandem.web.lessons.models import Level, Purpose

if TYPE_CHECKING:
    from citytandem.web.lessons.models import Interview


def level_for(interview: Interview, purpose: str) -> str:
    """How the expert may be told of for a purpose; ``none`` where nothing was said, or it was taken back."""
    for one in interview.consents.all():
        if one.purpose == purpose and one.withdrawn is None:
            return str(one.level)
    return Level.NONE


def may_count(interview: Interview) -> bool:
    """May what was said be counted among topics?"""
    return level_for(interview, Purpose.TOPICS) != Level.NONE


def name_expert(interview: Interview, purpose: str) -> str:
    """Whom to name for a purpose: name and function, the function alone, or nobody."""
    level = level_for(interview, purpose)
    if level == Level.NONE:
        return ""
    if level == Level.FUNCTION:
        return interview.function
    return ", ".join(part for part in (interview.name, interview.function, interview.belongs_to) if part)
