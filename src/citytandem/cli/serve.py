"""Starts the whole site with one command: database, pages, background jobs."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
import urllib.request
import webbrowser
from pathlib import Path

from citytandem.charts.render import extra_needed
from citytandem.cli.exit_codes import BAD_USE, OUR_FAULT
from citytandem.cli.language import SPEECH
from citytandem.cli.screen import open_console
from citytandem.findings import CannotCompute, Code, Finding

SETTINGS = "citytandem.web.settings"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
READY_SECONDS = 60
THREADS = 8
"""Questions one process answers at a time; the others wait at the door."""


def serve(*, host: str, port: int, demo: bool, home: Path | None, open_browser: bool, workers: int) -> None:
    """Bring the database up to date, then serve until somebody stops it.

    Raises
    ------
    CannotCompute
        EXTRA_MISSING without the addition ``web``; DEMO_IS_LOCAL where the demo would be open to a network.
    """
    if demo and host not in LOOPBACK:
        raise CannotCompute(Finding(Code.DEMO_IS_LOCAL, {"host": host}))
    _say_where(home, demo=demo, host=host)
    _need_web()
    from granian import Granian  # optional dependency
    from granian.constants import Interfaces  # optional dependency
    from granian.log import LogLevels  # optional dependency

    open_console().print(SPEECH.label("cli.serve.preparing"))
    _run_django("prepare_site", "--lang", SPEECH.language, *(["--demo"] if demo else []))
    jobs = subprocess.Popen([sys.executable, "-m", "django", "db_worker", "--no-startup-delay"])
    # passkeys belong to a name, not to a number
    name = "localhost" if host in LOOPBACK else f"[{host}]" if ":" in host else host
    address = f"http://{name}:{port}/"
    threading.Thread(target=_announce, args=(address,), kwargs={"open_browser": open_browser}, daemon=True).start()
    try:
        Granian(
            "citytandem.web.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=THREADS,
            backpressure=4 * THREADS,
            log_access=False,
            log_level=LogLevels.warning,
            respawn_failed_workers=True,
        ).serve()
    finally:
        jobs.terminate()
        jobs.wait(timeout=20)


def run_in_home(command: str, *words: str, home: Path | None, **options: object) -> None:
    """Run one of the site's own commands, such as ``backup FILE``, in the home of an installation.

    Raises
    ------
    CannotCompute
        EXTRA_MISSING without the addition ``web``, and whatever the command refuses.
    """
    _say_where(home, demo=False, host="localhost")
    _open_django()
    from django.core.management import CommandError, call_command  # optional dependency

    call_command("migrate", verbosity=0, interactive=False)
    try:
        call_command(command, *words, **options)
    except CommandError as said:
        sys.stderr.write(f"{said}\n")
        raise SystemExit(BAD_USE) from said


def _need_web() -> None:
    with extra_needed("web"):
        import django  # noqa: F401 - optional dependency
        import granian  # noqa: F401 - optional dependency


def _open_django() -> None:
    _need_web()
    import django  # optional dependency

    django.setup()
    from django.utils import translation  # optional dependency

    translation.activate(SPEECH.language.lower())


def _run_django(*words: str) -> None:
    """Run a command of the site in a process of its own: the one that serves divides itself, which threads would not survive."""
    done = subprocess.run([sys.executable, "-m", "django", *words], check=False)  # noqa: S603 - our own command
    if done.returncode:
        raise SystemExit(OUR_FAULT)


def _say_where(home: Path | None, *, demo: bool, host: str) -> None:
    """What the settings will read: the home of this installation, and under which name it may be called."""
    base = home or Path(os.environ.get("CITYTANDEM_HOME") or Path.home() / ".citytandem")
    os.environ["CITYTANDEM_HOME"] = str((base / "demo" if demo else base).expanduser().resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    if host not in LOOPBACK | {"0.0.0.0"}:  # noqa: S104 - compared, not bound
        os.environ.setdefault("CITYTANDEM_HOSTS", f"localhost,127.0.0.1,[::1],{host}")


def _announce(address: str, *, open_browser: bool) -> None:
    """Say the address as soon as it answers."""
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"{address}health/", timeout=2)  # noqa: S310 - our own address
        except OSError:
            time.sleep(0.2)
            continue
        open_console().print(SPEECH.sentence("cli.serve.ready", address=address))
        if open_browser:
            webbrowser.open(address)
        return
