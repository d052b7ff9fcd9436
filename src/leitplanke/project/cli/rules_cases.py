"""The rules commands that take cases: run, explain, diff."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from leitplanke.base.commands import GermanCommand
from leitplanke.project.cli.rules import (
    EBENE,
    ENTWURF,
    TARGET,
    complete,
    day_of,
    in_german,
    load_named,
    refuse_same,
    write,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from leitplanke.core.rules import Engine, Result
    from leitplanke.core.rules.diff import Change

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(cls=GermanCommand)
@click.argument("name", metavar="NAME")
@click.option("--cases", required=True, type=FILE, help="Fälle als JSON-Zeilen mit id, date und facts.")
@click.option("--output", required=True, type=TARGET, help="Datei für die Ergebnisse als JSON-Zeilen.")
@EBENE
@ENTWURF
def run(name: str, *, cases: Path, output: Path, ebene: str, entwurf: bool) -> None:
    """Fälle rechnen. Was fehlt, ist unbekannt; was nicht geht, steht als status error in seiner Zeile.

    \b
    Beispiel:
      leitplanke rules run wohngeld --cases faelle.jsonl --output ergebnisse.jsonl
    """
    from tqdm import tqdm

    refuse_same(cases, output)
    engine = _engine(name, ebene)
    count = failed = 0
    try:
        with (
            cases.open(encoding="utf-8-sig", errors="replace") as source,
            output.open("w", encoding="utf-8", errors="backslashreplace") as target,  # half a character stays JSON
        ):
            total = sum(1 for line in source if line.strip())
            source.seek(0)
            lines = ((place, line) for place, line in enumerate(source, 1) if line.strip())
            for place, line in tqdm(lines, total=total, desc="Rechnen", unit=" Fall", disable=None):
                found = _answered(engine, line, place, entwurf=entwurf)
                target.write(json.dumps(found, ensure_ascii=False, default=str) + "\n")
                count, failed = count + 1, failed + (found["status"] == "error")
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {in_german(error)}") from None
    click.echo(f"{count} Fälle gerechnet, {failed} davon mit Fehler, in {output}.", err=True)


def _answered(engine: Engine, line: str, place: int, *, entwurf: bool) -> dict[str, Any]:
    from leitplanke.core.rules import FactError
    from leitplanke.core.rules.answers import answer, failed, read_question

    try:
        question = read_question(line)
    except FactError as error:
        return failed(None, f"Zeile {place}: {error}")
    return answer(engine, question, entwurf=entwurf)


def _engine(name: str, ebene: str) -> Engine:
    from leitplanke.core.rules import Engine

    return Engine(complete(load_named(name, ebene, checked=False), name))


@click.command(cls=GermanCommand)
@click.argument("name", metavar="NAME")
@click.option("--facts", required=True, type=FILE, help="JSON-Datei mit den Angaben, oder ein Fall wie bei run.")
@click.option("--date", "day", default=None, help="Maßgeblicher Tag (JJJJ-MM-TT), sonst der des Falls oder heute.")
@click.option("--kurz", "length", flag_value="kurz", help="Nur Ergebnis und entscheidende Schritte.")
@click.option("--lang", "length", flag_value="lang", default="lang", help="Jeder Schritt mit Norm und Zahlen.")
@click.option("--svg", type=TARGET, help="Datei für ein Bild des Falls.")
@EBENE
@ENTWURF
def explain(
    name: str, *, facts: Path, day: str | None, length: str, svg: Path | None, ebene: str, entwurf: bool
) -> None:
    """Einen Fall rechnen und das Ergebnis in Sätzen begründen.

    \b
    Beispiele:
      leitplanke rules explain wohngeld --facts fall.json --date 2025-01-01
      leitplanke rules explain wohngeld --facts fall.json --kurz --svg fall.svg
    """
    from leitplanke.core.rules.explain import explain as explained

    engine, case = _engine(name, ebene), _case(facts)
    options = _options(case, day, entwurf=entwurf)
    result = _evaluated(engine, case["facts"], options)
    explanation = explained(result, engine.periods(case["facts"], **options))
    click.echo(explanation.short() if length == "kurz" else explanation.long())
    if svg is not None:
        from leitplanke.core.rules.picture import picture_of_case

        write(svg, picture_of_case(result, standalone=True))


def _case(file: Path) -> dict[str, Any]:
    """Read one case: an object with `facts`, or the facts alone.

    Raises:
        click.ClickException: it is no such file.
    """
    from leitplanke.core.rules import FactError
    from leitplanke.core.rules.answers import read_question

    try:
        found = read_question(file.read_text(encoding="utf-8-sig"))
    except (FactError, UnicodeDecodeError) as error:
        raise click.ClickException(
            f"{file}: {error if isinstance(error, FactError) else 'kein Text in UTF-8'}"
        ) from None
    return found if isinstance(found.get("facts"), dict) else {"facts": found}


def _options(case: dict[str, Any], day: str | None, *, entwurf: bool) -> dict[str, Any]:
    known, judgements = case.get("known_on"), case.get("judgements")
    if judgements is not None and not isinstance(judgements, dict):
        raise click.ClickException('„judgements“ muss ein JSON-Objekt sein: {"name": Wert}.')
    return {
        "on": day_of(day or case.get("date")),
        "known_on": None if known is None else day_of(known),
        "judgements": judgements or {},
        "entwurf": entwurf,
    }  # fmt: skip


def _evaluated(engine: Engine, facts: dict[str, Any], options: dict[str, Any]) -> Result:
    from leitplanke.core.rules import RulesError

    try:
        return engine.evaluate(facts, **options)
    except RulesError as error:
        raise click.ClickException(str(error)) from None


@click.command(cls=GermanCommand)
@click.argument("name", metavar="NAME")
@click.argument("other", metavar="[ANDERES]", required=False)
@click.option("--von", "old", default=None, help="Erster Rechtsstand (JJJJ-MM-TT).")
@click.option("--bis", "new", default=None, help="Zweiter Rechtsstand (JJJJ-MM-TT).")
@click.option("--facts", type=FILE, help="JSON-Datei mit den Angaben: Ergebnisse vergleichen statt Recht.")
@click.option("--json", "as_json", is_flag=True, help="Als JSON ausgeben.")
@EBENE
@ENTWURF
def diff(
    name: str, other: str | None, *, old: str | None, new: str | None, facts: Path | None, as_json: bool, ebene: str,
    entwurf: bool,
) -> None:  # fmt: skip
    """Vergleichen: zwei Regelwerke oder zwei Rechtsstände von einem, oder mit --facts die Ergebnisse eines Falls.

    \b
    Beispiele:
      leitplanke rules diff wohngeld --von 2024-12-31 --bis 2025-01-01
      leitplanke rules diff wohngeld ./wohngeld_neu
      leitplanke rules diff wohngeld --von 2025-01-01 --bis 2025-01-01 --entwurf --facts fall.json
    """
    if (other is None) == (old is None and new is None):
        raise click.UsageError("Entweder ein zweites Regelwerk nennen oder zwei Tage mit --von und --bis.")
    engines = [_loaded(book, ebene, whole=facts is not None) for book in (name, other or name)]
    if facts is None:
        found = _of_law(engines, old, new, entwurf=entwurf) if other is None else _of_books(engines)
    else:
        case = _case(facts)
        options = _options(case, old, entwurf=False), _options(case, new, entwurf=entwurf)
        found = _of_results(engines, case["facts"], options)
    if as_json:
        click.echo(json.dumps([change.as_data() for change in found], ensure_ascii=False, indent=1))
    else:
        _tell(found)


def _loaded(name: str, ebene: str, *, whole: bool) -> Engine:
    from leitplanke.core.rules import Engine

    return _engine(name, ebene) if whole else Engine(load_named(name, ebene))


def _of_books(engines: list[Engine]) -> tuple[Change, ...]:
    from leitplanke.core.rules import diff as differences

    return differences.diff(engines[0].regelwerk, engines[1].regelwerk)


def _of_law(engines: list[Engine], old: str | None, new: str | None, *, entwurf: bool) -> tuple[Change, ...]:
    from leitplanke.core.rules import diff as differences

    return differences.diff_days(engines[0].regelwerk, day_of(old), day_of(new), entwurf=entwurf)


def _of_results(
    engines: list[Engine], facts: dict[str, Any], options: tuple[dict[str, Any], dict[str, Any]]
) -> tuple[Change, ...]:
    from leitplanke.core.rules import diff as differences

    return differences.diff_results(*(_evaluated(e, facts, o) for e, o in zip(engines, options, strict=True)))


def _tell(found: tuple[Change, ...]) -> None:
    if not found:
        click.echo("Kein Unterschied.")
    for line in _grouped(found):
        click.echo(line)


def _grouped(found: tuple[Change, ...]) -> Iterator[str]:
    """Yield the differences, those of one thing under its name where there are several."""
    from itertools import groupby

    for (_section, _name), group in groupby(found, key=lambda change: (change.section, change.name)):
        changes = list(group)
        if len(changes) < 3:
            yield from (change.text for change in changes)
            continue
        heading, _, _ = changes[0].text.partition("“")
        yield f"{heading}“ ({len(changes)} Unterschiede)"
        for change in changes:
            key = f"{change.key}: " if change.key else ""
            yield f"    {key}{change.old or 'nichts'} → {change.new or 'nichts'}"
