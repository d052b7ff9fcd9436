"""What people enter in Wissen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from leitplanke.apps.wissen.models import Quelle, Sichtbarkeit, Wissensraum
from leitplanke.base.accounts.models import Mandant, Organisationseinheit
from leitplanke.base.documents.limits import MAX_BYTES

MAX_QUESTION = 1000


class FrageForm(forms.Form):
    """One question."""

    frage = forms.CharField(
        label=_("Ihre Frage"),
        max_length=MAX_QUESTION,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        help_text=_("Ein Satz genügt. Bitte keine Namen, Aktenzeichen oder andere persönliche Angaben."),
        error_messages={"required": _("Bitte schreiben Sie Ihre Frage in das Feld.")},
    )


class MultipleFileInput(forms.ClearableFileInput):
    """A file field that takes several files."""

    allow_multiple_selected = True


class MultipleFileField(forms.FileField):
    """Several files, each within the size limit."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Use the widget for several files."""
        kwargs.setdefault("widget", MultipleFileInput())
        super().__init__(*args, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Check each file.

        Raises:
            ValidationError: a file is missing, empty or too large; the message names it.
        """
        files = [super(MultipleFileField, self).clean(file, initial) for file in (data or [None])]
        for file in files:
            if file is not None and file.size > MAX_BYTES:
                raise ValidationError(
                    _("%(name)s ist größer als %(limit)s MB."),
                    params={"name": file.name, "limit": MAX_BYTES // 1024**2},
                )
        return files


class QuelleForm(forms.Form):
    """Files to add, and what is said about them; open fields are filled from the documents."""

    dateien = MultipleFileField(
        label=_("Dateien"),
        help_text=_(
            "PDF, DOCX, HTML, Markdown, Text oder Gesetze als XML, je bis 50 MB. Mehrere auf einmal bis 200 MB."
        ),
    )
    titel = forms.CharField(label=_("Titel"), max_length=300, required=False)
    url = forms.URLField(label=_("Fundstelle im Netz"), required=False, assume_scheme="https")
    lizenz = forms.CharField(label=_("Lizenz"), max_length=100, required=False)
    ebene = forms.ChoiceField(label=_("Wer hat den Text erlassen?"), choices=Quelle.EBENEN, initial="kommune")
    bindet = forms.CharField(label=_("Für wen gilt er?"), max_length=200, required=False)
    textstand = forms.DateField(
        label=_("Stand des Textes"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    gueltig_von = forms.DateField(label=_("Gültig ab"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    gueltig_bis = forms.DateField(label=_("Gültig bis"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def clean(self) -> dict[str, Any]:
        """Check that the period is none that ends before it begins."""
        values = super().clean() or {}
        start, end = values.get("gueltig_von"), values.get("gueltig_bis")
        if start and end and end < start:
            self.add_error("gueltig_bis", _("Das Ende liegt vor dem Beginn."))
        return values


class ZurueckziehenForm(forms.Form):
    """Why a version is taken out of use."""

    begruendung = forms.CharField(label=_("Begründung"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


class LinesField(forms.CharField):
    """A list of texts, one a line."""

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value: Any) -> Any:
        """Show a list as lines."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """Return the lines that are not empty."""
        lines = value if isinstance(value, list) else (super().to_python(value) or "").splitlines()
        return [line.strip() for line in lines if line.strip()]


class StichwortForm(forms.Form):
    """A bridge from everyday words to official ones."""

    alltag = LinesField(label=_("So sagen es die Leute"), help_text=_("Eine Redewendung je Zeile."))
    amtlich = LinesField(label=_("So steht es in den Quellen"), help_text=_("Ein Begriff je Zeile."), required=False)
    fundstellen = LinesField(label=_("Fundstellen"), help_text=_("Etwa „BMG § 17“, eine je Zeile."), required=False)


class RaumForm(forms.ModelForm[Wissensraum]):
    """A space and the people behind it."""

    themen = LinesField(label=_("Themen"), help_text=_("Ein Thema je Zeile."), required=False)
    beispielfragen = LinesField(label=_("Beispielfragen"), help_text=_("Eine Frage je Zeile."), required=False)

    def __init__(self, *args: Any, mandant: Mandant, **kwargs: Any) -> None:
        """Offer the offices of one Mandant only."""
        super().__init__(*args, **kwargs)
        self.fields["einheit"].queryset = Organisationseinheit.objects.for_mandant(mandant)  # type: ignore[attr-defined]
        self.fields["einheit"].empty_label = _("Bitte wählen")  # type: ignore[attr-defined]
        self.fields["sichtbarkeit"].choices = [("", _("Bitte wählen")), *Sichtbarkeit.choices]  # type: ignore[attr-defined]
        if self.instance.pk:
            self.initial.update(themen=self.instance.themen, beispielfragen=self.instance.beispielfragen)

    def values(self) -> dict[str, Any]:
        """Return what was entered, for `spaces.save_space`."""
        return dict(self.cleaned_data)

    class Meta:
        model = Wissensraum
        fields = (
            "name",
            "beschreibung",
            "sichtbarkeit",
            "von_startseite",
            "einheit",
            "kontakt_stelle",
            "kontakt_telefon",
            "kontakt_email",
            "kontakt_zeiten",
            "eroeffnung",
        )
        help_texts = {
            "eroeffnung": _("Steht am Anfang jedes Gesprächs. Dass hier KI antwortet, steht immer davor."),
        }
