"""Propose facts about an AI system from its free description: a deterministic matcher over a lexicon.

The lexicon is data (`content/ki_verordnung/lexikon`). Every proposal names the words it stands on, or says that it is
a presumption; a person confirms it.
"""

from leitplanke.core.aiact.vorschlag.lines import failed_proposal, proposal_as_data, propose_line
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
    "Lexicon",
    "LexikonError",
    "Passage",
    "Proposal",
    "Suggestion",
    "failed_proposal",
    "load_lexicon",
    "proposal_as_data",
    "propose",
    "propose_line",
    "shipped_lexicon",
]
