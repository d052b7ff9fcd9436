"""Reverse mode: the person says first how they would decide, then the rules are shown and checked against it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from leitplanke.apps.antrag.doing import Doer, hashed, locked, perform
from leitplanke.apps.antrag.models import Antrag, Vorentscheidung
from leitplanke.core.rules.explain import Explanation
from leitplanke.core.rules.proof import COMPUTED
from leitplanke.core.verfahren.acts import Originator, WrongOriginatorError
from leitplanke.core.verfahren.deviations import Deviation, FirstDecision, RulesSay, deviations, norms_in

if TYPE_CHECKING:
    from leitplanke.core.rules import Result

LEAST_WORDS = 3


class FirstDecisionError(ValueError):
    """What was said does not do; `field` says where."""

    def __init__(self, message: str, field: str) -> None:
        """Keep the field to which the message belongs."""
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class First:
    """How a person would decide, on which norms, and why."""

    art: str
    begruendung: str
    betrag: Decimal | None = None
    normen: tuple[str, ...] = ()


def first_decision_of(antrag: Antrag) -> Vorentscheidung | None:
    """Return what a person said first, None where nobody did."""
    return Vorentscheidung.objects.for_mandant(antrag.mandant_id).filter(antrag=antrag).first()


def hidden(antrag: Antrag, first: Vorentscheidung | None) -> bool:
    """Tell whether what the rules say must not be shown yet."""
    return antrag.mensch_zuerst and first is None


def record_first_decision(antrag_id: int, doer: Doer, first: First, *, fassung: int | None = None) -> Vorentscheidung:
    """Keep how a person would decide before they saw what the rules say; it can be said once.

    Raises:
        WrongOriginatorError: nobody but a person decides.
        FirstDecisionError: reasons or norms are missing, or it was said already.
        OutdatedError, ActError, NotPermittedError: as in `perform`.
    """
    if doer.by is not Originator.PERSON or doer.membership is None:
        raise WrongOriginatorError(_("Entscheiden darf nur ein Mensch mit der Aufgabe dafür."))
    if len(first.begruendung.split()) < LEAST_WORDS:
        raise FirstDecisionError(_("Bitte begründen Sie in eigenen Worten."), "begruendung")
    if not any(norms_in(text) for text in first.normen):
        raise FirstDecisionError(_("Bitte nennen Sie mindestens eine Norm, zum Beispiel „§ 19 WoGG“."), "normen")
    content = hashed([first.art, first.betrag, first.normen, first.begruendung])
    with transaction.atomic():
        antrag = locked(doer.mandant, antrag_id, fassung)
        if first_decision_of(antrag) is not None:
            raise FirstDecisionError(_("Die erste Entscheidung ist schon festgehalten."), "art")
        perform(
            antrag, "vorentscheiden", doer, text=_("Erste Entscheidung vor dem Blick auf die Regeln"), public=False,
            data={"was": first.art, "inhalt_sha256": content},
        )  # fmt: skip
        return Vorentscheidung.objects.create(
            mandant=antrag.mandant,
            antrag=antrag,
            art=first.art,
            betrag=first.betrag,
            normen=list(first.normen),
            begruendung=first.begruendung.strip(),
            von=doer.membership,
        )


def deviations_of(first: Vorentscheidung, result: Result) -> tuple[Deviation, ...]:
    """Return where a first decision and the rules differ."""
    said = FirstDecision(first.art, first.betrag, tuple(first.normen))
    return deviations(said, rules_say(result))


def rules_say(result: Result) -> RulesSay:
    """Return what the rules say of a case, as far as it can be held against a decision."""
    certain = [outcome for outcome, state in result.outcomes if state == "ja"]
    possible = certain or [outcome for outcome, _state in result.outcomes]
    bearing = Explanation(result).distance
    steps = [s for s in result.proof if s.kind == COMPUTED and s.name in bearing and s.norm and not s.item]
    low, high = result.bounds_of(result.regelwerk.ziel[0])
    book = result.regelwerk
    return RulesSay(
        arten=tuple(dict.fromkeys(outcome.art for outcome in possible if outcome.art != "hinweis")),
        low=_amount(low),
        high=_amount(high),
        normen={step.title: step.norm for step in steps} | {o.titel.de: o.norm for o in certain if o.norm},
        urteile={book.ermessen[name].titel.de: book.ermessen[name].norm for name in result.judgements},
    )


def _amount(value: object) -> Decimal | None:
    try:
        return Decimal(str(value))
    except ArithmeticError:
        return None
