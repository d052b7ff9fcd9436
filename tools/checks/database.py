"""The models and their migrations agree."""

from __future__ import annotations

import io

from django.core.management import call_command


def check_migrations() -> list[str]:
    """Ask Django whether a migration is missing."""
    output = io.StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=output, stderr=output, verbosity=1)
    except SystemExit:
        return [f"Es fehlt eine Migration (leitplanke manage makemigrations):\n{output.getvalue().rstrip()}"]
    return []


def check_system() -> list[str]:
    """Run Django's own checks."""
    output = io.StringIO()
    try:
        call_command("check", fail_level="WARNING", stdout=output, stderr=output)
    except Exception as error:  # noqa: BLE001 - whatever Django says is the finding
        return [str(error)]
    return []
