"""One run of a simulation: begin, watch, keep the result or what is wrong. May begin again after a crash."""

from __future__ import annotations

import json
import logging
import shutil
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from leitplanke.apps.regelwerk.public import UnknownRegelwerkError, engine_for
from leitplanke.apps.simulation import files, process
from leitplanke.apps.simulation.models import UNDER_WAY, Laufstand, Simulationslauf
from leitplanke.apps.simulation.plan import SUMMARY, Plan
from leitplanke.apps.simulation.process import CalculationError, StoppedError
from leitplanke.base.evidence.services import record
from leitplanke.core.rules import RulesError

if TYPE_CHECKING:
    from pathlib import Path

    from django.db.models import QuerySet

    from leitplanke.core.rules import Regelwerk

logger = logging.getLogger(__name__)
MOST_ATTEMPTS = 3
INTERRUPTED = _("Die Simulation wurde dreimal unterbrochen, etwa weil der Rechner zu wenig Speicher hat.")
CHANGED = _("Das Regelwerk wurde inzwischen geändert. Bitte beginnen Sie die Simulation neu.")
UNUSABLE = _("Das Regelwerk lässt sich nicht mehr benutzen. Bitte prüfen Sie es in der Bibliothek.")
BUG = _("Beim Rechnen ist ein Fehler aufgetreten, der nicht an Ihren Angaben liegt. Er steht im Protokoll des Servers.")


def run(lauf_id: int) -> None:
    """Reckon a simulation that waits, or that a killed worker left behind."""
    lauf = _begun(lauf_id)
    if lauf is None:
        return
    if lauf.versuche > MOST_ATTEMPTS:
        _failed(lauf, INTERRUPTED, "unterbrochen")
        return
    try:
        _reckon(lauf)
    except StoppedError:
        pass
    except CalculationError as error:
        _failed(lauf, str(error), error.reason)
    except Exception as error:
        logger.exception("Simulation %s misslang (%s)", lauf.kennung, type(error).__name__)
        _failed(lauf, BUG, "fehler")


def _begun(lauf_id: int) -> Simulationslauf | None:
    """Mark the beginning of an attempt; None where there is nothing to do."""
    with transaction.atomic():
        rows = Simulationslauf.objects.unscoped("Der Auftrag nennt die Zeile").select_for_update(of=("self",))
        lauf = rows.select_related("mandant").filter(pk=lauf_id, stand__in=UNDER_WAY).first()
        if lauf is None:
            return None
        lauf.stand = Laufstand.LAEUFT
        lauf.versuche += 1
        lauf.gerechnet = lauf.gesamt = 0
        lauf.save(update_fields=["stand", "versuche", "gerechnet", "gesamt"])
    return lauf


def _mine(lauf: Simulationslauf) -> QuerySet[Simulationslauf]:
    """Return the row while this attempt is the one that counts."""
    rows = Simulationslauf.objects.for_mandant(lauf.mandant_id)
    return rows.filter(pk=lauf.pk, stand=Laufstand.LAEUFT, versuche=lauf.versuche)


def _reckon(lauf: Simulationslauf) -> None:
    regelwerk = _regelwerk(lauf)
    folder = files.private_folder(files.run_folder(lauf))
    draft = folder / f"versuch-{lauf.versuche}"
    for left in folder.glob("versuch-*"):
        shutil.rmtree(left, ignore_errors=True)
    files.private_folder(draft)
    try:
        process.reckon(
            Plan.from_json(lauf.plan),
            regelwerk,
            folder,
            draft,
            lambda done, total: bool(_mine(lauf).update(gerechnet=done, gesamt=total)),
        )
        _keep(lauf, draft, folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _regelwerk(lauf: Simulationslauf) -> Regelwerk:
    """Return the rules as they were when the simulation was asked for."""
    try:
        regelwerk = engine_for(lauf.mandant, lauf.regelwerk, lauf.ebene).regelwerk
    except (UnknownRegelwerkError, RulesError):
        raise CalculationError(UNUSABLE, "regelwerk") from None
    if regelwerk.digest != lauf.regelwerk_sha256:
        raise CalculationError(CHANGED, "regelwerk")
    return regelwerk


def _keep(lauf: Simulationslauf, draft: Path, folder: Path) -> None:
    """Put the result in its place and say so."""
    summary = json.loads((draft / SUMMARY).read_text("utf-8"))
    with transaction.atomic():
        if not _mine(lauf).update(
            stand=Laufstand.FERTIG,
            gerechnet=F("gesamt"),
            ergebnis_sha256=summary["ergebnis_sha256"],
            beendet_am=timezone.now(),
        ):
            raise StoppedError
        for pattern in files.RESULT_FILES:
            for file in draft.glob(pattern):
                file.replace(folder / file.name)
        data = {"faelle": str(summary["faelle"]), "ergebnis_sha256": summary["ergebnis_sha256"]}
        record("simulation.finished", mandant=lauf.mandant, data={"simulation": str(lauf.kennung), **data})


def _failed(lauf: Simulationslauf, message: str, reason: str) -> None:
    with transaction.atomic():
        if _mine(lauf).update(stand=Laufstand.GESCHEITERT, fehler=message, beendet_am=timezone.now()):
            data = {"simulation": str(lauf.kennung), "grund": reason}
            record("simulation.failed", mandant=lauf.mandant, data=data)
