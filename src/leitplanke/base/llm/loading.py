"""Loading the snapshot from the database."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Q, Sum
from django.utils import timezone

from leitplanke.base.accounts.models import Mandant, Mitgliedschaft
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.llm.health import ailing
from leitplanke.base.llm.metering import meter_of
from leitplanke.base.llm.models import (
    Angabenstand,
    Aufruf,
    Modell,
    Modellstand,
    OeffentlicheAngabe,
    Zugangsschluessel,
    Zweck,
)
from leitplanke.base.llm.ports import PurposeState, purposes_of
from leitplanke.base.llm.snapshot import KeyView, Limit, ModelView, PurposeView, Snapshot, TownView, counter
from leitplanke.base.llm.targets import target_of
from leitplanke.base.policy import policy_of, readiness_of
from leitplanke.core.privacy import AllowList, Detector, PublicKind, default_detector
from leitplanke.core.privacy.hanta import HantaNames

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from leitplanke.core.policy import Policy

WHY = "Die Tür kennt alle Kommunen des Hauses."
MILLION = 1_000_000
CORE_WATTS = 10
# Parameters of clauses that are read here: that the council keeps to the guideline, too; the frame in kWh.
COUNCIL_TOO, ENERGY_FRAME = "auch_rat", "rahmen_kwh"
# By town, the last list with its detector: as long as the list is the same, what was found is remembered beside it.
_detectors: dict[int, tuple[AllowList, bool, Detector]] = {}


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
    policy, today = policy_of(mandant), timezone.localdate()
    return TownView(
        mandant.pk, mandant.name, hosts, purposes, policy, detector_of(mandant), people_of(mandant, policy, today),
        readiness_of(mandant), energy_of(mandant, policy, today),
    )  # fmt: skip


def people_of(mandant: Mandant, policy: Policy, today: date) -> frozenset[int]:
    """Return for whom the guideline holds: who works here, and the council where its clause says so."""
    rows = Mitgliedschaft.objects.for_mandant(mandant).valid_on(today).filter(person__is_active=True)
    if not any(COUNCIL_TOO in clause.parameters for clause in policy.profile.clauses):
        rows = rows.exclude(rolle=Rolle.RAT)
    return frozenset(rows.values_list("person", flat=True))


def energy_of(mandant: Mandant, policy: Policy, today: date) -> dict[str, int]:
    """Return which part of its frame of energy each purpose has used this month, in percent.

    The frame is the guideline's, the same for each purpose. Of a range of what was used, its upper end counts.
    """
    parameters = (clause.parameters for clause in policy.profile.clauses if ENERGY_FRAME in clause.parameters)
    frame = next((int(one[ENERGY_FRAME]) * 1_000 * MILLION for one in parameters), 0)
    if not frame:
        return {}
    begin = timezone.make_aware(datetime.combine(today.replace(day=1), time.min))
    rows = Aufruf.objects.for_mandant(mandant).filter(begonnen_am__gte=begin).order_by().values("zweck")
    return {row["zweck"]: row["used"] * 100 // frame for row in rows.annotate(used=Sum("wh_bis"))}


def detector_of(mandant: Mandant) -> Detector:
    """Return what looks for personal data in a town: what the town itself has made public is none."""
    allow, hanta = allow_list_of(mandant, timezone.localdate()), bool(settings.NAMES_BY_HANTA)
    known = _detectors.get(mandant.pk)
    if known is None or known[:2] != (allow, hanta):
        known = _detectors[mandant.pk] = (allow, hanta, default_detector(allow, (HantaNames(),) if hanta else ()))
    return known[2]


def allow_list_of(mandant: Mandant, today: date) -> AllowList:
    """Return what is public in a town on a day: what two people have declared so, and how to reach the town itself."""
    values: dict[str, set[str]] = defaultdict(set)
    rows = OeffentlicheAngabe.objects.for_mandant(mandant).filter(stand=Angabenstand.FREIGEGEBEN).order_by()
    for kind, value in rows.filter(Q(bis__isnull=True) | Q(bis__gte=today)).values_list("art", "wert"):
        values[kind].add(value)
    return AllowList(
        streets=frozenset(values[PublicKind.ADDRESS]), names=frozenset(values[PublicKind.PERSON]),
        places=frozenset(values[PublicKind.PLACE]),
        others=frozenset(filter(None, (*values[PublicKind.OTHER], mandant.telefon, mandant.email))),
        bodies=frozenset({mandant.name}),
    )  # fmt: skip


def _model(row: Modell) -> ModelView:
    return ModelView(
        row.pk, row.kennung, row.titel, row.art, row.klasse, row.rang, frozenset(row.faehigkeiten), row.kontext,
        row.max_ausgabe, Decimal(row.preis_ein), Decimal(row.preis_aus), row.kein_training or row.klasse == "lokal",
        target_of(row), meter_of(_energy(row), row.klasse), ailing(row),
    )  # fmt: skip


def _energy(row: Modell) -> dict[str, Any]:
    """Return the parameters of energy; a script without any is a busy core for as long as it takes, and no model."""
    return row.energie or ({"watts": CORE_WATTS} if row.protokoll == "skript" else {})


def _purpose(row: Zweck, state: PurposeState, models: dict[int, ModelView]) -> PurposeView:
    chosen = [models[link.modell_id] for link in row.zweckmodelle.all() if link.modell_id in models]
    return PurposeView(
        row.pk, row.schluessel, state.name, state.released, state.trial, state.satz, state.high_risk, row.datenklasse,
        row.richtung_buerger, row.betrifft_buerger, row.automatisierungsstufe,
        {tool["name"]: bool(tool["schreibt"]) for tool in row.werkzeuge}, row.max_ausgabe,
        row.aufbewahrung_tage if row.inhalt_speichern else 0, tuple(chosen), state.forbidden,
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
    held = roles_of_owners(today)
    return {
        bytes(row.pruefwert): _key(row, frozenset(allowed[row.pk]), held) for row in rows if _holder_is_not_blocked(row)
    }


def roles_of_owners(today: date) -> set[tuple[int, int, str]]:
    """Return who holds which role where today, as Mandant, person and role, of those who have keys."""
    owners = Zugangsschluessel.objects.unscoped(WHY).filter(art="person", widerrufen_am__isnull=True)
    rows = Mitgliedschaft.objects.unscoped(WHY).valid_on(today).filter(person__in=owners.values("inhaber__person"))
    return set(rows.values_list("mandant", "person", "rolle"))


def _holder_is_not_blocked(row: Zugangsschluessel) -> bool:
    """Whether a person's key has a person who may sign in."""
    return row.art != "person" or (row.inhaber is not None and row.inhaber.person.is_active)


def role_ended(row: Zugangsschluessel, held: Collection[tuple[int, int, str]]) -> bool:
    """Tell whether the owner of a key holds none of its roles any more; of `held` see `roles_of_owners`."""
    if row.art != "person":
        return False
    owner = row.inhaber.person_id if row.inhaber else 0
    return not any((row.mandant_id, owner, name) in held for name in row.rollen)


def _key(row: Zugangsschluessel, models: frozenset[int], held: Collection[tuple[int, int, str]]) -> KeyView:
    limit = Limit(row.anfragen_tag, row.token_tag, _millionths(row.eur_monat), _millionths(row.wh_monat))
    person = row.inhaber.person_id if row.inhaber else None
    return KeyView(
        row.pk, row.nummer, row.mandant_id, row.zweck.schluessel, row.art != "person", person, models, row.gueltig_bis,
        limit, row.zeigt_datenarten, role_ended(row, held),
    )  # fmt: skip


def _millionths(value: Decimal | None) -> int | None:
    return None if value is None else int(value * MILLION)
