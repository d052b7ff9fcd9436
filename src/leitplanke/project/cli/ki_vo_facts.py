"""Propose facts on the EU AI Act from free descriptions; needs no database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from leitplanke.base.commands import GermanCommand
from leitplanke.project.cli.rules import TARGET, in_german, refuse_same

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(cls=GermanCommand)
@click.option("--cases", required=True, type=FILE, help="Beschreibungen als JSON-Zeilen mit id und text.")
@click.option("--output", required=True, type=TARGET, help="Datei für die Vorschläge als JSON-Zeilen.")
@click.option("--nur-text", is_flag=True, help="Keine Annahmen: nur, wofür Wörter im Text stehen.")
def facts(*, cases: Path, output: Path, nur_text: bool) -> None:
    """Angaben zu Systemen aus ihrer Beschreibung vorschlagen. Ein Mensch bestätigt jede; was fehlt, ist unbekannt.

    \b
    Beispiel:
      leitplanke ki-vo facts --cases beschreibungen.jsonl --output angaben.jsonl
      leitplanke ki-vo classify --cases angaben.jsonl --output einstufungen.jsonl
    """
    refuse_same(cases, output)
    count = failed = 0
    try:
        with (
            cases.open(encoding="utf-8-sig", errors="replace") as source,
            output.open("w", encoding="utf-8", errors="backslashreplace") as target,
        ):
            for place, line in enumerate(source, 1):
                if line.strip():
                    found = _proposed(line, place, nur_text=nur_text)
                    target.write(json.dumps(found, ensure_ascii=False) + "\n")
                    count, failed = count + 1, failed + ("error" in found)
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {in_german(error)}") from None
    click.echo(f"{count} Beschreibungen gelesen, {failed} davon mit Fehler, in {output}.", err=True)


def _proposed(line: str, place: int, *, nur_text: bool) -> dict[str, Any]:
    from leitplanke.core.aiact.lines import LineError
    from leitplanke.core.aiact.vorschlag import Basis, failed_proposal, propose_line

    try:
        found = propose_line(line)
    except LineError as error:
        message = f"Zeile {place}: {error}"
        click.echo(message, err=True)
        return failed_proposal(line, message)
    if nur_text:
        found["passages"] = [row for row in found["passages"] if row["basis"] == Basis.TEXT]
        found["facts"] = {row["fact"]: row["value"] for row in found["passages"]}
    return found
