"""Roots and proofs agree with the definition, and nothing else passes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitplanke.core.merkle import (
    EMPTY_ROOT,
    CompactRange,
    TiledTree,
    continues,
    includes,
    leaf_hash,
    root_of,
)
from leitplanke.core.merkle.hashing import HASH_SIZE
from leitplanke.core.merkle.tiles import TILE_WIDTH
from tests.core.merkle import naive

SMALL = 40
ENTRIES = [str(number).encode() for number in range(SMALL)]


def no_tile(_level: int, _index: int) -> bytes:
    return b""


def tree_of(count: int, tiles: dict[tuple[int, int], bytes] | None = None) -> TiledTree:
    tree = TiledTree(0, no_tile)
    for number in range(count):
        tree.append_data(str(number).encode())
    if tiles is not None:
        tiles.update(tree.changed)
    return tree


@pytest.mark.parametrize("size", range(SMALL))
def test_root_is_the_one_of_the_definition(size: int) -> None:
    expected = naive.root(ENTRIES[:size])

    assert root_of(leaf_hash(entry) for entry in ENTRIES[:size]) == expected
    assert tree_of(size).root() == expected


def test_known_roots_of_the_rfc_6962_test_vectors() -> None:
    entries = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    root = root_of(leaf_hash(bytes.fromhex(entry)) for entry in entries)

    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert root.hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


def test_every_inclusion_proof_is_the_one_of_the_definition_and_holds() -> None:
    tree = tree_of(SMALL)
    for size in range(1, SMALL + 1):
        root = naive.root(ENTRIES[:size])
        for index in range(size):
            path = tree.inclusion_path(index, size)
            assert path == naive.path(index, ENTRIES[:size])
            assert includes(leaf=naive.leaf(ENTRIES[index]), index=index, size=size, path=path, root=root)


def test_every_consistency_proof_is_the_one_of_the_definition_and_holds() -> None:
    tree = tree_of(SMALL)
    for size in range(1, SMALL + 1):
        for old in range(1, size + 1):
            path = tree.consistency_path(old, size)
            assert path == naive.proof(old, ENTRIES[:size])
            assert continues(
                old_size=old, old_root=naive.root(ENTRIES[:old]), size=size, root=naive.root(ENTRIES[:size]), path=path
            )


sizes = st.integers(1, 700)


@settings(max_examples=60, deadline=None)
@given(st.data(), sizes)
def test_tampered_inclusion_proof_is_rejected(data: st.DataObject, size: int) -> None:
    tree = tree_of(size)
    index = data.draw(st.integers(0, size - 1))
    path, root, leaf = tree.inclusion_path(index), tree.root(), leaf_hash(str(index).encode())
    assert includes(leaf=leaf, index=index, size=size, path=path, root=root)

    other = data.draw(st.integers(0, size * 2).filter(lambda number: number != index))
    assert not includes(leaf=leaf, index=other, size=size, path=path, root=root)
    assert not includes(leaf=leaf_hash(b"anders"), index=index, size=size, path=path, root=root)
    assert not includes(leaf=leaf, index=index, size=size, path=[*path, root], root=root)
    if path:
        assert not includes(leaf=leaf, index=index, size=size, path=path[:-1], root=root)
        assert not includes(leaf=leaf, index=index, size=size, path=flipped(data, path), root=root)


@settings(max_examples=60, deadline=None)
@given(st.data(), st.integers(2, 700))
def test_tampered_consistency_proof_is_rejected(data: st.DataObject, size: int) -> None:
    tree = tree_of(size)
    old = data.draw(st.integers(1, size - 1))
    path, roots = tree.consistency_path(old), (tree.root(old), tree.root())
    assert continues(old_size=old, old_root=roots[0], size=size, root=roots[1], path=path)

    assert not continues(old_size=old, old_root=leaf_hash(b"anders"), size=size, root=roots[1], path=path)
    assert not continues(old_size=old, old_root=roots[0], size=size, root=leaf_hash(b"anders"), path=path)
    assert not continues(old_size=old, old_root=roots[0], size=size, root=roots[1], path=flipped(data, path))
    assert not continues(old_size=old, old_root=roots[0], size=size, root=roots[1], path=path[:-1])
    assert not continues(old_size=old, old_root=roots[0], size=size, root=roots[1], path=[*path, roots[1]])


def flipped(data: st.DataObject, path: list[bytes]) -> list[bytes]:
    at = data.draw(st.integers(0, len(path) - 1))
    changed = bytearray(path[at])
    changed[data.draw(st.integers(0, HASH_SIZE - 1))] ^= 1 << data.draw(st.integers(0, 7))
    return [*path[:at], bytes(changed), *path[at + 1 :]]


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(1, 300), min_size=1, max_size=6))
def test_tree_continued_from_stored_tiles_equals_the_one_built_at_once(batches: list[int]) -> None:
    tiles: dict[tuple[int, int], bytes] = {}
    size, compact = 0, CompactRange()
    for batch in batches:
        tree = TiledTree(size, lambda level, index: tiles.get((level, index), b""))
        for _ in range(batch):
            compact.append(tree.append_data(str(tree.size).encode()))
        tiles.update(tree.changed)
        size = tree.size
        assert tree.root() == compact.root()


def test_tree_goes_over_the_border_of_a_second_level_tile() -> None:
    size = TILE_WIDTH * TILE_WIDTH + 3
    tree, compact = TiledTree(0, no_tile), CompactRange()
    for number in range(size):
        leaf = number.to_bytes(4, "big") * 8
        tree.append(leaf)
        compact.append(leaf)

    assert tree.root() == compact.root()
    assert {key[0] for key in tree.changed} == {0, 1, 2}
    leaf = (70).to_bytes(4, "big") * 8
    assert includes(leaf=leaf, index=70, size=size, path=tree.inclusion_path(70), root=tree.root())


def test_tail_behind_the_size_is_ignored() -> None:
    tiles: dict[tuple[int, int], bytes] = {}
    tree_of(10, tiles)
    shorter = TiledTree(4, lambda level, index: tiles.get((level, index), b""))

    assert shorter.append_data(b"4") == leaf_hash(b"4")
    assert shorter.root() == naive.root(ENTRIES[:5])


def test_missing_tile_is_named() -> None:
    tree = TiledTree(3, no_tile)

    with pytest.raises(LookupError, match="Knoten"):
        tree.root()


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_no_inclusion_path_outside_the_tree(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="Position"):
        tree_of(5).inclusion_path(index, size)


@pytest.mark.parametrize(("old", "size"), [(0, 3), (4, 3)])
def test_no_consistency_path_from_nothing_or_backwards(old: int, size: int) -> None:
    with pytest.raises(ValueError, match="Fortführung"):
        tree_of(5).consistency_path(old, size)
