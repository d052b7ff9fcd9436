"""Looking into what was kept, for a cause, with two roles."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitplanke.base.accounts.models import Mitgliedschaft
from leitplanke.base.accounts.scoping import MandantOwned
from leitplanke.base.llm.models.aufruf import Aufruf


class Einsicht(MandantOwned):
    """A request to read the kept content of one call; somebody in another role decides, and it ends by itself."""

    class Stand(models.TextChoices):
        """How far a request has come."""

        OFFEN = "offen", _("Wartet auf die zweite Rolle")
        GENEHMIGT = "genehmigt", _("Genehmigt")
        ABGELEHNT = "abgelehnt", _("Abgelehnt")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    aufruf = models.ForeignKey(Aufruf, on_delete=models.CASCADE, related_name="einsichten")
    grund = models.TextField(_("Anlass"))
    stand = models.CharField(max_length=12, choices=Stand.choices, default=Stand.OFFEN)
    beantragt_von = models.ForeignKey(Mitgliedschaft, on_delete=models.CASCADE, related_name="+")
    beantragt_am = models.DateTimeField(default=timezone.now)
    entschieden_von = models.ForeignKey(Mitgliedschaft, on_delete=models.CASCADE, null=True, related_name="+")
    entschieden_am = models.DateTimeField(null=True)
    gueltig_bis = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-beantragt_am", "-id")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(entschieden_von__isnull=True) | ~models.Q(entschieden_von=models.F("beantragt_von")),
                name="einsicht_durch_zweite_person",
            )
        ]

    def __str__(self) -> str:
        """Return the state."""
        return self.stand
