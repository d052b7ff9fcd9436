"""Simulations over tables and files: the same whatever the format and however large the pieces."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from leitplanke.core.rules import Engine, FactError, load_texts, simulate_files
from leitplanke.core.rules.compiling import State
from leitplanke.core.rules.library import find
from leitplanke.core.rules.loading import load
from leitplanke.core.rules.population import population
from leitplanke.core.rules.simulate import Simulation
from leitplanke.core.rules.simulate_files import made_up, scan, simulate_table
from leitplanke.core.rules.summary import summarise
from tests.core.rules import tabellen
from tests.core.rules.small import HAUSHALT

ROWS = 700


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simulate_files, "PIECE", 100)
    monkeypatch.setattr(simulate_files, "_PIECE_WITH_LISTS", 60)


@pytest.fixture(scope="module")
def tables() -> tuple[pl.DataFrame, dict[str, pl.DataFrame]]:
    random = np.random.default_rng(5)
    cases = pl.DataFrame({"id": np.arange(ROWS), "grenze": random.integers(0, 900, ROWS)})
    ids = np.repeat(np.arange(ROWS), random.integers(0, 5, ROWS))
    people = pl.DataFrame(
        {
            "id": ids,
            "lohn": random.integers(-50_000, 50_000, len(ids)),
            "geboren": pl.Series(random.integers(0, 20_000, len(ids))).cast(pl.Int32).cast(pl.Date),
        }
    ).with_columns((pl.col("lohn").cast(pl.Decimal(18, 2)) / 100).cast(pl.Decimal(18, 2)))
    children = pl.DataFrame({"id": [3, 3, ROWS - 1], "alter": [4, 19, 7]})
    return cases, {"personen": people, "kinder": children}


def _simulation() -> Simulation:
    return Simulation(tabellen.listen(), State(tabellen.TAG), ("summe", "alles", "zahl", "eine", "kindheit"), True)


def _written(folder: Path, frames: dict[str, pl.DataFrame], ending: str) -> dict[str, Path]:
    files = {}
    for name, frame in frames.items():
        files[name] = folder / f"{name}.{ending}"
        frame.write_parquet(files[name]) if ending == "parquet" else frame.write_csv(files[name], separator=";")
    return files


def _ran(folder: Path, frames: dict[str, pl.DataFrame], ending: str) -> pl.DataFrame:
    files = _written(folder, frames, ending)
    cases = files.pop("faelle")
    target = folder / "ergebnis.parquet"
    simulate_table({"": _simulation()}, scan(cases), target, items=files)
    return pl.read_parquet(target)


def test_a_file_in_pieces_gives_the_same_as_a_table_at_once(
    tmp_path: Path, tables: tuple[pl.DataFrame, dict[str, pl.DataFrame]], small_pieces: None
) -> None:
    cases, items = tables
    assert _ran(tmp_path, {"faelle": cases, **items}, "parquet").equals(_simulation().run(cases, items))


def test_csv_gives_the_same_as_parquet(tmp_path: Path, tables: tuple[pl.DataFrame, dict[str, pl.DataFrame]]) -> None:
    cases, items = tables
    found = _ran(tmp_path, {"faelle": cases, **items}, "csv")
    assert found.drop("id").equals(_simulation().run(cases, items).drop("id"))


def test_small_files_need_no_order(tmp_path: Path, tables: tuple[pl.DataFrame, dict[str, pl.DataFrame]]) -> None:
    cases, items = tables
    backwards = {name: frame.reverse() for name, frame in {"faelle": cases, **items}.items()}
    found = _ran(tmp_path, backwards, "parquet")
    assert found.sort("id").equals(_simulation().run(cases, items))


@pytest.mark.parametrize(("which", "told"), [("faelle", "Große Dateien mit Listen"), ("personen", "„personen“ muss")])
def test_large_files_out_of_order_are_refused(
    tmp_path: Path, tables: tuple[pl.DataFrame, dict[str, pl.DataFrame]], small_pieces: None, which: str, told: str
) -> None:
    frames = {"faelle": tables[0], **tables[1]}
    frames[which] = frames[which].reverse()
    with pytest.raises(FactError, match=told):
        _ran(tmp_path, frames, "parquet")


@pytest.mark.parametrize("stray", [ROWS, 10 * ROWS])
def test_items_behind_the_last_case_are_refused_in_large_files_too(
    tmp_path: Path, tables: tuple[pl.DataFrame, dict[str, pl.DataFrame]], small_pieces: None, stray: int
) -> None:
    cases, items = tables
    more = pl.concat([items["kinder"], pl.DataFrame({"id": [stray], "alter": [3]})])
    with pytest.raises(FactError, match=f"Zur Kennung „{stray}“ gibt es keinen Fall"):
        _ran(tmp_path, {"faelle": cases, **items, "kinder": more}, "parquet")


def test_a_failed_simulation_leaves_no_file(tmp_path: Path) -> None:
    (tmp_path / "faelle.csv").write_text("id;grenze\n1;5\n2;viel\n", encoding="utf-8")
    simulation = Simulation(tabellen.listen(), State(tabellen.TAG), ("alles",))
    with pytest.raises(FactError, match="Zeile 2"):
        simulate_table({"": simulation}, scan(tmp_path / "faelle.csv"), tmp_path / "ergebnis.csv")
    assert [file.name for file in tmp_path.iterdir()] == ["faelle.csv"]


def _households() -> tuple[pl.DataFrame, dict[str, pl.DataFrame]]:
    cases = pl.DataFrame({"id": [1, 2], "art": ["miete", "eigen"]})
    born = [date(1980, 1, 1)] * 2
    people = pl.DataFrame({"id": [1, 2], "einkommen_jahr": [Decimal(3600), Decimal(12000)], "geboren": born})
    return cases, {"personen": people}


def test_an_open_judgement_is_played_through() -> None:
    engine = Engine(load_texts({"regelwerk.yaml": HAUSHALT}))
    found = Simulation(engine, State(tabellen.TAG), ("zuschuss_monat",), True).run(*_households())
    assert found.columns == [
        "id",
        *(f"{name}__haertefall_{answer}" for answer in ("nein", "ja") for name in ("zuschuss_monat", "ergebnis")),
    ]
    assert found["zuschuss_monat__haertefall_nein"].to_list() == [Decimal(70), Decimal(0)]
    assert found["zuschuss_monat__haertefall_ja"].to_list() == [Decimal(100), Decimal(100)]
    assert found["ergebnis__haertefall_nein"].to_list() == ["bewilligt", "abgelehnt"]


def test_a_judgement_given_beforehand_is_taken() -> None:
    engine = Engine(load_texts({"regelwerk.yaml": HAUSHALT}))
    given: dict[str, Any] = {"haertefall": True}
    found = Simulation(engine, State(tabellen.TAG), ("zuschuss_monat",), judgements=given).run(*_households())
    assert found["zuschuss_monat"].to_list() == [Decimal(100), Decimal(100)]


def test_a_judgement_is_no_column() -> None:
    engine = Engine(load_texts({"regelwerk.yaml": HAUSHALT}))
    cases, items = _households()
    with pytest.raises(FactError, match="„haertefall“ ist ein Urteil"):
        Simulation(engine, State(tabellen.TAG), ("zuschuss_monat",)).run(
            cases.with_columns(haertefall=pl.lit(True)), items
        )


def test_the_same_seed_gives_the_same_people_and_another_one_others(small_pieces: None) -> None:
    regelwerk = load(find("wohngeld"))
    people = made_up(regelwerk, 250, 7).collect()
    assert people.equals(made_up(regelwerk, 250, 7).collect())
    assert not people.equals(made_up(regelwerk, 250, 8).collect())
    assert people["id"].to_list() == list(range(1, 251))
    assert population(regelwerk, 100, 7).equals(people.head(100))


def test_four_facts_of_wohngeld_need_no_list_of_persons() -> None:
    engine = Engine(load(find("wohngeld")))
    people = population(engine.regelwerk, 60, 3)
    found = Simulation(engine, State(tabellen.TAG), ("wohngeld_monat", "miete_monat")).run(people)
    for row, amount in zip(people.drop("id").iter_rows(named=True), found["wohngeld_monat"], strict=True):
        assert engine.evaluate(row, on=tabellen.TAG).values["wohngeld_monat"] == str(amount)


def test_a_summary_counts_cost_winners_and_losers() -> None:
    result = pl.DataFrame({"id": [1, 2, 3, 4], "betrag": [0, 100, 50, 30], "betrag__vergleich": [10, 80, 50, 0]})
    found = summarise(result, "betrag", deciles=pl.Series([1.0, 2.0, 3.0, 4.0]), groups=pl.Series(["a", "a", "b", "b"]))
    assert (found.total["faelle"], found.total["mit_anspruch"], found.total["summe"]) == (4, 3, 180)
    assert found.total["mittel"] == pytest.approx(60)
    assert found.against is not None
    assert found.against["summe"] == 140
    assert found.by_group is not None
    rows = found.by_group.select("gruppe", "gewinner", "verlierer", "differenz").rows()
    assert rows == [("a", 1, 1, 10.0), ("b", 1, 0, 30.0)]


def test_an_empty_cell_never_counts_as_the_least_that_is_possible(tmp_path: Path) -> None:
    rows = pl.DataFrame(
        {
            "id": [1, 2], "haushaltsmitglieder": [1, None], "mietenstufe": [1, 1], "bruttokaltmiete_monat": [335, 335],
            "gesamteinkommen_monat": [1162, 1162],
        }
    )  # fmt: skip
    simulation = Simulation(Engine(load(find("wohngeld"))), State(date(2025, 1, 1)), ("wohngeld_monat",))
    for some in (rows, rows[1:]):
        with pytest.raises(FactError, match="Für „haushaltsmitglieder“ fehlen Werte"):
            simulation.run(some)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", b"", "ist leer oder keine lesbare CSV-Datei"),
        ("a.parquet", b"PAR?" * 99, "ist leer oder keine lesbare PARQUET-Datei"),
        ("a.csv", b"id,a,a\n1,2,3\n", "Die Spalte „a“ steht zweimal da"),
    ],
)
def test_a_file_that_is_none_is_told_in_german(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(FactError, match=words):
        scan(tmp_path / name)
