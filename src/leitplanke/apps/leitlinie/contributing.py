"""What people say about clauses and suggest instead, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.leitlinie.clauses import check_choice, content_of, put
from leitplanke.apps.leitlinie.doing import WrongStateError, leave_evidence, locked
from leitplanke.apps.leitlinie.library import blocks
from leitplanke.apps.leitlinie.models import Beitrag, Beitragsart, Beitragsstand, Fassungsstand
from leitplanke.core.guideline import Audience, Choice

if TYPE_CHECKING:
    from leitplanke.apps.leitlinie.models import Leitlinienfassung
    from leitplanke.base.accounts.access import Actor

OPEN = frozenset({Fassungsstand.ENTWURF, Fassungsstand.MITZEICHNUNG})


class EmptyContributionError(ValueError):
    """Nothing was said, or no reason given; the message is for people."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What somebody says about a block of a version.

    Attributes:
        suggestion: the decision that is suggested instead; None for a remark.
        answers: key of the contribution that this one answers.
    """

    version_id: int
    block: str
    text: str
    suggestion: Choice | None = None
    answers: int | None = None


def contribute(*, actor: Actor, contribution: Contribution) -> Beitrag:
    """Say something about a block, or suggest another decision.

    Raises:
        NotPermittedError: `actor` may not.
        WrongStateError: the version is neither draft nor signed off at the moment.
        EmptyContributionError: there is no text.
        UnknownChoiceError: there is no such block or option.
        UnusableChoiceError: a value of the suggestion is not possible.
        Beitrag.DoesNotExist: what it answers is not there.
    """
    text = contribution.text.strip()
    if not text:
        raise EmptyContributionError(_("Bitte schreiben Sie einen Satz dazu."))
    suggestion = contribution.suggestion
    kind = Beitragsart.BEMERKUNG if suggestion is None else Beitragsart.VORSCHLAG
    with transaction.atomic():
        version = locked(contribution.version_id, actor, OPEN)
        actor.require("leitlinie.contribute", version.stand)
        capacity = actor.capacity("leitlinie.contribute", version.stand)
        if suggestion is not None:
            check_choice(suggestion)
        row = Beitrag.objects.create(
            mandant=actor.mandant, fassung=version, baustein=contribution.block, art=kind, text=text,
            antwort_auf=_answered(version, contribution), inhalt=content_of(suggestion) if suggestion else {},
            person=actor.person, rolle=capacity.rolle.value if capacity else "",
        )  # fmt: skip
        leave_evidence("leitlinie.beitrag", version, actor, capacity, baustein=contribution.block, art=kind.value)
    return row


def _answered(version: Leitlinienfassung, contribution: Contribution) -> Beitrag | None:
    """Return what is answered: the first of its thread, so that a thread has one level."""
    if contribution.answers is None:
        if contribution.block not in blocks():
            raise Beitrag.DoesNotExist
        return None
    answered = version.beitraege.get(pk=contribution.answers, baustein=contribution.block)
    return answered.antwort_auf or answered


def settle(*, actor: Actor, beitrag_id: int, outcome: Beitragsstand, reason: str = "") -> Beitrag:
    """Decide what becomes of a contribution; taking over a suggestion decides the clause as it says.

    Raises:
        NotPermittedError: `actor` may not.
        WrongStateError: it is settled already, or the version is in a state in which that is not possible.
        EmptyContributionError: a suggestion is declined without a reason.
        UnknownChoiceError, UnusableChoiceError: the suggestion no longer fits the building block.
        Beitrag.DoesNotExist: there is no such contribution here.
    """
    with transaction.atomic():
        row = Beitrag.objects.for_mandant(actor.mandant).get(pk=beitrag_id)
        taken = outcome == Beitragsstand.UEBERNOMMEN
        version = locked(row.fassung_id, actor, {Fassungsstand.ENTWURF} if taken else OPEN)
        actor.require("leitlinie.settle", version.stand)
        row.refresh_from_db()
        _can_become(row, outcome, reason.strip())
        if taken:
            actor.require("leitlinie.edit", version.stand)
            why = _("Vorschlag von %(person)s übernommen") % {"person": row.person.name if row.person else "?"}
            put(version, choice_from(row.baustein, row.inhalt), actor, looked_at=True, reason=why[:200])
        row.stand, row.stand_grund = outcome, reason.strip()
        row.erledigt_von, row.erledigt_am = actor.person, timezone.now()
        row.save(update_fields=["stand", "stand_grund", "erledigt_von", "erledigt_am"])
        capacity = actor.capacity("leitlinie.settle", version.stand)
        leave_evidence(
            "leitlinie.beitrag_entschieden", version, actor, capacity, baustein=row.baustein, stand=outcome.value
        )
    return row


def _can_become(row: Beitrag, outcome: Beitragsstand, reason: str) -> None:
    if row.stand != Beitragsstand.OFFEN or row.antwort_auf_id is not None or outcome == Beitragsstand.OFFEN:
        raise WrongStateError(_("Über diesen Beitrag ist schon entschieden."))
    suggestion = row.art == Beitragsart.VORSCHLAG
    if suggestion == (outcome == Beitragsstand.ERLEDIGT):
        raise WrongStateError(
            _("Ein Vorschlag wird übernommen oder abgelehnt, eine Bemerkung ist irgendwann erledigt.")
        )
    if outcome == Beitragsstand.ABGELEHNT and not reason:
        raise EmptyContributionError(_("Bitte schreiben Sie, warum Sie den Vorschlag nicht übernehmen."))


def choice_from(block: str, content: Mapping[str, Any]) -> Choice:
    """Return what the history or a suggestion keeps as the model has it; the other way is `clauses.content_of`."""
    words = {Audience(name): text for name, text in content.get("wortlaut", {}).items()}
    return Choice(
        block, content["option"], dict(content.get("werte", {})), content.get("grund", ""), content.get("quelle", ""),
        content.get("lizenz", ""), words,
    )  # fmt: skip
