"""Forms of training."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from leitplanke.apps.leitlinie.people import employees_of
from leitplanke.base.accounts.forms import DateInput
from leitplanke.base.accounts.models import Person

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant

    _PersonChoice = forms.ModelChoiceField[Person]
else:
    _PersonChoice = forms.ModelChoiceField


class PersonChoice(_PersonChoice):
    """A colleague by name and address."""

    def label_from_instance(self, obj: Person) -> str:
        """Return name and address: two people may have one name."""
        return f"{obj.name}, {obj.email}"


class TrainingForm(forms.Form):
    """A training of one person."""

    person = PersonChoice(label=gettext_lazy("Wer?"), queryset=Person.objects.none())
    titel = forms.CharField(label=gettext_lazy("Welche Schulung?"), max_length=200)
    am = forms.DateField(label=gettext_lazy("Wann?"), widget=DateInput(), initial=timezone.localdate)
    gueltig_bis = forms.DateField(
        label=gettext_lazy("Gilt bis"), widget=DateInput(), required=False,
        help_text=gettext_lazy("Leer gilt sie so lange, wie es die Leitlinie sagt."),
    )  # fmt: skip

    def __init__(self, *args: Any, mandant: Mandant) -> None:
        """Offer those who work in the town."""
        super().__init__(*args)
        keys = [person.pk for person in employees_of(mandant)]
        field: Any = self.fields["person"]
        field.queryset = Person.objects.filter(pk__in=keys).order_by("nachname", "vorname", "pk")


class ListForm(forms.Form):
    """A list of trainings."""

    datei = forms.FileField(
        label=gettext_lazy("CSV-Datei"),
        help_text=gettext_lazy("Erste Zeile: email; schulung; am; gueltig_bis. Tage als TT.MM.JJJJ; Ende freiwillig"),
    )  # fmt: skip
