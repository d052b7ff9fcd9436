"""The short check before an application: a few questions, an interval, nothing kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from leitplanke.apps.antrag.intake import reference_day
from leitplanke.apps.regelwerk.public import engine_for
from leitplanke.base.accounts.access import actor_of
from leitplanke.base.interview.flow import Page, Walk
from leitplanke.base.interview.state import FIELD, ExpiredError, State, opened
from leitplanke.core.rules.interview import MOST_AT_ONCE
from leitplanke.core.rules.model import Kind

if TYPE_CHECKING:
    from django.http import HttpRequest

    from leitplanke.apps.antrag.procedures import Offer
    from leitplanke.base.accounts.models import Mandant
    from leitplanke.core.rules import Engine
    from leitplanke.core.rules.interview import Interview

MORE_PAGES = 2


class ShortWalk(Walk):
    """Asks the facts of the short check, then a page or two of what matters most, and leaves the rest open."""

    def __init__(self, engine: Engine, state: State, first: tuple[str, ...]) -> None:
        """Keep which facts come first."""
        super().__init__(engine, state)
        self.first = tuple(name for name in first if engine.regelwerk.fact(name) is not None)

    @classmethod
    def of(cls, mandant: Mandant, offer: Offer, state: State) -> ShortWalk:
        """Return the walk of a procedure as a town runs it.

        Raises:
            RulesError, LookupError: its rules cannot be used.
        """
        verfahren = offer.verfahren
        return cls(engine_for(mandant, verfahren.name, state.ebene or None), state, verfahren.vorpruefung)

    def page(self) -> Page:
        """Show the questions of the state, or the next few; none where enough was asked."""
        interview = self.interview(self.state.facts)
        if not self.state.current:
            self.state = self.state.changed(current=self._next(interview))
        return self._drawn(interview)

    def _next(self, interview: Interview) -> tuple[str, ...]:
        if interview.done:
            return ()
        asked = {name for page in self.state.trail for name in page}
        first = [name for name in self.first if name not in asked and name not in self.state.facts]
        if first:
            return self._page_of(first)
        own = len([page for page in self.state.trail if not set(page) & set(self.first)])
        return tuple(question.name for question in interview.group) if own < MORE_PAGES else ()

    def _page_of(self, names: list[str]) -> tuple[str, ...]:
        """Return the names for one page: a list stands by itself."""
        taken: list[str] = []
        for name in names[:MOST_AT_ONCE]:
            fact = self.engine.regelwerk.fact(name)
            is_list = fact is not None and fact.shape.kind is Kind.LISTE
            if is_list and taken:
                break
            taken.append(name)
            if is_list:
                break
        return tuple(taken)


def key_of(mandant: Mandant, verfahren: str) -> str:
    """Return what binds the state of an interview to one procedure of one town."""
    return f"antrag/{mandant.kurz}/{verfahren}"


def fresh_state(mandant: Mandant, offer: Offer) -> State:
    """Return an interview of which nothing is known yet but the day."""
    today = timezone.localdate()
    known: dict[str, Any] = {offer.verfahren.antragstag: today.isoformat()} if offer.verfahren.antragstag else {}
    return State(
        key_of(mandant, offer.verfahren.name),
        reference_day(offer.verfahren, today),
        offer.einstellung.ebene,
        facts=known,
    )


def opened_state(request: HttpRequest, offer: Offer) -> State | None:
    """Return the state that came with the form; None where it is too old or not ours."""
    try:
        return opened(request.POST.get(FIELD, ""), key_of(actor_of(request).mandant, offer.verfahren.name))
    except ExpiredError:
        return None


def stated_by_now(request: HttpRequest, offer: Offer, state: State) -> dict[str, Any]:
    """Return what was stated before and on the page that was just sent.

    Raises:
        RulesError: the Regelwerk was changed since, and knows the answers no more.
    """
    walk = ShortWalk.of(actor_of(request).mandant, offer, state)
    return walk.stated(request.POST)
