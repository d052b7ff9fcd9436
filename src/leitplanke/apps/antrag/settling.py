"""Settling facts: confirmed as a group where nothing contradicts, one by one where something does."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.antrag.ai import open_proposals
from leitplanke.apps.antrag.calculating import engine_of, renew
from leitplanke.apps.antrag.claims import UNASSIGNED, Matter, matters_of, same
from leitplanke.apps.antrag.doing import Doer, locked, perform, written
from leitplanke.apps.antrag.facts import Origin, checked_values, confirm_rows, contest_fact, question_of, replace_values
from leitplanke.apps.antrag.models import Angabenstand, Antrag, Quelle, Vorschlag, Vorschlagsstand
from leitplanke.core.rules import FactError

if TYPE_CHECKING:
    from leitplanke.core.rules import Engine

MOST_NAMED = 400


def _matters(antrag: Antrag, engine: Engine) -> dict[str, Matter]:
    rows = antrag.angaben.filter(ersetzt_am__isnull=True)
    return matters_of(engine, rows, open_proposals(antrag))


def confirm_undisputed(antrag_id: int, doer: Doer, pfade: Iterable[str], *, fassung: int | None = None) -> Antrag:
    """Confirm several values at once, stated and proposed ones; a document that proves one becomes its source.

    Raises:
        FactError: one of them is disputed, odd, or nobody said it; such values are settled one by one.
        OutdatedError, ActError, NotPermittedError: as in `perform`.
    """
    wanted = sorted(set(pfade))
    with transaction.atomic():
        antrag = locked(doer.mandant, antrag_id, fassung)
        engine = engine_of(antrag)
        known = _matters(antrag, engine)
        chosen = [_undisputed(known, pfad) for pfad in wanted]
        if not chosen:
            raise FactError(_("Bitte wählen Sie aus, welche Angaben Sie bestätigen."))
        perform(
            antrag,
            "bestaetigen",
            doer,
            text=_("Angaben bestätigt: %(zahl)d") % {"zahl": len(wanted)},
            public=False,
            data={"was": ", ".join(wanted)[:MOST_NAMED]},
        )
        confirm_rows([matter.angabe for matter in chosen if matter.angabe and not matter.vorschlaege], doer)
        for matter in chosen:
            if matter.vorschlaege:
                _take(antrag, doer, matter, matter.vorschlaege[0])
        renew(antrag, engine)
        antrag.save()
    return antrag


def _undisputed(known: dict[str, Matter], pfad: str) -> Matter:
    matter = known.get(pfad)
    if matter is None or not matter.claims:
        raise FactError(_("Noch nicht angegeben: %(was)s") % {"was": pfad})
    if not matter.undisputed and not matter.confirmed:
        raise FactError(_("Bitte einzeln klären: %(was)s") % {"was": matter.question.titel.de})
    return matter


def _take(antrag: Antrag, doer: Doer, matter: Matter, vorschlag: Vorschlag) -> None:
    """Let the value of a proposal hold, with its document and passage as the source."""
    checked_values(engine_of(antrag), {matter.pfad: vorschlag.wert})
    replace_values(antrag, {matter.pfad: vorschlag.wert}, doer, _origin(vorschlag), Angabenstand.BESTAETIGT)
    _close(matter, vorschlag.wert, doer)


def _origin(vorschlag: Vorschlag) -> Origin:
    start, end = vorschlag.stellen[0] if vorschlag.stellen else (None, None)
    return Origin(Quelle.BELEG, vorschlag.beleg, start, end)


def _close(matter: Matter, wert: Any, doer: Doer) -> None:
    """Say of each open proposal what became of it."""
    for vorschlag in matter.vorschlaege:
        agrees = same(matter.question.shape, vorschlag.wert, wert)
        vorschlag.stand = Vorschlagsstand.BESTAETIGT if agrees else Vorschlagsstand.VERWORFEN
        vorschlag.von, vorschlag.am = doer.membership, timezone.now()
        vorschlag.save(update_fields=["stand", "von", "am"])


def settle_fact(  # noqa: PLR0913 - who settles what, and on what it stands
    antrag_id: int, doer: Doer, pfad: str, wert: Any, *, vorschlag: int | None = None, fassung: int | None = None
) -> Antrag:
    """Say which value counts: that of a proposal, the one that was stated, or the person's own.

    Args:
        vorschlag: key of the proposal whose value it is, None for another one.

    Raises:
        FactError: there is no such fact, or the value does not fit.
        OutdatedError, ActError, NotPermittedError: as in `perform`.
    """
    with transaction.atomic():
        antrag = locked(doer.mandant, antrag_id, fassung)
        engine = engine_of(antrag)
        matter = _matters(antrag, engine).get(pfad) or Matter(pfad, question_of(engine, pfad))
        proposal = next((one for one in matter.vorschlaege if one.pk == vorschlag), None)
        value = wert if proposal is None else proposal.wert
        checked_values(engine, {pfad: value})
        perform(
            antrag,
            "bestaetigen",
            doer,
            text=_("Angabe geklärt: %(was)s") % {"was": matter.question.titel.de},
            public=False,
            data={"was": pfad},
            content=written({pfad: value}),
        )
        if proposal is not None:
            _take(antrag, doer, matter, proposal)
        else:
            replace_values(antrag, {pfad: value}, doer, _kept_origin(matter, value), Angabenstand.BESTAETIGT)
            _close(matter, value, doer)
        renew(antrag, engine)
        antrag.save()
    return antrag


def choose_side(antrag_id: int, doer: Doer, pfad: str, key: str, *, fassung: int | None = None) -> Antrag:
    """Say that one of the claimed values counts; `key` is that of a `Side`: `v` and a proposal, or `a` and a place.

    Raises:
        FactError: nobody claims that value any more.
        OutdatedError, ActError, NotPermittedError: as in `perform`.
    """
    with transaction.atomic():
        antrag = locked(doer.mandant, antrag_id, fassung)
        matter = _matters(antrag, engine_of(antrag)).get(pfad)
        claims = matter.claims if matter else ()
        for place, claim in enumerate(claims):
            if key in {f"a{place}", *(f"v{one.pk}" for one in claim.vorschlaege)}:
                proposal = claim.vorschlaege[0].pk if claim.vorschlaege else None
                return settle_fact(antrag_id, doer, pfad, claim.wert, vorschlag=proposal)
        raise FactError(_("Diesen Wert sagt niemand mehr. Bitte sehen Sie den neuen Stand an."))


def _kept_origin(matter: Matter, wert: Any) -> Origin:
    """Return where the value came from, if it is the one that was stated; else the office says so."""
    row = matter.angabe
    if row is not None and not isinstance(row.wert, dict) and same(matter.question.shape, row.wert, wert):
        return Origin(Quelle(row.quelle), row.beleg, row.anfang, row.ende)
    return Origin(Quelle.AMT)


def leave_disputed(antrag_id: int, doer: Doer, pfad: str, *, fassung: int | None = None) -> Antrag:
    """Keep a fact contested between all values that are claimed; the result then spans them.

    Raises:
        FactError: nothing contradicts there.
        OutdatedError, ActError, NotPermittedError: as in `perform`.
    """
    with transaction.atomic():
        antrag = locked(doer.mandant, antrag_id, fassung)
        matter = _matters(antrag, engine_of(antrag)).get(pfad)
        if matter is None or len(matter.claims) < 2:
            raise FactError(_("Zu dieser Angabe gibt es keinen Widerspruch."))
        return contest_fact(antrag_id, doer, pfad, [claim.wert for claim in matter.claims])


def reject_proposal(antrag_id: int, doer: Doer, vorschlag_id: int, *, fassung: int | None = None) -> Vorschlag:
    """Say that what a document seems to state does not count.

    Raises:
        Vorschlag.DoesNotExist: there is no open one of that key in this case.
        OutdatedError, ActError, NotPermittedError: as in `perform`.
    """
    with transaction.atomic():
        antrag = locked(doer.mandant, antrag_id, fassung)
        vorschlag = antrag.vorschlaege.get(pk=vorschlag_id, stand=Vorschlagsstand.OFFEN)
        perform(
            antrag, "beleg_bearbeiten", doer, public=False, data={"was": f"verworfen: {vorschlag.pfad}"},
            text=_("Vorschlag verworfen"),
        )  # fmt: skip
        vorschlag.stand, vorschlag.von, vorschlag.am = Vorschlagsstand.VERWORFEN, doer.membership, timezone.now()
        vorschlag.save(update_fields=["stand", "von", "am"])
    return vorschlag


def assign_proposals(antrag_id: int, doer: Doer, beleg_id: int, place: int, *, fassung: int | None = None) -> int:
    """Say which item of a list the proposals of a document are about; nothing is confirmed by it. Returns how many.

    Raises:
        FactError: the list has no such item.
        OutdatedError, ActError, NotPermittedError: as in `perform`.
    """
    with transaction.atomic():
        antrag = locked(doer.mandant, antrag_id, fassung)
        waiting = list(
            antrag.vorschlaege.filter(beleg_id=beleg_id, stand=Vorschlagsstand.OFFEN, pfad__contains=UNASSIGNED)
        )
        for vorschlag in waiting:
            name, _bracket, field = vorschlag.pfad.partition(UNASSIGNED)
            rows = antrag.fakten.get(name)
            if not isinstance(rows, list) or not 1 <= place <= len(rows):
                raise FactError(_("Diesen Eintrag gibt es in der Liste nicht."))
            vorschlag.pfad = f"{name}[{place}].{field}"
            vorschlag.save(update_fields=["pfad"])
        perform(
            antrag, "beleg_bearbeiten", doer, public=False, data={"was": f"zugeordnet: {place}"},
            text=_("Werte einer Unterlage zugeordnet"),
        )  # fmt: skip
    return len(waiting)
