"""What Regelwerke leave as evidence."""

from django.utils.translation import gettext_noop as _

from leitplanke.base.evidence.codes import EvidenceCode

CHANGE = {
    "regelwerk": _("Regelwerk"),
    "nummer": _("Nummer der Änderung"),
    "datei": _("Datei"),
    "text_sha256": _("Prüfsumme des Textes"),
}
CAPACITY = {"rolle": _("In der Rolle"), "in_vertretung": _("In Vertretung")}

CODES = [
    EvidenceCode(
        "regelwerk.change_proposed",
        _("Änderung eines Regelwerks vorgeschlagen"),
        {
            **CHANGE,
            "vorher_sha256": _("Prüfsumme des Textes davor"),
            "begruendung_sha256": _("Prüfsumme der Begründung"),
        }
        | CAPACITY,
    ),
    EvidenceCode(
        "regelwerk.change_released",
        _("Änderung eines Regelwerks freigegeben"),
        {**CHANGE, "abweichende_faelle": _("Abweichende Fälle"), **CAPACITY},
    ),
    EvidenceCode(
        "regelwerk.change_withdrawn",
        _("Änderung eines Regelwerks zurückgezogen"),
        {**CHANGE, "begruendung_sha256": _("Prüfsumme der Begründung"), **CAPACITY},
    ),
]
