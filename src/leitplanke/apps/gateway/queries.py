"""Reads of the gateway's pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, Q, Sum, When
from django.utils import timezone

from leitplanke.apps.gateway.refusing import NO_KEY
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.llm.models import (
    Abweisung,
    Angabenstand,
    Aufruf,
    Einsicht,
    Modell,
    OeffentlicheAngabe,
    Werkzeugfreigabe,
    Zugangsschluessel,
    Zweck,
)
from leitplanke.base.llm.ports import PurposeState, purposes_of
from leitplanke.core.privacy import PublicKind, key_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Mandant

SUMMARY_DAYS = 30
TURNED_AWAY_HOURS = 24


@dataclass(frozen=True, slots=True)
class PurposeRow:
    """A purpose as the register knows it, with how it uses models (None where nobody has set that up)."""

    state: PurposeState
    zweck: Zweck | None

    @property
    def open(self) -> bool:
        """Whether the register lets it run, if only on trial."""
        return self.state.released or self.state.trial

    @property
    def ready(self) -> bool:
        """Whether a call for it can be answered now."""
        return self.zweck is not None and self.open and bool(self.models)

    @property
    def models(self) -> list[Modell]:
        """Models in their order."""
        return [row.modell for row in self.zweck.zweckmodelle.all()] if self.zweck else []


def models_of(mandant: Mandant) -> QuerySet[Modell]:
    """Return all models, small ones first."""
    return Modell.objects.for_mandant(mandant).order_by("rang", "kennung")


def purpose_rows(mandant: Mandant) -> list[PurposeRow]:
    """Return every purpose of the register."""
    rows = Zweck.objects.for_mandant(mandant).prefetch_related("zweckmodelle__modell")
    known = {zweck.schluessel: zweck for zweck in rows}
    return [PurposeRow(state, known.get(state.schluessel)) for state in purposes_of(mandant)]


def keys_for(actor: Actor) -> QuerySet[Zugangsschluessel]:
    """Return the keys somebody may see: their own, and all for those who may revoke them."""
    rows = Zugangsschluessel.objects.for_mandant(actor.mandant).select_related("zweck", "inhaber__person")
    if actor.may("gateway.revoke_key"):
        return rows
    person = actor.person.pk if actor.person else None
    return rows.filter(art="person", inhaber__person=person)


def calls_of(mandant: Mandant) -> QuerySet[Aufruf]:
    """Return calls, newest first."""
    return Aufruf.objects.for_mandant(mandant).select_related("modell", "zugang")


def summary_of(mandant: Mandant) -> list[dict[str, Any]]:
    """Return, for each purpose, what was called in the last 30 days."""
    since = timezone.now() - timedelta(days=SUMMARY_DAYS)
    rows = Aufruf.objects.for_mandant(mandant).filter(begonnen_am__gte=since).order_by()
    found: Iterable[Any] = (
        rows.values("zweck").annotate(
            anfragen=Count("pk"),
            abgelehnt=Count("pk", filter=Q(ausgang="abgelehnt")),
            token=Sum("token_ein") + Sum("token_aus"),
            wh_von=Sum("wh_von"), wh_bis=Sum("wh_bis"), eur=Sum("eur_millionstel"),
        ).order_by("zweck")
    )  # fmt: skip
    return list(found)


def usage_of(modell: Modell) -> dict[str, Any]:
    """Return what a model was asked and needed in the last 30 days: `calls`, `low` and `high` in millionths of a Wh."""
    since = timezone.now() - timedelta(days=SUMMARY_DAYS)
    rows = Aufruf.objects.for_mandant(modell.mandant_id).filter(modell=modell, begonnen_am__gte=since)
    rows = rows.exclude(wh_methode="").order_by()
    return dict(rows.aggregate(calls=Count("pk"), low=Sum("wh_von"), high=Sum("wh_bis")))


def turned_away(mandant: Mandant) -> list[dict[str, Any]]:
    """Return, for each hour of the last day in which there were any, how many requests never became a call."""
    since = timezone.now() - timedelta(hours=TURNED_AWAY_HOURS)
    rows = Abweisung.objects.for_mandant(mandant).filter(stunde__gte=since).order_by()
    without = Sum("anzahl", filter=Q(grund=NO_KEY), default=0)
    others = Sum("anzahl", filter=~Q(grund=NO_KEY), default=0)
    found: Iterable[Any] = rows.values("stunde").annotate(ohne_zugang=without, mit_zugang=others).order_by("-stunde")
    return list(found)


def held_calls(actor: Actor) -> QuerySet[Werkzeugfreigabe]:
    """Return tool calls that wait or were decided and are this person's business, newest first.

    What somebody's own key asked for concerns their office alone: the values may be about people. Programs have no
    office; the KI-Beauftragte answers for all.
    """
    rows = Werkzeugfreigabe.objects.for_mandant(actor.mandant).select_related("aufruf", "entschieden_von__person")
    if Rolle.KI_BEAUFTRAGTE in actor.roles:
        return rows
    offices = {membership.einheit_id for membership in (*actor.memberships, *actor.acting_for)} - {None}
    return rows.filter(Q(aufruf__zugang__inhaber__isnull=True) | Q(aufruf__zugang__inhaber__einheit__in=offices))


def disclosures(mandant: Mandant) -> QuerySet[Einsicht]:
    """Return requests to read kept content, newest first."""
    rows = Einsicht.objects.for_mandant(mandant)
    return rows.select_related("aufruf", "beantragt_von__person", "entschieden_von__person")


def public_entries(mandant: Mandant) -> QuerySet[OeffentlicheAngabe]:
    """Return what a town has declared public, with who entered, released and withdrew it."""
    rows = OeffentlicheAngabe.objects.for_mandant(mandant)
    return rows.select_related("eingetragen_von", "freigegeben_von", "beendet_von")


def public_found(mandant: Mandant, text: str, art: str, stand: str) -> QuerySet[OeffentlicheAngabe]:
    """Return the entries somebody looks for.

    `stand` is "" for those that hold or wait, or `wartet`, `gilt`, `beendet` (withdrawn or over).
    """
    rows, over = public_entries(mandant), Q(bis__lt=timezone.localdate())
    ended = Q(stand=Angabenstand.ZURUECKGEZOGEN) | over
    kept = {
        "wartet": Q(stand=Angabenstand.WARTET), "gilt": Q(stand=Angabenstand.FREIGEGEBEN) & ~over, "beendet": ended,
    }.get(stand, ~ended)  # fmt: skip
    rows = rows.filter(kept)
    if text:
        found = Q(wert__icontains=text) | Q(amt__icontains=text)
        for kind in PublicKind:
            if key := key_of(kind, text):
                found |= Q(art=kind.value, vergleich__contains=key)
        rows = rows.filter(found)
    rows = rows.filter(art=art) if art else rows
    people_first = Case(When(art=PublicKind.PERSON.value, then=0), default=1)
    return rows.order_by(people_first, "art", "vergleich", "-pk")


def public_waiting(mandant: Mandant) -> QuerySet[OeffentlicheAngabe]:
    """Return the entries that wait for a second person, the oldest first."""
    return public_entries(mandant).filter(stand=Angabenstand.WARTET).order_by("eingetragen_am", "pk")
