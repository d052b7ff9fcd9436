"""Django registration of Regelwerke."""

from django.apps import AppConfig


class RegelwerkConfig(AppConfig):
    """The library of rule sets, the calculator, and changes released by a second person."""

    name = "leitplanke.apps.regelwerk"
    label = "regelwerk"
    verbose_name = "Regelwerke"
