"""What would change a result, and what another day or another amount would bring."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitplanke.core.rules import Engine, load_texts
from leitplanke.core.rules.whatif import compare_law, nearest_changes

TEXT = """
regelwerk: {name: zuschuss, titel: Zuschuss, beschreibung: Probe, gesetz: ZG, ziel: [zuschuss], gilt_ab: 2024-01-01}
angaben:
  einkommen: {typ: Betrag, von: 0, bis: 5000, titel: Einkommen}
  kinder: {typ: Ganzzahl, von: 0, bis: 9, titel: Kinder}
  wohnt_hier: {typ: Wahrheitswert, titel: Wohnt hier}
parameter:
  grenze:
    typ: Betrag
    titel: Grenze
    norm: § 1 ZG
    werte:
      - {ab: 2024-01-01, wert: 1000}
      - {ab: 2025-01-01, wert: 1200}
      - {ab: 2026-01-01, status: entwurf, wert: 1500}
regeln:
  zuschuss:
    typ: Betrag
    titel: Zuschuss
    norm: § 2 ZG
    formel: max(0, grenze + 100 * kinder - einkommen) if wohnt_hier else 0
ergebnis:
  - {name: ja, titel: Bewilligung, art: bewilligung, norm: § 2 ZG, wenn: zuschuss > 0}
  - {name: nein, titel: Ablehnung, art: ablehnung, norm: § 2 ZG, wenn: zuschuss == 0}
"""
ENGINE = Engine(load_texts({"regelwerk.yaml": TEXT}))
DAY = date(2024, 6, 1)


def changes(facts: dict[str, object], target: str = "ergebnis") -> dict[str, object]:
    return {change.fact: change.needed for change in nearest_changes(ENGINE.evaluate(facts, on=DAY), target)}


def test_nearest_change_of_each_fact_turns_the_outcome() -> None:
    found = changes({"einkommen": "1250.00", "kinder": 0, "wohnt_hier": True})

    assert found == {"einkommen": "999.99", "kinder": 3}


def test_a_truth_can_be_what_matters() -> None:
    assert changes({"einkommen": "10", "kinder": 0, "wohnt_hier": False}) == {"wohnt_hier": True}


def test_nothing_is_told_where_no_single_fact_helps() -> None:
    assert changes({"einkommen": "3000", "kinder": 0, "wohnt_hier": False}) == {}


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 500_000), st.integers(0, 9), st.booleans())
def test_every_change_told_really_turns_the_outcome(cents: int, kinder: int, wohnt_hier: bool) -> None:
    facts: dict[str, object] = {"einkommen": Decimal(cents) / 100, "kinder": kinder, "wohnt_hier": wohnt_hier}
    before = ENGINE.evaluate(facts, on=DAY).outcomes[0][0].name

    for fact, needed in changes(facts).items():
        assert ENGINE.evaluate({**facts, fact: needed}, on=DAY).outcomes[0][0].name != before


@pytest.mark.parametrize(
    ("options", "after"),
    [
        ({"after": date(2025, 1, 1)}, "700.00"),
        ({"after": date(2026, 1, 1), "entwurf": True}, "1000.00"),
        ({"after": DAY, "overrides": {"grenze": Decimal(900)}}, "400.00"),
    ],
)
def test_two_states_of_the_law_side_by_side(options: dict[str, object], after: str) -> None:
    facts = {"einkommen": 500, "kinder": 0, "wohnt_hier": True}
    found = compare_law(ENGINE, facts, before=DAY, **options)  # type: ignore[arg-type]

    assert [(item.name, item.before, item.after) for item in found] == [("zuschuss", "500.00", after)]


def test_law_that_says_the_same_differs_in_nothing() -> None:
    facts = {"einkommen": 500, "kinder": 0, "wohnt_hier": True}

    assert compare_law(ENGINE, facts, before=date(2025, 1, 1), after=date(2026, 1, 1)) == ()
