"""Ask: retrieve, answer from quotes or refuse, keep the answer and its evidence."""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from leitplanke.apps.wissen.ai import require_running
from leitplanke.apps.wissen.answering import answer_in, likeness
from leitplanke.apps.wissen.models import Antwort, Fassung
from leitplanke.apps.wissen.policy_facts import answer_facts
from leitplanke.apps.wissen.presentation import version_facts
from leitplanke.apps.wissen.queries import released_versions, spaces_for
from leitplanke.base.evidence.services import forget_personal, record
from leitplanke.base.policy import Guidance, Stop, guidance
from leitplanke.core.grounding import Answer, Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from leitplanke.apps.wissen.models import Wissensraum
    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Mandant
    from leitplanke.core.provenance import Citation

ANONYMOUS_DAYS = 90
BY_GUIDELINE = "leitlinie"
MERIT = {Status.ANSWERED: 2, Status.PARTIAL: 1, Status.REFUSED: 0}


@dataclass(frozen=True, slots=True)
class Attempt:
    """What one space had to say."""

    raum: Wissensraum
    versions: dict[str, Fassung]
    answer: Answer
    said: Guidance = field(default_factory=Guidance)

    @property
    def merit(self) -> tuple[int, float]:
        """Order attempts: answers before part answers before refusals, then by how close they are to the question."""
        return MERIT[self.answer.status], likeness(self.answer.question, self.answer)


def ask(*, raum: Wissensraum, actor: Actor, frage: str) -> Antwort:
    """Answer a question in one space, as `actor`.

    Raises:
        NotPermittedError: the space is not open to `actor`.
        AiStoppedError: the register does not let the AI answer now.
    """
    return _ask([raum], actor, frage)


def ask_anywhere(*, actor: Actor, frage: str) -> Antwort | None:
    """Answer a question in whichever open space has the best evidence; None where no space has a source.

    Raises:
        AiStoppedError: the register does not let the AI answer now.
    """
    spaces = [raum for raum in spaces_for(actor) if raum.freigegeben and raum.von_startseite]
    return _ask(spaces, actor, frage) if spaces else None


def _ask(spaces: Iterable[Wissensraum], actor: Actor, frage: str) -> Antwort:
    require_running(actor)
    started = time.perf_counter()
    attempts = []
    for raum in spaces:
        actor.require("wissen.ask", raum.sichtbarkeit)
        versions = {version.quelle.dokument: version for version in released_versions(raum)}
        attempts.append(Attempt(raum, versions, answer_in(raum, frage, versions, on=timezone.localdate())))
    best = attempts[0] if len(attempts) == 1 else max(attempts, key=lambda attempt: attempt.merit)
    milliseconds = round((time.perf_counter() - started) * 1000)
    return _keep(_by_guideline(best, actor), actor, frage, milliseconds)


def _by_guideline(attempt: Attempt, actor: Actor) -> Attempt:
    """Return an attempt with what the guideline says of it: where a clause stops it, the answer is its refusal.

    A refusal tells nothing, so nobody asks whether it may be given.
    """
    if attempt.answer.status is Status.REFUSED:
        return attempt
    raum = attempt.raum
    said = guidance(raum.mandant, answer_facts(raum, actor, attempt.answer, attempt.versions))
    if said.stop is None:
        return Attempt(raum, attempt.versions, attempt.answer, said)
    refusal = Answer(attempt.answer.question, Status.REFUSED, said.stop.sentence)
    return Attempt(raum, attempt.versions, refusal, Guidance(said.stop))


def _keep(attempt: Attempt, actor: Actor, frage: str, milliseconds: int) -> Antwort:
    answer, raum, versions = attempt.answer, attempt.raum, attempt.versions
    content = _content(answer, versions) | _clauses(attempt.said)
    stopped = attempt.said.stop
    grund = BY_GUIDELINE if stopped else (answer.reason.value if answer.reason else "")
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True)
    cited = {citation["fassung"] for claim in content["claims"] for citation in claim["citations"]}
    with transaction.atomic():
        leaf = record(
            "wissen.answered",
            mandant=raum.mandant,
            actor=None,
            data={
                "raum": raum.kurz,
                "ergebnis": answer.status.value,
                "grund": grund,
                "klausel": stopped.number if stopped else "",
                "fassungen": [
                    f"{version.quelle.dokument}#{version.nummer}"
                    for version in versions.values()
                    if version.pk in cited
                ],
                "antwort_sha256": hashlib.sha256(canonical.encode()).hexdigest(),
            },
            personal={"frage": frage},
        )
        return Antwort.objects.create(
            mandant=raum.mandant,
            raum=raum,
            person=actor.person,
            frage=frage,
            ergebnis=answer.status.value,
            grund=grund,
            inhalt=content,
            nachweis=leaf.public_id,
            millisekunden=milliseconds,
        )


def _clauses(said: Guidance) -> dict[str, Any]:
    """Return the clauses that the page of an answer shows; nothing where the guideline says nothing."""
    found = {"klausel": _clause(said.stop)} if said.stop else {}
    return found | ({"hinweise": [_clause(one) for one in said.warnings]} if said.warnings else {})


def _clause(stop: Stop) -> dict[str, str]:
    return {"satz": stop.sentence, "nummer": stop.number, "titel": stop.title, "url": stop.url}


def _content(answer: Answer, versions: dict[str, Fassung]) -> dict[str, Any]:
    return {
        "text": answer.text,
        "notes": list(answer.notes),
        "claims": [
            {
                "text": claim.text,
                "conflicting": claim.conflicting,
                "citations": [_citation(citation, versions) for citation in claim.citations],
            }
            for claim in answer.claims
        ],
        "nearest": [_citation(citation, versions) for citation in answer.nearest],
    }


def _citation(citation: Citation, versions: dict[str, Fassung]) -> dict[str, Any]:
    version = versions[citation.document]
    return {
        "fassung": version.pk,
        "dokument": citation.document,
        "titel": version.titel,
        "section": citation.section,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "facts": version_facts(version),
    }


def delete_own(*, actor: Actor, kennung: str = "") -> int:
    """Delete one's own answers, or the one with `kennung`, and the salts that tied the evidence to their questions.

    Returns:
        How many were deleted; 0 where `kennung` is not one's own.
    """
    actor.require("wissen.view_history")
    own = Antwort.objects.for_mandant(actor.mandant).filter(person=actor.person)
    if kennung:
        try:
            own = own.filter(kennung=UUID(kennung))
        except ValueError:
            return 0
    with transaction.atomic():
        return _delete(own, actor.mandant, "verlangen")


def delete_expired(mandant: Mandant) -> int:
    """Delete answers to people without an account after `ANONYMOUS_DAYS` days."""
    limit = timezone.now() - timedelta(days=ANONYMOUS_DAYS)
    with transaction.atomic():
        expired = Antwort.objects.for_mandant(mandant).filter(person=None, gefragt_am__lt=limit)
        return _delete(expired, mandant, "frist")


def _delete(answers: QuerySet[Antwort], mandant: Mandant, anlass: str) -> int:
    leaves = list(answers.values_list("nachweis", flat=True))
    if not leaves:
        return 0
    forget_personal(mandant=mandant, leaves=leaves)
    answers.delete()
    record(
        "wissen.answers_deleted",
        mandant=mandant,
        actor=None,
        data={"anzahl": str(len(leaves)), "anlass": anlass},
    )
    return len(leaves)
