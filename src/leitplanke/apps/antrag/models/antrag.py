"""A case: where it is, whose it is, and what counts for work on it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitplanke.apps.antrag.labels import STAND_LABELS
from leitplanke.base.accounts.models import Mitgliedschaft, Organisationseinheit
from leitplanke.base.accounts.scoping import MandantOwned
from leitplanke.core.verfahren.acts import Mode, Stand

STAND_CHOICES = [(stand.value, _(label)) for stand, label in STAND_LABELS.items()]
STAND_KINDS = {
    Stand.ENTWURF: "info",
    Stand.EINGEGANGEN: "warning",
    Stand.IN_BEARBEITUNG: "info",
    Stand.WARTET: "warning",
    Stand.ZUR_ZEICHNUNG: "warning",
    Stand.ENTSCHIEDEN: "success",
    Stand.BEKANNTGEGEBEN: "success",
    Stand.RECHTSBEHELF: "danger",
    Stand.ABGEGEBEN: "info",
    Stand.ZURUECKGENOMMEN: "info",
    Stand.ABGESCHLOSSEN: "info",
}


class Kanal(models.TextChoices):
    """How an application came in."""

    ONLINE = "online", _("Online")
    POST = "post", _("Post")
    SCHALTER = "schalter", _("Am Schalter")
    IMPORT = "import", _("Aus einem anderen Fachverfahren")


class Rechenstand(models.TextChoices):
    """What the rules can say by now."""

    OFFEN = "missing", _("Angaben fehlen")
    URTEIL = "needs_judgement", _("Urteil offen")
    SPANNE = "interval", _("Spanne")
    BESTIMMT = "determined", _("berechnet")
    FEHLER = "fehler", _("nicht berechenbar")


class Verfahrenseinstellung(MandantOwned):
    """How a Mandant runs a procedure: who is responsible, when a second person signs, in which order one decides.

    Attributes:
        zeichnung: `vorlage` follows the procedure, `immer` and `nie` are the town's own rule.
        mensch_zuerst: the person decides first, the rules check afterwards (reverse mode).
        vergleich: another Fachverfahren leads; here facts come in and results go out (comparison mode).
        fallverteilung: whether the Dienstvereinbarung allows figures on how cases are spread over people.
    """

    class Zeichnung(models.TextChoices):
        """When a second person signs."""

        VORLAGE = "vorlage", _("wie im Verfahren vorgesehen")
        IMMER = "immer", _("immer")
        NIE = "nie", _("nie")

    verfahren = models.SlugField(_("Verfahren"), max_length=80)
    aktiv = models.BooleanField(_("Wird angeboten"), default=True)
    einheit = models.ForeignKey(Organisationseinheit, on_delete=models.PROTECT, related_name="+")
    ebene = models.CharField(_("Satzung oder Landesrecht"), max_length=100, blank=True)
    land = models.CharField(_("Land"), max_length=2, default="NW")
    zeichnung = models.CharField(max_length=10, choices=Zeichnung.choices, default=Zeichnung.VORLAGE)
    mensch_zuerst = models.BooleanField(_("Erst der Mensch, dann die Regeln"), default=False)
    vergleich = models.BooleanField(_("Ein anderes Fachverfahren führt"), default=False)
    fallverteilung = models.BooleanField(_("Verteilung der Vorgänge zeigen"), default=False)
    widerspruchsbehoerde = models.TextField(_("Anschrift für den Rechtsbehelf"), blank=True)
    gericht = models.TextField(_("Zuständiges Gericht mit Anschrift"), blank=True)

    class Meta:
        ordering = ("verfahren",)
        constraints = [
            models.UniqueConstraint(fields=["mandant", "verfahren"], name="einstellung_je_mandant_und_verfahren")
        ]

    def __str__(self) -> str:
        """Return the name of the procedure."""
        return self.verfahren


class Antrag(MandantOwned):
    """An application and the case it becomes.

    Attributes:
        nummer: file number, empty while it is prepared.
        eingang_am: the day that counts as that of the application.
        stichtag: the day whose law is applied.
        formlos: the date is secured, the facts follow.
        zugang_hash: how an access code is known again; empty where a Konto owns the application.
        nachreichen: kinds of documents that the person wants to hand in later.
        fakten, urteile: what holds now, as the engine takes it; renewed in the transaction of each change.
        fassung: counts changes, so that nobody overwrites what they have not seen.
    """

    kennung = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    verfahren = models.SlugField(_("Verfahren"), max_length=80)
    ebene = models.CharField(max_length=100, blank=True)
    nummer = models.CharField(_("Aktenzeichen"), max_length=40, blank=True)
    stand = models.CharField(_("Stand"), max_length=16, choices=STAND_CHOICES, default=Stand.ENTWURF.value)
    modus = models.CharField(max_length=10, choices=[(m.value, m.value) for m in Mode], default=Mode.C_SAFE.value)
    mensch_zuerst = models.BooleanField(default=False)
    kanal = models.CharField(_("Weg"), max_length=10, choices=Kanal.choices, default=Kanal.ONLINE)
    formlos = models.BooleanField(_("Formlos gestellt"), default=False)
    sprache = models.CharField(max_length=2, default="de")
    angelegt_am = models.DateTimeField(default=timezone.now)
    eingang_am = models.DateField(_("Eingang"), null=True, blank=True)
    stichtag = models.DateField(_("Stichtag"), null=True, blank=True)
    beendet_am = models.DateField(null=True, blank=True)
    loeschen_ab = models.DateField(null=True, blank=True)

    konto = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="antraege"
    )
    zugang_hash = models.CharField(max_length=64, blank=True)
    name = models.CharField(_("Antragstellende Person"), max_length=200, blank=True)
    portal = models.BooleanField(_("Bescheide im Portal erhalten"), default=False)
    nachreichen = models.JSONField(default=list)

    einheit = models.ForeignKey(Organisationseinheit, on_delete=models.PROTECT, related_name="+")
    bearbeitung = models.ForeignKey(
        Mitgliedschaft, on_delete=models.SET_NULL, null=True, blank=True, related_name="vorgaenge"
    )
    wiedervorlage_am = models.DateField(_("Wiedervorlage"), null=True, blank=True)
    frist_am = models.DateField(_("Nächste Frist"), null=True, blank=True)
    neues = models.BooleanField(_("Neues eingegangen"), default=False)

    fakten = models.JSONField(default=dict)
    urteile = models.JSONField(default=dict)
    rechenstand = models.CharField(max_length=16, choices=Rechenstand.choices, default=Rechenstand.OFFEN)
    betrag_von = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    betrag_bis = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    ergebnis = models.CharField(max_length=100, blank=True)
    offene_angaben = models.PositiveSmallIntegerField(default=0)
    offene_urteile = models.PositiveSmallIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    fassung = models.PositiveIntegerField(default=0)
    entscheidung = models.ForeignKey(
        "antrag.Entscheidung", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("-eingang_am", "-id")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(stand__in=("entschieden", "bekanntgegeben", "rechtsbehelf"))
                | models.Q(entscheidung__isnull=False),
                name="entschiedener_antrag_hat_entscheidung",
            ),
            models.UniqueConstraint(
                fields=["mandant", "nummer"], condition=~models.Q(nummer=""), name="aktenzeichen_je_mandant"
            ),
            models.CheckConstraint(
                condition=models.Q(stand="entwurf") | (~models.Q(nummer="") & models.Q(eingang_am__isnull=False)),
                name="gestellter_antrag_hat_nummer_und_eingang",
            ),
        ]
        indexes = [
            models.Index(fields=["mandant", "einheit", "stand", "frist_am"], name="antrag_liste_frist"),
            models.Index(fields=["mandant", "einheit", "stand", "-eingang_am"], name="antrag_liste_eingang"),
            models.Index(fields=["mandant", "bearbeitung", "stand"], name="antrag_bearbeitung"),
            models.Index(fields=["mandant", "verfahren", "stand"], name="antrag_verfahren"),
            models.Index(fields=["mandant", "wiedervorlage_am"], name="antrag_wiedervorlage"),
            models.Index(fields=["mandant", "zugang_hash"], name="antrag_zugang"),
        ]

    def __str__(self) -> str:
        """Return the file number, else the procedure."""
        return self.nummer or self.verfahren

    @property
    def public_id(self) -> uuid.UUID:
        """Return the name under which evidence knows it."""
        return self.kennung

    @property
    def state(self) -> Stand:
        """Return the state as the table of acts knows it."""
        return Stand(self.stand)

    @property
    def kind(self) -> str:
        """Return the colour of the state for its badge."""
        return STAND_KINDS[self.state]


class Aktenzeichenfolge(MandantOwned):
    """The last number given in a series of file numbers."""

    reihe = models.CharField(max_length=20)
    jahr = models.PositiveSmallIntegerField()
    letzte = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mandant", "reihe", "jahr"], name="eine_folge_je_reihe_und_jahr")
        ]

    def __str__(self) -> str:
        """Return series and year."""
        return f"{self.reihe} {self.jahr}"


class Beteiligung(models.TextChoices):
    """What somebody is in a case."""

    ANTRAGSTELLEND = "antragstellend", _("Antragstellende Person")
    BEVOLLMAECHTIGT = "bevollmaechtigt", _("Bevollmächtigte Person")
    BETREUUNG = "betreuung", _("Rechtliche Betreuung")
    HAUSHALT = "haushalt", _("Haushaltsmitglied")


class Beteiligte(MandantOwned):
    """A person named in a case, with address. Letters go to the representative where there is one."""

    antrag = models.ForeignKey(Antrag, on_delete=models.CASCADE, related_name="beteiligte")
    rolle = models.CharField(_("Rolle"), max_length=16, choices=Beteiligung.choices)
    anrede = models.CharField(_("Anrede"), max_length=40, blank=True)
    vorname = models.CharField(_("Vorname"), max_length=100, blank=True)
    nachname = models.CharField(_("Nachname"), max_length=100)
    geburtsdatum = models.DateField(_("Geburtsdatum"), null=True, blank=True)
    strasse = models.CharField(_("Straße und Hausnummer"), max_length=150, blank=True)
    plz = models.CharField(_("Postleitzahl"), max_length=10, blank=True)
    ort = models.CharField(_("Ort"), max_length=100, blank=True)
    email = models.EmailField(_("E-Mail"), blank=True)
    telefon = models.CharField(_("Telefon"), max_length=60, blank=True)
    iban = models.CharField(_("IBAN"), max_length=34, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["antrag", "rolle"],
                condition=~models.Q(rolle="haushalt"),
                name="eine_person_je_rolle_im_antrag",
            )
        ]

    def __str__(self) -> str:
        """Return the full name."""
        return f"{self.vorname} {self.nachname}".strip()

    @property
    def anschrift(self) -> tuple[str, ...]:
        """Return the lines of an address field."""
        lines = (self.anrede, str(self), self.strasse, f"{self.plz} {self.ort}".strip())
        return tuple(line for line in lines if line)
