"""From draft to sign-off, and back: submit, sign, return, discard."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.leitlinie.days import YEARS_OF_DEADLINE, require_sensible
from leitplanke.apps.leitlinie.doing import WrongStateError, leave_evidence, locked
from leitplanke.apps.leitlinie.models import Fassungsstand, Leitlinienfassung, Mitzeichnung, Stelle, Votum
from leitplanke.apps.leitlinie.overview import lacks_of
from leitplanke.apps.leitlinie.telling import ask_offices, tell_submitter
from leitplanke.base.accounts.permissions import NotPermittedError

if TYPE_CHECKING:
    from leitplanke.base.accounts.access import Actor
    from leitplanke.core.guideline import Lack


def agrees(row: Mitzeichnung, version: Leitlinienfassung) -> bool:
    """Tell whether an office agrees to a version as it stands."""
    return row.votum == Votum.ZUGESTIMMT and row.aenderungszaehler == version.aenderungszaehler


class IncompleteError(WrongStateError):
    """Something is missing or contradicts itself so that the version cannot be adopted; `lacks` names it."""

    def __init__(self, lacks: tuple[Lack, ...]) -> None:
        """Keep what is missing."""
        super().__init__(_("Die Fassung ist noch nicht vollständig: %(grund)s") % {"grund": lacks[0].message})
        self.lacks = lacks


def submit_version(*, actor: Actor, version_id: int, offices: Collection[Stelle], until: date) -> Leitlinienfassung:
    """Give a draft to the offices that have to look at it; they have until a day.

    Raises:
        NotPermittedError: `actor` may not.
        WrongStateError: it is no draft, no office is named, or the day is over or far away.
        IncompleteError: something grave is missing.
    """
    with transaction.atomic():
        version = locked(version_id, actor, {Fassungsstand.ENTWURF})
        actor.require("leitlinie.submit", version.stand)
        if not offices:
            raise WrongStateError(_("Bitte wählen Sie mindestens eine Stelle, die mitzeichnet."))
        if until < timezone.localdate():
            raise WrongStateError(_("Die Frist liegt in der Vergangenheit."))
        require_sensible(until, _("Frist der Mitzeichnung"), ahead=YEARS_OF_DEADLINE)
        if grave := tuple(lack for lack in lacks_of(version) if lack.grave):
            raise IncompleteError(grave)
        version.stand = Fassungsstand.MITZEICHNUNG
        version.vorgelegt_am, version.vorgelegt_von, version.frist = timezone.now(), actor.person, until
        version.save()
        kept = version.mitzeichnungen.exclude(stelle__in=offices)
        kept.delete()
        for office in sorted(set(offices)):
            Mitzeichnung.objects.for_mandant(version.mandant_id).get_or_create(
                fassung=version, stelle=office, defaults={"mandant_id": version.mandant_id}
            )
        leave_evidence(
            "leitlinie.vorgelegt", version, actor, actor.capacity("leitlinie.submit", Fassungsstand.ENTWURF),
            stellen=", ".join(sorted(set(offices))), frist=until.isoformat(),
        )  # fmt: skip
        ask_offices(version, [row for row in version.mitzeichnungen.all() if not agrees(row, version)])
    return version


def sign_version(*, actor: Actor, version_id: int, office: Stelle, verdict: Votum, remark: str = "") -> Mitzeichnung:
    """Say for an office that it agrees or objects; it may say so again until the version is adopted.

    Raises:
        NotPermittedError: `actor` may not, or does not belong to the office.
        WrongStateError: the version is not in sign-off, the office was not asked, or an objection gives no reason.
    """
    with transaction.atomic():
        version = locked(version_id, actor, {Fassungsstand.MITZEICHNUNG})
        actor.require("leitlinie.sign", version.stand)
        if office.value not in {role.value for role in actor.roles}:
            raise NotPermittedError("leitlinie.sign", _("Für diese Stelle können Sie nicht mitzeichnen."))
        if verdict is Votum.EINWAENDE and not remark.strip():
            raise WrongStateError(_("Bitte schreiben Sie, was Sie einwenden."))
        row = version.mitzeichnungen.filter(stelle=office).first()
        if row is None:
            raise WrongStateError(_("Diese Stelle ist bei dieser Fassung nicht gefragt."))
        row.votum, row.bemerkung, row.person, row.am = verdict, remark, actor.person, timezone.now()
        row.aenderungszaehler = version.aenderungszaehler
        row.save()
        leave_evidence(
            "leitlinie.mitgezeichnet", version, actor, actor.capacity("leitlinie.sign", version.stand),
            stelle=office.value, votum=verdict.value, aenderungen=str(version.aenderungszaehler),
        )  # fmt: skip
        if version.vorgelegt_von_id != getattr(actor.person, "pk", None):
            tell_submitter(version, row)
    return row


def return_version(*, actor: Actor, version_id: int, reason: str) -> Leitlinienfassung:
    """Take a version back into draft; what offices have said stays and is void once a clause changes.

    Raises:
        NotPermittedError: `actor` may not.
        WrongStateError: it is not in sign-off, or no reason is given.
    """
    return _leave(
        actor, version_id, reason, verb="leitlinie.return", states={Fassungsstand.MITZEICHNUNG},
        to=Fassungsstand.ENTWURF, code="leitlinie.zurueckgeholt",
    )  # fmt: skip


def discard_version(*, actor: Actor, version_id: int, reason: str) -> Leitlinienfassung:
    """Give a version up; it stays readable.

    Raises:
        NotPermittedError: `actor` may not.
        WrongStateError: it is adopted or given up already, or no reason is given.
    """
    return _leave(
        actor, version_id, reason, verb="leitlinie.discard",
        states={Fassungsstand.ENTWURF, Fassungsstand.MITZEICHNUNG}, to=Fassungsstand.VERWORFEN,
        code="leitlinie.verworfen",
    )  # fmt: skip


def _leave(  # noqa: PLR0913 - the parts of a step
    actor: Actor, version_id: int, reason: str, *, verb: str, states: set[Fassungsstand], to: Fassungsstand, code: str
) -> Leitlinienfassung:
    with transaction.atomic():
        version = locked(version_id, actor, states)
        before = version.stand
        actor.require(verb, before)
        if not reason.strip():
            raise WrongStateError(_("Bitte schreiben Sie, warum."))
        version.stand = to
        version.stand_grund = reason
        version.save(update_fields=["stand", "stand_grund"])
        leave_evidence(code, version, actor, actor.capacity(verb, before))
    return version
