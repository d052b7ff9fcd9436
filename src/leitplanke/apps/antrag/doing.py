"""Acting on a case: who does it, whether it may be done, and what traces it leaves. Verbs go through `perform`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.antrag.ai import permit_of
from leitplanke.apps.antrag.models import Antrag, Verlauf
from leitplanke.apps.antrag.policy_facts import BY_PROGRAM, act_facts
from leitplanke.base.accounts.permissions import TABLE, NotPermittedError
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.evidence.services import record
from leitplanke.base.policy import require_step
from leitplanke.core.verfahren.acts import (
    ASIDE,
    OF_AI,
    PEOPLE,
    Act,
    Acting,
    Mode,
    Originator,
    WrongOriginatorError,
    possible,
    require,
)

if TYPE_CHECKING:
    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Mandant, Mitgliedschaft, Person
    from leitplanke.base.evidence.models import Leaf


class OutdatedError(Exception):
    """Somebody else changed the case meanwhile; nothing was overwritten."""


@dataclass(frozen=True, slots=True)
class Doer:
    """Who or what acts on a case of a Mandant.

    Attributes:
        membership: through which a person of the office acts; somebody else's where `deputises`.
        person: who that is, also where no membership is involved.
        fresh_at: when the person last proved who they are.
    """

    mandant: Mandant
    by: Originator
    person: Person | None = None
    membership: Mitgliedschaft | None = None
    deputises: bool = False
    fresh_at: datetime | None = None

    @property
    def fresh(self) -> bool:
        """Whether that proof is recent enough for an act with effect in law."""
        limit = timedelta(minutes=settings.FRESH_MINUTES)
        return self.fresh_at is not None and timezone.now() - self.fresh_at <= limit


def clerk(actor: Actor, antrag: Antrag, action: str, fresh_at: datetime | None = None) -> Doer:
    """Return `actor` as somebody of the responsible unit who may do `action`.

    Raises:
        NotPermittedError: no membership in that unit, own or stood in for, allows it in this state.
    """
    own = ((membership, False) for membership in actor.memberships)
    others = ((membership, True) for membership in actor.acting_for)
    for membership, deputises in (*own, *others):
        if membership.einheit_id == antrag.einheit_id and TABLE.allows([Rolle(membership.rolle)], action, antrag.stand):
            return Doer(actor.mandant, Originator.PERSON, actor.person, membership, deputises, fresh_at)
    raise NotPermittedError(action)


def citizen(mandant: Mandant, person: Person | None = None) -> Doer:
    """Return the applicant, with or without an account."""
    return Doer(mandant, Originator.BUERGER, person)


def machine(mandant: Mandant, by: Originator = Originator.REGEL) -> Doer:
    """Return a rule or a background job."""
    return Doer(mandant, by)


def locked(mandant: Mandant, antrag_id: int, fassung: int | None = None) -> Antrag:
    """Lock a case for a change.

    Raises:
        OutdatedError: it is no longer the version that the person saw.
    """
    antrag = (
        Antrag.objects.for_mandant(mandant)
        .select_for_update(of=("self",))
        .select_related("mandant", "einheit")
        .get(pk=antrag_id)
    )
    if fassung is not None and antrag.fassung != fassung:
        raise OutdatedError(_("Der Vorgang wurde inzwischen geändert. Bitte sehen Sie den neuen Stand an."))
    return antrag


def perform(  # noqa: PLR0913 - what history and evidence say
    antrag: Antrag,
    name: str,
    doer: Doer,
    *,
    text: str = "",
    public: bool = True,
    data: Mapping[str, str] | None = None,
    content: str = "",
) -> Act:
    """Do an act on a locked case: check it, move the state, write history and evidence. The caller saves what follows.

    Args:
        text: the sentence of the history.
        public: whether the applicant reads it.
        data: more fields of the evidence entry, without personal data.
        content: what is sealed as a commitment.

    Raises:
        ActError: it may not be done now, or not by this one.
        StepStoppedError: a clause of the guideline stops a program that would do it by itself.
    """
    act = allowed(antrag, name, doer)
    if name in BY_PROGRAM and doer.by not in PEOPLE:
        require_step(antrag.mandant, act_facts(antrag, doer.by))
    before = antrag.stand
    antrag.stand = (act.after or antrag.state).value
    antrag.fassung += name not in ASIDE
    antrag.save()
    Verlauf.objects.create(
        mandant=antrag.mandant, antrag=antrag, was=name, durch=doer.by.value, von=doer.membership, text=text,
        oeffentlich=public,
    )  # fmt: skip
    trace(f"antrag.{name}", antrag, doer, before=before, data=data, content=content)
    return act


def allowed(antrag: Antrag, name: str, doer: Doer) -> Act:
    """Return the act if it may be done now.

    Raises:
        ActError: it may not be done now, or not by this one.
        NotPermittedError: the person's role does not include it.
    """
    act = require(name, antrag.state, _acting(antrag, name, doer))
    if doer.by is Originator.PERSON:
        of_unit = doer.membership is not None and doer.membership.einheit_id == antrag.einheit_id
        if not (of_unit and _role_allows(antrag, name, doer)):
            raise NotPermittedError(f"antrag.{name}")
    return act


def _acting(antrag: Antrag, name: str, doer: Doer) -> Acting:
    mode = Mode(antrag.modus)
    if name not in OF_AI or doer.by in PEOPLE:
        return Acting(doer.by, doer.fresh, mode)
    found = permit_of(antrag)
    stopped = "" if found.allows(staff=True) else found.satz
    return Acting(doer.by, doer.fresh, mode, duties_released=found.high_risk_released, stopped=stopped)


def require_people(doer: Doer) -> None:
    """Let only people go on, of the office or the applicant: for what no act of the table stands for yet.

    Raises:
        WrongOriginatorError: a rule, a job, an interface or a model tries it.
    """
    if doer.by not in PEOPLE:
        raise WrongOriginatorError(_("Das darf nur ein Mensch."))


def require_office(antrag: Antrag, doer: Doer, action: str) -> Mitgliedschaft:
    """Let only somebody of the responsible unit go on whose role includes an action; return their membership.

    Raises:
        NotPermittedError: it is nobody of that unit, or no person at all.
    """
    membership = doer.membership if doer.by is Originator.PERSON else None
    if membership is None or membership.einheit_id != antrag.einheit_id:
        raise NotPermittedError(action)
    if not TABLE.allows([Rolle(membership.rolle)], action, antrag.stand):
        raise NotPermittedError(action)
    return membership


def trace(  # noqa: PLR0913 - what evidence says
    code: str,
    antrag: Antrag,
    doer: Doer,
    *,
    before: str = "",
    data: Mapping[str, str] | None = None,
    content: str = "",
) -> Leaf:
    """Record evidence on a case; the person it is about is nowhere in it."""
    fields = {
        "verfahren": antrag.verfahren,
        "stand_vorher": before or antrag.stand,
        "stand": antrag.stand,
        "durch": doer.by.value,
        "modus": antrag.modus,
        "fassung": str(antrag.fassung),
    }
    if doer.membership is not None:
        fields |= {"rolle": doer.membership.rolle, "in_vertretung": "ja" if doer.deputises else "nein"}
    if doer.fresh_at is not None:
        fields["angemeldet_um"] = doer.fresh_at.isoformat(timespec="seconds")
    actor = doer.person if doer.by is Originator.PERSON else None
    sealed = {"inhalt": content} if content else {}
    return record(
        code, mandant=antrag.mandant, actor=actor, subject=antrag, data={**fields, **(data or {})}, personal=sealed
    )


def written(values: Any) -> str:
    """Return JSON values in one spelling."""
    return json.dumps(values, sort_keys=True, ensure_ascii=False, default=str)


def hashed(content: Any) -> str:
    """Return the SHA-256 of a text, or of JSON values in one spelling.

    Not for what few tries would find, such as an income or a short message: that is sealed (`content` of `perform`).
    """
    text = content if isinstance(content, str) else written(content)
    return hashlib.sha256(text.encode()).hexdigest()


def steps_for(antrag: Antrag, doer: Doer) -> tuple[Act, ...]:
    """Return the acts that this one may do now, but for a fresh proof of identity."""
    return tuple(act for act in possible(antrag.state, doer.by) if _role_allows(antrag, act.name, doer))


def _role_allows(antrag: Antrag, name: str, doer: Doer) -> bool:
    if doer.by is not Originator.PERSON:
        return True
    membership = doer.membership
    return membership is not None and TABLE.allows([Rolle(membership.rolle)], f"antrag.{name}", antrag.stand)
