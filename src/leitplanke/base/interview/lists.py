"""A list as a page: items are added and removed by buttons, everything entered is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

from leitplanke.base.interview.forms import NONE, OPEN, REFUSED, UNKNOWN, QuestionForm
from leitplanke.base.interview.reading import whole_number
from leitplanke.base.interview.wording import said
from leitplanke.core.rules.interview import Question, fields_of, is_open

if TYPE_CHECKING:
    from django.http import QueryDict

COUNT = "-anzahl"


@dataclass(frozen=True, slots=True)
class Item:
    """One entry: what is asked of it, and what may be added."""

    number: int
    place: int
    main: QuestionForm
    more: QuestionForm

    @property
    def open_more(self) -> bool:
        """Whether something voluntary was entered, so that it is shown."""
        return bool(self.more.errors or any(self.more.initial.values()) or any(self.more.data.values()))


class ListForm:
    """All entries of a list and, where there are none, why."""

    def __init__(self, question: Question, *, facts: Any = None, data: QueryDict | None = None) -> None:
        """Show stated `facts`, or check `data` that was sent."""
        self.question = question
        self.bound = data is not None
        self.why = _WhyForm(question, data, facts=facts)
        rows = facts if isinstance(facts, list) else []
        count = self._count(data) if data is not None else len(rows)
        self.items = [self._item(place, rows[place] if place < len(rows) else {}, data) for place in range(count)]
        self.error = ""

    @classmethod
    def redrawn(cls, question: Question, data: QueryDict, *, remove: int | None = None, add: bool = False) -> ListForm:
        """Return the list with an entry more or less, everything else as it was entered, nothing complained about."""
        form = cls(question)
        rows = [form.raw(data, place) for place in range(form._count(data))]
        if remove is not None:
            rows = [row for place, row in enumerate(rows) if place != remove]
        rows += [{}] if add and len(rows) < question.angabe.hoechstens else []
        form.items = [form._item(place, {}, None, raw=row) for place, row in enumerate(rows)]
        return form

    def _count(self, data: QueryDict) -> int:
        return min(whole_number(data.get(self.question.name + COUNT, "")) or 0, self.question.angabe.hoechstens)

    def _prefix(self, place: int) -> str:
        return f"{self.question.name}-{place}"

    def _item(
        self, place: int, facts: Mapping[str, Any], data: QueryDict | None, raw: Mapping[str, Any] | None = None
    ) -> Item:
        main, more = fields_of(self.question.angabe)
        options: dict[str, Any] = {"prefix": self._prefix(place), "facts": facts, "raw": raw or {}}
        return Item(
            place + 1, place, QuestionForm(main, data, **options), QuestionForm(more, data, demand=False, **options)
        )

    def raw(self, data: QueryDict, place: int) -> dict[str, Any]:
        """Return what was entered for an item, as it was entered."""
        found: dict[str, Any] = {}
        for part in self.question.angabe.felder:
            key = f"{self._prefix(place)}-{part.name}"
            found[part.name] = data.get(key, "")
            found[part.name + OPEN] = data.getlist(key + OPEN)
        return {name: value for name, value in found.items() if value}

    @property
    def count_name(self) -> str:
        """Name of the hidden field that counts the entries."""
        return self.question.name + COUNT

    @property
    def text(self) -> str:
        """The question that the list answers."""
        return said(self.question.angabe.frage)

    @property
    def full(self) -> bool:
        """Whether no entry can be added."""
        return len(self.items) >= self.question.angabe.hoechstens

    def is_valid(self) -> bool:
        """Check every entry, and that the list is stated somehow."""
        valid = all([form.is_valid() for item in self.items for form in (item.main, item.more)] + [self.why.is_valid()])
        silence = self.why.cleaned_data.get(self.question.name + OPEN) if valid else None
        if valid and not self.items and not silence:
            self.error = _("Bitte fügen Sie einen Eintrag hinzu, oder sagen Sie, warum keiner da ist.")
        if self.items and silence:
            self.error = _("Sie haben Einträge gemacht und zugleich angekreuzt, dass es keine gibt.")
        return valid and not self.error

    def facts(self) -> Any:
        """Return the list as a fact; None where nothing was said yet."""
        for form in (form for item in self.items for form in (item.main, item.more)):
            form.is_valid()
        if self.items:
            return [item.main.facts() | item.more.facts() for item in self.items]
        silence = self.why.cleaned_data.get(self.question.name + OPEN) if self.why.is_valid() else ""
        return {NONE: [], UNKNOWN: {"status": UNKNOWN}, REFUSED: {"status": REFUSED}}.get(silence or "")

    def errors(self) -> Iterator[tuple[str, str, str]]:
        """Return what is wrong: where to go, what it is called, what to do."""
        if self.error:
            yield f"#{self.why[self.question.name + OPEN].auto_id}_0", said(self.question.angabe.titel), self.error
        for item in self.items:
            for form in (item.main, item.more):
                for asked in form.asked():
                    label = f"{said(self.question.angabe.titel)} {item.number}, {asked.field.label}"
                    target = f"#{asked.field.auto_id}{'_0' if asked.choice else ''}"
                    yield from ((target, label, str(error)) for error in asked.field.errors)


class _WhyForm(forms.Form):
    """Why a list has no entries."""

    def __init__(self, question: Question, data: QueryDict | None, *, facts: Any) -> None:
        name = question.name + OPEN
        status = facts["status"] if is_open(facts) else NONE if facts == [] else ""
        super().__init__(data, initial={name: status})
        choices = [(NONE, _("Es gibt keine")), (UNKNOWN, _("Weiß ich nicht"))]
        choices += [(REFUSED, _("Möchte ich nicht sagen"))] if question.refusable else []
        self.fields[name] = forms.ChoiceField(
            choices=choices,
            required=False,
            widget=forms.RadioSelect(attrs={"class": "kern-form-check__radio"}),
            label=_("Kein Eintrag, weil"),
        )
        self.silence = self[name]
