"""Start Django for commands that need it."""

from __future__ import annotations

import os

import click


def setup_django() -> None:
    """Load settings and apps.

    Raises:
        click.ClickException: a setting is wrong; the message says which.
    """
    os.umask(0o077)  # database, files and keys are about people: nobody else on this machine reads them
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leitplanke.project.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise click.ClickException(f"Einstellung fehlerhaft: {error}") from None
