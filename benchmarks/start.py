"""From a cold start to the answer: the command line beside a script of pandas and scikit-learn, each in a new process."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np

from benchmarks.race import OURS, Contest
from citytandem.atlas import load

CITY = "Karlsruhe"
HERE = Path(__file__).parent
PLAIN = "script of pandas and scikit-learn"
PART = f"{PLAIN}, part of the job"


def tell(*words):
    """What a new process prints."""
    words = [str(word) for word in words]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout  # noqa: S603 - our own commands


def agree_on_help(ours, theirs, name):
    """Both tell how they are used; the words are their own."""
    assert "benchmark" in ours, OURS
    assert "benchmark" in theirs, name


def agree_on_peers(ours, theirs, name):
    own = {row["peer"]: row["distance"] for row in json.loads(ours)["answer"]["peers"]["peer"]}
    told = json.loads(theirs)["peers"]
    assert own.keys() == told.keys(), name
    np.testing.assert_allclose([own[peer] for peer in own], [told[peer] for peer in own], rtol=1e-9, err_msg=name)


def contests(_scale: float) -> list[Contest]:
    release, facts = load().folder, HERE.parent / "src" / "citytandem" / "facts"
    command, script = Path(sys.executable).with_name("citytandem"), (sys.executable, HERE / "plain_start.py")
    balance = json.loads(tell(command, "benchmark", CITY, "--json"))["answer"]["balance"][0]
    case = balance["city"], balance["balance"], balance["year"]
    return [
        Contest(
            "Cold start: help",
            "a new process",
            {OURS: lambda: tell(command, "--help"), PLAIN: lambda: tell(*script, "--help")},
            agree_on_help,
            "both tell how they are used",
        ),
        Contest(
            "Cold start: benchmark of one city",
            f"{CITY}, a new process, from files",
            {OURS: lambda: tell(command, "benchmark", CITY, "--json"), PART: lambda: tell(*script, release, facts, *case)},
            agree_on_peers,
            "equal peers, distances within 1e-9",
        ),
    ]
