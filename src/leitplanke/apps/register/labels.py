"""The words of the register for its states, acts and classes."""

from django.utils.translation import gettext_noop as _

from leitplanke.core.register.lifecycle import Stand

STAND_LABELS = {
    Stand.IDEE: _("Idee"),
    Stand.PRUEFUNG: _("in Prüfung"),
    Stand.ERPROBUNG: _("in Erprobung"),
    Stand.BEANTRAGT: _("Freigabe beantragt"),
    Stand.FREIGEGEBEN: _("freigegeben"),
    Stand.AUSGESETZT: _("ausgesetzt"),
    Stand.STILLGELEGT: _("stillgelegt"),
}
STAND_KINDS = {
    Stand.IDEE: "info",
    Stand.PRUEFUNG: "info",
    Stand.ERPROBUNG: "warning",
    Stand.BEANTRAGT: "warning",
    Stand.FREIGEGEBEN: "success",
    Stand.AUSGESETZT: "danger",
    Stand.STILLGELEGT: "info",
}
ACT_LABELS = {
    "bearbeiten": _("Angaben ändern"),
    "einstufen": _("Nach der KI-Verordnung einstufen"),
    "erklaeren": _("Erklärung abgeben"),
    "pruefen": _("Prüfung beginnen"),
    "erproben": _("Erprobung beginnen"),
    "beantragen": _("Freigabe beantragen"),
    "zurueckgeben": _("Zur Prüfung zurückgeben"),
    "freigeben": _("Freigeben"),
    "aktualisieren": _("Neue Angaben veröffentlichen"),
    "erneuern": _("Freigabe der Änderung beantragen"),
    "erneuerung_freigeben": _("Änderung freigeben"),
    "aussetzen": _("Aussetzen"),
    "stilllegen": _("Stilllegen"),
}
CLASS_LABELS = {
    "": _("noch nicht eingestuft"),
    "none": _("kein KI-System"),
    "minimal": _("geringes Risiko"),
    "limited": _("begrenztes Risiko"),
    "high": _("hohes Risiko"),
    "undetermined": _("nicht bestimmbar"),
    "prohibited": _("verboten"),
}
CLASS_KINDS = {
    "": "warning",
    "none": "info",
    "minimal": "success",
    "limited": "info",
    "high": "warning",
    "undetermined": "danger",
    "prohibited": "danger",
}
