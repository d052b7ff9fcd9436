"""Django registration of ui."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Oberfläche."""

    name = "leitplanke.base.ui"
    label = "ui"
    verbose_name = "Oberfläche"
