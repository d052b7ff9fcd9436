"""What speaks strongly against a unit: a value of the wrong kind, a name found nowhere, a number of something else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leitplanke.core.grounding import values
from leitplanke.core.grounding.names import named_things, places_in
from leitplanke.core.grounding.question import Question, Wanted
from leitplanke.core.grounding.units import Unit
from leitplanke.core.grounding.words import fold, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from leitplanke.core.grounding.paraphrases import Paraphrases

_COVERED = 0.55
_REACH = 4  # words between a number and what it counts
_ANSWERS_BY_NAME = re.compile(
    r"(?:sprachmodell|programm|software|produkt|tool|anbieter|hersteller|firma|dienstleister|partei|universität|"
    r"hochschule|bundesland|land|kommune|stadt|städte|"
    r"gemeinde|stadtwerk|bibliothek|verlag|zeitung|projekt|projektname|initiative|verband|museum|schule|kreis|"
    r"landkreis|ministerium|krankenhaus)(?:e[ns]?|en|n|s)?$",
    re.IGNORECASE,
)
_ANY_AMOUNT = re.compile(
    r"^(?:gebühr|kosten|preis|betrag|geld|euro|entgelt|höhe|summe)(?:e[ns]?|en|n|s)?$", re.IGNORECASE
)
_ASKS_PARAGRAPH = re.compile(r"\bparagra(?:f|ph)|\bartikels? des\b|\babsatz\b", re.IGNORECASE)
_PARAGRAPH = re.compile(r"§|\bArt(?:ikel|\.)? ?\d|\bAbs(?:atz|\.) ?\d")
_WHICH = re.compile(r"\bwelche", re.IGNORECASE)


def vetoed(question: Question, unit: Unit, paraphrases: Paraphrases, documents: Mapping[str, str]) -> bool:
    """Tell whether a unit can hardly be the answer; a story may name things that the answer need not know.

    `documents` holds by document what was found of it, folded.
    """
    text = f"{unit.lead} {unit.text}"
    if values.strict(question.wanted) and not values.holds(question.wanted, text):
        return True
    if question.wanted is Wanted.PERSON and not values.holds(question.wanted, text):
        return True
    if _ASKS_PARAGRAPH.search(question.ask) and not _PARAGRAPH.search(f"{text} {unit.heading}"):
        return True
    if _wants_name(question) and not _names_something(question, text):
        return True
    if _foreign_names(question, unit, documents) or _other_amount(question, f"{text} {unit.heading}", paraphrases):
        return True
    return _counts_something_else(question, text, paraphrases)


def _wants_name(question: Question) -> bool:
    if question.wanted is Wanted.NAME:
        return True
    if question.head is None or question.wanted not in {Wanted.LIST, Wanted.THING} or not _WHICH.search(question.ask):
        return False
    return _ANSWERS_BY_NAME.search(question.head.text) is not None


def _names_something(question: Question, text: str) -> bool:
    """Tell whether the text names anything that the question has not named itself."""
    known = {fold(name.text) for name in question.names}
    found = [
        *(thing.text for thing in named_things(text) if thing.kind in {"name", "place", "quoted", "person"}),
        *places_in(text),
    ]
    return any(fold(name) not in known and fold(name) not in fold(question.text) for name in found)


def _foreign_names(question: Question, unit: Unit, documents: Mapping[str, str]) -> bool:
    """Tell whether the question names a town, law, body or year that the source of the unit does not know.

    A body or product may be named anywhere in the document; a town, law or year must be named near the unit.
    """
    source = unit.passage.source
    around = fold(
        " ".join(
            (unit.passage.text, unit.heading, source.title, source.document, source.bereich.gebiet, *source.aliases)
        )
    )
    whole = f"{around} {documents.get(source.document, '')}"
    near = (name for name in question.names if name.kind in {"place", "norm", "year"})
    far = (name for name in question.names if name.kind in {"name", "person"})
    return not (all(name.within(around) for name in near) and all(name.within(whole) for name in far))


def _other_amount(question: Question, text: str, paraphrases: Paraphrases) -> bool:
    """Tell whether an amount is asked for by its name ("Bußgeld") and the text speaks of another one ("Gebühr")."""
    head = question.head
    if question.wanted is not Wanted.MONEY or head is None or _ANY_AMOUNT.search(head.text):
        return False
    return not any(paraphrases.likeness(head.stem, word.stem) >= _COVERED for word in words_of(text))


def _counts_something_else(question: Question, text: str, paraphrases: Paraphrases) -> bool:
    """Tell whether no number of the text stands near the noun that is to be counted."""
    head = question.head
    if (
        question.wanted is not Wanted.NUMBER
        or head is None
        or not question.ask.lower().startswith(
            ("wie viel", "wieviel", "aus wie", "mit wie", "in wie", "auf wie", "von wie", "für wie")
        )
    ):
        return False
    words = words_of(text)
    for place, word in enumerate(words):
        if not values.holds(Wanted.NUMBER, word.text):
            continue
        near = words[place + 1 : place + 1 + _REACH]
        if any(paraphrases.likeness(head.stem, other.stem) >= _COVERED for other in near):
            return False
    return True
