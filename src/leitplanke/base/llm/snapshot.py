"""Provisional."""

from django.db import models

from leitplanke.base.llm.models import Schnappschuss


def bump() -> None:
    """Tell every process that something changed, in the transaction of the change."""
    if not Schnappschuss.objects.filter(pk=1).update(zaehler=models.F("zaehler") + 1):
        Schnappschuss.objects.create(pk=1, zaehler=1)
