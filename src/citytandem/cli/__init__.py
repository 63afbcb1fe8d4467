"""The same verbs from a terminal."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command line; exit 0 fine, 1 refused with a finding, 2 bad use, 3 our fault."""
    # The matrices of a city are small: threads of the linear algebra would wait for each other longer than they work.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from citytandem.cli.run import run

    code = run(sys.argv[1:])
    sys.stdout.flush()
    # Worker threads of the engines need not be joined: everything that is to be kept is written.
    os._exit(code)
