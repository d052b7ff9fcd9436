"""Values out of evidence documents: what kind it is, what it says, which facts follow, and what contradicts.

Public surface: `find_values`, `recognise`, `propose`, `contradictions`, `outliers`, `instructions_to_machines`,
`load_belegarten`, and for documents with a layout `lay_out` and `boxes_for`. Pure: the same text gives the same answer.
"""

from __future__ import annotations

from leitplanke.core.extraction.comparing import Ausreisser, Aussage, Widerspruch, contradictions, outliers
from leitplanke.core.extraction.layout import Box, Page, PlacedWord, Word, boxes_for, lay_out
from leitplanke.core.extraction.loading import BelegartError, load_belegarten
from leitplanke.core.extraction.model import Belegart, Feld, Vielfaches
from leitplanke.core.extraction.proposing import Proposal, propose
from leitplanke.core.extraction.recognising import recognise
from leitplanke.core.extraction.suspicious import instructions_to_machines
from leitplanke.core.extraction.values import Found, find_values
from leitplanke.core.extraction.wordings import Wertart, valid_iban

__all__ = [
    "Ausreisser",
    "Aussage",
    "Belegart",
    "BelegartError",
    "Box",
    "Feld",
    "Found",
    "Page",
    "PlacedWord",
    "Proposal",
    "Vielfaches",
    "Wertart",
    "Widerspruch",
    "Word",
    "boxes_for",
    "contradictions",
    "find_values",
    "instructions_to_machines",
    "lay_out",
    "load_belegarten",
    "outliers",
    "propose",
    "recognise",
    "valid_iban",
]
