"""Forms of taking over another town's guideline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy

from leitplanke.apps.leitlinie.exchanging import Taking

if TYPE_CHECKING:
    from collections.abc import Iterable

    from leitplanke.apps.leitlinie.exchanging import Chapter, Pair


class PassedFileForm(forms.Form):
    """The file of another town."""

    datei = forms.FileField(
        label=gettext_lazy("Datei der anderen Kommune"),
        help_text=gettext_lazy("Der Export einer Leitlinie aus Leitplanke, YAML oder JSON."),
        error_messages={"required": gettext_lazy("Bitte wählen Sie eine Datei.")},
    )


class TakingForm(forms.Form):
    """What becomes of each clause; the text of the file comes along and is checked anew."""

    text = forms.CharField(widget=forms.HiddenInput, strip=False)

    def __init__(self, *args: Any, chapters: Iterable[Chapter] = (), **options: Any) -> None:
        """Ask about each block."""
        super().__init__(*args, **options)
        self._pairs: list[Pair] = [pair for chapter in chapters for pair in chapter.pairs]
        for pair in self._pairs:
            self.fields[pair.block.id] = forms.ChoiceField(
                choices=[(one.value, one.value) for one in Taking], widget=forms.RadioSelect, initial=pair.usual.value
            )

    def taken(self) -> dict[str, Taking]:
        """Return what becomes of each clause."""
        return {pair.block.id: Taking(self.cleaned_data[pair.block.id]) for pair in self._pairs}
