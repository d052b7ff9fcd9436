"""Layers fill what is left open, dated variants take turns, and what was not known yet does not count."""

from datetime import date

import pytest

from leitplanke.core.rules import Engine, FactError, Regelwerk, load_texts
from leitplanke.core.rules.checking import open_names
from tests.core.rules.texts import HEAD, evaluate, regelwerk, rule, said

OPEN = """\
angaben:
  zahl: {typ: Ganzzahl, von: 1, bis: 3, titel: Zahl}
parameter:
  satz: {typ: Betrag, einheit: EUR, titel: Satz, norm: § 1 LandesG, schluessel: [zahl], offen: satzung}
  grund: {typ: Betrag, einheit: EUR, titel: Grund, norm: § 1 LandesG, offen: land}
regeln:
  ziel: {typ: Betrag, einheit: EUR, titel: Ziel, norm: § 2 LandesG, formel: "grund + aufschlag"}
  aufschlag: {typ: Betrag, einheit: EUR, titel: Aufschlag, norm: § 3 LandesG, offen: satzung}
"""
LAND = "ebene: {titel: Landesrecht, rang: land}\n"
LAND += "parameter:\n  grund: {norm: § 7 LandesVO, werte: [{ab: 2025-01-01, wert: 10}]}\n"
TOWN = """\
ebene: {titel: Satzung der Stadt, rang: satzung, ueber: land}
parameter:
  satz: {norm: § 2 Satzung, werte: [{ab: 2025-01-01, wert: {1: 1, 2: 2, 3: 3}}]}
  faktor: {typ: Ganzzahl, titel: Faktor, norm: § 3 Satzung, werte: [{ab: 2025-01-01, wert: 4}]}
regeln:
  aufschlag: {norm: § 2 Satzung, formel: "satz[zahl] * faktor"}
"""


def layered(town: str = TOWN, ebene: str = "stadt", land: str = LAND) -> Regelwerk:
    files = {"regelwerk.yaml": HEAD + OPEN, "ebenen/land/recht.yaml": land, "ebenen/stadt/satzung.yaml": town}
    return load_texts(files, ebene=ebene)


def refused(town: str = TOWN, ebene: str = "stadt", land: str = LAND) -> list[str]:
    return said(OPEN, HEAD, ebene, ebenen__land__recht=land, ebenen__stadt__satzung=town)


def test_lowest_layer_completes_what_those_above_leave_open() -> None:
    result = Engine(layered()).evaluate({"zahl": 2}, on=date(2025, 6, 1))
    assert result.values == {"ziel": "18.00", "aufschlag": "8.00"}


def test_each_value_of_the_proof_names_its_layer_and_norm() -> None:
    proof = Engine(layered()).evaluate({"zahl": 2}, on=date(2025, 6, 1)).proof
    assert {step.name: (step.about.ebene, step.norm) for step in proof if step.kind != "angabe"} == {
        "grund": ("Landesrecht", "§ 7 LandesVO"),
        "faktor": ("Satzung der Stadt", "§ 3 Satzung"),
        "ziel": ("ProbeG", "§ 2 LandesG"),
        "aufschlag": ("Satzung der Stadt", "§ 2 Satzung"),
    }


def test_higher_law_alone_loads_and_tells_what_is_open() -> None:
    assert set(open_names(layered(ebene=""))) == {"satz", "grund", "aufschlag"}
    assert set(open_names(layered(ebene="land"))) == {"satz", "aufschlag"}
    assert open_names(layered()) == ()


def test_layers_have_digests_of_their_own() -> None:
    assert len({layered(ebene=name).digest for name in ("", "land", "stadt")}) == 3
    other = layered(TOWN.replace("wert: 4", "wert: 5"))
    assert other.digest != layered().digest
    assert layered(TOWN.replace("wert: 4", "wert: 5"), ebene="land").digest == layered(ebene="land").digest


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("  faktor:", "  ziel:", "Den Namen „ziel“ gibt es schon."),
        ("  faktor:", "  zahl:", "Den Namen „zahl“ gibt es schon."),
        ("  aufschlag: {", "  ziel: {", "Regel „ziel“: Die höhere Ebene lässt das nicht für „satzung“ offen."),
        ("regeln:", "angaben:", "Den Abschnitt „angaben“ gibt es nicht. Möglich: ebene, parameter, regeln."),
        ("rang: satzung", "rang: dorf", "„rang“ ist „dorf“, möglich sind: land, satzung."),
        ("ueber: land", "ueber: mond", "Die Ebene „mond“ gibt es nicht. Vorhanden: land, stadt."),
        ("ueber: land", "ueber: stadt", "Die Ebene „stadt“ gibt es nicht."),
        ("{norm: § 2 Satzung, formel", "{formel", "„norm“ fehlt"),
        (" * faktor", "", "Der Parameter „faktor“ wird nirgends gebraucht"),
        ("  satz: {norm", "  sats: {typ: Zahl, titel: S, schluessel: [zahl], norm", "füllt nicht alles, was offen ist"),
    ],
)
def test_layer_may_fill_and_add_but_nothing_else(old: str, new: str, words: str) -> None:
    found = refused(TOWN.replace(old, new))
    assert any(words in message for message in found), found


