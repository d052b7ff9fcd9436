"""Commands about applications; none of them needs a database."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from leitplanke.base.commands import LazyGroup
from leitplanke.project.cli.rules import refuse_same, write

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
TARGET = click.Path(dir_okay=False, path_type=Path)


@click.group(cls=LazyGroup)
def antrag() -> None:
    """Anträge: Fälle eines anderen Fachverfahrens vergleichen.

    \b
    Beispiel:
      leitplanke antrag vergleichen --verfahren wohngeld --faelle faelle.csv --ausgabe befunde.csv
    """


@antrag.command("vergleichen")
@click.option("--verfahren", required=True, metavar="NAME", help="Das Verfahren, zum Beispiel wohngeld.")
@click.option("--faelle", "source", required=True, type=FILE, help="Fälle als CSV (Semikolon) oder JSON.")
@click.option("--ausgabe", "target", required=True, type=TARGET, help="Befunde als .csv oder .json.")
@click.option("--kommune", "ebene", default="", metavar="KURZNAME", help="Land oder Satzung, etwa musterstadt.")
@click.option("--stichtag", metavar="TAG", help="Maßgeblicher Tag für Fälle, die keinen nennen; sonst heute.")
def vergleichen(*, verfahren: str, source: Path, target: Path, ebene: str, stichtag: str | None) -> None:
    """Fälle eines führenden Fachverfahrens nachrechnen und die Unterschiede ausgeben.

    Die Datei nennt je Zeile „id“, die Angaben, und in „fv_betrag“ und „fv_ergebnis“, wozu das Fachverfahren kam.
    Gespeichert wird nichts. Rückgabe: 0 = verglichen, auch wenn es Unterschiede gibt, 1 = die Datei ist nicht lesbar.

    \b
    Beispiele:
      leitplanke antrag vergleichen --verfahren wohngeld --faelle faelle.csv --ausgabe befunde.csv
      leitplanke antrag vergleichen --verfahren hundesteuer --kommune musterstadt --faelle f.json --ausgabe b.json
    """
    from leitplanke.core.rules import Engine, RulesError, load
    from leitplanke.core.rules.library import find
    from leitplanke.core.verfahren.comparison import LABELS, ComparisonFileError, compare, counts
    from leitplanke.core.verfahren.comparison_files import as_csv, as_json, read_cases

    refuse_same(source, target)
    day = _day(stichtag)
    try:
        engine = Engine(load(find(verfahren), ebene=ebene))
        found = compare(engine, read_cases(engine.regelwerk, source.read_bytes(), day))
    except ComparisonFileError as error:
        raise click.ClickException("\n".join(f"{source.name}: {line}" for line in error.errors)) from None
    except RulesError as error:
        raise click.ClickException(str(error)) from None
    # Spreadsheets know UTF-8 by its mark.
    write(target, as_json(found) if target.suffix == ".json" else f"\ufeff{as_csv(found)}")
    for finding, number in counts(found).items():
        if number:
            click.echo(f"{LABELS[finding]}: {number}")


def _day(text: str | None) -> date:
    try:
        return date.fromisoformat(text) if text else date.today()  # noqa: DTZ011 - the day where the command runs
    except ValueError:
        raise click.BadParameter(f"„{text}“ ist kein Tag; Beispiel: 2026-01-01.", param_hint="--stichtag") from None
