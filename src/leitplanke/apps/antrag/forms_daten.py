"""Forms of exports, corrections, holds and the comparison."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitplanke.apps.antrag.comparing import MOST_BYTES
from leitplanke.apps.antrag.correcting import read_value
from leitplanke.base.interview.days import DayField
from leitplanke.core.rules import FactError

if TYPE_CHECKING:
    from leitplanke.apps.antrag.models import Antrag


class CorrectionForm(forms.Form):
    """Which of the stated values is wrong, and what is right."""

    angabe = forms.ChoiceField(label=gettext_lazy("Welche Angabe ist falsch?"))
    text = forms.CharField(
        label=gettext_lazy("Was ist falsch?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    wert = forms.CharField(
        label=gettext_lazy("Was ist richtig?"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Zahl, Tag oder ja/nein, zum Beispiel 450,00. Sie können das Feld auch leer lassen."),
    )

    def __init__(self, *args: Any, antrag: Antrag, titles: Iterable[tuple[str, str]], **options: Any) -> None:
        """Offer the values of the case."""
        super().__init__(*args, **options)
        self.antrag = antrag
        self.fields["angabe"] = forms.ChoiceField(
            label=_("Welche Angabe ist falsch?"), choices=[("", _("bitte wählen")), *titles]
        )

    def clean(self) -> dict[str, Any]:
        """Read the new value as the fact wants it."""
        values: dict[str, Any] = super().clean() or {}
        if values.get("angabe"):
            try:
                values["neu"] = read_value(self.antrag, values["angabe"], values.get("wert", ""))
            except FactError as error:
                self.add_error("wert", str(error))
        return values


class AnswerForm(forms.Form):
    """What the office decides about a correction."""

    entscheidung = forms.ChoiceField(
        label=gettext_lazy("Entscheidung"),
        choices=[("berichtigen", gettext_lazy("Angabe berichtigen")), ("lassen", gettext_lazy("Angabe so lassen"))],
        widget=forms.RadioSelect,
    )
    wert = forms.CharField(label=gettext_lazy("Richtiger Wert"), required=False, max_length=200)
    antwort = forms.CharField(
        label=gettext_lazy("Antwort an die Person"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Nötig, wenn die Angabe so bleibt."),
    )


class HoldForm(forms.Form):
    """Why a case is still needed."""

    grund = forms.CharField(
        label=gettext_lazy("Warum darf der Vorgang noch nicht gelöscht werden?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Zum Beispiel: Klage vor dem Verwaltungsgericht, Aktenzeichen."),
    )


PAGE, CSV, JSON = "seite", "csv", "json"


class CompareForm(forms.Form):
    """A file of cases, for which procedure, and how the result is wanted."""

    verfahren = forms.ChoiceField(label=gettext_lazy("Verfahren"))
    datei = forms.FileField(
        label=gettext_lazy("Datei mit Fällen"),
        help_text=gettext_lazy("CSV mit Semikolon oder JSON, höchstens 5.000 Fälle."),
    )
    stichtag = DayField(label=gettext_lazy("Stichtag, wo die Datei keinen nennt"), first_year=2015)
    ausgabe = forms.ChoiceField(
        label=gettext_lazy("Ergebnis"),
        choices=[
            (PAGE, gettext_lazy("als Seite")),
            (CSV, gettext_lazy("als CSV")),
            (JSON, gettext_lazy("als JSON")),
        ],
        initial=PAGE,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, procedures: Iterable[tuple[str, str]], **options: Any) -> None:
        """Offer the procedures of the actor's units."""
        super().__init__(*args, **options)
        self.fields["verfahren"] = forms.ChoiceField(label=_("Verfahren"), choices=list(procedures))
        self.fields["stichtag"].initial = timezone.localdate()

    def clean_datei(self) -> Any:
        """Refuse what is too big to be compared at once."""
        file = self.cleaned_data["datei"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("Die Datei ist größer als 10 MB. Bitte teilen Sie sie."))
        return file
