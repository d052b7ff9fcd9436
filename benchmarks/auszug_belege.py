"""Generated evidence documents for `auszug.py`: labels, layouts and traps as real forms have them, values by chance."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from auszug_worte import MONATE, NACHNAMEN, STRASSEN, VORNAMEN, WORTE

STILE = ("raster", "kasten", "punkte", "formular", "doppelpunkt")
SCHRIFTEN = ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono")
FORMEN = ("pdf", "pdf", "pdf", "scan", "scan", "foto", "docx")


@dataclass
class Beleg:
    """A generated document: its layout data and what should be read."""

    art: str
    form: str
    werte: dict[str, Any]
    erwartet: dict[str, str | bool] = field(default_factory=dict)


class Schreiber:
    """Draws values by chance and writes them as people do."""

    def __init__(self, seed: int, *, held_out: bool) -> None:
        self.chance = Random(seed)  # noqa: S311 - no secret depends on it
        self.held_out = held_out
        self.erwartet: dict[str, str | bool] = {}

    def label(self, name: str) -> str:
        return self.chance.choice(WORTE[name][self.held_out])

    def person(self) -> str:
        return f"{self.chance.choice(VORNAMEN)} {self.chance.choice(NACHNAMEN)}"

    def anschrift(self) -> str:
        return f"{self.chance.choice(STRASSEN)} {self.chance.randint(1, 90)}, 12345 Musterstadt"

    def money(self, low: int, high: int) -> Decimal:
        return Decimal(self.chance.randint(low * 100, high * 100)) / 100

    def written(self, amount: Decimal) -> str:
        text = f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))
        style = self.chance.randrange(5)
        if style == 3:
            return f"{text.replace('.', ' ')} €"
        return (f"{text} EUR", f"{text} €", f"€ {text}", "", f"{text} Euro")[style]

    def day(self, first: int, last: int) -> date:
        start = date(first, 1, 1)
        return start + timedelta(days=self.chance.randint(0, (date(last, 12, 28) - start).days))

    def written_day(self, day: date) -> str:
        if self.chance.random() < 0.35:
            return f"{day.day}. {MONATE[day.month - 1]} {day.year}"
        return f"{day:%d.%m.%Y}"

    def amount(self, name: str, low: int, high: int) -> list[str]:
        value = self.money(low, high)
        self.erwartet[name] = f"{value:.2f}"
        return [self.label(name), self.written(value)]

    def date_of(self, name: str, first: int, last: int) -> list[str]:
        value = self.day(first, last)
        self.erwartet[name] = value.isoformat()
        return [self.label(name), self.written_day(value)]

    def name(self, name: str) -> list[str]:
        value = self.person()
        self.erwartet[name] = value
        return [self.label(name), value]


def mietbescheinigung(s: Schreiber) -> dict[str, Any]:
    rent, costs, heating = (
        s.amount("grundmiete_monat", 250, 1100),
        s.amount("kalte_nebenkosten_monat", 40, 240),
        s.amount("heizkosten_monat", 30, 190),
    )
    values = [
        Decimal(str(s.erwartet[name])) for name in ("grundmiete_monat", "kalte_nebenkosten_monat", "heizkosten_monat")
    ]
    s.erwartet["bruttokaltmiete_monat"] = f"{values[0] + values[1]:.2f}"
    s.erwartet["gesamtmiete_monat"] = f"{sum(values):.2f}"
    space = s.money(20, 120)
    s.erwartet["wohnflaeche"] = f"{space:.2f}"
    persons = s.chance.randint(1, 7)
    s.erwartet["personen_in_der_wohnung"] = str(persons)
    fields = [rent, costs, heating, [s.label("gesamtmiete_monat"), s.written(sum(values, Decimal(0)))]]
    trap = s.chance.choice(([], [["Bisherige Grundmiete", s.written(values[0] - 20)]], [["Stellplatz", "45,00 EUR"]]))
    head = [
        s.name("mieter"),
        s.date_of("mietbeginn", 1990, 2025),
        [s.label("wohnflaeche"), f"{space}".replace(".", ",") + " m²"],
        [s.label("personen_in_der_wohnung"), str(persons)],
    ]
    if s.chance.random() < 0.25:
        text = f"Die {rent[0]} beträgt monatlich {rent[1]}. Hinzu kommen {costs[0]} von {costs[1]}."
        body = [{"felder": head}, {"absatz": text}, {"felder": [heating, fields[3], *trap]}]
    else:
        body = [{"felder": head}, {"felder": [*fields, *trap]}]
    return {
        "titel": s.chance.choice(("Mietbescheinigung", "Bescheinigung des Vermieters über die Miete")),
        "inhalt": [*body, {"unterschrift": "Vermieter"}],
    }


def lohn(s: Schreiber) -> dict[str, Any]:
    gross = s.amount("bruttolohn_monat", 400, 5200)
    month = f"{s.chance.choice(MONATE)} 2026"
    value = Decimal(str(s.erwartet["bruttolohn_monat"]))
    net = (value * Decimal("0.71")).quantize(Decimal("0.01"))
    s.erwartet |= {"nettolohn_monat": f"{net}", "auszahlung_monat": f"{net}"}
    regular = s.chance.random()
    body: list[dict[str, Any]] = [
        {
            "felder": [
                s.name("arbeitnehmer"),
                ["Steuerklasse", "I"],
                ["Personalnummer", "00417"],
                s.date_of("eintritt_am", 1995, 2025),
            ]
        }
    ]
    if s.chance.random() < 0.35:
        rows = [
            [gross[0], gross[1], s.written(value * 3)],
            [s.label("nettolohn_monat"), s.written(net), s.written(net * 3)],
        ]
        body.append({"tabelle": {"kopf": ["Bezeichnung", "Monat", "Jahreswerte"], "zeilen": rows}})
    else:
        body.append(
            {"felder": [gross, ["Lohnsteuer", s.written(value / 8)], [s.label("nettolohn_monat"), s.written(net)]]}
        )
    body.append({"felder": [[s.label("auszahlung_monat"), s.written(net)]]})
    if regular < 0.4:
        body.append({"absatz": "Es handelt sich um ein gleichbleibendes Monatsentgelt."})
        s.erwartet["bruttoeinkommen_jahr"] = f"{value * 12:.2f}"
    elif regular < 0.7:
        body.append({"absatz": "Der Betrag enthält eine Einmalzahlung. Sonst gleichbleibendes Monatsentgelt."})
    return {
        "titel": f"{s.chance.choice(('Lohnabrechnung', 'Gehaltsabrechnung', 'Entgeltabrechnung'))} {month}",
        "inhalt": body,
    }


def rente(s: Schreiber) -> dict[str, Any]:
    gross = s.amount("rente_brutto_monat", 400, 2400)
    value = Decimal(str(s.erwartet["rente_brutto_monat"]))
    paid = (value * Decimal("0.89")).quantize(Decimal("0.01"))
    s.erwartet["zahlbetrag_monat"] = f"{paid}"
    body: list[dict[str, Any]] = [
        {"absatz": "Ihre Altersrente aus der gesetzlichen Rentenversicherung wurde neu berechnet."}
    ]
    body.append(
        {
            "felder": [
                s.name("person"),
                s.date_of("rentenbeginn", 2000, 2025),
                gross,
                ["Beitrag zur Krankenversicherung", s.written(value - paid)],
                [s.label("zahlbetrag_monat"), s.written(paid)],
            ]
        }
    )
    if s.chance.random() < 0.6:
        body.append({"absatz": "Die Rente wird monatlich gezahlt."})
        s.erwartet["bruttoeinkommen_jahr"] = f"{value * 12:.2f}"
    return {"titel": "Rentenbescheid", "inhalt": body}


def meldung(s: Schreiber) -> dict[str, Any]:
    surname, given, status = (
        s.chance.choice(NACHNAMEN),
        s.chance.choice(VORNAMEN),
        s.chance.choice(("ledig", "geschieden", "verwitwet", "verheiratet")),
    )
    s.erwartet |= {"name": surname, "vorname": given, "familienstand": status}
    fields = [
        [s.label("name"), surname],
        [s.label("vorname"), given],
        s.date_of("geburtsdatum", 1940, 2008),
        ["Familienstand", status],
        ["Anschrift", s.anschrift()],
        s.date_of("eingezogen_am", 1990, 2026),
    ]
    return {
        "titel": "Erweiterte Meldebescheinigung",
        "inhalt": [{"absatz": "Auszug aus dem Melderegister der Meldebehörde."}, {"felder": fields}],
    }


def geburt(s: Schreiber) -> dict[str, Any]:
    surname, given = s.chance.choice(NACHNAMEN), s.chance.choice(VORNAMEN)
    s.erwartet |= {"name": surname, "vorname": given}
    fields = [
        [s.label("name"), surname],
        [s.label("vorname"), given],
        s.date_of("geburtsdatum", 2008, 2025),
        ["Geburtsort", "Musterstadt"],
    ]
    return {
        "titel": "Geburtsurkunde",
        "kopf": ["Standesamt Musterstadt", "Geburtenregister"],
        "inhalt": [{"felder": fields}],
    }


def unterhalt(s: Schreiber) -> dict[str, Any]:
    amount = s.amount("unterhalt_monat", 100, 700)
    s.erwartet |= {
        "unterhalt_festgelegt": True,
        "festgelegt_jahr": f"{Decimal(str(s.erwartet['unterhalt_monat'])) * 12:.2f}",
    }
    text = "Der Vater des Kindes ist verpflichtet, den Kindesunterhalt monatlich im Voraus zu zahlen."
    return {
        "titel": "Urkunde über die Verpflichtung zum Unterhalt",
        "inhalt": [{"felder": [s.name("kind")]}, {"absatz": text}, {"felder": [amount]}],
    }


def hund(s: Schreiber) -> dict[str, Any]:
    breed, value = s.chance.choice(
        (
            ("Mischling", "andere"),
            ("Rottweiler", "rottweiler"),
            ("Bullterrier", "bullterrier"),
            ("Beagle", "andere"),
            ("Pudel", "andere"),
        )
    )
    name = s.chance.choice(("Bolle", "Rocco", "Fine", "Anton"))
    s.erwartet |= {"rasse": value, "name_des_hundes": name}
    fields = [
        s.name("halter"),
        [s.label("name_des_hundes"), name],
        ["Rasse", breed],
        s.date_of("aufnahme_am", 2010, 2026),
        ["Kaufpreis", "450,00 EUR"],
    ]
    return {"titel": "Kaufvertrag über einen Hund", "inhalt": [{"felder": fields}]}


def plan(s: Schreiber) -> dict[str, Any]:
    area, width = s.money(3, 90), s.money(1, 6)
    first = s.day(2025, 2026)
    last = first + timedelta(days=s.chance.randint(5, 200))
    s.erwartet |= {
        "flaeche": f"{area:.2f}",
        "restbreite": f"{width:.2f}",
        "beginn": first.isoformat(),
        "ende": last.isoformat(),
        "lageplan_vorhanden": True,
    }
    fields = [
        [s.label("flaeche"), f"{area}".replace(".", ",") + " m²"],
        [s.label("restbreite"), f"{width}".replace(".", ",") + " m"],
        ["Zeitraum", f"{first:%d.%m.%Y} bis {last:%d.%m.%Y}"],
        ["Abstand zum Bordstein", "0,50 m"],
    ]
    return {
        "titel": "Lageplan",
        "inhalt": [{"absatz": "Sondernutzung auf dem Gehweg vor dem Haus, Maßstab 1:100."}, {"felder": fields}],
    }


def ausweis(s: Schreiber) -> dict[str, Any]:
    degree = s.chance.choice((50, 60, 70, 80, 100))
    s.erwartet["grad_der_behinderung"] = str(degree)
    fields = [s.name("name"), [s.label("grad_der_behinderung"), str(degree)], ["Merkzeichen", "G"]]
    return {"titel": "Schwerbehindertenausweis", "inhalt": [{"felder": fields}]}


def konto(s: Schreiber) -> dict[str, Any]:
    old = s.money(50, 3000)
    end = s.amount("kontostand", 20, 4000)
    rows = [
        ["03.03.2026 Miete", f"-{s.written(s.money(300, 900)).removeprefix('€ ')}"],
        ["05.03.2026 Einkauf", "-43,20 EUR"],
    ]
    return {
        "titel": "Kontoauszug 3/2026",
        "inhalt": [
            {
                "felder": [
                    s.name("kontoinhaber"),
                    ["IBAN", "DE02 1203 0000 0000 2020 51"],
                    ["Alter Saldo", s.written(old)],
                ]
            },
            {"tabelle": {"kopf": ["Buchungstag, Verwendungszweck", "Betrag"], "zeilen": rows}},
            {"felder": [end]},
        ],
    }


def leistung(s: Schreiber) -> dict[str, Any]:
    first = date(2026, s.chance.randint(1, 6), 1)
    last = date(2026, 12, 31)
    s.erwartet |= {
        "transferleistung": "grundsicherungsgeld",
        "sozialleistung": True,
        "bewilligt_von": first.isoformat(),
        "bewilligt_bis": last.isoformat(),
    }
    total = s.amount("leistung_monat", 300, 1900)
    fields = [
        ["Regelbedarf", s.written(s.money(300, 563))],
        ["Kosten der Unterkunft", s.written(s.money(200, 800))],
        total,
        [s.label("bewilligt_von"), f"{first:%d.%m.%Y} bis {last:%d.%m.%Y}"],
    ]
    return {
        "titel": "Bewilligungsbescheid",
        "kopf": ["Jobcenter Musterstadt", "Rathausplatz 1"],
        "inhalt": [
            {
                "absatz": "Ihnen werden Leistungen nach dem SGB II zur Sicherung des Lebensunterhalts (Bürgergeld) "
                "bewilligt. Die Leistungen werden Ihnen bewilligt wie folgt."
            },
            {"felder": fields},
        ],
    }


ARTEN = {
    "mietbescheinigung": mietbescheinigung,
    "verdienstbescheinigung": lohn,
    "rentenbescheid": rente,
    "meldebescheinigung": meldung,
    "geburtsurkunde": geburt,
    "unterhaltstitel": unterhalt,
    "hundevertrag": hund,
    "lageplan": plan,
    "schwerbehindertenausweis": ausweis,
    "kontoauszug": konto,
    "leistungsbescheid": leistung,
}


def generate(count: int, seed: int, *, held_out: bool) -> list[Beleg]:
    """Return documents of every kind in turn, each in a layout and form of its own."""
    belege = []
    for number in range(count):
        art = list(ARTEN)[number % len(ARTEN)]
        writer = Schreiber(seed * 10_000 + number, held_out=held_out)
        values = ARTEN[art](writer)
        values["stil"] = writer.chance.choice(STILE)
        values["schrift"] = writer.chance.choice(SCHRIFTEN)
        values["groesse"] = writer.chance.choice((9.5, 11, 12))
        values.setdefault(
            "kopf",
            [
                writer.chance.choice(("Hausverwaltung Eichhorn", "Sommerfeld GmbH", "Amt Musterland")),
                writer.anschrift(),
            ],
        )
        belege.append(Beleg(art, writer.chance.choice(FORMEN), values, writer.erwartet))
    return belege
