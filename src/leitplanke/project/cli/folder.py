"""Search and ask over a plain folder of documents, without a database; and the text that quotes refer to."""

from __future__ import annotations

from pathlib import Path

import click

from leitplanke.core.retrieval.extract import ExtractionError, extract
from leitplanke.project.cli.german import GermanCommand


@click.command(cls=GermanCommand)
@click.argument("file", metavar="DATEI", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--hinweise", is_flag=True, help="Auffälligkeiten beim Lesen auf die Fehlerausgabe schreiben.")
def text(file: Path, *, hinweise: bool) -> None:
    """Den Text einer Datei zeigen. Auf ihn beziehen sich Anfang und Ende jedes Zitats, gezählt in Unicode-Zeichen.

    \b
    Beispiel:
      leitplanke text satzung.pdf
    """
    try:
        document = extract(file.name, file.read_bytes())
    except ExtractionError as error:
        raise click.ClickException(f"{file}: {error.message}") from None
    click.echo(document.text, nl=False)
    for hinweis in document.findings if hinweise else ():
        click.echo(f"Hinweis: {hinweis}", err=True)
