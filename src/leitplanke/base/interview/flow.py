"""From one page of an interview to the next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from leitplanke.base.interview.forms import QuestionForm
from leitplanke.base.interview.lists import ListForm
from leitplanke.base.interview.panel import Panel, panel_of
from leitplanke.base.interview.reading import whole_number
from leitplanke.core.rules.interview import Interview, Question, names_behind
from leitplanke.core.rules.model import Kind

if TYPE_CHECKING:
    from django.http import QueryDict

    from leitplanke.base.interview.state import State
    from leitplanke.core.rules import Engine

ACTION = "aktion"


@dataclass(frozen=True, slots=True)
class Page:
    """A page as the template shows it: questions or a list, what is known already, and the result beside it."""

    state: State
    panel: Panel
    form: QuestionForm | None = None
    shortcuts: QuestionForm | None = None
    list: ListForm | None = None
    rejected: bool = False

    @property
    def sealed(self) -> str:
        """The state for the hidden field."""
        return self.state.sealed()

    @property
    def number(self) -> int:
        """Which page this is, from 1."""
        return len(self.state.trail) + 1

    def errors(self) -> Iterator[tuple[str, str, str]]:
        """Return what is wrong: where to go, what it is called, what to do."""
        if self.list is not None:
            yield from self.list.errors()
        for form in (self.form, self.shortcuts):
            for asked in form.asked() if form is not None else ():
                target = f"#{asked.field.auto_id}{'_0' if asked.choice else ''}"
                yield from ((target, str(asked.field.label), str(error)) for error in asked.field.errors)


class Walk:
    """One step of an interview: what came from the browser meets the state it came with."""

    def __init__(self, engine: Engine, state: State) -> None:
        """Bind the engine of the law that `state` names."""
        self.engine = engine
        self.state = state

    def interview(self, facts: dict[str, Any]) -> Interview:
        """Evaluate `facts`.

        Raises:
            FactError: there is no law for that day.
        """
        result = self.engine.evaluate(facts, on=self.state.on, entwurf=self.state.entwurf)
        return Interview(result, facts)

    def page(self) -> Page:
        """Show the questions of the state, or the first that matter."""
        interview = self.interview(self.state.facts)
        if not self.state.current:
            self.state = self.state.changed(current=tuple(question.name for question in interview.group))
        return self._drawn(interview)

    def answered(self, data: QueryDict) -> Page:
        """Do what the pressed button says."""
        action, _, target = data.get(ACTION, "weiter").partition(":")
        match action:
            case "zurueck" if self.state.trail:
                self.state = self.state.changed(
                    facts=self._kept(data), trail=self.state.trail[:-1], current=self.state.trail[-1]
                )
                return self.page()
            case "aendern" if self.engine.regelwerk.fact(target) is not None:
                self.state = self.state.changed(facts=self._kept(data), current=(target,))
                return self.page()
            case "hinzufuegen" | "entfernen" if (question := self._list_question()) is not None:
                place = whole_number(target) if action == "entfernen" else None
                redrawn = ListForm.redrawn(question, data, remove=place, add=action == "hinzufuegen")
                return Page(self.state, self._panel(self.state.facts), list=redrawn)
            case "vorschau":
                return Page(self.state, self._panel(self._kept(data)))
        return self._onwards(data)

    def stated(self, data: QueryDict) -> dict[str, Any]:
        """Return what was stated before together with what the page sent, as far as it fits."""
        if not self.state.current:
            return dict(self.state.facts)
        return self._kept(data)

    def _onwards(self, data: QueryDict) -> Page:
        """Take the answers and go on, or say what is wrong with them."""
        if not self.state.current:
            return self.page()
        page = self._drawn(self.interview(self.state.facts), data)
        if not _valid(page):
            return Page(self.state, self._panel(self._kept(data)), page.form, page.shortcuts, page.list, rejected=True)
        facts = self._kept(data)
        self.state = self.state.changed(facts=facts, trail=(*self.state.trail, self.state.current), current=())
        return self.page()

    def _panel(self, facts: dict[str, Any]) -> Panel:
        return panel_of(self.interview(facts), self.engine)

    def _questions(self) -> list[Question]:
        found = (self.engine.regelwerk.fact(name) for name in self.state.current)
        return [Question(angabe) for angabe in found if angabe is not None]

    def _list_question(self) -> Question | None:
        return next((q for q in self._questions() if q.angabe.shape.kind is Kind.LISTE), None)

    def _drawn(self, interview: Interview, data: QueryDict | None = None) -> Page:
        """Make the forms of the questions on the page, filled with facts or with what was sent."""
        panel, facts = panel_of(interview, self.engine), self.state.facts
        offered = [q for q in interview.shortcuts if self._replaces(q.name)]
        if not self.state.current:
            return Page(self.state, panel)
        shortcuts = QuestionForm(offered, data, demand=False, facts=facts) if offered else None
        if (question := self._list_question()) is not None:
            form = ListForm(question, facts=facts.get(question.name), data=data)
            return Page(self.state, panel, shortcuts=shortcuts, list=form)
        return Page(self.state, panel, QuestionForm(self._questions(), data, facts=facts), shortcuts)

    def _replaces(self, shortcut: str) -> bool:
        """Tell whether stating the value of a rule spares one of the questions on the page."""
        names = set(self.state.current)
        return shortcut not in names and bool(names & names_behind(self.engine.regelwerk, shortcut))

    def _kept(self, data: QueryDict) -> dict[str, Any]:
        """Return the facts with everything that was sent and fits."""
        page = self._drawn(self.interview(self.state.facts), data)
        facts = dict(self.state.facts)
        for form in (page.form, page.shortcuts):
            if form is not None:
                form.is_valid()
                sent = form.facts()
                for question in form.questions:
                    facts.pop(question.name, None)
                facts |= sent
        if page.list is not None:
            found = page.list.facts()
            facts.pop(page.list.question.name, None)
            facts |= {} if found is None else {page.list.question.name: found}
        return facts


def _valid(page: Page) -> bool:
    """Tell whether the page may be left: a shortcut that was taken answers for the list or questions it replaces."""
    shortcut = page.shortcuts is None or page.shortcuts.is_valid()
    if shortcut and page.shortcuts is not None and page.shortcuts.facts():
        return True
    forms = [form for form in (page.form, page.list) if form is not None]
    return not [form for form in forms if not form.is_valid()] and shortcut
