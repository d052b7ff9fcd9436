"""Simulate a Regelwerk over many cases."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from leitplanke.base.commands import GermanCommand
from leitplanke.project.cli.rules import refuse_same, write

if TYPE_CHECKING:
    import polars as pl

    from leitplanke.core.rules import Engine, Regelwerk
    from leitplanke.core.rules.compiling import State
    from leitplanke.core.rules.simulate import Simulation
    from leitplanke.core.rules.summary import Summary

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
TARGET = click.Path(dir_okay=False, path_type=Path)
DRAFT = "DRAFT"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"„{text}“ ist kein Tag; Beispiel: 2025-01-01.") from None


def _settings(pairs: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign or not name or not value:
            raise click.BadParameter(f"„{pair}“: Erwartet wird NAME=WERT.")
        found[name] = value
    return found


@click.command(cls=GermanCommand)
@click.argument("name", metavar="NAME")
@click.option("--input", "source", type=FILE, help="Fälle als CSV oder Parquet, eine Spalte je Angabe und „id“.")
@click.option("--erzeugen", type=click.IntRange(1, 100_000_000), help="Statt einer Datei: so viele erfundene Fälle.")
@click.option("--seed", type=int, default=1, show_default="1", help="Startwert der erfundenen Fälle.")
@click.option("--persons", "items", type=FILE, help="Einträge der Liste (Personen), verbunden über „id“.")
@click.option("--date", "on", required=True, help="Maßgeblicher Tag, zum Beispiel 2025-01-01.")
@click.option("--output", "target", required=True, type=TARGET, help="Ergebnis als .csv oder .parquet.")
@click.option("--set", "settings", multiple=True, metavar="NAME=WERT", help="Einen Parameter ändern; mehrfach möglich.")
@click.option(
    "--urteil", "judgements", multiple=True, metavar="NAME=WERT", help="Ein Urteil vorgeben, sonst durchspielen."
)
@click.option("--against", metavar="TAG|DRAFT", help="Mit einem anderen Tag oder dem Entwurf vergleichen.")
@click.option("--values", help="Werte mit Komma; sonst das Ziel des Regelwerks.")
@click.option("--ebene", default="", help="Land oder Satzung, zum Beispiel musterstadt.")
@click.option("--summary", "report", type=TARGET, help="Zusammenfassung als JSON.")
@click.option("--plot", type=TARGET, help="Bild der Zusammenfassung als .png oder .svg.")
def simulate(**options: Any) -> None:
    """Ein Regelwerk auf viele Fälle anwenden, auf Wunsch im Vergleich mit anderem Recht.

    Gerechnet wird genau, in Stücken: Die Datei darf größer sein als der Speicher. --set ändert das Recht des Tages;
    --against stellt Spalten mit der Endung __vergleich daneben: das unveränderte Recht eines anderen Tages oder, mit
    DRAFT, den Entwurf. „Mehr“ und „weniger“ heißt: mehr oder weniger als im Vergleich.

    \b
    Beispiele:
      leitplanke rules simulate wohngeld --input haushalte.parquet --date 2025-01-01 --output ergebnis.parquet
      leitplanke rules simulate wohngeld --erzeugen 100000 --date 2027-01-01 --against DRAFT --output e.csv --plot e.png
    """
    _run(Options(**options))


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for on the command line."""

    name: str
    source: Path | None
    erzeugen: int | None
    seed: int
    items: Path | None
    on: str
    target: Path
    settings: tuple[str, ...]
    judgements: tuple[str, ...]
    against: str | None
    values: str | None
    ebene: str
    report: Path | None
    plot: Path | None


def _run(options: Options) -> None:
    from leitplanke.core.rules import Engine, RulesError, load
    from leitplanke.core.rules.library import find

    if (options.source is None) == (options.erzeugen is None):
        raise click.UsageError("Bitte entweder --input mit einer Datei oder --erzeugen mit einer Zahl angeben.")
    for source in (options.source, options.items):
        for target in (options.target, options.report, options.plot):
            refuse_same(source, target)
    try:
        engine = Engine(load(find(options.name), ebene=options.ebene))
        for summary in _simulated(engine, options):
            _tell(summary)
    except RulesError as error:
        raise click.ClickException(str(error)) from None


def _simulated(engine: Engine, options: Options) -> list[Summary]:
    """Simulate, write what was asked for, and return the figures."""
    from leitplanke.core.rules.simulate_files import made_up, refuse_shared_ids, scan

    wanted = tuple(options.values.split(",")) if options.values else engine.regelwerk.ziel
    state = _state(_day(options.on), options.settings)
    runs = _runs(engine, state, options.against, wanted, _settings(options.judgements))
    frame = scan(options.source) if options.source else made_up(engine.regelwerk, options.erzeugen or 0, options.seed)
    if options.source:
        _name_unread(engine.regelwerk, options.source)
        refuse_shared_ids(frame, options.source.name)
    _write(runs, frame, options.items, options.target)
    summaries = _summaries(runs, frame, options.target)
    if options.report:
        text = json.dumps([_plain(item) for item in summaries], ensure_ascii=False, indent=2)
        write(options.report, text)
    if options.plot:
        _plot(summaries, engine.regelwerk, options.plot)
    return summaries


