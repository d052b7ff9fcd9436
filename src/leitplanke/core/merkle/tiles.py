"""A growing tree kept in tiles: blocks of up to 256 neighbouring hashes of every eighth level.

A tile of level t holds hashes of complete subtrees over 256**t leaves. Full tiles never change, so whoever stores them
touches a handful of rows for a thousand entries; every other node is computed from at most 128 hashes of one tile.
"""

from __future__ import annotations

from collections.abc import Callable

from leitplanke.core.merkle.hashing import HASH_SIZE, leaf_hash, node_hash
from leitplanke.core.merkle.tree import consistency_path, inclusion_path, root_at

TILE_LEVELS = 8
TILE_WIDTH = 1 << TILE_LEVELS

# Returns the stored hashes of a tile, one after the other; empty where the tile does not exist yet.
LoadTile = Callable[[int, int], bytes]


class TiledTree:
    """A tree of `size` leaves over stored tiles; `changed` holds the tiles that appending touched."""

    def __init__(self, size: int, load: LoadTile) -> None:
        """Continue the tree of `size` leaves whose tiles `load` returns."""
        self.size = size
        self.changed: dict[tuple[int, int], bytes] = {}
        self._load = load
        self._tiles: dict[tuple[int, int], bytes] = {}

    def append(self, leaf: bytes) -> None:
        """Add the hash of the next entry."""
        level, position, value = 0, self.size, leaf
        while True:
            index = position // TILE_WIDTH
            # A stored tile may reach beyond the size where a writer was cut off: what lies behind is not ours.
            tile = self._tile(level, index)[: position % TILE_WIDTH * HASH_SIZE] + value
            self._tiles[level, index] = self.changed[level, index] = tile
            if len(tile) < TILE_WIDTH * HASH_SIZE:
                break
            level, position, value = level + 1, index, _fold(tile)
        self.size += 1

    def append_data(self, data: bytes) -> bytes:
        """Add an entry and return its leaf hash."""
        value = leaf_hash(data)
        self.append(value)
        return value

    def node(self, level: int, index: int) -> bytes:
        """Return the hash of a complete subtree.

        Raises:
            LookupError: its tile is missing or too short.
        """
        tile_level, rest = divmod(level, TILE_LEVELS)
        first = index << rest
        tile = self._tile(tile_level, first // TILE_WIDTH)
        start = first % TILE_WIDTH * HASH_SIZE
        hashes = tile[start : start + (HASH_SIZE << rest)]
        if len(hashes) != HASH_SIZE << rest:
            raise LookupError(f"Im Baum fehlt der Knoten {index} der Ebene {level}.")
        return _fold(hashes)

    def root(self, size: int | None = None) -> bytes:
        """Return the root, or the root the tree had at `size`."""
        return root_at(self.size if size is None else size, self.node)

    def inclusion_path(self, index: int, size: int | None = None) -> list[bytes]:
        """Return the path from leaf `index` to the root, or to the root at `size`."""
        return inclusion_path(index, self.size if size is None else size, self.node)

    def consistency_path(self, old_size: int, size: int | None = None) -> list[bytes]:
        """Return the path that ties the root at `old_size` to the root, or to the root at `size`."""
        return consistency_path(old_size, self.size if size is None else size, self.node)

    def _tile(self, level: int, index: int) -> bytes:
        key = (level, index)
        if key not in self._tiles:
            self._tiles[key] = self._load(level, index)
        return self._tiles[key]


def _fold(hashes: bytes) -> bytes:
    """Return the root over a power of two of hashes."""
    row = [hashes[start : start + HASH_SIZE] for start in range(0, len(hashes), HASH_SIZE)]
    while len(row) > 1:
        row = [node_hash(row[i], row[i + 1]) for i in range(0, len(row), 2)]
    return row[0]
