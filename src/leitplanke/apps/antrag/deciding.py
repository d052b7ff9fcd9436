"""Deciding: prepared, confirmed by a person who has just proved who they are, signed by a second one where demanded.

No job and no interface may import this module (import contract in pyproject.toml). The database repeats what counts:
constraints of `Entscheidung` and `Antrag`.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.antrag.calculating import day_of, engine_of, renew, summarised
from leitplanke.apps.antrag.doing import Doer, OutdatedError, allowed, locked, perform
from leitplanke.apps.antrag.intake import settings_for
from leitplanke.apps.antrag.models import (
    Antrag,
    Entscheidung,
    Entscheidungsart,
    Entscheidungsstand,
    Fristart,
    Verfahrenseinstellung,
)
from leitplanke.apps.antrag.policy_facts import decision_facts
from leitplanke.apps.antrag.readiness import (
    BY_RULES,
    UNDOING,
    Draft,
    require_possible,
    require_ready,
    require_words,
)
from leitplanke.apps.antrag.voiding import file_hash, seen_hash, void
from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.base.policy import require_step
from leitplanke.core.verfahren.acts import Originator, WrongOriginatorError

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mitgliedschaft
    from leitplanke.core.rules import Result
    from leitplanke.core.verfahren.model import Verfahren

__all__ = ["confirm", "prepare", "proof_as_json", "second_needed", "seen_hash", "send_back", "sign"]

GRANTING = frozenset(
    {
        Entscheidungsart.BEWILLIGUNG,
        Entscheidungsart.TEILBEWILLIGUNG,
        Entscheidungsart.FESTSETZUNG,
        Entscheidungsart.AENDERUNG,
    }
)


def prepare(antrag_id: int, doer: Doer, draft: Draft, *, fassung: int | None = None) -> Entscheidung:
    """Prepare a decision with facts, judgements and proof as they are now. It has no effect until it is confirmed.

    Raises:
        NotReadyError: something is missing for a decision of this kind; says what.
        OutdatedError, ActError, NotPermittedError: as in `perform`.
    """
    membership = _a_person(doer)
    with transaction.atomic():
        antrag = locked(doer.mandant, antrag_id, fassung)
        require_possible(antrag, draft, doer)
        engine = engine_of(antrag)
        renew(antrag, engine)
        antrag.save()
        result = engine.evaluate(antrag.fakten, on=day_of(antrag), judgements=antrag.urteile)
        require_ready(antrag, draft, result)
        antrag.entscheidungen.filter(stand=Entscheidungsstand.VORBEREITET).delete()
        number = antrag.entscheidungen.aggregate(Max("nummer"))["nummer__max"] or 0
        return Entscheidung.objects.create(
            mandant=antrag.mandant,
            antrag=antrag,
            nummer=number + 1,
            art=draft.art,
            ergebnis=summarised(result)["ergebnis"] if draft.art in BY_RULES else "",
            betrag=antrag.betrag_von if antrag.betrag_von == antrag.betrag_bis else None,
            von_tag=draft.von_tag,
            bis_tag=draft.bis_tag,
            begruendung="\n\n".join(part for part in (draft.begruendung.strip(), draft.ohne_anhoerung.strip()) if part),
            abweichung=draft.abweichung.strip(),
            stichtag=day_of(antrag),
            fakten=antrag.fakten,
            urteile=antrag.urteile,
            nachweis=proof_as_json(result),
            digest=result.digest,
            aktenstand=file_hash(antrag),
            hebt_auf=antrag.entscheidung if draft.art in UNDOING else None,
            vorbereitet_von=membership,
        )


def _a_person(doer: Doer) -> Mitgliedschaft:
    if doer.by is not Originator.PERSON or doer.membership is None or doer.person is None:
        raise WrongOriginatorError(_("Entscheiden darf nur ein Mensch mit der Aufgabe dafür."))
    return doer.membership


def proof_as_json(result: Result) -> list[dict[str, object]]:
    """Return the proof as it is kept with a decision."""
    return [
        {
            "name": step.name,
            "titel": step.title,
            "art": step.kind,
            "norm": step.norm,
            "eintrag": step.item,
            "wert": step.value,
            "von": step.low,
            "bis": step.high,
            "einheit": step.unit,
            "formel": step.formula,
            "aus": list(step.inputs),
            "quelle": step.source,
        }
        for step in result.proof
    ]


def second_needed(verfahren: Verfahren, einstellung: Verfahrenseinstellung, art: str, betrag: Decimal | None) -> bool:
    """Tell whether a second person signs a decision of this kind."""
    rule = Verfahrenseinstellung.Zeichnung(einstellung.zeichnung)
    if rule is not Verfahrenseinstellung.Zeichnung.VORLAGE:
        return rule is Verfahrenseinstellung.Zeichnung.IMMER
    over = verfahren.zeichnung.ab_betrag
    if over and betrag is None and art in GRANTING:  # an unknown amount may be over any limit
        return True
    return art in verfahren.zeichnung.arten or bool(over and betrag is not None and betrag >= Decimal(over))


def confirm(entscheidung_id: int, doer: Doer, verfahren: Verfahren, *, gesehen: str) -> Entscheidung:
    """Decide what was prepared; where a second person must sign, lay it before them.

    Args:
        gesehen: `seen_hash` of what the person was shown.

    Raises:
        OutdatedError: facts, judgements, rules or the letter changed since.
        NotFreshError: the person must prove again who they are.
        StepStoppedError: a clause of the guideline stops it.
        ActError, NotPermittedError: it may not be done now, or not by this person.
    """
    _a_person(doer)
    with transaction.atomic():
        entscheidung, antrag = _locked(entscheidung_id, doer, Entscheidungsstand.VORBEREITET)
        allowed(antrag, "entscheiden", doer)
        _require_same(entscheidung, antrag, gesehen)
        require_step(doer.mandant, decision_facts(entscheidung, antrag, doer.by))
        einstellung = settings_for(antrag.mandant, antrag.verfahren)
        # Once laid before a second person, it stays theirs, whatever the office changes in its settings meanwhile.
        entscheidung.zweite_noetig = entscheidung.zweite_noetig or second_needed(
            verfahren, einstellung, entscheidung.art, entscheidung.betrag
        )
        entscheidung.entschieden_von = doer.membership
        entscheidung.entschieden_person = doer.person.pk if doer.person else None
        entscheidung.entschieden_am = timezone.now()
        entscheidung.angemeldet_um = doer.fresh_at
        entscheidung.gesehen_hash = gesehen
        if entscheidung.zweite_noetig:
            entscheidung.stand = Entscheidungsstand.VORGELEGT
            _perform(antrag, "vorlegen", doer, entscheidung)
        else:
            _take_effect(antrag, "entscheiden", doer, entscheidung)
        entscheidung.save()
    return entscheidung


def sign(entscheidung_id: int, doer: Doer, *, gesehen: str) -> Entscheidung:
    """Sign as the second person what was laid before them.

    Raises:
        NotPermittedError: it is one's own decision.
        OutdatedError: it is no longer what the first person confirmed, or what this one was shown.
        NotFreshError, StepStoppedError, ActError: as in `confirm`.
    """
    _a_person(doer)
    with transaction.atomic():
        entscheidung, antrag = _locked(entscheidung_id, doer, Entscheidungsstand.VORGELEGT)
        allowed(antrag, "zeichnen", doer)
        if doer.person is None or entscheidung.entschieden_person == doer.person.pk:
            raise NotPermittedError(
                "antrag.zeichnen",
                _("Diese Entscheidung haben Sie selbst vorgelegt. Zeichnen muss sie eine zweite Person."),
            )
        if entscheidung.gesehen_hash != gesehen:
            raise OutdatedError(_("Die Vorlage wurde geändert. Bitte geben Sie sie zurück."))
        _require_same(entscheidung, antrag, gesehen)
        require_step(doer.mandant, decision_facts(entscheidung, antrag, doer.by))
        entscheidung.gezeichnet_von = doer.membership
        entscheidung.gezeichnet_person = doer.person.pk
        entscheidung.gezeichnet_am = timezone.now()
        entscheidung.gezeichnet_angemeldet_um = doer.fresh_at
        _take_effect(antrag, "zeichnen", doer, entscheidung)
        entscheidung.save()
    return entscheidung


def send_back(entscheidung_id: int, doer: Doer, grund: str) -> Entscheidung:
    """Give back what was laid before one; the first signature is void.

    Raises:
        NotReadyError: no reason is given.
        ActError, NotPermittedError: as in `perform`.
    """
    require_words(grund, _("Bitte schreiben Sie, was zu ändern ist."))
    with transaction.atomic():
        entscheidung, antrag = _locked(entscheidung_id, doer, Entscheidungsstand.VORGELEGT)
        void(entscheidung)
        perform(antrag, "zurueckgeben", doer, text=grund, public=False, data={"was": str(entscheidung.nummer)})
    return entscheidung


def _locked(entscheidung_id: int, doer: Doer, stand: Entscheidungsstand) -> tuple[Entscheidung, Antrag]:
    found = Entscheidung.objects.for_mandant(doer.mandant).get(pk=entscheidung_id)
    antrag = locked(doer.mandant, found.antrag_id)
    entscheidung = Entscheidung.objects.for_mandant(doer.mandant).select_for_update(of=("self",)).get(pk=found.pk)
    if entscheidung.stand != stand:
        raise OutdatedError(
            _("Diese Entscheidung ist inzwischen „%(stand)s“.") % {"stand": entscheidung.get_stand_display()}
        )
    entscheidung.antrag = antrag
    return entscheidung, antrag


def _require_same(entscheidung: Entscheidung, antrag: Antrag, gesehen: str) -> None:
    """Check that what was shown, what is stored, and what the rules say now are the same."""
    if seen_hash(entscheidung) != gesehen:
        raise OutdatedError(_("Entscheidung oder Schreiben wurden geändert. Bitte sehen Sie die neue Fassung an."))
    result = engine_of(antrag).evaluate(antrag.fakten, on=entscheidung.stichtag, judgements=antrag.urteile)
    if result.digest != entscheidung.digest:
        raise OutdatedError(
            _("Angaben, Urteile oder Regeln haben sich seit der Vorbereitung geändert. Bitte bereiten Sie neu vor.")
        )
    if file_hash(antrag) != entscheidung.aktenstand:
        raise OutdatedError(
            _("Seit der Vorbereitung kamen Angaben, Unterlagen oder eine Frist hinzu. Bitte bereiten Sie neu vor.")
        )


def _perform(antrag: Antrag, act: str, doer: Doer, entscheidung: Entscheidung) -> None:
    perform(
        antrag,
        act,
        doer,
        text=entscheidung.get_art_display(),
        public=act != "vorlegen",
        data={
            "was": entscheidung.art,
            "nachweis_sha256": entscheidung.digest,
            "inhalt_sha256": entscheidung.gesehen_hash,
        },
    )


def _take_effect(antrag: Antrag, act: str, doer: Doer, entscheidung: Entscheidung) -> None:
    entscheidung.stand = Entscheidungsstand.GETROFFEN
    entscheidung.save()
    antrag.entscheidungen.filter(stand=Entscheidungsstand.GETROFFEN).exclude(pk=entscheidung.pk).update(
        stand=Entscheidungsstand.ERSETZT
    )
    antrag.entscheidung = entscheidung
    antrag.fristen.filter(art__in=[Fristart.MITWIRKUNG, Fristart.ANHOERUNG], erledigt_am__isnull=True).update(
        erledigt_am=timezone.now()
    )
    _perform(antrag, act, doer, entscheidung)
