"""Django registration of the register."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """Every AI system of a town: known, classified, tested, released and public."""

    name = "leitplanke.apps.register"
    label = "register"
    verbose_name = "Register"
