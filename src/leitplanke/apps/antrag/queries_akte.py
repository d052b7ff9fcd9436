"""What the desk of one case reads: a handful of queries, however many facts and documents it has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Q

from leitplanke.apps.antrag.ai import open_proposals
from leitplanke.apps.antrag.models import (
    Angabe,
    Antrag,
    Beleg,
    Briefstand,
    Entscheidung,
    Frist,
    Richtung,
    Schreiben,
    Urteil,
    Vorentscheidung,
    Vorschlag,
    Vorschlagsstand,
)
from leitplanke.apps.antrag.queries import visible_cases
from leitplanke.apps.antrag.reversing import first_decision_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from leitplanke.base.accounts.access import Actor


@dataclass(frozen=True, slots=True)
class CaseRows:
    """The rows of a case as they hold now."""

    angaben: list[Angabe]
    vorschlaege: list[Vorschlag]
    belege: list[Beleg]
    urteile: list[Urteil]
    fristen: list[Frist]
    erste: Vorentscheidung | None
    ungelesen: int


def case_for(actor: Actor, kennung: UUID) -> Antrag:
    """Return a case that `actor` may see.

    Raises:
        Antrag.DoesNotExist: there is none, or it is another unit's.
    """
    related = ("mandant", "einheit", "bearbeitung__person", "entscheidung")
    return visible_cases(actor).select_related(*related).get(kennung=kennung)


def rows_of(antrag: Antrag) -> CaseRows:
    """Read a case. The texts of documents are left out; only the one that is looked at is read."""
    light = ("beleg__text", "beleg__boxen")
    proposals = open_proposals(antrag).defer(*light)
    return CaseRows(
        angaben=list(antrag.angaben.filter(ersetzt_am__isnull=True).select_related("beleg").defer(*light)),
        vorschlaege=list(proposals),
        belege=list(_documents(antrag)),
        urteile=list(antrag.urteile_getroffen.filter(ersetzt_am__isnull=True).select_related("von__person")),
        fristen=list(antrag.fristen.filter(erledigt_am__isnull=True)),
        erste=first_decision_of(antrag) if antrag.mensch_zuerst else None,
        ungelesen=antrag.mitteilungen.filter(richtung=Richtung.AN_AMT, gelesen_am__isnull=True).count(),
    )


def papers_in(antrag: Antrag) -> tuple[list[Entscheidung], list[Schreiben]]:
    """Return decisions and letters without their contents."""
    decisions = antrag.entscheidungen.defer("fakten", "urteile", "nachweis")
    letters = antrag.schreiben.exclude(stand=Briefstand.VERWORFEN).defer("entworfen", "brief", "pruefung")
    return list(decisions), list(letters)


def _documents(antrag: Antrag) -> QuerySet[Beleg]:
    waiting = Count("vorschlaege", filter=Q(vorschlaege__stand=Vorschlagsstand.OFFEN))
    return antrag.belege.defer("text", "boxen").annotate(offene=waiting)


def history(antrag: Antrag, pfad: str) -> list[Angabe]:
    """Return every value that a fact has had, the newest first."""
    rows = antrag.angaben.filter(pfad=pfad).select_related("beleg", "von__person")
    return list(rows.defer("beleg__text", "beleg__boxen").order_by("-id"))


def document_for(antrag: Antrag, kennung: UUID) -> Beleg:
    """Return a document of a case with its text.

    Raises:
        Beleg.DoesNotExist: there is none.
    """
    return antrag.belege.select_related("datei").get(kennung=kennung)
