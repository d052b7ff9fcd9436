"""What can be seen of the systems that run, for whoever assesses the house: only what the register itself keeps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from leitplanke.apps.register.declared import SETTLED
from leitplanke.apps.register.gate_facts import WEIGHING, gate_facts
from leitplanke.core.register import fields

if TYPE_CHECKING:
    from leitplanke.apps.register.models import Eintrag

# Criteria of an evaluation that compare groups of people.
OF_GROUPS = frozenset({"gruppe", "ausgleich"})
INFORMATION = "betroffene"


def shown_facts(eintrag: Eintrag) -> Mapping[str, bool]:
    """Return by name what an entry shows of itself today; what it does not know is not shown.

    `betrifft_buerger` and `hochrisiko` say what it is about, all others whether something is as it should be.
    """
    known = gate_facts(eintrag)
    said: dict[str, Any] = eintrag.bearbeitung.angaben if eintrag.bearbeitung else {}
    return {
        "betrifft_buerger": said.get("niemand_aussen") != "ja",
        "hochrisiko": "high" in {eintrag.klasse, eintrag.hausklasse},
        "nutzen_benannt": _there(said, "zweck", "problem", "kennzahl"),
        "alternative_geprueft": _there(said, *(name for name in WEIGHING if name != "problem")),
        "beteiligung_erfolgt": _there(said, "beteiligung"),
        "meldeweg_vorhanden": _there(said, "beschwerde", "kontakt_email"),
        "zustaendig_benannt": eintrag.verantwortlich_id is not None,
        "personalvertretung_beteiligt": known["mitbestimmung"] in SETTLED,
        "betroffene_informiert": _informed(eintrag),
        "risiko_eingestuft": _classified(known),
        **_evaluated(eintrag, known),
    }


def _there(said: Mapping[str, Any], *names: str) -> bool:
    return not any(fields.empty(said.get(name)) for name in names)


def _informed(eintrag: Eintrag) -> bool:
    version = eintrag.bearbeitung
    if version is None:
        return False
    done = eintrag.dokumente.filter(art=INFORMATION, fertig_am__isnull=False)
    return done.filter(fassung__wesentlich_sha256=version.wesentlich_sha256).exists()


def _classified(known: Mapping[str, object]) -> bool:
    needed = [name for name in ("dsfa", "grundrechte") if known.get(f"{name}_noetig")]
    return (
        known["einstufung"] == "aktuell"
        and bool(known["einstufung_vollstaendig"])
        and all(known[name] == "aktuell" for name in needed)
    )


def _evaluated(eintrag: Eintrag, known: Mapping[str, object]) -> Mapping[str, bool]:
    newest, good = eintrag.bewertungen.first(), known["bewertung"] == "bestanden"
    compared = newest is not None and any(one["code"] in OF_GROUPS for one in newest.ergebnis.get("criteria", ()))
    return {"guete_belegt": good, "fairness_geprueft": good and compared}
