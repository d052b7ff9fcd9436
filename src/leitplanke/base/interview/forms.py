"""Questions as forms: one field for the answer, one for staying silent.

What comes out are facts as `Engine.evaluate` takes them; what does not fit comes back with words that name it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from leitplanke.base.interview.reading import day_of, decimal_of
from leitplanke.base.interview.wording import said, shown, unit_words
from leitplanke.core.rules.facts import encode, plain_value
from leitplanke.core.rules.interview import Question, is_open
from leitplanke.core.rules.model import NUMBERS, Kind, Shape

if TYPE_CHECKING:
    from django.forms import BoundField

OPEN = "-offen"
UNKNOWN, REFUSED, NONE = "unknown", "refused", "none"
MOST_RADIOS = 7
MOST_TEXT = 500


class ShapeField(forms.CharField):
    """A number, a day or a text as people type it; comes out as the engine reads it."""

    def __init__(self, shape: Shape, **options: Any) -> None:
        """Choose the keyboard that fits."""
        mode = "decimal" if shape.kind in NUMBERS - {Kind.GANZZAHL} else "numeric" if shape.kind in NUMBERS else "text"
        attributes = {"autocomplete": "off", "inputmode": mode, "class": "kern-form-input__input"}
        super().__init__(max_length=MOST_TEXT, required=False, widget=forms.TextInput(attrs=attributes), **options)
        self.shape = shape

    def clean(self, value: Any) -> Any:
        """Understand what was typed.

        Raises:
            ValidationError: it is no such value; says what is possible.
        """
        text = str(super().clean(value)).strip()
        if not text or self.shape.kind is Kind.TEXT:
            return text
        if self.shape.kind is Kind.DATUM:
            day = day_of(text)
            if day is None:
                raise ValidationError(_("„%(text)s“ ist kein Tag. Zum Beispiel: 31.01.2025."), params={"text": text})
            return self._within(day.isoformat())
        number = decimal_of(text, english=get_language() == "en")
        if number is None:
            whole = _("„%(text)s“ ist keine ganze Zahl. Zum Beispiel: 3.")
            broken = _("„%(text)s“ ist keine Zahl. Zum Beispiel: 1.162,35.")
            raise ValidationError(broken if self.shape.stellen else whole, params={"text": text})
        if -int(number.normalize().as_tuple().exponent) > self.shape.stellen:
            raise ValidationError(self._too_fine(), params={"text": text, "stellen": self.shape.stellen})
        return self._within(f"{number:f}")

    def _too_fine(self) -> str:
        if not self.shape.stellen:
            return _("„%(text)s“ ist keine ganze Zahl.")
        return _("„%(text)s“ hat mehr als %(stellen)s Stellen nach dem Komma.")

    def _within(self, value: str) -> str:
        try:
            encode(self.shape, value, "")
        except ValueError:
            low, high = (plain_value(self.shape, end) for end in (self.shape.low, self.shape.high))
            raise ValidationError(
                _("Möglich ist %(low)s bis %(high)s."),
                params={"low": shown(low, self.shape), "high": shown(high, self.shape)},
            ) from None
        return value

    def prepare_value(self, value: Any) -> Any:
        """Show a stated fact the way people write it."""
        if not value or self.shape.kind is Kind.TEXT:
            return value
        try:
            encode(self.shape, value, "")
        except (ValueError, ArithmeticError):
            return value
        return shown(value, self.shape).removesuffix(" %")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as the template shows it."""

    question: Question
    field: BoundField
    silence: BoundField | None
    text: str
    hint: str
    reason: str
    unit: str

    @property
    def choice(self) -> bool:
        """Whether it is answered by choosing."""
        return isinstance(self.field.field.widget, forms.RadioSelect)

    @property
    def long(self) -> bool:
        """Whether it is answered by choosing from a long list."""
        return type(self.field.field.widget) is forms.Select

    @property
    def describedby(self) -> str:
        """Ids of what explains the field."""
        parts = [f"{self.field.auto_id}-hilfe"] if self.hint else []
        parts += [f"{self.field.auto_id}-einheit"] if self.unit and not self.choice and not self.long else []
        return " ".join([*parts, *([f"{self.field.auto_id}-fehler"] if self.field.errors else [])])


