"""The questions of a procedure as steps of an application: what is kept decides, not what the browser sends back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.antrag import filling
from leitplanke.apps.antrag.calculating import day_of, engine_of
from leitplanke.base.interview.flow import ACTION, Page, Walk
from leitplanke.base.interview.state import FIELD, ExpiredError, State, opened
from leitplanke.base.interview.wording import said

if TYPE_CHECKING:
    from django.http import HttpRequest

    from leitplanke.apps.antrag.buerger import Case
    from leitplanke.apps.antrag.doing import Doer

KEEPING = ("weiter", "zurueck", "aendern")


class Answering:
    """One request to the questions of an application."""

    def __init__(self, case: Case, request: HttpRequest) -> None:
        """Take the answers from the application, and where the person is from the form."""
        self.case = case
        self.request = request
        self.note = ""
        self.engine = engine_of(case.antrag)

    @property
    def _key(self) -> str:
        return f"antrag/{self.case.antrag.kennung}"

    def _state(self) -> State:
        """Return what is kept; the form only says which questions are on the page."""
        antrag = self.case.antrag
        facts: dict[str, Any] = dict(antrag.fakten)
        if (day := self.case.verfahren.antragstag) and day not in facts:
            facts[day] = (antrag.eingang_am or timezone.localdate()).isoformat()
        state = State(self._key, day_of(antrag), antrag.ebene, facts=facts)
        if FIELD not in self.request.POST:
            wanted = self.request.GET.get("frage", "")
            known = self.engine.regelwerk.fact(wanted) is not None
            return state.changed(current=(wanted,)) if wanted and known else state
        try:
            sent = opened(self.request.POST[FIELD], self._key)
        except ExpiredError:
            self.note = _("Die Seite war zu alt. Ihre Antworten von davor sind gespeichert.")
            return state
        return state.changed(trail=sent.trail, current=sent.current)

    def page(self, doer: Doer) -> Page:
        """Return the page to show, after keeping what was sent.

        Raises:
            RulesError: the rules of the procedure cannot be used.
            ActError: nothing can be added any more.
        """
        walk = Walk(self.engine, self._state())
        before = walk.state.facts
        if self.request.method != "POST" or self.note:
            return walk.page()
        page = walk.answered(self.request.POST)
        action = self.request.POST.get(ACTION, "weiter").partition(":")[0]
        if action in KEEPING and page.state.facts != before:
            filling.save_answers(self.case.antrag.pk, doer, page.state.facts)
        return page

    def documents_of(self, page: Page) -> list[dict[str, str]]:
        """Return the documents that prove what is asked on the page."""
        asked = set(page.state.current)
        return [
            {"titel": said(item.titel), "art": item.art}
            for item in self.case.verfahren.unterlagen
            if asked & {path.partition("[")[0] for path in item.belegt}
        ]
