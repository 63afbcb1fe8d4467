"""Which form of a kernel answers, and on how many threads?"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Engine(StrEnum):
    """How a kernel is run: ``auto`` compiles only when the work repays loading the compiler."""

    AUTO = "auto"
    COMPILED = "compiled"
    PLAIN = "plain"


def runs_compiled(engine: Engine | str, *, work: float, repays_from: float) -> bool:
    """Whether the compiled form is used.

    Parameters
    ----------
    engine
        The caller's wish.
    work
        Size of the task in elementary steps.
    repays_from
        Steps from which loading the compiler (about one second) is repaid.

    Raises
    ------
    ModuleNotFoundError
        If ``compiled`` is asked for and the extra ``bulk`` is not installed.

    >>> runs_compiled("plain", work=1e12, repays_from=1e9)
    False
    """
    wish = Engine(engine)
    if wish is Engine.PLAIN or (wish is Engine.AUTO and work < repays_from):
        return False
    installed = find_spec("numba") is not None
    if wish is Engine.COMPILED and not installed:
        raise ModuleNotFoundError("numba is missing: install citytandem[bulk]", name="numba")
    return installed


def run_in_blocks(task: Callable[[int, int], None], rows: int, *, threads: int | None = None, block: int = 1) -> None:
    """Call ``task(first, after_last)`` over all rows; threads share the blocks as they become free.

    Results must not depend on how rows are cut: each task writes its own rows only.
    """
    workers = max(1, threads or len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1)
    starts = range(0, rows, max(1, block))
    if workers == 1 or len(starts) <= 1:
        task(0, rows)
        return
    with ThreadPoolExecutor(workers) as pool:
        for done in [pool.submit(task, first, min(first + starts.step, rows)) for first in starts]:
            done.result()
