"""Django registration of jobs."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Hintergrundarbeit."""

    name = "leitplanke.base.jobs"
    label = "jobs"
    verbose_name = "Hintergrundarbeit"
