"""The interview of a classification: asks what the classification still needs, and proposes facts a person confirms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core import signing
from django.utils.translation import gettext as _

from leitplanke.apps.register.gate_facts import SAME
from leitplanke.apps.register.labels import CLASS_LABELS
from leitplanke.base.interview.flow import Walk
from leitplanke.base.interview.wording import said, shown
from leitplanke.core.aiact import load_ki_verordnung
from leitplanke.core.aiact.vorschlag import propose
from leitplanke.core.register.fields import felder
from leitplanke.core.rules.interview import Interview

if TYPE_CHECKING:
    from datetime import date

    from leitplanke.apps.register.models import Eintrag
    from leitplanke.base.interview.state import State
    from leitplanke.core.rules.model import Angabe

SALT = "leitplanke.register.vorschlag"
TEXT, ANGABE, MENSCH = "text", "angabe", "mensch"
AROUND = 30
# Statements whose words the lexicon reads.
READ = ("zweck", "problem", "warum_ki", "betroffene", "aufsicht", "modell", "nutzende")


class FullInterview(Interview):
    """Asks until the whole classification is settled, duties and blocks included, not only the class."""

    @cached_property
    def _open(self) -> dict[str, float]:
        found = load_ki_verordnung().classify(self.facts, on=self.result.state.on)
        return {name: 0.0 for name in found.missing_facts if name not in self.facts}


class FullWalk(Walk):
    """One step of that interview."""

    def interview(self, facts: dict[str, Any]) -> Interview:
        """Evaluate `facts`.

        Raises:
            FactError: there is no law for that day.
        """
        result = self.engine.evaluate(facts, on=self.state.on, entwurf=self.state.entwurf)
        return FullInterview(result, facts)


def walk_of(state: State) -> FullWalk:
    """Return the step that a state of the interview stands before."""
    return FullWalk(load_ki_verordnung().engine, state)


@dataclass(frozen=True, slots=True)
class SoFar:
    """What a classification comes to by now: the worst class still possible, and whether it is certain."""

    klasse: str
    haus: str
    settled: bool
    contradictions: tuple[str, ...]


def so_far(facts: Mapping[str, Any], on: date) -> SoFar:
    """Return what the classification comes to by what is known."""
    found = load_ki_verordnung().classify(facts, on=on)
    contradictions = tuple(said(doubt.why) for doubt in found.doubts if doubt.contradiction)
    legal, house = _(CLASS_LABELS[found.legal_class]), _(CLASS_LABELS[found.house_class])
    return SoFar(legal, house, found.settled, contradictions)


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words of the entry that a proposal stands on, with what stands around them."""

    davor: str
    text: str
    danach: str


@dataclass(frozen=True, slots=True)
class Suggested:
    """A proposed fact: what, why, and the words it stands on; nothing takes it but a person.

    Attributes:
        value: as the Regelwerk takes it; `text` is how one says it.
        origin: `angabe` for a statement of the entry, `text` for words of it.
        sicher: how clearly the words speak for it.
    """

    name: str
    frage: str
    value: Any
    text: str
    origin: str
    worte: tuple[Quoted, ...]
    grund: str
    sicher: str


def proposals(eintrag: Eintrag) -> list[Suggested]:
    """Return what the entry's own statements suggest, in the order of the questions."""
    said_now: Mapping[str, Any] = eintrag.bearbeitung.angaben if eintrag.bearbeitung else {}
    found = {one.name: one for one in (*_from_words(said_now, eintrag.name), *_from_statements(said_now))}
    book = load_ki_verordnung().regelwerk
    return [found[name] for name in book.angaben if name in found]


def _from_statements(said_now: Mapping[str, Any]) -> list[Suggested]:
    found = []
    for name, fact in SAME.items():
        angabe = load_ki_verordnung().regelwerk.fact(fact)
        if angabe is not None and said_now.get(name) in {"ja", "nein"}:
            title = said(felder()[name].titel)
            reason = _("So steht es im Eintrag: %(titel)s.") % {"titel": title}
            found.append(_proposal(angabe, said_now[name] == "ja", ANGABE, reason=reason))
    return found


def _from_words(said_now: Mapping[str, Any], name: str) -> list[Suggested]:
    text = "\n".join([name, *(str(said_now[one]) for one in READ if said_now.get(one))])
    book = load_ki_verordnung().regelwerk
    found = []
    for one in propose(text).suggestions:
        angabe = book.fact(one.fact)
        # What the text only does not mention is no proposal: unknown never means no.
        if angabe is not None and one.passages:
            words = tuple(_around(text, passage.start, passage.end) for passage in one.passages)
            sure = one.confidence.value
            found.append(_proposal(angabe, one.value, TEXT, words, reason=one.reason, sure=sure))
    return found


def _around(text: str, start: int, end: int) -> Quoted:
    """Return words with what stands around them: a „nicht“ or „ohne“ before them must be seen."""
    first = text.rfind(" ", 0, max(start - AROUND, 0)) + 1 if start > AROUND else 0
    last = text.find(" ", end + AROUND) if end + AROUND < len(text) else len(text)
    last = last if last >= 0 else len(text)
    before, after = text[first:start].replace("\n", " "), text[end:last].replace("\n", " ")
    return Quoted(("… " if first else "") + before, text[start:end], after + (" …" if last < len(text) else ""))


def _proposal(  # noqa: PLR0913 - what a proposal says
    angabe: Angabe, value: Any, origin: str, words: tuple[Quoted, ...] = (), *, reason: str = "", sure: str = ""
) -> Suggested:
    question = said(angabe.frage) or said(angabe.titel)
    return Suggested(angabe.name, question, value, shown(value, angabe.shape), origin, words, reason, sure)


def sealed(accepted: Mapping[str, str]) -> str:
    """Return which proposals somebody took, and from where, for a hidden field."""
    return signing.dumps(dict(accepted), salt=SALT, compress=True)


def unsealed(text: str) -> dict[str, str]:
    """Return which proposals somebody took; nothing where it is not ours."""
    try:
        found: dict[str, str] = signing.loads(text, salt=SALT, max_age=12 * 3600)
    except (signing.BadSignature, ValueError):
        return {}
    return found


def origins(facts: Mapping[str, Any], accepted: Mapping[str, str], eintrag: Eintrag) -> dict[str, str]:
    """Return by fact who or what proposed it; what was changed after a proposal is the person's own."""
    proposed = {one.name: one.value for one in proposals(eintrag)} if accepted else {}
    return {
        name: accepted[name] if name in accepted and proposed.get(name) == value else MENSCH
        for name, value in facts.items()
    }
