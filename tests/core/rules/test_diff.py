"""Differences between Regelwerke, days and results; and a Regelwerk read out."""

from __future__ import annotations

from datetime import date

from leitplanke.core.rules import Engine, load_texts
from leitplanke.core.rules.diff import diff, diff_days, diff_results
from leitplanke.core.rules.reading_view import reading_view
from tests.core.rules.small import HAUSHALT, haushalt, kleines_wohngeld

DAY = date(2025, 1, 1)


def changed(old: str, new: str) -> list[str]:
    assert old in HAUSHALT
    other = load_texts({"regelwerk.yaml": HAUSHALT.replace(old, new)})
    return [change.text for change in diff(haushalt().regelwerk, other)]


def test_equal_regelwerke_do_not_differ() -> None:
    assert diff(haushalt().regelwerk, haushalt().regelwerk) == ()


def test_changed_value_formula_and_norm_are_told() -> None:
    assert changed("wert: 120", "wert: 130") == [
        "Parameter „Satz“, ab 1. Juli 2025: 120,00 EUR im Monat → 130,00 EUR im Monat"
    ]
    assert changed("eigen: 12.5", "eigen: 15") == ["Parameter „Abzug“, ab 1. Januar 2024, Eigenheim: 12,5 % → 15 %"]
    assert changed("norm: § 3 ZG\n    formel: sum", "norm: § 3a ZG\n    formel: sum") == [
        "Regel „Einkommen des Haushalts“, Norm: § 3 ZG → § 3a ZG"
    ]
    assert changed(">= 18", ">= 21")[0].startswith("Regel „Monatseinkommen der Person“, Formel: pro_monat(")


def test_new_and_gone_entries_are_told() -> None:
    more = "  hinweis_alter: {typ: Ganzzahl, titel: Hinweis, norm: § 7 ZG, hinweis: ja, formel: jahr(stichtag)}\n"
    extended = load_texts({"regelwerk.yaml": HAUSHALT.replace("ermessen:\n", f"{more}ermessen:\n")})

    assert "Regel „Hinweis“, Formel: neu: jahr(stichtag)" in [c.text for c in diff(haushalt().regelwerk, extended)]
    assert "Regel „Hinweis“, Formel: entfällt (war: jahr(stichtag))" in [
        c.text for c in diff(extended, haushalt().regelwerk)
    ]


def test_two_days_and_law_against_draft() -> None:
    assert [c.text for c in diff_days(haushalt().regelwerk, DAY, date(2025, 7, 1))] == [
        "Parameter „Satz“: 100,00 EUR im Monat → 120,00 EUR im Monat"
    ]
    assert diff_days(haushalt().regelwerk, DAY, date(2025, 6, 30)) == ()
    day = date(2027, 1, 1)
    drafts = diff_days(kleines_wohngeld(), day, day, entwurf=True)
    assert [c.name for c in drafts] == ["mindestbetrag"]


def test_two_results_differ_in_their_steps() -> None:
    engine = Engine(kleines_wohngeld())
    facts = {"haushaltsmitglieder": 1, "mietenstufe": 1, "bruttokaltmiete_monat": 335, "gesamteinkommen_monat": 1100}
    changes = diff_results(engine.evaluate(facts, on=DAY), engine.evaluate({**facts, "mietenstufe": 2}, on=DAY))
    told = [change.text for change in changes]

    assert told == ["Schritt „Mietenstufe“: 1 → 2"]
    assert diff_results(engine.evaluate(facts, on=DAY), engine.evaluate(facts, on=DAY)) == ()


def test_change_is_fit_for_json() -> None:
    change = diff_days(haushalt().regelwerk, DAY, date(2025, 7, 1))[0]

    assert change.as_data() == {
        "section": "parameter", "name": "satz_monat", "title": "Satz", "key": "", "old": "100,00 EUR im Monat",
        "new": "120,00 EUR im Monat", "text": "Parameter „Satz“: 100,00 EUR im Monat → 120,00 EUR im Monat",
    }  # fmt: skip


def test_reading_view_names_everything_with_its_norm() -> None:
    text = reading_view(haushalt().regelwerk, DAY)

    for line in (
        "    * Jahreseinkommen: Betrag von 0 bis 100.000 EUR im Jahr  [§ 2 ZG]",
        "        Ohne Angabe gilt: ja  [§ 3 ZG]",
        "    ab 1. Juli 2025, an diesem Tag nicht: 120,00 EUR im Monat",
        "* Monatseinkommen der Person, je Eintrag in „Personen“  [§ 2 Abs. 2 ZG]",
        "* Liegt ein Härtefall vor?  [§ 6 ZG]",
        "    wenn: „Zuschuss“ ist größer als 0",
    ):
        assert line in text.splitlines()


def test_reading_view_shows_tables_in_rows_and_columns() -> None:
    lines = reading_view(kleines_wohngeld(), DAY).splitlines()

    assert "         4    608    686    766    858    946  1.035  1.139" in lines
