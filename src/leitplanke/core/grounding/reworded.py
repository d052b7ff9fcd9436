"""Rewording as it comes in: each sentence goes on only when the quotes support it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from leitplanke.core.fencing import SAID, fenced
from leitplanke.core.grounding.answer import Claim
from leitplanke.core.grounding.plain import plain_text
from leitplanke.core.grounding.verify import agrees, covers
from leitplanke.core.retrieval.sentences import sentences

INSTRUCTION = (
    "Du formulierst Aussagen einer deutschen Stadtverwaltung verständlich um, jede mit ihrer Nummer. "
    f"{SAID} Schreibe höchstens einen kurzen Satz je Aussage, in derselben Reihenfolge, mit denselben Zahlen, Daten, "
    "Namen und Verneinungen. Füge nichts hinzu, lasse keine Bedingung weg, nenne keine Links. Antworte nur mit den "
    "Sätzen, ohne Nummern."
)
MOST_CHARACTERS = 6_000
FEWEST_WORDS = 3
# A question states nothing, so nothing can support it.
_ENDS = (".", "!", ".“", "!“")


def prompt(question: str, claims: Sequence[Claim], boundary: str) -> list[dict[str, str]]:
    """Return the messages for a model; `boundary` is random for each call and broken up in the material."""
    lines = (f"{number}. {_one_line(claim.text)}" for number, claim in enumerate(claims, 1))
    material = "\n".join((f"Frage: {_one_line(question)}", *lines))
    return [{"role": "system", "content": INSTRUCTION}, {"role": "user", "content": fenced(material, boundary)}]


def _one_line(text: str) -> str:
    return " ".join(text.split())


@dataclass(slots=True)
class Rewording:
    """Takes pieces of a text and gives sentences that the quotes of `claims` support.

    Attributes:
        kept: sentences so far, each with the quotes it stands on.
        dropped: how many sentences no quote supports.
    """

    claims: Sequence[Claim]
    kept: list[Claim] = field(default_factory=list)
    dropped: int = 0
    _rest: str = ""
    _length: int = 0

    def feed(self, piece: str) -> list[Claim]:
        """Return the supported sentences that `piece` completes."""
        self._length += len(piece)
        if self._length > MOST_CHARACTERS:
            return []
        self._rest += piece
        spans = sentences(self._rest)
        if len(spans) < 2:
            return []
        end = spans[-1][0]  # the last one may go on
        done, self._rest = self._rest[:end], self._rest[end:]
        return self._take(done)

    def finish(self) -> list[Claim]:
        """Return what the end completes."""
        rest, self._rest = self._rest, ""
        return self._take(rest)

    @property
    def complete(self) -> bool:
        """Whether every statement has survived in some sentence: only then may the rewording stand for the answer."""
        return bool(self.kept) and not self.missing

    @property
    def missing(self) -> list[Claim]:
        """Return the statements of which sentences have kept nothing or too little; they stand as they are."""
        said = {claim.citations: "" for claim in self.claims}
        for claim in self.kept:
            said[claim.citations] += f" {claim.text}"
        return [claim for claim in self.claims if not covers(said[claim.citations], claim.text)]

    @property
    def share(self) -> float:
        """Return the share of characters that the model worded, from 0 to 1, of its sentences and what fell back."""
        worded = sum(len(claim.text) for claim in self.kept)
        return worded / (worded + sum(len(claim.text) for claim in self.missing)) if worded else 0.0

    def _take(self, text: str) -> list[Claim]:
        text = plain_text(text)
        found = [self._supported(text[start:end]) for start, end in sentences(text)]
        kept = [claim for claim in found if claim is not None]
        self.dropped += len(found) - len(kept)
        self.kept += kept
        return kept

    def _supported(self, sentence: str) -> Claim | None:
        # What is cut off may lack its "nicht"; a scrap says nothing by itself.
        if not sentence.rstrip().endswith(_ENDS) or len(sentence.split()) < FEWEST_WORDS:
            return None
        for claim in self.claims:
            if agrees(sentence, [citation.quote for citation in claim.citations]):
                return Claim(sentence, claim.citations)
        return None
