"""Every fault of a Regelwerk is told with file, line and cause, in German."""

from pathlib import Path

import pytest

from leitplanke.core.rules import RegelwerkError, load, load_texts
from tests.core.rules.texts import HEAD, head, regelwerk, rule, said

FACT = "angaben:\n  a: {typ: Betrag, von: 0, bis: 1000, einheit: EUR/Monat, titel: A}\n"
LINE = HEAD.count("\n")


def at(line: int, text: str) -> str:
    return f"regelwerk.yaml:{LINE + line}: {text}"


def test_a_sound_one_loads() -> None:
    assert regelwerk(FACT + "regeln:\n" + rule("a", "Betrag", ", einheit: EUR/Monat")).ziel == ("ziel",)


def with_rule(formula: str, typ: str = "Betrag", more: str = ", einheit: EUR/Monat") -> list[str]:
    uses_a = "ermessen:\n  e: {typ: Wahrheitswert, titel: E, norm: § 2, frage: E?, indikatoren: [a]}\n"
    return said(FACT + "regeln:\n" + rule(formula, typ, more) + uses_a)


@pytest.mark.parametrize(
    ("formula", "typ", "more", "words"),
    [
        ("a + fehlt", "Betrag", ", einheit: EUR/Monat", "„fehlt“ gibt es nicht, oder es gilt an diesem Tag nicht."),
        ("a + stichtag", "Betrag", ", einheit: EUR/Monat", "rechnet mit Zahlen, hier steht: Datum."),
        ("a", "Betrag", ", einheit: EUR/Jahr", "Angekündigte Einheit: „EUR/Monat“ und „EUR/Jahr“ passen nicht"),
        ("a", "Wahrheitswert", "", "Die Formel ergibt: Zahl, angekündigt ist Wahrheitswert."),
        ("a", "Ganzzahl", ", einheit: EUR/Monat", "Die Formel ergibt Nachkommastellen, angekündigt ist eine Ganzzahl."),
        ("a / (a - a)", "Zahl", "", "Der Nenner kann 0 oder kleiner werden"),
        ("a / 0", "Zahl", "", "Der Nenner kann 0 oder kleiner werden"),
        ("not a", "Wahrheitswert", "", "„not“ verbindet Wahrheitswerte, hier steht: Zahl."),
        ("a if a else a", "Betrag", ", einheit: EUR/Monat", "Hinter „if“ steht ein Wahrheitswert."),
        ("a == 'x'", "Wahrheitswert", "", "Der Text „x“ steht neben keiner Auswahl und keinem Datum."),
        ("stichtag > '31.12.2025'", "Wahrheitswert", "", "„31.12.2025“ ist kein Tag"),
        ("a[1]", "Zahl", "", "Die Tabelle „a“ gibt es nicht, oder sie gilt an diesem Tag nicht."),
        ("sum(p.x for p in a)", "Zahl", "", "„a“ ist keine Liste."),
        ("p.x", "Zahl", "", "„p“ ist kein Eintrag einer Liste."),
        ("pro_monat(a)", "Zahl", "", "Umgerechnet werden kann nur ein Wert je Jahr"),
        ("a ** 2", "Zahl", "", "Diese Rechenart ist nicht erlaubt."),
        ("plus_tage(stichtag, 9999)", "Datum", "", "um höchstens 5000 Tage oder Monate verschieben"),
        ("plus_monate(stichtag, 4800)", "Datum", "", "vor 1700 oder nach 2500 liegen"),
        ("plus_monate(stichtag, 1.5)", "Datum", "", "Die Zahl der Monate muss eine ganze Zahl"),
    ],
)
def test_formula_that_does_not_fit_is_told_at_its_line(formula: str, typ: str, more: str, words: str) -> None:
    [message] = with_rule(formula, typ, more)
    assert message.startswith(at(4, "Regel „ziel“: "))
    assert words in message


def test_cycle_names_its_way() -> None:
    body = "regeln:\n" + rule("b") + "  b: {typ: Zahl, titel: B, norm: § 2, formel: c + 1}\n"
    body += "  c: {typ: Zahl, titel: C, norm: § 3, formel: ziel * 2}\n"
    [message] = said(body)
    assert message == at(2, "Die Regeln drehen sich im Kreis: ziel → b → c → ziel. (Stand 01.01.2025)")


