"""The counter by which every process learns that who may do what has changed."""

from __future__ import annotations

from django.db import models


class Schnappschuss(models.Model):
    """One row for the whole house, raised with each change of a key, model, purpose, release or public name."""

    zaehler = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        """Return the count."""
        return str(self.zaehler)
