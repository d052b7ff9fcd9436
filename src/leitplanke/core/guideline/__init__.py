"""A town's AI guideline as a model: building blocks, what the town decided, and what follows from it."""

from leitplanke.core.guideline.checking import Kind, Lack, check, implies
from leitplanke.core.guideline.comparing import Row, changes, compare, known_guideline
from leitplanke.core.guideline.cues import Cues, load_cues
from leitplanke.core.guideline.deciding import Choice, Guideline, Numbered, complaints, example_guideline, numbered
from leitplanke.core.guideline.demands import Demand, Source, Sources, load_sources
from leitplanke.core.guideline.differing import Change, Piece, word_changes
from leitplanke.core.guideline.filling import fill
from leitplanke.core.guideline.generating import profile_of
from leitplanke.core.guideline.known import KnownFact, KnownGuideline, KnownSource, load_known
from leitplanke.core.guideline.matching import Match, Matcher, Quote, Reading, block_vectors
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
    "Change",
    "Choice",
    "Cues",
    "Demand",
    "Enforcement",
    "Example",
    "Guideline",
    "Kind",
    "KnownFact",
    "KnownGuideline",
    "KnownSource",
    "Lack",
    "Law",
    "Match",
    "Matcher",
    "Numbered",
    "Option",
    "Parameter",
    "Piece",
    "Place",
    "Principle",
    "Quote",
    "Reading",
    "Row",
    "Source",
    "Sources",
    "block_from_text",
    "block_vectors",
    "changes",
    "check",
    "compare",
    "complaints",
    "example_guideline",
    "fill",
    "implies",
    "known_guideline",
    "load_blocks",
    "load_cues",
    "load_known",
    "load_sources",
    "numbered",
    "profile_of",
    "word_changes",
]
