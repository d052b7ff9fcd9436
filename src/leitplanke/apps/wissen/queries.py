"""Reads of Wissen, each within one Mandant."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from django.db.models import Count, Exists, OuterRef, Q

from leitplanke.apps.wissen.models import Antwort, Fassung, Quelle, Sichtbarkeit, Stand, Stichwort, Wissensraum

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet
    from django_stubs_ext import WithAnnotations

    from leitplanke.base.accounts.access import Actor


class SourceCounts(TypedDict):
    """How many sources of a space are released, and how many wait."""

    freigegeben: int
    wartend: int


RELEASED = Q(quellen__fassungen__stand=Stand.FREIGEGEBEN)
WAITING_STATES = (Stand.ZU_PRUEFEN, Stand.WIRD_GELESEN, Stand.NICHT_LESBAR)
WAITING = Q(quellen__fassungen__stand__in=WAITING_STATES)


def spaces_for(actor: Actor) -> QuerySet[WithAnnotations[Wissensraum, SourceCounts]]:
    """Return the spaces in which `actor` may ask, with the number of their released and waiting sources."""
    allowed = [sicht for sicht in Sichtbarkeit.values if actor.may("wissen.ask", sicht)]
    return (
        Wissensraum.objects.for_mandant(actor.mandant)
        .filter(sichtbarkeit__in=allowed)
        .select_related("einheit", "mandant")
        .annotate(
            freigegeben=Count("quellen__fassungen", filter=RELEASED, distinct=True),
            wartend=Count("quellen__fassungen", filter=WAITING, distinct=True),
        )
    )


def space_for(actor: Actor, kurz: str) -> Wissensraum:
    """Return one space in which `actor` may ask.

    Raises:
        Wissensraum.DoesNotExist: no such space here, or not for this actor.
    """
    return spaces_for(actor).get(kurz=kurz)


def released_versions(raum: Wissensraum) -> QuerySet[Fassung]:
    """Return what the space may quote, in force or not."""
    return (
        Fassung.objects.for_mandant(raum.mandant_id)
        .filter(quelle__raum=raum, stand=Stand.FREIGEGEBEN)
        .select_related("quelle")
        .order_by("pk")
    )


def sources_with_versions(raum: Wissensraum) -> QuerySet[Quelle]:
    """Return all sources of a space with their versions, those that wait for somebody first."""
    waiting = Fassung.objects.for_mandant(raum.mandant_id).filter(quelle=OuterRef("pk"), stand__in=WAITING_STATES)
    return (
        Quelle.objects.for_mandant(raum.mandant_id)
        .filter(raum=raum)
        .order_by(Exists(waiting).desc(), "titel", "id")
        .prefetch_related("fassungen__angelegt_von", "fassungen__freigegeben_von")
    )


def version_for(actor: Actor, pk: int) -> Fassung:
    """Return a version that `actor` may read: once released for everybody of its space, before that for employees.

    Raises:
        Fassung.DoesNotExist: no such version here, or not for this actor.
    """
    fassung = (
        Fassung.objects.for_mandant(actor.mandant)
        .select_related("quelle__raum__einheit", "quelle__raum__mandant", "datei", "angelegt_von", "freigegeben_von")
        .get(pk=pk)
    )
    readable = actor.may("wissen.ask", fassung.quelle.raum.sichtbarkeit)
    public = fassung.freigegeben_am is not None and fassung.stand != Stand.ZURUECKGEZOGEN
    if not readable or not (public or actor.may("wissen.list_sources")):
        raise Fassung.DoesNotExist
    return fassung


def answer_for(actor: Actor, kennung: UUID) -> Antwort:
    """Return an answer by its address, if its space is open to `actor`.

    Raises:
        Antwort.DoesNotExist: no such answer here, or its space is not for this actor.
    """
    antwort = (
        Antwort.objects.for_mandant(actor.mandant).select_related("raum__einheit", "raum__mandant").get(kennung=kennung)
    )
    own = actor.person is not None and antwort.person_id == actor.person.pk
    if not actor.may("wissen.ask", antwort.raum.sichtbarkeit) or (antwort.person_id is not None and not own):
        raise Antwort.DoesNotExist
    return antwort


def withdrawn_versions(antwort: Antwort) -> set[int]:
    """Return the versions an answer quotes that have been withdrawn since."""
    quoted = {citation["fassung"] for claim in antwort.inhalt["claims"] for citation in claim["citations"]}
    quoted |= {citation["fassung"] for citation in antwort.inhalt["nearest"]}
    withdrawn = Fassung.objects.for_mandant(antwort.mandant_id).filter(pk__in=quoted, stand=Stand.ZURUECKGEZOGEN)
    return set(withdrawn.values_list("pk", flat=True))


def history_of(actor: Actor) -> QuerySet[Antwort]:
    """Return what the signed-in person asked, newest first."""
    return Antwort.objects.for_mandant(actor.mandant).filter(person=actor.person).select_related("raum")


def vocabulary_of(mandant_id: int) -> QuerySet[Stichwort]:
    """Return the Mandant's own vocabulary."""
    return Stichwort.objects.for_mandant(mandant_id)
