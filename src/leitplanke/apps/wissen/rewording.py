"""An answer in other words, by a language model: what the quotes do not support never reaches the page."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from leitplanke.apps.wissen.ai import KEY, stopped_for
from leitplanke.base.evidence.services import record
from leitplanke.base.llm.calling import Streamed, available, stream
from leitplanke.base.llm.calls import Caller, Label, Refusal
from leitplanke.core.grounding.answer import Claim
from leitplanke.core.grounding.reworded import Rewording, prompt
from leitplanke.core.provenance import Citation

if TYPE_CHECKING:
    from leitplanke.apps.wissen.models import Antwort
    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.llm.runtime import Runtime

SECONDS = 45.0
BOUNDARY_BYTES = 12
MOST_OUTPUT = 700


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the rewording, with the number of the statement it stands on.

    Attributes:
        by_model: whether the model worded it; else it is the statement as the quotes give it.
    """

    text: str
    number: int
    by_model: bool = True


def may_reword(antwort: Antwort, actor: Actor) -> bool:
    """Tell whether somebody may have an answer reworded: a person of the office, where a model is released for it.

    Towards the public the guideline lets no model speak without a person; there the quotes stay as they are.
    """
    claims = antwort.inhalt["claims"]
    settled = antwort.ergebnis != "refused" and claims and not any(claim["conflicting"] for claim in claims)
    return bool(settled and actor.is_staff and stopped_for(actor) is None and available(actor.mandant.pk, KEY))


@dataclass(frozen=True, slots=True)
class Writing:
    """A rewording under way.

    Attributes:
        label: what it says of itself: model, purpose, clauses.
    """

    antwort: Antwort
    claims: tuple[Claim, ...]
    pieces: Streamed

    @property
    def label(self) -> Label:
        """What it says of itself."""
        return self.pieces.label

    def sentences(self) -> Iterator[Sentence]:
        """Yield supported sentences as the model writes them, then the statements that no sentence kept as they are.

        What came of it is kept with the answer at the end; whoever stops before keeps nothing.
        """
        rewording = Rewording(self.claims)
        for piece in self.pieces:
            yield from self._numbered(rewording.feed(piece))
        yield from self._numbered(rewording.finish())
        if rewording.kept:
            yield from self._numbered(rewording.missing, by_model=False)
        self._keep(rewording)

    def stop(self) -> None:
        """End the call to the model; from any thread."""
        self.pieces.close()

    def _numbered(self, found: Sequence[Claim], *, by_model: bool = True) -> Iterator[Sentence]:
        numbers = {claim.citations: number for number, claim in reversed(list(enumerate(self.claims, 1)))}
        for claim in found:
            yield Sentence(claim.text, numbers[claim.citations], by_model)

    def _keep(self, rewording: Rewording) -> None:
        sentences = [{"text": one.text, "aussage": one.number} for one in self._numbered(rewording.kept)]
        label, text = self.label, "\n".join(str(one["text"]) for one in sentences)
        said = {
            "saetze": sentences, "verworfen": rewording.dropped, "vollstaendig": rewording.complete,
            "ki_anteil": f"{rewording.share:.3f}", "modell": label.model, "zweck": label.purpose,
            "klauseln": list(label.clauses), "aufruf": label.call_id, "abbruch": self.pieces.failed,
        }  # fmt: skip
        antwort = self.antwort
        data = {
            "raum": antwort.raum.kurz, "saetze": str(len(sentences)), "verworfen": str(rewording.dropped),
            "antwort_sha256": hashlib.sha256(text.encode()).hexdigest(), "ki_anteil": f"{rewording.share:.3f}",
            "aufruf": label.call_id,
        }  # fmt: skip
        with transaction.atomic():
            antwort.umformuliert = said
            antwort.save(update_fields=["umformuliert"])
            record("wissen.umformuliert", mandant=antwort.mandant, actor=None, data=data)


def reword(antwort: Antwort, actor: Actor, *, house: Runtime | None = None) -> Writing | Refusal:
    """Have a model reword an answer.

    A refusal by the guideline, or a model that does not answer, changes nothing: the quotes stand.
    """
    claims = tuple(_claim(row) for row in antwort.inhalt["claims"])
    # Every mark is new for each call, so that no source can contain it.
    messages = prompt(antwort.frage, claims, f"MARKE-{secrets.token_hex(BOUNDARY_BYTES)}")
    # The page with the button says which data the model may have. Sources are quoted; no case is judged.
    facts = {
        "richtung_buerger": not actor.is_staff, "ki_rolle_offengelegt": True, "mensch_gibt_frei": False,
        "datenklasse_angezeigt": True, "ermessen": False,
    }  # fmt: skip
    person = actor.person.pk if actor.person else None
    caller = Caller(actor.mandant.pk, KEY, staff=actor.is_staff, person_id=person, facts=facts)
    pieces = stream(caller, messages, max_output=MOST_OUTPUT, seconds=SECONDS, house=house)
    return pieces if isinstance(pieces, Refusal) else Writing(antwort, claims, pieces)


def told(antwort: Antwort) -> str:
    """Return what people should know of a rewording: how much of it the quotes did not support."""
    said: dict[str, Any] = antwort.umformuliert or {}
    if not said.get("saetze"):
        return _("Was das Modell schrieb, war durch die Quellen nicht gedeckt. Es gilt die Antwort aus den Zitaten.")
    if said.get("abbruch"):
        return _("Das Modell ist nicht fertig geworden. Was fehlt, steht hier in den Worten der Quellen.")
    if not said["vollstaendig"]:
        return _("Nicht jede Aussage ließ sich belegt umformulieren. Sie steht dann hier in den Worten der Quellen.")
    return ""


def _claim(row: dict[str, Any]) -> Claim:
    return Claim(
        row["text"],
        tuple(
            Citation(one["dokument"], one["section"], one["quote"], one["start"], one["end"])
            for one in row["citations"]
        ),
    )
