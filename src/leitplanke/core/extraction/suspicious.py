"""Sentences that speak to a machine instead of the office. They are text like any other and do nothing here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leitplanke.core.retrieval.documents import Document

_GAP = r"[\w\s„“\"']{0,40}?"
_MACHINE = r"(?:ki|künstliche intelligenz|ki-system\w*|sprachmodell\w*|chatbot|assistent\w*)"
_ROLE = r"(?:hilfreich\w*\s|helpful\s)?(?:ki|ai|assistent\w*|assistant|sprachmodell|language model)"
_PATTERNS = re.compile(
    "|".join(
        (
            rf"(?:ignorier|vergiss|missacht|überspring|übergeh)\w*{_GAP}(?:anweisung|anleitung|regel|vorgab|prompt|befehl)",
            rf"(?:ignore|disregard|forget|override){_GAP}(?:instruction|prompt|rule|previous|above)",
            r"system[- ]?(?:prompt|nachricht|anweisung|message)",
            rf"\b(?:an|für) (?:die|das|eine|alle)\s{_MACHINE}\b",
            rf"\b(?:du bist|sie sind|you are)\s(?:jetzt |nun |now )?(?:ein|eine|an|a)\s{_ROLE}\b",
            r"\bals (?:ki|sprachmodell|ki-assistent\w*)\b",
            r"<\|?(?:im_start|system|endoftext|inst)\b|\[/?INST\]",
            (
                r"(?:antrag|leistung|wohngeld)\s(?:ist|sind|muss|soll)\s(?:ungeprüft|automatisch|sofort|ohne prüfung)\s"
                r"?\w*\s?(?:zu\s)?(?:bewillig|genehmig|gewähr)\w*"
            ),
        )
    ),
    re.IGNORECASE,
)
_MOST = 5
_SHOWN = 120


def instructions_to_machines(document: Document) -> tuple[str, ...]:
    """Return a finding for each sentence that tries to instruct a machine, at most five."""
    return tuple(dict.fromkeys(_findings(document)))[:_MOST]


def _findings(document: Document) -> list[str]:
    found = []
    for block in document.blocks:
        text = document.text[block.start : block.end]
        if match := _PATTERNS.search(text):
            where = f"Seite {block.page}" if block.page else "im Text"
            shown = " ".join(text[max(0, match.start() - 30) :][:_SHOWN].split())
            found.append(
                f"Ein Satz richtet sich an ein KI-System ({where}): „{shown}“. Er ist nur Text und bewirkt nichts."
            )
    return found
