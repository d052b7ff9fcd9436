"""Forms of the desk of one case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from leitplanke.apps.antrag.models import Textbaustein
from leitplanke.apps.antrag.proposing import kinds
from leitplanke.base.documents.limits import MAX_BYTES
from leitplanke.base.interview.forms import QuestionForm, ShapeField
from leitplanke.base.interview.reading import decimal_of
from leitplanke.base.interview.wording import said, unit_words
from leitplanke.core.rules.interview import Question
from leitplanke.core.rules.model import Angabe, Ermessen, Kind

FIRST_KINDS = (
    ("bewilligung", gettext_lazy("Bewilligung")),
    ("teilbewilligung", gettext_lazy("Teilbewilligung")),
    ("ablehnung", gettext_lazy("Ablehnung")),
    ("festsetzung", gettext_lazy("Festsetzung")),
    ("versagung", gettext_lazy("Versagung wegen fehlender Mitwirkung")),
)
VALUE = "wert"


def radios() -> forms.RadioSelect:
    """Return radio buttons as KERN draws them."""
    return forms.RadioSelect(attrs={"class": "kern-form-check__radio"})


def fact_form(angabe: Angabe, data: Any = None, *, current: Any = None, prefix: str = VALUE) -> QuestionForm:
    """Return the field for one fact, typed as the Regelwerk says; what is stated stands in it."""
    known: Mapping[str, Any] = {} if current is None else {angabe.name: current}
    return QuestionForm([Question(angabe)], data, facts=known, prefix=prefix)


class ItemsForm(forms.Form):
    """How many items a list has."""

    anzahl = forms.IntegerField(label=gettext_lazy("Anzahl der Einträge"), min_value=0, max_value=100)


class JudgementForm(forms.Form):
    """A judgement: nothing is filled in beforehand, and nothing is suggested."""

    begruendung = forms.CharField(
        label=gettext_lazy("Begründung"),
        error_messages={"required": gettext_lazy("Bitte begründen Sie das Urteil in eigenen Worten.")},
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("In eigenen Worten: Was gibt in diesem Fall den Ausschlag?"),
    )

    def __init__(self, ermessen: Ermessen, blocks: Iterable[Textbaustein], data: Any = None) -> None:
        """Ask for the value as the Regelwerk types it, and offer the office's text blocks where there are any."""
        super().__init__(data, auto_id=f"urteil-{ermessen.name}-%s")
        self.blocks = {str(block.pk): block for block in blocks}
        self.fields = {"wert": _value_field(ermessen), **self.fields}
        if self.blocks:
            choices = [("", _("keiner")), *((key, block.titel) for key, block in self.blocks.items())]
            field = forms.ChoiceField(
                label=_("Textbaustein"),
                choices=choices,
                required=False,
                help_text=_("Mit Baustein schreiben Sie in die Begründung, was an diesem Fall besonders ist."),
            )
            self.fields = {"wert": self.fields["wert"], "baustein": field, "begruendung": self.fields["begruendung"]}

    def value(self) -> Any:
        """Return the judgement as the engine takes it."""
        wert = self.cleaned_data["wert"]
        return {"ja": True, "nein": False}.get(wert, wert)

    def block_text(self) -> str:
        """Return the words of the chosen text block; empty for none."""
        block = self.blocks.get(self.cleaned_data.get("baustein", ""))
        return block.text if block else ""


def _value_field(ermessen: Ermessen) -> forms.Field:
    shape, label = ermessen.shape, _("Ihr Urteil")
    if shape.kind is Kind.WAHRHEITSWERT:
        choices = [("ja", _("Ja")), ("nein", _("Nein"))]
    elif shape.kind is Kind.AUSWAHL:
        choices = [(option, said(shape.labels[option])) for option in shape.optionen]
    else:
        field = ShapeField(shape, label=label, help_text=unit_words(shape.einheit))
        field.required = True
        return field
    missing = {"required": _("Bitte wählen Sie eine Antwort."), "invalid_choice": _("Bitte wählen Sie eine Antwort.")}
    return forms.ChoiceField(choices=choices, label=label, widget=radios(), error_messages=missing)


class FirstDecisionForm(forms.Form):
    """How a person would decide before the rules are shown."""

    art = forms.ChoiceField(label=gettext_lazy("Wie würden Sie entscheiden?"), choices=FIRST_KINDS, widget=radios())
    betrag = forms.CharField(
        label=gettext_lazy("Betrag in Euro"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    normen = forms.CharField(
        label=gettext_lazy("Normen, auf die Sie sich stützen"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Eine je Zeile, zum Beispiel „§ 19 WoGG“."),
    )
    begruendung = forms.CharField(
        label=gettext_lazy("Begründung"), max_length=8000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def clean_betrag(self) -> Decimal | None:
        """Understand the amount the way people write it.

        Raises:
            ValidationError: it is none.
        """
        text = str(self.cleaned_data["betrag"]).strip()
        if not text:
            return None
        number = decimal_of(text, english=get_language() == "en")
        if number is None or number < 0:
            raise ValidationError(_("„%(text)s“ ist kein Betrag. Zum Beispiel: 312,00."), params={"text": text})
        return number.quantize(Decimal("0.01"))


class KindForm(forms.Form):
    """What kind of document it is."""

    art = forms.ChoiceField(label=gettext_lazy("Art der Unterlage"), required=False)
    is_filter = True

    def __init__(self, data: Any = None, *, initial: Mapping[str, Any] | None = None) -> None:
        """Offer every kind that is known."""
        super().__init__(data, initial=dict(initial or {}), auto_id="unterlage-%s")
        known = sorted((said(art.titel), name) for name, art in kinds().items())
        self.fields["art"].choices = [("", _("noch nicht eingeordnet")), *((n, t) for t, n in known)]  # type: ignore[attr-defined]


class UploadForm(forms.Form):
    """A document that came by post or was handed over."""

    datei = forms.FileField(label=gettext_lazy("Datei (PDF, Foto oder DOCX)"), max_length=200)

    def clean_datei(self) -> Any:
        """Check the size.

        Raises:
            ValidationError: it is too large.
        """
        file = self.cleaned_data["datei"]
        if file.size > MAX_BYTES:
            raise ValidationError(_("Die Datei ist größer als %(limit)s MB."), params={"limit": MAX_BYTES // 1024**2})
        return file


class TextForm(forms.Form):
    """A message or a note."""

    text = forms.CharField(max_length=5000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, data: Any = None, *, label: str = "", prefix: str | None = None) -> None:
        """Say what is written."""
        super().__init__(data, prefix=prefix)
        self.fields["text"].label = label
        self.fields["text"].error_messages["required"] = _("Bitte schreiben Sie etwas.")


class BlockForm(forms.Form):
    """A text block of the office for a judgement."""

    wofuer = forms.ChoiceField(label=gettext_lazy("Für welches Urteil?"))
    titel = forms.CharField(label=gettext_lazy("Titel"), max_length=120)
    text = forms.CharField(label=gettext_lazy("Text"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, choices: Iterable[tuple[str, str]], data: Any = None, *, initial: Any = None) -> None:
        """Offer the judgements of the procedures somebody is answerable for."""
        super().__init__(data, initial=initial)
        self.fields["wofuer"].choices = list(choices)  # type: ignore[attr-defined]
