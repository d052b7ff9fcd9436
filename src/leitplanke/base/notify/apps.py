"""Django registration of notify."""

from django.apps import AppConfig

HOUR = 3600.0


class NotifyConfig(AppConfig):
    """Benachrichtigung."""

    name = "leitplanke.base.notify"
    label = "notify"
    verbose_name = "Benachrichtigung"

    def ready(self) -> None:
        """Declare the categories of the accounts, and delete old mail every hour."""
        from leitplanke.base.jobs.ticks import add_tick  # noqa: PLC0415 - models must be loaded first
        from leitplanke.base.notify import categories, services  # noqa: PLC0415

        categories.add_categories(categories.ACCOUNT_CATEGORIES)
        add_tick("notify.delete_expired", HOUR, services.delete_expired)
