"""A form field for a day, as people type it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.translation import gettext as _

from leitplanke.base.interview.reading import day_of

FIRST_YEAR, LAST_YEAR = 1900, 2150


class DayField(forms.CharField):
    """A day as people type it, within the years that make sense where it is asked."""

    def __init__(self, *, first_year: int = FIRST_YEAR, **options: Any) -> None:
        """Take days of the years from `first_year` on."""
        super().__init__(max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"}), **options)
        self.first_year = first_year

    def clean(self, value: Any) -> Any:
        """Understand the day.

        Raises:
            ValidationError: it is none, or lies too far away.
        """
        text = str(super().clean(value)).strip()
        if not text:
            return None
        day = day_of(text)
        if day is None:
            raise ValidationError(_("„%(text)s“ ist kein Tag. Zum Beispiel: 31.01.2025."), params={"text": text})
        if not self.first_year <= day.year <= LAST_YEAR:
            span = {"von": self.first_year, "bis": LAST_YEAR}
            raise ValidationError(_("Möglich sind Tage von %(von)s bis %(bis)s."), params=span)
        return day

    def prepare_value(self, value: Any) -> Any:
        """Show a day the way people write it."""
        return formats.date_format(value, "SHORT_DATE_FORMAT") if isinstance(value, date) else value
