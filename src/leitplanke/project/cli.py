"""The command line program `leitplanke`."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run a Django management command until the real commands stand here."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leitplanke.project.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    execute_from_command_line(sys.argv)
