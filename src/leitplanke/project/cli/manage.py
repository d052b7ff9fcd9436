"""Database set-up, and Django's own commands for developers."""

from __future__ import annotations

import click

from leitplanke.base.commands import GermanCommand
from leitplanke.project.cli.django_setup import setup_django


def prepare() -> None:
    """Create folders, bring the database up to date and collect static files."""
    from django.conf import settings
    from django.core.management import call_command

    settings.PATHS.data.mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


@click.command(cls=GermanCommand)
def migrate() -> None:
    """Datenbank einrichten oder auf den neuesten Stand bringen.

    \b
    Beispiel:
      leitplanke migrate
    """
    setup_django()
    prepare()
    click.echo("Datenbank und statische Dateien sind auf dem neuesten Stand.")


@click.command(cls=GermanCommand, context_settings={"ignore_unknown_options": True}, add_help_option=False)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Befehle von Django, für die Entwicklung.

    \b
    Beispiel:
      leitplanke manage makemigrations
    """
    setup_django()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["leitplanke manage", *arguments])
