"""Django registration of documents."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Dokumente."""

    name = "leitplanke.base.documents"
    label = "documents"
    verbose_name = "Dokumente"
