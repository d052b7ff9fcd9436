"""The facts that clauses decide over: one list, with what each means and which value is the worst."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from leitplanke.core.policy.model import DataClass, ModelClass

STEPS = (
    "modellaufruf", "werkzeugaufruf", "vordefinierte_aktion", "entscheidung", "veroeffentlichung",
    "schreiben_an_buerger", "freigabe", "auskunft", "verwendung", "hochladen",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fact:
    """A declared fact.

    Attributes:
        kind: `ja_nein`, `auswahl` or `zahl`.
        meaning: for people, in German.
        worst: the value that a careful person would assume.
        options: of an `auswahl`.
        most: greatest value of a `zahl`; the least is 0.
    """

    name: str
    kind: str
    meaning: str
    worst: Any
    options: tuple[str, ...] = ()
    most: int = 0


def _yes(name: str, meaning: str, *, worst: bool) -> Fact:
    return Fact(name, "ja_nein", meaning, worst)


def _one_of(name: str, meaning: str, options: tuple[str, ...], worst: str) -> Fact:
    return Fact(name, "auswahl", meaning, worst, options)


_ALL = (
    _one_of("schritt", "Was geschehen soll", STEPS, "entscheidung"),
    _yes("zweck_freigegeben", "Das Register hat den Zweck freigegeben", worst=False),
    _yes("erprobung", "Der Zweck ist in Erprobung", worst=True),
    _yes("fuer_beschaeftigte", "Jemand aus der Verwaltung fragt", worst=False),
    _one_of("ausloeser", "Wer den Schritt auslöst", ("person", "fachverfahren", "modell"), "modell"),
    Fact("automatisierungsstufe", "zahl", "Stufe der Automatisierung des Zwecks, 0 bis 3", 3, most=3),
    _yes("betrifft_buerger", "Bürgerinnen oder Bürger sind betroffen", worst=True),
    _yes("richtung_buerger", "Das Ergebnis geht an Bürgerinnen oder Bürger", worst=True),
    _yes("mensch_gibt_frei", "Ein Mensch gibt das Ergebnis frei", worst=False),
    _yes("ermessen", "Es geht um Ermessen", worst=True),
    _one_of("datenklasse", "Welche Daten vorkommen", tuple(DataClass), DataClass.GEHEIM.value),
    _one_of("modellklasse", "Wo das Modell läuft", tuple(ModelClass), ModelClass.DRITTLAND.value),
    _yes("pseudonymisierbar", "Personenbezogenes lässt sich durch Platzhalter ersetzen", worst=False),
    _yes("inhalt_pruefbar", "Alles in der Anfrage lässt sich auf Personenbezug prüfen", worst=False),
    _yes("werkzeuge_angeboten", "Dem Modell werden Werkzeuge angeboten", worst=True),
    _yes("werkzeug_schreibt", "Das Werkzeug ändert etwas", worst=True),
    _yes("bilder", "Die Anfrage enthält Bilder", worst=True),
    _yes("erzeugt_bild_oder_stimme", "Es soll ein Bild oder eine Stimme entstehen", worst=True),
    _yes("privatnutzung", "Die Nutzung ist privat", worst=True),
    _yes("schulung_vorhanden", "Die Person ist geschult", worst=False),
    _yes("kenntnisnahme_vorhanden", "Die Person hat die Leitlinie zur Kenntnis genommen", worst=False),
    _yes("kein_training_zugesichert", "Der Anbieter trainiert nicht mit den Eingaben", worst=False),
    _yes("hochrisiko", "Der Zweck ist ein Hochrisiko-System", worst=True),
    Fact("budget_anteil", "zahl", "Verbrauchter Teil des Budgets in Prozent", 1000, most=1000),
    Fact("ausgabe_laenge", "zahl", "Längste erlaubte Antwort in Token", 1_000_000, most=1_000_000),
    _yes("gekennzeichnet", "Das Ergebnis ist als KI-erzeugt gekennzeichnet", worst=False),
    _yes("ki_rolle_offengelegt", "Wer angesprochen wird, weiß, dass eine KI antwortet", worst=False),
    _yes("personenauswertung", "Nutzung würde einzelnen Beschäftigten zugerechnet", worst=True),
    # Who calls, with what, and what is shown and kept.
    _yes("person_im_geltungsbereich", "Die Leitlinie gilt für diese Person", worst=False),
    _yes("dienstkonto", "Die Person ist mit ihrem Dienstkonto angemeldet", worst=False),
    _yes("modell_freigegeben", "Das Modell steht freigegeben in der Liste", worst=False),
    _yes("datenklasse_angezeigt", "Vor der Eingabe steht, welche Daten erlaubt sind", worst=False),
    _yes("inhalt_gespeichert", "Der Inhalt des Aufrufs bleibt gespeichert", worst=True),
    _yes("experimentierraum", "Es geschieht im Experimentierraum", worst=True),
    _yes("synthetisch", "Alle Daten sind erfunden oder öffentlich", worst=False),
    _yes("kleinstes_modell", "Es ist das kleinste Modell, das genügt", worst=False),
    Fact("energie_anteil", "zahl", "Verbrauchter Teil des Energierahmens in Prozent", 1000, most=1000),
    _yes("mensch_verlangt", "Jemand möchte mit einem Menschen sprechen", worst=True),
    _yes("mensch_erreichbar", "Ein Weg zu einem Menschen steht dabei", worst=False),
    # What a register entry has when it is to be released.
    _yes("zweck_verboten", "Der Zweck steht auf der Liste der ausgeschlossenen Einsätze", worst=True),
    _yes("nutzen_benannt", "Zweck und Nutzen mit Kennzahl sind benannt", worst=False),
    _yes("alternative_geprueft", "Es ist geprüft, ob es ohne KI geht", worst=False),
    _yes("zustaendig_benannt", "Eine verantwortliche Person ist benannt", worst=False),
    _yes("risiko_eingestuft", "Das Risiko ist eingestuft", worst=False),
    _yes("folgenabschaetzung_noetig", "Eine Folgenabschätzung ist nötig", worst=True),
    _yes("folgenabschaetzung_vorhanden", "Die Folgenabschätzung liegt vor", worst=False),
    _yes("fairness_geprueft", "Es ist geprüft, ob Gruppen gleich behandelt werden", worst=False),
    _yes("guete_belegt", "Belegt ist: gut genug im Vergleich zu Menschen", worst=False),
    _yes("pruefschritte_vollstaendig", "Alle vorgesehenen Stellen haben geprüft", worst=False),
    _yes("personalvertretung_beteiligt", "Die Personalvertretung ist beteiligt", worst=False),
    _yes("ratsbeschluss_vorhanden", "Der Rat hat darüber beschlossen", worst=False),
    _yes("beteiligung_erfolgt", "Die Betroffenen sind beteiligt", worst=False),
    _yes("betroffene_informiert", "Der Text zur Information der Betroffenen liegt vor", worst=False),
    _yes("meldeweg_vorhanden", "Es gibt einen Weg, Fehler zu melden", worst=False),
    # Answers from sources, and texts that somebody uses.
    _yes("beleg_vorhanden", "Jede Aussage hat einen Beleg", worst=False),
    _yes("quelle_gueltig", "Alle verwendeten Quellen sind gültig", worst=False),
    _yes("ergebnis_geprueft", "Ein Mensch hat das Ergebnis geprüft", worst=False),
    _yes("quelle_geoeffnet", "Wer prüfte, hat die Belege geöffnet", worst=False),
    _yes("zweite_grundlage", "Neben dem KI-Text steht ein Aktenstück oder eine Norm", worst=False),
    _yes("rechte_geklaert", "Die Rechte an den Inhalten sind geklärt", worst=False),
    _yes("lange_uebernahme", "Der Text übernimmt lange Stellen wörtlich", worst=True),
    _yes("aktenvermerk_vorhanden", "In der Akte steht, wo KI beteiligt war", worst=False),
)
FACTS: Mapping[str, Fact] = {fact.name: fact for fact in _ALL}


def worst() -> dict[str, Any]:
    """Return what holds where nothing is known."""
    return {fact.name: fact.worst for fact in _ALL}


def complaint(name: str, value: object) -> str:
    """Return what is wrong with a fact as stated, in German; empty where nothing is."""
    fact = FACTS.get(name)
    if fact is None:
        return f"Die Angabe „{name}“ gibt es nicht. Bekannt sind: {', '.join(FACTS)}."
    if value is None:
        return ""
    if fact.kind == "ja_nein" and not isinstance(value, bool):
        return f"„{name}“ ist ja oder nein (true oder false), nicht „{value}“."
    if fact.kind == "auswahl" and value not in fact.options:
        return f"„{name}“ ist eines von {', '.join(fact.options)}, nicht „{value}“."
    if fact.kind == "zahl" and (isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= fact.most):
        return f"„{name}“ ist eine ganze Zahl von 0 bis {fact.most}, nicht „{value}“."
    return ""
