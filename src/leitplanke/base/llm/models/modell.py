"""The language models that a town may use, and where they run."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitplanke.base.accounts.scoping import MandantOwned


class Modellstand(models.TextChoices):
    """How far a model is on its way into use; only a released one is ever called."""

    ENTWURF = "entwurf", _("Entwurf")
    BEANTRAGT = "beantragt", _("Freigabe beantragt")
    FREIGEGEBEN = "freigegeben", _("Freigegeben")
    GESPERRT = "gesperrt", _("Gesperrt")


class Modellart(models.TextChoices):
    """What a model does."""

    TEXT = "text", _("Text")
    EINBETTUNG = "einbettung", _("Einbettung (Suche)")


class Modell(MandantOwned):
    """A model at one endpoint.

    Attributes:
        kennung: under which callers ask for it.
        protokoll: `openai` for every OpenAI-compatible service, `lokal` for a file on this machine, `skript` for the
            scripted one of the demo and tests.
        endpunkt: base address up to and including `/v1`; empty for `lokal` and `skript`.
        pruefpfad: behind the address, where it is asked whether it is there; nothing personal goes there.
        geprueft_am, zuletzt_erreicht_am, zuletzt_fehler: of that question; the code is empty where it answered.
        modellname: how the service calls it.
        klasse: `core.policy.ModelClass`, where it runs and under which contract.
        rang: smaller is smaller; of several suitable models the one with the lowest rank is taken first.
        zugang: access code of the service, encrypted by the key of the house.
        faehigkeiten: of `werkzeuge`, `bilder`, `schema`, `streaming`.
        preis_ein, preis_aus: EUR for a million tokens.
        energie: parameters as `core.energy.Parameters` reads them, and beside them `source`, `counters` (which meters
            of this machine measure it), `grid_country` and `grid_year`.
        guete: 0 to 1 from an evaluation; unknown where there is none. `guete_quelle` says from which.
        beantragt_von, freigegeben_von: never the same person.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kennung = models.SlugField(_("Kennung"), max_length=80)
    titel = models.CharField(_("Name"), max_length=200)
    anbieter = models.CharField(_("Anbieter"), max_length=200, blank=True)
    art = models.CharField(_("Art"), max_length=12, choices=Modellart.choices, default=Modellart.TEXT)
    protokoll = models.CharField(
        _("Anschluss"),
        max_length=12,
        choices=[
            ("openai", _("OpenAI-kompatibel")),
            ("lokal", _("Modelldatei auf diesem Rechner")),
            ("skript", _("Vorführung ohne Sprachmodell")),
        ],
        default="openai",
    )
    endpunkt = models.URLField(_("Adresse"), max_length=300, blank=True)
    modellname = models.CharField(_("Name beim Anbieter"), max_length=200)
    klasse = models.CharField(_("Wo es läuft"), max_length=24)
    rang = models.PositiveSmallIntegerField(_("Größe (klein zuerst)"), default=50)
    zugang = models.BinaryField(null=True, editable=False)
    vertrag = models.TextField(_("Vertrag und Nachweis"), blank=True)
    vertrag_geprueft_am = models.DateField(_("Vertrag geprüft am"), null=True, blank=True)
    kein_training = models.BooleanField(
        _("Anbieter trainiert nicht mit unseren Daten (Nachweis liegt vor)"), default=False
    )
    faehigkeiten = models.JSONField(default=list)
    kontext = models.PositiveIntegerField(_("Kontext in Token"), default=8192, validators=[MinValueValidator(256)])
    max_ausgabe = models.PositiveIntegerField(_("Längste Antwort in Token"), default=2048)
    preis_ein = models.DecimalField(_("EUR je 1 Mio. Token Eingabe"), max_digits=12, decimal_places=4, default=0)
    preis_aus = models.DecimalField(_("EUR je 1 Mio. Token Ausgabe"), max_digits=12, decimal_places=4, default=0)
    energie = models.JSONField(default=dict)
    guete = models.DecimalField(
        _("Güte aus einer Bewertung"), max_digits=4, decimal_places=3, null=True, blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(1)],
    )  # fmt: skip
    guete_quelle = models.CharField(_("Woher die Güte stammt"), max_length=300, blank=True)
    sekunden_anfang = models.PositiveSmallIntegerField(_("Sekunden bis zum ersten Zeichen"), default=30)
    sekunden_gesamt = models.PositiveSmallIntegerField(_("Sekunden insgesamt"), default=180)
    stand = models.CharField(_("Stand"), max_length=12, choices=Modellstand.choices, default=Modellstand.ENTWURF)
    beantragt_von = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    beantragt_am = models.DateTimeField(null=True)
    freigegeben_von = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    freigegeben_am = models.DateTimeField(null=True)
    anlass = models.TextField(_("Grund des Stands"), blank=True)
    pruefpfad = models.CharField(
        _("Pfad der Prüfung"),
        max_length=100,
        default="/models",
        blank=True,
        validators=[RegexValidator(r"\A(/[A-Za-z0-9._~-]+)+\Z")],
    )
    geprueft_am = models.DateTimeField(null=True)
    zuletzt_erreicht_am = models.DateTimeField(null=True)
    zuletzt_fehler = models.CharField(max_length=200, blank=True)
    angelegt_am = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("rang", "kennung")
        constraints = [
            models.UniqueConstraint(fields=["mandant", "kennung"], name="modell_kennung_je_mandant"),
            models.CheckConstraint(
                condition=models.Q(freigegeben_von__isnull=True)
                | models.Q(beantragt_von__isnull=True)
                | ~models.Q(freigegeben_von=models.F("beantragt_von")),
                name="modell_freigabe_durch_zweite_person",
            ),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.titel
