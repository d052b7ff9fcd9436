"""The self-assessment: how it stands, showing something by hand, and keeping how it stood on a day."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.leitlinie.collecting import House
from leitplanke.apps.leitlinie.doing import WrongStateError
from leitplanke.apps.leitlinie.library import points
from leitplanke.apps.leitlinie.models import Selbstbewertung, Selbstnachweis
from leitplanke.base.accounts.models import Mandant
from leitplanke.base.evidence.services import record
from leitplanke.core.guideline.assessing import Assessed, Point, PrincipleState, Proof, assess
from leitplanke.core.register.incidents import months_later

if TYPE_CHECKING:
    from leitplanke.base.accounts.access import Actor


@dataclass(frozen=True, slots=True)
class Shown:
    """What a person shows for a point: words, an address, and the day from which it counts."""

    point: str
    text: str
    url: str
    day: date


def point_of(key: str) -> Point | None:
    """Return a point by its name; None where there is none."""
    return next((point for point in points() if point.key == key), None)


def assessment(house: House) -> tuple[PrincipleState, ...]:
    """Return how the town of a house stands today."""
    rows = Selbstnachweis.objects.for_mandant(house.mandant).filter(zurueckgezogen_am__isnull=True)
    proofs = [Proof(row.punkt, row.text, row.url, row.am, row.gueltig_bis) for row in rows]
    found = house.collect(point.collector for point in points())
    return assess(points(), found, proofs, timezone.localdate())


def show_proof(*, actor: Actor, shown: Shown) -> Selbstnachweis:
    """Show something for a point by hand; how long it counts follows from the point.

    Raises:
        NotPermittedError: `actor` may not.
        WrongStateError: the point is unknown or counted by the house itself, something is missing, or the day is not
            in the past or too long ago to count.
    """
    actor.require("leitlinie.assess")
    point = point_of(shown.point)
    if point is None or not point.by_hand:
        raise WrongStateError(_("Zu diesem Punkt lässt sich von Hand nichts zeigen. Die Software zählt ihn selbst."))
    if not shown.text.strip() or not shown.url.strip():
        raise WrongStateError(_("Bitte schreiben Sie, was der Nachweis zeigt, und nennen Sie seine Adresse."))
    today, until = timezone.localdate(), months_later(shown.day, point.months)
    if shown.day > today or until < today:
        raise WrongStateError(
            _("Der Nachweis darf höchstens %(monate)s Monate alt sein und nicht aus der Zukunft stammen.")
            % {"monate": point.months}
        )
    with transaction.atomic():
        row = Selbstnachweis.objects.for_mandant(actor.mandant).create(
            mandant=actor.mandant, punkt=point.key, text=shown.text.strip(), url=shown.url.strip(), am=shown.day,
            gueltig_bis=until, person=actor.person,
        )  # fmt: skip
        _note("leitlinie.selbst_gezeigt", row, actor)
    return row


def withdraw_proof(*, actor: Actor, proof_id: int) -> Selbstnachweis:
    """Take back what was shown by hand; that it was shown stays in the log.

    Raises:
        NotPermittedError: `actor` may not.
        Selbstnachweis.DoesNotExist: there is no such proof here.
        WrongStateError: it is withdrawn already.
    """
    actor.require("leitlinie.assess")
    with transaction.atomic():
        row = Selbstnachweis.objects.for_mandant(actor.mandant).select_for_update().get(pk=proof_id)
        if row.zurueckgezogen_am is not None:
            raise WrongStateError(_("Dieser Nachweis ist schon zurückgezogen."))
        row.zurueckgezogen_am = timezone.now()
        row.save(update_fields=["zurueckgezogen_am"])
        _note("leitlinie.selbst_zurueckgezogen", row, actor)
    return row


def take_snapshot(*, actor: Actor) -> Selbstbewertung:
    """Keep how the town stands now.

    Raises:
        NotPermittedError: `actor` may not.
    """
    actor.require("leitlinie.assess")
    with transaction.atomic():
        mandant = Mandant.objects.select_for_update().get(pk=actor.mandant.pk)
        rows = Selbstbewertung.objects.for_mandant(mandant)
        result = [_principle(one) for one in assessment(House(mandant))]
        number = (rows.aggregate(most=Max("nummer"))["most"] or 0) + 1
        row = rows.create(
            mandant=mandant, nummer=number, person=actor.person, ergebnis=result, ergebnis_sha256=hash_of(result)
        )
        record(
            "leitlinie.selbst_festgehalten", mandant=mandant, actor=actor, subject=row,
            data={"nummer": str(number), "sha256": row.ergebnis_sha256},
        )  # fmt: skip
    return row


def hash_of(result: list[dict[str, Any]]) -> str:
    """Return the SHA-256 of a kept result, over its JSON with sorted keys and without spaces."""
    text = json.dumps(result, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def states_of(row: Selbstbewertung) -> dict[str, str]:
    """Return the state of each point of a kept result."""
    return {one["punkt"]: one["stand"] for principle in row.ergebnis for one in principle["punkte"]}


def _principle(one: PrincipleState) -> dict[str, Any]:
    return {
        "grundsatz": one.principle.value, "stand": one.state.value, "punkte": [_point(row) for row in one.points],
    }  # fmt: skip


def _point(row: Assessed) -> dict[str, Any]:
    found = row.collected
    return {
        "punkt": row.point.key,
        "titel": row.point.title,
        "stand": row.state.value,
        "gezaehlt": "" if found is None else found.text,
        "nachweise": [
            {"text": one.text, "url": one.url, "am": one.day.isoformat(), "bis": one.until.isoformat()}
            for one in row.proofs
        ],
        "naechster_schritt": row.point.next,
    }


def _note(code: str, row: Selbstnachweis, actor: Actor) -> None:
    record(
        code, mandant=actor.mandant, actor=actor, subject=row,
        data={"punkt": row.punkt, "am": row.am.isoformat(), "gueltig_bis": row.gueltig_bis.isoformat(), "url": row.url},
    )  # fmt: skip
