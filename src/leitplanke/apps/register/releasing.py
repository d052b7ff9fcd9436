"""The way of a system: examine, try, ask for release, release by a second person, suspend, decommission."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.register.declared import Declared
from leitplanke.apps.register.doing import doer, locked, machine, perform
from leitplanke.apps.register.duties import duties_of
from leitplanke.apps.register.entries import publish_version
from leitplanke.core.register.lifecycle import SamePersonError, WrongStateError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from leitplanke.apps.register.doing import Doer
    from leitplanke.apps.register.models import Eintrag
    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Mandant


def examine(*, actor: Actor, eintrag_id: int) -> Eintrag:
    """Begin to examine an idea."""
    return _do(actor, eintrag_id, "pruefen")


def try_out(*, actor: Actor, eintrag_id: int, fresh_at: datetime | None) -> Eintrag:
    """Begin a trial by staff; the public sees the entry from now on.

    Raises:
        GateClosedError: something is still missing.
        SamePersonError: it was suspended, and `actor` asked for its return: nobody undoes a suspension alone.
    """

    def second(eintrag: Eintrag, by: Doer) -> None:
        asked = by.person is not None and by.person.pk == eintrag.beantragt_von_id
        if asked and eintrag.verlauf.filter(was="aussetzen").exists():
            raise SamePersonError(_("Das System war ausgesetzt. Erproben muss es eine zweite Person."))

    return _do(actor, eintrag_id, "erproben", fresh_at, public=True, before=second)


def ask_release(*, actor: Actor, eintrag_id: int, text: str = "") -> Eintrag:
    """Ask for the release; somebody else decides on it. What is missing may still come until then."""

    def note(eintrag: Eintrag, by: Doer) -> None:
        eintrag.beantragt_von, eintrag.beantragt_am, eintrag.freigegeben_von = by.person, timezone.now(), None

    return _do(actor, eintrag_id, "beantragen", text=text, before=note)


def send_back(*, actor: Actor, eintrag_id: int, text: str) -> Eintrag:
    """Send a request for release back to examination, with a sentence that says why."""
    return _do(actor, eintrag_id, "zurueckgeben", text=text)


def release(*, actor: Actor, eintrag_id: int, fassung: int, fresh_at: datetime | None) -> Eintrag:
    """Release a system, as another person than who asked for it, in the version that the person saw.

    Raises:
        GateClosedError: something is still missing.
        SamePersonError: `actor` asked for it.
        OutdatedError: it is another version meanwhile.
    """
    with transaction.atomic():
        eintrag = locked(actor.mandant, eintrag_id, fassung)
        by = doer(actor, "register.freigeben", eintrag, fresh_at)
        _note_release(eintrag, by)
        perform(eintrag, "freigeben", by, public=True)
    return eintrag


def _note_release(eintrag: Eintrag, by: Doer) -> None:
    publish_version(eintrag)
    eintrag.freigegeben_von, eintrag.freigegeben_am = by.person, timezone.now()
    newest = eintrag.bewertungen.order_by("-id").first()
    eintrag.gueltig_bis = newest.gueltig_bis if newest is not None else None
    eintrag.hochrisiko_erfuellt = eintrag.klasse == "high" and all_duties_fulfilled(eintrag)


def all_duties_fulfilled(eintrag: Eintrag) -> bool:
    """Tell whether every duty that follows from the class is shown, also those that apply later."""
    declared = Declared.of(eintrag, timezone.localdate())
    return all(duty.fulfilled for duty in duties_of(eintrag.einstufungen.first(), declared))


def publish(*, actor: Actor, eintrag_id: int, fassung: int) -> Eintrag:
    """Publish new statements of a released system in which nothing substantial changed.

    Raises:
        WrongStateError: something substantial changed: that needs a release.
    """
    with transaction.atomic():
        eintrag = locked(actor.mandant, eintrag_id, fassung)
        by = doer(actor, "register.aktualisieren", eintrag)
        if substantially_changed(eintrag):
            raise WrongStateError(_("Am System hat sich Wesentliches geändert. Bitte beantragen Sie die Freigabe."))
        publish_version(eintrag)
        perform(eintrag, "aktualisieren", by, public=True)
    return eintrag


def substantially_changed(eintrag: Eintrag) -> bool:
    """Tell whether the version in work is another system than the released one."""
    work, valid = eintrag.bearbeitung, eintrag.gueltig
    return work is not None and valid is not None and work.wesentlich_sha256 != valid.wesentlich_sha256


def ask_renewal(*, actor: Actor, eintrag_id: int, text: str = "") -> Eintrag:
    """Ask for the release of the next version of a released system, which goes on in the released one until then."""

    def note(eintrag: Eintrag, by: Doer) -> None:
        eintrag.beantragt_von, eintrag.beantragt_am, eintrag.freigegeben_von = by.person, timezone.now(), None

    return _do(actor, eintrag_id, "erneuern", text=text, before=note)


def release_renewal(*, actor: Actor, eintrag_id: int, fassung: int, fresh_at: datetime | None) -> Eintrag:
    """Release the next version of a released system; raises as `release`."""
    with transaction.atomic():
        eintrag = locked(actor.mandant, eintrag_id, fassung)
        by = doer(actor, "register.erneuerung_freigeben", eintrag, fresh_at)
        if not renewal_asked(eintrag):
            raise WrongStateError(_("Die Freigabe dieser Fassung hat niemand beantragt. Bitte beantragen Sie sie neu."))
        _note_release(eintrag, by)
        perform(eintrag, "erneuerung_freigeben", by, public=True)
    return eintrag


def renewal_asked(eintrag: Eintrag) -> bool:
    """Tell whether the release of the change as it is waits for a second person.

    While a released system goes on, work on its next version goes on, too: what was written or classified after the
    request is not what was asked for.
    """
    asked, version, ruling = eintrag.beantragt_am, eintrag.bearbeitung, eintrag.einstufungen.first()
    if asked is None or (eintrag.freigegeben_am is not None and asked < eintrag.freigegeben_am):
        return False
    return not any(one is not None and one.am > asked for one in (version, ruling))


def suspend(*, actor: Actor, eintrag_id: int, text: str) -> Eintrag:
    """Stop the AI of a system at once; what people do by hand goes on."""
    return _do(actor, eintrag_id, "aussetzen", text=text, public=True)


def suspend_by_rule(mandant: Mandant, eintrag_id: int, text: str) -> Eintrag:
    """Stop the AI of a system because a rule says so: evaluation expired, incidents over the threshold."""
    with transaction.atomic():
        eintrag = locked(mandant, eintrag_id)
        perform(eintrag, "aussetzen", machine(mandant), text=text, public=True)
    return eintrag


def decommission(*, actor: Actor, eintrag_id: int, text: str, fresh_at: datetime | None) -> Eintrag:
    """End a system for good; its entry stays readable."""
    return _do(actor, eintrag_id, "stilllegen", fresh_at, text=text, public=True)


def _do(  # noqa: PLR0913 - what an act consists of
    actor: Actor,
    eintrag_id: int,
    name: str,
    fresh_at: datetime | None = None,
    *,
    text: str = "",
    public: bool = False,
    before: Callable[[Eintrag, Doer], None] | None = None,
) -> Eintrag:
    with transaction.atomic():
        eintrag = locked(actor.mandant, eintrag_id)
        by = doer(actor, f"register.{name}", eintrag, fresh_at)
        if before is not None:
            before(eintrag, by)
        perform(eintrag, name, by, text=text, public=public)
    return eintrag
