"""What the register tells the guideline of a step: the release of a system, and the publication of its entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from leitplanke.apps.register.declared import SETTLED
from leitplanke.apps.register.gate_facts import WEIGHING, gate_facts
from leitplanke.base.policy import OF_THE_HOUSE, SPEAKS_TO_NOBODY, Guidance, StepStoppedError, Stop, active, as_stop
from leitplanke.core.policy import Applied
from leitplanke.core.policy.compiling import names_in, parse_condition
from leitplanke.core.policy.facts import FACTS
from leitplanke.core.policy.model import STOPPING, Effect
from leitplanke.core.register import fields
from leitplanke.core.register.lifecycle import Gate

if TYPE_CHECKING:
    from leitplanke.apps.register.models import Eintrag
    from leitplanke.core.policy import Profile

# Criteria of an evaluation that compare groups of people.
OF_GROUPS = frozenset({"gruppe", "ausgleich"})
INFORMATION = "betroffene"
TRIAL_ROOM = "experimentierraum"
SHOWN = (
    "nutzen_benannt", "alternative_geprueft", "beteiligung_erfolgt", "meldeweg_vorhanden", "zustaendig_benannt",
    "personalvertretung_beteiligt", "betroffene_informiert", "guete_belegt", "fairness_geprueft",
)  # fmt: skip
# What a system is; one would rather bring what is missing than make it another one.
CIRCUMSTANCES = frozenset({
    TRIAL_ROOM, "betrifft_buerger", "hochrisiko", "automatisierungsstufe", "folgenabschaetzung_noetig", "ermessen",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Point:
    """A clause that keeps a release closed; `fact` is the first statement that could change that, "" where none."""

    stop: Stop
    fact: str
    certain: bool


def release_facts(eintrag: Eintrag, gate: Gate = Gate.FREIGABE) -> dict[str, Any]:
    """Return the facts of a release as they are today; what the register does not know is left out.

    A trial is where the guideline speaks of trying out with real cases (`experimentierraum`).
    """
    known = gate_facts(eintrag)
    said: dict[str, Any] = eintrag.bearbeitung.angaben if eintrag.bearbeitung else {}
    return {
        **OF_THE_HOUSE,
        **SPEAKS_TO_NOBODY,
        "schritt": "freigabe",
        "ausloeser": "person",
        "mensch_gibt_frei": True,  # the table of acts lets nobody else release
        TRIAL_ROOM: gate is Gate.ERPROBUNG,
        "ermessen": True,  # whether a system may run is weighed, and weighed by a person
        "betrifft_buerger": said.get("niemand_aussen") != "ja",
        **_stage(said),
        **_of_statements(said),
        **_of_classification(known),
        **_of_declarations(eintrag, known),
        **_of_evaluation(eintrag, known),
    }


def shown_facts(eintrag: Eintrag) -> Mapping[str, bool]:
    """Return by name what an entry shows of itself today, for whoever assesses the house; unknown is not shown.

    `betrifft_buerger` and `hochrisiko` say what it is about, all others whether something is as it should be.
    """
    facts = release_facts(eintrag)
    covered = facts.get("folgenabschaetzung_vorhanden") or not facts.get("folgenabschaetzung_noetig", True)
    return {
        **{name: bool(facts.get(name)) for name in SHOWN},
        "betrifft_buerger": bool(facts["betrifft_buerger"]),
        "hochrisiko": bool(facts.get("hochrisiko")),
        "risiko_eingestuft": bool(facts.get("risiko_eingestuft") and covered),
    }


def _stage(said: Mapping[str, Any]) -> dict[str, Any]:
    return {"automatisierungsstufe": int(said["automatisierung"])} if said.get("automatisierung") else {}


def _of_statements(said: Mapping[str, Any]) -> dict[str, Any]:
    def there(*names: str) -> bool:
        return not any(fields.empty(said.get(name)) for name in names)

    return {
        "nutzen_benannt": there("zweck", "problem", "kennzahl"),
        "alternative_geprueft": there(*(name for name in WEIGHING if name != "problem")),
        "beteiligung_erfolgt": there("beteiligung"),
        "ratsbeschluss_vorhanden": there("ratsbeschluss"),
        "meldeweg_vorhanden": there("beschwerde", "kontakt_email"),
        **({"zweck_verboten": said["ausschlussliste"] == "ja"} if said.get("ausschlussliste") else {}),
    }


def _of_classification(known: Mapping[str, Any]) -> dict[str, Any]:
    if known["einstufung"] == "fehlt":
        return {"risiko_eingestuft": False}
    needed = [name for name in ("dsfa", "grundrechte") if known.get(f"{name}_noetig")]
    there = [name for name in ("dsfa", "grundrechte") if known[name] == "aktuell"]
    facts: dict[str, Any] = {
        "risiko_eingestuft": known["einstufung"] == "aktuell" and bool(known["einstufung_vollstaendig"]),
        "folgenabschaetzung_noetig": bool(needed),
        "folgenabschaetzung_vorhanden": bool(there) and set(needed) <= set(there),
    }
    if known["klasse"] == "prohibited":
        facts["zweck_verboten"] = True
    return facts


def _of_declarations(eintrag: Eintrag, known: Mapping[str, Any]) -> dict[str, Any]:
    staff, privacy = known["mitbestimmung"] in SETTLED, known["datenschutz"] == "aktuell"
    version = eintrag.bearbeitung
    same = version.wesentlich_sha256 if version else ""
    papers = eintrag.dokumente.filter(art=INFORMATION, fertig_am__isnull=False, fassung__wesentlich_sha256=same)
    return {
        "zustaendig_benannt": eintrag.verantwortlich_id is not None,
        "personalvertretung_beteiligt": staff,
        "schulung_vorhanden": known["schulung"],
        "pruefschritte_vollstaendig": staff
        and (privacy or known.get("personenbezug") is False)
        and bool(known["verantwortung"])
        and known["pflichten_offen"] == 0,
        "betroffene_informiert": papers.exists(),
    }


def _of_evaluation(eintrag: Eintrag, known: Mapping[str, Any]) -> dict[str, Any]:
    newest = eintrag.bewertungen.first()
    good = known["bewertung"] == "bestanden"
    compared = newest is not None and any(one["code"] in OF_GROUPS for one in newest.ergebnis.get("criteria", ()))
    facts = {"guete_belegt": good, "fairness_geprueft": good and compared}
    if known["einstufung"] != "fehlt":
        facts["hochrisiko"] = "high" in {eintrag.klasse, eintrag.hausklasse}
    return facts


def publication_facts(eintrag: Eintrag) -> dict[str, Any]:
    """Return the facts of publishing an entry: statements of the town about its system, by a person."""
    return {
        **OF_THE_HOUSE,
        **SPEAKS_TO_NOBODY,
        "schritt": "veroeffentlichung",
        "ausloeser": "person",
        "mensch_gibt_frei": True,
        "automatisierungsstufe": 0,  # people publish; nothing of the system itself acts in this step
        "hochrisiko": "high" in {eintrag.klasse, eintrag.hausklasse},
        "betrifft_buerger": True,
        "ermessen": False,
        "gekennzeichnet": True,  # what an entry says was entered and confirmed by people: there is nothing to mark
        "lange_uebernahme": False,  # statements on the town's own system
        "rechte_geklaert": True,
    }


def points(eintrag: Eintrag, gate: Gate) -> tuple[tuple[Point, ...], Guidance]:
    """Return the clauses of the adopted guideline that keep a gate closed, and what else it says of it.

    Until a town has adopted a guideline there are none: what ships holds for calls of models.
    """
    holds = active(eintrag.mandant)
    if not holds.adopted:
        return (), Guidance()
    facts = release_facts(eintrag, gate)
    conditions = _conditions(holds.profile)
    applied = [one for one in holds.policy.decide(facts).applied if _of_gate(gate, conditions.get(one.name, ()))]
    stops = tuple(_point(one, conditions.get(one.name, ()), facts) for one in applied if one.effect in STOPPING)
    return stops, Guidance(warnings=tuple(as_stop(one) for one in applied if one.effect is Effect.WARN))


def _conditions(profile: Profile) -> dict[str, tuple[str, ...]]:
    return {clause.name: names_in(parse_condition(clause.condition)) for clause in profile.clauses}


def _of_gate(gate: Gate, names: Iterable[str]) -> bool:
    """Of a trial the guideline speaks where it names the room for trying out; all else is asked before the release."""
    return gate is Gate.FREIGABE or TRIAL_ROOM in names


def _point(one: Applied, names: Iterable[str], facts: Mapping[str, Any]) -> Point:
    open_ones = [name for name in names if name != TRIAL_ROOM and _could_be_better(name, facts)]
    open_ones.sort(key=lambda name: name in CIRCUMSTANCES)
    return Point(as_stop(one), next(iter(open_ones), ""), one.certain)


def _could_be_better(name: str, facts: Mapping[str, Any]) -> bool:
    if name == "automatisierungsstufe":
        return facts.get(name) != 0
    return facts.get(name) in {None, FACTS[name].worst}


def require_release(eintrag: Eintrag, gate: Gate) -> None:
    """Let a release or a trial go on.

    Raises:
        StepStoppedError: a clause of the adopted guideline stops it.
    """
    found, _more = points(eintrag, gate)
    if found:
        raise StepStoppedError(found[0].stop)
