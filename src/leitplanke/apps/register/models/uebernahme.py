"""A file with entries that somebody is taking over: read, not yet confirmed."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitplanke.base.accounts.models import Mitgliedschaft, Organisationseinheit
from leitplanke.base.accounts.scoping import MandantOwned


class Uebernahme(MandantOwned):
    """What a file holds, and how its columns are read; emptied once it is taken over.

    Attributes:
        sha256: of the file.
        tabelle: rows of a table; `export` the document of another register. One of them is empty.
        zuordnung: by number of a column, what it holds.
        einheit: who is responsible where a row does not say it.
        angelegt: how many entries it became.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    datei = models.CharField(_("Datei"), max_length=200)
    sha256 = models.CharField(max_length=64)
    tabelle = models.JSONField(default=list)
    export = models.JSONField(default=dict)
    zuordnung = models.JSONField(default=dict)
    einheit = models.ForeignKey(
        Organisationseinheit, on_delete=models.CASCADE, related_name="+", verbose_name=_("Verantwortliche Stelle")
    )
    angelegt = models.PositiveIntegerField(default=0)
    von = models.ForeignKey(Mitgliedschaft, on_delete=models.SET_NULL, null=True, related_name="+")
    am = models.DateTimeField(default=timezone.now)
    uebernommen_am = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        """Return the name of the file."""
        return self.datei
