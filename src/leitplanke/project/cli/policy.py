"""Commands on profiles of guidelines; none of them needs a database."""

from __future__ import annotations

import json
import sys
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from leitplanke.base.commands import GermanCommand, LazyGroup
from leitplanke.project.cli.rules import in_german

if TYPE_CHECKING:
    from leitplanke.core.policy import Profile

HERE = "leitplanke.project.cli.policy"
PROFILE = click.Path(exists=True, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)


@click.command(cls=GermanCommand)
@click.option(
    "--profile", "path", default=None, type=PROFILE, help="Datei oder Ordner; sonst das mitgelieferte Profil."
)
@click.option("--facts", required=True, type=FILE, help="Angaben als JSON-Objekt; - für die Eingabe.")
def explain(*, path: Path | None, facts: Path) -> None:
    """Sagen, was die Leitlinie zu einem Aufruf oder Schritt sagt: Wirkung, Klauseln und Beweis, als JSON.

    \b
    Beispiel:
      leitplanke policy explain --profile profil.yaml --facts angaben.json
    """
    from leitplanke.core.policy import Policy
    from leitplanke.core.policy import explain as explained
    from leitplanke.core.rules import FactError

    stated = _facts(facts)
    try:
        found = explained(Policy(read_profile(path)), stated)
    except FactError as error:
        raise click.ClickException(f"{facts}: {error}") from None
    click.echo(json.dumps(found.as_json(), ensure_ascii=False, indent=2, default=str))


@click.command(cls=GermanCommand)
@click.option(
    "--profile", "path", default=None, type=PROFILE, help="Datei oder Ordner; sonst das mitgelieferte Profil."
)
@click.option("--json", "as_json", is_flag=True, help="Ergebnis als JSON statt zum Lesen.")
def check(*, path: Path | None, as_json: bool) -> None:
    """Ein Profil lesen und seine Fälle nachrechnen. Rückgabe 1, wenn etwas nicht stimmt.

    \b
    Beispiel:
      leitplanke policy check --profile profil.yaml
    """
    from leitplanke.core.policy import run_cases

    profile = read_profile(path)
    results = run_cases(profile)
    failed = [one for one in results if not one.passed]
    if as_json:
        tree = {
            "title": profile.title, "clauses": len(profile.clauses), "cases": len(results),
            "failed": [
                {"number": one.clause.number, "name": one.clause.name, "applies": one.case.applies,
                 "facts": dict(one.case.facts)}
                for one in failed
            ],
        }  # fmt: skip
        click.echo(json.dumps(tree, ensure_ascii=False, indent=2))
    else:
        for one in failed:
            expected = "greifen" if one.case.applies else "nicht greifen"
            facts = json.dumps(dict(one.case.facts), ensure_ascii=False)
            click.echo(f"Klausel {one.clause.number}: sollte {expected} bei {facts}", err=True)
        click.echo(f"{profile.title}: {len(profile.clauses)} Klauseln, {len(results)} Fälle, {len(failed)} weichen ab.")
    if failed:
        raise click.exceptions.Exit(1)


def read_profile(path: Path | None) -> Profile:
    """Read a profile, the one that ships without a path.

    Raises:
        ClickException: it cannot be used; names file, line and what to do.
    """
    from leitplanke.core.policy import ProfileError, load_profile

    try:
        return load_profile(path or resources.files("leitplanke.content") / "leitlinien/standard")
    except ProfileError as error:
        raise click.ClickException(str(error)) from None


def read_text(path: Path) -> str:
    """Read a file, or what is given to the command where the path is `-`.

    Raises:
        ClickException: it cannot be read.
    """
    try:
        if str(path) == "-":
            return sys.stdin.read().removeprefix("\ufeff")
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise click.ClickException(f"{path}: {in_german(error)}") from None
    except UnicodeDecodeError:
        raise click.ClickException(f"{path}: kein Text in UTF-8.") from None


def parsed(text: str, path: Path, line: int = 1) -> Any:
    """Return what a JSON text says; `line` is where it begins in its file.

    Raises:
        ClickException: it is none; names file, line and column.
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        where = f"{path}:{line + error.lineno - 1}"
        raise click.ClickException(
            f"{where}: kein gültiges JSON ab Spalte {error.colno}. Oft fehlt dort ein Anführungszeichen, ein Komma "
            "oder eine Klammer."
        ) from None
    except (ValueError, RecursionError):  # a number of thousands of digits, brackets in thousands
        raise click.ClickException(f"{path}:{line}: zu lange Zahl oder zu tief verschachtelt.") from None


def _facts(path: Path) -> dict[str, Any]:
    found = parsed(read_text(path), path)
    if not isinstance(found, dict):
        raise click.ClickException(f'{path}: erwartet ein Objekt, zum Beispiel {{"datenklasse": "intern"}}.')
    return found


@click.group(
    cls=LazyGroup,
    name="policy",
    lazy={
        "explain": (f"{HERE}:explain", "Sagen, was die Leitlinie zu einem Aufruf sagt"),
        "check": (f"{HERE}:check", "Ein Profil lesen und seine Fälle nachrechnen"),
        "simulate": (f"{HERE}_simulate:simulate", "Viele Fälle durchspielen, auch zwei Profile gegeneinander"),
    },
)
def policy() -> None:
    """Leitlinie: Profile prüfen und befragen.

    \b
    Beispiel:
      leitplanke policy check
    """
