"""The form of a guided document: its questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from leitplanke.apps.register.papers import MOST_CHARACTERS
from leitplanke.base.interview.wording import said

if TYPE_CHECKING:
    from collections.abc import Mapping

    from leitplanke.core.register.papers import Vorlage


class PaperForm(forms.Form):
    """One long text for each question; an unfinished document may be kept at any time."""

    # Every question may stay open for now, and most must be answered in the end: "freiwillig" would mislead.
    is_filter = True

    def __init__(self, vorlage: Vorlage, data: Mapping[str, Any] | None, answers: Mapping[str, str]) -> None:
        """Make a field of each question, filled with what was answered."""
        super().__init__(data, initial=dict(answers))
        for frage in vorlage.fragen:
            self.fields[frage.name] = forms.CharField(
                label=said(frage.titel),
                help_text=said(frage.hilfe),
                required=False,
                max_length=MOST_CHARACTERS,
                widget=forms.Textarea(attrs={"rows": 4}),
            )
