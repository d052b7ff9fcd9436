"""Forms of the register for the office: filter, a new entry, who answers for it, settings, declarations, acts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitplanke.apps.register.declaring import ARTEN
from leitplanke.apps.register.labels import CLASS_LABELS, STAND_LABELS
from leitplanke.apps.register.models import Erklaerungsart, Registereinstellung
from leitplanke.apps.register.permissions import EDITING
from leitplanke.base.accounts.models import Mitgliedschaft, Organisationseinheit
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.interview.days import DayField
from leitplanke.base.interview.wording import said
from leitplanke.core.register.fields import felder

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant

LONGEST = 8000


def _rows(count: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": count})


def units_of(mandant: Mandant) -> list[tuple[str, str]]:
    """Return the units of a Mandant as choices."""
    return [(str(unit.pk), unit.name) for unit in Organisationseinheit.objects.for_mandant(mandant)]


class FilterForm(forms.Form):
    """What the list shows."""

    is_filter = True

    suche = forms.CharField(label=gettext_lazy("Name, Zweck oder Anbieter"), required=False, max_length=100)
    was = forms.ChoiceField(choices=[("", ""), ("mich", "")], required=False)
    stand = forms.ChoiceField(label=gettext_lazy("Stand"), required=False)
    klasse = forms.ChoiceField(label=gettext_lazy("Klasse"), required=False)
    einheit = forms.ChoiceField(label=gettext_lazy("Stelle"), required=False)
    bereich = forms.ChoiceField(label=gettext_lazy("Bereich des Lebens"), required=False)
    ordnung = forms.ChoiceField(
        label=gettext_lazy("Reihenfolge"),
        choices=[
            ("", gettext_lazy("nach Name")),
            ("neu", gettext_lazy("zuletzt geänderter Stand")),
            ("pflicht", gettext_lazy("nächste Pflicht zuerst")),
        ],
        required=False,
    )

    def __init__(self, *args: Any, mandant: Mandant, **options: Any) -> None:
        """Offer what the Mandant has."""
        super().__init__(*args, **options)
        every = ("", _("alle"))
        areas = felder()["lebensbereich"].optionen or {}
        self._offer("stand", [every, *((stand.value, _(label)) for stand, label in STAND_LABELS.items())])
        self._offer("klasse", [every, *((name or "offen", _(label)) for name, label in CLASS_LABELS.items())])
        self._offer("einheit", [every, *units_of(mandant)])
        self._offer("bereich", [every, *((name, said(words)) for name, words in areas.items())])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = choices


class NewEntryForm(forms.Form):
    """An idea, in four answers."""

    name = forms.CharField(
        label=gettext_lazy("Wie heißt es?"), max_length=200,
        help_text=gettext_lazy("Der Name des Systems, oder ein Arbeitstitel für die Idee."),
    )  # fmt: skip
    zweck = forms.CharField(
        label=gettext_lazy("Was soll es tun, für wen?"), max_length=400, widget=_rows(2),
        help_text=gettext_lazy("Ein Satz, den jeder versteht."),
    )  # fmt: skip
    problem = forms.CharField(
        label=gettext_lazy("Was läuft heute nicht gut?"), max_length=LONGEST, widget=_rows(4),
        help_text=gettext_lazy("Und woran würden wir merken, dass es besser ist?"),
    )  # fmt: skip
    einheit = forms.ChoiceField(label=gettext_lazy("Welche Stelle wäre verantwortlich?"))

    def __init__(self, *args: Any, mandant: Mandant, **options: Any) -> None:
        """Offer the units of the Mandant."""
        super().__init__(*args, **options)
        field = self.fields["einheit"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", _("bitte wählen")), *units_of(mandant)]


class HeadForm(forms.Form):
    """What an entry is called and who answers for it."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    einheit = forms.ChoiceField(label=gettext_lazy("Verantwortliche Stelle"))
    verantwortlich = forms.ChoiceField(
        label=gettext_lazy("Verantwortliche Person"), required=False,
        help_text=gettext_lazy("Sie nimmt die Verantwortung danach selbst an. Vorher ist der Weg zur Freigabe zu."),
    )  # fmt: skip
    fassung = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, mandant: Mandant, **options: Any) -> None:
        """Offer units, and people who may answer for a system."""
        super().__init__(*args, **options)
        people = Mitgliedschaft.objects.for_mandant(mandant).valid_on(timezone.localdate())
        people = people.filter(rolle__in=EDITING | {Rolle.IT}, person__is_active=True)
        rows = people.select_related("person", "einheit").order_by("person__nachname", "pk")
        choices = [(str(one.pk), f"{one.person.name}, {one.einheit or ''} ({one.get_rolle_display()})") for one in rows]
        for name, offered in (("einheit", units_of(mandant)), ("verantwortlich", [("", _("noch niemand")), *choices])):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
            field.choices = offered


