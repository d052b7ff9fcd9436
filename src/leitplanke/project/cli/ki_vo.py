"""Commands on the EU AI Act; none of them needs a database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from leitplanke.base.commands import GermanCommand, LazyGroup
from leitplanke.project.cli.rules import TARGET, day_of, in_german, refuse_same

if TYPE_CHECKING:
    from datetime import date

    from leitplanke.core.aiact import KiVerordnung

HERE = "leitplanke.project.cli.ki_vo"
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(cls=GermanCommand)
@click.option("--cases", required=True, type=FILE, help="Systeme als JSON-Zeilen mit id und facts.")
@click.option("--output", required=True, type=TARGET, help="Datei für die Einstufungen als JSON-Zeilen.")
@click.option("--date", "day", default=None, help="Rechtsstand (JJJJ-MM-TT), sonst heute.")
def classify(*, cases: Path, output: Path, day: str | None) -> None:
    """Systeme nach der KI-Verordnung einstufen. Was fehlt, ist unbekannt; es zählt die schlechteste mögliche Klasse.

    \b
    Beispiel:
      leitplanke ki-vo classify --cases systeme.jsonl --output einstufungen.jsonl
    """
    from leitplanke.core.aiact import load_ki_verordnung
    from leitplanke.core.rules import RulesError

    refuse_same(cases, output)
    on = day_of(day)
    count = failed = 0
    try:
        act = load_ki_verordnung()
        act.law_version(on)
        with (
            cases.open(encoding="utf-8-sig", errors="replace") as source,
            output.open("w", encoding="utf-8", errors="backslashreplace") as target,
        ):
            for place, line in enumerate(source, 1):
                if line.strip():
                    found = _answered(act, line, place, on)
                    target.write(json.dumps(found, ensure_ascii=False) + "\n")
                    count, failed = count + 1, failed + ("error" in found)
    except RulesError as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {in_german(error)}") from None
    click.echo(f"{count} Systeme eingestuft, {failed} davon mit Fehler, in {output}.", err=True)


def _answered(act: KiVerordnung, line: str, place: int, on: date) -> dict[str, Any]:
    from leitplanke.core.aiact.lines import LineError, answer_line, failed_line

    try:
        return answer_line(act, line, on=on)
    except LineError as error:
        message = f"Zeile {place}: {error}"
        click.echo(message, err=True)
        return failed_line(line, message)


@click.group(
    cls=LazyGroup,
    name="ki-vo",
    lazy={
        "classify": (f"{HERE}:classify", "Systeme nach der KI-Verordnung einstufen"),
        "facts": ("leitplanke.project.cli.ki_vo_facts:facts", "Angaben aus Beschreibungen vorschlagen"),
    },
)
def ki_vo() -> None:
    """KI-Verordnung: Angaben vorschlagen, Systeme einstufen.

    \b
    Beispiel:
      leitplanke ki-vo classify --cases systeme.jsonl --output einstufungen.jsonl
    """
