"""Small rule sets for tests: one about a household with persons, one folder about housing benefit."""

from __future__ import annotations

from pathlib import Path

from leitplanke.core.rules import Engine, Regelwerk, load, load_texts

DATEN = Path(__file__).resolve().parent / "daten"

HAUSHALT = """
regelwerk:
  name: haushalt
  titel: Zuschuss
  beschreibung: Ein erfundener Zuschuss für Haushalte.
  gesetz: Zuschussgesetz (ZG)
  ziel: [zuschuss_monat]
  gilt_ab: 2024-01-01
  zeitraum: {monate: 12, norm: § 9 ZG}
angaben:
  personen:
    typ: Liste
    hoechstens: 6
    titel: Personen
    felder:
      einkommen_jahr: {typ: Betrag, von: 0, bis: 100000, einheit: EUR/Jahr, titel: Jahreseinkommen, norm: § 2 ZG}
      geboren: {typ: Datum, titel: Geburtstag}
      zaehlt:
        typ: Wahrheitswert
        titel: Zählt mit
        annahme: {formel: "True", norm: § 3 ZG}
  art: {typ: Auswahl, optionen: {miete: Mietwohnung, eigen: Eigenheim}, titel: Art der Wohnung}
parameter:
  satz_monat:
    typ: Betrag
    einheit: EUR/Monat
    titel: Satz
    norm: § 4 ZG
    werte: [{ab: 2024-01-01, wert: 100}, {ab: 2025-07-01, wert: 120}]
  abzug:
    typ: Prozent
    titel: Abzug
    norm: § 5 ZG
    schluessel: [art]
    werte: [{ab: 2024-01-01, wert: {miete: 10, eigen: 12.5}}]
regeln:
  einkommen_monat:
    typ: Betrag
    einheit: EUR/Monat
    titel: Monatseinkommen der Person
    norm: § 2 Abs. 2 ZG
    je: personen
    formel: pro_monat(einkommen_jahr) if jahre_zwischen(geboren, stichtag) >= 18 else 0
  summe_monat:
    typ: Betrag
    einheit: EUR/Monat
    titel: Einkommen des Haushalts
    norm: § 3 ZG
    formel: sum(p.einkommen_monat for p in personen if p.zaehlt)
  zuschuss_monat:
    typ: Betrag
    einheit: EUR/Monat
    titel: Zuschuss
    norm: § 4 Abs. 1 ZG
    rundung: § 4 Abs. 2 ZG
    formel: round(max(0, satz_monat - summe_monat * abzug[art]), 2) if not haertefall else satz_monat
ermessen:
  haertefall: {typ: Wahrheitswert, titel: Härtefall, norm: § 6 ZG, frage: Liegt ein Härtefall vor?}
ergebnis:
  - {name: bewilligt, titel: Bewilligung, art: bewilligung, norm: § 1 ZG, wenn: zuschuss_monat > 0}
  - {name: abgelehnt, titel: Ablehnung, art: ablehnung, norm: § 1 ZG, wenn: zuschuss_monat == 0}
"""


def haushalt() -> Engine:
    return Engine(load_texts({"regelwerk.yaml": HAUSHALT}))


def kleines_wohngeld() -> Regelwerk:
    return load(DATEN / "kleines_wohngeld")
