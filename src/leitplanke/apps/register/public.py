"""What other areas may ask the register: whether an AI may run, and what its systems show of themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from leitplanke.apps.register.figures import book_counted
from leitplanke.apps.register.models import PUBLIC_STATES, Eintrag, Vorfall
from leitplanke.apps.register.policy_facts import shown_facts
from leitplanke.apps.register.queries import all_entries
from leitplanke.base.llm.ports import PurposeState
from leitplanke.core.register.lifecycle import Stand

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant


@dataclass(frozen=True, slots=True)
class Permit:
    """Whether the AI of a purpose may run now.

    Attributes:
        released: whether it may, towards everybody.
        trial: whether it may for staff only.
        satz: for people, why not; empty where it may.
        kuerzel: of the entry, "" where there is none.
        url, office_url: where everybody, and where the office reads it; "" where there is nothing to read. Worked out
            when shown: the door to models asks for a permit, too, and has no pages.
        high_risk_released: whether it is released as a high-risk system with its duties fulfilled (C-full).
    """

    released: bool
    trial: bool
    satz: str
    kuerzel: str
    high_risk_released: bool = False
    url: str = ""
    office_url: str = ""

    def allows(self, *, staff: bool) -> bool:
        """Tell whether it may run for somebody of the office, or for everybody else."""
        return self.released or (self.trial and staff)


@dataclass(frozen=True, slots=True)
class PurposeInUse:
    """What the guideline asks of the system behind a step; without an entry nothing of it is known to be harmless.

    Attributes:
        high_risk: in law or by the town's own rule.
        report_url: where everybody reports an error of it; "" where nobody can.
    """

    released: bool = False
    trial: bool = False
    high_risk: bool = True
    report_url: str = ""

    @property
    def can_be_reported(self) -> bool:
        """Whether everybody can report an error."""
        return bool(self.report_url)


@dataclass(frozen=True, slots=True)
class MonthlyUse:
    """What the AI of a purpose used in a month; `month` is its first day, energy in Wh as the register keeps it."""

    schluessel: str
    month: date
    uses: int
    wh: Decimal
    eur: Decimal


@dataclass(frozen=True, slots=True)
class RunningSystem:
    """A system that is released, or tried out, today.

    Attributes:
        public: whether everybody can read its entry; by `queries.public_entries` that holds of all that runs.
        valid_until: last day of the evaluation that its release stands on.
        facts: what it shows of itself (`policy_facts.shown_facts`).
    """

    kuerzel: str
    name: str
    high_risk: bool
    public: bool
    valid_until: date | None
    url: str
    facts: Mapping[str, bool]


REPORT_DAYS = 30


def running_systems(mandant: Mandant) -> tuple[RunningSystem, ...]:
    """Return the systems that run today, by name."""
    rows = all_entries(mandant).filter(stand__in=(Stand.FREIGEGEBEN, Stand.ERPROBUNG)).order_by("name", "pk")
    return tuple(_running(row) for row in rows)


def _running(eintrag: Eintrag) -> RunningSystem:
    facts, url = shown_facts(eintrag), _address("register:amt_eintrag", eintrag)
    public = eintrag.gueltig_id is not None or eintrag.state in PUBLIC_STATES
    return RunningSystem(
        eintrag.kuerzel, eintrag.name, facts["hochrisiko"], public, eintrag.gueltig_bis, url,
        facts,
    )  # fmt: skip


def known_entries(mandant: Mandant) -> tuple[tuple[str, str], ...]:
    """Return short name and name of every entry, by name."""
    return tuple(all_entries(mandant).order_by("name", "pk").values_list("kuerzel", "name"))


@dataclass(frozen=True, slots=True)
class Reports:
    """Incidents and complaints: how many are open, and of those older than 30 days how many are settled."""

    open: int
    settled_old: int
    old: int


def reports(mandant: Mandant) -> Reports:
    """Count incidents and complaints on systems of the town."""
    rows = Vorfall.objects.for_mandant(mandant)
    old = rows.filter(gemeldet_am__lt=timezone.now() - timedelta(days=REPORT_DAYS))
    return Reports(
        rows.filter(erledigt_am__isnull=True).count(), old.filter(erledigt_am__isnull=False).count(), old.count()
    )


def book_month(mandant: Mandant, use: MonthlyUse) -> bool:
    """Keep figures that a program counted, unless a person has entered some; False where nothing changed.

    A person's figures (measured, from a bill) are never overwritten.
    """
    eintrag = Eintrag.objects.for_mandant(mandant).filter(schluessel=use.schluessel).first()
    if eintrag is None:
        return False
    return book_counted(eintrag, use.month, {"anfragen": Decimal(use.uses), "energie": use.wh, "kosten": use.eur})


def permit(mandant: Mandant, schluessel: str) -> Permit:
    """Return whether the AI of a purpose may run now; without an entry it may not."""
    eintrag = Eintrag.objects.for_mandant(mandant).filter(schluessel=schluessel).first()
    if eintrag is None:
        return Permit(False, False, _("Dieses System steht nicht im Register. Es läuft deshalb ohne KI."), "")
    return _permit(eintrag)


def purpose_in_use(mandant: Mandant, schluessel: str) -> PurposeInUse:
    """Return what the guideline asks of the system behind a step."""
    eintrag = Eintrag.objects.for_mandant(mandant).filter(schluessel=schluessel).first()
    if eintrag is None:
        return PurposeInUse()
    found = _permit(eintrag)
    high_risk = "high" in {eintrag.klasse, eintrag.hausklasse}
    url = _address("register:melden", eintrag) if eintrag.is_public else ""
    return PurposeInUse(found.released, found.trial, high_risk, url)


def purposes(mandant: Mandant) -> tuple[PurposeState, ...]:
    """Return what the door to models asks of every entry with a technical name."""
    rows = Eintrag.objects.for_mandant(mandant).exclude(schluessel="").order_by("schluessel")
    return tuple(_purpose(row, _permit(row)) for row in rows)


def _purpose(eintrag: Eintrag, found: Permit) -> PurposeState:
    classes = {eintrag.klasse, eintrag.hausklasse}
    return PurposeState(
        eintrag.schluessel, eintrag.name, found.released, found.trial, found.satz, found.url, "high" in classes,
        "prohibited" in classes,
    )  # fmt: skip


def _permit(eintrag: Eintrag) -> Permit:
    expired = eintrag.gueltig_bis is not None and eintrag.gueltig_bis < timezone.localdate()
    running = eintrag.state is Stand.FREIGEGEBEN and not expired
    trial = eintrag.state is Stand.ERPROBUNG
    satz = "" if running else _sentence(eintrag, expired=expired)
    return Permit(
        running, trial, satz, eintrag.kuerzel, running and eintrag.hochrisiko_erfuellt,
        url=_address("register:eintrag", eintrag) if eintrag.state in PUBLIC_STATES else "",
        office_url=_address("register:amt_eintrag", eintrag),
    )  # fmt: skip


def _address(name: str, eintrag: Eintrag) -> str:
    return cast("str", reverse_lazy(name, args=[eintrag.kuerzel]))


def _sentence(eintrag: Eintrag, *, expired: bool) -> str:
    if eintrag.state is Stand.AUSGESETZT:
        day = date_format(timezone.localtime(eintrag.stand_seit), "DATE_FORMAT")
        return _("Die KI ist seit dem %(tag)s ausgesetzt. Es geht ohne sie weiter.") % {"tag": day}
    if expired:
        return _("Die Bewertung der KI ist abgelaufen. Bis zu einer neuen geht es ohne sie weiter.")
    if eintrag.state is Stand.STILLGELEGT:
        return _("Diese KI ist stillgelegt.")
    if eintrag.state is Stand.ERPROBUNG:
        return _("Diese KI wird erst erprobt. Nur Beschäftigte nutzen sie.")
    return _("Diese KI ist noch nicht freigegeben. Es geht ohne sie weiter.")
