"""Reckon a plan: read or make up the cases, apply the rules, sum up, draw, and write all of it into a folder."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from leitplanke.apps.simulation.labels import labels_of
from leitplanke.apps.simulation.limits import MOST_ITEMS
from leitplanke.apps.simulation.plan import CASES, RESULT, SUMMARY, Plan
from leitplanke.apps.simulation.tables import exact_numbers, read_rows
from leitplanke.core.cells import safe_cell
from leitplanke.core.rules import Engine, FactError, Regelwerk
from leitplanke.core.rules.model import Angabe
from leitplanke.core.rules.population import population
from leitplanke.core.rules.simulate import ID
from leitplanke.core.rules.summary import AGAINST, Summary, summarise

MOST_PICTURES = 12
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Cases:
    """The tables of a simulation, and which of their columns no rule knows."""

    rows: pl.DataFrame
    items: dict[str, pl.DataFrame]
    unused: list[str]


@dataclass(frozen=True, slots=True)
class Target:
    """One column of the result: a value, under one answer to each judgement that was played through."""

    column: str
    name: str
    judgements: dict[str, int]


def compute(plan: Plan, regelwerk: Regelwerk, source: Path, target: Path, progress: Progress) -> None:
    """Reckon `plan` with the tables in `source` and write everything into `target`.

    `progress` is told how many cases are done and how many there are in all.

    Raises:
        FactError: a table or value does not fit; names column, row and value.
    """
    engine = Engine(regelwerk)
    cases = _cases(plan, regelwerk, source)
    result = _applied(plan, engine, cases, progress)
    result.write_parquet(target / f"{RESULT}.parquet")
    _for_spreadsheets(result).write_csv(target / f"{RESULT}.csv", separator=";")
    sheet = Sheet(result, cases.rows, regelwerk, target)
    summary = {
        "faelle": result.height,
        "unbenutzte_spalten": cases.unused,
        "ergebnis_sha256": hashlib.sha256((target / f"{RESULT}.csv").read_bytes()).hexdigest(),
        "werte": [sheet.shown(wanted, number) for number, wanted in enumerate(_targets(plan, engine), 1)],
        **labels_of(plan, engine),
    }
    (target / SUMMARY).write_text(json.dumps(summary, ensure_ascii=False, indent=2), "utf-8")


def _for_spreadsheets(result: pl.DataFrame) -> pl.DataFrame:
    """Return a result whose names of cases, which somebody brought, no spreadsheet takes for formulas."""
    if result.schema.get(ID) != pl.String:
        return result
    return result.with_columns(pl.col(ID).map_elements(safe_cell, return_dtype=pl.String))


def _cases(plan: Plan, regelwerk: Regelwerk, source: Path) -> Cases:
    if plan.count:
        return Cases(population(regelwerk, plan.count, plan.seed), {}, [])
    shapes = {name: angabe.shape for name in _fact_names(regelwerk) if (angabe := regelwerk.fact(name))}
    rows = read_rows(_file(source, CASES), plan.files[CASES])
    if not rows.height:
        raise FactError(f"„{plan.files[CASES]}“ enthält keine Fälle.")
    unused = [name for name in rows.columns if name != ID and name not in shapes and name not in regelwerk.ermessen]
    rows = exact_numbers(rows, shapes)
    if ID not in rows.columns:
        rows = rows.with_row_index(ID, offset=1)
    items = {}
    for name, called in plan.files.items():
        if name != CASES:
            fields = {part.name: part.shape for part in _list(regelwerk, name).felder}
            items[name] = exact_numbers(read_rows(_file(source, name), called, MOST_ITEMS), fields)
            unused += [f"{name}.{column}" for column in items[name].columns if column not in {ID, *fields}]
    return Cases(rows, items, unused)


def _fact_names(regelwerk: Regelwerk) -> list[str]:
    return [*regelwerk.angaben, *(name for name, rule in regelwerk.regeln.items() if rule.eingebbar)]


def _list(regelwerk: Regelwerk, name: str) -> Angabe:
    if name not in regelwerk.angaben:
        raise FactError(f"Eine Liste „{name}“ kennt dieses Regelwerk nicht.")
    return regelwerk.angaben[name]


def _file(folder: Path, name: str) -> Path:
    found = sorted(folder.glob(f"{name}.*"))
    if not found:
        raise FactError("Die hochgeladene Tabelle ist nicht mehr da. Bitte laden Sie sie noch einmal hoch.")
    return found[0]


def _applied(plan: Plan, engine: Engine, cases: Cases, progress: Progress) -> pl.DataFrame:
    """Return the columns of both laws side by side."""
    runs = plan.simulations(engine)
    done, total = 0, 0

    def advance(rows: int) -> None:
        nonlocal done
        done += rows
        progress(done, total)

    # Each combination of judgements goes over all cases once more.
    total = cases.rows.height * sum(len(run.scenarios(engine.program(run.state))) for run in runs.values())
    progress(0, total)
    try:
        frames = {suffix: run.run(cases.rows, cases.items, advance) for suffix, run in runs.items()}
    except FactError as error:
        counted = " Gezählt wird ohne die Kopfzeile." if "Zeile" in str(error) else ""
        raise FactError(f"{error}{counted}") from None
    result = frames[""]
    for suffix, frame in frames.items():
        if suffix:
            names = {name: f"{name}{suffix}" for name in frame.columns if name != ID}
            result = pl.concat([result, frame.drop(ID, strict=False).rename(names)], how="horizontal")
    return result


def _targets(plan: Plan, engine: Engine) -> Iterator[Target]:
    run = plan.simulations(engine)[""]
    for scenario in run.scenarios(engine.program(run.state)):
        answered = {name: value for name, value in scenario.judgements.items() if name not in plan.judgements}
        for name in plan.values:
            yield Target(f"{name}{scenario.suffix}", name, answered)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The columns of the result beside the cases, and where pictures go."""

    result: pl.DataFrame
    rows: pl.DataFrame
    regelwerk: Regelwerk
    folder: Path

    def shown(self, target: Target, number: int) -> dict[str, Any]:
        """Return the figures of one column, its pictures drawn."""
        summary = self._summary(target)
        drawn = number <= MOST_PICTURES and (summary.by_decile is not None or summary.by_group is not None)
        if drawn:
            self._draw(summary, target, number)
        return {
            "spalte": target.column,
            "wert": target.name,
            "urteile": {name: _answer(self.regelwerk, name, value) for name, value in target.judgements.items()},
            "ergebnis": summary.total,
            "vergleich": summary.against,
            **_changes(self.result, target.column),
            "dezile": None if summary.by_decile is None else summary.by_decile.to_dicts(),
            "gruppen": None if summary.by_group is None else summary.by_group.to_dicts(),
            "bild": number if drawn else None,
        }

    def _summary(self, target: Target) -> Summary:
        asked = self.regelwerk.simulation
        columns = {name: self.rows[name] for name in (asked.dezile, asked.gruppen) if name in self.rows.columns}
        groups = _in_order(columns.get(asked.gruppen))
        return summarise(self.result, target.column, deciles=columns.get(asked.dezile), groups=groups)

    def _draw(self, summary: Summary, target: Target, number: int) -> None:
        rule = self.regelwerk.regeln.get(target.name)
        group = self.regelwerk.fact(self.regelwerk.simulation.gruppen)
        title = f"{self.regelwerk.titel.de}: {rule.titel.de if rule else target.name}"
        for kind in ("svg", "png"):
            # Only where something is drawn: matplotlib takes longer to load than all of a small page.
            from leitplanke.core.rules.plots import picture  # noqa: PLC0415

            drawn = picture(summary, title, kind, group=group.titel.de if group else "Gruppe")
            (self.folder / f"bild-{number}.{kind}").write_bytes(drawn)


def _in_order(groups: pl.Series | None) -> pl.Series | None:
    """Return groups that are numbers as numbers: 2 goes before 10."""
    if groups is None or groups.dtype != pl.String:
        return groups
    numbers = groups.str.strip_chars().cast(pl.Int64, strict=False)
    return numbers if numbers.null_count() == groups.null_count() else groups


def _changes(result: pl.DataFrame, column: str) -> dict[str, Any]:
    """Return how many get more and less than before, and how much that is."""
    if f"{column}{AGAINST}" not in result.columns:
        return {}
    change = result[column].cast(pl.Float64) - result[f"{column}{AGAINST}"].cast(pl.Float64)
    more, less = change.filter(change > 0), change.filter(change < 0)
    return {
        "mehr": {"faelle": len(more), "summe": more.sum()},
        "weniger": {"faelle": len(less), "summe": less.sum()},
        "gleich": {"faelle": len(change) - len(more) - len(less)},
    }


def _answer(regelwerk: Regelwerk, name: str, value: int) -> Any:
    shape = regelwerk.ermessen[name].shape
    return shape.optionen[value] if shape.optionen else bool(value)
