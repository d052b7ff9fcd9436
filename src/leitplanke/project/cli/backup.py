"""Save and bring back an installation: database, files, keys and checkpoints in one archive."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from leitplanke.base.commands import GermanCommand
from leitplanke.project.cli.django_setup import setup_django

if TYPE_CHECKING:
    from leitplanke.project.environment import Paths

FOLDERS = ("dateien", "schluessel")
CHECKPOINTS = "pruefpunkte"
SQLITE_NAME = "leitplanke.sqlite3"
POSTGRES_NAME = "datenbank.dump"


def _dump_database(target: Path) -> None:
    from django.db import connection

    if connection.vendor == "sqlite":
        # SQLite's own backup is consistent while others write.
        with sqlite3.connect(connection.settings_dict["NAME"]) as source, sqlite3.connect(target / SQLITE_NAME) as copy:
            source.backup(copy)
        copy.close()
        source.close()
        return
    _postgres_tool("pg_dump", "--format=custom", f"--file={target / POSTGRES_NAME}")


def _postgres_tool(tool: str, *arguments: str) -> None:
    from django.db import connection

    program = shutil.which(tool)
    if program is None:
        raise click.ClickException(f"Das Programm {tool} fehlt. Unter Debian: apt-get install postgresql-client")
    values = connection.settings_dict
    environment = {
        "PGHOST": str(values["HOST"] or values.get("OPTIONS", {}).get("host", "")),
        "PGPORT": str(values["PORT"] or ""),
        "PGUSER": str(values["USER"] or ""),
        "PGPASSWORD": str(values["PASSWORD"] or ""),
        "PGDATABASE": str(values["NAME"]),
    }
    result = subprocess.run(
        [program, *arguments],
        env={key: value for key, value in environment.items() if value},
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        raise click.ClickException(f"{tool} meldet: {result.stderr.strip()}")


@click.command(cls=GermanCommand)
@click.argument("archive", type=click.Path(dir_okay=False, path_type=Path), metavar="[ARCHIV]", required=False)
def backup(archive: Path | None) -> None:
    """Datenbank, Dateien und Schlüssel in ein Archiv sichern, auch während gearbeitet wird.

    Vorher werden alle Nachweise unterschrieben, die bis dahin entstanden sind.
    Das Archiv enthält Schlüssel und personenbezogene Daten: Bewahren Sie es verschlossen auf.

    \b
    Beispiele:
      leitplanke backup
      leitplanke backup /sicherung/montag.tar.gz
    """
    setup_django()
    from django.conf import settings

    paths: Paths = settings.PATHS
    target = archive or Path(f"leitplanke-{datetime.now(UTC):%Y%m%d-%H%M%S}.tar.gz")
    if not target.parent.is_dir():
        raise click.ClickException(f"Den Ordner {target.parent} gibt es nicht.")
    if _database_present(paths):
        _sign_present()
    with tempfile.TemporaryDirectory() as folder:
        stage = Path(folder)
        # Checkpoints first, then the database, then files: whatever a checkpoint attests is in the database, and
        # whatever the database names is on disk; what comes later does no harm.
        if (paths.data / CHECKPOINTS).exists():
            shutil.copytree(paths.data / CHECKPOINTS, stage / CHECKPOINTS)
        _dump_database(stage)
        draft = target.with_name(target.name + ".neu")
        with tarfile.open(draft, "w:gz") as tar:
            draft.chmod(0o600)
            for file in stage.iterdir():
                tar.add(file, arcname=file.name)
            for name in FOLDERS:
                if (paths.data / name).exists():
                    tar.add(paths.data / name, arcname=name)
        draft.replace(target)
    click.echo(f"Gesichert: {target} ({target.stat().st_size / 1e6:.1f} MB)")


@click.command(cls=GermanCommand)
@click.argument("archive", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="ARCHIV")
@click.option("--ueberschreiben", is_flag=True, help="Vorhandene Daten beiseitelegen und ersetzen.")
def restore(archive: Path, *, ueberschreiben: bool) -> None:
    """Eine Sicherung zurückspielen. Vorhandene Daten werden beiseitegelegt, nicht gelöscht.

    Vorher werden alle vorhandenen Nachweise unterschrieben. Der letzte Prüfpunkt bleibt erhalten: Ist die Sicherung
    älter, sagt das `leitplanke evidence verify`.

    \b
    Beispiel:
      leitplanke restore /sicherung/montag.tar.gz
    """
    setup_django()
    from django.conf import settings

    paths: Paths = settings.PATHS
    database = _database_present(paths)
    if (database or (paths.data / "dateien").exists()) and not ueberschreiben:
        raise click.ClickException(
            f"In {paths.data} liegen schon Daten. Mit --ueberschreiben werden sie beiseitegelegt und ersetzt."
        )
    paths.data.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=paths.data) as folder:
        stage = Path(folder)
        _unpack(archive, stage)
        if database:
            _sign_present()
        _put_in_place(stage, paths.data)
    click.echo("Zurückgespielt. Bitte jetzt ausführen: leitplanke migrate && leitplanke evidence verify")


def _unpack(archive: Path, stage: Path) -> None:
    try:
        with tarfile.open(archive) as tar:
            tar.extractall(stage, filter="data")
    except (tarfile.TarError, OSError, EOFError) as error:
        raise click.ClickException(f"{archive} ist keine lesbare Sicherung: {error}") from None
    if not any((stage / name).exists() for name in (SQLITE_NAME, POSTGRES_NAME)):
        raise click.ClickException(f"{archive} enthält keine Datenbank von Leitplanke.")


def _database_present(paths: Paths) -> bool:
    """Tell whether there is a database to lose; asking must not make one."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return paths.database.exists()
    from leitplanke.base.accounts.models import Mandant

    return Mandant._meta.db_table in connection.introspection.table_names()  # noqa: SLF001 - Django's public name


