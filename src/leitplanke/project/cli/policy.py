"""Commands on profiles of guidelines; none of them needs a database."""

from __future__ import annotations

import json
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
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(cls=GermanCommand)
@click.option(
    "--profile", "path", default=None, type=PROFILE, help="Datei oder Ordner; sonst das mitgelieferte Profil."
)
@click.option("--facts", required=True, type=FILE, help="Angaben als JSON-Objekt.")
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
        found = explained(Policy(_profile(path)), stated)
    except FactError as error:
        raise click.ClickException(str(error)) from None
    click.echo(json.dumps(found.as_json(), ensure_ascii=False, indent=2, default=str))


@click.command(cls=GermanCommand)
@click.option(
    "--profile", "path", default=None, type=PROFILE, help="Datei oder Ordner; sonst das mitgelieferte Profil."
)
def check(*, path: Path | None) -> None:
    """Ein Profil lesen und seine Fälle nachrechnen. Rückgabe 1, wenn etwas nicht stimmt.

    \b
    Beispiel:
      leitplanke policy check --profile profil.yaml
    """
    from leitplanke.core.policy import run_cases

    profile = _profile(path)
    results = run_cases(profile)
    for one in results:
        if not one.passed:
            expected = "greifen" if one.case.applies else "nicht greifen"
            click.echo(
                f"Klausel {one.clause.number}: sollte {expected} bei {json.dumps(dict(one.case.facts))}", err=True
            )
    failed = sum(not one.passed for one in results)
    click.echo(f"{profile.title}: {len(profile.clauses)} Klauseln, {len(results)} Fälle, {failed} weichen ab.")
    if failed:
        raise click.exceptions.Exit(1)


def _profile(path: Path | None) -> Profile:
    from leitplanke.core.policy import ProfileError, load_profile

    try:
        return load_profile(path or resources.files("leitplanke.content") / "leitlinien/standard")
    except ProfileError as error:
        raise click.ClickException(str(error)) from None


def _facts(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise click.ClickException(f"{path}: {in_german(error)}") from None
    except ValueError as error:
        raise click.ClickException(f"{path}: kein gültiges JSON ({error}).") from None
    if not isinstance(found, dict):
        raise click.ClickException(f'{path}: erwartet ein Objekt, zum Beispiel {{"datenklasse": "intern"}}.')
    return found


@click.group(
    cls=LazyGroup,
    name="policy",
    lazy={
        "explain": (f"{HERE}:explain", "Sagen, was die Leitlinie zu einem Aufruf sagt"),
        "check": (f"{HERE}:check", "Ein Profil lesen und seine Fälle nachrechnen"),
    },
)
def policy() -> None:
    """Leitlinie: Profile prüfen und befragen.

    \b
    Beispiel:
      leitplanke policy check
    """
