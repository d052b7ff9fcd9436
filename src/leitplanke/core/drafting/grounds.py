"""Everything a letter may stand on: its composed sentences, the values of the case in their roles, and the law."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from leitplanke.core.drafting.blocks import outcome_of
from leitplanke.core.drafting.brief import Brief, Part, Table
from leitplanke.core.drafting.case import CaseView, Rechtstexte
from leitplanke.core.drafting.composing import compose, missing_parts, required_of
from leitplanke.core.drafting.filling import split
from leitplanke.core.drafting.lexicon import Lexicon, shipped_lexicon
from leitplanke.core.drafting.remedies import NONE, remedy_kind
from leitplanke.core.drafting.roles import Placed, placed
from leitplanke.core.drafting.values import Reader, Value, even
from leitplanke.core.grounding.words import content_words
from leitplanke.core.rules import german
from leitplanke.core.rules.explain import explain

if TYPE_CHECKING:
    from leitplanke.core.rules.evaluating import Result
    from leitplanke.core.verfahren.model import Vorlage

_SLOT = re.compile(r"\{\w+\}")
_TITLE = re.compile(r"^(?:Herrn?|Frau)\s+")


@dataclass(frozen=True, slots=True)
class Composed:
    """A sentence as it was composed, with where it stands."""

    key: str
    text: str
    paragraph: str
    part: Part
    personal: bool = False


@dataclass(frozen=True)
class Grounds:
    """What a letter may stand on.

    Attributes:
        brief: the letter as composed; its head and its tables are binding.
        required: the keys without which it may not leave, with the part they belong to.
        missing: what the template demands and nobody supplied, by part, as a message.
        art: kind of the outcome, or of the letter where nothing was decided.
        own: what else a person may refer to, by key, in words: facts, documents, judgements.
        blocks: the office's own sentences.
        elsewhere: sentences of this procedure that belong into other letters or to other outcomes.
    """

    brief: Brief
    required: Mapping[str, Part]
    missing: Mapping[Part, str]
    art: str
    own: Mapping[str, str]
    blocks: tuple[str, ...]
    names: tuple[str, ...]
    told: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    lexicon: Lexicon = field(default_factory=shipped_lexicon)

    @cached_property
    def composed(self) -> Mapping[str, Composed]:
        """The composed sentences by key."""
        return {
            sentence.ground: Composed(
                sentence.ground, sentence.text, paragraph.key, paragraph.part, sentence.author == "person"
            )
            for paragraph in self.brief.paragraphs
            for sentence in paragraph.sentences
        }

    @cached_property
    def reader(self) -> Reader:
        """Reads values with the names and signs of this case."""
        sender = self.brief.absender
        lines = (sender.telefon, sender.email, sender.zeiten, *sender.anschrift, *self.brief.empfaenger)
        return Reader(self.lexicon, self.names, (self.brief.aktenzeichen, *lines))

    @cached_property
    def known(self) -> tuple[Placed, ...]:
        """Every value of case, proof and law, each with the words that say what it is."""
        return tuple(item for text in self._texts() for item in placed(text, self.reader.read(text)))

    def values(self) -> Iterator[Value]:
        """Yield every value the letter may state."""
        return (item.value for item in self.known)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The stems of everything the composed letter says."""
        return frozenset(word.stem for text in self._texts() for word in content_words(text))

    @cached_property
    def parts(self) -> Mapping[str, Part]:
        """What each paragraph of the draft does."""
        return {paragraph.key: paragraph.part for paragraph in self.brief.paragraphs}

    @cached_property
    def words(self) -> frozenset[str]:
        """The stems of the composed sentences alone."""
        return frozenset(word.stem for item in self.composed.values() for word in content_words(item.text))

    def _texts(self) -> Iterator[str]:
        brief = self.brief
        yield brief.betreff
        yield from (item.text for item in self.composed.values())
        yield from (block.heading for block in brief.paragraphs if block.heading)
        for table in self.tables.values():
            yield from (f"{row[0]}: {row[-1]} ({row[1]})" for row in table.rows)
        yield f"Aktenzeichen: {brief.aktenzeichen}"
        yield f"Schreiben vom {german.day(brief.datum)}"
        sender = brief.absender
        yield from (sender.behoerde, sender.stelle, sender.bearbeitung, sender.telefon, sender.email, sender.zeiten)
        yield from (*sender.anschrift, *brief.empfaenger)
        yield from self.own.values()
        yield from self.blocks
        yield from self.told

    @cached_property
    def tables(self) -> Mapping[str, Table]:
        """The tables of the calculation by key."""
        return {block.key: block for block in self.brief.body if isinstance(block, Table)}


