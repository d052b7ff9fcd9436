"""A town's AI guideline as a model: building blocks, what the town decided, and what follows from it."""

from leitplanke.core.guideline.filling import fill
from leitplanke.core.guideline.model import (
    Area,
    Audience,
    Block,
    BlockError,
    Enforcement,
    Example,
    Law,
    Option,
    Parameter,
    Place,
    Principle,
)
from leitplanke.core.guideline.reading import block_from_text, load_blocks

__all__ = [
    "Area",
    "Audience",
    "Block",
    "BlockError",
    "Enforcement",
    "Example",
    "Law",
    "Option",
    "Parameter",
    "Place",
    "Principle",
    "block_from_text",
    "fill",
    "load_blocks",
]
