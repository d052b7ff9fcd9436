"""Forms of the workshop: how to begin, a clause, the questions of a chapter, what the town calls itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitplanke.apps.leitlinie.models import Kommunenangaben
from leitplanke.apps.leitlinie.previews import AUDIENCES, UsedParameter, model_wording, parameters_of
from leitplanke.core.guideline import Audience, Choice, Example, complaints
from leitplanke.core.guideline.filling import names_in

if TYPE_CHECKING:
    from django.forms import BoundField

    from leitplanke.core.guideline import Block, Parameter

LONGEST_WORDING, LONGEST_VALUE = 6000, 400
NOT_YET = "offen"


class TitleForm(forms.Form):
    """What a new version is called."""

    titel = forms.CharField(
        label=gettext_lazy("Name der Leitlinie"), max_length=200,
        initial=gettext_lazy("Leitlinie für den Umgang mit KI"),
    )  # fmt: skip


class ExampleForm(TitleForm):
    """Which example to begin with."""

    beispiel = forms.ChoiceField(choices=[(one.value, one.value) for one in Example])


def parameter_field(parameter: Parameter) -> forms.Field:
    """Return the field of a parameter; what is possible is checked by `complaints`, in words of the block."""
    label = f"{parameter.title} ({parameter.unit})" if parameter.unit else parameter.title
    if parameter.kind == "auswahl":
        return forms.ChoiceField(label=label, choices=list(parameter.values.items()), initial=parameter.usual)
    hint = ""
    widget: forms.Widget = forms.TextInput()
    if parameter.kind == "zahl":
        hint = _("von %(least)d bis %(most)d") % {"least": parameter.least, "most": parameter.most}
        widget = forms.TextInput(attrs={"inputmode": "numeric"})
    elif len(parameter.usual) > 60:
        widget = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(
        label=label, max_length=LONGEST_VALUE, widget=widget, help_text=hint, initial=parameter.usual, required=False
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class OptionCard:
    """An option as a card to choose: what it brings and costs, and whether it is chosen."""

    key: str
    title: str
    consequences: str
    id: str
    chosen: bool
    proposed: bool


def option_cards(block: Block, field: BoundField, proposed: str = "") -> list[OptionCard]:
    """Return the options of a block as cards."""
    value = field.value()
    return [
        OptionCard(
            option.key, option.title, option.consequences, f"{field.id_for_label or field.auto_id}_{number}",
            option.key == value, option.key == proposed,
        )
        for number, option in enumerate(block.options)
    ]  # fmt: skip


class ClauseForm(forms.Form):
    """A decision about a block; also what a suggestion is made with."""

    option = forms.ChoiceField(
        label=gettext_lazy("Entscheidung"), widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Bitte wählen Sie eine der Antworten.")},
    )  # fmt: skip
    grund = forms.CharField(
        label=gettext_lazy("Warum entscheiden Sie so?"), max_length=4000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Steht als Begründung in der Leitlinie und in der Vorlage für den Rat."),
    )  # fmt: skip
    quelle = forms.CharField(
        label=gettext_lazy("Woher stammt der Gedanke oder der Wortlaut?"), max_length=300, required=False,
        help_text=gettext_lazy("Zum Beispiel eine Seite der Stadt, von der Sie etwas übernehmen."),
    )  # fmt: skip
    lizenz = forms.CharField(
        label=gettext_lazy("Unter welcher Lizenz?"), max_length=60, required=False,
        help_text=gettext_lazy("Nur bei fremdem Wortlaut, zum Beispiel CC BY 4.0."),
    )  # fmt: skip
    anlass = forms.CharField(
        label=gettext_lazy("Anlass der Änderung"), max_length=200, required=False,
        help_text=gettext_lazy("Für den Verlauf, zum Beispiel: aus der Sitzung vom 3. März."),
    )  # fmt: skip
    gesehen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, block: Block, **options: Any) -> None:
        """Ask for an option of the block, its parameters and wording."""
        super().__init__(*args, **options)
        self.block = block
        chosen = self.fields["option"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101 - declared above
        chosen.choices = [(option.key, option.title) for option in block.options]
        for parameter in block.parameters:
            self.fields[f"wert_{parameter.name}"] = parameter_field(parameter)
        for audience, label in AUDIENCES.items():
            self.fields[f"wortlaut_{audience.value}"] = forms.CharField(
                label=_(label), max_length=LONGEST_WORDING, required=False, widget=forms.Textarea(attrs={"rows": 4})
            )

    def clean(self) -> dict[str, Any]:
        """Say about each value what would be possible, in the words of the block."""
        cleaned = super().clean() or {}
        for name, problem in complaints(self.block, self.values(cleaned)).items():
            if f"wert_{name}" not in self.errors:
                self.add_error(f"wert_{name}", problem)
        known = {parameter.name for parameter in self.block.parameters}
        for audience in AUDIENCES:
            unknown = set(names_in(cleaned.get(f"wortlaut_{audience.value}", ""))) - known
            if unknown:
                named = ", ".join(f"{{{name}}}" for name in sorted(unknown))
                problem = _("%(was)s steht für nichts. Bitte schreiben Sie dort das Wort selbst.") % {"was": named}
                self.add_error(f"wortlaut_{audience.value}", problem)
        return cleaned

    def values(self, given: Mapping[str, Any]) -> dict[str, str]:
        """Return the values of the parameters among what was given."""
        names = [parameter.name for parameter in self.block.parameters]
        return {name: str(given[f"wert_{name}"]).strip() for name in names if f"wert_{name}" in given}

    def choice(self) -> Choice:
        """Return the decision that was stated, as far as it can be read; also of a form with errors."""
        given = dict(self.cleaned_data) if hasattr(self, "cleaned_data") else {}
        words = {who: str(given.get(f"wortlaut_{who.value}", "")).strip() for who in Audience}
        return Choice(
            self.block.id, str(given.get("option", "")), self.values(given), str(given.get("grund", "")),
            str(given.get("quelle", "")), str(given.get("lizenz", "")),
            {who: text for who, text in words.items() if text},
        )  # fmt: skip

    @property
    def cards(self) -> list[OptionCard]:
        """The options as cards."""
        return option_cards(self.block, self["option"])

    @property
    def parameters(self) -> Iterator[tuple[UsedParameter, BoundField]]:
        """The parameters with their fields."""
        for used in parameters_of(self.block):
            yield used, self[f"wert_{used.parameter.name}"]

    @property
    def wordings(self) -> Iterator[tuple[BoundField, str]]:
        """The fields for the town's own wording, each with our wording of the chosen option."""
        ours = model_wording(self.block, self["option"].value() or self.block.usual)
        for audience in AUDIENCES:
            yield self[f"wortlaut_{audience.value}"], ours.get(audience, "")