def _name_unread(regelwerk: Regelwerk, file: Path, level: str = "") -> None:
    """Say which columns of a file change nothing: a mistyped one would pass as unknown in each case."""
    from leitplanke.core.rules.simulate_files import scan, unread_columns

    for name, meant in unread_columns(regelwerk, scan(file), level).items():
        hint = f" Gemeint ist vielleicht „{meant}“." if meant else ""
        click.echo(f"{file.name}: Die Spalte „{name}“ wird nicht gelesen.{hint}", err=True)


def _state(day: date, settings: tuple[str, ...]) -> State:
    from leitplanke.core.rules.compiling import State

    try:
        overrides = tuple(sorted((name, Decimal(value)) for name, value in _settings(settings).items()))
    except InvalidOperation:
        raise click.BadParameter("--set braucht eine Zahl, zum Beispiel mindestbetrag=15.") from None
    return State(day, overrides=overrides)


def _runs(
    engine: Engine, state: State, against: str | None, values: tuple[str, ...], judgements: dict[str, str]
) -> dict[str, Simulation]:
    """Return the simulations by the suffix of their columns."""
    from leitplanke.core.rules.compiling import State
    from leitplanke.core.rules.simulate import Simulation
    from leitplanke.core.rules.summary import AGAINST

    runs = {"": Simulation(engine, state, values, judgements=judgements)}
    if against:
        drafted = against.upper() == DRAFT
        other = State(state.on if drafted else _day(against), entwurf=drafted)
        runs[AGAINST] = Simulation(engine, other, values, judgements=judgements)
    return runs


def _write(runs: dict[str, Simulation], frame: pl.LazyFrame, items: Path | None, target: Path) -> None:
    from tqdm import tqdm

    from leitplanke.core.rules import FactError
    from leitplanke.core.rules.simulate_files import rows_of, simulate_table

    simulation = runs[""]
    lists = tuple(simulation.engine.program(simulation.state).lists)
    if items and len(lists) != 1:
        raise FactError(f"--persons geht nur, wo es genau eine Liste gibt; hier: {', '.join(lists) or 'keine'}.")
    if items:
        _name_unread(simulation.regelwerk, items, lists[0])
    with tqdm(total=rows_of(frame) * len(runs), desc="Rechnen", unit=" Fall", unit_scale=True, disable=None) as bar:

        def advance(rows: int) -> None:
            bar.update(rows)

        simulate_table(runs, frame, target, items={lists[0]: items} if items else {}, progress=advance)


def _summaries(runs: dict[str, Simulation], frame: pl.LazyFrame, target: Path) -> list[Summary]:
    from leitplanke.core.rules.simulate_files import scan
    from leitplanke.core.rules.summary import summarise_table

    simulation = runs[""]
    columns = [name for name in scan(target).collect_schema().names() if name != "id"]
    targets = [name for name in columns if not name.endswith("__vergleich")]
    return [summarise_table(scan(target), frame, name, simulation.regelwerk.simulation) for name in targets]


def _plain(summary: Summary) -> dict[str, Any]:
    tables = {"dezile": summary.by_decile, "gruppen": summary.by_group}
    return {
        "wert": summary.target,
        "ergebnis": summary.total,
        "vergleich": summary.against,
        **{name: None if table is None else table.to_dicts() for name, table in tables.items()},
    }


def _plot(summaries: list[Summary], regelwerk: Regelwerk, file: Path) -> None:
    from leitplanke.core.rules.plots import picture

    kind = file.suffix.removeprefix(".")
    if kind not in {"png", "svg"}:
        raise click.BadParameter("--plot schreibt .png oder .svg.")
    rule = regelwerk.regeln.get(summaries[0].target)
    group = regelwerk.fact(regelwerk.simulation.gruppen)
    title = f"{regelwerk.titel.de}: {rule.titel.de if rule else summaries[0].target}"
    file.write_bytes(picture(summaries[0], title, kind, group=group.titel.de if group else "Gruppe"))


def _tell(summary: Summary) -> None:
    figures = summary.total
    click.echo(
        f"{summary.target}: {figures['faelle']:.0f} Fälle, davon {figures['mit_anspruch']:.0f} über 0; "
        f"zusammen {figures['summe']:.2f}, im Mittel {figures['mittel']:.2f}"
    )
    if summary.against is not None:
        change = figures["summe"] - summary.against["summe"]
        click.echo(f"  gegenüber dem Vergleich: {change:+.2f}")
        table = summary.by_decile if summary.by_decile is not None else summary.by_group
        if table is not None:
            click.echo(f"  bekommen mehr: {table['gewinner'].sum()}, bekommen weniger: {table['verlierer'].sum()}")
