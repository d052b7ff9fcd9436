"""The vectorised interpreter says exactly what the one for single cases says."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitplanke.core.rules import Engine, numbers
from leitplanke.core.rules.graph import Op
from leitplanke.core.rules.vector import VECTOR
from tests.core.rules import tabellen

RECHNEN, LISTEN = cache(tabellen.rechnen), cache(tabellen.listen)
_TYPES = {
    "betrag": pl.Decimal(20, 2), "fein": pl.Decimal(20, 6), "satz": pl.Decimal(20, 1), "grenze": pl.Decimal(20, 2),
    "lohn": pl.Decimal(20, 2), "vermutet": pl.Int64, "zaehlt": pl.Boolean, "geboren": pl.Date, "alter": pl.Int64,
    "id": pl.Int64,
}  # fmt: skip


def _frame(rows: list[dict[str, Any]], names: list[str]) -> pl.DataFrame:
    return pl.DataFrame({n: pl.Series(n, [row[n] for row in rows], dtype=_TYPES.get(n)) for n in names})


def _tables(households: list[dict[str, Any]]) -> tuple[pl.DataFrame, dict[str, pl.DataFrame]]:
    cases = _frame([{"id": n, "grenze": h["grenze"]} for n, h in enumerate(households)], ["id", "grenze"])
    items = {}
    for name, fields in (("personen", ["lohn", "zaehlt", "geboren"]), ("kinder", ["alter"])):
        rows = [{"id": n, **entry} for n, household in enumerate(households) for entry in household[name]]
        items[name] = _frame(rows, ["id", *fields])
    return cases, items


@settings(max_examples=60, deadline=None)
@given(st.lists(tabellen.ZEILE, min_size=1, max_size=30))
def test_rows_come_to_the_same_as_single_cases(rows: list[dict[str, Any]]) -> None:
    found = tabellen.vektoriell(RECHNEN(), _frame(rows, list(rows[0])), {})
    assert found == [tabellen.exakt(RECHNEN(), row) for row in rows]


@settings(max_examples=40, deadline=None)
@given(st.lists(tabellen.ZEILE, min_size=1, max_size=10))
def test_a_presumed_column_may_be_left_out(rows: list[dict[str, Any]]) -> None:
    names = [name for name in rows[0] if name != "vermutet"]
    found = tabellen.vektoriell(RECHNEN(), _frame(rows, names), {})
    assert found == [tabellen.exakt(RECHNEN(), row | {"vermutet": None}) for row in rows]


@settings(max_examples=60, deadline=None)
@given(st.lists(tabellen.HAUSHALT, min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_lists_in_any_order_come_to_the_same_as_single_cases(households: list[dict[str, Any]], random: Any) -> None:
    cases, items = _tables(households)
    shuffled = {name: frame[random.sample(range(frame.height), frame.height)] for name, frame in items.items()}
    found = tabellen.vektoriell(LISTEN(), cases, shuffled)
    assert found == [tabellen.exakt(LISTEN(), household) for household in households]


_BIG = st.integers(-(2**62), 2**62)


@settings(max_examples=300, deadline=None)
@given(_BIG, _BIG, st.integers(1, 10**6), st.integers(1, 2**62), st.sampled_from(numbers.MODES), st.booleans())
def test_products_beyond_64_bits_are_rounded_exactly(
    one: int, other: int, up: int, by: int, mode: str, variable: bool
) -> None:
    expected = numbers.divided(one * other * up, by, mode)
    if abs(expected) >= 2**63:
        return
    bounds = ((-(2**62), 2**62), (-(2**62), 2**62), (1, 2**62), (-(2**63), 2**63))
    op = Op("muldiv", 3, (0, 1, 2) if variable else (0, 1), (up, 1 if variable else by, mode))
    view: list[Any] = [np.array([one]), np.array([other]), np.array([by]), None]
    VECTOR["muldiv"](op, bounds)(view)
    assert int(view[3][0]) == expected


@settings(max_examples=300, deadline=None)
@given(st.integers(-(2**62), 2**62), st.integers(1, 2**62), st.sampled_from(numbers.MODES), st.booleans())
def test_quotients_of_wide_numbers_are_rounded_exactly(number: int, by: int, mode: str, variable: bool) -> None:
    bounds = ((-(2**62), 2**62), (1, 2**62), (-(2**62), 2**62))
    op = Op("div", 2, (0, 1) if variable else (0,), (1 if variable else by, mode))
    view: list[Any] = [np.array([number]), np.array([by]), None]
    VECTOR["div"](op, bounds)(view)
    assert int(np.asarray(view[2]).reshape(-1)[0]) == numbers.divided(number, by, mode)


@settings(max_examples=300, deadline=None)
@given(_BIG, _BIG, st.integers(1, 10**12), st.integers(1, 10**12), st.sampled_from(["lt", "le", "eq"]))
def test_comparisons_of_wide_numbers_are_exact(one: int, other: int, ka: int, kb: int, kind: str) -> None:
    bounds = ((-(2**62), 2**62), (-(2**62), 2**62), (0, 1))
    view: list[Any] = [np.array([one]), np.array([other]), None]
    VECTOR[kind](Op(kind, 2, (0, 1), (ka, kb)), bounds)(view)
    expected = {"lt": one * ka < other * kb, "le": one * ka <= other * kb, "eq": one * ka == other * kb}[kind]
    assert bool(np.asarray(view[2]).reshape(-1)[0]) == expected


def test_long_tables_are_worked_off_in_chunks_without_a_seam() -> None:
    random = np.random.default_rng(3)
    rows = 70_001
    cases = pl.DataFrame({"id": np.arange(rows), "grenze": random.integers(0, 900, rows)})
    people = pl.DataFrame(
        {
            "id": random.integers(0, rows, rows),
            "lohn": random.integers(-500, 500, rows),
            "geboren": pl.Series(np.full(rows, 4000)).cast(pl.Int32).cast(pl.Date),
        }
    )
    people = people.filter(pl.col("id").cum_count().over("id") <= 4)
    found = tabellen.vektoriell(
        LISTEN(), cases, {"personen": people, "kinder": people.head(0).select("id", alter="id")}
    )
    groups = people.group_by("id").agg("lohn")
    wages = dict(zip(groups["id"], groups["lohn"], strict=True))
    for row in (0, 1, 4095, 4096, 8191, 8192, 16383, 16384, 32767, 32768, 65535, 65536, rows - 1):
        assert found[row]["alles"] == 100 * sum(wages.get(row, []))


def _fault(engine: Engine, cases: pl.DataFrame, items: dict[str, pl.DataFrame] | None = None) -> str:
    from leitplanke.core.rules import FactError

    with pytest.raises(FactError) as error:
        tabellen.vektoriell(engine, cases, items or {})
    return str(error.value)


def test_items_without_a_case_and_too_many_items_are_named() -> None:
    cases, items = _tables([{"grenze": Decimal(1), "personen": [], "kinder": []}] * 3)
    one = {"lohn": [Decimal("1.00")], "zaehlt": [True], "geboren": [tabellen.TAG]}
    stray = pl.DataFrame({"id": [77], **one}, schema_overrides=_TYPES)
    assert "77" in _fault(LISTEN(), cases, items | {"personen": stray})
    many = pl.DataFrame({"id": [2] * 5, **{k: v * 5 for k, v in one.items()}}, schema_overrides=_TYPES)
    message = _fault(LISTEN(), cases, items | {"personen": many})
    assert "Der Fall „2“ hat 5 Einträge" in message
    assert "möglich sind 4" in message


def test_ids_may_be_text_and_numbers_in_the_other_table_fit() -> None:
    household = {"grenze": Decimal(1), "kinder": []}
    person = {"lohn": Decimal("2.50"), "zaehlt": True, "geboren": tabellen.TAG}
    cases, items = _tables([household | {"personen": []}, household | {"personen": [person]}])
    found = tabellen.vektoriell(LISTEN(), cases.with_columns(pl.col("id").cast(pl.String)), items)
    assert [row["alles"] for row in found] == [0, 250]


@pytest.mark.parametrize(
    ("name", "values", "told"),
    [
        ("stufe", [2, 9], "Spalte „stufe“, Zeile 2: 9 liegt nicht zwischen 2 und 5"),
        ("betrag", ["1", "1.234"], "Spalte „betrag“, Zeile 2"),
        ("betrag", [0.5, 0.123], "Spalte „betrag“, Zeile 2"),
        ("wahr", ["ja", "vielleicht"], "Spalte „wahr“, Zeile 2: „vielleicht“ ist nicht ja oder nein"),
        ("art", ["zwei", "vier"], "Spalte „art“, Zeile 2: „vier“ ist nicht eins, zwei, drei"),
        ("beginn", ["2020-01-31", "31.1.2020"], "Spalte „beginn“, Zeile 2"),
        ("ganz", ["1", ""], "Spalte „ganz“, Zeile 2"),
        ("ganz", [1, None], "Für „ganz“ fehlen Werte"),
    ],
)
def test_values_that_do_not_fit_are_named_with_their_row(name: str, values: list[Any], told: str) -> None:
    row = {
        "ganz": 1, "stufe": 2, "teiler": 3, "betrag": Decimal(1), "fein": Decimal(1), "satz": Decimal(1), "wahr": True,
        "art": "eins", "beginn": tabellen.TAG, "ende": tabellen.TAG, "vermutet": None,
    }  # fmt: skip
    frame = _frame([row, row], list(row)).with_columns(pl.Series(name, values))
    assert told in _fault(RECHNEN(), frame)