def test_presumption_closes_a_cycle_too() -> None:
    body = "angaben:\n  x: {typ: Zahl, von: 0, bis: 9, titel: X, annahme: {formel: ziel, norm: § 1}}\n"
    [message] = said(body + "regeln:\n" + rule("x"))
    assert "drehen sich im Kreis" in message


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("  b: {typ: Wahrheitswert, titel: B, norm: § 2, formel: a > 1}\n", "Die Regel „b“ wird nirgends gebraucht"),
        ("parameter:\n  p: {typ: Zahl, titel: P, norm: § 2, werte: [{ab: 2025-01-01, wert: 1}]}\n",
         "Der Parameter „p“ wird nirgends gebraucht"),
        ("ermessen:\n  e: {typ: Wahrheitswert, titel: E, norm: § 2, frage: E?, indikatoren: [c]}\n", ""),
    ],
)  # fmt: skip
def test_what_nothing_uses_is_told(body: str, words: str) -> None:
    text = FACT + "regeln:\n" + rule("a", "Betrag", ", einheit: EUR/Monat") + body
    if words:
        [message] = said(text)
        assert words in message
    else:
        assert regelwerk(text)


def test_fact_and_field_that_nothing_uses_are_told() -> None:
    body = (
        "angaben:\n  a: {typ: Zahl, von: 0, bis: 1, titel: A}\n  n:\n    typ: Liste\n    hoechstens: 3\n    titel: N\n"
    )
    body += (
        "    felder:\n      x: {typ: Zahl, von: 0, bis: 1, titel: X}\n      y: {typ: Zahl, von: 0, bis: 1, titel: Y}\n"
    )
    found = said(body + "regeln:\n" + rule("sum(i.x for i in n)"))
    assert [message.partition(": ")[2] for message in found] == [
        "Die Angabe „a“ wird nirgends gebraucht; bitte verwenden oder streichen.",
        "Das Feld „y“ wird nirgends gebraucht; bitte verwenden oder streichen.",
    ]


def test_value_too_wide_for_64_bits_is_told_at_its_rule() -> None:
    body = "angaben:\n  a: {typ: Betrag, von: 0, bis: 100000000, einheit: EUR, titel: A}\nregeln:\n"
    [message] = said(body + rule("a * a * a", "Betrag", ", einheit: EUR*EUR*EUR"))
    assert message.startswith(at(4, "Regel „ziel“: Der Wert kann 1.0e+20 Einheiten groß werden"))
    assert "passt nicht in 64 Bit" in message


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("{typ: Betrag, titel: A}", "Eine Zahl braucht Grenzen „von“ und „bis“."),
        ("{typ: Betrag, von: 5, bis: 1, titel: A}", "Eine Zahl braucht Grenzen „von“ und „bis“."),
        ("{typ: Betrag, von: 0, bis: viel, titel: A}", "„viel“ ist keine Zahl"),
        ("{typ: Betrag, von: 0.001, bis: 5, titel: A}", "hat mehr als 2 Nachkommastellen"),
        ("{typ: Geld, titel: A}", "„typ“ ist „Geld“, möglich sind: Ganzzahl, Zahl"),
        ("{typ: Auswahl, optionen: [x], titel: A}", "mindestens zwei „optionen“"),
        ("{typ: Wahrheitswert}", "„titel“ fehlt"),
        ("{typ: Wahrheitswert, titel: A, farbe: rot}", "„farbe“ gibt es hier nicht. Möglich: "),
        ("{typ: Wahrheitswert, titel: A, schutz: geheim}", "„schutz“ ist „geheim“, möglich sind: keiner"),
        ("{typ: Liste, titel: A}", "Eine Liste braucht „hoechstens“"),
        ("{typ: Liste, hoechstens: 3, titel: A}", "Eine Liste braucht „felder“."),
        ("{typ: Datum, von: gestern, titel: A}", "„gestern“ ist kein Tag"),
        ("[typ, titel]", "Erwartet werden benannte Werte"),
        ("{typ: Wahrheitswert, titel: A, annahme: {formel: 'True'}}", "„norm“ fehlt"),
        ("{typ: Wahrheitswert, titel: A, nachweise: Ausweis}", "muss eine Liste von Texten sein"),
        ("{typ: Wahrheitswert, titel: {de: A, fr: B}}", "„fr“ gibt es hier nicht"),
    ],
)
def test_fact_that_is_not_well_described_is_told(entry: str, words: str) -> None:
    found = said(f"angaben:\n  a: {entry}\nregeln:\n" + rule("1"))
    assert any(words in message for message in found), found
    assert all(message.startswith(at(2, "")) for message in found)


