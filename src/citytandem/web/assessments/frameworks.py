"""Which framework is meant: one of those shipped, or a version an organisation brought."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from citytandem.atlas import load
from citytandem.science.assessment.framework import pick_framework
from citytandem.sources.frameworks import TABLES, read_framework_files
from citytandem.web.assessments.models import OwnFramework

if TYPE_CHECKING:
    from collections.abc import Mapping

    from citytandem.science.assessment.framework import Framework
    from citytandem.web.accounts.models import Organisation
    from citytandem.web.assessments.models import Assessment

OWN = "own-"
"""Before the number of an own framework, where one is chosen from a list of both sorts."""
FILES = tuple(f"{name}.csv" for name in TABLES)
LARGEST_FILE = 500_000
"""Bytes of one file of a framework; the largest shipped has a fiftieth of it."""


def shipped_frameworks() -> list[Framework]:
    """The frameworks everybody has, in the order of the facts."""
    return [shipped(key) for key in load().facts.framework["framework"].to_list()]


@lru_cache(maxsize=32)
def shipped(key: str) -> Framework:
    """A shipped framework.

    Raises
    ------
    CannotCompute
        FRAMEWORK_UNKNOWN.
    """
    return pick_framework(load().facts, key)


def read_own(own: OwnFramework) -> Framework:
    """A version somebody brought; it was sound when it came, so it is now."""
    return _read_own(own.pk, tuple(sorted(own.files.items())))


@lru_cache(maxsize=32)
def _read_own(number: int, files: tuple[tuple[str, str], ...]) -> Framework:
    return read_framework_files({name: text.encode() for name, text in files}, name=f"{OWN}{number}")


def check_files(files: Mapping[str, bytes]) -> Framework:
    """The framework some files make.

    Raises
    ------
    CannotCompute
        FRAMEWORK_NOT_SOUND with a finding for every slip.
    """
    return read_framework_files(files, name="framework")


def framework_of(assessment: Assessment) -> Framework:
    """By which framework a city is judged."""
    return read_own(assessment.own_framework) if assessment.own_framework else shipped(assessment.framework)


def choose(organisation: Organisation, asked: str) -> tuple[Framework, OwnFramework | None]:
    """What ``asked`` names: an own framework of the organisation (``own-7``), or a shipped one by its key.

    Raises
    ------
    CannotCompute
        FRAMEWORK_UNKNOWN.
    """
    number = asked.removeprefix(OWN)
    if asked.startswith(OWN) and number.isdecimal():
        own = OwnFramework.objects.filter(pk=int(number), organisation=organisation, retired=None).first()
        if own is not None:
            return read_own(own), own
    return shipped(asked), None
