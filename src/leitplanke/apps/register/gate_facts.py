"""The facts of an entry for the Regelwerk of the gates, made from its statements, classification and declarations."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from leitplanke.apps.register.declared import Declared
from leitplanke.apps.register.duties import open_duties
from leitplanke.apps.register.models import Bewertung, Einstufung, Erklaerungsart, Schwere, Verdikt
from leitplanke.core.aiact import current_law_version
from leitplanke.core.register import fields

if TYPE_CHECKING:
    from leitplanke.apps.register.models import Eintrag

WEIGHING = ("problem", "ohne_ki", "warum_ki", "wirtschaftlichkeit")


def gate_facts(eintrag: Eintrag, today: date | None = None) -> dict[str, object]:
    """Return the facts for the gates as they are today; what is not known is left out."""
    today = today or timezone.localdate()
    said: dict[str, Any] = eintrag.bearbeitung.angaben if eintrag.bearbeitung else {}
    declared = Declared.of(eintrag, today)
    einstufung = eintrag.einstufungen.first()
    return {
        **_classification(eintrag, einstufung),
        **_statements(said),
        **_assessments(einstufung, declared),
        "verantwortung": eintrag.verantwortlich_id is not None and declared.by_named_person,
        "pflichten_offen": len(open_duties(einstufung, declared, today)),
        "mitbestimmung": declared.staff(said.get("beschaeftigte_betroffen")),
        "schulung": declared.state(Erklaerungsart.SCHULUNG) == "aktuell",
        "vertrag": said.get("auftragsverarbeitung") == "geschlossen"
        and said.get("kein_training") == "ja"
        and declared.state(Erklaerungsart.VERTRAG) == "aktuell",
        **_evaluation(eintrag, einstufung, said, today),
        "vorfaelle_schwer": eintrag.vorfaelle.filter(schwere=Schwere.SCHWER, erledigt_am__isnull=True).count(),
    }


def is_current(einstufung: Einstufung, eintrag: Eintrag) -> bool:
    """Tell whether a classification is of the system as it is and of the law as it is."""
    version = eintrag.bearbeitung
    same = version is not None and einstufung.wesentlich_sha256 == version.wesentlich_sha256
    return same and einstufung.law_version == current_law_version()


def _classification(eintrag: Eintrag, einstufung: Einstufung | None) -> dict[str, object]:
    if einstufung is None:
        return {"einstufung": "fehlt", "einstufung_vollstaendig": False}
    result = einstufung.ergebnis
    return {
        "ki_system": result["class"] != "none",
        "klasse": result["class"],
        "einstufung": "aktuell" if is_current(einstufung, eintrag) else "veraltet",
        "einstufung_vollstaendig": einstufung.vollstaendig,
        "lokale_sperren": len(result.get("blocking", [])),
    }


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
        result = einstufung.ergebnis
        facts["dsfa_noetig"] = bool(result.get("dpia_required"))
        facts["grundrechte_noetig"] = bool(result.get("fria_required"))
        facts["ausnahme_geltend"] = bool(result.get("exemption"))
    return facts


def _evaluation(
    eintrag: Eintrag, einstufung: Einstufung | None, said: dict[str, Any], today: date
) -> dict[str, object]:
    facts: dict[str, object] = {"bewertung": _evaluation_state(eintrag, today)}
    if einstufung is not None:
        result = einstufung.ergebnis
        judging = "high" in {result["class"], result.get("house_class")}
        facts["bewertung_noetig"] = result["class"] != "none" and judging and said.get("automatisierung", "1") != "0"
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
