"""Django registration of Wissen."""

from django.apps import AppConfig


class WissenConfig(AppConfig):
    """The assistant that answers with exact citations."""

    name = "leitplanke.apps.wissen"
    label = "wissen"
    verbose_name = "Wissen"
