"""A site in one file, and a site made of that file: the same on SQLite and PostgreSQL.

The file is a compressed tar archive of ``manifest.json`` (hash of every part), ``rows.jsonl`` (every row people decided) and
``files/`` (what they uploaded). Sessions, the cache and the secret stay behind: after a restore everybody signs in anew.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import tarfile
import tempfile
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from citytandem.findings import CannotCompute, Code, Finding

ROWS, MANIFEST, FILES = "rows.jsonl", "manifest.json", "files"
LEFT_OUT = ("contenttypes", "auth.permission", "sessions")
"""Tables Django makes itself, and who is signed in at the moment."""


def write_backup(file: Path) -> dict[str, int]:
    """Write the whole site into ``file``; returns how many rows and files it holds. The site may run on meanwhile.

    Nothing half is left: the archive gets its name when it is whole.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="citytandem-backup-", dir=file.parent) as folder:
        rows = Path(folder) / ROWS
        with transaction.atomic():  # one view of all tables
            call_command("dumpdata", exclude=list(LEFT_OUT), format="jsonl", output=str(rows), verbosity=0)
        parts = {ROWS: rows} | {
            f"{FILES}/{path.relative_to(settings.MEDIA_ROOT)}": path
            for path in sorted(Path(settings.MEDIA_ROOT).rglob("*"))
            if path.is_file()
        }
        manifest = {
            "made": datetime.now(UTC).isoformat(timespec="seconds"),
            "version": version("citytandem"),
            "sha256": {name: _hash(path) for name, path in parts.items()},
        }
        half = Path(folder) / "half.tar.gz"
        with tarfile.open(half, "w:gz") as archive:
            text = json.dumps(manifest, indent=1).encode()
            entry = tarfile.TarInfo(MANIFEST)
            entry.size = len(text)
            archive.addfile(entry, io.BytesIO(text))
            for name, path in parts.items():
                archive.add(path, arcname=name, recursive=False)
        half.replace(file)
        with rows.open("rb") as lines:
            counted = sum(1 for _ in lines)
    return {"rows": counted, "files": len(parts) - 1}


def restore_backup(file: Path, *, replace: bool = False) -> dict[str, int]:
    """Make this site the one in ``file``.

    Parameters
    ----------
    file
        As written by :func:`write_backup`.
    replace
        Take away what is here first; without it a site that holds people is left alone.

    Raises
    ------
    CannotCompute
        BACKUP_UNREADABLE where the file is no backup or was changed, RESTORE_NOT_EMPTY. The site is as before then.
    """
    home = Path(settings.MEDIA_ROOT).parent
    if not replace and apps.get_model("accounts", "User").objects.exists():
        raise CannotCompute(Finding(Code.RESTORE_NOT_EMPTY, {"file": file.name}))
    with tempfile.TemporaryDirectory(prefix="restore-", dir=home) as folder:
        parts = _unpack(file, Path(folder))
        with transaction.atomic():
            _empty_tables()
            call_command("loaddata", str(Path(folder) / ROWS), verbosity=0)
        _swap(Path(folder) / FILES, Path(settings.MEDIA_ROOT))
        with (Path(folder) / ROWS).open("rb") as lines:
            return {"rows": sum(1 for _ in lines), "files": parts - 1}


def _unpack(file: Path, folder: Path) -> int:
    """The parts of an archive, each with the hash the manifest names; how many there are."""
    try:
        with tarfile.open(file, "r:gz") as archive:
            archive.extractall(folder, filter="data")
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        wrong = [name for name, told in manifest["sha256"].items() if _hash(folder / name) != told]
    except (OSError, tarfile.TarError, ValueError, KeyError, EOFError) as problem:
        raise CannotCompute(Finding(Code.BACKUP_UNREADABLE, {"file": file.name, "part": type(problem).__name__})) from problem
    if wrong:
        raise CannotCompute(Finding(Code.BACKUP_UNREADABLE, {"file": file.name, "part": wrong[0]}))
    return len(manifest["sha256"])


def _empty_tables() -> None:
    """Take every row away, those of Django's own tables excepted; references are checked when all is back."""
    models = [
        model for model in apps.get_models() if model._meta.label_lower not in LEFT_OUT and model._meta.app_label not in LEFT_OUT
    ]
    tables = [
        connection.ops.quote_name(model._meta.db_table) for model in models if not model._meta.proxy and model._meta.managed
    ]
    fields = [field for model in models for field in model._meta.many_to_many]
    through = {connection.ops.quote_name(field.m2m_db_table()) for field in fields}
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks still open cannot be emptied
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            cursor.execute(f"TRUNCATE {', '.join({*tables, *through})} CASCADE")
            return
        cursor.execute("PRAGMA defer_foreign_keys = ON")
        for table in (*through, *tables):
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own tables


def _swap(new: Path, old: Path) -> None:
    """Put a folder where another stands."""
    new.mkdir(exist_ok=True)
    aside = old.with_name(f".{old.name}.before")
    shutil.rmtree(aside, ignore_errors=True)
    if old.exists():
        old.rename(aside)
    new.rename(old)
    shutil.rmtree(aside, ignore_errors=True)


def _hash(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
