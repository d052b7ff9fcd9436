"""The proof of one entry, for people outside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from leitplanke.base.evidence.models import Checkpoint, CommitmentSalt, Place
from leitplanke.base.evidence.tree import stored_tree, verifier_keys
from leitplanke.core.merkle import open_checkpoint
from leitplanke.core.merkle.documents import PlacedEntry, entry_proof

if TYPE_CHECKING:
    from leitplanke.base.evidence.models import Leaf


class NotYetSequencedError(LookupError):
    """The entry is recorded, but no signed checkpoint covers it yet; that takes a few seconds."""


def leaf_proof(leaf: Leaf, *, with_personal: bool = False) -> dict[str, Any]:
    """Return the proof of an entry against the newest checkpoint, ready for the offline check.

    `with_personal` adds the personal statements with their salts, for those who may see them.

    Raises:
        NotYetSequencedError: no checkpoint covers the entry yet.
    """
    place = Place.objects.for_mandant(leaf.mandant_id).filter(leaf=leaf).first()
    checkpoint = Checkpoint.objects.for_mandant(leaf.mandant_id).order_by("-size").first()
    if place is None or checkpoint is None or checkpoint.size <= place.position:
        raise NotYetSequencedError(f"Der Eintrag {leaf.public_id} wird gerade eingeordnet.")
    entry = PlacedEntry(
        payload=leaf.payload,
        position=place.position,
        path=stored_tree(leaf.mandant, checkpoint.size).inclusion_path(place.position),
        checkpoint=checkpoint.note,
        key=_signed_with(leaf, checkpoint.note),
    )
    opened = {}
    if with_personal:
        rows = CommitmentSalt.objects.for_mandant(leaf.mandant_id).filter(leaf=leaf)
        opened = {row.field: (row.value, bytes(row.salt)) for row in rows}
    return entry_proof(entry, opened)


def _signed_with(leaf: Leaf, note: str) -> str:
    keys = verifier_keys(leaf.mandant)
    for key in reversed(keys):
        try:
            open_checkpoint(note, [key])
        except ValueError:
            continue
        return str(key)
    return str(keys[-1])
