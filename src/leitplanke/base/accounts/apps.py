"""Django registration of the accounts area."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

DAY = 24 * 3600.0


class AccountsConfig(AppConfig):
    """Tenants, people and permissions."""

    name = "leitplanke.base.accounts"
    label = "accounts"
    verbose_name = "Konten"

    def ready(self) -> None:
        """Prepare the table that counts sign-in attempts, note proofs, forget old sessions every day."""
        from allauth.account import signals  # noqa: PLC0415 - models must be loaded first

        from leitplanke.base.accounts.freshness import note_proof  # noqa: PLC0415 - models must be loaded first
        from leitplanke.base.accounts.proving import note_address  # noqa: PLC0415 - models must be loaded first
        from leitplanke.base.jobs.ticks import add_tick  # noqa: PLC0415 - models must be loaded first

        signals.authentication_step_completed.connect(note_proof)
        signals.password_reset.connect(note_address)
        post_migrate.connect(create_cache_table, sender=self)
        add_tick("accounts.clear_sessions", DAY, clear_sessions)


def create_cache_table(*, using: str, **_signal: Any) -> None:
    """Create the table of the database cache, which `migrate` alone does not; later calls change nothing."""
    from django.core.management import call_command  # noqa: PLC0415

    call_command("createcachetable", database=using, verbosity=0)


def clear_sessions() -> None:
    """Delete sessions that have run out."""
    from django.contrib.sessions.backends.db import SessionStore  # noqa: PLC0415

    SessionStore.clear_expired()
