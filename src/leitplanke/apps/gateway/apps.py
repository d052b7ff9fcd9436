"""Django registration of Gateway."""

from django.apps import AppConfig


class GatewayConfig(AppConfig):
    """The door to language models, as people see it."""

    name = "leitplanke.apps.gateway"
    label = "gateway"
    verbose_name = "Gateway"
