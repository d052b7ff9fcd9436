"""The stored tree of a Mandant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Max

from leitplanke.base.evidence.models import LogKey, Place, Tile
from leitplanke.core.merkle import TiledTree, VerifierKey

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant


def log_size(mandant: Mandant) -> int:
    """Return how many entries have a position."""
    last: int | None = Place.objects.for_mandant(mandant).aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def stored_tree(mandant: Mandant, size: int) -> TiledTree:
    """Return the tree of the first `size` entries, read tile by tile as needed."""

    def load(level: int, index: int) -> bytes:
        row = Tile.objects.for_mandant(mandant).filter(level=level, index=index).values_list("hashes", flat=True)
        return bytes(next(iter(row), b""))

    return TiledTree(size, load)


def save_tiles(mandant: Mandant, tree: TiledTree) -> None:
    """Store the tiles that appending touched."""
    Tile.objects.bulk_create(
        (
            Tile(mandant=mandant, level=level, index=index, hashes=hashes)
            for (level, index), hashes in tree.changed.items()
        ),
        update_conflicts=True,
        unique_fields=["mandant", "level", "index"],
        update_fields=["hashes"],
    )


def verifier_keys(mandant: Mandant) -> list[VerifierKey]:
    """Return the public keys of the log, newest last."""
    return [VerifierKey.parse(text) for text in LogKey.objects.for_mandant(mandant).values_list("key", flat=True)]
