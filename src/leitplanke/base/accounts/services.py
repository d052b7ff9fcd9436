"""What is done with people, roles and deputies. Each act leaves evidence in its transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.base.accounts import ports, queries
from leitplanke.base.accounts.models import Mitgliedschaft, Person, Vertretung
from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.base.accounts.roles import STAFF, Rolle

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Organisationseinheit

LONGEST_DEPUTY = timedelta(days=366)


class AccountError(ValueError):
    """An act on accounts makes no sense as asked; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class NewMember:
    """Who is to work here, as what and where."""

    email: str
    vorname: str
    nachname: str
    rolle: Rolle
    einheit: Organisationseinheit
    vorsitz: bool = False


def add_member(*, actor: Actor, member: NewMember, invitation_url: Callable[[Person], str]) -> Mitgliedschaft:
    """Give somebody a role at an office of the Mandant and invite them by mail.

    `invitation_url` makes the address under which a person without a password chooses one.

    Raises:
        NotPermittedError: `actor` may not do this, or it is about themselves.
        AccountError: the role cannot be given, or the person has it already, or has no chair.
    """
    actor.require("account.add_person")
    _refuse_chair(member.rolle, wanted=member.vorsitz)
    if member.rolle not in STAFF:
        raise AccountError(_("Diese Rolle wird nicht vergeben."))
    if member.einheit.mandant_id != actor.mandant.pk:
        raise AccountError(_("Diese Organisationseinheit gehört nicht zu Ihrer Verwaltung."))
    with transaction.atomic():
        person = _person_for(member)
        _refuse_own(actor, person, "account.add_person")
        membership = _membership_for(actor, person, member)
        _record("account.membership_added", actor, membership)
        if member.vorsitz:
            _move_chair(actor, membership, chair=True)
        _invite(actor, membership, invitation_url)
    return membership


def _person_for(member: NewMember) -> Person:
    email = member.email.strip().lower()
    proven = EmailAddress.objects.filter(email=email, verified=True).select_related("user").first()
    if proven is not None:
        found: Person = proven.user
        return found
    person = Person.objects.select_for_update().filter(email=email).first()
    if person is None:
        person = Person.objects.create_user(email, vorname=member.vorname, nachname=member.nachname)
    EmailAddress.objects.get_or_create(user=person, email=email, defaults={"primary": True})
    if person.has_usable_password():
        # Whoever chose this password never proved that the address is theirs: it must not open a staff account.
        person.set_unusable_password()
        person.save(update_fields=["password"])
    return person


def _membership_for(actor: Actor, person: Person, member: NewMember) -> Mitgliedschaft:
    today = timezone.localdate()
    membership = (
        Mitgliedschaft.objects.for_mandant(actor.mandant)
        .filter(person=person, einheit=member.einheit, rolle=member.rolle)
        .first()
    )
    if membership is None:
        return Mitgliedschaft.objects.create(
            mandant=actor.mandant, person=person, einheit=member.einheit, rolle=member.rolle
        )
    if membership.bis is None or membership.bis >= today:
        raise AccountError(_("Diese Person hat die Rolle dort schon."))
    membership.von, membership.bis = today, None
    membership.save(update_fields=["von", "bis"])
    ports.tell_of_change()
    return membership


def _invite(actor: Actor, membership: Mitgliedschaft, invitation_url: Callable[[Person], str]) -> None:
    person = membership.person
    context = {
        "membership": membership,
        "mandant": actor.mandant,
        "url": "" if person.has_usable_password() else invitation_url(person),
    }
    body = render_to_string("accounts/mail/einladung.txt", context)
    mail = ports.Mail(ports.SECURITY, _("Ihr Zugang zu Leitplanke"), body)
    ports.send_mail(person.email, mail, mandant=actor.mandant, person=person)


def end_membership(*, actor: Actor, membership: Mitgliedschaft) -> None:
    """Take a role away, at once.

    Raises:
        NotPermittedError: `actor` may not do this, or it is their own role.
    """
    actor.require("account.end_membership")
    with transaction.atomic():
        row = (
            Mitgliedschaft.objects.for_mandant(actor.mandant)
            .select_for_update(of=("self",))
            .select_related("person", "einheit")
            .get(pk=membership.pk)
        )
        _refuse_own(actor, row.person, "account.end_membership")
        row.bis = timezone.localdate() - timedelta(days=1)
        row.save(update_fields=["bis"])
        _record("account.membership_ended", actor, row)
        ports.tell_of_change()


def set_chair(*, actor: Actor, membership: Mitgliedschaft, chair: bool) -> None:
    """Note that somebody chairs the staff representation, or no longer does; whoever chaired it before does not.

    Raises:
        NotPermittedError: `actor` may not do this, or it is about themselves.
        AccountError: the role has no chair, or it ended.
    """
    actor.require("account.set_chair")
    with transaction.atomic():
        row = (
            Mitgliedschaft.objects.for_mandant(actor.mandant)
            .select_for_update(of=("self",))
            .select_related("person", "einheit")
            .get(pk=membership.pk)
        )
        _refuse_own(actor, row.person, "account.set_chair")
        _refuse_chair(Rolle(row.rolle), wanted=True)
        if row.bis is not None and row.bis < timezone.localdate():
            raise AccountError(_("Diese Rolle ist beendet."))
        _move_chair(actor, row, chair=chair)


def _refuse_chair(rolle: Rolle, *, wanted: bool) -> None:
    if wanted and rolle is not Rolle.PERSONALRAT:
        raise AccountError(_("Einen Vorsitz gibt es nur in der Personalvertretung."))


