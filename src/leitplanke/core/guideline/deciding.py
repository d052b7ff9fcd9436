"""What a town decided: per block an option, its values, the reason and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from leitplanke.core.guideline.filling import fill
from leitplanke.core.guideline.model import Area, Audience, Block, Example, Option, Parameter

AREAS = tuple(Area)


@dataclass(frozen=True, slots=True)
class Choice:
    """A clause of a town's guideline.

    Attributes:
        block: id of the block.
        option: key of the option.
        values: of the parameters, as text; what is missing has its usual value.
        reason: why the town decided so.
        source: where the thought or wording comes from.
        licence: of a wording that was taken over.
        wording: the town's own words by audience; the model wording where there is none.
    """

    block: str
    option: str
    values: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    source: str = ""
    licence: str = ""
    wording: Mapping[Audience, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Guideline:
    """A town's guideline; `choices` has each block at most once."""

    id: str
    title: str
    town: str
    version: str
    choices: tuple[Choice, ...]

    def choice(self, block: str) -> Choice | None:
        """Return what was decided about a block."""
        return next((choice for choice in self.choices if choice.block == block), None)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A clause with its block, its option and the number under which the guideline has it ("4.1")."""

    number: str
    choice: Choice
    block: Block
    option: Option

    @property
    def values(self) -> dict[str, str]:
        """The value of each parameter."""
        usual = {parameter.name: parameter.usual for parameter in self.block.parameters}
        return usual | {name: value for name, value in self.choice.values.items() if name in usual}

    def text(self, audience: Audience) -> str:
        """Return the wording for an audience, with the values as people read them."""
        words = self.choice.wording.get(audience) or self.option.texts.get(audience, "")
        shown = {parameter.name: shown_value(parameter, self.values[parameter.name]) for parameter in self.parameters}
        return fill(words, shown)

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """What the town filled in."""
        return self.block.parameters


def shown_value(parameter: Parameter, value: str) -> str:
    """Return a value as people read it: the word of an Auswahl; texts of models put the unit themselves."""
    return parameter.values.get(value, value)


def complaint(parameter: Parameter, value: str) -> str:
    """Return what is wrong with a value, in German; "" where nothing is."""
    if parameter.kind == "zahl":
        if not (value.isascii() and value.isdigit() and parameter.least <= int(value) <= parameter.most):
            unit = f" {parameter.unit}" if parameter.unit else ""
            return f"„{parameter.title}“ ist eine ganze Zahl von {parameter.least} bis {parameter.most}{unit}."
    elif parameter.kind == "auswahl" and value not in parameter.values:
        return f"„{parameter.title}“: Bitte wählen Sie eines von {', '.join(parameter.values.values())}."
    elif not value.strip():
        return f"„{parameter.title}“ fehlt."
    return ""


def complaints(block: Block, values: Mapping[str, str]) -> dict[str, str]:
    """Return what is wrong with stated values by parameter, in German; empty where nothing is."""
    found = {name: f"Die Angabe „{name}“ gibt es hier nicht." for name in values if block.parameter(name) is None}
    for parameter in block.parameters:
        if parameter.name in values and (problem := complaint(parameter, values[parameter.name])):
            found[parameter.name] = problem
    return found


def numbered(guideline: Guideline, blocks: Mapping[str, Block]) -> tuple[Numbered, ...]:
    """Return the clauses in the order of the chapters, numbered; choices of unknown blocks or options are left out."""
    return tuple(_numbered(guideline, blocks))


def _numbered(guideline: Guideline, blocks: Mapping[str, Block]) -> Iterator[Numbered]:
    chapter = 0
    for area in AREAS:
        known = [choice for choice in guideline.choices if choice.block in blocks]
        here = sorted((one for one in known if blocks[one.block].area is area), key=lambda one: one.block)
        chapter += bool(here)
        for place, choice in enumerate(here, 1):
            block = blocks[choice.block]
            if (option := block.option(choice.option)) is not None:
                yield Numbered(f"{chapter}.{place}", choice, block, option)


def example_guideline(
    blocks: Mapping[str, Block], example: Example, *, town: str = "", core: bool = False
) -> Guideline:
    """Return an example to start from: one option per block; with `core` only of those that a small town is asked."""
    chosen = (block for block in blocks.values() if block.core or not core)
    choices = tuple(Choice(block.id, block.examples[example]) for block in chosen)
    return Guideline(example.value, f"Beispiel: {example.value}", town, "1", choices)
