"""Propose facts about an AI system from its free description: a deterministic matcher over a lexicon.

The lexicon is data (`content/ki_verordnung/lexikon`). Every proposal names the words it stands on, or says that it is
a presumption; a person confirms it.
"""

from leitplanke.core.aiact.vorschlag.loading import load_lexicon, shipped_lexicon
from leitplanke.core.aiact.vorschlag.model import (
    Basis,
    Confidence,
    Lexicon,
    LexikonError,
    Passage,
    Proposal,
    Suggestion,
)
from leitplanke.core.aiact.vorschlag.proposing import propose

__all__ = [
    "Basis",
    "Confidence",
    "LexikonError",
    "Lexicon",
    "Passage",
    "Proposal",
    "Suggestion",
    "load_lexicon",
    "propose",
    "shipped_lexicon",
]
