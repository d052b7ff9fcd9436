"""Words for what machines name: chapters, data, models, effects."""

from __future__ import annotations

from collections.abc import Mapping

from leitplanke.core.guideline.model import Area, Enforcement
from leitplanke.core.policy import Cell, DataClass, Effect, ModelClass

CHAPTERS: Mapping[Area, str] = {
    Area.RAHMEN: "Rahmen",
    Area.GRUNDSAETZE: "Grundsätze",
    Area.WERKZEUGE: "Werkzeuge",
    Area.DATEN: "Daten",
    Area.ERGEBNIS: "Ergebnisse",
    Area.ORGANISATION: "Zuständigkeiten und Beteiligung",
    Area.KOMPETENZ: "Lernen und Ausprobieren",
    Area.NACHHALTIGKEIT: "Energie, Betrieb und Zusammenarbeit",
}
EASY_CHAPTERS: Mapping[Area, str] = {
    Area.RAHMEN: "Wofür diese Regeln da sind",
    Area.GRUNDSAETZE: "Menschen entscheiden",
    Area.WERKZEUGE: "Welche KI wir benutzen",
    Area.DATEN: "Was mit Ihren Daten passiert",
    Area.ERGEBNIS: "Wie wir mit Texten und Bildern der KI umgehen",
    Area.ORGANISATION: "Wer sich um die KI kümmert",
    Area.KOMPETENZ: "Was unsere Beschäftigten lernen",
    Area.NACHHALTIGKEIT: "Strom, Technik und Zusammenarbeit",
}
DATA: Mapping[DataClass, str] = {
    DataClass.OEFFENTLICH: "Öffentliches",
    DataClass.INTERN: "Internes, ohne Menschen",
    DataClass.PERSONENBEZOGEN: "Angaben über Menschen",
    DataClass.BESONDERE_KATEGORIE: "Besonders Geschütztes (Gesundheit, Glaube, Herkunft)",
    DataClass.SOZIALDATEN: "Sozialdaten",
    DataClass.GEHEIM: "Geheimes (Steuern, Verschlusssachen)",
}
MODELS: Mapping[ModelClass, str] = {
    ModelClass.LOKAL: "im eigenen Haus",
    ModelClass.EIGENES_RECHENZENTRUM: "eigenes Rechenzentrum",
    ModelClass.DEUTSCHER_VERTRAG: "in Deutschland, mit Vertrag",
    ModelClass.EU: "in der EU",
    ModelClass.DRITTLAND: "außerhalb der EU",
}
CELLS: Mapping[Cell, str] = {
    Cell.OFFEN: "ja",
    Cell.NUR_PSEUDONYMISIERT: "nur mit Platzhaltern",
    Cell.GESPERRT: "nein",
}
EFFECTS: Mapping[Effect, str] = {
    Effect.BLOCK: "Das geht nicht.",
    Effect.REQUIRE_APPROVAL: "Erst muss ein Mensch es freigeben.",
    Effect.REQUIRE_TRAINING: "Erst kommt die Schulung.",
    Effect.REQUIRE_ACKNOWLEDGEMENT: "Erst muss die Leitlinie bestätigt sein.",
    Effect.REROUTE_LOCAL: "Das geht nur mit einem Modell im eigenen Haus.",
    Effect.PSEUDONYMISE: "Das geht nur mit Platzhaltern.",
    Effect.BUDGET: "Es gilt die Grenze des Budgets.",
    Effect.LABEL: "Das geht, mit Kennzeichnung.",
    Effect.WARN: "Das geht, mit einem Hinweis.",
    Effect.LOG: "Das geht und wird festgehalten.",
    Effect.ALLOW: "Das geht.",
}
KEPT: Mapping[Enforcement, str] = {
    Enforcement.RUNTIME: "Software, bei jedem Aufruf",
    Enforcement.WORKFLOW: "Software, vor dem nächsten Schritt",
    Enforcement.EVIDENCE: "Nachweis, ob es geschehen ist",
    Enforcement.TEXT: "Menschen",
}
