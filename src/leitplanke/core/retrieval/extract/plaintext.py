"""Plain text files."""

from __future__ import annotations

from leitplanke.core.provenance import Source
from leitplanke.core.retrieval.documents import BlockKind, Document
from leitplanke.core.retrieval.extract.builder import TextBuilder
from leitplanke.core.retrieval.extract.limits import Limits


def read_text(name: str, data: bytes, limits: Limits) -> Document:
    """Read a text."""
    builder = TextBuilder(limits)
    for line in data.decode("utf-8", "replace").splitlines():
        builder.add(BlockKind.PARAGRAPH, line)
    return builder.finish(Source(document=name, title=name))
