"""Small rule sets that use every operation, and tables that fit them: for tests of the vectorised interpreter."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from leitplanke.core.rules import Engine, load_texts
from leitplanke.core.rules.batch import Batch, Table
from leitplanke.core.rules.compiling import STICHTAG, State
from leitplanke.core.rules.simulate import read_table

if TYPE_CHECKING:
    import polars as pl

TAG = date(2025, 6, 1)
_KOPF = """
regelwerk: {name: probe, titel: Probe, beschreibung: Zum Prüfen, gesetz: PG, ziel: [ZIEL], gilt_ab: 2024-01-01}
ergebnis:
  - {name: ja, titel: Ja, art: bewilligung, norm: § 1 PG, wenn: WENN}
  - {name: nein, titel: Nein, art: ablehnung, norm: § 1 PG, wenn: not (WENN)}
"""
_ANGABEN = """
angaben:
  ganz: {typ: Ganzzahl, von: -1000, bis: 1000, titel: Ganzzahl}
  stufe: {typ: Ganzzahl, von: 2, bis: 5, titel: Stufe}
  teiler: {typ: Ganzzahl, von: 1, bis: 97, titel: Teiler}
  betrag: {typ: Zahl, stellen: 2, von: -1000000, bis: 1000000, titel: Betrag}
  fein: {typ: Zahl, stellen: 6, von: -2000, bis: 2000, titel: Feine Zahl}
  satz: {typ: Prozent, von: 0, bis: 100, titel: Satz}
  wahr: {typ: Wahrheitswert, titel: Wahr}
  art: {typ: Auswahl, optionen: [eins, zwei, drei], titel: Art}
  beginn: {typ: Datum, von: 1950-01-01, bis: 2080-12-31, titel: Beginn}
  ende: {typ: Datum, von: 1950-01-01, bis: 2080-12-31, titel: Ende}
  vermutet:
    {typ: Ganzzahl, von: -5000, bis: 5000, titel: Vermutet, annahme: {formel: ganz if wahr else stufe, norm: § 2 PG}}
parameter:
  fest: {typ: Zahl, stellen: 2, titel: Fest, norm: § 3 PG, werte: [{ab: 2024-01-01, wert: 12.34}]}
  zeile:
    typ: Zahl
    stellen: 2
    titel: Zeile
    norm: § 4 PG
    schluessel: [stufe]
    werte: [{ab: 2024-01-01, wert: {2: -1.50, 3: 0, 4: 7.25, 5: 9}}]
  feld:
    typ: Zahl
    titel: Feld
    norm: § 5 PG
    schluessel: [art, stufe]
    werte:
      - ab: 2024-01-01
        wert:
          eins: {2: 0.1, 3: 0.2, 4: 0.3, 5: 0.4}
          zwei: {2: -1, 3: -2, 4: -3, 5: -4}
          drei: {2: 7, 3: 8, 4: 9, 5: 10}
  treppe:
    typ: Zahl
    stellen: 2
    titel: Treppe
    norm: § 6 PG
    schluessel: [betrag]
    stufe: ja
    werte: [{ab: 2024-01-01, wert: {-1000000: 1, 0: 2, 99.99: 3, 100: 4.5}}]
