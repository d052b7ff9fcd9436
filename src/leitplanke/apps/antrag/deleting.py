"""Deletion after the time of retention: what is due, holds against it, and what deleting leaves behind: proofs only."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.antrag import receipts
from leitplanke.apps.antrag.case_data import leaves_of
from leitplanke.apps.antrag.doing import Doer, locked, require_office, trace
from leitplanke.apps.antrag.models import Antrag, Loeschsperre
from leitplanke.apps.antrag.queries import units_where
from leitplanke.apps.antrag.readiness import require_words
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.documents.services import delete_unreferenced
from leitplanke.base.evidence.services import forget_personal
from leitplanke.base.notify.models import Nachricht
from leitplanke.core.verfahren.acts import Originator, Stand

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Mandant, Mitgliedschaft
    from leitplanke.base.documents.models import StoredFile

GRACE_DAYS = 30
"""So long heads can look at what is due, and hold it, before it is deleted by itself."""
DONE = (Stand.ABGESCHLOSSEN, Stand.ZURUECKGENOMMEN, Stand.ABGEGEBEN)


class RetentionError(ValueError):
    """The case must not be deleted, or cannot be held; the message says why."""


def kept(actor: Actor) -> QuerySet[Antrag]:
    """Return the ended cases with the day of their deletion, soonest first: those of one's units.

    Whoever watches over data protection sees them of all units.
    """
    cases = Antrag.objects.for_mandant(actor.mandant).filter(loeschen_ab__isnull=False)
    if Rolle.DATENSCHUTZ not in actor.roles:
        cases = cases.filter(einheit__in=units_where(actor, "antrag.retention"))
    return _with_hold(cases).select_related("einheit").order_by("loeschen_ab", "pk")


def _with_hold(cases: QuerySet[Antrag]) -> QuerySet[Antrag]:
    held = _holds()
    return cases.annotate(gesperrt=Exists(held), sperrgrund=held.values("grund")[:1])


def _holds() -> QuerySet[Loeschsperre]:
    """Return the hold of the case of the outer query."""
    rows = Loeschsperre.objects.unscoped("Über den Antrag eingegrenzt")
    return rows.filter(antrag=OuterRef("pk"), aufgehoben_am__isnull=True)


def due(mandant: Mandant, today: date | None = None) -> QuerySet[Antrag]:
    """Return the cases whose time is over and that nobody holds."""
    cases = Antrag.objects.for_mandant(mandant).filter(loeschen_ab__lte=today or timezone.localdate())
    return cases.filter(~Exists(_holds()), stand__in=[stand.value for stand in DONE])


def delete_overdue(mandant: Mandant, today: date | None = None) -> int:
    """Delete what has been due for `GRACE_DAYS` and is not held, each case by itself.

    Returns:
        How many were deleted.
    """
    day = (today or timezone.localdate()) - timedelta(days=GRACE_DAYS)
    keys = list(due(mandant, day).values_list("pk", flat=True))
    for pk in keys:
        delete_case(pk, Doer(mandant, Originator.AUFTRAG), today=today)
    return len(keys)


def delete_case(antrag_id: int, doer: Doer, *, today: date | None = None) -> None:
    """Delete a case for good: rows, files nothing else refers to, and what opens its sealed evidence.

    The evidence tree stays as it is; its entries hold nothing of a person.

    Raises:
        RetentionError: its time is not over, or somebody holds it.
        NotPermittedError: it is neither the nightly job nor a head of the unit.
    """
    with transaction.atomic():
        antrag = locked(doer.mandant, antrag_id)
        if doer.by is not Originator.AUFTRAG:
            _head(doer, antrag)
        _require_due(antrag, today or timezone.localdate())
        files = _files(antrag)
        forget_personal(mandant=antrag.mandant, leaves=[leaf.public_id for leaf in leaves_of(antrag)])
        was = f"frist {antrag.loeschen_ab:%Y-%m-%d}, dateien {len(files)}"
        trace("antrag.geloescht", antrag, doer, data={"was": was})
        _delete_rows(antrag)
        for file in files:
            delete_unreferenced(file)


def _require_due(antrag: Antrag, today: date) -> None:
    if antrag.state not in DONE or antrag.loeschen_ab is None:
        raise RetentionError(_("Der Vorgang läuft noch. Gelöscht wird erst nach seinem Abschluss und der Frist."))
    if antrag.loeschen_ab > today:
        tag = antrag.loeschen_ab.strftime("%d.%m.%Y")
        raise RetentionError(_("Der Vorgang ist bis %(tag)s aufzubewahren.") % {"tag": tag})
    hold = antrag.loeschsperren.filter(aufgehoben_am__isnull=True).first()
    if hold is not None:
        raise RetentionError(_("Der Vorgang ist gesperrt: %(grund)s") % {"grund": hold.grund})


def _files(antrag: Antrag) -> list[StoredFile]:
    found = [beleg.datei for beleg in antrag.belege.select_related("datei")]
    found += [row.pdf for row in antrag.schreiben.select_related("pdf") if row.pdf is not None]
    return list({file.pk: file for file in found}.values())


def _delete_rows(antrag: Antrag) -> None:
    """Delete what protects each other in order, then the case with all that hangs on it."""
    if antrag.nummer:  # mails about the case: their address is the person's
        mails = Nachricht.objects.for_mandant(antrag.mandant)
        mails.filter(kategorie=receipts.CATEGORY, betreff__endswith=f" {antrag.nummer}").delete()
    antrag.rechtsbehelfe.all().delete()
    antrag.schreiben.all().delete()
    antrag.entscheidung = None
    antrag.save(update_fields=["entscheidung"])
    antrag.entscheidungen.update(hebt_auf=None)
    antrag.entscheidungen.all().delete()
    antrag.delete()


def hold(antrag_id: int, doer: Doer, grund: str) -> Loeschsperre:
    """Keep a case from being deleted, for a reason such as a lawsuit.

    Raises:
        NotReadyError: no reason is given.
        RetentionError: it is held already.
        NotPermittedError: nobody but a head of the unit may.
    """
    require_words(grund, _("Bitte schreiben Sie, warum der Vorgang noch gebraucht wird."))
    with transaction.atomic():
        antrag = locked(doer.mandant, antrag_id)
        membership = _head(doer, antrag)
        if antrag.loeschsperren.filter(aufgehoben_am__isnull=True).exists():
            raise RetentionError(_("Der Vorgang ist schon gesperrt."))
        trace("antrag.loeschsperre_gesetzt", antrag, doer, content=grund.strip())
        return Loeschsperre.objects.create(mandant=antrag.mandant, antrag=antrag, grund=grund.strip(), von=membership)


def lift(antrag_id: int, doer: Doer) -> Loeschsperre:
    """Lift a hold; the time of retention decides again.

    Raises:
        RetentionError: nothing holds it.
        NotPermittedError: nobody but a head of the unit may.
    """
    with transaction.atomic():
        antrag = locked(doer.mandant, antrag_id)
        membership = _head(doer, antrag)
        row: Loeschsperre | None = antrag.loeschsperren.filter(aufgehoben_am__isnull=True).first()
        if row is None:
            raise RetentionError(_("Der Vorgang ist nicht gesperrt."))
        row.aufgehoben_am, row.aufgehoben_von = timezone.now(), membership
        row.save(update_fields=["aufgehoben_am", "aufgehoben_von"])
        trace("antrag.loeschsperre_aufgehoben", antrag, doer)
    return row


def _head(doer: Doer, antrag: Antrag) -> Mitgliedschaft:
    return require_office(antrag, doer, "antrag.hold")
