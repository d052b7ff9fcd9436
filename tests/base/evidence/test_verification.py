"""Every way of tampering is found, and the first wrong entry is named."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leitplanke.base.evidence.anchor import anchor_file, write_anchor
from leitplanke.base.evidence.models import Checkpoint, Leaf, LogKey, PendingLeaf, Place, Tile
from leitplanke.base.evidence.sequencer import open_log, sequence_pending
from leitplanke.base.evidence.tree import stored_tree
from leitplanke.base.evidence.verification import verify
from leitplanke.core.merkle import Checkpoint as Statement
from leitplanke.core.merkle import Finding, Signer, TiledTree, leaf_hash

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant

Happen = Callable[..., list[Leaf]]
Tampering = Callable[[], AbstractContextManager[None]]
pytestmark = pytest.mark.security


@pytest.fixture
def log(mandant: Mandant, happen: Happen) -> list[Leaf]:
    """Nine entries, checkpoints at 3, 6 and 9 (the entry about the key stands at position 2)."""
    leaves = []
    for count in (2, 3, 3):
        leaves += happen(mandant, count)
        sequence_pending(mandant, checkpoint_seconds=0)
    return leaves


def found(mandant: Mandant) -> Finding:
    finding = verify(mandant).finding
    assert finding is not None
    return finding


def at(mandant: Mandant, position: int) -> Leaf:
    return Place.objects.for_mandant(mandant).get(position=position).leaf


def forge(leaf: Leaf, *, with_hash: bool) -> None:
    payload = leaf.payload.replace('"data":{"nr":"', '"data":{"nr":"9')
    assert payload != leaf.payload
    Leaf.objects.for_mandant(leaf.mandant_id).filter(pk=leaf.pk).update(
        payload=payload, **({"leaf_hash": leaf_hash(payload.encode())} if with_hash else {})
    )


def forge_tile(mandant: Mandant) -> None:
    tree = TiledTree(0, lambda _level, _index: b"")
    for payload in Place.objects.for_mandant(mandant).order_by("position").values_list("leaf__payload", flat=True):
        tree.append_data(payload.encode())
    Tile.objects.for_mandant(mandant).filter(level=0, index=0).update(hashes=tree.changed[0, 0])


def test_untouched_log_is_in_order(mandant: Mandant, log: list[Leaf], happen: Happen) -> None:
    happen(mandant, 2)
    seen: list[int] = []
    report = verify(mandant, seen.append)

    assert report.ok
    assert (report.entries, report.signed, report.pending, report.checkpoints, report.anchor) == (9, 9, 2, 3, 9)
    assert report.root == stored_tree(mandant, 9).root().hex()


def test_progress_is_told(mandant: Mandant, happen: Happen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leitplanke.base.evidence.verification.CHUNK", 20)
    happen(mandant, 50)
    sequence_pending(mandant)
    seen: list[int] = []
    verify(mandant, seen.append)

    assert seen == [20, 40]


def test_empty_log_is_in_order(mandant: Mandant) -> None:
    assert verify(mandant).ok


def test_changed_content_is_named(mandant: Mandant, log: list[Leaf], tampering: Tampering) -> None:
    with tampering():
        forge(at(mandant, 4), with_hash=False)
    finding = found(mandant)

    assert (finding.problem, finding.position, finding.code) == ("changed", 4, "test.happened")
    assert finding.message.startswith("Eintrag 4 (test.happened): Der Inhalt passt nicht")


def test_changed_content_with_matching_hash_is_named(mandant: Mandant, log: list[Leaf], tampering: Tampering) -> None:
    with tampering():
        forge(at(mandant, 4), with_hash=True)

    assert (found(mandant).problem, found(mandant).position) == ("tree", 4)


def test_even_with_a_forged_tree_the_checkpoint_tells(mandant: Mandant, log: list[Leaf], tampering: Tampering) -> None:
    with tampering():
        forge(at(mandant, 4), with_hash=True)
        forge_tile(mandant)
    finding = found(mandant)

    assert (finding.problem, finding.position, finding.last_position) == ("root", 3, 5)
    assert "Einträge 3 bis 5" in finding.message


def test_two_exchanged_entries_are_named(mandant: Mandant, log: list[Leaf], tampering: Tampering) -> None:
    first, second = at(mandant, 6), at(mandant, 7)
    places = Place.objects.for_mandant(mandant)
    with tampering():
        places.filter(leaf=first).update(position=99)
        places.filter(leaf=second).update(position=6)
        places.filter(leaf=first).update(position=7)

    assert (found(mandant).problem, found(mandant).position) == ("tree", 6)


def test_removed_entry_is_named(mandant: Mandant, log: list[Leaf], tampering: Tampering) -> None:
    leaf = at(mandant, 5)
    with tampering():
        Place.objects.for_mandant(mandant).filter(leaf=leaf).delete()
        Leaf.objects.for_mandant(mandant).filter(pk=leaf.pk).delete()

    assert (found(mandant).problem, found(mandant).position) == ("gap", 5)


def test_cut_end_is_noticed(mandant: Mandant, log: list[Leaf], tampering: Tampering) -> None:
    with tampering():
        Place.objects.for_mandant(mandant).filter(position__gte=7).delete()

    assert (found(mandant).problem, found(mandant).position, found(mandant).last_position) == ("shorter", 7, 8)


def test_cut_end_with_its_checkpoints_is_noticed_by_the_one_outside(
    mandant: Mandant, log: list[Leaf], tampering: Tampering
) -> None:
    with tampering():
        Checkpoint.objects.for_mandant(mandant).filter(size=9).delete()
        Place.objects.for_mandant(mandant).filter(position__gte=6).delete()

    assert (found(mandant).problem, found(mandant).position) == ("shorter", 6)
    assert "ältere Sicherung" in found(mandant).message


def test_entry_that_would_never_be_placed_is_noticed(mandant: Mandant, log: list[Leaf], happen: Happen) -> None:
    happen(mandant)
    PendingLeaf.objects.for_mandant(mandant).delete()

    assert found(mandant).problem == "unplaced"


@pytest.mark.parametrize("column", ["code", "public_id"])
def test_misleading_column_is_named(mandant: Mandant, log: list[Leaf], tampering: Tampering, column: str) -> None:
    value = "test.other" if column == "code" else "00000000-0000-4000-8000-000000000000"
    with tampering():
        Leaf.objects.for_mandant(mandant).filter(place__position=1).update(**{column: value})

    assert (found(mandant).problem, found(mandant).position) == ("column", 1)


def test_forged_checkpoint_is_refused(mandant: Mandant, log: list[Leaf], tampering: Tampering) -> None:
    row = Checkpoint.objects.for_mandant(mandant).get(size=6)
    with tampering():
        Checkpoint.objects.for_mandant(mandant).filter(size=6).update(note=row.note.replace("\n6\n", "\n7\n"))

    assert found(mandant).problem == "checkpoint-signature"


def test_log_signed_again_with_another_key_is_unmasked_by_the_checkpoint_outside(
    mandant: Mandant, log: list[Leaf], tampering: Tampering
) -> None:
    signer = Signer(open_log(mandant).origin, Ed25519PrivateKey.generate())
    with tampering():
        forge(at(mandant, 4), with_hash=True)
        forge_tile(mandant)
        tree = stored_tree(mandant, 9)
        Checkpoint.objects.for_mandant(mandant).filter(size__lt=9).delete()
        statement = Statement(signer.name, 9, tree.root())
        Checkpoint.objects.for_mandant(mandant).filter(size=9).update(note=signer.sign(statement))
        LogKey.objects.for_mandant(mandant).update(key=str(signer.verifier))

    assert found(mandant).problem == "anchor"
    anchor_file(mandant).unlink()
    assert verify(mandant).ok  # why copies outside matter


def test_checkpoint_of_another_log_is_refused(mandant: Mandant, other_mandant: Mandant, log: list[Leaf]) -> None:
    open_log(other_mandant)
    write_anchor(other_mandant, anchor_file(mandant).read_text("utf-8"))

    assert found(other_mandant).problem == "anchor"


def test_damaged_anchor_is_reported(mandant: Mandant, log: list[Leaf]) -> None:
    write_anchor(mandant, "unlesbar")

    assert found(mandant).problem == "anchor"


def test_missing_tree_is_reported(mandant: Mandant, log: list[Leaf]) -> None:
    Tile.objects.for_mandant(mandant).delete()

    assert (found(mandant).problem, found(mandant).position) == ("tree", 0)


def test_number_of_queries_does_not_grow_with_the_log(mandant: Mandant, happen: Happen) -> None:
    counts = []
    for _ in range(2):
        happen(mandant, 40)
        sequence_pending(mandant, batch=10, checkpoint_seconds=0)
        with CaptureQueriesContext(connection) as queries:
            verify(mandant)
        counts.append(len(queries))

    assert counts[0] == counts[1]
