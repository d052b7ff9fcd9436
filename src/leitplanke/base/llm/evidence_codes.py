"""What the door leaves as evidence."""

from django.utils.translation import gettext_noop as _

from leitplanke.base.evidence.codes import EvidenceCode

CALL = {
    "aufruf": _("Aufruf"),
    "zweck": _("Zweck"),
    "zugang": _("Zugangsschlüssel"),
    "modell": _("Modell"),
    "modellklasse": _("Wo das Modell läuft"),
    "datenklasse": _("Welche Daten"),
    "wirkung": _("Wirkung der Leitlinie"),
    "klauseln": _("Klauseln"),
    "profil": _("Profil und Version"),
    "funde": _("Personenbezogene Funde je Art"),
}
PERSONAL = {"person": _("Wer")}
SUBJECT = {
    "name": _("Name"),
    "stand": _("Stand"),
    "zweck": _("Zweck"),
    "klasse": _("Wo das Modell läuft"),
    "gueltig_bis": _("Gültig bis"),
    "rolle": _("In der Rolle"),
    "ergebnis": _("Ergebnis"),
    "inhalt_sha256": _("Prüfsumme des Inhalts"),
}
TEXT = {"text": _("Text")}

CODES = [
    EvidenceCode("llm.begonnen", _("Aufruf eines Modells begonnen"), CALL, PERSONAL),
    EvidenceCode(
        "llm.beendet",
        _("Aufruf eines Modells beendet"),
        {
            "aufruf": _("Aufruf"), "ausgang": _("Ausgang"), "token_ein": _("Token der Eingabe"),
            "token_aus": _("Token der Antwort"), "wh_von": _("Energie von, Wh"), "wh_bis": _("Energie bis, Wh"),
            "methode": _("Wie Energie bestimmt wurde"), "eur": _("Kosten in EUR"), "modell": _("Modell"),
        },
    ),
    EvidenceCode("llm.abgelehnt", _("Aufruf eines Modells abgelehnt"), {**CALL, "grund": _("Grund")}, PERSONAL),
    EvidenceCode(
        "llm.abgewiesen",
        _("Anfrage mit gültigem Zugang abgewiesen, bevor sie ein Aufruf wurde"),
        {"zugang": _("Zugangsschlüssel"), "zweck": _("Zweck"), "grund": _("Grund"), "anzahl": _("Anzahl")},
    ),
    EvidenceCode("llm.modell", _("Modell eingetragen, freigegeben oder gesperrt"), SUBJECT, TEXT),
    EvidenceCode("llm.zweck", _("Zweck eingerichtet"), SUBJECT, TEXT),
    EvidenceCode(
        "llm.zugang", _("Zugangsschlüssel angelegt oder widerrufen"), {**SUBJECT, "rollen": _("Rollen")}, TEXT
    ),
    EvidenceCode("llm.werkzeug", _("Werkzeugaufruf freigegeben oder abgelehnt"), SUBJECT, TEXT),
    EvidenceCode(
        "llm.oeffentlich",
        _("Öffentliche Angabe eingetragen, freigegeben, zurückgezogen oder gelöscht"),
        {
            "art": _("Art"), "stand": _("Stand"), "gueltig_bis": _("Gültig bis"), "rolle": _("In der Rolle"),
            "ergebnis": _("Ergebnis"), "anzahl": _("Anzahl"),
        },
        TEXT,
    ),
    EvidenceCode("llm.inhalt", _("Aufbewahrter Inhalt eingesehen oder gelöscht"), SUBJECT, TEXT),
]  # fmt: skip
