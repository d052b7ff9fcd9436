"""The rules commands: Regelwerke as data, read, checked and run without database or Django."""

from __future__ import annotations

import errno
import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from leitplanke.base.commands import GermanCommand, LazyGroup

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from leitplanke.core.rules import Regelwerk

HERE = "leitplanke.project.cli.rules"
_CAUSES = {
    errno.ENOENT: "Den Ordner oder die Datei gibt es nicht.",
    errno.EACCES: "Dazu fehlt das Recht.",
    errno.ENOSPC: "Der Datenträger ist voll.",
    errno.EROFS: "Dort darf nichts geschrieben werden.",
}
TARGET = click.Path(dir_okay=False, path_type=Path)
EBENE = click.option("--ebene", default="", help="Ebene, die Offenes füllt, etwa die Satzung einer Stadt.")
ENTWURF = click.option("--entwurf", is_flag=True, help="Auch Recht einbeziehen, das erst Entwurf ist.")


def folder_of(name: str) -> Traversable:
    """Return the folder of a Regelwerk: one that comes with the content, by name, or any other, by path.

    Raises:
        click.ClickException: there is none.
    """
    from leitplanke.core.rules import RulesError
    from leitplanke.core.rules.library import find

    try:
        return find(name)
    except RulesError as error:
        raise click.ClickException(str(error)) from None


def load_named(name: str, ebene: str = "", *, checked: bool = True) -> Regelwerk:
    """Load a Regelwerk with its layer; those that come with the content are known to be sound and need no `checked`.

    Raises:
        click.ClickException: it cannot be used; names every place.
    """
    from leitplanke.core.rules import RegelwerkError, load
    from leitplanke.core.rules.library import shipped

    try:
        folder = folder_of(name)
        return load(folder, ebene=ebene, checked=checked or name not in shipped())
    except RegelwerkError as error:
        raise click.ClickException(str(error)) from None


def complete(regelwerk: Regelwerk, name: str) -> Regelwerk:
    """Return the Regelwerk if nothing in it waits for a layer.

    Raises:
        click.ClickException: something is open; says which layers there are.
    """
    from leitplanke.core.rules import layers_of
    from leitplanke.core.rules.checking import open_names

    if open_names(regelwerk):
        offered = ", ".join(layers_of(folder_of(name))) or "keine"
        raise click.ClickException(f"„{name}“ braucht eine Ebene: --ebene NAME. Vorhanden: {offered}.")
    return regelwerk


def day_of(text: object) -> date:
    """Read a day, today where none is given.

    Raises:
        click.BadParameter: it is none.
    """
    if text is None:
        return date.today()  # noqa: DTZ011 - the calendar day where the command runs
    try:
        return date.fromisoformat(text if isinstance(text, str) else "")
    except ValueError:
        raise click.BadParameter(f"{text!r} ist kein Datum der Form JJJJ-MM-TT.") from None


@click.command("list", cls=GermanCommand)
@click.option("--json", "as_json", is_flag=True, help="Als JSON ausgeben.")
def list_(*, as_json: bool) -> None:
    """Alle Regelwerke zeigen, die mitgeliefert sind.

    \b
    Beispiel:
      leitplanke rules list
    """
    from leitplanke.core.rules.library import shipped

    entries = [_entry(folder) for folder in shipped().values()]
    if as_json:
        click.echo(json.dumps(entries, ensure_ascii=False, indent=1))
        return
    if not entries:
        click.echo("Es ist kein Regelwerk hinterlegt.")
    for entry in entries:
        click.echo(f"{entry['name']}: {entry['titel']}, {entry['gesetz']}, ab {entry['gilt_ab']}")
        layers = f"; Ebenen: {', '.join(entry['ebenen'])}" if entry["ebenen"] else ""
        click.echo(f"    {entry['regeln']} Regeln, {entry['faelle']} Fälle{layers}")


def _entry(folder: Traversable) -> dict[str, Any]:
    from leitplanke.core.rules import RegelwerkError, layers_of, load

    try:
        book = load(folder, checked=False)
    except RegelwerkError as error:
        raise click.ClickException(f"{folder.name}: {error}") from None
    return {
        "name": folder.name,
        "titel": book.titel.de,
        "gesetz": book.gesetz,
        "gilt_ab": book.gilt_ab.isoformat(),
        "ziel": list(book.ziel),
        "ebenen": list(layers_of(folder)),
        "regeln": len(book.regeln),
        "faelle": len(book.faelle),
    }


