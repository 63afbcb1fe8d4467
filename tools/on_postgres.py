"""Runs a command on a PostgreSQL of its own, made for it and taken away afterwards.

``python tools/on_postgres.py pytest -q tests/web``: the command finds the address in ``CITYTANDEM_TEST_DATABASE_URL``.
Where that variable is set already, the database named there is used. The server binaries are looked for on the path and
where Debian keeps them; without them the command is not run, and the exit code is 0 with a loud word, or 1 where CI is set.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ADDRESS = "CITYTANDEM_TEST_DATABASE_URL"


def main(command: list[str]) -> int:
    """The exit code of the command."""
    if os.environ.get(ADDRESS):
        return subprocess.run(command, check=False).returncode
    binaries = find_binaries()
    if binaries is None:
        print("== NOT RUN on PostgreSQL: no server is installed (apt-get install postgresql)")
        return 1 if os.environ.get("CI") else 0
    with tempfile.TemporaryDirectory(prefix="citytandem-postgres-", ignore_cleanup_errors=True) as folder:
        return run_on_own(command, binaries=binaries, folder=Path(folder))


def find_binaries() -> Path | None:
    """The folder of ``initdb``: Debian keeps it off the path."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    found = next((folder for folder in folders if (folder / "initdb").exists()), None)
    on_path = shutil.which("initdb")
    return found or (Path(on_path).parent if on_path else None)


def run_on_own(command: list[str], *, binaries: Path, folder: Path) -> int:
    """Make a cluster, run the command on it, and stop it whatever happens."""
    as_person = become_person(folder)

    def call(program: str, *words: str | Path, must: bool = True) -> None:
        subprocess.run([binaries / program, "-D", folder / "data", *words], check=must, stdout=subprocess.DEVNULL, **as_person)

    call("initdb", "-U", "citytandem", "-A", "trust", "-E", "UTF8", "--no-sync")
    port = free_port()
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off"
    call("pg_ctl", "-w", "-l", folder / "log", "-o", options, "start")
    try:
        address = f"postgres://citytandem@127.0.0.1:{port}/postgres"
        return subprocess.run(command, check=False, env={**os.environ, ADDRESS: address}).returncode
    finally:
        call("pg_ctl", "-m", "immediate", "stop", must=False)


def become_person(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root; then it runs as the user its package made, or as nobody."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    name = "postgres" if "postgres" in names else "nobody"
    shutil.chown(folder, name)
    folder.chmod(0o755)
    return {"user": name, "cwd": folder}


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
