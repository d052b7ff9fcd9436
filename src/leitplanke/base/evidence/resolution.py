"""From a pseudonym back to a person: only for a cause, and only by two people in two roles.

Every step leaves evidence, also the look at the name itself.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.base.accounts.permissions import TABLE, NotPermittedError
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.evidence.models import ActorPseudonym, Resolution
from leitplanke.base.evidence.services import record

if TYPE_CHECKING:
    import uuid

    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Person
    from leitplanke.base.accounts.scoping import ScopedQuerySet

REQUEST, DECIDE = "evidence.request_resolution", "evidence.decide_resolution"
USABLE_FOR = timedelta(days=14)
SHORTEST_REASON = 20


class ResolutionError(ValueError):
    """The request cannot be made, decided or used like this; the message says why."""


def requests_for(actor: Actor) -> ScopedQuerySet[Resolution]:
    """Return the requests `actor` has to do with: one's own; for those who decide all but those about themselves."""
    found = Resolution.objects.for_mandant(actor.mandant).select_related("pseudonym", "requested_by", "decided_by")
    if actor.may(DECIDE):
        return found.exclude(pseudonym__person=actor.person)
    return found.filter(requested_by=actor.person)


def request_resolution(*, actor: Actor, pseudonym: str, grund: str) -> Resolution:
    """Ask to learn who `pseudonym` is, for the reason `grund`.

    Raises:
        NotPermittedError: none of the actor's roles may ask.
        ResolutionError: the pseudonym is unknown, or the reason says too little.
    """
    role = _role(actor, REQUEST)
    if len(grund.strip()) < SHORTEST_REASON:
        raise ResolutionError(_("Bitte den Anlass in einem ganzen Satz nennen."))
    with transaction.atomic():
        row = ActorPseudonym.objects.for_mandant(actor.mandant).filter(pseudonym=pseudonym).first()
        if row is None:
            raise ResolutionError(_("Dieses Pseudonym gibt es nicht, oder die Zuordnung wurde gelöscht."))
        request = Resolution.objects.create(
            mandant=actor.mandant,
            pseudonym=row,
            grund=grund.strip(),
            requested_by=_person(actor),
            requested_role=role,
        )
        _record("evidence.resolution_requested", actor, request, rolle=role, grund=request.grund)
    return request


def decide_resolution(*, actor: Actor, request_id: uuid.UUID, approve: bool) -> Resolution:
    """Approve or reject a request, as another person in another role than the one who asked.

    Raises:
        NotPermittedError: the actor asked, is concerned, or holds no other role that may decide.
        ResolutionError: the request is decided already.
    """
    with transaction.atomic():
        request = _locked(actor, request_id)
        if request.state != Resolution.State.OFFEN:
            raise ResolutionError(_("Über diesen Antrag ist schon entschieden."))
        person = _person(actor)
        if person.pk in (request.requested_by_id, request.pseudonym.person_id):
            raise NotPermittedError(DECIDE, _("Über diesen Antrag entscheidet jemand anderes."))
        role = _role(actor, DECIDE, but_not=request.requested_role)
        request.state = Resolution.State.GENEHMIGT if approve else Resolution.State.ABGELEHNT
        request.decided_by, request.decided_role, request.decided_at = person, role, timezone.now()
        request.save()
        code = "evidence.resolution_approved" if approve else "evidence.resolution_rejected"
        _record(code, actor, request, rolle=role)
    return request


def resolve(*, actor: Actor, request_id: uuid.UUID) -> Person:
    """Tell who the pseudonym is, to the one who asked, for two weeks after the approval.

    Raises:
        NotPermittedError: the actor did not ask.
        ResolutionError: the request is not approved, or its time is over.
    """
    with transaction.atomic():
        request = _locked(actor, request_id)
        if _person(actor).pk != request.requested_by_id:
            raise NotPermittedError(REQUEST, _("Den Namen sieht nur, wer den Antrag gestellt hat."))
        if request.state != Resolution.State.GENEHMIGT or request.decided_at is None:
            raise ResolutionError(_("Der Antrag ist nicht genehmigt."))
        if timezone.now() > request.decided_at + USABLE_FOR:
            raise ResolutionError(_("Die Genehmigung ist abgelaufen. Bitte einen neuen Antrag stellen."))
        _record("evidence.resolution_used", actor, request)
        return request.pseudonym.person


def _locked(actor: Actor, request_id: uuid.UUID) -> Resolution:
    rows = Resolution.objects.for_mandant(actor.mandant).select_for_update(of=("self",))
    return rows.select_related("pseudonym__person").get(public_id=request_id)


def _person(actor: Actor) -> Person:
    if actor.person is None:
        raise NotPermittedError(REQUEST)
    return actor.person


def _role(actor: Actor, action: str, *, but_not: str = "") -> Rolle:
    """Return a role in which `actor` may do `action`, in the order of the roles, passing over `but_not`."""
    for role in Rolle:
        if role in actor.roles and role != but_not and TABLE.allows([role], action):
            return role
    raise NotPermittedError(action, _("Dafür braucht es eine andere Rolle."))


def _record(code: str, actor: Actor, request: Resolution, *, rolle: str = "", grund: str = "") -> None:
    data = {"pseudonym": request.pseudonym.pseudonym} | ({"rolle": str(rolle)} if rolle else {})
    personal = {"begruendung": grund} if grund else {}
    record(code, mandant=actor.mandant, actor=actor, subject=request, data=data, personal=personal)
