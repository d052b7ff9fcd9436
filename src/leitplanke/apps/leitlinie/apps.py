"""Django registration of the workshop."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate

from leitplanke.apps.leitlinie.guards import install_guards, remove_guards


class LeitlinieConfig(AppConfig):
    """Drafting, comparing and adopting the guideline of a town, which then holds."""

    name = "leitplanke.apps.leitlinie"
    label = "leitlinie"
    verbose_name = "Leitlinie"

    def ready(self) -> None:
        """Have the guards lifted before migrations, whose tables they name, and put back after."""
        pre_migrate.connect(_lift_guards, sender=self, dispatch_uid="leitlinie.guards.lift")
        post_migrate.connect(_restore_guards, sender=self, dispatch_uid="leitlinie.guards")


def _lift_guards(*, using: str, **_kwargs: Any) -> None:
    """Take the triggers away: SQLite cannot make a table anew that a trigger of another one asks."""
    remove_guards(connections[using])


def _restore_guards(*, using: str, **_kwargs: Any) -> None:
    """Put triggers back that a migration may have lost."""
    install_guards(connections[using])
