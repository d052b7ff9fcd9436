"""What the register leaves as evidence: one code for each act of `core.register.lifecycle`, and a few of its own."""

from django.utils.translation import gettext_noop as _

from leitplanke.apps.register.labels import ACT_LABELS
from leitplanke.base.evidence.codes import EvidenceCode

COMMON = {
    "eintrag": _("Eintrag"),
    "stand_vorher": _("Stand davor"),
    "stand": _("Stand danach"),
    "durch": _("Durch Mensch oder Regel"),
    "fassung": _("Fassung des Eintrags"),
    "fassung_sha256": _("Prüfsumme der Fassung"),
    "rolle": _("In der Rolle"),
    "in_vertretung": _("In Vertretung"),
    "angemeldet_um": _("Anmeldung bestätigt um"),
    "klasse": _("Klasse nach der KI-Verordnung"),
    "hausklasse": _("Klasse nach Regel der Kommune"),
    "recht": _("Stand des Rechts"),
    "inhalt_sha256": _("Prüfsumme des Inhalts"),
    "art": _("Art"),
    "schluessel": _("Wofür"),
    "ergebnis": _("Ergebnis"),
}
PERSONAL = {"text": _("Text")}

CODES = [
    *(EvidenceCode(f"register.{name}", label, COMMON, PERSONAL) for name, label in ACT_LABELS.items()),
    EvidenceCode("register.angelegt", _("Eintrag angelegt"), COMMON, PERSONAL),
    EvidenceCode("register.pruefplan", _("Prüfplan festgelegt"), COMMON, PERSONAL),
    EvidenceCode("register.bewertet", _("Bewertung ausgewertet"), COMMON, PERSONAL),
    EvidenceCode("register.unterlage", _("Unterlage erstellt"), COMMON, PERSONAL),
    EvidenceCode("register.gemeldet", _("Vorfall oder Beschwerde gemeldet"), COMMON, PERSONAL),
    EvidenceCode("register.vorfall_bearbeitet", _("Meldung bearbeitet"), COMMON, PERSONAL),
    EvidenceCode("register.verbrauch", _("Energie, Kosten und Nutzen eingetragen"), COMMON),
    EvidenceCode("register.kalender", _("Adresse eines Kalenders angelegt oder beendet"), COMMON),
    EvidenceCode("register.eingestellt", _("Register eingestellt"), COMMON, PERSONAL),
    EvidenceCode("register.uebernommen", _("Einträge aus einer Datei übernommen"), COMMON, PERSONAL),
]
