"""Forms of the outbox."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leitplanke.base.notify.models import Zustand

if TYPE_CHECKING:
    from collections.abc import Iterable

    from leitplanke.base.notify.categories import Category


class FilterForm(forms.Form):
    """Choose the state of mail."""

    is_filter = True

    zustand = forms.ChoiceField(label=_("Stand"), choices=[("", _("Alle")), *Zustand.choices], required=False)


class ChoiceForm(forms.Form):
    """One check box for each category; mandatory ones are shown and stay on."""

    def __init__(self, *args: Any, choices: Iterable[tuple[Category, bool]], **kwargs: Any) -> None:
        """Make the fields."""
        super().__init__(*args, **kwargs)
        self._codes: dict[str, str] = {}
        for number, (kind, wanted) in enumerate(choices):
            name = f"art_{number}"
            self._codes[name] = kind.code
            note = _("%(text)s Das lässt sich nicht abbestellen.") % {"text": kind.description}
            self.fields[name] = forms.BooleanField(
                label=str(kind.label),
                help_text=note if kind.mandatory else str(kind.description),
                initial=wanted,
                required=False,
                disabled=kind.mandatory,
            )

    def wanted(self) -> set[str]:
        """Return the codes of the chosen categories."""
        return {code for name, code in self._codes.items() if self.cleaned_data[name]}
