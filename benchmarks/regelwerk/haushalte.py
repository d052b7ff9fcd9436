"""Made-up households and, for systems without a law of their own, the figures of the Wohngeldgesetz from our Regelwerk.

Needs numpy only, so that every system reads the same households in its own environment.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

SEED = 20261127
TAG = "2025-06-01"
_SIZES, _SHARES = np.arange(1, 9), [0.42, 0.25, 0.12, 0.12, 0.05, 0.02, 0.01, 0.01]


def households(rows: int) -> dict[str, NDArray[np.int64]]:
    """Return members, Mietenstufe, rent and income (in cents a month) of so many households."""
    random = np.random.default_rng(SEED)
    members = random.choice(_SIZES, size=rows, p=_SHARES).astype(np.int64)
    return {
        "mitglieder": members,
        "stufe": random.integers(1, 8, rows),
        "miete": random.integers(20_000, 70_001, rows) + 12_000 * (members - 1),
        "einkommen": random.integers(30_000, 150_001, rows) + 38_000 * (members - 1),
    }


def checksum(found: dict[str, NDArray[np.int64]]) -> int:
    """Return a number that differs where the households differ."""
    return int(sum((place + 1) * int(column.sum()) for place, column in enumerate(found.values())))


def law(file: Path) -> dict[str, NDArray[Any]]:
    """Return the tables that `figures` has written, as arrays of floats; rows by members from 1 to 12."""
    return {name: np.array(rows) for name, rows in json.loads(file.read_text("utf-8")).items()}
