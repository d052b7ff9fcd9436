"""Django registration of evidence."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate

from leitplanke.base.evidence.guards import install_guards


class EvidenceConfig(AppConfig):
    """Nachweise."""

    name = "leitplanke.base.evidence"
    label = "evidence"
    verbose_name = "Nachweise"

    def ready(self) -> None:
        """Have the guards put back after every migration."""
        post_migrate.connect(_restore_guards, sender=self, dispatch_uid="evidence.guards")


def _restore_guards(*, using: str, **_kwargs: Any) -> None:
    # SQLite recreates a table to alter it, and its triggers go with the old one.
    install_guards(connections[using])
