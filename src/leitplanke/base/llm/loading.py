"""Loading the snapshot from the database."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from leitplanke.base.accounts.models import Mandant
from leitplanke.base.llm.health import ailing
from leitplanke.base.llm.metering import meter_of
from leitplanke.base.llm.models import Modell, Modellstand, Zugangsschluessel, Zweck
from leitplanke.base.llm.ports import PurposeState, purposes_of
from leitplanke.base.llm.snapshot import KeyView, Limit, ModelView, PurposeView, Snapshot, TownView, counter
from leitplanke.base.llm.targets import target_of
from leitplanke.base.policy import policy_of
from leitplanke.core.privacy import AllowList, Detector, default_detector
from leitplanke.core.privacy.hanta import HantaNames

if TYPE_CHECKING:
    from datetime import date

WHY = "Die Tür kennt alle Kommunen des Hauses."
MILLION = 1_000_000


def load_snapshot() -> Snapshot:
    """Return everything the door needs to know."""
    found = counter()  # first: what changes meanwhile is loaded again
    towns = {mandant.pk: _town(mandant) for mandant in Mandant.objects.prefetch_related("hosts")}
    models = (model for town in towns.values() for purpose in town.purposes.values() for model in purpose.models)
    addresses = frozenset((model.target.address, model.target.local) for model in models if model.target.address)
    return Snapshot(found, towns, _keys(timezone.localdate()), addresses)


def _town(mandant: Mandant) -> TownView:
    models = {
        row.pk: _model(row)
        for row in Modell.objects.for_mandant(mandant).filter(stand=Modellstand.FREIGEGEBEN).order_by("rang", "kennung")
    }
    rows = {row.schluessel: row for row in Zweck.objects.for_mandant(mandant).prefetch_related("zweckmodelle")}
    states = {state.schluessel: state for state in purposes_of(mandant)}
    purposes = {key: _purpose(rows[key], state, models) for key, state in states.items() if key in rows}
    hosts = frozenset(host.host for host in mandant.hosts.all())
    return TownView(mandant.pk, mandant.name, hosts, purposes, policy_of(mandant), detector_of(mandant))


def detector_of(mandant: Mandant) -> Detector:
    """Return what looks for personal data in a town: what the town itself has made public is none."""
    others = frozenset(filter(None, (mandant.telefon, mandant.email)))
    plugins = (HantaNames(),) if settings.NAMES_BY_HANTA else ()
    return default_detector(AllowList(names=frozenset({mandant.name}), others=others), plugins)


def _model(row: Modell) -> ModelView:
    return ModelView(
        row.pk, row.kennung, row.titel, row.art, row.klasse, row.rang, frozenset(row.faehigkeiten), row.kontext,
        row.max_ausgabe, Decimal(row.preis_ein), Decimal(row.preis_aus), row.kein_training or row.klasse == "lokal",
        target_of(row), meter_of(row.energie, row.klasse), ailing(row),
    )  # fmt: skip


def _purpose(row: Zweck, state: PurposeState, models: dict[int, ModelView]) -> PurposeView:
    chosen = [models[link.modell_id] for link in row.zweckmodelle.all() if link.modell_id in models]
    return PurposeView(
        row.pk, row.schluessel, state.name, state.released, state.trial, state.satz, state.high_risk, row.datenklasse,
        row.richtung_buerger, row.betrifft_buerger, row.automatisierungsstufe,
        {tool["name"]: bool(tool["schreibt"]) for tool in row.werkzeuge}, row.max_ausgabe,
        row.aufbewahrung_tage if row.inhalt_speichern else 0, tuple(chosen),
    )  # fmt: skip


def _keys(today: date) -> dict[bytes, KeyView]:
    rows = (
        Zugangsschluessel.objects.unscoped(WHY)
        .filter(widerrufen_am__isnull=True, gueltig_bis__gte=today)
        .select_related("zweck", "inhaber__person")
    )
    allowed: dict[int, set[int]] = defaultdict(set)
    for key, model in Zugangsschluessel.modelle.through._default_manager.values_list("zugangsschluessel", "modell"):  # noqa: SLF001
        allowed[key].add(model)
    return {bytes(row.pruefwert): _key(row, frozenset(allowed[row.pk])) for row in rows if _holder_is_here(row, today)}


def _holder_is_here(row: Zugangsschluessel, today: date) -> bool:
    """Whether a person's key has a person who still works here."""
    if row.art != "person":
        return True
    holder = row.inhaber
    return holder is not None and holder.person.is_active and holder.von <= today <= (holder.bis or today)


def _key(row: Zugangsschluessel, models: frozenset[int]) -> KeyView:
    limit = Limit(row.anfragen_tag, row.token_tag, _millionths(row.eur_monat), _millionths(row.wh_monat))
    person = row.inhaber.person_id if row.inhaber else None
    return KeyView(
        row.pk, row.nummer, row.mandant_id, row.zweck.schluessel, row.art != "person", person, models, row.gueltig_bis,
        limit,
    )  # fmt: skip


def _millionths(value: Decimal | None) -> int | None:
    return None if value is None else int(value * MILLION)
