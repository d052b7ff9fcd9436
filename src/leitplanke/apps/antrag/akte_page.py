"""The desk of one case as a page: what is selected, what the templates show, and forms that came back."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.antrag.ai import by_hand
from leitplanke.apps.antrag.calculating import engine_of, result_of
from leitplanke.apps.antrag.casework import note_view
from leitplanke.apps.antrag.claims import Matter, matters_of, unassigned
from leitplanke.apps.antrag.desk import documents, facts, head, proof
from leitplanke.apps.antrag.desk.values import value_text
from leitplanke.apps.antrag.doing import Doer, clerk, steps_for
from leitplanke.apps.antrag.facts import question_of
from leitplanke.apps.antrag.forms_akte import (
    FirstDecisionForm,
    ItemsForm,
    JudgementForm,
    KindForm,
    UploadForm,
    fact_form,
)
from leitplanke.apps.antrag.judging import options_of
from leitplanke.apps.antrag.models import Antrag
from leitplanke.apps.antrag.procedures import verfahren_of
from leitplanke.apps.antrag.queries_akte import CaseRows, case_for, document_for, history, papers_in, rows_of
from leitplanke.apps.antrag.reversing import deviations_of, hidden
from leitplanke.apps.antrag.textbausteine import blocks_for
from leitplanke.apps.regelwerk.public import UnknownRegelwerkError
from leitplanke.base.accounts.access import actor_of
from leitplanke.base.interview.reading import whole_number
from leitplanke.base.interview.wording import said
from leitplanke.core.rules import FactError, RulesError
from leitplanke.core.rules.interview import is_open
from leitplanke.core.rules.model import Kind

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from leitplanke.core.rules import Engine, Result


@dataclass(frozen=True, slots=True)
class Choice:
    """What is selected on the desk: a fact, a document with passages and page, a judgement.

    `rechnen` asks for the calculation by fixed rules where the AI of the procedure is stopped.
    """

    angabe: str = ""
    beleg: str = ""
    stellen: str = ""
    seite: int = 0
    urteil: str = ""
    vermutet: str = ""
    rechnen: bool = False


@dataclass(frozen=True, slots=True)
class Returned:
    """Forms that came back with something to correct, by their name, and what to say above the page."""

    forms: dict[str, Any] = field(default_factory=dict)
    note: str = ""
    status: int = 422


def choice_of(request: HttpRequest) -> Choice:
    """Return what the address selects."""
    get = request.GET.get
    page = whole_number(get("seite", "")) or 0
    return Choice(
        get("angabe", ""), get("beleg", ""), get("stellen", ""), page, get("urteil", ""), get("vermutet", ""),
        rechnen=get("rechnen") == "1",
    )  # fmt: skip


def case_or_404(request: HttpRequest, kennung: UUID) -> Antrag:
    """Return a case that the person may see."""
    try:
        return case_for(actor_of(request), kennung)
    except Antrag.DoesNotExist:
        raise Http404 from None


def doer_of(request: HttpRequest, antrag: Antrag) -> Doer:
    """Return the person as somebody of the responsible unit; what they may do is asked by each act."""
    return clerk(actor_of(request), antrag, "antrag.view")


def frame(request: HttpRequest, antrag: Antrag, tab: str) -> dict[str, Any]:
    """Return what every page of a case shows: head, steps, tabs."""
    doer = doer_of(request, antrag)
    try:
        titel = said(verfahren_of(antrag).titel)
    except (RulesError, UnknownRegelwerkError):
        titel = antrag.verfahren
    decisions, letters = papers_in(antrag)
    return {
        "antrag": antrag,
        "verfahren": titel,
        "modus": head.mode_words(antrag),
        "schritte": head.steps_of(antrag, steps_for(antrag, doer), decisions),
        "schriftstuecke": head.papers_of(antrag, decisions, letters),
        "doer": doer,
        "tab": tab,
        "breadcrumb": [(_("Vorgänge"), reverse("antrag:liste")), (antrag.nummer, "")],
    }


def desk(request: HttpRequest, antrag: Antrag, choice: Choice, returned: Returned | None = None) -> HttpResponse:
    """Show the desk of a case."""
    context = frame(request, antrag, "akte")
    note_view(antrag, context["doer"])
    back = returned or Returned(status=200)
    rows = rows_of(antrag)
    try:
        engine = engine_of(antrag)
        page = _Page(antrag, engine, result_of(antrag, engine), rows, choice, back)
    except (RulesError, UnknownRegelwerkError) as error:
        context |= {"fehler": str(error), "unterlagen": documents.documents_of(rows.belege, None)}
        return render(request, "antrag/akte/akte.html", context, status=back.status)
    context |= page.context()
    return render(request, "antrag/akte/akte.html", context, status=back.status)


class _Page:
    """Puts together what the templates show."""

    def __init__(  # noqa: PLR0913, PLR0917 - the parts of the page
        self, antrag: Antrag, engine: Engine, result: Result, rows: CaseRows, choice: Choice, returned: Returned
    ) -> None:
        self.antrag, self.engine, self.result, self.rows = antrag, engine, result, rows
        self.choice, self.returned = choice, returned
        self.first_hides = hidden(antrag, rows.erste)
        self.by_hand = by_hand(antrag)
        self.hide = self.first_hides or (self.by_hand is not None and not choice.rechnen)
        self.matters = matters_of(engine, rows.angaben, rows.vorschlaege)

    def context(self) -> dict[str, Any]:
        standing = proof.standing_of(self.result)
        missing = [row.pfad for row in standing.missing]
        listed = facts.facts_of(self.result, self.matters, missing, self.choice.vermutet)
        judgements = proof.judgements_of(self.result, self.rows.urteile, hide=self.hide)
        waiting = next((str(one.beleg.kennung) for one in unassigned(self.rows.vorschlaege)), "")
        work = head.Work(self.antrag, listed, standing, judgements, self.first_hides, waiting)
        return {
            "hinweis": head.hint_of(work),
            "notiz": self.returned.note,
            "fristen": head.deadlines_of(self.rows.fristen, timezone.localdate()),
            "ungelesen": self.rows.ungelesen,
            "angaben": listed,
            "stand": replace(standing, rows=(), amount="", outcomes=(), possible=()) if self.hide else standing,
            "verborgen": self.first_hides,
            "von_hand": self.by_hand,
            "rechnen": self.choice.rechnen,
            "urteile": judgements,
            "bearbeiten": self._fact(),
            "urteil": self._judgement(judgements),
            "darf_aendern": self.antrag.stand in {"eingegangen", "in_bearbeitung", "wartet"},
            "upload": self.returned.forms.get("upload") or UploadForm(),
            **self._documents(),
            **self._first(),
        }

    def _fact(self) -> dict[str, Any] | None:
        """Return the fact that is selected with its form, the values among which to choose, and its history."""
        pfad = self.choice.angabe
        if not pfad:
            return None
        try:
            question = question_of(self.engine, pfad)
        except FactError:
            return None
        matter = self.matters.get(pfad) or Matter(pfad, question)
        known = facts.row_of(matter)
        form = self.returned.forms.get("angabe")
        if form is None:
            form = ItemsForm() if question.shape.kind is Kind.LISTE else fact_form(question, current=_current(matter))
        return {
            "zeile": known,
            "liste": question.shape.kind is Kind.LISTE,
            "titel": said(question.titel),
            "frage": said(question.frage),
            "form": form,
            "gewaehlt": self.returned.forms.get("seite", ""),
            "fehler": self.returned.forms.get("seite_fehler", ""),
            "verlauf": facts.history_of(history(self.antrag, pfad), question),
        }

    def _judgement(self, judgements: tuple[proof.JudgementRow, ...]) -> dict[str, Any] | None:
        """Return the judgement that is selected with its empty form, and what each answer would come to."""
        name = self.choice.urteil
        if name not in {row.name for row in judgements}:
            return None
        ermessen = self.engine.regelwerk.ermessen[name]
        form = self.returned.forms.get("urteil") or JudgementForm(ermessen, blocks_for(self.antrag, name))
        options = () if self.hide else proof.options_table(options_of(self.antrag, ermessen), ermessen)
        return {"name": name, "form": form, "optionen": options, "ziel": proof.target_title(self.result)}

    def _documents(self) -> dict[str, Any]:
        key = documents.chosen(self.rows.belege, self.choice.beleg, self.rows.vorschlaege)
        viewer = None
        if key is not None:
            beleg = document_for(self.antrag, key)
            passages = documents.passages_from(self.choice.stellen) or documents.passages_of(
                self.rows.vorschlaege, beleg
            )
            viewer = documents.viewer_of(beleg, passages, self.choice.seite)
        waiting = [one for one in unassigned(self.rows.vorschlaege) if viewer and one.beleg_id == viewer.beleg.pk]
        return {
            "unterlagen": documents.documents_of(self.rows.belege, key, by_hand=self.by_hand is not None),
            "betrachter": viewer,
            "art_form": KindForm(initial={"art": viewer.beleg.art}) if viewer else None,
            "zuordnen": self._assignable(waiting),
        }

    def _assignable(self, waiting: list[Any]) -> dict[str, Any] | None:
        """Return the values of the document for which nobody said yet which item of a list they are about."""
        if not waiting:
            return None
        name = waiting[0].pfad.partition("[")[0]
        lines = []
        for one in waiting:
            question = question_of(self.engine, one.pfad.replace("[].", "[1]."))
            lines.append((said(question.titel), value_text(one.wert, question)))
        return {"werte": lines, "eintraege": facts.items_of(self.result, self.antrag.fakten, name)}

    def _first(self) -> dict[str, Any]:
        if not self.antrag.mensch_zuerst:
            return {}
        erste = self.rows.erste
        return {
            "erste": erste,
            "erste_worte": proof.first_words(erste) if erste else "",
            "erste_form": self.returned.forms.get("erste") or FirstDecisionForm(),
            "abweichungen": proof.deviation_rows(deviations_of(erste, self.result)) if erste else (),
        }


def _current(matter: Matter) -> Any:
    """Return what stands in the form of a fact: what was stated, else the one value that documents seem to state."""
    if matter.angabe is not None and (not isinstance(matter.angabe.wert, dict) or is_open(matter.angabe.wert)):
        wert = matter.angabe.wert
    else:
        wert = matter.claims[0].wert if len(matter.claims) == 1 else None
    return {True: "ja", False: "nein"}.get(wert, wert) if isinstance(wert, bool) else wert
