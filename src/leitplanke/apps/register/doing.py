"""Acting on an entry: who does it, whether it may be done, and what traces it leaves. Verbs go through `perform`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.register.gate_facts import gate_facts
from leitplanke.apps.register.models import Eintrag, Registerverlauf
from leitplanke.apps.register.permissions import TOWN_WIDE
from leitplanke.apps.register.policy_facts import publication_facts, require_release
from leitplanke.base.accounts.permissions import TABLE, NotPermittedError
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.evidence.services import record
from leitplanke.base.llm.snapshot import bump
from leitplanke.base.policy import require_step
from leitplanke.core.register.gates import Lacking, lacking
from leitplanke.core.register.lifecycle import Act, Acting, LifecycleError, Originator, possible, require

if TYPE_CHECKING:
    from collections.abc import Mapping

    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Mandant, Mitgliedschaft, Person
    from leitplanke.core.register.lifecycle import Gate


# Acts after which everybody reads statements of the entry that were not public before.
PUBLISHING = frozenset({"erproben", "freigeben", "aktualisieren", "erneuerung_freigeben"})


class OutdatedError(Exception):
    """Somebody else changed the entry meanwhile; nothing was overwritten."""


class GateClosedError(LifecycleError):
    """A gate is closed; `lacking` says what is missing and who can provide it."""

    def __init__(self, found: tuple[Lacking, ...]) -> None:
        """Keep what is missing."""
        super().__init__(_("Es fehlt noch etwas: %(was)s") % {"was": "; ".join(one.titel.de for one in found)})
        self.lacking = found


@dataclass(frozen=True, slots=True)
class Doer:
    """Who or what acts on an entry, and when a person last proved who they are."""

    mandant: Mandant
    by: Originator
    person: Person | None = None
    membership: Mitgliedschaft | None = None
    deputises: bool = False
    fresh_at: datetime | None = None

    @property
    def fresh(self) -> bool:
        """Whether that proof is recent enough for an act with effect."""
        limit = timedelta(minutes=settings.FRESH_MINUTES)
        return self.fresh_at is not None and timezone.now() - self.fresh_at <= limit


def doer(actor: Actor, action: str, eintrag: Eintrag | None = None, fresh_at: datetime | None = None) -> Doer:
    """Return `actor` as somebody who may do `action` on an entry.

    Office roles act for entries of their own unit; `TOWN_WIDE` roles for all.

    Raises:
        NotPermittedError: no membership, own or stood in for, allows it.
    """
    own = ((membership, False) for membership in actor.memberships)
    others = ((membership, True) for membership in actor.acting_for)
    for membership, deputises in (*own, *others):
        if may(membership, action, eintrag):
            return Doer(actor.mandant, Originator.PERSON, actor.person, membership, deputises, fresh_at)
    raise NotPermittedError(action)


def may(membership: Mitgliedschaft, action: str, eintrag: Eintrag | None = None) -> bool:
    """Tell whether a membership allows an action on an entry; in which state, the life cycle says."""
    rolle = Rolle(membership.rolle)
    if not TABLE.allows([rolle], action):
        return False
    return eintrag is None or rolle in TOWN_WIDE or membership.einheit_id == eintrag.einheit_id


def machine(mandant: Mandant) -> Doer:
    """Return a rule."""
    return Doer(mandant, Originator.REGEL)


def locked(mandant: Mandant, eintrag_id: int, fassung: int | None = None) -> Eintrag:
    """Lock an entry for a change.

    Raises:
        OutdatedError: it is no longer the version (`Eintragsfassung.nummer`) that the person saw.
    """
    eintrag = (
        Eintrag.objects.for_mandant(mandant)
        .select_for_update(of=("self",))
        .select_related("mandant", "einheit", "bearbeitung", "gueltig")
        .get(pk=eintrag_id)
    )
    if fassung is not None and eintrag.bearbeitung is not None and eintrag.bearbeitung.nummer != fassung:
        raise OutdatedError(_("Der Eintrag wurde inzwischen geändert. Bitte sehen Sie den neuen Stand an."))
    return eintrag


def perform(  # noqa: PLR0913 - what history and evidence say
    eintrag: Eintrag,
    name: str,
    by: Doer,
    *,
    text: str = "",
    public: bool = False,
    data: Mapping[str, str] | None = None,
) -> Act:
    """Do an act on a locked entry: check it and its gate, move the state, write history and evidence.

    Raises:
        LifecycleError: it may not be done now, or not by this one.
        GateClosedError: something is still missing.
        StepStoppedError: a clause of the guideline stops it.
        NotPermittedError: the person's role does not include it.
    """
    asked = by.person is not None and by.person.pk == eintrag.beantragt_von_id
    act = require(name, eintrag.state, Acting(by.by, by.fresh, asked, text))
    action = f"register.{name}"
    if by.by is Originator.PERSON and (by.membership is None or not may(by.membership, action, eintrag)):
        raise NotPermittedError(action)
    if act.gate is not None and (found := lacking_for(eintrag, act.gate)):
        raise GateClosedError(found)
    _ask_guideline(eintrag, act)
    before = eintrag.stand
    if act.after is not None:
        eintrag.stand, eintrag.stand_seit, eintrag.anlass = act.after.value, timezone.now(), text
    eintrag.geaendert_am = timezone.now()
    eintrag.save()
    trace(action, eintrag, by, text=text, public=public, data={"stand_vorher": before, **(data or {})})
    return act


def _ask_guideline(eintrag: Eintrag, act: Act) -> None:
    if act.gate is not None:
        require_release(eintrag, act.gate)
    if act.name in PUBLISHING:
        require_step(eintrag.mandant, publication_facts(eintrag))


def lacking_for(eintrag: Eintrag, gate: Gate) -> tuple[Lacking, ...]:
    """Return what keeps a gate closed for an entry today."""
    return lacking(gate, gate_facts(eintrag), on=timezone.localdate())


def trace(  # noqa: PLR0913 - what history and evidence say
    code: str,
    eintrag: Eintrag,
    by: Doer,
    *,
    text: str = "",
    public: bool = False,
    data: Mapping[str, str] | None = None,
) -> None:
    """Write history and evidence of something that happened to an entry; the sentence enters evidence sealed."""
    Registerverlauf.objects.create(
        mandant=eintrag.mandant, eintrag=eintrag, was=code.removeprefix("register."), text=text, durch=by.by.value,
        von=by.membership, oeffentlich=public,
    )  # fmt: skip
    fields = {"eintrag": eintrag.kuerzel, "stand": eintrag.stand, "durch": by.by.value}
    if eintrag.bearbeitung is not None:
        fields |= {"fassung": str(eintrag.bearbeitung.nummer), "fassung_sha256": eintrag.bearbeitung.sha256}
    if by.membership is not None:
        fields |= {"rolle": by.membership.rolle, "in_vertretung": "ja" if by.deputises else "nein"}
    if by.fresh_at is not None:
        fields["angemeldet_um"] = by.fresh_at.isoformat(timespec="seconds")
    sealed = {"text": text} if text else {}
    record(
        code,
        mandant=eintrag.mandant,
        actor=by.person,
        subject=eintrag,
        data={**fields, **(data or {})},
        personal=sealed,
    )
    bump()  # the door to models learns of a release or suspension within a second


def steps_for(eintrag: Eintrag, actor: Actor) -> tuple[Act, ...]:
    """Return the acts that somebody may try now, gates and fresh proofs aside."""
    members = (*actor.memberships, *actor.acting_for)
    return tuple(
        act for act in possible(eintrag.state) if any(may(one, f"register.{act.name}", eintrag) for one in members)
    )
