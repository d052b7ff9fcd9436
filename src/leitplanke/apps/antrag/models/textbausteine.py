"""Text blocks of the office for judgements."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitplanke.base.accounts.models import Mitgliedschaft
from leitplanke.base.accounts.scoping import MandantOwned


class Textbaustein(MandantOwned):
    """What the office usually says of a judgement; alone it is no reason, the case itself comes on top."""

    verfahren = models.SlugField(_("Verfahren"), max_length=80)
    urteil = models.CharField(_("Urteil"), max_length=100)
    titel = models.CharField(_("Titel"), max_length=120)
    text = models.TextField(_("Text"))
    geaendert_von = models.ForeignKey(Mitgliedschaft, on_delete=models.SET_NULL, null=True, related_name="+")
    geaendert_am = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("verfahren", "urteil", "titel")
        constraints = [
            models.UniqueConstraint(
                fields=["mandant", "verfahren", "urteil", "titel"], name="textbaustein_titel_je_urteil"
            )
        ]

    def __str__(self) -> str:
        """Return the title."""
        return self.titel