def test_land_may_not_fill_what_is_left_to_the_town() -> None:
    land = LAND + "  satz: {norm: § 8 LandesVO, werte: [{ab: 2025-01-01, wert: {1: 1, 2: 2, 3: 3}}]}\n"
    assert any("lässt das nicht für „land“ offen" in message for message in refused(land=land, ebene="land"))


def test_unknown_layer_is_told_with_those_there_are() -> None:
    assert refused(ebene="kreis") == [":0: Die Ebene „kreis“ gibt es nicht. Vorhanden: land, stadt."]


DATED = """\
parameter:
  p:
    typ: Betrag
    einheit: EUR
    titel: P
    norm: § 1 ProbeG
    werte:
      - {ab: 2025-01-01, wert: 10, quelle: Erste Fassung}
      - {ab: 2026-01-01, bekannt_seit: 2025-11-20, wert: 20, quelle: Zweite Fassung, status: verabschiedet}
      - {ab: 2027-01-01, bekannt_seit: 2026-06-01, wert: 30, status: entwurf}
regeln:
  ziel:
    typ: Betrag
    einheit: EUR
    titel: Ziel
    norm: § 2 ProbeG
    fassungen:
      - {ab: 2025-01-01, formel: p}
      - {ab: 2026-07-01, formel: p * 2, norm: § 2 ProbeG n. F.}
"""


def amount(day: str, known: str = "", *, entwurf: bool = False) -> object:
    known_on = date.fromisoformat(known) if known else None
    return evaluate(DATED, on=date.fromisoformat(day), known_on=known_on, entwurf=entwurf).values["ziel"]


@pytest.mark.parametrize(
    ("day", "known", "entwurf", "expected"),
    [
        ("2025-01-01", "", False, "10.00"),
        ("2025-12-31", "", False, "10.00"),
        ("2026-01-01", "", False, "20.00"),
        ("2026-01-01", "2025-11-20", False, "20.00"),
        ("2026-01-01", "2025-11-19", False, "10.00"),
        ("2026-06-30", "", False, "20.00"),
        ("2026-07-01", "", False, "40.00"),
        ("2027-01-01", "", False, "40.00"),
        ("2027-01-01", "", True, "60.00"),
        ("2026-12-31", "", True, "40.00"),
        ("2027-01-01", "2026-05-31", True, "40.00"),
    ],
)
def test_law_of_the_day_as_known_on_the_day(day: str, known: str, entwurf: bool, expected: str) -> None:
    assert amount(day, known, entwurf=entwurf) == expected


def test_proof_names_wording_source_and_standing() -> None:
    steps = {step.name: step for step in evaluate(DATED, on=date(2026, 8, 1)).proof}
    assert (steps["p"].source, steps["p"].standing) == ("Zweite Fassung", "verabschiedet")
    assert steps["ziel"].norm == "§ 2 ProbeG n. F."


def test_day_before_the_law_begins_is_refused() -> None:
    with pytest.raises(
        FactError, match=r"Für den 31\.12\.2024 ist kein Recht hinterlegt; es beginnt am 01\.01\.2025\."
    ):
        amount("2024-12-31")


def test_period_is_split_where_the_law_changes() -> None:
    engine = Engine(regelwerk(DATED, HEAD + "  zeitraum: {monate: 12, norm: § 3 ProbeG}\n"))
    parts = engine.periods({}, on=date(2025, 10, 17))
    assert [(p.start.isoformat(), p.until.isoformat(), p.result.values["ziel"]) for p in parts] == [
        ("2025-10-01", "2025-12-31", "10.00"),
        ("2026-01-01", "2026-06-30", "20.00"),
        ("2026-07-01", "2026-09-30", "40.00"),
    ]
    drafts = engine.periods({}, on=date(2026, 10, 1), entwurf=True)
    assert [p.start.isoformat() for p in drafts] == ["2026-10-01", "2027-01-01"]
    assert len(engine.periods({}, on=date(2026, 10, 1))) == 1


def test_without_a_period_there_are_no_parts() -> None:
    assert Engine(regelwerk("regeln:\n" + rule("1"))).periods({}, on=date(2025, 1, 1)) == ()