def initial_of(block: Block, choice: Choice | None, seen: int) -> dict[str, Any]:
    """Return what the form of a clause begins with."""
    if choice is None:
        return {"gesehen": seen}
    usual = {parameter.name: parameter.usual for parameter in block.parameters}
    return {
        "option": choice.option, "grund": choice.reason, "quelle": choice.source, "lizenz": choice.licence,
        "gesehen": seen,
        **{f"wert_{name}": choice.values.get(name, value) for name, value in usual.items()},
        **{f"wortlaut_{who.value}": text for who, text in choice.wording.items()},
    }  # fmt: skip


class ContributionForm(forms.Form):
    """A remark, or an answer to one."""

    text = forms.CharField(
        label=gettext_lazy("Ihr Beitrag"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Bitte schreiben Sie einen Satz dazu.")},
    )  # fmt: skip
    antwort_auf = forms.IntegerField(widget=forms.HiddenInput, required=False)


# Statements of a town in documents: name, label, and what stands there where it says nothing.
TOWN_STATEMENTS = (
    ("kontakt", gettext_lazy("So erreicht man jemanden, der Fragen beantwortet"),
     gettext_lazy("Ohne Angabe stehen Telefon und E-Mail der Verwaltung da.")),
    ("beschluss", gettext_lazy("Wer beschließt?"),
     gettext_lazy("Üblich: Rat der Stadt, Kreistag, Aufsichtsrat, je nachdem, für wen sie gilt.")),
    ("leitung", gettext_lazy("Leitung der Verwaltung"),
     gettext_lazy("Üblich: die Bürgermeisterin oder der Bürgermeister.")),
    ("ki", gettext_lazy("Zuständig für KI"), gettext_lazy("Üblich: die oder der KI-Beauftragte.")),
    ("datenschutz", gettext_lazy("Datenschutz"), gettext_lazy("Üblich: die oder der Datenschutzbeauftragte.")),
    ("it", gettext_lazy("IT"), gettext_lazy("Üblich: die IT-Abteilung.")),
    ("personal", gettext_lazy("Personal"), gettext_lazy("Üblich: das Personalamt.")),
    ("personalvertretung", gettext_lazy("Personalvertretung"), gettext_lazy("Üblich: der Personalrat.")),
    ("fachamt", gettext_lazy("Ein Fachamt"), gettext_lazy("Üblich: das zuständige Fachamt.")),
    ("lizenz", gettext_lazy("Lizenz Ihrer eigenen Worte"),
     gettext_lazy("Steht in der Datei für andere Kommunen, zum Beispiel CC BY 4.0 oder CC0 1.0.")),
)  # fmt: skip


class TownForm(forms.ModelForm[Kommunenangaben]):
    """What the documents call the town and its offices; as long as the table has room for it."""

    class Meta:
        model = Kommunenangaben
        fields = ("art", "name", *(name for name, _label, _usual in TOWN_STATEMENTS))
        labels = {
            "art": gettext_lazy("Für wen gilt die Leitlinie?"),
            "name": gettext_lazy("Name ohne „Stadt“, „Gemeinde“ oder „Kreis“"),
            **{name: label for name, label, _usual in TOWN_STATEMENTS},
        }
        help_texts = {name: usual for name, _label, usual in TOWN_STATEMENTS}