def _sign_present() -> None:
    """Sign all evidence the present database holds: an archive is a signed state, and what it lacks will be missed."""
    from django.db import DatabaseError

    from leitplanke.base.evidence.sequencer import sign_all

    try:
        for problem in sign_all():
            click.echo(f"Diese vorhandenen Nachweise bleiben, wie sie sind: {problem}", err=True)
    except DatabaseError as error:
        click.echo(
            f"Die vorhandene Datenbank ist nicht lesbar ({error}). Was seit dem letzten Prüfpunkt dazukam, "
            "lässt sich nicht mehr unterschreiben.",
            err=True,
        )


def _put_in_place(stage: Path, data: Path) -> None:
    from django.db import connection

    connection.close()
    aside = data / f"beiseite-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    aside.mkdir(mode=0o700)
    if (stage / POSTGRES_NAME).exists():
        if connection.vendor != "postgresql":
            raise click.ClickException("Die Sicherung ist von PostgreSQL; bitte LEITPLANKE_DATABASE_URL setzen.")
        _postgres_tool("pg_dump", "--format=custom", f"--file={aside / POSTGRES_NAME}")
        _postgres_tool(
            "pg_restore",
            "--clean",
            "--if-exists",
            "--no-owner",
            "--dbname=" + str(connection.settings_dict["NAME"]),
            str(stage / POSTGRES_NAME),
        )
    else:
        for suffix in ("", "-wal", "-shm"):
            old = data / f"{SQLITE_NAME}{suffix}"
            if old.exists():
                old.rename(aside / old.name)
        (stage / SQLITE_NAME).rename(data / SQLITE_NAME)
    for name in FOLDERS:
        if (stage / name).exists():
            if (data / name).exists():
                (data / name).rename(aside / name)
            (stage / name).rename(data / name)
    # Checkpoints that are newer than the backup must survive it: they show that something is missing.
    if (stage / CHECKPOINTS).exists() and not (data / CHECKPOINTS).exists():
        (stage / CHECKPOINTS).rename(data / CHECKPOINTS)
    if not any(aside.iterdir()):
        aside.rmdir()
