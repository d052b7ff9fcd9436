"""An answer in other words, by a language model: what the quotes do not support never reaches the page."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from leitplanke.apps.wissen.ai import KEY, stopped_for
from leitplanke.base.evidence.services import record
from leitplanke.base.llm.calling import available, stream
from leitplanke.base.llm.calls import Caller, Refusal
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
    """One sentence of the rewording, with the number of the statement it stands on."""

    text: str
    number: int


def may_reword(antwort: Antwort, actor: Actor) -> bool:
    """Tell whether somebody may have an answer reworded: a person of the office, where a model is released for it.

    Towards the public the guideline lets no model speak without a person; there the quotes stay as they are.
    """
    claims = antwort.inhalt["claims"]
    settled = antwort.ergebnis != "refused" and claims and not any(claim["conflicting"] for claim in claims)
    return bool(settled and actor.is_staff and stopped_for(actor) is None and available(actor.mandant.pk, KEY))


def reword(antwort: Antwort, actor: Actor, *, house: Runtime | None = None) -> Iterator[Sentence] | Refusal:
    """Yield supported sentences as the model writes them; what came of it is kept with the answer at the end.

    A refusal by the guideline, or a model that does not answer, changes nothing: the quotes stand.
    """
    claims = [_claim(row) for row in antwort.inhalt["claims"]]
    # Every token is new for each call, so that no source can contain it.
    messages = prompt(antwort.frage, claims, f"MARKE-{secrets.token_hex(BOUNDARY_BYTES)}")
    facts = {"richtung_buerger": not actor.is_staff, "ki_rolle_offengelegt": True, "mensch_gibt_frei": False}
    person = actor.person.pk if actor.person else None
    caller = Caller(actor.mandant.pk, KEY, staff=actor.is_staff, person_id=person, facts=facts)
    pieces = stream(caller, messages, max_output=MOST_OUTPUT, seconds=SECONDS, house=house)
    return pieces if isinstance(pieces, Refusal) else _sentences(antwort, claims, pieces)


def _sentences(antwort: Antwort, claims: list[Claim], pieces: Iterator[str]) -> Iterator[Sentence]:
    rewording = Rewording(claims)
    for piece in pieces:
        yield from _numbered(rewording.feed(piece), claims)
    yield from _numbered(rewording.finish(), claims)
    _keep(antwort, rewording, claims)


def _numbered(found: list[Claim], claims: list[Claim]) -> Iterator[Sentence]:
    numbers = {claim.citations: number for number, claim in reversed(list(enumerate(claims, 1)))}
    for claim in found:
        yield Sentence(claim.text, numbers[claim.citations])


def _keep(antwort: Antwort, rewording: Rewording, claims: list[Claim]) -> None:
    sentences = [{"text": one.text, "aussage": one.number} for one in _numbered(rewording.kept, claims)]
    said = {"saetze": sentences, "verworfen": rewording.dropped, "vollstaendig": rewording.complete}
    text = "\n".join(str(one["text"]) for one in sentences)
    with transaction.atomic():
        antwort.umformuliert = said
        antwort.save(update_fields=["umformuliert"])
        data = {
            "raum": antwort.raum.kurz, "saetze": str(len(sentences)), "verworfen": str(rewording.dropped),
            "antwort_sha256": hashlib.sha256(text.encode()).hexdigest(),
        }  # fmt: skip
        record("wissen.umformuliert", mandant=antwort.mandant, actor=None, data=data)


def told(antwort: Antwort) -> str:
    """Return what people should know of a rewording: how much of it the quotes did not support."""
    said: dict[str, Any] = antwort.umformuliert or {}
    if not said.get("saetze"):
        return _("Was das Modell schrieb, war durch die Quellen nicht gedeckt. Es gilt die Antwort aus den Zitaten.")
    if not said["vollstaendig"]:
        return _("Nicht jede Aussage ist in den neuen Worten enthalten. Maßgeblich ist die Antwort aus den Zitaten.")
    return ""


def _claim(row: dict[str, Any]) -> Claim:
    return Claim(
        row["text"],
        tuple(
            Citation(one["dokument"], one["section"], one["quote"], one["start"], one["end"])
            for one in row["citations"]
        ),
    )