"""
_FORMELN = {
    "s1": ("Zahl", "betrag - ganz + 3 * fein"),
    "s2": ("Zahl", "-fein * teiler + satz * ganz"),
    "q1": ("Zahl", "betrag / teiler"),
    "q2": ("Zahl", "min(betrag / teiler, ganz / 7)"),
    "r_auf": ("Zahl", 'round(betrag / teiler, 2, "auf")'),
    "r_ab": ("Zahl", 'round(betrag / teiler, 2, "ab")'),
    "r_halb": ("Zahl", 'round(betrag / teiler, 2, "halb_auf")'),
    "r_gerade": ("Zahl", 'round(betrag / teiler, 2, "halb_gerade")'),
    "k_auf": ("Zahl", 'round(fein * 5, 0, "auf")'),
    "k_ab": ("Zahl", 'round(fein * 5, 0, "ab")'),
    "k_halb": ("Zahl", 'round(ganz / 2, 0, "halb_auf")'),
    "k_gerade": ("Zahl", 'round(ganz / 2, 0, "halb_gerade")'),
    "p_halb": ("Zahl", "round(fein * s1, 9)"),
    "p_auf": ("Zahl", 'round(fein * s1, 9, "auf")'),
    "p_ab": ("Zahl", 'round(fein * s1, 9, "ab")'),
    "p_gerade": ("Zahl", 'round(fein * s1, 9, "halb_gerade")'),
    "p_teiler": ("Zahl", 'round(fein * s1 / teiler, 9, "halb_gerade")'),
    "m1": ("Zahl", "max(betrag, fest, zeile[stufe])"),
    "m2": ("Zahl", "clamp(betrag, -5, 5) + abs(betrag)"),
    "f1": ("Zahl", "feld[art, stufe] * zeile[stufe]"),
    "f2": ("Zahl", "treppe[betrag] - treppe[fest]"),
    "w1": ("Wahrheitswert", 'wahr and art == "zwei" or not (betrag < ganz)'),
    "w2": ("Wahrheitswert", "betrag / teiler >= fein and ganz != stufe"),
    "c1": ("Zahl", "betrag if wahr else fest if w1 else 0"),
    "c2": ("Auswahl", '"drei" if ganz > 0 else art'),
    "v1": ("Ganzzahl", "vermutet * 2"),
    "d1": ("Tage", "tage_zwischen(beginn, ende)"),
    "d2": ("Monate", "monate_zwischen(beginn, ende)"),
    "d6": ("Jahre", "jahre_zwischen(ende, stichtag)"),
    "d3": ("Datum", "plus_monate(beginn, ganz) if ganz > -200 and ganz < 200 else monatserster(ende)"),
    "d4": ("Zahl", "jahr(beginn) + monat(ende)"),
    "d5": ("Wahrheitswert", 'beginn <= ende and beginn > "1970-01-31"'),
}  # fmt: skip


def _regeln(formeln: dict[str, tuple[str, str]], je: str = "") -> str:
    lines = []
    for name, (what, formula) in formeln.items():
        kind = what
        more = ", optionen: [eins, zwei, drei]" if kind == "Auswahl" else ""
        if kind in {"Tage", "Monate", "Jahre"}:
            kind, more = "Zahl", f", einheit: {kind}"
        more += ", stellen: 10" if kind == "Zahl" else ""
        more += f", je: {je}" if je else ""
        text = formula.replace("'", "''")
        lines.append(f"  {name}: {{typ: {kind}, titel: {name}, norm: § 1 PG, rundung: § 1 PG, formel: '{text}'{more}}}")
    return "\n".join(lines) + "\n"


def rechnen() -> Engine:
    """A Regelwerk of the case alone: numbers of each kind, all roundings, tables, days, presumptions."""
    head = _KOPF.replace("ZIEL", "s1").replace("WENN", "betrag > 0")
    return Engine(load_texts({"regelwerk.yaml": head + _ANGABEN + "regeln:\n" + _regeln(_FORMELN)}, checked=False))


def listen() -> Engine:
    """A Regelwerk with two lists."""
    head = _KOPF.replace("ZIEL", "summe").replace("WENN", "summe > grenze")
    text = """
angaben:
  grenze: {typ: Zahl, stellen: 2, von: 0, bis: 1000, titel: Grenze}
  kinder: {typ: Liste, hoechstens: 3, titel: Kinder, felder: {alter: {typ: Ganzzahl, von: 0, bis: 30, titel: Alter}}}
  personen:
    typ: Liste
    hoechstens: 4
    titel: Personen
    felder:
      lohn: {typ: Zahl, stellen: 2, von: -500, bis: 500, titel: Lohn}
      zaehlt: {typ: Wahrheitswert, titel: Zählt, annahme: {formel: lohn > 0, norm: § 2 PG}}
      geboren: {typ: Datum, titel: Geboren}