@pytest.mark.parametrize("name", ["Groß", "stichtag", "min", "1a", "a-b", "ä", "_a", "x" * 80])
def test_name_that_no_formula_could_use_is_told(name: str) -> None:
    [message] = said(f"angaben:\n  {name}: {{typ: Wahrheitswert, titel: A}}\nregeln:\n" + rule("1"))
    assert "taugt nicht als Name" in message


def test_name_that_is_taken_is_told() -> None:
    found = said(
        FACT + "regeln:\n" + rule("a", "Betrag", ", einheit: EUR/Monat"),
        more="regeln:\n  a: {typ: Zahl, titel: A, norm: § 1, formel: '1'}\n",
    )
    assert found == ["more.yaml:2: Regel „a“: Den Namen „a“ gibt es schon."]


def test_table_with_gaps_or_odd_cells_is_told() -> None:
    body = "angaben:\n  k: {typ: Ganzzahl, von: 1, bis: 3, titel: K}\nregeln:\n" + rule("t[k]") + "parameter:\n  t:\n"
    body += "    {typ: Zahl, titel: T, norm: § 1, schluessel: [k], werte: [{ab: 2025-01-01, wert: WERT}]}\n"
    assert regelwerk(body.replace("WERT", "{1: 1, 2: 2, 3: 3}"))
    for wert, words in {
        "{1: 1, 3: 3}": "müssen lückenlos steigen",
        "{a: 1, b: 2}": "müssen ganze Zahlen sein",
        "{1: 1, 2: {1: 1}, 3: 3}": "ein einzelner Wert erwartet",
        "5": "Erwartet werden Zeilen",
        "{1: 1, 2: 2}": "kann 1 bis 3 sein, „t“ kennt 1 bis 2",
        "{1: 1.23456, 2: 2, 3: 3}": "mehr als 4 Nachkommastellen",
    }.items():
        found = said(body.replace("WERT", wert))
        assert any(words in message for message in found), (wert, found)


def test_thresholds_must_rise_and_begin_low_enough() -> None:
    body = FACT + "regeln:\n" + rule("t[a]") + "parameter:\n  t:\n"
    body += "    {typ: Zahl, titel: T, norm: § 1, schluessel: [a], stufe: ja, werte: [{ab: 2025-01-01, wert: WERT}]}\n"
    assert regelwerk(body.replace("WERT", "{0: 1, 99.50: 2}"))
    assert any("Schwellen müssen steigen" in m for m in said(body.replace("WERT", "{5: 1, 0: 2}")))
    assert any("beginnt erst über dem kleinsten" in m for m in said(body.replace("WERT", "{5: 1, 9: 2}")))


def test_rounding_needs_a_norm_that_orders_it() -> None:
    [message] = with_rule("round(a, 0)")
    assert "Gerundet wird nur, wo eine Norm es anordnet" in message
    assert regelwerk(FACT + "regeln:\n" + rule("round(a, 0, 'ab')", "Ganzzahl", ", einheit: EUR/Monat, rundung: § 2"))
    [message] = with_rule("round(a, 0, 'irgendwie')", "Betrag", ", einheit: EUR/Monat, rundung: § 2")
    assert "Rundung „irgendwie“ gibt es nicht" in message
    [message] = with_rule("round(a, a)", "Betrag", ", einheit: EUR/Monat, rundung: § 2")
    assert "Nachkommastellen und Art fest" in message


@pytest.mark.parametrize(
    "key", ["standard: ja", "vorgabe: ja", "annahme: {formel: 'True', norm: § 1}", "formel: 'True'"]
)
def test_judgement_never_has_a_default(key: str) -> None:
    text = "ermessen:\n  e: {typ: Wahrheitswert, titel: E, norm: § 2, frage: E?, " + key + "}\n"
    found = said("regeln:\n" + rule("1 if e else 0") + text)
    assert any("Ein Urteil hat keine Vorgabe; es trifft ein Mensch." in message for message in found)