class SettingsForm(forms.ModelForm):  # type: ignore[type-arg]
    """How a Mandant runs its register."""

    class Meta:
        model = Registereinstellung
        fields = (
            "vertretung", "frist_tage", "frist_norm", "vorfall_schwelle", "loeschen_monate", "kritische_anlage",
        )  # fmt: skip
        help_texts = {
            "vertretung": gettext_lazy("In einer GmbH, etwa den Stadtwerken, ist es der Betriebsrat."),
            "frist_tage": gettext_lazy(
                "Gezählt ab vollständiger Unterrichtung. Die Frist regelt das Recht Ihres Landes."
            ),
            "vorfall_schwelle": gettext_lazy("So viele offene Vorfälle in 30 Tagen setzen ein System von selbst aus."),
            "kritische_anlage": gettext_lazy("Nur, wenn Sie nach dem KRITIS-Dachgesetz als solche eingestuft sind."),
        }


class DeclarationForm(forms.Form):
    """A declaration of one kind; only what the kind needs is asked."""

    ergebnis = forms.ChoiceField(label=gettext_lazy("Ergebnis"), widget=forms.RadioSelect)
    vollstaendig_ab = DayField(label=gettext_lazy("Vollständig unterrichtet seit"), first_year=2020)
    text = forms.CharField(label=gettext_lazy("In einem Satz"), max_length=LONGEST, widget=_rows(4))
    nachweis = forms.CharField(
        label=gettext_lazy("Wo liegt die Unterlage?"), max_length=300, required=False,
        help_text=gettext_lazy("Aktenzeichen oder Ablage. Personenbezogenes gehört nicht hierher."),
    )  # fmt: skip
    fassung = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, art: Erklaerungsart, **options: Any) -> None:
        """Ask only what a declaration of this kind needs."""
        super().__init__(*args, **options)
        rules = ARTEN[art]
        field = self.fields["ergebnis"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [(name, _(label)) for name, label in rules.ergebnisse.items()]
        if len(rules.ergebnisse) == 1:
            field.widget, self.initial["ergebnis"] = forms.HiddenInput(), next(iter(rules.ergebnisse))
        self.fields["text"].required = rules.text
        self.fields["text"].help_text = TEXT_HELP.get(art, "")
        if art is not Erklaerungsart.UNTERRICHTUNG:
            del self.fields["vollstaendig_ab"]


TEXT_HELP = {
    Erklaerungsart.DATENSCHUTZ: gettext_lazy("Ihre Stellungnahme. Auflagen und Bedenken bitte ausschreiben."),
    Erklaerungsart.UNTERRICHTUNG: gettext_lazy("Welche Unterlagen die Personalvertretung bekommen hat."),
    Erklaerungsart.MITBESTIMMUNG: gettext_lazy("Der Beschluss in einem Satz. Fehlt etwas in der Unterrichtung: was?"),
    Erklaerungsart.PFLICHT: gettext_lazy("Wodurch die Pflicht erfüllt ist."),
}


class ReasonForm(forms.Form):
    """Why somebody does something with an entry."""

    text = forms.CharField(label=gettext_lazy("Grund"), max_length=LONGEST, widget=_rows(3))
