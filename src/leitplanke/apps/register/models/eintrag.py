"""An entry of the register, its versions, and how a Mandant runs its register."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitplanke.apps.register.labels import CLASS_KINDS, CLASS_LABELS, STAND_KINDS, STAND_LABELS
from leitplanke.base.accounts.models import Mitgliedschaft, Organisationseinheit
from leitplanke.base.accounts.scoping import MandantOwned
from leitplanke.core.register.lifecycle import Originator, Stand

STAND_CHOICES = [(stand.value, _(label)) for stand, label in STAND_LABELS.items()]
CLASS_CHOICES = [(name, _(label)) for name, label in CLASS_LABELS.items()]
# From a trial on the public sees an entry; what was released once stays readable whatever comes then. An idea that is
# given up was never in use; `queries.public_entries` knows which of those that ended were tried.
PUBLIC_STATES = (Stand.ERPROBUNG, Stand.FREIGEGEBEN, Stand.AUSGESETZT)


class Registereinstellung(MandantOwned):
    """How a Mandant runs its register.

    Attributes:
        vertretung: what the staff representation is called here (GmbH: Betriebsrat).
        frist_tage: days within which it decides, counted from complete information; `frist_norm` is where that stands.
        vorfall_schwelle: so many open incidents within 30 days suspend a system.
        kritische_anlage: whether the Mandant is identified as a critical entity (KRITIS-DachG).
        loeschen_monate: so long after a report is closed, what is personal in it is kept.
    """

    vertretung = models.CharField(
        _("Personalvertretung"),
        max_length=12,
        choices=[("personalrat", _("Personalrat")), ("betriebsrat", _("Betriebsrat"))],
        default="personalrat",
    )
    frist_tage = models.PositiveSmallIntegerField(_("Frist der Personalvertretung in Tagen"), default=14)
    frist_norm = models.CharField(_("Fundstelle der Frist"), max_length=120, default="§ 66 Abs. 2 LPVG NRW")
    vorfall_schwelle = models.PositiveSmallIntegerField(_("Vorfälle bis zur Aussetzung"), default=5)
    kritische_anlage = models.BooleanField(_("Kritische Einrichtung"), default=False)
    loeschen_monate = models.PositiveSmallIntegerField(
        _("Persönliches aus Meldungen löschen, Monate nach Abschluss"), default=12, validators=[MinValueValidator(1)]
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mandant"], name="registereinstellung_je_mandant")]

    def __str__(self) -> str:
        """Return whose settings these are."""
        return str(self.mandant)


class Eintrag(MandantOwned):
    """A system: what it is called, who answers for it, where it is, and what lists and other areas ask often.

    Attributes:
        kuerzel: its name in addresses.
        schluessel: under which name other areas ask whether its AI may run; empty for what runs elsewhere.
        bearbeitung: the version that is being worked on; `gueltig` the released one that holds.
        klasse, hausklasse: of the newest classification, in law and by the town's own rule.
        gueltig_bis: last day on which the evaluation holds that the release stands on.
        beantragt_von: who asked for the release that is waiting.
        hochrisiko_erfuellt: whether at its release every duty of a high-risk system was fulfilled, due or not yet.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kuerzel = models.SlugField(_("Kürzel"), max_length=80)
    schluessel = models.CharField(_("Technischer Name"), max_length=80, blank=True)
    name = models.CharField(_("Name"), max_length=200)
    einheit = models.ForeignKey(
        Organisationseinheit, on_delete=models.PROTECT, related_name="+", verbose_name=_("Verantwortliche Stelle")
    )
    verantwortlich = models.ForeignKey(
        Mitgliedschaft, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("Verantwortliche Person"),
    )  # fmt: skip
    stand = models.CharField(_("Stand"), max_length=12, choices=STAND_CHOICES, default=Stand.IDEE.value)
    stand_seit = models.DateTimeField(default=timezone.now)
    bearbeitung = models.ForeignKey("Eintragsfassung", on_delete=models.PROTECT, null=True, related_name="+")
    gueltig = models.ForeignKey("Eintragsfassung", on_delete=models.PROTECT, null=True, related_name="+")
    klasse = models.CharField(_("Klasse"), max_length=12, choices=CLASS_CHOICES, blank=True)
    hausklasse = models.CharField(_("Hausklasse"), max_length=12, choices=CLASS_CHOICES, blank=True)
    lebensbereich = models.CharField(max_length=20, blank=True)
    gueltig_bis = models.DateField(_("Bewertung gilt bis"), null=True)
    naechste_pflicht_am = models.DateField(_("Nächste Pflicht"), null=True)
    beantragt_von = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    beantragt_am = models.DateTimeField(null=True)
    freigegeben_von = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    freigegeben_am = models.DateTimeField(null=True)
    hochrisiko_erfuellt = models.BooleanField(default=False)
    anlass = models.TextField(_("Grund des Stands"), blank=True)
    angelegt_am = models.DateTimeField(default=timezone.now, editable=False)
    geaendert_am = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("name", "id")
        constraints = [
            models.UniqueConstraint(fields=["mandant", "kuerzel"], name="eintrag_kuerzel_je_mandant"),
            models.UniqueConstraint(
                fields=["mandant", "schluessel"],
                condition=~models.Q(schluessel=""),
                name="eintrag_schluessel_je_mandant",
            ),
            models.CheckConstraint(
                condition=models.Q(freigegeben_von__isnull=True)
                | models.Q(beantragt_von__isnull=True)
                | ~models.Q(freigegeben_von=models.F("beantragt_von")),
                name="eintrag_freigabe_durch_zweite_person",
            ),
            models.CheckConstraint(
                condition=~models.Q(stand=Stand.FREIGEGEBEN.value)
                | models.Q(gueltig__isnull=False, freigegeben_am__isnull=False),
                name="eintrag_freigegeben_mit_fassung",
            ),
        ]
        indexes = [
            models.Index(fields=["mandant", "stand", "name"], name="eintrag_liste"),
            models.Index(fields=["mandant", "schluessel"], name="eintrag_schluessel"),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name

    @property
    def state(self) -> Stand:
        """Where the system is, as the life cycle knows it."""
        return Stand(self.stand)

    @property
    def stand_kind(self) -> str:
        """Return the colour of the state for its badge."""
        return STAND_KINDS[self.state]

    @property
    def klasse_kind(self) -> str:
        """Return the colour of the class for its badge."""
        return CLASS_KINDS[self.klasse]

    @property
    def is_public(self) -> bool:
        """Whether everybody may read it, as far as the entry itself can tell."""
        return self.gueltig_id is not None or self.state in PUBLIC_STATES

    @property
    def shown_version(self) -> Eintragsfassung | None:
        """Return the version the public sees: the released one, else the one of the trial."""
        return self.gueltig or self.bearbeitung


class Eintragsfassung(MandantOwned):
    """What an entry says, as a whole, at one time; never changed.

    Attributes:
        angaben: the statements as `core.register.fields.checked` gives them.
        wesentlich_sha256: of those that make the system what it is.
        veroeffentlicht_am: when it became the version the public sees.
        lebensbereich, suchtext: of its public statements, by which the public finds it.
        klasse, hausklasse: of the newest classification that was made for it; not part of what it says.
    """

    eintrag = models.ForeignKey(Eintrag, on_delete=models.CASCADE, related_name="fassungen")
    nummer = models.PositiveIntegerField(_("Nummer"))
    name = models.CharField(_("Name"), max_length=200)
    angaben = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)
    wesentlich_sha256 = models.CharField(max_length=64)
    anlass = models.TextField(_("Was ist neu?"), blank=True)
    von = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    am = models.DateTimeField(default=timezone.now)
    veroeffentlicht_am = models.DateTimeField(null=True)
    lebensbereich = models.CharField(max_length=20, blank=True)
    suchtext = models.TextField(blank=True)
    klasse = models.CharField(max_length=12, choices=CLASS_CHOICES, blank=True)
    hausklasse = models.CharField(max_length=12, choices=CLASS_CHOICES, blank=True)

    class Meta:
        ordering = ("-nummer",)
        constraints = [models.UniqueConstraint(fields=["eintrag", "nummer"], name="fassung_nummer_je_eintrag")]

    def __str__(self) -> str:
        """Return entry and number."""
        return f"{self.name} ({self.nummer})"


class Registerverlauf(MandantOwned):
    """What happened to an entry, for people to read; evidence is kept elsewhere."""

    eintrag = models.ForeignKey(Eintrag, on_delete=models.CASCADE, related_name="verlauf")
    was = models.CharField(max_length=40)
    text = models.TextField(blank=True)
    durch = models.CharField(max_length=8, choices=[(o.value, o.value) for o in Originator])
    von = models.ForeignKey(Mitgliedschaft, on_delete=models.SET_NULL, null=True, related_name="+")
    am = models.DateTimeField(default=timezone.now)
    oeffentlich = models.BooleanField(default=False)

    class Meta:
        ordering = ("-am", "-id")

    def __str__(self) -> str:
        """Return what happened."""
        return self.was
