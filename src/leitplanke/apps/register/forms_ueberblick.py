"""Forms of the overview: figures of a month, and a table of many."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from leitplanke.apps.register.figures import HERKUNFT, Figure
from leitplanke.apps.register.figures_reading import month_of, stored
from leitplanke.apps.register.models import Messgroesse
from leitplanke.base.interview.reading import decimal_of


class NumberField(forms.CharField):
    """A number as people type it; nothing where nothing is known."""

    def __init__(self, **options: Any) -> None:
        """Take a short text."""
        attrs = {"inputmode": "decimal", "autocomplete": "off"}
        super().__init__(max_length=20, required=False, widget=forms.TextInput(attrs=attrs), **options)

    def clean(self, value: Any) -> Any:
        """Understand the number.

        Raises:
            ValidationError: it is none.
        """
        text = str(super().clean(value)).strip()
        if not text:
            return None
        number = decimal_of(text, english=get_language() == "en")
        if number is None:
            raise ValidationError(_("„%(text)s“ ist keine Zahl. Zum Beispiel: 12,5."), params={"text": text})
        return number


def _origin(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=list(HERKUNFT.items()), initial="geschaetzt")


class MonthForm(forms.Form):
    """What a system used and cost in a month."""

    monat = forms.CharField(
        label=gettext_lazy("Monat"), max_length=10, help_text=gettext_lazy("Zum Beispiel: 03.2026"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    energie = NumberField(label=gettext_lazy("Energie in kWh"))
    herkunft_energie = _origin(gettext_lazy("Woher ist die Zahl zur Energie?"))
    kosten = NumberField(label=gettext_lazy("Kosten in EUR"))
    herkunft_kosten = _origin(gettext_lazy("Woher ist die Zahl zu den Kosten?"))
    anfragen = NumberField(label=gettext_lazy("Vorschläge oder Antworten der KI"))
    ueberstimmt = NumberField(
        label=gettext_lazy("davon von Menschen geändert"),
        help_text=gettext_lazy("Wie oft ein Mensch anders entschieden hat als die KI."),
    )
    herkunft_anfragen = _origin(gettext_lazy("Woher sind diese beiden Zahlen?"))

    def clean_monat(self) -> Any:
        """Understand the month."""
        month = month_of(str(self.cleaned_data["monat"]))
        if month is None:
            raise ValidationError(_("Das ist kein Monat. Zum Beispiel: 03.2026."))
        return month

    def clean(self) -> dict[str, Any] | None:
        """Ask for at least one figure."""
        data = super().clean()
        names = [name.value for name in Messgroesse]
        if not self.errors and all(self.cleaned_data.get(name) is None for name in names):
            raise ValidationError(_("Bitte tragen Sie mindestens eine Zahl ein."))
        return data

    def figures(self) -> dict[str, Figure]:
        """Return the figures that were stated."""
        said = self.cleaned_data
        found: dict[str, Figure] = {}
        for name in Messgroesse:
            wert: Decimal | None = said.get(name.value)
            origin = "anfragen" if name is Messgroesse.UEBERSTIMMT else name.value
            if wert is not None:
                found[name.value] = Figure(stored(name, wert), said[f"herkunft_{origin}"])
        return found


class TableForm(forms.Form):
    """A table with figures of many systems and months."""

    datei = forms.FileField(label=gettext_lazy("Tabelle als CSV"))
