"""Runs one command and turns what goes wrong into a sentence and an exit code."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from citytandem.cli.exit_codes import BAD_USE, FINE, OUR_FAULT, REFUSED
from citytandem.cli.language import SPEECH
from citytandem.findings import CannotCompute

if TYPE_CHECKING:
    from collections.abc import Sequence


def run(arguments: Sequence[str]) -> int:
    """The exit code of one command line; nothing but sentences and answers is printed."""
    from citytandem.cli.app import app

    try:
        app(list(arguments), prog_name="citytandem")
    except SystemExit as exit_:
        return exit_.code if isinstance(exit_.code, int) else FINE
    except CannotCompute as refusal:
        _tell(refusal, as_json="--json" in arguments)
        return REFUSED
    except KeyboardInterrupt:
        return BAD_USE
    except BrokenPipeError:
        return FINE
    except Exception:  # noqa: BLE001 - the last door before a person: no trace may pass it
        return _apologise()
    return FINE


def _tell(refusal: CannotCompute, *, as_json: bool) -> None:
    """Print the one finding that stands in the way: as a sentence, or as the answer for a program."""
    from citytandem.replies import refused, say

    if as_json:
        from citytandem.cli.screen import write_json

        write_json(refused(refusal.finding, SPEECH, because=refusal.because))
        return
    sys.stderr.write(say(refusal.finding, SPEECH) + "\n")
    for finding in refusal.because:
        sys.stderr.write(f"  - {say(finding, SPEECH)}\n")


def _apologise() -> int:
    if os.environ.get("CITYTANDEM_DEBUG"):
        import traceback

        traceback.print_exc()
    kind = getattr(sys.exc_info()[0], "__name__", "")
    sys.stderr.write(SPEECH.sentence("cli.our_fault", kind=kind) + "\n")
    return OUR_FAULT
