"""The short questions: a chapter of the interview as one form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms

from leitplanke.apps.leitlinie.forms_werkstatt import NOT_YET, OptionCard, option_cards, parameter_field
from leitplanke.apps.leitlinie.previews import UsedParameter, parameters_of
from leitplanke.core.guideline import Choice, Example, complaints

if TYPE_CHECKING:
    from django.forms import BoundField

    from leitplanke.core.guideline import Block


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the interview as the page shows it."""

    block: Block
    cards: list[OptionCard]
    field: BoundField
    open_id: str
    is_open: bool
    parameters: list[tuple[UsedParameter, BoundField]]


class ChapterForm(forms.Form):
    """The questions of a chapter; whoever does not know an answer yet says so."""

    def __init__(
        self,
        *args: Any,
        blocks: Sequence[Block],
        decided: Mapping[str, Choice],
        answered: frozenset[str],
        **options: Any,
    ) -> None:
        """Ask about `blocks`; `decided` is what stands now, `answered` what was left open on purpose."""
        super().__init__(*args, **options)
        self._blocks = blocks
        for block in blocks:
            choice = decided.get(block.id)
            begin = NOT_YET if block.id in answered else proposal(block)
            choices = [*((option.key, option.title) for option in block.options), (NOT_YET, NOT_YET)]
            self.fields[block.id] = forms.ChoiceField(
                label=block.question, choices=choices, widget=forms.RadioSelect,
                initial=choice.option if choice else begin,
            )  # fmt: skip
            for parameter in block.parameters:
                field = parameter_field(parameter)
                if choice and parameter.name in choice.values:
                    field.initial = choice.values[parameter.name]
                self.fields[f"{block.id}_{parameter.name}"] = field

    def clean(self) -> dict[str, Any]:
        """Say about each value what would be possible; values of questions that stay open do not matter."""
        cleaned = super().clean() or {}
        for block in self._blocks:
            if cleaned.get(block.id) in {None, NOT_YET}:
                continue
            for name, problem in complaints(block, self._values(block, cleaned)).items():
                if f"{block.id}_{name}" not in self.errors:
                    self.add_error(f"{block.id}_{name}", problem)
        return cleaned

    @staticmethod
    def _values(block: Block, given: Mapping[str, Any]) -> dict[str, str]:
        names = {parameter.name: f"{block.id}_{parameter.name}" for parameter in block.parameters}
        return {name: str(given[field]).strip() for name, field in names.items() if field in given}

    def choices(self) -> Iterator[tuple[str, Choice | None]]:
        """Return what was answered by block; None where that is not known yet."""
        for block in self._blocks:
            option = self.cleaned_data[block.id]
            known = option != NOT_YET
            yield block.id, Choice(block.id, option, self._values(block, self.cleaned_data)) if known else None

    @property
    def questions(self) -> list[Question]:
        """The questions with cards and parameters."""
        return [self._question(block) for block in self._blocks]

    def _question(self, block: Block) -> Question:
        field = self[block.id]
        parameters = [(used, self[f"{block.id}_{used.parameter.name}"]) for used in parameters_of(block)]
        cards = option_cards(block, field, proposal(block))
        return Question(block, cards, field, f"id_{block.id}_{NOT_YET}", field.value() == NOT_YET, parameters)


def proposal(block: Block) -> str:
    """Return the option that we suggest to a small town."""
    return block.examples[Example.AUSGEWOGEN]
