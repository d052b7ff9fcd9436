"""What is public in the town: entered by one person, released by another, withdrawn by whoever sees a danger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.gateway.doing import NotReadyError, capacity_for, leave
from leitplanke.apps.gateway.labels_oeffentlich import OBJECTIONS
from leitplanke.base.accounts.models import Mandant
from leitplanke.base.llm.models import Angabenart, Angabenstand, OeffentlicheAngabe
from leitplanke.core.privacy import (
    Detector,
    Objection,
    PublicKind,
    cautions_for,
    default_detector,
    key_of,
    objection_to,
    plain_value,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from uuid import UUID

    from leitplanke.base.accounts.access import Actor, Capacity
    from leitplanke.core.privacy import Caution

MOST_ENTRIES = 5_000
# A term of office; nobody is a public figure for longer without somebody looking again.
LONGEST_DAYS = 8 * 366
SHORTEST_REASON = 5
LONGEST_KEY = 400
LONGEST_TEXTS = {"amt": 160, "grund": 400}


@dataclass(frozen=True, slots=True)
class Declared:
    """What somebody enters: `art` of `PublicKind`; a person has an office and a last day."""

    art: str
    wert: str
    grund: str
    amt: str = ""
    bis: date | None = None

    @property
    def key(self) -> tuple[str, str]:
        """Under which two entries are the same."""
        kind = PublicKind(self.art)
        return self.art, key_of(kind, plain_value(kind, self.wert))


@dataclass(frozen=True, slots=True)
class Present:
    """Which entries are there: those that wait, and those that hold with their last day."""

    waiting: frozenset[tuple[str, str]]
    holding: dict[tuple[str, str], date | None]


def enter_public(*, actor: Actor, declared: Declared) -> OeffentlicheAngabe:
    """Enter what is public; it holds only after a second person has released it.

    Raises:
        NotPermittedError: the person's role does not include it.
        NotReadyError: it may not be declared public, or is on the list already; `field` says where.
    """
    return enter_all(actor=actor, entries=[declared])[0]


def enter_all(*, actor: Actor, entries: Iterable[Declared]) -> list[OeffentlicheAngabe]:
    """Enter several, all or none.

    Raises:
        NotPermittedError: the person's role does not include it.
        NotReadyError: about the first that may not be entered.
    """
    capacity = capacity_for(actor, "gateway.public")
    with transaction.atomic():
        Mandant.objects.select_for_update().get(pk=actor.mandant.pk)
        present, made = present_in(actor.mandant), []
        for one in entries:
            check(one, present)
            made.append(_enter(actor, capacity, one))
            present = Present(present.waiting | {one.key}, present.holding)
        if len(present.waiting) + len(present.holding) > MOST_ENTRIES:
            raise NotReadyError(_("Auf die Liste passen höchstens %(zahl)d Angaben.") % {"zahl": MOST_ENTRIES})
    return made


def present_in(mandant: Mandant) -> Present:
    """Return what is on the list of a town."""
    rows = OeffentlicheAngabe.objects.for_mandant(mandant).exclude(stand=Angabenstand.ZURUECKGEZOGEN).order_by()
    waiting, holding = set(), {}
    for art, key, stand, until in rows.values_list("art", "vergleich", "stand", "bis"):
        if stand == Angabenstand.WARTET:
            waiting.add((art, key))
        else:
            holding[art, key] = until
    return Present(frozenset(waiting), holding)


def check(one: Declared, present: Present) -> None:
    """Look whether something may be entered beside what is there.

    Raises:
        NotReadyError: it may not; `field` says where.
    """
    for field, sentence in problems_of(one).items():
        raise NotReadyError(sentence, field)
    if one.key in present.waiting:
        raise NotReadyError(_("Diese Angabe wartet schon auf die Freigabe."), "wert")
    if one.key in present.holding and present.holding[one.key] == one.bis:
        raise NotReadyError(_("Diese Angabe steht schon auf der Liste."), "wert")


def problems_of(one: Declared) -> dict[str, str]:
    """Return what is wrong with an entry by itself, as a sentence for each field."""
    if one.art not in Angabenart.values:
        return {"art": _("Bitte wählen Sie, was für eine Angabe das ist.")}
    found = {
        "wert": _value_problem(one),
        "amt": _("Bitte nennen Sie das Amt. Nur durch ein Amt ist ein Name öffentlich.")
        if one.art == PublicKind.PERSON and not one.amt.strip() else "",
        "bis": _day_problem(one),
        "grund": _("Bitte sagen Sie, warum das öffentlich ist.") if len(one.grund.strip()) < SHORTEST_REASON else "",
    }  # fmt: skip
    for name, longest in LONGEST_TEXTS.items():
        if len(getattr(one, name).strip()) > longest:
            found[name] = _("Bitte kürzer: höchstens %(zahl)d Zeichen.") % {"zahl": longest}
    return {field: sentence for field, sentence in found.items() if sentence}


def release_public(*, actor: Actor, kennungen: Collection[UUID]) -> int:
    """Let entries hold, all or none; only by another person than who entered them. Returns how many.

    What held before for the same name, address or number is withdrawn: that is how a term of office is prolonged.

    Raises:
        NotPermittedError: the person's role does not include it.
        NotReadyError: nothing was chosen, one does not wait any more, has ended, or was entered by the same person.
    """
    capacity = capacity_for(actor, "gateway.release_public")
    if not kennungen:
        raise NotReadyError(_("Bitte wählen Sie mindestens eine Angabe aus."))
    with transaction.atomic():
        Mandant.objects.select_for_update().get(pk=actor.mandant.pk)
        entries = OeffentlicheAngabe.objects.for_mandant(actor.mandant).select_for_update()
        rows = list(entries.filter(public_id__in=kennungen))
        if len(rows) < len(set(kennungen)) or any(row.stand != Angabenstand.WARTET for row in rows):
            raise NotReadyError(_("Eine der Angaben wartet nicht mehr. Bitte laden Sie die Seite neu."))
        for row in rows:
            _release(actor, capacity, row)
    return len(rows)


def withdraw_public(*, actor: Actor, kennung: UUID, grund: str) -> OeffentlicheAngabe:
    """Take an entry off the list at once: within seconds every door hides it again.

    What waits for the same name, address or number ends with it, so that nobody releases it by mistake.

    Raises:
        NotPermittedError: the person's role does not include it.
        NotReadyError: there is no reason, or it was withdrawn before.
    """
    capacity = capacity_for(actor, "gateway.withdraw_public")
    reason = grund.strip()[: LONGEST_TEXTS["grund"]]
    if not reason:
        raise NotReadyError(_("Bitte nennen Sie den Grund."), "grund")
    with transaction.atomic():
        Mandant.objects.select_for_update().get(pk=actor.mandant.pk)
        entries = OeffentlicheAngabe.objects.for_mandant(actor.mandant).select_for_update()
        row = entries.get(public_id=kennung)
        if row.stand == Angabenstand.ZURUECKGEZOGEN:
            raise NotReadyError(_("Diese Angabe ist schon zurückgezogen."))
        _end(actor, capacity, row, reason)
        for waiting in entries.filter(art=row.art, vergleich=row.vergleich, stand=Angabenstand.WARTET):
            _end(actor, capacity, waiting, reason)
    return row


def cautions_of(row: OeffentlicheAngabe) -> tuple[Caution, ...]:
    """Return what to think about before an entry is released."""
    return cautions_for(PublicKind(row.art), row.wert, plain_detector().find)


@lru_cache(maxsize=1)
def plain_detector() -> Detector:
    """Return what finds personal data without any town's list."""
    return default_detector()


