"""Is the compiled form chosen only where it pays, and is the compiler loaded only then?"""

from __future__ import annotations

import subprocess
import sys

import pytest

from citytandem.science.kernels import engine as engine_module
from citytandem.science.kernels.engine import run_in_blocks, runs_compiled


def test_small_work_runs_plain_and_large_work_compiled():
    assert not runs_compiled("auto", work=10, repays_from=100)
    assert runs_compiled("auto", work=100, repays_from=100)
    assert not runs_compiled("plain", work=100, repays_from=1)


def test_without_the_extra_the_plain_form_answers(monkeypatch):
    monkeypatch.setattr(engine_module, "find_spec", lambda _: None)

    assert not runs_compiled("auto", work=1e12, repays_from=1)
    with pytest.raises(ModuleNotFoundError, match=r"citytandem\[bulk\]"):
        runs_compiled("compiled", work=1, repays_from=1)


def test_every_row_is_visited_once():
    seen = []
    run_in_blocks(lambda first, last: seen.extend(range(first, last)), 103, threads=4, block=10)

    assert sorted(seen) == list(range(103))


def test_a_failure_in_a_block_is_not_lost():
    def task(first, last):
        if first <= 50 < last:
            raise ZeroDivisionError(first)

    with pytest.raises(ZeroDivisionError):
        run_in_blocks(task, 100, threads=2, block=10)


def test_small_work_never_loads_the_compiler():
    code = (
        "import sys; from citytandem.science.kernels import draws, frontier, lmdi, neighbours;"
        "neighbours.find_nearest([[0.0], [1.0]], k=1); frontier.measure_fdh([[1.0]], [[1.0]]);"
        "lmdi.decompose_change([[[1.0]]], [[[2.0]]]); draws.draw_totals([[1.0]], [0.1], draws=5, seed=1);"
        "print('numba' in sys.modules)"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert answer.stdout.strip() == "False"
