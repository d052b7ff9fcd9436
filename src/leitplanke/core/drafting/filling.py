"""Templates filled: slots with the words for a value, conditions with the values of the case."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from leitplanke.core.drafting.case import CaseView, DraftError, Rechtstexte
from leitplanke.core.retrieval.sentences import sentences
from leitplanke.core.rules import german
from leitplanke.core.rules.reckoning import Reckoner

if TYPE_CHECKING:
    from datetime import date

    from leitplanke.core.rules.evaluating import Result
    from leitplanke.core.rules.formula import Expr
    from leitplanke.core.rules.model import Shape

_SLOT = re.compile(r"\{([a-z][a-z0-9_]*)\}(?P<unit>\s+(?:EUR|Euro|€|%|Prozent)(?!\w))?")
OF_CASE = frozenset({
    "aktenzeichen", "antragsdatum", "name", "anrede", "heute", "frist", "stelle", "telefon", "bescheid_vom",
    "zeitraum_von", "zeitraum_bis", "verfahren", "zugang",
})  # fmt: skip
"""The slots that the case itself fills; every other is a value of the Regelwerk."""


def split(text: str) -> tuple[str, ...]:
    """Return the sentences of a text."""
    return tuple(text[start:end] for start, end in sentences(text))


class Filler:
    """Fills the templates of one letter."""

    def __init__(self, case: CaseView, result: Result | None, texts: Rechtstexte) -> None:
        """Prepare the slots that the case itself fills."""
        self.result = result
        self._own = _of_case(case, texts)

    def filled(self, text: str) -> str:
        """Return a text with its slots filled.

        Raises:
            DraftError: a value is missing or not settled; the message names it.
        """
        return _SLOT.sub(lambda match: self._value(match[1], unit=not match["unit"]) + (match["unit"] or ""), text)

    def lacking(self, text: str) -> tuple[str, ...]:
        """Return the slots that the case should fill and does not."""
        return tuple(m[1] for m in _SLOT.finditer(text) if m[1] in OF_CASE and m[1] not in self._own)

    def unsettled(self, text: str) -> tuple[str, ...]:
        """Return the slots whose value the Regelwerk knows, and which is not settled in this case."""
        found = [m[1] for m in _SLOT.finditer(text) if m[1] not in self._own and m[1] not in OF_CASE]
        return tuple(name for name in found if self._shape(name) is not None and not self._settled(name))

    def _settled(self, name: str) -> bool:
        low, high = Reckoner(self.result).bounds(name) if self.result else (None, None)
        return low is not None and low == high

    def holds(self, wenn: Expr | None) -> bool:
        """Tell whether a paragraph belongs into the letter; what is open or cannot be reckoned does not hold."""
        if wenn is None:
            return True
        return self.result is not None and Reckoner(self.result).of(wenn) is True

    def _value(self, name: str, *, unit: bool) -> str:
        if name in self._own:
            return self._own[name]
        if self.result is None or (shape := self._shape(name)) is None:
            raise DraftError(f"Für die Stelle „{name}“ der Vorlage nennt der Vorgang noch keinen Wert.")
        low, high = Reckoner(self.result).bounds(name)
        if low is None or low != high:
            raise DraftError(f"Der Wert „{name}“ steht noch nicht fest; erst dann kann der Brief ihn nennen.")
        return german.said(low, shape, unit=german.unit_for(low, shape.einheit) if unit else "")

    def _shape(self, name: str) -> Shape | None:
        book = self.result.regelwerk if self.result else None
        if book is None:
            return None
        found = book.regeln.get(name) or book.angaben.get(name) or book.parameter.get(name) or book.ermessen.get(name)
        return found.shape if found else None


def _of_case(case: CaseView, texts: Rechtstexte) -> dict[str, str]:
    decided = case.entscheidung
    days: dict[str, date | None] = {
        "antragsdatum": case.antragsdatum, "heute": case.heute, "frist": texts.frist_ende,
        "bescheid_vom": decided.bescheid_vom, "zeitraum_von": decided.von, "zeitraum_bis": decided.bis,
    }  # fmt: skip
    words = {
        "aktenzeichen": case.aktenzeichen, "name": case.name, "anrede": case.salutation,
        "stelle": case.absender.stelle, "telefon": case.absender.telefon, "verfahren": case.verfahren,
    }  # fmt: skip
    stated = {name: text for name, text in words.items() if text}
    return {**stated, **{name: german.day(day) for name, day in days.items() if day}, **case.werte}


def numbered(prefix: str, texts: Iterator[str] | tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield texts with a key each."""
    for place, text in enumerate(texts, 1):
        yield f"{prefix}:{place}", text
