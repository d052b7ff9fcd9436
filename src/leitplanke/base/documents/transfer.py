"""A `Document` on its way between two processes, as JSON."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from leitplanke.core.provenance import Ebene, Geltung, Geltungsbereich, Source
from leitplanke.core.retrieval.documents import Block, BlockKind, Document


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


def document_to_json(document: Document) -> dict[str, Any]:
    """Return a document as JSON values."""
    return {
        "source": source_to_json(document.source),
        "text": document.text,
        "blocks": [asdict(block) for block in document.blocks],
        "findings": list(document.findings),
    }


def document_from_json(values: dict[str, Any]) -> Document:
    """Rebuild a document."""
    blocks = tuple(
        Block(**(block | {"kind": BlockKind(block["kind"]), "headings": tuple(block["headings"])}))
        for block in values["blocks"]
    )
    return Document(source_from_json(values["source"]), values["text"], blocks, tuple(values["findings"]))
