"""The windows of many regions most like one: ours beside aeon, which runs in an environment of its own."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.race import OURS, Contest
from citytandem.science.kernels.alike import find_alike

BAND, K, WINDOW, YEARS, INDICATORS = 5, 20, 30, 60, 6
PEER = Path(__file__).parent / "peers_dtw.py"
SMALLEST = 0.1
"""Below this share of the full size no environment is made."""
ENVIRONMENT = "CITYTANDEM_AEON"
"""Environment variable that names the Python of an environment with aeon; without it one is made in a temporary folder."""


def generate(regions: int, *, seed: int = 20261122):
    """Regions as they come: two hidden waves of structural change, each at its own time and speed, and yearly noise."""
    rng = np.random.default_rng(seed)
    years = np.arange(YEARS)
    loads = rng.normal(size=(INDICATORS, 2)) * 0.2
    turn, speed = rng.uniform(-20, 80, (regions + 1, 2, 1)), rng.uniform(4, 25, (regions + 1, 2, 1))
    waves = rng.uniform(0.3, 1.5, (regions + 1, 2, 1)) * np.tanh((years - turn) / speed)
    paths = np.einsum("ih,rhy->riy", loads, waves) + rng.normal(0, 0.03, (regions + 1, INDICATORS, YEARS))
    return paths[:-1], paths[-1][:, :WINDOW]


def walk(regions: int, *, seed: int = 20261122):
    """Random walks without any common cause: the hardest case, as no bound tells much."""
    paths = np.random.default_rng(seed).normal(size=(regions + 1, INDICATORS, YEARS)).cumsum(axis=2)
    return paths[:-1], paths[-1][:, :WINDOW]


@cache
def make_environment() -> str | None:
    """The Python of an environment with aeon; None where none can be made."""
    if os.environ.get(ENVIRONMENT):
        return os.environ[ENVIRONMENT]
    folder = tempfile.TemporaryDirectory(prefix="aeon")
    atexit.register(folder.cleanup)
    python = Path(folder.name) / "bin" / "python"
    try:
        subprocess.run(["uv", "venv", "-q", folder.name, "--clear"], check=True, capture_output=True)  # noqa: S603, S607
        subprocess.run(["uv", "pip", "install", "-q", "--python", python, "aeon"], check=True, capture_output=True)  # noqa: S603, S607
    except (OSError, subprocess.CalledProcessError):
        return None
    return str(python)


@dataclass
class Aeon:
    """A waiting process that looks for the same windows each time it is asked."""

    process: subprocess.Popen[str]

    def __call__(self, word: str = "all") -> dict[str, Any]:
        self.process.stdin.write(f"{word}\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


def start_aeon(python: str, library, query) -> Aeon:
    folder = tempfile.TemporaryDirectory(prefix="alike")
    given = Path(folder.name) / "given.npz"
    np.savez(given, library=library, query=query, k=K, band=BAND)
    process = subprocess.Popen([python, PEER, given], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603
    atexit.register(folder.cleanup)
    atexit.register(process.kill)
    asked = Aeon(process)
    asked()  # compiles
    return asked


def agree(ours, theirs, name):
    """Equal distances at every place; windows may differ only where distances tie."""
    np.testing.assert_allclose(ours.distances, theirs["distances"], rtol=1e-6, err_msg=name)
    told = ours.paths * (YEARS - WINDOW + 1) + ours.starts
    assert set(told.tolist()) == set(theirs["windows"]), name


def contest(python: str, library, query, *, what: str, targets) -> Contest:
    aeon = start_aeon(python, library, query)
    return Contest(
        "Windows most like one (DTW)",
        f"{len(library):,} regions x {YEARS} years x {INDICATORS} indicators, {WINDOW} years, band {BAND}, first {K}; {what}",
        {
            OURS: lambda: find_alike(library, query=query, k=K, band=BAND, engine="compiled"),
            "aeon, 2 threads": aeon,
            "aeon, windows cut beforehand": lambda: aeon("aligned"),
        },
        agree,
        "every distance within 1e-6, the same windows",
        targets,
    )


def contests(scale: float) -> list[Contest]:
    regions = max(60, int(5000 * scale))
    # a try at a tiny size downloads nothing
    python = make_environment() if scale >= SMALLEST else os.environ.get(ENVIRONMENT)
    if python is None:
        return []
    promised = {"aeon, 2 threads": 25.0, "aeon, windows cut beforehand": 25.0}
    return [
        contest(python, *generate(regions), what="two hidden waves", targets=promised),
        contest(python, *walk(regions), what="random walks", targets={}),
    ]
