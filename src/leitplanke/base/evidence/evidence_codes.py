"""What the evidence log records about itself."""

from leitplanke.base.evidence.codes import EvidenceCode

CODES = [
    EvidenceCode(
        "evidence.key_registered",
        "Schlüssel für Prüfpunkte eingeführt",
        {"schluessel": "Öffentlicher Schlüssel", "anlass": "Anlass"},
    ),
    EvidenceCode(
        "evidence.restore_accepted",
        "Älterer Stand nach Wiederherstellung übernommen",
        {
            "pruefpunkt_groesse": "Einträge im letzten Prüfpunkt",
            "pruefpunkt_wurzel": "Wurzel des letzten Prüfpunkts",
            "groesse": "Einträge nach der Wiederherstellung",
        },
        {"begruendung": "Begründung"},
    ),
    EvidenceCode(
        "evidence.resolution_requested",
        "Auflösung eines Pseudonyms beantragt",
        {"pseudonym": "Pseudonym", "rolle": "In der Rolle"},
        {"begruendung": "Begründung"},
    ),
    EvidenceCode(
        "evidence.resolution_approved",
        "Auflösung eines Pseudonyms genehmigt",
        {"pseudonym": "Pseudonym", "rolle": "In der Rolle"},
    ),
    EvidenceCode(
        "evidence.resolution_rejected",
        "Auflösung eines Pseudonyms abgelehnt",
        {"pseudonym": "Pseudonym", "rolle": "In der Rolle"},
    ),
    EvidenceCode(
        "evidence.resolution_used",
        "Pseudonym aufgelöst",
        {"pseudonym": "Pseudonym"},
    ),
]
