"""The filter of the list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitplanke.base.evidence.codes import REGISTRY


class FilterForm(forms.Form):
    """Which kind of entry to show."""

    is_filter = True

    art = forms.ChoiceField(label=gettext_lazy("Art"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the codes that are declared."""
        super().__init__(*args, **kwargs)
        field = self.fields["art"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", _("Alle")), *((code.code, _(code.label)) for code in REGISTRY.all())]
