"""Mandant, Person and what ties them together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.accounts.scoping import MandantOwned, ScopedQuerySet

if TYPE_CHECKING:
    from datetime import date


class Mandant(models.Model):
    """A town, district or public utility; one installation serves many, told apart by host name."""

    name = models.CharField(_("Name"), max_length=200)
    kurz = models.SlugField(_("Kurzname"), unique=True)
    anschrift = models.TextField(_("Anschrift"), blank=True)
    telefon = models.CharField(_("Telefon"), max_length=60, blank=True)
    email = models.EmailField(_("E-Mail"), blank=True)
    zeiten = models.CharField(_("Öffnungszeiten"), max_length=300, blank=True)
    musterdaten = models.BooleanField(_("Nur Musterdaten"), default=False)
    buergerkonten = models.BooleanField(_("Bürgerinnen und Bürger dürfen Konten anlegen"), default=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        """Return the name people know."""
        return self.name


class MandantHost(models.Model):
    """A host name under which a Mandant is reached, lower case and without port."""

    mandant = models.ForeignKey(Mandant, on_delete=models.CASCADE, related_name="hosts")
    host = models.CharField(max_length=253, unique=True)

    def __str__(self) -> str:
        """Return the host name."""
        return self.host


class PersonManager(BaseUserManager["Person"]):
    """Creates people; the e-mail address is the sign-in name."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """Create a person; without a password they sign in by other means."""
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> Person:
        """Find by e-mail address, upper and lower case alike."""
        return self.get(email=(username or "").lower())


class Person(AbstractBaseUser, PermissionsMixin):
    """A human being with an account; global, since one person may work for several Mandanten."""

    email = models.EmailField(_("E-Mail"), unique=True)
    vorname = models.CharField(_("Vorname"), max_length=100, blank=True)
    nachname = models.CharField(_("Nachname"), max_length=100, blank=True)
    is_active = models.BooleanField(default=True)
    angelegt_am = models.DateTimeField(default=timezone.now, editable=False)
    # A made-up person of a town with made-up data: in demo mode everybody may sign in as them, without a password.
    musterperson_von = models.ForeignKey(
        Mandant, on_delete=models.CASCADE, null=True, blank=True, editable=False, related_name="musterpersonen"
    )

    objects = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        """Return the full name, else the address."""
        return self.name

    @property
    def name(self) -> str:
        """First and last name, else the e-mail address."""
        return f"{self.vorname} {self.nachname}".strip() or self.email


class Organisationseinheit(MandantOwned):
    """An office of a Mandant."""

    kuerzel = models.SlugField(_("Kürzel"), max_length=30)
    name = models.CharField(_("Name"), max_length=200)
    telefon = models.CharField(_("Telefon"), max_length=60, blank=True)

    class Meta:
        ordering = ("name",)
        constraints = [models.UniqueConstraint(fields=["mandant", "kuerzel"], name="einheit_kuerzel_je_mandant")]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class MitgliedschaftQuerySet(ScopedQuerySet["Mitgliedschaft"]):
    """Memberships; valid ones are those whose period covers a day."""

    def valid_on(self, day: date) -> MitgliedschaftQuerySet:
        """Keep memberships in force on `day`."""
        return self.filter(models.Q(bis__isnull=True) | models.Q(bis__gte=day), von__lte=day)


class Mitgliedschaft(MandantOwned):
    """Ties a Person to a Mandant with an Organisationseinheit and a Rolle for a time."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="mitgliedschaften")
    einheit = models.ForeignKey(
        Organisationseinheit, on_delete=models.PROTECT, related_name="mitgliedschaften", null=True, blank=True
    )
    rolle = models.CharField(_("Rolle"), max_length=30, choices=Rolle.choices)
    # Some acts of a body (Personalrat) are its chair's alone.
    vorsitz = models.BooleanField(_("Vorsitz"), default=False)
    von = models.DateField(_("Von"), default=timezone.localdate)
    bis = models.DateField(_("Bis"), null=True, blank=True)

    objects = MitgliedschaftQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["mandant", "person", "einheit", "rolle"],
                name="mitgliedschaft_einmal",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        """Return person and role."""
        return f"{self.person} ({self.get_rolle_display()})"


class VertretungQuerySet(ScopedQuerySet["Vertretung"]):
    """Deputies; those in force also need both memberships to be in force and the absent person not to be blocked."""

    def valid_on(self, day: date) -> VertretungQuerySet:
        """Keep deputies in force on `day`."""
        both = models.Q()
        for side in ("vertretene", "vertretung"):
            both &= models.Q(**{f"{side}__von__lte": day})
            both &= models.Q(**{f"{side}__bis__isnull": True}) | models.Q(**{f"{side}__bis__gte": day})
        return self.filter(
            both, von__lte=day, bis__gte=day, beendet_am__isnull=True, vertretene__person__is_active=True
        )


class Vertretung(MandantOwned):
    """`vertretung` may act for `vertretene` from `von` to `bis` (both days included), unless ended before."""

    vertretene = models.ForeignKey(Mitgliedschaft, on_delete=models.CASCADE, related_name="vertretungen")
    vertretung = models.ForeignKey(Mitgliedschaft, on_delete=models.CASCADE, related_name="vertritt")
    von = models.DateField(_("Von"))
    bis = models.DateField(_("Bis"))
    beendet_am = models.DateTimeField(_("Vorzeitig beendet"), null=True, blank=True, editable=False)

    objects = VertretungQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ("von", "id")
        constraints = [
            models.CheckConstraint(condition=models.Q(bis__gte=models.F("von")), name="vertretung_zeitraum"),
            models.CheckConstraint(
                condition=~models.Q(vertretene=models.F("vertretung")), name="vertretung_nicht_selbst"
            ),
        ]

    def __str__(self) -> str:
        """Return who stands in for whom."""
        return f"{self.vertretung} vertritt {self.vertretene}"
