"""A case of a control in words, as somebody at a desk would meet it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from leitplanke.core.guideline.writing.words import DATA, EFFECTS, MODELS
from leitplanke.core.policy import FACTS, Case, Clause, DataClass, ModelClass

_STEPS = {
    "modellaufruf": "Eine Anfrage soll an ein KI-Modell gehen.",
    "werkzeugaufruf": "Eine KI will ein Werkzeug benutzen.",
    "vordefinierte_aktion": "Eine vorher festgelegte Aktion soll ablaufen.",
    "entscheidung": "Eine Entscheidung steht an.",
    "veroeffentlichung": "Ein Inhalt soll veröffentlicht werden.",
    "schreiben_an_buerger": "Ein Schreiben soll an eine Bürgerin oder einen Bürger gehen.",
    "freigabe": "Ein KI-System soll freigegeben werden.",
    "auskunft": "Jemand bittet eine KI um Auskunft.",
    "verwendung": "Ein Ergebnis der KI soll verwendet werden.",
    "hochladen": "Ein Dokument soll hochgeladen werden.",
}
_TRIGGERS = {
    "person": "Ein Mensch löst das aus.",
    "fachverfahren": "Ein Fachverfahren löst das nach festen Regeln aus.",
    "modell": "Ein KI-Modell löst das aus.",
}
_NUMBERS = {
    "automatisierungsstufe": "Die Automatisierung hat Stufe {}.",
    "budget_anteil": "Das Budget ist zu {} Prozent verbraucht.",
    "ausgabe_laenge": "Die Antwort darf bis zu {} Token lang sein.",
    "energie_anteil": "Der Energierahmen ist zu {} Prozent verbraucht.",
}
# Each fact as a sentence, where it is so and where it is not.
_TRUTHS = {
    "zweck_freigegeben": ("Der Zweck ist im Register freigegeben.", "Der Zweck ist im Register nicht freigegeben."),
    "erprobung": ("Der Zweck wird noch erprobt.", "Die Erprobung ist abgeschlossen."),
    "fuer_beschaeftigte": ("Jemand aus der Verwaltung fragt.", "Jemand von außen fragt."),
    "betrifft_buerger": ("Bürgerinnen oder Bürger sind betroffen.", "Bürgerinnen und Bürger sind nicht betroffen."),
    "richtung_buerger": ("Das Ergebnis geht nach außen.", "Das Ergebnis bleibt im Haus."),
    "mensch_gibt_frei": ("Ein Mensch hat es freigegeben.", "Kein Mensch hat es freigegeben."),
    "ermessen": ("Es geht um Ermessen.", "Um Ermessen geht es nicht."),
    "pseudonymisierbar": (
        "Angaben über Menschen lassen sich durch Platzhalter ersetzen.",
        "Angaben über Menschen lassen sich nicht alle durch Platzhalter ersetzen.",
    ),
    "inhalt_pruefbar": (
        "Der Inhalt lässt sich auf Angaben über Menschen prüfen.",
        "Ein Teil des Inhalts lässt sich nicht prüfen.",
    ),
    "werkzeuge_angeboten": ("Dem Modell stehen Werkzeuge offen.", "Dem Modell stehen keine Werkzeuge offen."),
    "werkzeug_schreibt": ("Das Werkzeug ändert etwas.", "Das Werkzeug liest nur."),
    "bilder": ("Ein Bild ist dabei.", "Ein Bild ist nicht dabei."),
    "erzeugt_bild_oder_stimme": (
        "Es soll ein Bild oder eine Stimme entstehen.",
        "Es soll weder ein Bild noch eine Stimme entstehen.",
    ),
    "privatnutzung": ("Die Nutzung ist privat.", "Die Nutzung ist dienstlich."),
    "schulung_vorhanden": ("Die Person ist geschult.", "Die Person ist nicht geschult."),
    "kenntnisnahme_vorhanden": (
        "Die Person hat die Leitlinie bestätigt.",
        "Die Person hat die Leitlinie noch nicht bestätigt.",
    ),
    "kein_training_zugesichert": (
        "Der Anbieter sichert zu, nicht mit den Eingaben zu trainieren.",
        "Der Anbieter sichert nicht zu, auf Training mit den Eingaben zu verzichten.",
    ),
    "hochrisiko": ("Das System hat ein hohes Risiko.", "Das System hat kein hohes Risiko."),
    "gekennzeichnet": ("Die Kennzeichnung steht dabei.", "Die Kennzeichnung fehlt."),
    "ki_rolle_offengelegt": ("Es ist gesagt, dass eine KI antwortet.", "Dass eine KI antwortet, ist nicht gesagt."),
    "personenauswertung": (
        "Die Nutzung würde einzelnen Beschäftigten zugerechnet.",
        "Die Nutzung wird keiner einzelnen Person zugerechnet.",
    ),
    "person_im_geltungsbereich": ("Die Leitlinie gilt für die Person.", "Die Leitlinie gilt für die Person nicht."),
    "dienstkonto": ("Die Anmeldung läuft über das Dienstkonto.", "Die Anmeldung läuft nicht über das Dienstkonto."),
    "modell_freigegeben": ("Das Modell steht auf der Liste.", "Das Modell steht nicht auf der Liste."),
    "datenklasse_angezeigt": (
        "Vor der Eingabe steht, welche Daten erlaubt sind.",
        "Vor der Eingabe steht nicht, welche Daten erlaubt sind.",
    ),
    "inhalt_gespeichert": ("Der Inhalt bliebe gespeichert.", "Der Inhalt wird nicht gespeichert."),
    "experimentierraum": (
        "Das geschieht beim Ausprobieren, im Experimentierraum.",
        "Das geschieht nicht im Experimentierraum.",
    ),
    "synthetisch": ("Alle Daten sind erfunden oder öffentlich.", "Die Daten sind echt."),
    "kleinstes_modell": ("Es ist das kleinste Modell, das genügt.", "Ein kleineres Modell würde genügen."),
    "mensch_verlangt": (
        "Die Person möchte mit einem Menschen sprechen.",
        "Niemand hat nach einem Menschen gefragt.",
    ),
    "mensch_erreichbar": ("Ein Weg zu einem Menschen steht dabei.", "Ein Weg zu einem Menschen steht nicht dabei."),
    "zweck_verboten": ("Der Zweck ist ausgeschlossen.", "Der Zweck ist nicht ausgeschlossen."),
    "nutzen_benannt": ("Zweck und Nutzen stehen fest.", "Zweck und Nutzen stehen noch nicht fest."),
    "alternative_geprueft": ("Geprüft ist, ob es ohne KI geht.", "Ob es ohne KI geht, hat niemand geprüft."),
    "zustaendig_benannt": (
        "Eine verantwortliche Person ist benannt.",
        "Eine verantwortliche Person ist nicht benannt.",
    ),
    "risiko_eingestuft": ("Das Risiko ist eingestuft.", "Das Risiko ist noch nicht eingestuft."),
    "folgenabschaetzung_noetig": (
        "Eine Folgenabschätzung ist nötig.",
        "Eine Folgenabschätzung ist nicht nötig.",
    ),
    "folgenabschaetzung_vorhanden": ("Die Folgenabschätzung liegt vor.", "Die Folgenabschätzung liegt nicht vor."),
    "fairness_geprueft": (
        "Geprüft ist, ob Gruppen gleich behandelt werden.",
        "Ob Gruppen gleich behandelt werden, ist nicht geprüft.",
    ),
    "guete_belegt": (
        "Belegt ist, dass das System gut genug ist.",
        "Dass das System gut genug ist, ist nicht belegt.",
    ),
    "pruefschritte_vollstaendig": (
        "Alle vorgesehenen Stellen haben geprüft.",
        "Noch nicht alle vorgesehenen Stellen haben geprüft.",
    ),
    "personalvertretung_beteiligt": (
        "Die Personalvertretung ist beteiligt.",
        "Die Personalvertretung ist noch nicht beteiligt.",
    ),
    "ratsbeschluss_vorhanden": ("Der Rat hat beschlossen.", "Der Rat hat noch nicht beschlossen."),
    "beteiligung_erfolgt": ("Die Betroffenen sind beteiligt.", "Die Betroffenen sind noch nicht beteiligt."),
    "betroffene_informiert": (
        "Die Information für die Betroffenen liegt vor.",
        "Die Information für die Betroffenen fehlt.",
    ),
    "meldeweg_vorhanden": ("Fehler lassen sich melden.", "Ein Weg, Fehler zu melden, fehlt."),
    "beleg_vorhanden": ("Jede Aussage hat einen Beleg.", "Für eine Aussage fehlt der Beleg."),
    "quelle_gueltig": ("Alle Quellen sind gültig.", "Eine Quelle ist nicht mehr gültig."),
    "ergebnis_geprueft": ("Ein Mensch hat das Ergebnis geprüft.", "Niemand hat das Ergebnis geprüft."),
    "quelle_geoeffnet": ("Die Belege sind geöffnet worden.", "Die Belege hat niemand geöffnet."),
    "zweite_grundlage": (
        "Neben dem Text der KI steht ein Aktenstück oder eine Norm.",
        "Neben dem Text der KI steht sonst nichts.",
    ),
    "rechte_geklaert": ("Die Rechte sind geklärt.", "Die Rechte sind nicht geklärt."),
    "lange_uebernahme": (
        "Der Text übernimmt lange Stellen wörtlich.",
        "Der Text übernimmt keine langen Stellen.",
    ),
    "aktenvermerk_vorhanden": ("Der Vermerk steht in der Akte.", "Der Vermerk in der Akte fehlt."),
}


def fact_words(name: str, value: Any) -> str:
    """Return a fact as a sentence; what is unknown is said to be."""
    if value is None:
        return f"Nicht bekannt ist: {FACTS[name].meaning}."
    if name in _TRUTHS:
        return _TRUTHS[name][not value]
    if name in _NUMBERS:
        return _NUMBERS[name].format(value)
    if name == "datenklasse":
        return f"Es geht um diese Daten: {DATA[DataClass(value)]}."
    if name == "modellklasse":
        return f"Das Modell läuft hier: {MODELS[ModelClass(value)]}."
    return (_STEPS if name == "schritt" else _TRIGGERS)[value]


def facts_words(facts: Mapping[str, Any]) -> str:
    """Return facts as sentences, what is to happen first; a case without a step is a call of a model."""
    stated = {"schritt": "modellaufruf", **facts}
    return " ".join(fact_words(name, stated[name]) for name in FACTS if name in stated)


def example_of(clause: Clause, passed: tuple[Case, ...]) -> tuple[str, ...]:
    """Return a case in which a control applies, with what follows, and one in which it does not.

    `passed` are the cases that come out as they say; those in which everything is known come first.
    """
    found = []
    applies = _plainest([case for case in passed if case.applies])
    if applies is not None:
        result = f"{EFFECTS[clause.effect]} Sie lesen dann: „{clause.sentence}“"
        found.append(f"{applies.text or facts_words(applies.facts)} {result}")
        same = [
            case for case in passed if not case.applies and case.facts.get("schritt") == applies.facts.get("schritt")
        ]
        if (other := _plainest(same)) is not None:
            found.append(f"{other.text or facts_words(other.facts)} Dann steht diese Regel nicht im Weg.")
    return tuple(found)


def _plainest(cases: list[Case]) -> Case | None:
    return min(cases, key=lambda case: None in case.facts.values(), default=None)
