"""Read the raw files of a build once, and remember the hash of each."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from citytandem.findings import CannotCompute, Code, Finding

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class RawFolder:
    """The folder of raw sets, and the SHA-256 of every file read from it so far."""

    root: Path
    hashes: dict[str, str] = field(default_factory=dict)

    def read(self, name: str) -> bytes:
        """The content of a file, unpacked if it is gzipped; a missing one is named."""
        path = self.root / name
        if not path.is_file():
            facts = {"dataset": name, "where": str(self.root)}
            raise CannotCompute(Finding(Code.RAW_DATA_MISSING, facts=facts, where=name))
        raw = path.read_bytes()
        self.hashes[name] = hashlib.sha256(raw).hexdigest()
        return gzip.decompress(raw) if name.endswith(".gz") else raw

    def read_all(self, folder: str, *, ending: str) -> dict[str, bytes]:
        """Every file of a folder with an ending, by stem."""
        names = sorted(path.name for path in (self.root / folder).glob(f"*{ending}"))
        if not names:
            facts = {"dataset": folder, "where": str(self.root)}
            raise CannotCompute(Finding(Code.RAW_DATA_MISSING, facts=facts, where=folder))
        return {name.removesuffix(ending): self.read(f"{folder}/{name}") for name in names}
