"""What Wissen leaves as evidence."""

from leitplanke.base.evidence.codes import EvidenceCode

CODES = [
    EvidenceCode(
        "wissen.answered",
        "Frage beantwortet oder abgelehnt",
        {
            "raum": "Wissensraum",
            "ergebnis": "Ergebnis",
            "grund": "Grund der Ablehnung",
            "fassungen": "Zitierte Fassungen",
            "antwort_sha256": "Prüfsumme der Antwort",
        },
        {"frage": "Frage"},
    ),
    EvidenceCode("wissen.answers_deleted", "Antworten gelöscht", ("anzahl", "anlass")),
    EvidenceCode(
        "wissen.source_added", "Quelle hinzugefügt", ("raum", "fassung", "datei_sha256", "rolle", "in_vertretung")
    ),
    EvidenceCode(
        "wissen.source_released", "Quelle freigegeben", ("raum", "fassung", "text_sha256", "rolle", "in_vertretung")
    ),
    EvidenceCode(
        "wissen.source_withdrawn",
        "Quelle zurückgezogen",
        ("raum", "fassung", "begruendung_sha256", "rolle", "in_vertretung"),
    ),
    EvidenceCode("wissen.space_changed", "Wissensraum angelegt oder geändert", ("raum", "inhalt_sha256")),
    EvidenceCode("wissen.vocabulary_changed", "Stichworte geändert", ("inhalt_sha256",)),
]