regeln:
"""
    je = {"viel": ("Wahrheitswert", "lohn > grenze"), "netto": ("Zahl", "lohn * 2 - (grenze if zaehlt else 1)")}
    formeln = {
        "summe": ("Zahl", "sum(p.netto for p in personen if p.zaehlt)"),
        "alles": ("Zahl", "sum(p.lohn for p in personen)"),
        "zahl": ("Ganzzahl", "count(p for p in personen) - count(p for p in personen if p.viel)"),
        "eine": ("Wahrheitswert", "any(p.viel for p in personen if p.zaehlt)"),
        "jede": ("Wahrheitswert", "all(p.viel for p in personen)"),
        "kindheit": ("Ganzzahl", "sum(k.alter for k in kinder if k.alter < 18)"),
        "alt": ("Ganzzahl", "count(p for p in personen if jahre_zwischen(p.geboren, stichtag) >= 18)"),
        "folge": ("Zahl", "summe + alles if eine and not jede else grenze"),
    }  # fmt: skip
    return Engine(
        load_texts({"regelwerk.yaml": head + text + _regeln(je, "personen") + _regeln(formeln)}, checked=False)
    )


DAYS = st.dates(date(1950, 1, 1), date(2080, 12, 31))
ZEILE = st.fixed_dictionaries(
    {
        "ganz": st.integers(-1000, 1000),
        "stufe": st.integers(2, 5),
        "teiler": st.integers(1, 97),
        "betrag": st.decimals(-1_000_000, 1_000_000, places=2),
        "fein": st.decimals(-2000, 2000, places=6),
        "satz": st.decimals(0, 100, places=1),
        "wahr": st.booleans(),
        "art": st.sampled_from(["eins", "zwei", "drei"]),
        "beginn": DAYS,
        "ende": DAYS,
        "vermutet": st.none() | st.integers(-5000, 5000),
    }
)
PERSON = st.fixed_dictionaries(
    {
        "lohn": st.decimals(-500, 500, places=2),
        "zaehlt": st.none() | st.booleans(),
        "geboren": st.dates(date(1950, 1, 1), date(2025, 12, 31)),
    }
)
HAUSHALT = st.fixed_dictionaries(
    {
        "grenze": st.decimals(0, 1000, places=2),
        "personen": st.lists(PERSON, max_size=4),
        "kinder": st.lists(st.fixed_dictionaries({"alter": st.integers(0, 30)}), max_size=3),
    }
)


def exakt(engine: Engine, facts: dict[str, Any]) -> dict[str, int]:
    """Return the stored number of every named value of a case, by the interpreter for single cases."""
    result = engine.evaluate({name: value for name, value in facts.items() if value is not None}, on=TAG)
    assert all(result.settled(name) for name in namen(engine))
    return {name: result.spans[result.program.values[name].slot][0] for name in namen(engine)}


def namen(engine: Engine) -> list[str]:
    """Return the rules of the case."""
    return [name for name, rule in engine.regelwerk.regeln.items() if not rule.je]


def vektoriell(engine: Engine, cases: pl.DataFrame, items: dict[str, pl.DataFrame]) -> list[dict[str, int]]:
    """Return the same for every row of a table, by the vectorised interpreter."""
    program = engine.program(State(TAG))
    table: Table = read_table(engine.regelwerk, program, cases, items)
    slots = {name: program.values[name].slot for name in namen(engine)}
    found = Batch(program, slots.values(), table, {STICHTAG: TAG.toordinal()}).run(table)
    return [{name: int(found[slot][row]) for name, slot in slots.items()} for row in range(cases.height)]
