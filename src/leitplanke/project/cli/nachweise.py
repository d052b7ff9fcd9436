"""The evidence commands, with Django started."""

from leitplanke.project.cli.django_setup import setup_django

setup_django()

from leitplanke.base.evidence.cli import evidence  # noqa: E402 - models need Django

__all__ = ["evidence"]
