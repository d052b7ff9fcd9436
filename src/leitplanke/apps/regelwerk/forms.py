"""What people enter about Regelwerke."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from leitplanke.base.interview.reading import day_of

FIRST_YEAR, LAST_YEAR = 1900, 2150


class DayField(forms.CharField):
    """A day as people type it."""

    def __init__(self, **options: Any) -> None:
        """Say how a day looks."""
        super().__init__(max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"}), **options)

    def clean(self, value: Any) -> Any:
        """Understand the day.

        Raises:
            ValidationError: it is none.
        """
        text = str(super().clean(value)).strip()
        day = day_of(text) if text else None
        if text and day is None:
            raise ValidationError(_("„%(text)s“ ist kein Tag. Zum Beispiel: 31.01.2025."), params={"text": text})
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(
                _("Möglich sind Tage von %(von)s bis %(bis)s."), params={"von": FIRST_YEAR, "bis": LAST_YEAR}
            )
        return day

    def prepare_value(self, value: Any) -> Any:
        """Show a day the way people write it."""
        return formats.date_format(value, "SHORT_DATE_FORMAT") if isinstance(value, date) else value


class LawForm(forms.Form):
    """Which law: of which day, with which layer, with drafts or without."""

    is_filter = True
    am = DayField(label=_("Stand am"), required=False)
    ebene = forms.ChoiceField(label=_("Satzung oder Landesrecht"), required=False)
    entwurf = forms.BooleanField(label=_("Entwürfe mitrechnen"), required=False)

    def __init__(self, *args: Any, layers: dict[str, str], needed: bool, **options: Any) -> None:
        """Offer the layers there are."""
        super().__init__(*args, **options)
        if layers:
            choices = list(layers.items()) if needed else [("", _("nur das übergeordnete Recht")), *layers.items()]
            self.fields["ebene"] = forms.ChoiceField(
                label=_("Satzung oder Landesrecht"), choices=choices, required=False
            )
        else:
            del self.fields["ebene"]


class CompareForm(forms.Form):
    """Two days to compare."""

    is_filter = True
    von = DayField(label=_("Stand am"))
    bis = DayField(label=_("verglichen mit"))
    entwurf = forms.BooleanField(label=_("Entwürfe mitrechnen"), required=False)


class WithdrawForm(forms.Form):
    """Why a change is taken back."""

    begruendung = forms.CharField(label=_("Grund"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
