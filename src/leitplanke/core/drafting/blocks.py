"""The parts of a letter that do not stand in a template: they follow from the proof, the file and the law."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from leitplanke.core.drafting.brief import Author, Sentence
from leitplanke.core.drafting.calculation import amounting, named
from leitplanke.core.drafting.case import CaseView, DraftError, Fehlend, Rechtssatz, Rechtstexte
from leitplanke.core.drafting.filling import Filler, numbered, split
from leitplanke.core.drafting.values import exact
from leitplanke.core.rules.explain import Explanation, explain

if TYPE_CHECKING:
    from leitplanke.core.rules.evaluating import Result
    from leitplanke.core.rules.model import Ergebnis

LISTED = frozenset({"fehlende_unterlagen", "fehlende_angaben", "schritte", "angaben"})
"""Blocks whose sentences are items of a list."""
REQUIRED = frozenset({
    "tenor", "gruende", "urteile", "fehlende_unterlagen", "fehlende_angaben", "rechtsfolgen", "rechtsbehelf",
    "anhoerung",
})  # fmt: skip
"""Blocks without which a letter that has them may not leave."""


WITHOUT_OUTCOME = frozenset({"versagung", "ruecknahme", "widerruf", "aenderung"})
"""What a person decides though no outcome of the Regelwerk says so; the reasons are that person's."""
REFUSING = frozenset({"ablehnung"})
WITH_AMOUNT = frozenset({"bewilligung", "teilbewilligung", "festsetzung"})


def outcome_of(case: CaseView, result: Result | None) -> Ergebnis | None:
    """Return the outcome that was decided, or else the one that certainly applies; None where nothing is certain.

    Raises:
        DraftError: the Regelwerk does not know the decided outcome.
    """
    wanted = case.entscheidung.ergebnis
    if result is None or case.entscheidung.art in WITHOUT_OUTCOME:
        return None
    if wanted:
        found = next((item for item in result.regelwerk.ergebnisse if item.name == wanted), None)
        if found is None:
            raise DraftError(f"Das Ergebnis „{wanted}“ kennt dieses Regelwerk nicht.")
        return found
    certain = [outcome for outcome, state in result.outcomes if state == "ja"]
    return certain[0] if certain else None