def test_outcome_that_can_never_come_about_is_told() -> None:
    outcome = "ergebnis:\n  - {name: nie, titel: Nie, art: hinweis, norm: § 1, wenn: a < 0}\n"
    [message] = said(FACT + "regeln:\n" + rule("a", "Betrag", ", einheit: EUR/Monat") + outcome)
    assert message == at(6, "Das Ergebnis „nie“ kann nie eintreten.")


def test_head_is_needed_exactly_once() -> None:
    with pytest.raises(RegelwerkError) as caught:
        load_texts({"a.yaml": "regeln: {}\n"})
    assert "muss genau einmal da sein, er steht 0-mal da" in caught.value.findings[0].message
    assert "er steht 2-mal da" in said("regeln:\n" + rule("1"), more=HEAD)[0]


def test_target_must_be_a_rule() -> None:
    assert (
        "Das Ziel „anderes“ ist keine Regel." in said("regeln:\n" + rule("1"), head().replace("[ziel]", "[anderes]"))[0]
    )


def test_unknown_section_is_told_with_those_there_are() -> None:
    [message] = said("regeln:\n" + rule("1") + "formeln: {}\n")
    assert message == at(3, "Den Abschnitt „formeln“ gibt es nicht. Möglich: angaben, ergebnis, ermessen, parameter, "
                            "regeln, regelwerk, simulation.")  # fmt: skip


def test_several_faults_are_told_together() -> None:
    found = said("angaben:\n  a: {typ: Zahl, titel: A}\n  b: {typ: Datum}\nregeln:\n" + rule("a +"))
    assert len(found) == 3


def test_fault_in_the_law_of_one_day_names_that_day() -> None:
    body = (
        "regeln:\n"
        + rule("p")
        + "parameter:\n  p: {typ: Zahl, titel: P, norm: § 1, werte: [{ab: 2025-01-01, bis: 2025-12-31, wert: 1}]}\n"
    )
    [message] = said(body)
    assert message.endswith("„p“ gibt es nicht, oder es gilt an diesem Tag nicht. (Stand 01.01.2026)")


def test_case_without_expectation_is_told() -> None:
    [message] = said("regeln:\n" + rule("1"), faelle__a="faelle:\n  - {fall: A, quelle: B, angaben: {}}\n")
    assert message == "faelle/a.yaml:2: Fall: „erwartet“ fehlt; ein Fall ohne Erwartung prüft nichts."


def test_chain_of_squares_is_refused_before_it_grows() -> None:
    squares = "".join(
        f"  r{i}: {{typ: Zahl, titel: R, norm: § 1, formel: {name} * {name}}}\n"
        for i, name in enumerate(["zahl", *(f"r{i}" for i in range(199))])
    )
    text = f"angaben:\n  zahl: {{typ: Zahl, von: 0, bis: 1000000, titel: Z}}\nregeln:\n{squares}"
    with pytest.raises(RegelwerkError, match="unermesslich groß"):
        load_texts({"regelwerk.yaml": head().replace("[ziel]", "[r199]") + text})


def presumed(*facts: tuple[str, str]) -> str:
    line = "  {}: {{typ: Ganzzahl, von: 0, bis: 9, titel: A, annahme: {{formel: {}, norm: § 1}}}}\n"
    return "angaben:\n" + "".join(line.format(name, formula) for name, formula in facts)


@pytest.mark.parametrize(
    "facts",
    [[("a", "b"), ("b", "a")], [(f"a{number}", f"a{number + 1}") for number in range(3000)] + [("a3000", "1")]],
    ids=["circle", "long chain"],
)
def test_presumption_that_leads_nowhere_is_told(facts: list[tuple[str, str]]) -> None:
    [message] = said(presumed(*facts) + "regeln:\n" + rule(facts[0][0]))
    assert "Ihre Annahme führt im Kreis oder über mehr als 40 andere Annahmen" in message


def test_chain_of_presumptions_is_followed() -> None:
    facts = [(f"a{number}", f"a{number + 1}") for number in range(30)] + [("a30", "1")]
    assert regelwerk(presumed(*facts) + "regeln:\n" + rule("a0")).ziel == ("ziel",)


def test_endless_unit_is_refused_shortly() -> None:
    [message] = said(FACT.replace("EUR/Monat", "x" * 1000) + "regeln:\n" + rule("a"))
    assert "Eine Einheit hat höchstens 60 Zeichen, diese hat 1000." in message


