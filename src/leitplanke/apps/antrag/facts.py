"""Stating, confirming and contesting facts: the only writer of `Angabe`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.antrag.calculating import engine_of, lists_of, renew
from leitplanke.apps.antrag.doing import Doer, locked, perform, require_people, written
from leitplanke.apps.antrag.models import Angabe, Angabenstand, Antrag, Beleg, Quelle
from leitplanke.core.rules import Engine, FactError
from leitplanke.core.rules.facts import read_fact
from leitplanke.core.rules.interview import is_open
from leitplanke.core.verfahren.acts import Originator, Stand
from leitplanke.core.verfahren.facts import PathError, flattened, parts_of

if TYPE_CHECKING:
    from leitplanke.core.rules.model import Angabe as Question


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value comes from: a document with the passage, or a person."""

    quelle: Quelle
    beleg: Beleg | None = None
    anfang: int | None = None
    ende: int | None = None


def question_of(engine: Engine, pfad: str) -> Question:
    """Return what a path asks for.

    Raises:
        FactError: the Regelwerk knows no such fact.
    """
    book = engine.regelwerk
    if "[" not in pfad:
        found = book.fact(pfad)
    else:
        try:
            name, _place, field = parts_of(pfad)
        except PathError as error:
            raise FactError(str(error)) from None
        angabe = book.angaben.get(name)
        found = next((part for part in angabe.felder if part.name == field), None) if angabe else None
    if found is None:
        raise FactError(f"Die Angabe „{pfad}“ kennt dieses Verfahren nicht.")
    return found


def checked_values(engine: Engine, values: Mapping[str, Any]) -> None:
    """Check single values against what they may be.

    Raises:
        FactError: names the fact, what was stated and what is possible.
    """
    lists = lists_of(engine.regelwerk)
    for pfad, wert in values.items():
        question = question_of(engine, pfad)
        if pfad in lists:
            if not is_open(wert) and not (isinstance(wert, int) and 0 <= wert <= question.hoechstens):
                raise FactError(f"{pfad}: Möglich sind höchstens {question.hoechstens} Einträge.")
            continue
        read_fact(question.shape, wert, pfad)


def fill_draft(antrag_id: int, doer: Doer, facts: Mapping[str, Any]) -> Antrag:
    """Keep what a person states while preparing an application; `facts` are all of them, as an interview holds them.

    Raises:
        FactError: a value does not fit.
        ActError: the application was already handed in.
    """
    with transaction.atomic():
        antrag = locked(doer.mandant, antrag_id)
        require_people(doer)
        engine = engine_of(antrag)
        values = flattened(facts)
        checked_values(engine, values)
        if antrag.state is not Stand.ENTWURF:
            perform(antrag, "ausfuellen", doer)  # says that this is too late
        _replace_all(antrag, values, doer, Origin(Quelle.BUERGER if doer.by is Originator.BUERGER else Quelle.AMT))
        renew(antrag, engine)
        antrag.save()
    return antrag


def _replace_all(antrag: Antrag, values: Mapping[str, Any], doer: Doer, origin: Origin) -> None:
    """Let exactly these values hold. A draft has no history: what is taken back before handing in is gone."""
    current = {row.pfad: row for row in antrag.angaben.filter(ersetzt_am__isnull=True)}
    gone = [row.pk for pfad, row in current.items() if pfad not in values]
    antrag.angaben.filter(pk__in=gone).delete()
    for pfad, wert in values.items():
        row = current.get(pfad)
        if row is None:
            _insert(antrag, {pfad: wert}, doer, origin, Angabenstand.ANGEGEBEN)
        elif row.wert != wert:
            row.wert, row.am, row.stand = wert, timezone.now(), _state_of(wert, Angabenstand.ANGEGEBEN)
            row.save(update_fields=["wert", "am", "stand"])


def state_facts(  # noqa: PLR0913 - who states what, and on what it stands
    antrag_id: int,
    doer: Doer,
    values: Mapping[str, Any],
    *,
    origin: Origin,
    fassung: int | None = None,
    text: str = "",
) -> Antrag:
    """State values of a case that was handed in: by its applicant (`ergaenzen`) or by the office (`bestaetigen`).

    What the office states counts as confirmed. Old values stay in the history.

    Raises:
        FactError: a value does not fit.
        OutdatedError: the case was changed meanwhile.
        ActError, NotPermittedError: it may not be done now, or not by this person.
    """
    with transaction.atomic():
        antrag = locked(doer.mandant, antrag_id, fassung)
        engine = engine_of(antrag)
        checked_values(engine, values)
        office = doer.by is Originator.PERSON
        perform(
            antrag,
            "bestaetigen" if office else "ergaenzen",
            doer,
            text=text or _("Angaben ergänzt: %(zahl)d") % {"zahl": len(values)},
            data={"was": ", ".join(sorted(values))[:400]},
            content=written(dict(values)),
        )
        replace_values(antrag, values, doer, origin, Angabenstand.BESTAETIGT if office else Angabenstand.ANGEGEBEN)
        antrag.neues = antrag.neues or not office
        renew(antrag, engine)
        antrag.save()
    return antrag


