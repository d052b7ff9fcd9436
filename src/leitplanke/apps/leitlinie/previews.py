"""What a decision would say and do, before anybody has kept it: wording by audience, controls, data against models."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from leitplanke.core.guideline import Audience, Choice, Enforcement, Numbered, fill
from leitplanke.core.guideline.filling import names_in
from leitplanke.core.guideline.writing.words import CELLS, DATA, EFFECTS, MODELS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from leitplanke.core.guideline import Block, KnownGuideline, KnownSource, Option, Parameter

AUDIENCES: Mapping[Audience, str] = {
    Audience.RAT: gettext_noop("Für den Rat"),
    Audience.BESCHAEFTIGTE: gettext_noop("Für die Beschäftigten"),
    Audience.EINFACH: gettext_noop("In Einfacher Sprache"),
}
# How a block is kept: what stands on the badge, its colour, and a sentence.
KEPT: Mapping[Enforcement, tuple[str, str, str]] = {
    Enforcement.RUNTIME: (
        gettext_noop("Software"),
        "success",
        gettext_noop("Die Software achtet bei jedem Aufruf eines Modells darauf."),
    ),
    Enforcement.WORKFLOW: (
        gettext_noop("Ablauf"),
        "success",
        gettext_noop("Die Software lässt den nächsten Schritt erst zu, wenn es erfüllt ist."),
    ),
    Enforcement.EVIDENCE: (
        gettext_noop("Nachweis"),
        "info",
        gettext_noop("Die Software hält fest, ob es geschehen ist. Tun müssen es Menschen."),
    ),
    Enforcement.TEXT: (
        gettext_noop("nur Text"),
        "warning",
        gettext_noop("Es steht geschrieben. Darauf achten müssen Menschen."),
    ),
}


@dataclass(frozen=True, slots=True)
class ShownControl:
    """A control in words: what it is called, what people read when it stops something, what it does."""

    title: str
    sentence: str
    effect: str


@dataclass(frozen=True, slots=True)
class ShownCell:
    """What a decision says about data of a kind: the places where models run, by what may be done there."""

    data: str
    places: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What follows from a decision; `own` tells whether a text is the town's own."""

    option: str
    texts: tuple[tuple[str, str, bool], ...]
    controls: tuple[ShownControl, ...]
    cells: tuple[ShownCell, ...]


def preview_of(block: Block, choice: Choice) -> Preview | None:
    """Return what follows from a decision; None where there is no such option."""
    option = block.option(choice.option)
    if option is None:
        return None
    one = Numbered("", choice, block, option)
    texts = tuple((_(label), one.text(who), bool(choice.wording.get(who))) for who, label in AUDIENCES.items())
    controls = tuple(
        ShownControl(control.title, fill(control.sentence, one.values), EFFECTS[control.effect])
        for control in option.clauses
    )
    return Preview(option.title, texts, controls, _cells(option))


def _cells(option: Option) -> tuple[ShownCell, ...]:
    rows: dict[str, list[tuple[str, str]]] = {}
    for (data, model), cell in option.cells.items():
        rows.setdefault(DATA[data], []).append((MODELS[model], CELLS[cell]))
    return tuple(ShownCell(data, tuple(places)) for data, places in rows.items())


def keeper_of(block: Block) -> tuple[str, str, str]:
    """Return who keeps a block: in a word, its colour, in a sentence."""
    word, colour, sentence = KEPT[block.enforcement]
    return _(word), colour, _(sentence)


def model_wording(block: Block, option: str) -> dict[Audience, str]:
    """Return our own wording of an option, with the names of parameters in braces."""
    found = block.option(option)
    return dict(found.texts) if found else {}


@dataclass(frozen=True, slots=True)
class UsedParameter:
    """A parameter of a block and the options that use it; empty where all do."""

    parameter: Parameter
    options: tuple[str, ...]


def parameters_of(block: Block) -> tuple[UsedParameter, ...]:
    """Return the parameters of a block, each with the options for which it matters."""
    used = {option.title: _named(option) for option in block.options}
    found = []
    for parameter in block.parameters:
        options = tuple(title for title, names in used.items() if parameter.name in names)
        found.append(UsedParameter(parameter, () if len(options) == len(used) else options))
    return tuple(found)


def _named(option: Option) -> set[str]:
    parts = [*option.texts.values()]
    for control in option.clauses:
        parts += [control.sentence, control.condition, *map(str, control.parameters.values())]
    return {name for part in parts for name in names_in(part)}


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Somebody who decided the same question: who they are, what they chose, and where that is said."""

    name: str
    instrument: str
    as_of: str
    option: str
    same: bool
    near: bool
    sources: tuple[KnownSource, ...]


def elsewhere(block: Block, chosen: str, known: Mapping[str, KnownGuideline]) -> list[Elsewhere]:
    """Return who decided a block how, those who decided like `chosen` first."""
    titles = {option.key: option.title for option in block.options}
    found = [
        Elsewhere(
            one.name, one.kind, one.as_of, titles[option], option == chosen, one.evidence in {"amtlich", "verband"},
            one.sources,
        )
        for key, option in block.chosen.items()
        if (one := known.get(key)) is not None and option in titles
    ]  # fmt: skip
    return sorted(found, key=lambda one: (not one.same, one.option, one.name))
