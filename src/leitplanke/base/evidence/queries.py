"""What the pages show."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from leitplanke.base.evidence.codes import REGISTRY, EvidenceCode, Words
from leitplanke.base.evidence.models import Checkpoint, CommitmentSalt, Leaf
from leitplanke.base.evidence.proofs import NotYetSequencedError, leaf_proof
from leitplanke.core.merkle import Checkpoint as Statement
from leitplanke.core.merkle.documents import DocumentError, check_entry_proof

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from leitplanke.base.accounts.models import Mandant

WAITING, PROVEN, BROKEN = "waiting", "proven", "broken"


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry in the list; `position` is None while it waits."""

    public_id: str
    code: str
    label: str
    time: datetime
    position: int | None
    signed: bool


@dataclass(frozen=True, slots=True)
class EntryPage:
    """An entry as its page shows it; `state` is one of waiting, proven, broken."""

    public_id: str
    code: str
    label: str
    time: datetime
    actor: str
    subject: str
    statements: tuple[tuple[str, str], ...]
    sealed: tuple[tuple[str, str, bool], ...]
    state: str
    problem: str
    position: int | None
    size: int | None
    root: str
    key: str


@dataclass(frozen=True, slots=True)
class CheckpointRow:
    """A checkpoint in the list."""

    size: int
    root: str
    created_at: datetime


def entries(mandant: Mandant, code: str = "") -> QuerySet[Leaf]:
    """Return the entries of `mandant`, newest first, those of one code where given."""
    rows = Leaf.objects.for_mandant(mandant).select_related("place").order_by("-id")
    return rows.filter(code=code) if code else rows


def entry_rows(mandant: Mandant, leaves: Sequence[Leaf]) -> list[EntryRow]:
    """Prepare entries for the list."""
    signed = Checkpoint.objects.for_mandant(mandant).order_by("-size").values_list("size", flat=True).first() or 0
    return [_row(leaf, signed) for leaf in leaves]


def entry_page(leaf: Leaf) -> EntryPage:
    """Prepare an entry for its page, checking its proof."""
    entry = json.loads(leaf.payload)
    declared = REGISTRY.find(entry["code"])
    known = set(CommitmentSalt.objects.for_mandant(leaf.mandant_id).filter(leaf=leaf).values_list("field", flat=True))
    subject = entry["subject"] or {}
    return EntryPage(
        public_id=entry["id"],
        code=entry["code"],
        label=_(declared.label),
        time=datetime.fromisoformat(entry["time"]),
        actor=entry["actor"] or "",
        subject=" ".join(part for part in (subject.get("type"), subject.get("id")) if part),
        statements=tuple(
            (_(declared.field_label(name)), _plain(entry["data"][name], declared.words.get(name, {})))
            for name in _in_order(declared, entry["data"])
        ),
        sealed=tuple((_(declared.field_label(name)), seal, name in known) for name, seal in entry["personal"].items()),
        **_proof(leaf),
    )


def checkpoints(mandant: Mandant) -> QuerySet[Checkpoint]:
    """Return the checkpoints, newest first."""
    return Checkpoint.objects.for_mandant(mandant).order_by("-size")


def checkpoint_rows(rows: Sequence[Checkpoint]) -> list[CheckpointRow]:
    """Prepare checkpoints for the list."""
    return [CheckpointRow(row.size, _statement(row.note).root.hex(), row.created_at) for row in rows]


def _statement(note: str) -> Statement:
    return Statement.parse(note.rpartition("\n\n")[0] + "\n")


def _row(leaf: Leaf, signed: int) -> EntryRow:
    place = getattr(leaf, "place", None)
    return EntryRow(
        public_id=str(leaf.public_id),
        code=leaf.code,
        label=_(REGISTRY.find(leaf.code).label),
        time=datetime.fromisoformat(json.loads(leaf.payload)["time"]),
        position=place.position if place else None,
        signed=place is not None and place.position < signed,
    )


def _proof(leaf: Leaf) -> dict[str, Any]:
    nothing = {"problem": "", "position": None, "size": None, "root": "", "key": ""}
    try:
        verdict = check_entry_proof(leaf_proof(leaf))
    except NotYetSequencedError:
        return {"state": WAITING, **nothing}
    except (DocumentError, LookupError) as error:
        return {"state": BROKEN, **nothing, "problem": str(error)}
    return {
        "state": BROKEN if verdict.problem else PROVEN,
        "problem": verdict.problem,
        "position": verdict.position,
        "size": verdict.checkpoint.size if verdict.checkpoint else None,
        "root": verdict.checkpoint.root.hex() if verdict.checkpoint else "",
        "key": str(verdict.key),
    }


def _in_order(declared: EvidenceCode, data: Mapping[str, object]) -> list[str]:
    """Return the fields as they were declared; canonical JSON sorts them by name."""
    order = {name: number for number, name in enumerate(declared.fields)}
    return sorted(data, key=lambda name: order.get(name, len(order)))


def _plain(value: object, words: Words) -> str:
    """Return a recorded value as people read it."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return _("ja") if value else _("nein")
    if isinstance(value, list):
        return ", ".join(_plain(item, words) for item in value) or "–"
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_plain(item, words)}" for key, item in value.items()) or "–"
    if (text := str(value)) in words:
        return _(str(words[text]))
    return text or "–"
