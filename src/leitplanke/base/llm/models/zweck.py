"""What a town uses models for: the technical side of a register entry."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from leitplanke.base.accounts.scoping import MandantOwned
from leitplanke.base.llm.models.modell import Modell


class Zweck(MandantOwned):
    """How an entry of the register uses models; whether it may at all, the register says.

    Attributes:
        schluessel: technical name of the register entry.
        datenklasse: `core.policy.DataClass` of what people are expected to enter; findings only make it worse.
        richtung_buerger: what comes out goes to citizens.
        automatisierungsstufe: 0 to 3.
        werkzeuge: `[{"name": ..., "schreibt": bool}]`; a tool that is not listed counts as writing.
        inhalt_speichern: whether prompts and answers are kept, encrypted, for `aufbewahrung_tage`.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    schluessel = models.CharField(_("Technischer Name"), max_length=80)
    datenklasse = models.CharField(_("Welche Daten"), max_length=24, default="intern")
    richtung_buerger = models.BooleanField(_("Ergebnis geht an Bürgerinnen und Bürger"), default=False)
    betrifft_buerger = models.BooleanField(_("Betrifft Bürgerinnen und Bürger"), default=False)
    automatisierungsstufe = models.PositiveSmallIntegerField(_("Stufe der Automatisierung"), default=1)
    werkzeuge = models.JSONField(default=list)
    max_ausgabe = models.PositiveIntegerField(_("Längste Antwort in Token"), default=2048)
    inhalt_speichern = models.BooleanField(_("Eingaben und Antworten aufbewahren"), default=False)
    aufbewahrung_tage = models.PositiveSmallIntegerField(_("Aufbewahren, Tage"), default=30)
    modelle: models.ManyToManyField[Modell, Zweckmodell] = models.ManyToManyField(
        Modell, through="Zweckmodell", related_name="zwecke"
    )

    class Meta:
        ordering = ("schluessel",)
        constraints = [models.UniqueConstraint(fields=["mandant", "schluessel"], name="zweck_je_mandant")]

    def __str__(self) -> str:
        """Return the technical name."""
        return self.schluessel


class Zweckmodell(MandantOwned):
    """A model that a purpose may use; the lowest `rang` first, the others step in."""

    zweck = models.ForeignKey(Zweck, on_delete=models.CASCADE, related_name="zweckmodelle")
    modell = models.ForeignKey(Modell, on_delete=models.CASCADE, related_name="zweckmodell_rows")
    rang = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ("rang", "id")
        constraints = [models.UniqueConstraint(fields=["zweck", "modell"], name="zweckmodell_einmal")]

    def __str__(self) -> str:
        """Return both."""
        return f"{self.zweck_id}/{self.modell_id}"
