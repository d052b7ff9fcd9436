"""Forms that look into texts and documents."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitplanke.apps.gateway.looking import MOST_CHARACTERS

ENDINGS = (".docx", ".pdf", ".csv", ".txt", ".md")
MOST_BYTES = 10_000_000


class TextForm(forms.Form):
    """A text to look at."""

    text = forms.CharField(
        label=gettext_lazy("Text"), max_length=MOST_CHARACTERS, strip=False, widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy("Der Text wird nur geprüft. Er wird nicht gespeichert und an kein Modell gegeben."),
    )  # fmt: skip


class _Passphrase(forms.CharField):
    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=gettext_lazy("Passphrase"), max_length=200, strip=False,
            widget=forms.PasswordInput(attrs={"autocomplete": "off"}), **options,
        )  # fmt: skip


class DocumentForm(forms.Form):
    """A document that shall lose its names."""

    datei = forms.FileField(
        label=gettext_lazy("Dokument"), help_text=gettext_lazy("DOCX, PDF, CSV oder Text, bis 10 MB")
    )
    passphrase = _Passphrase(
        help_text=gettext_lazy(
            "Verschließt den Schlüssel. Mindestens 12 Zeichen; ohne sie bekommt niemand die Namen zurück."
        )
    )

    def clean_datei(self) -> Any:
        """Take only what can be read."""
        file = self.cleaned_data["datei"]
        if not file.name.lower().endswith(ENDINGS):
            raise ValidationError(_("Dieses Format geht nicht. Möglich sind DOCX, PDF, CSV und Text."))
        if file.size > MOST_BYTES:
            raise ValidationError(_("Die Datei ist größer als 10 MB."))
        return file


class RestoreForm(DocumentForm):
    """A copy that shall get its names back."""

    schluessel = forms.FileField(label=gettext_lazy("Schlüssel zur Kopie"))
    passphrase = _Passphrase()
    veraendert = forms.BooleanField(
        label=gettext_lazy("Die Kopie wurde inzwischen verändert, zum Beispiel umformuliert"), required=False
    )
    field_order = ("datei", "schluessel", "passphrase", "veraendert")
