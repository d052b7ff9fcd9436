"""What Wissen tells the guideline of a step: an answer that is given, a source that is added, one that is released."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from leitplanke.apps.register.public import purpose_in_use
from leitplanke.apps.wissen.ai import KEY
from leitplanke.apps.wissen.models import Sichtbarkeit, Stand
from leitplanke.base.llm.reach import furthest_model
from leitplanke.base.policy import OF_THE_HOUSE, SPEAKS_TO_NOBODY
from leitplanke.core.policy import DataClass

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from leitplanke.apps.wissen.models import Fassung, Wissensraum
    from leitplanke.base.accounts.access import Actor
    from leitplanke.core.grounding import Answer

# Enacted by a body of the state: everybody may use it (§ 5 UrhG), and the town its own texts.
OWN_OR_OFFICIAL = frozenset({"eu", "bund", "land", "kommune"})


def answer_facts(raum: Wissensraum, actor: Actor, answer: Answer, versions: Mapping[str, Fassung]) -> dict[str, Any]:
    """Return the facts of an answer that is about to be given to `actor`: what it quotes stands in `versions`."""
    today = timezone.localdate()
    purpose = purpose_in_use(raum.mandant, KEY)
    cited = [versions[one.document] for claim in answer.claims for one in claim.citations]
    return {
        **OF_THE_HOUSE,
        "schritt": "auskunft",
        "ausloeser": "person",  # somebody asked; nothing is told to people who did not
        # What this step does is to show passages word for word; what the system may do else is asked at its release.
        "automatisierungsstufe": 0,
        "zweck_freigegeben": purpose.released,
        "erprobung": purpose.trial,
        "hochrisiko": purpose.high_risk,
        "mensch_gibt_frei": False,  # people released the sources, nobody this answer
        "ermessen": False,  # a question that wants a decision of a single case is refused before
        "fuer_beschaeftigte": actor.is_staff,
        "richtung_buerger": not actor.is_staff,
        "betrifft_buerger": not actor.is_staff,
        "ki_rolle_offengelegt": True,  # every page of a space says so before the first question (`_eroeffnung.html`)
        "beleg_vorhanden": all(claim.citations for claim in answer.claims),
        "quelle_gueltig": all(version.valid_on(today) for version in cited),
        "mensch_erreichbar": bool(raum.kontakt_telefon or raum.kontakt_email),
        "meldeweg_vorhanden": purpose.can_be_reported,
        "mensch_verlangt": False,  # who wants a person takes the way beside the question; nothing is noted here
    }


def upload_facts(raum: Wissensraum, said: Mapping[str, Any], *, valid_until: date | None) -> dict[str, Any]:
    """Return the facts of a document that becomes a source of a space; `said` are statements on it by name."""
    public = raum.sichtbarkeit == Sichtbarkeit.OEFFENTLICH
    return {
        **OF_THE_HOUSE,
        **SPEAKS_TO_NOBODY,
        "schritt": "hochladen",
        "ausloeser": "person",
        "mensch_gibt_frei": True,  # a second person releases every source
        "automatisierungsstufe": 0,
        "ermessen": False,
        "hochrisiko": purpose_in_use(raum.mandant, KEY).high_risk,
        "fuer_beschaeftigte": True,
        "betrifft_buerger": public,
        "datenklasse": (DataClass.OEFFENTLICH if public else DataClass.INTERN).value,
        # Searching stays in the house; an answer that a model words carries quotes to where that model runs.
        "modellklasse": furthest_model(raum.mandant.pk, KEY),
        "synthetisch": public,
        "zustaendig_benannt": raum.einheit_id is not None,
        "quelle_gueltig": valid_until is None or timezone.localdate() <= valid_until,
        "rechte_geklaert": rights_clear(said),
    }


def rights_clear(said: Mapping[str, Any]) -> bool:
    """Tell whether it is said by what right a text is used: by a licence, or since state or town enacted it."""
    return bool(said.get("lizenz")) or said.get("ebene") in OWN_OR_OFFICIAL


def publication_facts(fassung: Fassung) -> dict[str, Any]:
    """Return the facts of releasing a source: in a public space everybody reads its whole text from then on."""
    return {
        **OF_THE_HOUSE,
        **SPEAKS_TO_NOBODY,
        "schritt": "veroeffentlichung",
        "ausloeser": "person",
        "mensch_gibt_frei": True,
        "automatisierungsstufe": 0,
        "ermessen": False,
        "hochrisiko": purpose_in_use(fassung.mandant, KEY).high_risk,
        "betrifft_buerger": True,
        "gekennzeichnet": True,  # the words of the source: no model wrote any of it
        "lange_uebernahme": fassung.angaben.get("ebene") not in OWN_OR_OFFICIAL,
        "rechte_geklaert": rights_clear(fassung.angaben),
    }


def release_steps(fassung: Fassung) -> Iterable[dict[str, Any]]:
    """Return the steps that a release of a source is: it is taken in for good, and in a public space published."""
    raum = fassung.quelle.raum
    yield upload_facts(raum, fassung.angaben, valid_until=fassung.gueltig_bis)
    if raum.sichtbarkeit == Sichtbarkeit.OEFFENTLICH and fassung.stand == Stand.ZU_PRUEFEN:
        yield publication_facts(fassung)
