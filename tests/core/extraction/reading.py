"""Short ways to a document and to what is read out of it."""

from __future__ import annotations

from importlib import resources

from leitplanke.core.extraction import Proposal, load_belegarten, propose
from leitplanke.core.provenance import Source
from leitplanke.core.retrieval.documents import Block, BlockKind, Document

ARTEN = load_belegarten(resources.files("leitplanke") / "content" / "belegarten")


def document(text: str) -> Document:
    """Return a document of one page with a block for each line."""
    blocks, position = [], 0
    for line in text.split("\n"):
        blocks.append(Block(position, position + len(line), BlockKind.PARAGRAPH, page=1))
        position += len(line) + 1
    return Document(Source("beleg.pdf", "beleg.pdf"), text, tuple(blocks))


def proposals(art: str, text: str) -> list[Proposal]:
    """Return what a text is read as, its kind given."""
    return list(propose(document(text), ARTEN[art]))


def values(art: str, text: str) -> dict[str, list[str | bool]]:
    """Return the proposed values by field."""
    found: dict[str, list[str | bool]] = {}
    for proposal in proposals(art, text):
        found.setdefault(proposal.feld, []).append(proposal.wert)
    return found