def draft(
    vorlage: Vorlage,
    case: CaseView,
    result: Result | None = None,
    texts: Rechtstexte | None = None,
    *,
    others: Iterable[Vorlage] = (),
) -> tuple[Brief, Grounds]:
    """Return a composed letter with what it stands on; `others` are the other templates of the procedure.

    Raises:
        DraftError: the letter would have to say what is not known yet.
    """
    brief = compose(vorlage, case, result, texts)
    return brief, grounds_of(vorlage, brief, case, result, texts, others=others)


def grounds_of(  # noqa: PLR0913 - everything a letter may stand on
    vorlage: Vorlage,
    brief: Brief,
    case: CaseView,
    result: Result | None = None,
    texts: Rechtstexte | None = None,
    *,
    others: Iterable[Vorlage] = (),
) -> Grounds:
    """Return what a letter may stand on; `brief` is the letter as composed, never as edited."""
    texts = texts or Rechtstexte()
    outcomes = result.regelwerk.ergebnisse if result else ()
    outcome = outcome_of(case, result) if brief.art == "bescheid" else None
    remedy = remedy_kind(case.entscheidung.art, outcome.name if outcome else "", outcomes)
    judged = {f"urteil:{item.name}": f"{item.frage} {item.ergebnis}. {item.grund}" for item in case.urteile}
    sender = case.absender
    people = (case.name, *case.andere, sender.bearbeitung, case.unterzeichnet)
    return Grounds(
        brief,
        required_of(vorlage, brief),
        missing_parts(vorlage, brief, rechtsbehelf=remedy != NONE),
        case.entscheidung.art or (outcome.art if outcome else brief.art),
        {**case.akte, **judged},
        tuple(case.textbausteine.values()),
        tuple(dict.fromkeys(_TITLE.sub("", name) for name in people if name)),
        (*(item.ground for item in vorlage.absaetze), *_told(case, result, texts)),
        _elsewhere((vorlage, *others), brief, result),
    )


def _elsewhere(vorlagen: Iterable[Vorlage], brief: Brief, result: Result | None) -> tuple[str, ...]:
    """Return the sentences of all templates and outcomes that this letter does not have, without their slots."""
    texts = [absatz.text.de for vorlage in vorlagen for absatz in vorlage.absaetze]
    if result is not None:
        texts += [text.de for item in result.regelwerk.ergebnisse for text in (item.tenor, item.gruende)]
    present = {" ".join(even(sentence.text).split()) for sentence in brief.sentences}
    found = (_SLOT.sub("", piece) for text in texts for piece in split(text))
    return tuple(dict.fromkeys(text for text in found if " ".join(even(text).split()) not in present))


def _months(start: date, last: date) -> int:
    """Return how many months a period has; 0 where it is not of whole months."""
    after = last + timedelta(days=1)
    months = 12 * (after.year - start.year) + after.month - start.month
    return months if after.day == start.day else 0


def _told(case: CaseView, result: Result | None, texts: Rechtstexte) -> Iterable[str]:
    """Yield what else may be said: the days of the case, and every step of the proof."""
    decided = case.entscheidung
    days = {
        "Ihr Antrag ist eingegangen, Antrag vom, Antragsdatum": case.antragsdatum,
        "Frist bis spätestens, reichen Sie ein, antworten Sie": texts.frist_ende,
        "Zeitraum ab, Bewilligungszeitraum beginnt, Beginn": decided.von,
        "Zeitraum bis, Bewilligungszeitraum endet, Ende": decided.bis, "Bescheid vom": decided.bescheid_vom,
    }  # fmt: skip
    if decided.von and decided.bis and (months := _months(decided.von, decided.bis)):
        yield f"Zeitraum, Bewilligungszeitraum für: {months} Monate"
    yield from (f"{words}: {german.day(day)}" for words, day in days.items() if day)
    if texts.mitwirkung_norm:
        yield texts.mitwirkung_norm
    for item in (*texts.rechtsbehelf, *texts.rechtsfolgen, *texts.anhoerung):
        yield item.norm
    if result is not None:
        yield from (f"{step.title}: {step.value} ({step.norm})" for step in explain(result).steps if step.used)
