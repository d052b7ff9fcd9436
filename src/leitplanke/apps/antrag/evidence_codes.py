"""What applications leave as evidence: one code for each act of `core.verfahren.acts`, and a few of their own."""

from django.utils.translation import gettext_noop as _

from leitplanke.apps.antrag.labels import ACT_LABELS
from leitplanke.base.evidence.codes import EvidenceCode

COMMON = {
    "verfahren": _("Verfahren"),
    "stand_vorher": _("Stand davor"),
    "stand": _("Stand danach"),
    "durch": _("Durch Mensch, Regel oder Auftrag"),
    "modus": _("Betriebsart für Sprachmodelle"),
    "rolle": _("In der Rolle"),
    "in_vertretung": _("In Vertretung"),
    "fassung": _("Fassung des Vorgangs"),
    "was": _("Was im Einzelnen"),
    "inhalt_sha256": _("Prüfsumme des Inhalts"),
    "regelwerk_sha256": _("Prüfsumme des Regelwerks"),
    "nachweis_sha256": _("Prüfsumme des Nachweises der Berechnung"),
    "angemeldet_um": _("Anmeldung bestätigt um"),
    "maschinenanteil": _("Anteil des maschinell verfassten Textes"),
    "ki_anteil": _("Anteil des Textes, den ein KI-Modell schrieb"),
}
PERSONAL = {"inhalt": _("Inhalt")}

CODES = [
    *(EvidenceCode(f"antrag.{name}", label, COMMON, PERSONAL) for name, label in ACT_LABELS.items()),
    EvidenceCode("antrag.abgerufen", _("Schreiben im Portal abgerufen"), COMMON, PERSONAL),
    EvidenceCode("antrag.angelegt", _("Antrag angelegt"), COMMON, PERSONAL),
    EvidenceCode("antrag.zugang_erneuert", _("Zugangscode neu ausgegeben"), COMMON, PERSONAL),
    EvidenceCode("antrag.ausgegeben", _("Vorgang ausgegeben"), COMMON, PERSONAL),
    EvidenceCode("antrag.geloescht", _("Vorgang nach Ablauf der Frist gelöscht"), COMMON, PERSONAL),
    EvidenceCode("antrag.loeschsperre_gesetzt", _("Löschung gesperrt"), COMMON, PERSONAL),
    EvidenceCode("antrag.loeschsperre_aufgehoben", _("Löschsperre aufgehoben"), COMMON, PERSONAL),
    EvidenceCode("antrag.berichtigung_verlangt", _("Berichtigung verlangt"), COMMON, PERSONAL),
    EvidenceCode("antrag.berichtigung_entschieden", _("Über Berichtigung entschieden"), COMMON, PERSONAL),
    EvidenceCode("antrag.verglichen", _("Fälle eines anderen Fachverfahrens verglichen"), COMMON, PERSONAL),
    EvidenceCode("antrag.verfahren_eingestellt", _("Verfahren eingestellt"), COMMON, PERSONAL),
    EvidenceCode("antrag.textbaustein", _("Textbaustein für ein Urteil geändert"), COMMON, PERSONAL),
    EvidenceCode("antrag.alle_berechnet", _("Offene Vorgänge neu berechnet"), COMMON, PERSONAL),
]