def test_name_of_a_regelwerk_leads_to_no_other_place() -> None:
    with pytest.raises(RegelwerkError, match=r"regelwerk\.yaml:2: Der „name“ des Regelwerks"):
        load_texts({"regelwerk.yaml": HEAD.replace("name: klein", "name: ../../etc")})


def test_very_many_possibilities_are_not_all_listed() -> None:
    options = ", ".join(f"o{number}" for number in range(5000))
    [message] = said(
        f"angaben:\n  a: {{typ: Auswahl, optionen: [{options}], titel: A}}\nregeln:\n" + rule("1 if a == 'x' else 0")
    )
    assert "und 4980 weitere" in message
    assert len(message) < 400


def test_file_that_is_none_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "regelwerk.yaml").write_text(HEAD, encoding="utf-8")
    (tmp_path / "b.yaml").symlink_to("/dev/zero")
    with pytest.raises(RegelwerkError, match=r"b\.yaml:1: Das ist keine gewöhnliche Datei"):
        load(tmp_path)


@pytest.mark.parametrize("step", ["/ 999999937", "* 0.000000000000000001"], ids=["divisors", "decimals"])
def test_divisors_and_decimals_do_not_grow_without_end(step: str) -> None:
    line = "  r{}: {{typ: Zahl, titel: R, norm: § 1, formel: r{} {}}}\n"
    body = "  r0: {typ: Zahl, titel: R, norm: § 1, formel: a * 1}\n"
    body += "".join(line.format(number, number - 1, step) for number in range(1, 2000))
    found = said(
        FACT.replace("Betrag", "Zahl").replace(", einheit: EUR/Monat", "")
        + "regeln:\n"
        + body
        + rule("1 if r1999 > 1 else 0")
    )
    assert "wachsen ins Unermessliche" in found[0]


def test_law_that_changes_all_the_time_is_refused() -> None:
    values = "".join(f"      - {{ab: {2025 + n // 12}-{n % 12 + 1:02}-01, wert: {n}}}\n" for n in range(600))
    body = f"parameter:\n  p:\n    typ: Zahl\n    titel: P\n    norm: § 1\n    werte:\n{values}regeln:\n" + rule("p")
    [message] = said(body)
    assert "Das Recht ändert sich an 600 Tagen" in message


DRAFTED = (
    "parameter:\n  p:\n    typ: Zahl\n    titel: P\n    norm: § 2\n    werte:\n"
    "      - {{{enacted}, wert: 1}}\n      - {{{draft}, wert: 2}}\nregeln:\n"
)
DRAFT = "ab: 2026-01-01, status: entwurf, bekannt_seit: 2025-03-01"


@pytest.mark.parametrize(
    ("enacted", "draft", "fits"),
    [
        ("ab: 2026-01-01", DRAFT, False),
        ("ab: 2026-01-01, status: verabschiedet", DRAFT, False),
        ("ab: 2026-01-01", "ab: 2026-01-01, status: entwurf", False),
        ("ab: 2026-01-01, bekannt_seit: 2025-09-01", DRAFT, True),
        ("ab: 2026-01-01, bekannt_seit: 2025-02-01", DRAFT, True),
        ("ab: 2025-12-31", DRAFT, True),
    ],
)
def test_enacted_value_beside_a_draft_of_the_same_day_says_since_when_it_is_known(
    enacted: str, draft: str, fits: bool
) -> None:
    top = head().replace("gilt_ab: 2025-01-01", "gilt_ab: 2026-01-01")
    body = DRAFTED.format(enacted=enacted, draft=draft) + rule("p")
    if fits:
        assert regelwerk(body, top).parameter["p"].werte
        return
    todo = "Ab 01.01.2026 gibt es auch einen Entwurf; bitte „bekannt_seit“ angeben, sonst gilt mit Entwürfen dieser."
    assert said(body, top) == [at(7, f"Parameter „p“: {todo}")]


def test_enacted_variant_of_a_rule_beside_a_draft_says_so_too() -> None:
    variants = f"fassungen: [{{formel: 1, ab: 2026-01-01}}, {{formel: 2, {DRAFT}}}]"
    top = head().replace("gilt_ab: 2025-01-01", "gilt_ab: 2026-01-01")
    [message] = said(f"regeln:\n  ziel: {{typ: Zahl, titel: Z, norm: § 1, {variants}}}\n", top)
    assert "Regel „ziel“: Ab 01.01.2026 gibt es auch einen Entwurf" in message
