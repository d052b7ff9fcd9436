"""Django registration of applications."""

from django.apps import AppConfig


class AntragConfig(AppConfig):
    """Anträge."""

    name = "leitplanke.apps.antrag"
    label = "antrag"
    verbose_name = "Anträge"
