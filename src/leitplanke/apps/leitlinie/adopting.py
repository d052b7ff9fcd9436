"""Entering that a version was adopted: from its day on it is what the house keeps."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from leitplanke.apps.leitlinie.days import YEARS_TO_BEGIN, require_sensible
from leitplanke.apps.leitlinie.doing import WrongStateError, leave_evidence, locked
from leitplanke.apps.leitlinie.models import Fassungsstand, Leitlinienfassung, Mitzeichnung
from leitplanke.apps.leitlinie.overview import lacks_of
from leitplanke.apps.leitlinie.people import holders_of
from leitplanke.apps.leitlinie.permissions import ADOPTERS
from leitplanke.apps.leitlinie.queries import profile_for
from leitplanke.apps.leitlinie.submitting import IncompleteError, agrees
from leitplanke.apps.leitlinie.towns import frozen
from leitplanke.base.accounts.models import Vertretung
from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.base.llm.snapshot import bump
from leitplanke.core.guideline.writing import profile_text

if TYPE_CHECKING:
    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Mandant


@dataclass(frozen=True, slots=True)
class Adoption:
    """What was decided.

    Attributes:
        body: who adopted it ("Rat der Stadt Musterstadt").
        day: of the decision.
        valid_from: the day from which it holds.
        record: number or address of the record of the council.
        despite: why it is adopted although an office objects or has not spoken; "" where none does.
    """

    body: str
    day: date
    valid_from: date
    despite: str = ""
    record: str = ""


def open_sign_offs(version: Leitlinienfassung) -> list[Mitzeichnung]:
    """Return the sign-offs that are missing, object, or were given for clauses that have changed since."""
    return [row for row in version.mitzeichnungen.all() if not agrees(row, version)]


def adopt_version(*, actor: Actor, version_id: int, adoption: Adoption) -> Leitlinienfassung:
    """Enter the adoption of a version that somebody else submitted.

    Raises:
        NotPermittedError: `actor` may not, or submitted it.
        WrongStateError: it is not in sign-off, a day does not fit, or offices do not agree and no reason is given.
        IncompleteError: something grave is missing.
    """
    with transaction.atomic():
        version = locked(version_id, actor, {Fassungsstand.MITZEICHNUNG})
        actor.require("leitlinie.adopt", version.stand)
        if actor.person is None or version.vorgelegt_von_id == actor.person.pk:
            raise NotPermittedError(
                "leitlinie.adopt",
                _("Diese Fassung haben Sie selbst vorgelegt. Den Beschluss trägt eine zweite Person ein."),
            )
        _fits(version, adoption)
        profile = profile_text(profile_for(version))
        version.stand = Fassungsstand.BESCHLOSSEN
        version.beschlossen_am, version.beschlossen_durch = adoption.day, adoption.body
        version.eingetragen_von, version.gilt_ab = actor.person, adoption.valid_from
        version.stand_grund, version.fundstelle = adoption.despite, adoption.record.strip()
        version.kommune = frozen(version.mandant)
        version.profil_sha256 = hashlib.sha256(profile.encode()).hexdigest()
        version.save()
        leave_evidence(
            "leitlinie.beschlossen", version, actor, actor.capacity("leitlinie.adopt", Fassungsstand.MITZEICHNUNG),
            beschluss=adoption.day.isoformat(), gilt_ab=adoption.valid_from.isoformat(),
            profil_sha256=version.profil_sha256, trotz_einwaenden="ja" if adoption.despite else "nein",
        )  # fmt: skip
        bump()  # the door to models keeps it from the next second on
    return version


def answers_for(actor: Actor, version: Leitlinienfassung) -> bool:
    """Tell whether somebody may take back the adoption of a version: whoever entered it answers for the entry.

    So does who stands in for them today. Where that person may adopt no more, also not for somebody else, anybody who
    may. A council's decision is thus never undone by a bystander.
    """
    if actor.person is None:
        return False
    entered_by = version.eingetragen_von_id
    absent = {other.person_id for other in actor.acting_for if other.rolle in ADOPTERS}
    return entered_by == actor.person.pk or entered_by in absent or entered_by not in _adopters(version.mandant)


def _adopters(mandant: Mandant) -> set[int]:
    """Return who may enter an adoption today, by an own role or in somebody's place."""
    own = {person.pk for role in ADOPTERS for person in holders_of(mandant, role.value)}
    deputies = Vertretung.objects.for_mandant(mandant).valid_on(timezone.localdate())
    return own | set(deputies.filter(vertretene__rolle__in=ADOPTERS).values_list("vertretung__person_id", flat=True))


def withdraw_adoption(*, actor: Actor, version_id: int, reason: str) -> Leitlinienfassung:
    """Give up a version that is adopted and does not hold yet.

    Raises:
        NotPermittedError: `actor` may not, or another person entered the adoption and could withdraw it.
        WrongStateError: it is not adopted, holds already, or no reason is given.
    """
    with transaction.atomic():
        version = locked(version_id, actor, {Fassungsstand.BESCHLOSSEN})
        actor.require("leitlinie.withdraw", version.stand)
        if not answers_for(actor, version):
            raise NotPermittedError(
                "leitlinie.withdraw",
                _("Diesen Beschluss hat jemand anderes eingetragen. Nur diese Person nimmt ihn zurück."),
            )
        if version.gilt_ab is None or version.gilt_ab <= timezone.localdate():
            raise WrongStateError(_("Diese Fassung gilt schon. Beschließen Sie eine neue, die sie ablöst."))
        if not reason.strip():
            raise WrongStateError(_("Bitte schreiben Sie, warum."))
        version.stand, version.stand_grund = Fassungsstand.VERWORFEN, reason
        version.save(update_fields=["stand", "stand_grund"])
        leave_evidence(
            "leitlinie.zurueckgenommen", version, actor, actor.capacity("leitlinie.withdraw", Fassungsstand.BESCHLOSSEN)
        )
        bump()
    return version


def _fits(version: Leitlinienfassung, adoption: Adoption) -> None:
    today = timezone.localdate()
    if not adoption.body.strip():
        raise WrongStateError(_("Bitte schreiben Sie, wer die Fassung beschlossen hat."))
    if adoption.day > today:
        raise WrongStateError(_("Der Beschluss liegt in der Zukunft. Tragen Sie ihn ein, wenn er gefasst ist."))
    if adoption.valid_from < max(today, adoption.day):
        raise WrongStateError(_("Die Fassung kann frühestens ab heute gelten."))
    require_sensible(adoption.day, _("Tag des Beschlusses"))
    require_sensible(adoption.valid_from, _("Gilt ab"), ahead=YEARS_TO_BEGIN)
    same = Leitlinienfassung.objects.for_mandant(version.mandant_id).filter(
        stand=Fassungsstand.BESCHLOSSEN, gilt_ab=adoption.valid_from
    )
    if same.exists():
        day = date_format(adoption.valid_from, "SHORT_DATE_FORMAT")
        raise WrongStateError(_("Ab dem %(tag)s gilt schon eine andere Fassung.") % {"tag": day})
    if grave := tuple(lack for lack in lacks_of(version) if lack.grave):
        raise IncompleteError(grave)
    if open_sign_offs(version) and not adoption.despite.strip():
        raise WrongStateError(
            _("Nicht alle Stellen stimmen zu. Schreiben Sie auf, warum die Fassung trotzdem beschlossen ist.")
        )
