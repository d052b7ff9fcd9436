"""Words for people: classes of data and models, and the traffic light."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from leitplanke.base.llm.health import PATH_UNKNOWN, ailing, is_fresh

if TYPE_CHECKING:
    from leitplanke.base.llm.models import Modell

DATA_HELP = {
    "oeffentlich": _("Was jeder lesen darf: Satzungen, Pressetexte, die Website."),
    "intern": _("Vermerke, Entwürfe, Nichtöffentliches ohne Angaben über Menschen."),
    "personenbezogen": _("Namen, Anschriften, Nummern: alles, was einen Menschen erkennbar macht."),
    "besondere_kategorie": _(
        "Gesundheit, Religion, Herkunft, Gewerkschaft, politische Meinung, Sexualleben (Art. 9 DSGVO)."
    ),
    "sozialdaten": _("Was ein Sozialleistungsträger über Menschen weiß (§ 67 SGB X)."),
    "geheim": _("Steuergeheimnis, Amts- und Berufsgeheimnis, Verschlusssachen."),
}
MODEL_LABELS = {
    "lokal": _("im eigenen Haus"),
    "eigenes_rechenzentrum": _("kommunales Rechenzentrum"),
    "deutscher_vertrag": _("Anbieter in Deutschland mit Vertrag"),
    "eu": _("Anbieter in der EU"),
    "drittland": _("außerhalb der EU"),
}
# Word, sign and kind of badge: never colour alone.
LIGHT_LABELS = {
    "offen": (_("erlaubt"), "success"),
    "nur_pseudonymisiert": (_("nur ohne Namen"), "warning"),
    "gesperrt": (_("gesperrt"), "danger"),
}
STATE_KINDS = {"entwurf": "info", "beantragt": "warning", "freigegeben": "success", "gesperrt": "danger"}
OUTCOME_KINDS = {"beantwortet": "success", "offen": "info", "abgelehnt": "warning"}
TOOL_KINDS = {"offen": "warning", "freigegeben": "success", "abgelehnt": "danger"}
EFFECT_LABELS = {
    "block": _("gesperrt"),
    "require_approval": _("erst mit Freigabe"),
    "require_training": _("erst nach Schulung"),
    "require_acknowledgement": _("erst nach Kenntnisnahme"),
    "reroute_local": _("nur im eigenen Haus"),
    "pseudonymise": _("nur ohne Namen"),
    "budget": _("Budget beachten"),
    "label": _("mit Kennzeichnung"),
    "warn": _("mit Hinweis"),
    "log": _("mit Nachweis"),
    "allow": _("erlaubt"),
}
FOUND_LABELS = {
    "PERSON": _("Name"),
    "ADDRESS": _("Anschrift"),
    "PLZ_ORT": _("Ort"),
    "GEBURTSDATUM": _("Geburtsdatum"),
    "PHONE": _("Telefon"),
    "EMAIL": _("E-Mail"),
    "IBAN": _("IBAN"),
    "STEUER_ID": _("Steuer-ID"),
    "STEUERNUMMER": _("Steuernummer"),
    "SVNR": _("Rentenversicherungsnummer"),
    "KVNR": _("Krankenversichertennummer"),
    "AUSWEIS": _("Ausweisnummer"),
    "KFZ": _("Kfz-Kennzeichen"),
    "AKTENZEICHEN": _("Aktenzeichen"),
    "KASSENZEICHEN": _("Kassenzeichen"),
    "KUNDENNR": _("Kundennummer"),
}
CATEGORY_LABELS = {
    "gesundheit": _("Gesundheit"),
    "religion": _("Religion"),
    "gewerkschaft": _("Gewerkschaft"),
    "herkunft": _("Herkunft"),
    "sexualitaet": _("Sexualleben"),
    "politik": _("politische Meinung"),
    "biometrie_genetik": _("Biometrie und Genetik"),
    "straftaten": _("Straftaten"),
    "sozialdaten": _("Sozialdaten"),
    "geheim": _("Geheimnis"),
}


def reach_of(modell: Modell) -> tuple[Any, str]:
    """Return in words whether a released model answers, and the kind of badge; without words for any other."""
    if modell.stand != "freigegeben":
        return "", ""
    if modell.protokoll == "skript":
        return _("antwortet immer"), "success"
    if ailing(modell):
        return _("antwortet nicht"), "danger"
    if not is_fresh(modell):
        return _("nicht geprüft"), "info"
    if modell.zuletzt_fehler == PATH_UNKNOWN:
        return _("antwortet, kennt aber den Pfad der Prüfung nicht"), "warning"
    return (_("Prüfung misslang"), "warning") if modell.zuletzt_fehler else (_("antwortet"), "success")