def _move_chair(actor: Actor, membership: Mitgliedschaft, *, chair: bool) -> None:
    rows = Mitgliedschaft.objects.for_mandant(actor.mandant).filter(rolle=Rolle.PERSONALRAT, vorsitz=True)
    for former in rows.exclude(pk=membership.pk).select_related("person", "einheit") if chair else ():
        former.vorsitz = False
        former.save(update_fields=["vorsitz"])
        _record("account.chair_ended", actor, former)
    if membership.vorsitz != chair:
        membership.vorsitz = chair
        membership.save(update_fields=["vorsitz"])
        _record("account.chair_set" if chair else "account.chair_ended", actor, membership)


def set_blocked(*, actor: Actor, membership: Mitgliedschaft, blocked: bool) -> None:
    """Block the account of somebody who works here, or open it again; a blocked person is signed out at once.

    Raises:
        NotPermittedError: `actor` may not do this, it is themselves, or the person works for another Mandant too.
    """
    actor.require("account.block_person")
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=membership.person_id)
        _refuse_own(actor, person, "account.block_person")
        works_elsewhere = (
            Mitgliedschaft.objects.unscoped("Ein Konto gilt für alle Mandanten")
            .valid_on(timezone.localdate())
            .filter(person=person)
            .exclude(mandant=actor.mandant)
            .exists()
        )
        if works_elsewhere:
            reason = _("Diese Person arbeitet auch für eine andere Kommune. Beenden Sie stattdessen ihre Rolle hier.")
            raise NotPermittedError("account.block_person", reason)
        person.is_active = not blocked
        person.save(update_fields=["is_active"])
        _record("account.blocked" if blocked else "account.unblocked", actor, membership)
        ports.tell_of_change()


def set_deputy(*, actor: Actor, membership: Mitgliedschaft, deputy: Mitgliedschaft, von: date, bis: date) -> Vertretung:
    """Have a colleague of the same role stand in for oneself, both days included.

    Raises:
        NotPermittedError: `membership` is not the acting person's own.
        AccountError: the colleague cannot stand in, or the time makes no sense.
    """
    actor.require("account.set_deputy")
    if membership not in actor.memberships:
        raise NotPermittedError("account.set_deputy", _("Eine Vertretung können Sie nur für sich selbst einrichten."))
    if bis < von or bis < timezone.localdate():
        raise AccountError(_("Der letzte Tag liegt vor dem ersten oder ist schon vorbei."))
    if bis - von > LONGEST_DEPUTY:
        raise AccountError(_("Eine Vertretung gilt höchstens ein Jahr. Richten Sie sie danach neu ein."))
    if not queries.colleagues(membership).filter(pk=deputy.pk).exists():
        raise AccountError(_("Vertreten kann nur, wer hier dieselbe Rolle hat."))
    with transaction.atomic():
        vertretung = Vertretung.objects.create(
            mandant=actor.mandant, vertretene=membership, vertretung=deputy, von=von, bis=bis
        )
        _record_deputy("account.deputy_set", actor, vertretung)
        _tell_deputy(vertretung, ended=False)
    return vertretung


def end_deputy(*, actor: Actor, vertretung: Vertretung) -> None:
    """End a deputy of one's own, at once; ending it twice changes nothing.

    Raises:
        NotPermittedError: it is about somebody else's absence.
    """
    actor.require("account.set_deputy")
    with transaction.atomic():
        row = (
            Vertretung.objects.for_mandant(actor.mandant)
            .select_for_update(of=("self",))
            .select_related("vertretene__person", "vertretung__person", "mandant")
            .get(pk=vertretung.pk)
        )
        if actor.person is None or row.vertretene.person_id != actor.person.pk:
            raise NotPermittedError("account.set_deputy", _("Beenden kann sie nur, wer sich vertreten lässt."))
        if row.beendet_am is not None:
            return
        row.beendet_am = timezone.now()
        row.save(update_fields=["beendet_am"])
        _record_deputy("account.deputy_ended", actor, row)
        _tell_deputy(row, ended=True)


def _tell_deputy(vertretung: Vertretung, *, ended: bool) -> None:
    person = vertretung.vertretung.person
    subject = _("Ihre Vertretung für %(name)s ist beendet") if ended else _("Sie vertreten %(name)s")
    subject = " ".join((subject % {"name": vertretung.vertretene.person.name}).split())
    body = render_to_string("accounts/mail/vertretung.txt", {"vertretung": vertretung, "beendet": ended})
    mail = ports.Mail(ports.DEPUTIES, subject, body)
    ports.send_mail(person.email, mail, mandant=vertretung.mandant, person=person)


def _refuse_own(actor: Actor, person: Person, action: str) -> None:
    if actor.person is not None and actor.person.pk == person.pk:
        raise NotPermittedError(action, _("Das eigene Konto und die eigenen Rollen ändert eine zweite Person."))


def _record(code: str, actor: Actor, membership: Mitgliedschaft) -> None:
    ports.record_evidence(
        code,
        actor=actor,
        subject=membership,
        data={"rolle": membership.rolle, "einheit": membership.einheit.kuerzel if membership.einheit else ""},
        personal={"person": membership.person.email},
    )


def _record_deputy(code: str, actor: Actor, vertretung: Vertretung) -> None:
    ports.record_evidence(
        code,
        actor=actor,
        subject=vertretung,
        data={
            "rolle": vertretung.vertretene.rolle,
            "von": vertretung.von.isoformat(),
            "bis": vertretung.bis.isoformat(),
        },
        personal={"vertretung": vertretung.vertretung.person.email},
    )
