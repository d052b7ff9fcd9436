"""What Wissen leaves as evidence."""

from django.utils.translation import gettext_noop as _

from leitplanke.base.accounts.evidence_codes import ROLES
from leitplanke.base.evidence.codes import EvidenceCode, Words

VERSION = {"raum": _("Wissensraum"), "fassung": _("Fassung")}
CAPACITY = {"rolle": _("In der Rolle"), "in_vertretung": _("In Vertretung")}
CONTENT = {"inhalt_sha256": _("Prüfsumme des Inhalts")}
CAPACITY_WORDS: dict[str, Words] = {**ROLES, "in_vertretung": {"ja": _("ja"), "nein": _("nein")}}
RESULTS = {
    "answered": _("beantwortet"),
    "partial": _("teilweise beantwortet"),
    "refused": _("abgelehnt"),
}
REASONS = {
    "no_evidence": _("kein Beleg gefunden"),
    "outside_topic": _("gehört nicht zum Thema"),
    "outside_scope": _("gilt hier nicht"),
    "outdated": _("nicht mehr gültig"),
    "case_specific": _("verlangt eine Entscheidung im Einzelfall"),
    "unclear": _("Frage nicht verstanden"),
    "leitlinie": _("die Leitlinie lässt es nicht zu"),
}
OCCASIONS = {"verlangen": _("auf Verlangen"), "frist": _("nach Ablauf der Frist")}

CODES = [
    EvidenceCode(
        "wissen.umformuliert",
        _("Antwort von einem Sprachmodell umformuliert"),
        {
            "raum": _("Wissensraum"),
            "saetze": _("Belegte Sätze"),
            "verworfen": _("Verworfene Sätze"),
            "antwort_sha256": _("Prüfsumme der Antwort"),
            "ki_anteil": _("Anteil des Textes, den ein KI-Modell schrieb"),
            "aufruf": _("Aufruf des Modells"),
        },
    ),
    EvidenceCode(
        "wissen.answered",
        _("Frage beantwortet oder abgelehnt"),
        {
            "raum": _("Wissensraum"),
            "ergebnis": _("Ergebnis"),
            "grund": _("Grund der Ablehnung"),
            "klausel": _("Klausel der Leitlinie"),
            "fassungen": _("Zitierte Fassungen"),
            "antwort_sha256": _("Prüfsumme der Antwort"),
        },
        {"frage": _("Frage")},
        words={"ergebnis": RESULTS, "grund": REASONS},
    ),
    EvidenceCode(
        "wissen.answers_deleted",
        _("Antworten gelöscht"),
        {"anzahl": _("Anzahl"), "anlass": _("Anlass")},
        words={"anlass": OCCASIONS},
    ),
    EvidenceCode(
        "wissen.source_added",
        _("Quelle hinzugefügt"),
        {**VERSION, "datei_sha256": _("Prüfsumme der Datei"), **CAPACITY},
        words=CAPACITY_WORDS,
    ),
    EvidenceCode(
        "wissen.source_released",
        _("Quelle freigegeben"),
        {**VERSION, "text_sha256": _("Prüfsumme des Textes"), **CAPACITY},
        words=CAPACITY_WORDS,
    ),
    EvidenceCode(
        "wissen.source_withdrawn",
        _("Quelle zurückgezogen"),
        {**VERSION, "begruendung_sha256": _("Prüfsumme der Begründung"), **CAPACITY},
        words=CAPACITY_WORDS,
    ),
    EvidenceCode(
        "wissen.space_changed", _("Wissensraum angelegt oder geändert"), {"raum": _("Wissensraum"), **CONTENT}
    ),
    EvidenceCode("wissen.vocabulary_changed", _("Stichworte geändert"), CONTENT),
]
