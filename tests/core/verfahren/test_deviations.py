"""What a person decided first against what the rules say."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitplanke.core.verfahren.deviations import (
    Deviation,
    DeviationKind,
    FirstDecision,
    Norm,
    RulesSay,
    deviations,
    norms_in,
)

GRANTED = RulesSay(
    arten=("bewilligung",),
    low=Decimal("312.00"),
    high=Decimal("312.00"),
    normen={"Wohngeld": "§ 19 WoGG", "Miete": "§ 11 Abs. 1 und 3 WoGG"},
    urteile={"Missbrauch": "§ 21 Nr. 3 WoGG"},
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("§ 19 WoGG", ["§ 19 WoGG"]),
        ("§ 11 Abs. 1 und 3 WoGG", ["§ 11 WoGG"]),
        ("§ 5 Abs. 1 Satz 2 Nr. 3 WoGG, § 60 SGB I", ["§ 5 WoGG", "§ 60 SGB I"]),
        ("§§ 13 bis 15a WoGG", ["§ 13 WoGG", "§ 14 WoGG", "§ 15 WoGG", "§ 15a WoGG"]),
        ("§ 12 Abs. 2 bis 5 WoGG, Anlage zu § 1 Abs. 3 WoGV", ["§ 12 WoGG", "§ 1 WoGV"]),
        (
            "§§ 4, 5 und 6 der Hundesteuersatzung",
            ["§ 4 Hundesteuersatzung", "§ 5 Hundesteuersatzung", "§ 6 Hundesteuersatzung"],
        ),
        ("§ 19", ["§ 19"]),
        ("nach Aktenlage 2026 und Art. 6 DSGVO", ["§ 6 DSGVO"]),
        ("", []),
        ("Paragraph neunzehn", []),
    ],
)  # fmt: skip
def test_a_citation_is_read_section_by_section(text: str, expected: list[str]) -> None:
    assert [str(norm) for norm in norms_in(text)] == expected


def test_whoever_decides_as_the_rules_say_and_names_every_norm_deviates_nowhere() -> None:
    first = FirstDecision("bewilligung", Decimal(312), ("§ 19 WoGG", "§ 11 WoGG", "§ 21 WoGG"))
    assert deviations(first, GRANTED) == ()


def test_each_kind_of_difference_is_named() -> None:
    first = FirstDecision("ablehnung", Decimal(300), ("§ 19 WoGG, § 99 SGB X",))
    assert deviations(first, GRANTED) == (
        Deviation(DeviationKind.KIND, "ablehnung", "bewilligung"),
        Deviation(DeviationKind.AMOUNT, "300", "312.00"),
        Deviation(DeviationKind.FORGOTTEN, rules="§ 11 WoGG", about="Miete"),
        Deviation(DeviationKind.EXTRA, own="§ 99 SGB X"),
        Deviation(DeviationKind.JUDGEMENT, rules="§ 21 Nr. 3 WoGG", about="Missbrauch"),
    )


def test_an_amount_within_what_is_still_open_is_no_difference() -> None:
    rules = RulesSay(("bewilligung", "ablehnung"), Decimal(0), Decimal(400))
    assert deviations(FirstDecision("ablehnung", Decimal(120)), rules) == ()
    assert [d.kind for d in deviations(FirstDecision("ablehnung", Decimal(401)), rules)] == [DeviationKind.AMOUNT]


def test_a_section_without_its_law_means_that_section() -> None:
    assert Norm("19").meets(Norm("19", "WoGG"))
    assert not Norm("19", "SGB X").meets(Norm("19", "WoGG"))


@given(st.text())
def test_no_text_breaks_the_reading(text: str) -> None:
    assert all(norm.number for norm in norms_in(text))


@given(st.lists(st.integers(1, 300), min_size=1, max_size=6, unique=True))
def test_every_norm_of_the_rules_is_either_named_or_forgotten(numbers: list[int]) -> None:
    rules = RulesSay((), normen={f"Schritt {n}": f"§ {n} WoGG" for n in numbers})
    first = FirstDecision("bewilligung", normen=tuple(f"§ {n} WoGG" for n in numbers[::2]))
    forgotten = {d.rules for d in deviations(first, rules) if d.kind is DeviationKind.FORGOTTEN}
    assert forgotten == {f"§ {n} WoGG" for n in numbers[1::2]}
