"""Simulations: start, cancel, hand out, delete."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.simulation import files
from leitplanke.apps.simulation.labels import labels_of
from leitplanke.apps.simulation.models import KEPT, UNDER_WAY, Bevoelkerung, Laufstand, Simulationslauf
from leitplanke.apps.simulation.queries import may_stop, run_for, runs_for
from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.base.evidence.services import record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from leitplanke.apps.simulation.files import Upload
    from leitplanke.apps.simulation.plan import Plan
    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Mandant
    from leitplanke.core.rules import Engine


class NotReadyError(ValueError):
    """The simulation is not in a state in which this can be done; the message is for people."""


@dataclass(frozen=True, slots=True)
class Law:
    """A Regelwerk with the layer that was chosen."""

    name: str
    ebene: str
    engine: Engine


def start_simulation(
    *, actor: Actor, law: Law, plan: Plan, uploads: Mapping[str, Upload], bezeichnung: str
) -> Simulationslauf:
    """Start a simulation in the background, as `actor`; the tables are taken over.

    Raises:
        NotPermittedError: `actor` may not simulate with such cases.
    """
    from leitplanke.apps.simulation.tasks import run_simulation  # noqa: PLC0415 - tasks call this module

    kind = Bevoelkerung.HOCHGELADEN if uploads else Bevoelkerung.ERFUNDEN
    capacity = _capacity(actor, "simulation.start", kind)
    digests = {name: upload.sha256 for name, upload in uploads.items()}
    plan = replace(plan, files={name: upload.name for name, upload in uploads.items()}, digests=digests)
    lauf = _planned(actor, law, plan, bezeichnung)
    # Files before the row: a crash in between leaves a folder that is cleared away, never a row without its tables.
    files.take_uploads(lauf, dict(uploads))
    with transaction.atomic():
        lauf.save()
        data = {
            "simulation": str(lauf.kennung),
            "regelwerk": f"{law.name}/{law.ebene}" if law.ebene else law.name,
            "regelwerk_sha256": lauf.regelwerk_sha256,
            "bevoelkerung": lauf.bevoelkerung,
            "einstellungen_sha256": lauf.plan_sha256,
        }
        record("simulation.started", mandant=actor.mandant, actor=actor, data=data | capacity)
        run_simulation.enqueue(lauf.pk)
    files.drop_waiting(uploads.values())
    return lauf


def _planned(actor: Actor, law: Law, plan: Plan, bezeichnung: str) -> Simulationslauf:
    return Simulationslauf(
        mandant=actor.mandant,
        bezeichnung=bezeichnung,
        regelwerk=law.name,
        ebene=law.ebene,
        regelwerk_sha256=law.engine.regelwerk.digest,
        plan=plan.as_json(),
        beschriftung=labels_of(plan, law.engine),
        plan_sha256=plan.digest(law.engine),
        bevoelkerung=Bevoelkerung.HOCHGELADEN if plan.files else Bevoelkerung.ERFUNDEN,
        angelegt_von=actor.person,
    )


def cancel_simulation(*, actor: Actor, kennung: UUID) -> Simulationslauf:
    """Stop a simulation; whoever reckons it notices within a second.

    Raises:
        Simulationslauf.DoesNotExist: it is not there for `actor`.
        NotPermittedError: `actor` may not stop it.
        NotReadyError: it has ended already.
    """
    with transaction.atomic():
        lauf = _locked(actor, kennung)
        if lauf.stand not in UNDER_WAY:
            raise NotReadyError(_("Die Simulation ist schon zu Ende."))
        lauf.stand = Laufstand.ABGEBROCHEN
        lauf.beendet_am = timezone.now()
        lauf.save(update_fields=["stand", "beendet_am"])
        _record(lauf, "simulation.cancelled", actor, "simulation.stop", {})
    return lauf


def note_export(*, actor: Actor, kennung: UUID, art: str) -> Simulationslauf:
    """Leave evidence that a result leaves the house as a file.

    Raises:
        Simulationslauf.DoesNotExist: it is not there for `actor`.
        NotReadyError: there is no result.
    """
    with transaction.atomic():
        lauf = run_for(actor, kennung)
        actor.require("simulation.export", lauf.bevoelkerung)
        if not lauf.done:
            raise NotReadyError(_("Noch gibt es kein Ergebnis."))
        _record(lauf, "simulation.exported", actor, "simulation.export", {"art": art})
    return lauf


def delete_simulation(*, actor: Actor, kennung: UUID) -> None:
    """Delete a simulation with its tables and results, running or not.

    Raises:
        Simulationslauf.DoesNotExist: it is not there for `actor`.
        NotPermittedError: `actor` may not delete it.
    """
    with transaction.atomic():
        lauf = _locked(actor, kennung)
        _record(lauf, "simulation.deleted", actor, "simulation.stop", {"anlass": "verlangen"})
        _delete(lauf)


def delete_expired(mandant: Mandant) -> int:
    """Delete simulations that are older than `KEPT`, and what uploads and crashes left behind.

    Returns:
        How many simulations were deleted.
    """
    rows = Simulationslauf.objects.for_mandant(mandant)
    with transaction.atomic():
        expired = list(rows.filter(angelegt_am__lt=timezone.now() - KEPT).select_for_update())
        for lauf in expired:
            data = {"simulation": str(lauf.kennung), "anlass": "frist"}
            record("simulation.deleted", mandant=mandant, actor=None, data=data)
            _delete(lauf)
    files.clean_up(mandant.pk, {str(kennung) for kennung in rows.values_list("kennung", flat=True)})
    return len(expired)


def _delete(lauf: Simulationslauf) -> None:
    """Delete the row, and the files once that is certain."""
    mandant_id, kennung = lauf.mandant_id, lauf.kennung
    lauf.delete()
    transaction.on_commit(lambda: files.delete_folder(mandant_id, kennung))


def _locked(actor: Actor, kennung: UUID) -> Simulationslauf:
    lauf = runs_for(actor).select_for_update(of=("self",)).get(kennung=kennung)
    if not may_stop(actor, lauf):
        raise NotPermittedError("simulation.stop", _("Diese Simulation hat jemand anderes begonnen."))
    return lauf


def _record(lauf: Simulationslauf, code: str, actor: Actor, action: str, data: dict[str, str]) -> None:
    content = {"simulation": str(lauf.kennung), **data, **_capacity(actor, action, lauf.bevoelkerung)}
    record(code, mandant=lauf.mandant, actor=actor, data=content)


def _capacity(actor: Actor, action: str, state: str) -> dict[str, str]:
    """Return in which role somebody acted, and whether as a deputy, for the evidence."""
    capacity = actor.capacity(action, state)
    if capacity is None:
        raise NotPermittedError(action)
    return {"rolle": capacity.rolle.value, "in_vertretung": "ja" if capacity.deputises else "nein"}
