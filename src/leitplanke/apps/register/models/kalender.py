"""Calendars that people have subscribed to."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from leitplanke.base.accounts.models import Mitgliedschaft
from leitplanke.base.accounts.scoping import MandantOwned


class Kalenderabo(MandantOwned):
    """Somebody's calendar program may fetch the dates of the register; a new one ends the old address.

    Attributes:
        kennung: part of the address, which a signature of the house completes: the row alone opens nothing.
    """

    kennung = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    mitgliedschaft = models.OneToOneField(Mitgliedschaft, on_delete=models.CASCADE, related_name="+")
    angelegt_am = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        """Return whose it is."""
        return str(self.mitgliedschaft)
