"""Forms of the work list, of intake from paper, and of how a unit runs a procedure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitplanke.apps.antrag.labels import STAND_LABELS
from leitplanke.apps.antrag.models import Kanal, Verfahrenseinstellung
from leitplanke.apps.antrag.worklist import ORDERS
from leitplanke.base.accounts.models import Mitgliedschaft
from leitplanke.base.interview.days import DayField
from leitplanke.core.verfahren.acts import Stand

WHO = (
    ("alle", gettext_lazy("alle")),
    ("meine", gettext_lazy("meine")),
    ("vertretung", gettext_lazy("in Vertretung")),
    ("frei", gettext_lazy("noch nicht zugeteilt")),
)
WORK = (
    ("", gettext_lazy("alles Offene")),
    ("neues", gettext_lazy("Neues eingegangen")),
    ("ueberfaellig", gettext_lazy("Frist abgelaufen")),
    ("bald", gettext_lazy("Frist in sieben Tagen")),
    ("wiedervorlage", gettext_lazy("Wiedervorlage")),
    ("entscheidungsreif", gettext_lazy("entscheidungsreif")),
    ("zeichnen", gettext_lazy("zur Schlusszeichnung")),
)
ORDER_LABELS = {
    "frist": gettext_lazy("nach Frist"),
    "eingang": gettext_lazy("älteste zuerst"),
    "neueste": gettext_lazy("neueste zuerst"),
    "name": gettext_lazy("nach Name"),
    "aktenzeichen": gettext_lazy("nach Aktenzeichen"),
}


class WorkListForm(forms.Form):
    """What to show."""

    is_filter = True

    suche = forms.CharField(label=gettext_lazy("Name oder Aktenzeichen"), required=False, max_length=100)
    was = forms.ChoiceField(label=gettext_lazy("Was"), choices=WORK, required=False)
    wer = forms.ChoiceField(label=gettext_lazy("Wessen"), choices=WHO, required=False)
    stand = forms.ChoiceField(label=gettext_lazy("Stand"), required=False)
    verfahren = forms.ChoiceField(label=gettext_lazy("Verfahren"), required=False)
    ordnung = forms.ChoiceField(
        label=gettext_lazy("Reihenfolge"), choices=[(name, ORDER_LABELS[name]) for name in ORDERS], required=False
    )

    def __init__(self, *args: Any, procedures: Iterable[tuple[str, str]], **options: Any) -> None:
        """Offer the procedures of the actor's units."""
        super().__init__(*args, **options)
        states = [(stand.value, _(label)) for stand, label in STAND_LABELS.items() if stand is not Stand.ENTWURF]
        self.fields["stand"] = forms.ChoiceField(label=_("Stand"), choices=[("", _("offene")), *states], required=False)
        self.fields["verfahren"] = forms.ChoiceField(
            label=_("Verfahren"), choices=[("", _("alle")), *procedures], required=False
        )


class BulkForm(forms.Form):
    """A step without effect in law for the cases that were ticked."""

    wiedervorlage = DayField(label=gettext_lazy("Wiedervorlage am"), required=False, first_year=2020)

    def __init__(self, *args: Any, colleagues: Iterable[Mitgliedschaft], **options: Any) -> None:
        """Offer the colleagues of the unit."""
        super().__init__(*args, **options)
        choices = [("", _("niemanden")), *((row.pk, row.person.name) for row in colleagues)]
        self.fields["zuteilen_an"] = forms.TypedChoiceField(
            label=_("Zuteilen an"), choices=choices, required=False, coerce=int, empty_value=None
        )


class PaperForm(forms.Form):
    """What stands on the envelope and at the head of a paper application."""

    kanal = forms.ChoiceField(
        label=gettext_lazy("Wie kam der Antrag?"),
        choices=[(Kanal.POST.value, Kanal.POST.label), (Kanal.SCHALTER.value, Kanal.SCHALTER.label)],
        widget=forms.RadioSelect,
    )
    eingang_am = DayField(
        label=gettext_lazy("Tag des Eingangs"),
        help_text=gettext_lazy("Der Tag auf dem Eingangsstempel. Er zählt als Tag des Antrags."),
        first_year=2020,
    )
    anrede = forms.CharField(label=gettext_lazy("Anrede"), max_length=40, required=False)
    vorname = forms.CharField(label=gettext_lazy("Vorname"), max_length=100, required=False)
    nachname = forms.CharField(label=gettext_lazy("Nachname"), max_length=100)
    strasse = forms.CharField(label=gettext_lazy("Straße und Hausnummer"), max_length=150, required=False)
    plz = forms.RegexField(
        r"\d{5}", label=gettext_lazy("Postleitzahl"), required=False,
        error_messages={"invalid": gettext_lazy("Eine Postleitzahl hat fünf Ziffern.")},
    )  # fmt: skip
    ort = forms.CharField(label=gettext_lazy("Ort"), max_length=100, required=False)
    telefon = forms.CharField(label=gettext_lazy("Telefon"), max_length=60, required=False)
    email = forms.EmailField(label=gettext_lazy("E-Mail"), required=False)
    formlos = forms.BooleanField(label=gettext_lazy("Formloser Antrag: Angaben und Unterlagen folgen"), required=False)

    ADDRESS = ("anrede", "vorname", "nachname", "strasse", "plz", "ort", "telefon", "email")

    def clean_eingang_am(self) -> Any:
        """Refuse a day that has not come yet."""
        day = self.cleaned_data["eingang_am"]
        if day is not None and day > timezone.localdate():
            raise forms.ValidationError(_("Der Tag des Eingangs liegt in der Zukunft."))
        return day


class ManyFilesInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Scans of what came on paper."""

    def __init__(self, **options: Any) -> None:
        """Take several."""
        super().__init__(widget=ManyFilesInput(), **options)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Check each file; none is fine where none is needed."""
        files = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(ManyFilesField, self).clean(file, initial) for file in files]


class ScanForm(forms.Form):
    """Scans to the paper."""

    dateien = ManyFilesField(
        label=gettext_lazy("Eingescannte Unterlagen"),
        required=False,
        help_text=gettext_lazy("PDF, Foto (JPEG, PNG) oder DOCX, je Datei höchstens 50 MB."),
    )


class SettingsForm(forms.ModelForm):  # type: ignore[type-arg]
    """How a unit runs a procedure."""

    class Meta:
        model = Verfahrenseinstellung
        fields = (
            "aktiv", "zeichnung", "mensch_zuerst", "vergleich", "fallverteilung", "widerspruchsbehoerde", "gericht",
        )  # fmt: skip
        labels = {"zeichnung": gettext_lazy("Wann zeichnet eine zweite Person?")}
        help_texts = {
            "mensch_zuerst": gettext_lazy(
                "Die Sachbearbeitung hält fest, wie sie entscheiden würde. Erst danach wird das Ergebnis gezeigt."
            ),
            "vergleich": gettext_lazy("Fälle kommen als Datei herein, Ergebnis und Unterschiede gehen hinaus."),
            "fallverteilung": gettext_lazy(
                "Nur, wenn die Dienstvereinbarung es erlaubt. Leistungsberichte über einzelne Personen gibt es nie."
            ),
        }
        widgets = {
            "widerspruchsbehoerde": forms.Textarea(attrs={"rows": 3}),
            "gericht": forms.Textarea(attrs={"rows": 3}),
        }
