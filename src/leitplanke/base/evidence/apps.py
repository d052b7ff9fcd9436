"""Django registration of evidence."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Nachweise."""

    name = "leitplanke.base.evidence"
    label = "evidence"
    verbose_name = "Nachweise"