class Blocks:
    """Makes the sentences of each block."""

    def __init__(self, case: CaseView, result: Result | None, texts: Rechtstexte) -> None:
        """Prepare for one letter."""
        self.case, self.result, self.texts = case, result, texts
        self.filler = Filler(case, result, texts)
        self.explanation: Explanation | None = explain(result) if result else None
        self._makers: dict[str, Callable[[], Iterator[Sentence]]] = {
            "tenor": self._tenor, "gruende": self._gruende, "schritte": self._schritte,
            "fehlende_unterlagen": lambda: self._missing("unterlage", case.unterlagen),
            "fehlende_angaben": lambda: self._missing("angabe", case.angaben or self._open_facts()),
            "rechtsfolgen": lambda: self._law("rechtsfolgen", texts.rechtsfolgen),
            "rechtsbehelf": lambda: self._law("rechtsbehelf", texts.rechtsbehelf),
            "anhoerung": lambda: self._law("anhoerung", texts.anhoerung), "angaben": self._angaben,
        }  # fmt: skip

    def sentences(self, block: str) -> tuple[Sentence, ...]:
        """Return the sentences of a block, none where the case gives nothing for it.

        Raises:
            DraftError: the block is unknown, or what it tells is not settled yet.
        """
        maker = self._makers.get(block)
        if maker is None:
            raise DraftError(f"Den Baustein „{block}“ gibt es nicht. Möglich: {', '.join(sorted(self._makers))}.")
        return tuple(maker())

    def _outcome(self) -> Ergebnis:
        outcome = outcome_of(self.case, self.result)
        if outcome is None:
            raise DraftError("Es steht noch kein Ergebnis fest. Möglich ist jetzt eine Mitwirkungsaufforderung.")
        return outcome

    def _tenor(self) -> Iterator[Sentence]:
        outcome = self._outcome()
        for key, text in numbered(f"tenor:{outcome.name}", split(self.filler.filled(outcome.tenor.de))):
            yield Sentence(text, key)

    @property
    def refused(self) -> bool:
        """Whether the letter refuses, so that no amount of it is granted."""
        outcome = outcome_of(self.case, self.result)
        return outcome is not None and outcome.art in REFUSING

    def amounts(self) -> Iterator[tuple[Fraction, Sentence]]:
        """Yield what a decision grants or sets, as a number and as a sentence."""
        outcome = outcome_of(self.case, self.result)
        if outcome is None or self.explanation is None or outcome.art not in WITH_AMOUNT:
            return
        targets = self.explanation.result.regelwerk.ziel
        for step in self.explanation.steps:
            if step.name in targets and not step.item and step.value[:1].isdigit():
                text = f"{step.title}: {step.value}."
                yield exact(step.value.partition(" ")[0]), Sentence(text, f"tenor:betrag:{step.name}")

    def _gruende(self) -> Iterator[Sentence]:
        if self.case.entscheidung.art not in WITHOUT_OUTCOME:
            outcome = self._outcome()
            for key, text in numbered(f"gruende:{outcome.name}", split(self.filler.filled(outcome.gruende.de))):
                yield Sentence(text, key)
            if outcome.norm:
                yield Sentence(f"Rechtsgrundlage: {outcome.norm}.", f"gruende:{outcome.name}:norm")
        for key, text in numbered("entscheidung:grund", split(self.case.entscheidung.begruendung)):
            yield Sentence(text, key, Author.PERSON)

    def _schritte(self) -> Iterator[Sentence]:
        decisive = self.explanation.decisive if self.explanation else ()
        targets = self.explanation.result.regelwerk.ziel if self.explanation else ()
        if self.refused and any(step.name in targets and amounting(step) for step in decisive):
            return  # refused for another reason than the calculation, which the table tells as mere arithmetic
        for step in filter(named, decisive):
            norm = f" ({step.norm})" if step.norm else ""
            yield Sentence(f"{step.title}: {step.value}{norm}.", f"schritt:{step.name}")

    def judgements(self) -> Iterator[tuple[str, tuple[Sentence, ...]]]:
        """Yield each judgement by name: the question, what the person found, and why in that person's words."""
        for item in self.case.urteile:
            norm = f" ({item.norm})" if item.norm else ""
            told = [
                Sentence(f"Zu beurteilen war{norm}: {item.frage}", f"urteil:{item.name}:frage"),
                Sentence(f"Ergebnis der Beurteilung: {item.ergebnis}.", f"urteil:{item.name}:ergebnis"),
            ]
            reasons = numbered(f"urteil:{item.name}:grund", split(item.grund))
            yield item.name, (*told, *(Sentence(text, key, Author.PERSON) for key, text in reasons))

    def _open_facts(self) -> tuple[Fehlend, ...]:
        if self.result is None or self.explanation is None:
            return ()
        names = [item.fact for item in self.result.missing]
        titles = self.explanation.open_facts
        return tuple(
            Fehlend(name, title, self._norm(name)) for name, title in zip(names, titles[: len(names)], strict=True)
        )

    def _norm(self, name: str) -> str:
        book = self.result.regelwerk if self.result else None
        fact = book.fact(name.partition("[")[0]) if book else None
        return self.texts.mitwirkung_norm or (fact.norm if fact else "")

    def _missing(self, kind: str, items: Iterable[Fehlend]) -> Iterator[Sentence]:
        for item in items:
            norm = f" ({item.norm})" if item.norm else ""
            hint = f". {item.hinweis.rstrip('.')}" if item.hinweis else ""
            yield Sentence(f"{item.titel}{norm}{hint}", f"fehlt:{kind}:{item.key}")

    @staticmethod
    def _law(kind: str, texts: tuple[Rechtssatz, ...]) -> Iterator[Sentence]:
        for place, item in enumerate(texts, 1):
            for part, text in enumerate(split(item.text), 1):
                yield Sentence(text, f"recht:{kind}:{place}.{part}", Author.BLOCK)

    def _angaben(self) -> Iterator[Sentence]:
        """Tell what was stated, so that the person can see and correct it."""
        if self.result is None or self.explanation is None:
            return
        for step in self.explanation.steps:
            if step.kind == "angabe":
                item = f":{step.item}" if step.item else ""
                yield Sentence(f"{step.title}: {step.value}", f"stand:{step.name}{item}")
