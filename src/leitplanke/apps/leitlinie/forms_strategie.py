"""Forms of the self-assessment, the Leitbild and the goals."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from leitplanke.apps.leitlinie.goals import Goal
from leitplanke.apps.leitlinie.models import Ziel, Zielstand
from leitplanke.apps.leitlinie.standing import COUNTED, plain
from leitplanke.base.interview.reading import decimal_of
from leitplanke.core.guideline import Block

MOST = Decimal(10) ** 9


class DayField(forms.DateField):
    """A day, chosen or typed."""

    def __init__(self, **options: Any) -> None:
        """Take a day as the browser gives it."""
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


class DecimalField(forms.CharField):
    """A number with at most two digits behind the comma, as people type it."""

    def __init__(self, **options: Any) -> None:
        """Take a short text."""
        attrs = {"inputmode": "decimal", "autocomplete": "off"}
        super().__init__(max_length=20, widget=forms.TextInput(attrs=attrs), **options)

    def clean(self, value: Any) -> Any:
        """Understand the number.

        Raises:
            ValidationError: it is none.
        """
        text = str(super().clean(value)).strip()
        number = decimal_of(text, english=get_language() == "en")
        if number is None or not abs(number) < MOST:
            raise ValidationError(_("„%(text)s“ ist keine Zahl. Zum Beispiel: 12,5."), params={"text": text})
        return round(number, 2)


class ProofForm(forms.Form):
    """What a person shows for a point."""

    text = forms.CharField(
        label=gettext_lazy("Was zeigt der Nachweis?"), max_length=300,
        help_text=gettext_lazy("Ein Satz, zum Beispiel: Prüfbericht der Internetseite, 92 von 95 Punkten erfüllt."),
    )  # fmt: skip
    url = forms.URLField(
        label=gettext_lazy("Adresse des Nachweises"), max_length=400, assume_scheme="https",
        help_text=gettext_lazy("Ein Link ins Internet, ins Intranet oder in die Ablage, den der Rat öffnen kann."),
    )  # fmt: skip
    am = DayField(label=gettext_lazy("Stand vom"))


class MissionForm(forms.Form):
    """The Leitbild."""

    text = forms.CharField(
        label=gettext_lazy("Leitbild"), max_length=6000, widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy("Wofür steht die Kommune, wenn sie KI und Daten nutzt? Wenige Absätze genügen."),
    )  # fmt: skip


class ValueForm(forms.Form):
    """What was measured."""

    am = DayField(label=gettext_lazy("Gemessen am"))
    wert = DecimalField(label=gettext_lazy("Wert"))
    quelle = forms.CharField(label=gettext_lazy("Woher stammt der Wert?"), max_length=300)


class CloseForm(forms.Form):
    """How a goal ended."""

    stand = forms.ChoiceField(
        label=gettext_lazy("Wie endet das Ziel?"), choices=[row for row in Zielstand.choices if row[0] != "offen"],
        widget=forms.RadioSelect,
    )  # fmt: skip
    grund = forms.CharField(label=gettext_lazy("Warum?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class GoalForm(forms.Form):
    """A goal with its indicator."""

    titel = forms.CharField(label=gettext_lazy("Was wollen Sie erreichen?"), max_length=200)
    warum = forms.CharField(label=gettext_lazy("Warum?"), max_length=3000, widget=forms.Textarea(attrs={"rows": 3}))
    kennzahl = forms.CharField(label=gettext_lazy("Woran sehen Sie es?"), max_length=160)
    sammler = forms.ChoiceField(
        label=gettext_lazy("Wer zählt?"), required=False,
        help_text=gettext_lazy("Was die Software zählt, ist ein Anteil in Prozent und immer auf dem neuesten Stand."),
    )  # fmt: skip
    einheit = forms.CharField(label=gettext_lazy("Einheit"), max_length=40, required=False)
    anfang = DecimalField(label=gettext_lazy("Wert zu Beginn"))
    zielwert = DecimalField(
        label=gettext_lazy("Zielwert"), help_text=gettext_lazy("Ist er kleiner als der Wert zu Beginn, soll er sinken.")
    )
    bis = DayField(label=gettext_lazy("Bis wann?"))
    zustaendig = forms.CharField(label=gettext_lazy("Welche Stelle ist zuständig?"), max_length=160)
    eintraege = forms.MultipleChoiceField(
        label=gettext_lazy("Systeme im Register, um die es geht"), required=False, widget=forms.CheckboxSelectMultiple
    )
    bausteine = forms.MultipleChoiceField(
        label=gettext_lazy("Bausteine der Leitlinie, auf die es sich stützt"), required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )  # fmt: skip
    beteiligung = forms.URLField(
        label=gettext_lazy("Adresse einer Beteiligung dazu"), required=False, max_length=400, assume_scheme="https"
    )

    def __init__(self, entries: Iterable[tuple[str, str]], blocks: Iterable[Block], data: Any = None,
                 goal: Ziel | None = None) -> None:  # fmt: skip
        """Offer what the town has."""
        super().__init__(data, initial=_initial(goal))
        counted = [(name, f"{_('Die Software')}: {label}") for name, label in COUNTED.items()]
        self.fields["sammler"].choices = [("", _("Menschen tragen Werte ein")), *counted]  # type: ignore[attr-defined]
        self.fields["eintraege"].choices = list(entries)  # type: ignore[attr-defined]
        named = [(block.id, f"{block.id} {block.title}") for block in blocks]
        self.fields["bausteine"].choices = named  # type: ignore[attr-defined]

    def goal(self) -> Goal:
        """Return the goal as it was written down."""
        data = dict(self.cleaned_data)
        data["fallend"] = data["zielwert"] < data["anfang"]
        for name in ("eintraege", "bausteine"):
            data[name] = tuple(data[name])
        if data["sammler"]:
            data["einheit"] = "%"
        return Goal(**data)


def _initial(goal: Ziel | None) -> dict[str, Any]:
    if goal is None:
        return {}
    values: dict[str, Any] = {name: getattr(goal, name) for name in GoalForm.base_fields}
    return {**values, "anfang": plain(goal.anfang), "zielwert": plain(goal.zielwert)}


def today_first(day: date) -> dict[str, Any]:
    """Return what a form about a day begins with."""
    return {"am": day}
