"""Which blocks go into the documents that say only a part. A block that is not there is left out."""

from __future__ import annotations

from collections.abc import Mapping

# The leaflet: what somebody at a desk meets, in the order in which it is met. Two pages, so few.
LEAFLET: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Bevor Sie anfangen", ("BB52", "BB53", "BB19", "BB20")),
    ("Wer entscheidet", ("BB11", "BB12", "BB14", "BB15")),
    ("Prüfen und verwenden", ("BB34", "BB35", "BB36", "BB37", "BB38")),
)
LEAFLET_DATA = ("BB26", "BB27", "BB29", "BB28")
LEAFLET_HELP = ("BB42", "BB50", "BB48", "BB51", "BB44", "BB43")

# The page on the web: what people outside ask first.
WEB = ("BB11", "BB12", "BB26", "BB27", "BB50", "BB35", "BB36", "BB41", "BB42", "BB45")

# The agreement with the staff representation: what it is about, and what has to be settled with it.
AGREEMENT: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    (
        "Geltungsbereich",
        ("BB02", "BB03", "BB23"),
        (
            "Gilt die Vereinbarung auch in Eigenbetrieben und Gesellschaften, und wer schließt sie dort?",
            "Welche Systeme sind schon im Einsatz, und gelten sie als erfasst?",
        ),
    ),
    (
        "Beteiligung bei neuen Systemen",
        ("BB47", "BB21"),
        (
            "Ab welcher Änderung gilt ein System als neu: anderes Modell, anderer Zweck, andere Daten?",
            "Welche Unterlagen gehören zu einer vollständigen Vorlage, und was gilt, wenn die Frist verstreicht?",
            "Wann und auf wessen Kosten zieht die Personalvertretung Sachverständige hinzu?",
        ),
    ),
    (
        "Keine Kontrolle von Leistung und Verhalten",
        ("BB48",),
        (
            "Welche Auswertungen sind erlaubt, wer sieht sie, und ab welcher Größe der Gruppe?",
            "Was gilt als konkreter Verdacht, und wer ist bei einer Offenlegung dabei?",
            "Sind Erkenntnisse verwertbar, die entgegen dieser Vereinbarung gewonnen wurden?",
        ),
    ),
    (
        "Was festgehalten wird und wer es sieht",
        ("BB32", "BB28"),
        (
            "Welche Angaben werden im Einzelnen gespeichert, und wann werden sie gelöscht?",
            "Wie erfährt die Personalvertretung von jeder Einsicht?",
        ),
    ),
    (
        "Der Mensch entscheidet",
        ("BB11", "BB13", "BB34"),
        (
            "Wie viel Zeit ist für die Prüfung von Ergebnissen vorgesehen?",
            "Darf jemand die Nutzung von KI für eine Aufgabe ablehnen, ohne dass ein Nachteil entsteht?",
        ),
    ),
    (
        "Lernen und Üben",
        ("BB52", "BB53", "BB54", "BB55"),
        (
            "Gilt jede Schulung als Arbeitszeit, auch in Teilzeit und im Außendienst?",
            "Welche Arbeit bleibt liegen, solange geschult wird?",
        ),
    ),
    (
        "Fehler und Verstöße",
        ("BB51", "BB42", "BB20"),
        (
            "Wie wird ausgeschlossen, dass jemandem ein Fehler der KI als eigener angerechnet wird?",
            "Wie ist die Personalvertretung beteiligt, bevor arbeits- oder dienstrechtliche Schritte folgen?",
        ),
    ),
    (
        "Arbeitsplätze und Belastung",
        ("BB05",),
        (
            "Ist ausgeschlossen, dass der Einsatz von KI zu Kündigungen oder Herabgruppierungen führt?",
            "Wann wird geprüft, ob Arbeit sich verdichtet oder verschoben hat, auch in der Gefährdungsbeurteilung?",
            "Wem kommt gewonnene Zeit zugute?",
        ),
    ),
    (
        "Ansprechpersonen und Überprüfung",
        ("BB43", "BB44", "BB07"),
        ("Wie oft treffen sich beide Seiten, und was berichtet die Verwaltung dann?",),
    ),
)

# Who does what: the task, the parameter that names the person or office, else the office that has it by its nature.
TASKS: Mapping[str, tuple[str, tuple[str, ...], str]] = {
    "BB43": ("Beraten, Register führen, bei Gefahr anhalten", ("stelle",), "ki"),
    "BB44": ("Im Amt erste Fragen beantworten", (), "Ansprechperson im Amt"),
    "BB07": ("Das Regelwerk überprüfen", ("pruef_stelle",), "ki"),
    "BB19": ("Über Wünsche nach Werkzeugen entscheiden", (), "ki"),
    "BB21": ("Neue Systeme freigeben", ("freigabe_stelle",), "ki"),
    "BB45": ("Das Register führen", (), "ki"),
    "BB46": ("Das Risiko einstufen", (), "ki"),
    "BB47": ("Zu neuen Systemen Stellung nehmen", (), "personalvertretung"),
    "BB30": ("Verträge mit Anbietern prüfen", ("stelle",), "datenschutz"),
    "BB31": ("Betroffene informieren", (), "fachamt"),
    "BB32": ("Protokolle aus einem Anlass einsehen, solange es sie gibt", ("einsicht",), "datenschutz"),
    "BB48": ("Bei einem Verdacht gemeinsam offenlegen", ("rolle_eins", "rolle_zwei"), "personalvertretung"),
    "BB33": ("Quellen pflegen", (), "fachamt"),
    "BB34": ("Ergebnisse der KI prüfen", (), "wer das Ergebnis verwendet"),
    "BB35": ("Texte nach außen freigeben", (), "wer unterschreibt"),
    "BB42": ("Meldungen von Fehlern beantworten", (), "fachamt"),
    "BB50": ("Sich melden, wenn jemand einen Menschen möchte", (), "fachamt"),
    "BB51": ("Über einen Verstoß sprechen", ("stelle",), "personal"),
    "BB52": ("Schulung anbieten und Nachweise führen", (), "personal"),
    "BB53": ("Eine neue Fassung bestätigen", (), "alle, die KI nutzen"),
    "BB56": ("Den Energieverbrauch messen", (), "it"),
    "BB57": ("Einen Wechsel des Modells proben", (), "it"),
}
# Options by which a town leaves something open: nobody has a task then.
LEFT_OPEN = frozenset({"nein", "offen", "nicht", "frei", "keins", "keine"})

# Money, energy and hours that a guideline itself fixes: parameter, and how it reads in a council paper.
COSTS: Mapping[str, tuple[str, str]] = {
    "BB25": ("guthaben_euro", "Rahmen für Dienste, die nach Menge abrechnen: {} Euro im Monat."),
}
ENERGY: Mapping[str, tuple[str, str]] = {
    "BB56": ("rahmen_kwh", "Rahmen je Zweck: {} kWh im Monat."),
}
HOURS: Mapping[str, tuple[str, str]] = {
    "BB43": ("stunden", "Zuständigkeit für KI: mindestens {} Stunden je Woche."),
    "BB44": ("stunden", "Je Ansprechperson in einem Amt: {} Stunden je Woche."),
    "BB52": ("dauer", "Grundschulung: {} Minuten je Person, die KI nutzt."),
}
