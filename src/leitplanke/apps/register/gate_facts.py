"""The facts of an entry for the Regelwerk of the gates, made from its statements, classification and declarations."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from leitplanke.apps.register.declared import Declared
from leitplanke.apps.register.duties import open_duties
from leitplanke.apps.register.models import Bewertung, Einstufung, Erklaerungsart, Schwere, Verdikt
from leitplanke.core.aiact import load_ki_verordnung
from leitplanke.core.register import fields

if TYPE_CHECKING:
    from leitplanke.apps.register.models import Eintrag

DISCRETION = "sperre_ermessen"
# What an entry and its classification both say, by the name of the statement and of the fact.
SAME = {"personenbezug": "personal_data", "beschaeftigte_betroffen": "staff_affected"}
WEIGHING = ("problem", "ohne_ki", "warum_ki", "wirtschaftlichkeit")


def gate_facts(eintrag: Eintrag, today: date | None = None) -> dict[str, object]:
    """Return the facts for the gates as they are today; what is not known is left out."""
    today = today or timezone.localdate()
    said: dict[str, Any] = eintrag.bearbeitung.angaben if eintrag.bearbeitung else {}
    declared = Declared.of(eintrag, today)
    einstufung = eintrag.einstufungen.first()
    return {
        **_classification(eintrag, einstufung, said),
        **_statements(said),
        **_assessments(einstufung, declared),
        "verantwortung": _somebody_answers(eintrag, declared, today),
        "pflichten_offen": _open_duties(einstufung, declared, today),
        "mitbestimmung": declared.staff(said.get("beschaeftigte_betroffen")),
        "schulung": declared.state(Erklaerungsart.SCHULUNG) == "aktuell",
        "vertrag": said.get("auftragsverarbeitung") == "geschlossen"
        and said.get("kein_training") == "ja"
        and declared.state(Erklaerungsart.VERTRAG) == "aktuell",
        **_evaluation(eintrag, einstufung, said, today),
        "vorfaelle_schwer": eintrag.vorfaelle.filter(schwere=Schwere.SCHWER, erledigt_am__isnull=True).count(),
    }


def _somebody_answers(eintrag: Eintrag, declared: Declared, today: date) -> bool:
    """Tell whether the named person has accepted and still belongs to the town."""
    named = eintrag.verantwortlich
    if named is None or not declared.by_named_person:
        return False
    return named.von <= today and (named.bis is None or today <= named.bis) and named.person.is_active


def _open_duties(einstufung: Einstufung | None, declared: Declared, today: date) -> int:
    """Count duties without evidence; those that have a gate of their own (training, assessments) are told there."""
    return sum(duty.art is Erklaerungsart.PFLICHT for duty in open_duties(einstufung, declared, today))


def is_current(einstufung: Einstufung, eintrag: Eintrag) -> bool:
    """Tell whether a classification is of the system as it is and of the law as it is."""
    version = eintrag.bearbeitung
    same = version is not None and einstufung.wesentlich_sha256 == version.wesentlich_sha256
    return same and einstufung.law_version == load_ki_verordnung().law_version(timezone.localdate())


def _classification(eintrag: Eintrag, einstufung: Einstufung | None, said: dict[str, Any]) -> dict[str, object]:
    if einstufung is None:
        return {"einstufung": "fehlt", "einstufung_vollstaendig": False}
    result = einstufung.ergebnis
    return {
        "ki_system": result["legal_class"] != "none",
        "klasse": result["legal_class"],
        "einstufung": "aktuell" if is_current(einstufung, eintrag) else "veraltet",
        "einstufung_vollstaendig": einstufung.vollstaendig and agree(einstufung, said),
        "lokale_sperren": len(standing_blocks(einstufung, said)),
    }


def agree(einstufung: Einstufung, said: dict[str, Any]) -> bool:
    """Tell whether entry and classification say the same: else each could be the one that asks less of the town."""
    facts = load_ki_verordnung().understand(einstufung.facts).facts
    return not any(
        said.get(name) in {"ja", "nein"} and facts.get(fact) in {True, False} and facts[fact] != (said[name] == "ja")
        for name, fact in SAME.items()
    )


def standing_blocks(einstufung: Einstufung, said: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the blocks of German and local law that stand in the way of a system as it is said to work.

    Discretion is people's: that stands in the way only where the system acts before a person has decided.
    """
    decided_by_people = said.get("automatisierung") in {"0", "1"}
    blocks: list[dict[str, Any]] = einstufung.ergebnis["local_blocks"]
    return [block for block in blocks if block["rule"] != DISCRETION or not decided_by_people]


def _statements(said: dict[str, Any]) -> dict[str, object]:
    facts: dict[str, object] = {
        "abwaegung": not any(fields.empty(said.get(name)) for name in WEIGHING),
        "angaben_offen": len(fields.missing(said, "freigabe")),
    }
    if "personenbezug" in said:
        facts["personenbezug"] = said["personenbezug"] == "ja"
    if "auftragsverarbeitung" in said:
        facts["vertrag_noetig"] = said["auftragsverarbeitung"] != "nicht_noetig"
    return facts


def _assessments(einstufung: Einstufung | None, declared: Declared) -> dict[str, object]:
    facts: dict[str, object] = {
        "dsfa": declared.state(Erklaerungsart.DSFA),
        "grundrechte": declared.state(Erklaerungsart.GRUNDRECHTE),
        "ausnahme_bewertung": declared.state(Erklaerungsart.AUSNAHME),
        "datenschutz": declared.state(Erklaerungsart.DATENSCHUTZ),
    }
    if einstufung is not None:
        needed = {duty["evidence"] for duty in einstufung.ergebnis["obligations"]}
        facts["dsfa_noetig"] = "datenschutz_folgenabschaetzung" in needed
        facts["grundrechte_noetig"] = "grundrechte_folgenabschaetzung" in needed
        facts["ausnahme_geltend"] = einstufung.ergebnis["exemption"] is not None
    return facts


def _evaluation(
    eintrag: Eintrag, einstufung: Einstufung | None, said: dict[str, Any], today: date
) -> dict[str, object]:
    facts: dict[str, object] = {"bewertung": _evaluation_state(eintrag, today)}
    if einstufung is not None:
        result = einstufung.ergebnis
        judging = "high" in {result["legal_class"], result["house_class"]}
        facts["bewertung_noetig"] = judging and said.get("automatisierung") != "0"
    return facts


def _evaluation_state(eintrag: Eintrag, today: date) -> str:
    newest: Bewertung | None = eintrag.bewertungen.first()
    version = eintrag.bearbeitung
    if newest is None or version is None:
        return "fehlt"
    if newest.wesentlich_sha256 != version.wesentlich_sha256:
        return "veraltet"
    if newest.verdikt == Verdikt.BESTANDEN and newest.gueltig_bis < today:
        return "abgelaufen"
    return newest.verdikt