@click.command(cls=GermanCommand)
@click.argument("names", metavar="[NAME]...", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Als JSON ausgeben.")
def check(names: tuple[str, ...], *, as_json: bool) -> None:
    """Regelwerke prüfen: alle Dateien, jeden Rechtsstand, jede Ebene, alle Fälle. Endet mit 1, wenn etwas nicht stimmt.

    \b
    Beispiele:
      leitplanke rules check
      leitplanke rules check wohngeld ./mein_regelwerk --json
    """
    from tqdm import tqdm

    from leitplanke.core.rules.library import shipped

    wanted = list(names) or list(shipped())
    reports = [_checked(name) for name in tqdm(wanted, desc="Prüfen", unit=" Regelwerk", disable=None, leave=False)]
    if as_json:
        click.echo(json.dumps(reports, ensure_ascii=False, indent=1))
    else:
        for report in reports:
            good = "✗" if report["findings"] else "✓"
            click.echo(f"{good} {report['name']}: {report['faelle']} Fälle, {report['gut']} wie erwartet")
            for line in report["findings"]:
                click.echo(f"    {line}")
    if any(report["findings"] for report in reports):
        raise click.exceptions.Exit(1)


def _checked(name: str) -> dict[str, Any]:
    from leitplanke.core.rules import RegelwerkError, layers_of, load
    from leitplanke.core.rules.cases import run_cases

    folder = folder_of(name)
    findings: list[str] = []
    layered = {}
    for ebene in ("", *layers_of(folder)):
        try:
            layered[ebene] = load(folder, ebene=ebene)
        except RegelwerkError as error:
            where = f" (Ebene {ebene})" if ebene else ""
            findings += [f"{finding}{where}" for finding in error.findings]
            if not ebene:
                break  # every layer would only say the same again
    found = run_cases(layered[""], layered.__getitem__) if not findings else ()
    for case in found:
        place = f"{case.fall.place.file}:{case.fall.place.line}"
        findings += [f"{place}: „{case.fall.name}“: {text}" for text in case.differences]
    good = sum(case.ok for case in found)
    return {"name": name, "ebenen": list(layered), "faelle": len(found), "gut": good, "findings": findings}


@click.command(cls=GermanCommand)
@click.argument("name", metavar="NAME")
@EBENE
@ENTWURF
@click.option("--date", "day", default=None, help="Rechtsstand (JJJJ-MM-TT), sonst heute.")
@click.option("--svg", type=TARGET, help="Datei für ein Bild des Regelwerks.")
def show(name: str, *, ebene: str, entwurf: bool, day: str | None, svg: Path | None) -> None:
    """Ein Regelwerk zum Lesen ausgeben: was gefragt wird, was das Recht festlegt, was daraus folgt.

    \b
    Beispiele:
      leitplanke rules show wohngeld
      leitplanke rules show hundesteuer --ebene musterstadt --date 2025-01-01 --svg hundesteuer.svg
    """
    from leitplanke.core.rules.reading_view import reading_view

    book, on = load_named(name, ebene), day_of(day)
    click.echo(reading_view(book, on))
    if svg is not None:
        from leitplanke.core.rules.picture import picture

        write(svg, picture(book, on, entwurf=entwurf, standalone=True))


def write(file: Path, text: str) -> None:
    """Write a file.

    Raises:
        click.ClickException: that is not possible.
    """
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"{file} lässt sich nicht schreiben: {in_german(error)}") from None


def in_german(error: OSError) -> str:
    """Return why a file cannot be read or written."""
    return _CAUSES.get(error.errno or 0, error.strerror or str(error))


def refuse_same(source: Path | None, target: Path | None) -> None:
    """Refuse to write over what is being read.

    Raises:
        click.UsageError: both are the same file.
    """
    if source is not None and target is not None and target.exists() and target.samefile(source):
        raise click.UsageError(f"{target} ist die Eingabe; bitte eine andere Datei für das Ergebnis nennen.")


@click.group(
    cls=LazyGroup,
    lazy={
        "list": (f"{HERE}:list_", "Alle mitgelieferten Regelwerke zeigen"),
        "check": (f"{HERE}:check", "Regelwerke prüfen und alle Fälle rechnen"),
        "show": (f"{HERE}:show", "Ein Regelwerk zum Lesen ausgeben, auch als Bild"),
        "run": (f"{HERE}_cases:run", "Fälle aus einer Datei rechnen"),
        "explain": (f"{HERE}_cases:explain", "Einen Fall rechnen und in Sätzen begründen"),
        "simulate": (f"{HERE}_simulate:simulate", "Viele Fälle rechnen, auch im Vergleich mit anderem Recht"),
        "diff": (f"{HERE}_cases:diff", "Zwei Regelwerke, Rechtsstände oder Ergebnisse vergleichen"),
    },
)
def rules() -> None:
    """Regelwerke: Recht als Daten, geprüft, gerechnet und begründet.

    \b
    Beispiele:
      leitplanke rules check
      leitplanke rules run wohngeld --cases faelle.jsonl --output ergebnisse.jsonl
    """
