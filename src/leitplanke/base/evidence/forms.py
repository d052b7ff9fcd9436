"""The filter of the list, and the request to resolve a pseudonym."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitplanke.base.evidence.codes import REGISTRY


class ResolutionForm(forms.Form):
    """Which pseudonym is to be resolved, and why."""

    pseudonym = forms.CharField(
        label=gettext_lazy("Pseudonym"),
        max_length=50,
        help_text=gettext_lazy("Es steht im Nachweis und beginnt mit akteur-."),
    )
    grund = forms.CharField(
        label=gettext_lazy("Anlass"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Ein ganzer Satz: Was ist geschehen, und warum brauchen Sie den Namen?"),
    )


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
