"""What a Regelwerk offers for a simulation: laws, parameters, judgements, values, columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext as _

from leitplanke.apps.regelwerk.public import engine_for, layers_for, usable_regelwerke
from leitplanke.apps.simulation.models import Bevoelkerung
from leitplanke.apps.simulation.plan import current_value
from leitplanke.base.interview.forms import ShapeField
from leitplanke.base.interview.wording import said, shown, unit_words
from leitplanke.core.rules.compiling import State
from leitplanke.core.rules.facts import plain_value
from leitplanke.core.rules.model import NUMBERS, Angabe, Ermessen, Kind, Regelwerk, Shape

if TYPE_CHECKING:
    from leitplanke.base.accounts.access import Actor
    from leitplanke.core.rules import Engine

FARTHEST = 10**15


@dataclass(frozen=True, slots=True)
class LawChoice:
    """A Regelwerk, with a layer where it has some; `made_up` tells whether it describes made-up cases."""

    name: str
    ebene: str
    label: str
    first_day: date
    made_up: bool


@dataclass(frozen=True, slots=True)
class ParameterChoice:
    """A parameter that has one number on the day, by the law in force or by the draft."""

    name: str
    title: str
    norm: str
    unit: str
    value: str | None
    draft: str | None
    shape: Shape

    @property
    def text(self) -> str:
        """Return what it is now, and what the draft makes of it."""
        parts = []
        if self.value is not None:
            parts.append(_("jetzt %(text)s") % {"text": shown(self.value, self.shape, self.shape.einheit)})
        if self.draft is not None and self.draft != self.value:
            parts.append(_("im Entwurf %(text)s") % {"text": shown(self.draft, self.shape, self.shape.einheit)})
        return ", ".join(parts)

    @property
    def field(self) -> str:
        """The name of its field."""
        return f"parameter_{self.name}"


@dataclass(frozen=True, slots=True)
class JudgementChoice:
    """A judgement; `matters` for what the Regelwerk is about, `playable` where its answers can be played through."""

    rule: Ermessen
    matters: bool

    @property
    def name(self) -> str:
        """Its name."""
        return self.rule.name

    @property
    def field(self) -> str:
        """The name of its field."""
        return f"urteil_{self.rule.name}"

    @property
    def playable(self) -> bool:
        """Whether there are few enough answers."""
        return self.rule.shape.kind in {Kind.WAHRHEITSWERT, Kind.AUSWAHL}

    @property
    def question(self) -> str:
        """What is to be judged."""
        return said(self.rule.frage) or said(self.rule.titel)

    def form_field(self) -> forms.Field:
        """Return the field to answer it in."""
        title = said(self.rule.titel)
        if not self.playable:
            return ShapeField(self.rule.shape, label=title)
        answers = ("ja", "nein") if self.rule.shape.kind is Kind.WAHRHEITSWERT else self.rule.shape.optionen
        choices = [("", _("durchspielen")), *((answer, shown(answer, self.rule.shape)) for answer in answers)]
        return forms.ChoiceField(label=title, choices=choices, required=False)


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a table may have."""

    name: str
    title: str
    kind: str


def laws_of(actor: Actor) -> dict[str, LawChoice]:
    """Return every Regelwerk with every layer with which `actor` can simulate, by a key for forms."""
    uploads = actor.may("simulation.start", Bevoelkerung.HOCHGELADEN)
    found = {}
    for card in usable_regelwerke(actor.mandant):
        for ebene, title in layers_for(actor.mandant, card.name).items():
            regelwerk = engine_for(actor.mandant, card.name, ebene).regelwerk
            label = f"{card.titel}: {title}" if title else card.titel
            made_up = bool(regelwerk.simulation.bevoelkerung)
            if uploads or made_up:
                found[f"{card.name}:{ebene}"] = LawChoice(card.name, ebene, label, regelwerk.gilt_ab, made_up)
    return found


def parameters_of(regelwerk: Regelwerk, day: date) -> Iterator[ParameterChoice]:
    """Yield the parameters with one number on that day."""
    for name, parameter in regelwerk.parameter.items():
        shape = parameter.shape
        if shape.kind not in NUMBERS:
            continue
        value, draft = (current_value(parameter, State(day, entwurf=drafted)) for drafted in (False, True))
        if value is not None or draft is not None:
            unit = "%" if shape.kind is Kind.PROZENT else unit_words(shape.einheit)
            open_shape = replace(shape, low=0, high=FARTHEST)  # parameters have no bounds of their own
            yield ParameterChoice(name, said(parameter.titel), parameter.norm, unit, value, draft, open_shape)


def judgements_of(engine: Engine, day: date) -> Iterator[JudgementChoice]:
    """Yield the judgements, those first that matter for what the Regelwerk is about."""
    state = State(day)
    program = engine.program(state)
    wanted = tuple(name for name in engine.regelwerk.ziel if name in program.values)
    from leitplanke.core.rules.simulate import Simulation  # noqa: PLC0415 - polars costs every process 34 MB

    matters = Simulation(engine, state, wanted).open_judgements(program)
    rows = [JudgementChoice(rule, name in matters) for name, rule in engine.regelwerk.ermessen.items()]
    yield from sorted(rows, key=lambda row: not row.matters)


def values_of(engine: Engine, day: date) -> list[tuple[str, str]]:
    """Return the numbers that these rules compute for each case, with their titles."""
    program = engine.program(State(day))
    found = []
    for name, rule in engine.regelwerk.regeln.items():
        if rule.shape.kind in NUMBERS and name in program.values and not program.values[name].level:
            unit = unit_words(rule.shape.einheit)
            found.append((name, f"{said(rule.titel)} ({unit})" if unit else said(rule.titel)))
    ziel = engine.regelwerk.ziel
    return sorted(found, key=lambda pair: ziel.index(pair[0]) if pair[0] in ziel else len(ziel))


def columns_of(regelwerk: Regelwerk) -> list[Column]:
    """Return the columns that a table of cases may have."""
    facts = [(angabe.name, angabe) for angabe in regelwerk.angaben.values() if angabe.shape.kind is not Kind.LISTE]
    facts += [(name, rule.eingebbar) for name, rule in regelwerk.regeln.items() if rule.eingebbar]
    return [Column(name, said(angabe.titel), _kind(angabe)) for name, angabe in facts]


def _kind(angabe: Angabe) -> str:
    shape = angabe.shape
    if shape.kind is Kind.WAHRHEITSWERT:
        return _("ja oder nein")
    if shape.kind is Kind.AUSWAHL:
        return _(" oder ").join(shape.optionen)
    if shape.kind is Kind.TEXT:
        return _("Text")
    low, high = (shown(plain_value(shape, end), shape) for end in (shape.low, shape.high))
    unit = unit_words(shape.einheit)
    span = _("%(low)s bis %(high)s") % {"low": low, "high": high}
    return f"{span} {unit}" if unit else span