def replace_values(antrag: Antrag, values: Mapping[str, Any], doer: Doer, origin: Origin, stand: Angabenstand) -> None:
    """Let these values hold in place of the old ones, which stay in the history; the case is locked."""
    now = timezone.now()
    antrag.angaben.filter(pfad__in=list(values), ersetzt_am__isnull=True).update(ersetzt_am=now)
    for name in {pfad for pfad in values if "[" not in pfad and isinstance(values[pfad], int)}:
        _drop_items_beyond(antrag, name, values[name], now)
    _grow_lists(antrag, values, doer, origin)
    _insert(antrag, values, doer, origin, stand)


def _drop_items_beyond(antrag: Antrag, name: str, length: int, now: Any) -> None:
    rows = antrag.angaben.filter(pfad__startswith=f"{name}[", ersetzt_am__isnull=True)
    beyond = [row.pk for row in rows if parts_of(row.pfad)[1] > length]
    antrag.angaben.filter(pk__in=beyond).update(ersetzt_am=now)


def _grow_lists(antrag: Antrag, values: Mapping[str, Any], doer: Doer, origin: Origin) -> None:
    """Make a list longer where a value is stated for an item it does not have yet."""
    needed: dict[str, int] = {}
    for pfad in values:
        if "[" in pfad:
            name, place, _field = parts_of(pfad)
            needed[name] = max(needed.get(name, 0), place)
    for name, length in needed.items():
        row = antrag.angaben.filter(pfad=name, ersetzt_am__isnull=True).first()
        if name not in values and (row is None or not isinstance(row.wert, int) or row.wert < length):
            antrag.angaben.filter(pfad=name, ersetzt_am__isnull=True).update(ersetzt_am=timezone.now())
            _insert(antrag, {name: length}, doer, origin, Angabenstand.ANGEGEBEN)


def _insert(antrag: Antrag, values: Mapping[str, Any], doer: Doer, origin: Origin, stand: Angabenstand) -> None:
    Angabe.objects.bulk_create(
        Angabe(
            mandant=antrag.mandant,
            antrag=antrag,
            pfad=pfad,
            wert=wert,
            stand=_state_of(wert, stand),
            quelle=origin.quelle,
            beleg=origin.beleg,
            anfang=origin.anfang,
            ende=origin.ende,
            von=doer.membership,
        )
        for pfad, wert in values.items()
    )


def _state_of(wert: Any, stand: Angabenstand) -> Angabenstand:
    if isinstance(wert, Mapping):
        status = wert.get("status")
        return {"refused": Angabenstand.VERWEIGERT, "contested": Angabenstand.BESTRITTEN}.get(str(status), stand)
    return stand


def confirm_facts(antrag_id: int, doer: Doer, pfade: Iterable[str], *, fassung: int | None = None) -> Antrag:
    """Confirm values as they stand, several at once.

    Raises:
        FactError: one of them is contested or was never stated; contested values are settled one by one.
        OutdatedError: the case was changed meanwhile.
        ActError, NotPermittedError: it may not be done now, or not by this person.
    """
    wanted = sorted(set(pfade))
    with transaction.atomic():
        antrag = locked(doer.mandant, antrag_id, fassung)
        rows = {row.pfad: row for row in antrag.angaben.filter(pfad__in=wanted, ersetzt_am__isnull=True)}
        if absent := [pfad for pfad in wanted if pfad not in rows]:
            raise FactError(_("Noch nicht angegeben: %(was)s") % {"was": ", ".join(absent)})
        if torn := [pfad for pfad, row in rows.items() if row.stand == Angabenstand.BESTRITTEN]:
            raise FactError(_("Widersprüchlich, bitte einzeln klären: %(was)s") % {"was": ", ".join(torn)})
        perform(
            antrag,
            "bestaetigen",
            doer,
            text=_("Angaben bestätigt: %(zahl)d") % {"zahl": len(wanted)},
            public=False,
            data={"was": ", ".join(wanted)[:400]},
        )
        confirm_rows(rows.values(), doer)
    return antrag


def confirm_rows(rows: Iterable[Angabe], doer: Doer) -> None:
    """Put a confirmed row in the place of each, of a locked case; where the value came from stays."""
    now = timezone.now()
    fresh = list(rows)
    Angabe.objects.for_mandant(doer.mandant).filter(pk__in=[row.pk for row in fresh]).update(ersetzt_am=now)
    for row in fresh:
        row.pk, row.ersetzt_am, row.stand, row.von, row.am = None, None, Angabenstand.BESTAETIGT, doer.membership, now
    Angabe.objects.bulk_create(fresh)


def contest_fact(antrag_id: int, doer: Doer, pfad: str, werte: Iterable[Any], *, fassung: int | None = None) -> Antrag:
    """Say that a fact is contested between values: the result then spans all of them until a person settles it.

    Raises:
        FactError, OutdatedError, ActError, NotPermittedError: as in `state_facts`.
    """
    value = {"status": "contested", "values": list(werte)}
    text = _("Widersprüchliche Angabe vermerkt")
    return state_facts(antrag_id, doer, {pfad: value}, origin=Origin(Quelle.AMT), fassung=fassung, text=text)
