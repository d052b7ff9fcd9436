"""Django registration of notify."""

from django.apps import AppConfig


class NotifyConfig(AppConfig):
    """Benachrichtigung."""

    name = "leitplanke.base.notify"
    label = "notify"
    verbose_name = "Benachrichtigung"