class QuestionForm(forms.Form):
    """A handful of questions; `demand` tells whether each must be answered or declined."""

    def __init__(  # noqa: PLR0913 - what is known already comes in three shapes
        self,
        questions: Sequence[Question],
        data: Any = None,
        *,
        facts: Mapping[str, Any] | None = None,
        raw: Mapping[str, Any] | None = None,
        demand: bool = True,
        prefix: str | None = None,
    ) -> None:
        """Make the fields, filled with `facts` or with what was entered, `raw`."""
        own = {name for question in questions for name in (question.name, question.name + OPEN)}
        known = {**_initial(facts or {}), **(raw or {})}
        super().__init__(data, initial={name: known[name] for name in known if name in own}, prefix=prefix)
        self.questions = tuple(questions)
        self.demand = demand
        for question in self.questions:
            field = _field(question)
            self.fields[question.name] = field
            if not isinstance(field, forms.ChoiceField):
                self.fields[question.name + OPEN] = _silence(question)

    @property
    def titles(self) -> str:
        """What is asked, in short."""
        return ", ".join(said(question.angabe.titel) for question in self.questions)

    def clean(self) -> dict[str, Any]:
        """Ask for an answer, and for not more than one."""
        cleaned = super().clean() or {}
        for question in self.questions:
            value, silence = cleaned.get(question.name), cleaned.get(question.name + OPEN)
            if value and silence:
                self.add_error(question.name, _("Bitte entweder antworten oder ankreuzen, nicht beides."))
            elif not value and not silence and self.demand and question.required and question.name not in self.errors:
                self.add_error(question.name, _missing(question))
        return cleaned

    def facts(self) -> dict[str, Any]:
        """Return what was stated and fits; valid or not, so that a preview has something to show."""
        found: dict[str, Any] = {}
        cleaned = getattr(self, "cleaned_data", {})
        for question in self.questions:
            if question.name in self.errors:
                continue
            value, silence = cleaned.get(question.name), cleaned.get(question.name + OPEN)
            if silence or value in {"~unknown", "~refused"}:
                refused = value == "~refused" or REFUSED in (silence or ())
                found[question.name] = {"status": REFUSED if refused else UNKNOWN}
            elif value:
                found[question.name] = value
        return found

    def asked(self) -> Iterator[Asked]:
        """Return the questions with their fields for the template."""
        for question in self.questions:
            angabe, field = question.angabe, self[question.name]
            silence = self[question.name + OPEN] if question.name + OPEN in self.fields else None
            unit = unit_words(angabe.shape.einheit) or ("%" if angabe.shape.kind is Kind.PROZENT else "")
            asked = Asked(question, field, silence, said(angabe.frage), said(angabe.hilfe), angabe.norm, unit)
            attributes = field.field.widget.attrs
            attributes |= {"aria-describedby": asked.describedby} if asked.describedby else {}
            attributes |= {"aria-invalid": "true"} if field.errors else {}
            yield asked


def _initial(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return facts as the initial values of both fields of each question."""
    found: dict[str, Any] = {}
    for name, value in facts.items():
        if is_open(value):
            found[name], found[name + OPEN] = f"~{value['status']}", [value["status"]]
        else:
            found[name] = value
    return {name: value for name, value in found.items() if not str(value).startswith("~") or name + OPEN in found}


def _field(question: Question) -> forms.Field:
    shape, label = question.angabe.shape, said(question.angabe.titel)
    if shape.kind not in {Kind.WAHRHEITSWERT, Kind.AUSWAHL}:
        return ShapeField(shape, label=label)
    if shape.kind is Kind.WAHRHEITSWERT:
        choices = [("ja", _("Ja")), ("nein", _("Nein"))]
    else:
        choices = [(option, said(shape.labels[option])) for option in shape.optionen]
    choices += [("~unknown", _("Weiß ich nicht"))]
    choices += [("~refused", _("Möchte ich nicht sagen"))] if question.refusable else []
    many = len(choices) > MOST_RADIOS
    error = {"invalid_choice": _("Bitte wählen Sie eine der Antworten.")}
    if many:
        choices = [("", _("Bitte wählen")), *choices]
    widget = (
        forms.Select(attrs={"class": "kern-form-input__select"})
        if many
        else forms.RadioSelect(attrs={"class": "kern-form-check__radio"})
    )
    return forms.ChoiceField(choices=choices, label=label, required=False, widget=widget, error_messages=error)


def _silence(question: Question) -> forms.MultipleChoiceField:
    choices = [(UNKNOWN, _("Weiß ich nicht"))]
    choices += [(REFUSED, _("Möchte ich nicht sagen"))] if question.refusable else []
    return forms.MultipleChoiceField(
        choices=choices,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "kern-form-check__checkbox"}),
        label=said(question.angabe.titel),
    )


def _missing(question: Question) -> str:
    if question.angabe.shape.kind in {Kind.WAHRHEITSWERT, Kind.AUSWAHL}:
        return _("Bitte wählen Sie eine Antwort.")
    return _("Bitte antworten Sie, oder kreuzen Sie „Weiß ich nicht“ an.")