def _value_problem(one: Declared) -> str:
    kind = PublicKind(one.art)
    objection = objection_to(kind, plain_value(kind, one.wert), plain_detector().find)
    if objection is None and len(one.key[1]) > LONGEST_KEY:
        objection = Objection.UNREADABLE
    return str(OBJECTIONS[objection]) if objection else ""


def _day_problem(one: Declared) -> str:
    today, person = timezone.localdate(), one.art == PublicKind.PERSON
    longest = today + timedelta(days=LONGEST_DAYS)
    if one.bis is None:
        return _("Bitte sagen Sie, bis wann das Amt dauert.") if person else ""
    if one.bis < today:
        return _("Dieser Tag ist schon vorbei.")
    if person and one.bis > longest:
        text = _("Bitte einen Tag bis zum %(tag)s wählen. Danach sieht wieder jemand nach.")
        return text % {"tag": longest.strftime("%d.%m.%Y")}
    return ""


def _enter(actor: Actor, capacity: Capacity, one: Declared) -> OeffentlicheAngabe:
    row = OeffentlicheAngabe.objects.create(
        mandant=actor.mandant, art=one.art, wert=plain_value(PublicKind(one.art), one.wert), vergleich=one.key[1],
        amt=one.amt.strip() if one.art == PublicKind.PERSON else "", grund=one.grund.strip(), bis=one.bis,
        eingetragen_von=actor.person,
    )  # fmt: skip
    _leave(actor, capacity, row, "eingetragen", row.grund)
    return row


def _release(actor: Actor, capacity: Capacity, row: OeffentlicheAngabe) -> None:
    if actor.person is None or row.eingetragen_von_id == actor.person.pk:
        raise NotReadyError(_("Sie haben das selbst eingetragen. Freigeben muss es eine zweite Person."))
    if row.bis is not None and row.bis < timezone.localdate():
        raise NotReadyError(_("„%(wert)s“ gilt nur bis zu einem Tag, der schon vorbei ist.") % {"wert": row.wert})
    entries = OeffentlicheAngabe.objects.for_mandant(actor.mandant).select_for_update()
    for before in entries.filter(art=row.art, vergleich=row.vergleich, stand=Angabenstand.FREIGEGEBEN):
        _end(actor, capacity, before, _("Durch einen neuen Eintrag ersetzt."))
    row.stand, row.freigegeben_von, row.freigegeben_am = Angabenstand.FREIGEGEBEN, actor.person, timezone.now()
    row.save()
    _leave(actor, capacity, row, "freigegeben", "")


def _end(actor: Actor, capacity: Capacity, row: OeffentlicheAngabe, reason: str) -> None:
    row.stand, row.anlass = Angabenstand.ZURUECKGEZOGEN, reason
    row.beendet_von, row.beendet_am = actor.person, timezone.now()
    row.save()
    _leave(actor, capacity, row, "zurückgezogen", reason)


def _leave(actor: Actor, capacity: Capacity, row: OeffentlicheAngabe, outcome: str, reason: str) -> None:
    """Names stand in the sealed part only: the log stays when somebody is a private person again."""
    until = row.bis.isoformat() if row.bis else ""
    data = {"art": row.art, "stand": row.stand, "gueltig_bis": until, "ergebnis": outcome}
    leave("llm.oeffentlich", actor, row, capacity, data=data, text="\n".join(filter(None, (row.wert, reason))))
