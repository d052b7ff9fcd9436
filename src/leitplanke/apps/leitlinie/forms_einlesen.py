"""Forms of reading an existing guideline: the file, and what a person says of each passage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy

from leitplanke.apps.leitlinie.forms_werkstatt import OptionCard, option_cards, parameter_field
from leitplanke.apps.leitlinie.library import blocks
from leitplanke.apps.leitlinie.previews import UsedParameter, parameters_of
from leitplanke.core.guideline import complaints

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.forms import BoundField

    from leitplanke.apps.leitlinie.models import Einlesung
    from leitplanke.core.guideline import Block

NOT_IN_THERE = "steht-nicht-drin"
MORE_QUOTES = 3


class DocumentForm(forms.Form):
    """The document, and what it is called."""

    datei = forms.FileField(
        label=gettext_lazy("Datei"),
        help_text=gettext_lazy("PDF, Word (DOCX) oder Text (TXT), bis 20 MB. Gescannte Seiten ohne Text gehen nicht."),
        error_messages={"required": gettext_lazy("Bitte wählen Sie eine Datei.")},
    )
    titel = forms.CharField(
        label=gettext_lazy("Wie heißt das Dokument?"),
        max_length=150,
        help_text=gettext_lazy("So steht es als Quelle an jeder Klausel, etwa: Dienstanweisung KI vom 1.3.2025."),
        error_messages={"required": gettext_lazy("Bitte nennen Sie das Dokument, so wie Sie es zitieren würden.")},
    )


@dataclass(frozen=True, slots=True)
class Passage:
    """A building block that was found: the surest quote, what else speaks of it, and the answers to choose from.

    Attributes:
        doubtful: the passages do not agree on an answer, or suggest none.
    """

    block: Block
    first: Mapping[str, Any]
    more: Sequence[Mapping[str, Any]]
    doubtful: bool
    cards: list[OptionCard]
    field: BoundField
    none_id: str
    none_chosen: bool
    parameters: list[tuple[UsedParameter, BoundField]]
    confirm: BoundField


class ReviewForm(forms.Form):
    """What a person says of each block that was found; only what is confirmed counts."""

    def __init__(self, *args: Any, reading: Einlesung, **options: Any) -> None:
        """Ask about the blocks that were found, in the order of the guideline."""
        super().__init__(*args, **options)
        self._found: dict[str, list[dict[str, Any]]] = {}
        for row in sorted(reading.treffer, key=lambda row: -row["sicherheit"]):
            if row["baustein"] in blocks():
                self._found.setdefault(row["baustein"], []).append(row)
        self._blocks = [block for block in blocks().values() if block.id in self._found]
        for block in self._blocks:
            self._ask(block, reading.entschieden.get(block.id, {}))

    def _ask(self, block: Block, said: Mapping[str, Any]) -> None:
        keys = [(option.key, option.title) for option in block.options]
        self.fields[block.id] = forms.ChoiceField(
            choices=[*keys, (NOT_IN_THERE, NOT_IN_THERE)], widget=forms.RadioSelect, required=False,
            initial=(said["option"] or NOT_IN_THERE) if said else suggested(self._found[block.id]),
        )  # fmt: skip
        self.fields[f"{block.id}_ja"] = forms.BooleanField(required=False, initial=said.get("bestaetigt", False))
        for parameter in block.parameters:
            field = parameter_field(parameter)
            field.initial = said.get("werte", {}).get(parameter.name, parameter.usual)
            self.fields[f"{block.id}_{parameter.name}"] = field

    @property
    def missing(self) -> list[Block]:
        """Blocks about which nothing was found."""
        return [block for block in blocks().values() if block.id not in self._found]

    def clean(self) -> dict[str, Any]:
        """Ask for an answer where one is confirmed, and for possible values."""
        cleaned = super().clean() or {}
        for block in self._blocks:
            if not cleaned.get(f"{block.id}_ja") or cleaned.get(block.id) == NOT_IN_THERE:
                continue
            if not cleaned.get(block.id):
                self.add_error(block.id, gettext_lazy("Bitte wählen Sie die Antwort, die Sie bestätigen."))
                continue
            for name, problem in complaints(block, self._values(block)).items():
                if f"{block.id}_{name}" not in self.errors:
                    self.add_error(f"{block.id}_{name}", problem)
        return cleaned

    def _values(self, block: Block) -> dict[str, str]:
        given = self.cleaned_data
        fields = {one.name: f"{block.id}_{one.name}" for one in block.parameters}
        return {name: str(given[field]).strip() for name, field in fields.items() if field in given}

    def decided(self) -> dict[str, dict[str, Any]]:
        """Return what was said by block: {option, werte, bestaetigt}; blocks without an answer are left out."""
        said: dict[str, dict[str, Any]] = {}
        for block in self._blocks:
            option = self.cleaned_data.get(block.id, "")
            sure = bool(self.cleaned_data.get(f"{block.id}_ja"))
            if option == NOT_IN_THERE:
                said[block.id] = {"option": "", "werte": {}, "bestaetigt": sure}
            elif option:
                said[block.id] = {"option": option, "werte": self._values(block) if sure else {}, "bestaetigt": sure}
        return said

    @property
    def passages(self) -> list[Passage]:
        """The blocks that were found, as the page shows them."""
        return [self._passage(block) for block in self._blocks]

    def _passage(self, block: Block) -> Passage:
        rows = self._found[block.id]
        field = self[block.id]
        proposed = suggested(rows)
        named = {row["option"] for row in rows if row["option"]}
        return Passage(
            block, rows[0], rows[1 : MORE_QUOTES + 1], len(named) != 1, option_cards(block, field, proposed), field,
            f"id_{block.id}_nicht", field.value() == NOT_IN_THERE,
            [(used, self[f"{block.id}_{used.parameter.name}"]) for used in parameters_of(block)],
            self[f"{block.id}_ja"],
        )  # fmt: skip


def suggested(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return the answer that the surest passage suggests; "" where none does."""
    return next((str(row["option"]) for row in rows if row["option"]), "")
