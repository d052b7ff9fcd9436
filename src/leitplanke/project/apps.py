"""Django registration of the composition root: binds the areas together once all are loaded."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """Runs the wiring."""

    name = "leitplanke.project"
    label = "project"
    verbose_name = "Leitplanke"

    def ready(self) -> None:
        """Bind what the storeys declare as Protocols."""
        from leitplanke.project import wiring  # noqa: PLC0415 - models must be loaded first

        wiring.bind()
