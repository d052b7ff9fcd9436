"""Pseudonymised copies of documents on the command line; no database is needed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from leitplanke.base.commands import GermanCommand
from leitplanke.project.cli.rules import TARGET, day_of, in_german, refuse_same

if TYPE_CHECKING:
    from leitplanke.base.documents.pseudonymising.key_file import Secret

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_SECRETS = (
    click.option(
        "--passphrase-file", type=FILE, help="Datei, deren erste Zeile die Passphrase ist; sonst wird gefragt."
    ),
    click.option(
        "--town-key", type=FILE, help="Statt der Passphrase: Datei mit dem Schlüssel der Stadt (32 Bytes oder mehr)."
    ),
)


def _with_secret(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(_SECRETS):
        command = option(command)
    return command


@click.command(cls=GermanCommand)
@click.argument("file", type=FILE)
@click.option("--output", "target", required=True, type=TARGET, help="Wohin die Kopie geschrieben wird.")
@click.option(
    "--key", "key", required=True, type=TARGET, help="Wohin der Schlüssel geschrieben wird; er bleibt im Haus."
)
@_with_secret
def pseudonymise(*, file: Path, target: Path, key: Path, passphrase_file: Path | None, town_key: Path | None) -> None:
    """Eine pseudonymisierte Kopie von FILE (DOCX, PDF, XLSX, CSV, Text) und den Schlüssel dazu schreiben.

    Pseudonymisiert ist nicht anonym. Wer den Schlüssel und seine Passphrase hat, kann alles rückgängig machen.

    \b
    Beispiel:
      leitplanke privacy pseudonymise widerspruch.docx --output kopie.docx --key kopie.key.json
    """
    from leitplanke.base.documents.pseudonymising.service import pseudonymise_document

    refuse_same(file, target)
    refuse_same(file, key)
    if key.exists():
        raise click.ClickException(
            f"{key} gibt es schon. Wer einen Schlüssel überschreibt, verliert die Namen seiner Kopie."
        )
    _same_ending(file, target)
    with _told():
        secret = _secret(passphrase_file, town_key, is_new=True)
        made = pseudonymise_document(file.read_bytes(), file.name, secret=secret, day=day_of(None))
        _write_private(key, made.key)
        target.write_bytes(made.data)
    for label, count in made.counts.items():
        click.echo(f"{label}: {count}")
    for warning in made.warnings:
        click.echo(f"Hinweis: {warning}", err=True)


@click.command(cls=GermanCommand)
@click.argument("file", type=FILE)
@click.option("--key", "key", required=True, type=FILE, help="Der Schlüssel, der mit der Kopie entstand.")
@click.option("--output", "target", required=True, type=TARGET, help="Wohin die Datei mit den Namen geschrieben wird.")
@click.option("--changed", is_flag=True, help="Die Datei ist sicher der veränderte Text derselben Kopie.")
@_with_secret
def restore(
    *, file: Path, key: Path, target: Path, changed: bool, passphrase_file: Path | None, town_key: Path | None
) -> None:
    """Die Namen in eine pseudonymisierte Datei (FILE) zurückholen.

    \b
    Beispiele:
      leitplanke privacy restore kopie.docx --key kopie.key.json --output widerspruch.docx
      leitplanke privacy restore antwort.txt --key kopie.key.json --output antwort-mit-namen.txt --changed
    """
    from leitplanke.base.documents.pseudonymising.service import OtherCopyError, open_key, restore_document

    refuse_same(file, target)
    refuse_same(key, target)
    _same_ending(file, target)
    with _told():
        opened = open_key(key.read_bytes(), _secret(passphrase_file, town_key, is_new=False))
        try:
            made = restore_document(file.read_bytes(), file.name, opened, day=day_of(None), changed=changed)
        except OtherCopyError as error:
            raise click.ClickException(f"{error} Dann mit --changed.") from None
        _write_private(target, made.data)
    click.echo(f"{made.restored} Stellen wiederhergestellt.")
    if made.unknown:
        click.echo(f"Hinweis: Unbekannt und unverändert: {', '.join(made.unknown)}", err=True)


@contextmanager
def _told() -> Iterator[None]:
    """Turn what can go wrong into one German line."""
    from leitplanke.base.documents.printing import PrintError
    from leitplanke.base.documents.pseudonymising.key_file import KeyFileError
    from leitplanke.core.retrieval.extract import ExtractionError

    try:
        yield
    except (ExtractionError, KeyFileError, PrintError) as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {in_german(error)}") from None


def _secret(passphrase_file: Path | None, town_key: Path | None, *, is_new: bool) -> Secret:
    from leitplanke.base.documents.pseudonymising.key_file import Passphrase, TownKey

    if passphrase_file and town_key:
        raise click.UsageError("Bitte nur eines nennen: --passphrase-file oder --town-key.")
    if town_key:
        return TownKey(town_key.read_bytes())
    if passphrase_file:
        lines = passphrase_file.read_text(encoding="utf-8-sig").splitlines()
        return Passphrase(lines[0] if lines else "")
    asked: str = click.prompt(
        "Passphrase", hide_input=True, err=True, confirmation_prompt="Passphrase wiederholen" if is_new else False
    )
    return Passphrase(asked)


def _same_ending(file: Path, target: Path) -> None:
    if file.suffix.lower() != target.suffix.lower():
        raise click.UsageError(
            f"Das Ergebnis ist von derselben Art: Bitte --output mit der Endung {file.suffix} nennen."
        )


def _write_private(path: Path, data: bytes) -> None:
    """Write what only the person who runs this may read."""
    with open(path, "wb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write(data)
