"""A decided letter in other words: a model proposes, the checker sorts out, a person takes over what they want.

Nothing of it happens by itself, and nothing before the decision. Legal words, time limits and the remedy are never
shown to a model.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from leitplanke.apps.antrag import letters
from leitplanke.apps.antrag.ai import permit_of
from leitplanke.apps.antrag.doing import Doer
from leitplanke.apps.antrag.models import Briefstand, Entscheidungsstand, Schreiben, Urteil
from leitplanke.base.llm.calling import ask, available
from leitplanke.base.llm.calls import Answer, Caller, Label, Refusal
from leitplanke.core.drafting.brief import Author, Brief, Paragraph, Part, brief_from_json, brief_to_json
from leitplanke.core.drafting.editing import edited
from leitplanke.core.drafting.phrasing import phrased
from leitplanke.core.fencing import SAID, fenced
from leitplanke.core.verfahren.acts import ACTS

if TYPE_CHECKING:
    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.llm.runtime import Runtime

SECONDS = 60.0
MOST_OUTPUT = 2000
MOST_CHARACTERS = 4000
BOUNDARY_BYTES = 12
# What may be worded anew; everything else is the law's or the proof's own words.
WORDED = frozenset({Part.TEXT, Part.GRUENDE, Part.HINWEIS})
INSTRUCTION = (
    "Du formulierst Absätze eines Bescheids einer deutschen Behörde verständlicher. "
    f"{SAID} Es ist ein JSON-Objekt: Name des Absatzes und Text. Behalte jede Zahl, jedes Datum, jeden Namen, jede "
    "Vorschrift und jede Verneinung. Füge nichts hinzu. Antworte mit JSON in derselben Form."
)


@dataclass(frozen=True, slots=True)
class Change:
    """One paragraph before and after."""

    key: str
    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a model proposes and the checker lets through; `dropped` counts paragraphs it did not."""

    changes: tuple[Change, ...]
    dropped: int
    label: Label


class _Worded:
    """Puts given words into a letter, as a model would: it is their author."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts

    def phrase(self, brief: Brief) -> Brief:
        """Return the letter with the words in place."""
        known = {paragraph.key for paragraph in brief.paragraphs if paragraph.part in WORDED}
        worded = edited(brief, {key: text for key, text in self._texts.items() if key in known and text.strip()})
        return worded.with_body([
            _by_model(block, before) if isinstance(block, Paragraph) else block
            for block, before in zip(worded.body, brief.body, strict=True)
        ])  # fmt: skip


def _by_model(block: Paragraph, before: Any) -> Paragraph:
    known = {sentence.text for sentence in before.sentences}
    return replace(block, sentences=tuple(
        one if one.text in known else replace(one, author=Author.MODEL) for one in block.sentences
    ))  # fmt: skip


def may_reword(schreiben: Schreiben) -> bool:
    """Tell whether a model may word a letter now: a draft of a decided case, where one is released for it."""
    antrag = schreiben.antrag
    return (
        schreiben.stand == Briefstand.ENTWURF
        and _decided(schreiben)
        and antrag.state in ACTS["formulieren"].before
        and permit_of(antrag).allows(staff=True)
        and available(antrag.mandant_id, f"antrag.{antrag.verfahren}")
    )


def _decided(schreiben: Schreiben) -> bool:
    entscheidung = schreiben.entscheidung
    return entscheidung is not None and entscheidung.stand == Entscheidungsstand.GETROFFEN


def propose(schreiben: Schreiben, actor: Actor, *, house: Runtime | None = None) -> Proposal | Refusal:
    """Ask the model, and return what of its words the checker lets through. Nothing is kept.

    Raises:
        ActError: it may not be done in this state.
        DraftError: the template of the letter is gone.
    """
    brief = brief_from_json(schreiben.brief)
    texts = {one.key: one.text for one in brief.paragraphs if one.part in WORDED and len(one.text) <= MOST_CHARACTERS}
    answer = _asked(schreiben, actor, texts, house)
    if isinstance(answer, Refusal):
        return answer
    offered = _texts_in(answer.text)
    worded = _phrased(schreiben, brief, offered)
    before = {one.key: one for one in brief.paragraphs}
    changes = tuple(
        Change(one.key, one.heading, before[one.key].text, one.text)
        for one in worded.paragraphs
        if one.text != before[one.key].text
    )
    different = [key for key, text in offered.items() if key in texts and text.strip() != texts[key]]
    return Proposal(changes, len(different) - len(changes), answer.label)


def _asked(schreiben: Schreiben, actor: Actor, texts: Mapping[str, str], house: Runtime | None) -> Answer | Refusal:
    antrag = schreiben.antrag
    mark = f"MARKE-{secrets.token_hex(BOUNDARY_BYTES)}"  # new for each call, so no letter can hold it
    messages = [
        {"role": "system", "content": INSTRUCTION},
        {"role": "user", "content": fenced(json.dumps(texts, ensure_ascii=False), mark)},
    ]
    schema = {
        "type": "object", "additionalProperties": False, "required": list(texts),
        "properties": {key: {"type": "string"} for key in texts},
    }  # fmt: skip
    # A person reads, takes over and signs: the letter goes nowhere by itself.
    # The page with the button says which data the model may have.
    facts = {
        "mensch_gibt_frei": True, "richtung_buerger": False, "ki_rolle_offengelegt": True,
        "datenklasse_angezeigt": True, "ermessen": is_about_discretion(schreiben),
    }  # fmt: skip
    person = actor.person.pk if actor.person else None
    caller = Caller(
        antrag.mandant_id, f"antrag.{antrag.verfahren}", staff=True, person_id=person, case=f"antrag:{antrag.pk}",
        facts=facts,
    )  # fmt: skip
    return ask(caller, messages, schema=schema, max_output=MOST_OUTPUT, seconds=SECONDS, house=house)


def is_about_discretion(schreiben: Schreiben) -> bool:
    """Tell whether somebody has judged in the case by their own discretion: its reasons may be in the letter."""
    return Urteil.objects.for_mandant(schreiben.mandant_id).filter(antrag=schreiben.antrag_id).exists()


def _texts_in(text: str) -> dict[str, str]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return {key: value for key, value in found.items() if isinstance(value, str)} if isinstance(found, dict) else {}


def _phrased(schreiben: Schreiben, brief: Brief, texts: Mapping[str, str]) -> Brief:
    antrag = schreiben.antrag
    return phrased(
        brief, letters.grounds_for(schreiben, antrag), _Worded(texts), stand=antrag.state, decided=_decided(schreiben)
    )


def take_over(schreiben_id: int, doer: Doer, texts: Mapping[str, str], *, gesehen: str) -> Schreiben:
    """Take over words of a model that a person chose; they are checked again and stay marked as a model's.

    The letter was signed with other words, so the signature is void and somebody signs again.

    Raises:
        OutdatedError: somebody changed the letter meanwhile.
        ActError, NotPermittedError: it may not be done now, or not by this person.
    """
    return letters.reword(
        schreiben_id, doer, lambda letter: brief_to_json(_phrased(letter, brief_from_json(letter.brief), texts)),
        gesehen=gesehen,
    )  # fmt: skip
