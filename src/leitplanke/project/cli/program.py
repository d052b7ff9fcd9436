"""The table of commands."""

from __future__ import annotations

import sys

import click

from leitplanke import __version__
from leitplanke.base.commands import LazyGroup

HERE = "leitplanke.project.cli"
COMMANDS = {
    "serve": (f"{HERE}.serve:serve", "Anwendung und Hintergrundarbeit starten"),
    "worker": (f"{HERE}.serve:worker", "Nur die Hintergrundarbeit starten"),
    "demo": (f"{HERE}.demo:demo", "Musterstadt einrichten und auf Wunsch starten"),
    "migrate": (f"{HERE}.manage:migrate", "Datenbank einrichten oder auf den neuesten Stand bringen"),
    "kommune": (f"{HERE}.kommune:kommune", "Eine Kommune mit ihrer ersten Administration einrichten"),
    "inbetriebnahme": (f"{HERE}.inbetriebnahme:inbetriebnahme", "Leitplankes eigene Teile ins Register eintragen"),
    "doctor": (f"{HERE}.doctor:doctor", "Einrichtung prüfen und sagen, was zu tun ist"),
    "backup": (f"{HERE}.backup:backup", "Datenbank, Dateien und Schlüssel sichern"),
    "restore": (f"{HERE}.backup:restore", "Eine Sicherung zurückspielen"),
    "ask": (f"{HERE}.folder:ask", "Fragen aus einem Ordner von Dokumenten beantworten"),
    "search": (f"{HERE}.folder:search", "In einem Ordner von Dokumenten suchen"),
    "text": (f"{HERE}.folder:text", "Den Text zeigen, auf den sich Zitate beziehen"),
    "rules": (f"{HERE}.rules:rules", "Regelwerke prüfen, lesen, rechnen und begründen"),
    "evaluate": (f"{HERE}.evaluate:evaluate", "Prüfen, ob eine KI gut genug ist, verglichen mit Menschen"),
    "quellen": (f"{HERE}.quellen:quellen", "Quellen eines Wissensraums einlesen"),
    "antrag": (f"{HERE}.antrag:antrag", "Fälle eines anderen Fachverfahrens vergleichen"),
    "ki-vo": (f"{HERE}.ki_vo:ki_vo", "Systeme nach der KI-Verordnung einstufen"),
    "leitlinie": (f"{HERE}.leitlinie:leitlinie", "Schriftstücke einer Leitlinie schreiben"),
    "policy": (f"{HERE}.policy:policy", "Profile einer Leitlinie prüfen und befragen"),
    "privacy": (f"{HERE}.privacy:privacy", "Personenbezogene Daten in Texten finden"),
    "evidence": (f"{HERE}.nachweise:evidence", "Nachweise prüfen und ausgeben"),
    "manage": (f"{HERE}.manage:manage", "Befehle von Django, für die Entwicklung"),
}


@click.group(cls=LazyGroup, lazy=COMMANDS, epilog="Hilfe zu einem Befehl: leitplanke BEFEHL --help")
@click.version_option(__version__, message="Leitplanke %(version)s", help="Die Version zeigen.")
def program() -> None:
    """Leitplanke: Künstliche Intelligenz in der Kommune verantwortlich nutzen.

    \b
    Beispiele:
      leitplanke demo --serve
      leitplanke doctor
      leitplanke ask --documents gesetze --questions fragen.jsonl --output antworten.jsonl
    """


def main() -> None:
    """Run the program; what a person can mend is one German line and exit code 1 or 2, never a traceback."""
    try:
        code = program.main(standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except click.exceptions.Abort:
        click.echo("Abgebrochen.", err=True)
        sys.exit(130)
    except click.UsageError as error:
        click.echo(f"{error.format_message()}", err=True)
        if error.ctx:
            click.echo(f"Hilfe: {error.ctx.command_path} --help", err=True)
        sys.exit(2)
    except click.ClickException as error:
        click.echo(error.format_message(), err=True)
        sys.exit(error.exit_code)
    except Exception as error:
        if not _is_database_error(error):
            raise
        click.echo(f"Die Datenbank ist nicht eingerichtet oder nicht erreichbar ({error}).", err=True)
        click.echo("Abhilfe: leitplanke migrate; was fehlt, sagt: leitplanke doctor", err=True)
        sys.exit(1)


def _is_database_error(error: Exception) -> bool:
    # Commands without Django never import it, so neither does this check.
    database = sys.modules.get("django.db")
    return database is not None and isinstance(error, (database.OperationalError, database.ProgrammingError))
