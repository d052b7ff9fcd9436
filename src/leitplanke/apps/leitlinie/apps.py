"""Django registration of the workshop."""

from django.apps import AppConfig


class LeitlinieConfig(AppConfig):
    """Drafting, comparing and adopting the guideline of a town, which then holds."""

    name = "leitplanke.apps.leitlinie"
    label = "leitlinie"
    verbose_name = "Leitlinie"
