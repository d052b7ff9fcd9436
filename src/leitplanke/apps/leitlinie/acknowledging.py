"""Reading what holds, and being trained: what is kept about people, and who is asked."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.leitlinie.days import require_sensible
from leitplanke.apps.leitlinie.doing import WrongStateError
from leitplanke.apps.leitlinie.models import Kenntnisnahme, Schulungsnachweis
from leitplanke.apps.leitlinie.people import readers_of
from leitplanke.apps.leitlinie.queries import in_force, training_ends, training_grace
from leitplanke.base.accounts.models import Mitgliedschaft
from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.base.evidence.services import record
from leitplanke.base.llm.snapshot import bump
from leitplanke.base.policy import Readiness

if TYPE_CHECKING:
    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Mandant, Person


def acknowledge(*, actor: Actor, version_id: int) -> Kenntnisnahme:
    """Say that one has read the version that holds.

    Raises:
        NotPermittedError: `actor` may not, or is nobody in person.
        WrongStateError: another version holds meanwhile.
    """
    actor.require("leitlinie.acknowledge")
    if actor.person is None:
        raise NotPermittedError("leitlinie.acknowledge")
    with transaction.atomic():
        version = in_force(actor.mandant)
        if version is None or version.pk != version_id:
            raise WrongStateError(_("Inzwischen gilt eine andere Fassung. Bitte lesen Sie diese."))
        row, made = Kenntnisnahme.objects.for_mandant(actor.mandant).get_or_create(
            fassung=version, person=actor.person, defaults={"mandant": actor.mandant}
        )
        if made:
            # Without the role: where one person alone has it, it would say who.
            data = {"fassung": str(version.nummer)}
            record("leitlinie.gelesen", mandant=version.mandant, actor=actor, subject=version, data=data)
            bump()
    return row


def record_training(
    *, actor: Actor, person: Person, title: str, day: date, until: date | None = None
) -> Schulungsnachweis:
    """Enter that somebody of the town was trained; without `until` it counts as long as the guideline says.

    Raises:
        NotPermittedError: `actor` may not.
        WrongStateError: the person does not work here, the title is empty or the days do not fit.
    """
    actor.require("leitlinie.record_training")
    if not Mitgliedschaft.objects.for_mandant(actor.mandant).filter(person=person).exists():
        raise WrongStateError(_("Diese Person arbeitet nicht hier."))
    if not title.strip() or day > timezone.localdate() or (until is not None and until < day):
        raise WrongStateError(_("Bitte nennen Sie die Schulung, einen vergangenen Tag und ein Ende danach."))
    require_sensible(day, _("Tag der Schulung"))
    if until is not None:
        require_sensible(until, _("Gilt bis"))
    until = until or training_ends(actor.mandant, day)
    with transaction.atomic():
        row, made = Schulungsnachweis.objects.for_mandant(actor.mandant).get_or_create(
            person=person, titel=title.strip(), am=day,
            defaults={"mandant": actor.mandant, "gueltig_bis": until, "eingetragen_von": actor.person},
        )  # fmt: skip
        if made or row.gueltig_bis != until:
            row.gueltig_bis = until
            row.save(update_fields=["gueltig_bis"])
            _note("leitlinie.schulung_eingetragen", row, actor)
            bump()
    return row


def remove_training(*, actor: Actor, proof_id: int, reason: str) -> None:
    """Take out a proof that was entered by mistake; what it said and the reason stay in the evidence.

    Raises:
        NotPermittedError: `actor` may not.
        WrongStateError: no reason is given.
        Schulungsnachweis.DoesNotExist: there is no such proof here.
    """
    actor.require("leitlinie.record_training")
    with transaction.atomic():
        row = Schulungsnachweis.objects.for_mandant(actor.mandant).select_for_update().get(pk=proof_id)
        if not reason.strip():
            raise WrongStateError(_("Bitte schreiben Sie, was an dem Eintrag falsch war."))
        _note("leitlinie.schulung_geloescht", row, actor, titel=row.titel, grund=reason.strip())
        row.delete()
        bump()


def readiness(mandant: Mandant) -> Readiness:
    """Return who has read the version that holds, and whose training counts today."""
    version, today = in_force(mandant), timezone.localdate()
    counts = Q(gueltig_bis__isnull=True) | Q(gueltig_bis__gte=today - training_grace(mandant))
    trained = Schulungsnachweis.objects.for_mandant(mandant).filter(counts, am__lte=today)
    return Readiness(
        None if version is None else readers_of(version), frozenset(trained.values_list("person_id", flat=True))
    )


def _note(code: str, row: Schulungsnachweis, actor: Actor, **sealed: str) -> None:
    until = "" if row.gueltig_bis is None else row.gueltig_bis.isoformat()
    record(
        code, mandant=actor.mandant, actor=actor, subject=row,
        data={"am": row.am.isoformat(), "gueltig_bis": until}, personal={"person": str(row.person_id), **sealed},
    )  # fmt: skip
