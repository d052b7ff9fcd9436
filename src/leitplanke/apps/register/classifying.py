"""Classification of an entry under the AI Act: a person confirms the facts, the Regelwerk says what follows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from leitplanke.apps.register.doing import doer, locked, perform
from leitplanke.apps.register.models import Einstufung
from leitplanke.core.aiact import classify

if TYPE_CHECKING:
    from collections.abc import Mapping

    from leitplanke.base.accounts.access import Actor
    from leitplanke.core.aiact import Classification


def classify_entry(
    *,
    actor: Actor,
    eintrag_id: int,
    facts: Mapping[str, Any],
    herkunft: Mapping[str, str] | None = None,
    fassung: int | None = None,
) -> Einstufung:
    """Classify the system as it is being worked on, in the version the person saw; what is not stated is unknown.

    Raises:
        LifecycleError: not possible in this state.
        NotPermittedError: `actor` may not classify it.
        FactError: a fact is not of its kind.
        OutdatedError: it is another version meanwhile.
    """
    with transaction.atomic():
        eintrag = locked(actor.mandant, eintrag_id, fassung)
        by = doer(actor, "register.einstufen", eintrag)
        result = classify(facts, on=timezone.localdate())
        ergebnis = result.as_data()
        version = eintrag.bearbeitung
        einstufung = Einstufung.objects.create(
            mandant=eintrag.mandant, eintrag=eintrag, facts=dict(facts), herkunft=dict(herkunft or {}),
            ergebnis=ergebnis, law_version=result.law_version,
            wesentlich_sha256=version.wesentlich_sha256 if version else "", vollstaendig=is_complete(result),
            von=by.membership,
        )  # fmt: skip
        eintrag.klasse, eintrag.hausklasse = result.legal_class, result.house_class
        # The public may see an older version than the one that is worked on; a class goes with the system it is of.
        same = eintrag.fassungen.filter(wesentlich_sha256=einstufung.wesentlich_sha256)
        same.update(klasse=result.legal_class, hausklasse=result.house_class)
        eintrag.naechste_pflicht_am = next_due(ergebnis, timezone.localdate())
        data = {"klasse": result.legal_class, "hausklasse": result.house_class, "recht": result.law_version}
        perform(eintrag, "einstufen", by, data=data)
    return einstufung


def is_complete(result: Classification) -> bool:
    """Tell whether every fact was stated and none contradicts another; what is presumed still needs a person."""
    contradicts = any(doubt.contradiction for doubt in result.doubts)
    return not (result.missing_facts or result.assumptions or contradicts)


def next_due(ergebnis: Mapping[str, Any], today: date) -> date | None:
    """Return the next day on which a duty of a classification falls due."""
    days = (date.fromisoformat(row["due"]) for row in ergebnis["obligations"])
    return min((day for day in days if day >= today), default=None)
