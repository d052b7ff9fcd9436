"""Days that are known: from decisions, or read off the calendar by the text of the law. The cases are data."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from leitplanke.core.rules.german import day as german_day
from leitplanke.core.verfahrensrecht import (
    Belehrung,
    Dauer,
    Einheit,
    Fristart,
    Rechtsbehelfsart,
    Weg,
    bekanntgabe,
    frist_ende,
    rechtsbehelfsfrist,
    verfahrensrecht,
)

CASES = yaml.safe_load((Path(__file__).parent / "faelle.yaml").read_text(encoding="utf-8"))
ON = date(2025, 6, 1)


def named(kind: str) -> list[Any]:
    return [pytest.param(case, id=f"{case['recht']}: {case['fall']}") for case in CASES[kind]]


def test_every_case_has_a_source() -> None:
    assert all(case["quelle"] for kind in CASES.values() for case in kind)


@pytest.mark.parametrize("case", named("bekanntgaben"))
def test_bekanntgabe_is_on_the_known_day(case: dict[str, Any]) -> None:
    found = bekanntgabe(
        verfahrensrecht(case["recht"], "NW", ON),
        case["am"],
        Weg(case["weg"]),
        "NW",
        abgerufen_am=case.get("abgerufen"),
        zugegangen_am=case.get("zugegangen"),
    )
    assert found.am == case["erwartet"]
    assert found.norm in found.erklaerung
    if found.am:
        assert german_day(found.am) in found.erklaerung


@pytest.mark.parametrize("case", named("fristen"))
def test_deadline_ends_on_the_known_day(case: dict[str, Any]) -> None:
    number, unit = case["dauer"].split()
    found = frist_ende(
        verfahrensrecht(case["recht"], "NW", ON),
        case["ab"],
        Dauer(int(number), Einheit(unit)),
        case["land"],
        Fristart(case["art"]),
    )
    assert found.am == case["erwartet"]
    assert german_day(found.am) in found.erklaerung
    assert found.norm in found.erklaerung


@pytest.mark.parametrize("case", named("rechtsbehelfe"))
def test_remedy_is_in_time_until_the_known_day(case: dict[str, Any]) -> None:
    law = verfahrensrecht(case["recht"], "NW", ON)
    remedy = law.rechtsbehelf(Rechtsbehelfsart(case["art"]), case["gebiet"])
    found = rechtsbehelfsfrist(remedy, case["bekannt"], "NW", Belehrung(case["belehrung"]))
    assert found.am == case["erwartet"]
    assert remedy.frist_norm in found.norm or remedy.ohne_belehrung_norm in found.norm
