"""How often something was turned away before it became a call."""

from __future__ import annotations

from django.db import models

from leitplanke.base.accounts.scoping import MandantOwned


class Abweisung(MandantOwned):
    """How many requests of an hour were turned away for a reason; it says nothing about who sent them.

    Attributes:
        grund: code of the refusal, `zugang_fehlt` for those without a valid key.
    """

    stunde = models.DateTimeField()
    grund = models.CharField(max_length=40)
    anzahl = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ("-stunde", "grund")
        constraints = [models.UniqueConstraint(fields=["mandant", "stunde", "grund"], name="abweisung_je_stunde")]

    def __str__(self) -> str:
        """Return reason and number."""
        return f"{self.grund} {self.anzahl}"
