"""A `Document` on its way between two processes, as JSON."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from leitplanke.core.provenance import Ebene, Geltung, Geltungsbereich, Source
from leitplanke.core.retrieval.documents import Block, BlockKind, Document

if TYPE_CHECKING:
    from collections.abc import Iterable


def source_to_json(source: Source) -> dict[str, Any]:
    """Return a source as JSON values, dates in ISO form."""
    values = asdict(source)
    values["geltung"] = {key: day.isoformat() if day else None for key, day in values["geltung"].items()}
    return values


def source_from_json(values: dict[str, Any]) -> Source:
    """Rebuild a source."""
    geltung = {key: date.fromisoformat(day) if day else None for key, day in values["geltung"].items()}
    bereich = values["bereich"] | {"ebene": Ebene(values["bereich"]["ebene"])}
    return Source(**(values | {"geltung": Geltung(**geltung), "bereich": Geltungsbereich(**bereich)}))


def blocks_to_json(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """Return blocks as JSON values."""
    return [asdict(block) for block in blocks]


def blocks_from_json(values: Iterable[dict[str, Any]]) -> tuple[Block, ...]:
    """Rebuild blocks."""
    return tuple(
        Block(**(block | {"kind": BlockKind(block["kind"]), "headings": tuple(block["headings"])})) for block in values
    )


def document_to_json(document: Document) -> dict[str, Any]:
    """Return a document as JSON values."""
    return {
        "source": source_to_json(document.source),
        "text": document.text,
        "blocks": blocks_to_json(document.blocks),
        "findings": list(document.findings),
    }


def document_from_json(values: dict[str, Any]) -> Document:
    """Rebuild a document."""
    blocks = blocks_from_json(values["blocks"])
    return Document(source_from_json(values["source"]), values["text"], blocks, tuple(values["findings"]))
