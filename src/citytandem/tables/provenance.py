"""What an answer was made from, so that it can be made again."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Provenance:
    """The release, the code and the seed behind an answer."""

    release: str
    release_sha256: str
    code_version: str
    seed: int | None = None

    def as_dict(self) -> dict[str, str | int | None]:
        """The one shape in which provenance leaves the house."""
        return {
            "release": self.release,
            "release_sha256": self.release_sha256,
            "code_version": self.code_version,
            "seed": self.seed,
        }
