"""Roots and proofs of a tree whose complete subtrees can be looked up (RFC 9162, section 2.1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from leitplanke.core.merkle.hashing import EMPTY_ROOT, node_hash

# Returns the hash of the complete subtree over the leaves [index * 2**level, (index + 1) * 2**level).
Nodes = Callable[[int, int], bytes]


class CompactRange:
    """The few hashes that stand for all entries so far: enough to go on and to tell the root."""

    def __init__(self) -> None:
        """Start with the empty tree."""
        self.size = 0
        self._complete: list[bytes] = []

    def append(self, leaf: bytes) -> None:
        """Add the hash of the next entry."""
        size, complete = self.size, self._complete
        while size & 1:
            leaf = node_hash(complete.pop(), leaf)
            size >>= 1
        complete.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """Return the root of all entries so far."""
        if not self._complete:
            return EMPTY_ROOT
        root = self._complete[-1]
        for left in reversed(self._complete[:-1]):
            root = node_hash(left, root)
        return root


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Return the root over the leaf hashes."""
    compact = CompactRange()
    for leaf in leaves:
        compact.append(leaf)
    return compact.root()


def root_at(size: int, nodes: Nodes) -> bytes:
    """Return the root the tree had when it held `size` leaves."""
    return _span(0, size, nodes) if size else EMPTY_ROOT


def inclusion_path(index: int, size: int, nodes: Nodes) -> list[bytes]:
    """Return the hashes that lead from leaf `index` to the root of the first `size` leaves.

    Raises:
        ValueError: there is no such leaf in a tree of that size.
    """
    if not 0 <= index < size:
        raise ValueError(f"Position {index} gibt es in einem Baum mit {size} Einträgen nicht.")
    path: list[bytes] = []
    low, high = 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            path.append(_span(middle, high, nodes))
            high = middle
        else:
            path.append(_span(low, middle, nodes))
            low = middle
    return path[::-1]


def consistency_path(old_size: int, size: int, nodes: Nodes) -> list[bytes]:
    """Return the hashes that show that the tree of `size` leaves only continues the one of `old_size`.

    Raises:
        ValueError: `old_size` is not between 1 and `size`.
    """
    if not 0 < old_size <= size:
        raise ValueError(f"Von {old_size} zu {size} Einträgen gibt es keinen Nachweis der Fortführung.")
    path: list[bytes] = []
    low, high, known = 0, size, True
    while high != old_size:
        middle = low + _split(high - low)
        if old_size <= middle:
            path.append(_span(middle, high, nodes))
            high = middle
        else:
            path.append(_span(low, middle, nodes))
            low, known = middle, False
    if not known:
        path.append(_span(low, high, nodes))
    return path[::-1]


def _split(width: int) -> int:
    """Return the largest power of two below `width`."""
    return 1 << ((width - 1).bit_length() - 1)


def _span(low: int, high: int, nodes: Nodes) -> bytes:
    """Return the root over the leaves [low, high), where `low` is a border of the tree."""
    width = high - low
    if width & (width - 1) == 0:
        level = width.bit_length() - 1
        return nodes(level, low >> level)
    middle = low + _split(width)
    return node_hash(_span(low, middle, nodes), _span(middle, high, nodes))
