"""The building blocks and what the house ships beside them, read once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from leitplanke.base.policy.active import shipped
from leitplanke.core.guideline import Block, KnownGuideline, Sources, load_blocks, load_known, load_sources
from leitplanke.core.guideline.assessing import Point, points_from_text
from leitplanke.core.policy import DataTable

CONTENT = Path(__file__).resolve().parents[2] / "content/leitlinien"


@lru_cache(maxsize=1)
def blocks() -> Mapping[str, Block]:
    """Return all building blocks by id."""
    return MappingProxyType(load_blocks(CONTENT / "bausteine"))


@lru_cache(maxsize=1)
def points() -> tuple[Point, ...]:
    """Return what the self-assessment asks."""
    return points_from_text((CONTENT / "selbstbewertung.yaml").read_text(encoding="utf-8"))


def table() -> DataTable:
    """Return the table of data against models that holds where no clause says otherwise."""
    return shipped().profile.table


@lru_cache(maxsize=1)
def known() -> Mapping[str, KnownGuideline]:
    """Return what is known of guidelines elsewhere, by key."""
    return MappingProxyType(load_known(CONTENT / "regelwerke.yaml"))


@lru_cache(maxsize=1)
def sources() -> Sources:
    """Return what a guideline is held against."""
    return load_sources(CONTENT / "forderungen.yaml", blocks())
