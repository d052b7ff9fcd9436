"""A file that remembers vectors by the hash of model and text, so that no text is embedded twice."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from leitplanke.core.retrieval.embedder import Vectors

_LOOKUP = 500  # SQLite allows 999 parameters in old builds


def vector_key(model_id: str, role: str, text: str) -> bytes:
    """Return the key of a text: SHA-256 of model, role ("passage" or "query") and wording."""
    return hashlib.sha256("\0".join((model_id, role, text)).encode()).digest()


class VectorCache:
    """Vectors on disk, shared by all indexes of a machine; several processes may use one file."""

    def __init__(self, path: Path) -> None:
        """Open or create the cache file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        with closing(self._connect()) as db, db:
            db.execute("CREATE TABLE IF NOT EXISTS vector (key BLOB PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID")

    def _connect(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._path, timeout=60)
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=NORMAL")
        return db

    def known(self, keys: Sequence[bytes]) -> dict[bytes, Vectors]:
        """Return the vectors already known, by key."""
        found: dict[bytes, Vectors] = {}
        with closing(self._connect()) as db:
            for start in range(0, len(keys), _LOOKUP):
                part = keys[start : start + _LOOKUP]
                marks = ",".join("?" * len(part))
                rows = db.execute(f"SELECT key, value FROM vector WHERE key IN ({marks})", part)  # noqa: S608
                found.update((key, np.frombuffer(value, np.float16).astype(np.float32)) for key, value in rows)
        return found

    def store(self, keys: Sequence[bytes], vectors: Vectors) -> None:
        """Remember vectors; half precision keeps the order of neighbours and halves the file."""
        rows = [(key, vector.astype(np.float16).tobytes()) for key, vector in zip(keys, vectors, strict=True)]
        with closing(self._connect()) as db, db:
            db.executemany("INSERT OR IGNORE INTO vector VALUES (?, ?)", rows)
