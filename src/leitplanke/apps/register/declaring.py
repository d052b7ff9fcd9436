"""Declarations: what people contribute to a release, each in their own role. The only writer of `Erklaerung`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from leitplanke.apps.register.doing import Doer, locked, may, perform
from leitplanke.apps.register.models import Erklaerung, Erklaerungsart
from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.base.accounts.roles import Rolle
from leitplanke.core.register.lifecycle import LifecycleError, Originator

if TYPE_CHECKING:
    from collections.abc import Mapping

    from leitplanke.apps.register.models import Eintrag
    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Mitgliedschaft


class DeclarationError(LifecycleError):
    """A declaration is not possible like this; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Art:
    """A kind of declaration: who may give it, with which outcomes.

    Attributes:
        chair: whether it must be the chair of the staff representation (or who stands in for them).
        text: whether a sentence is needed.
    """

    roles: frozenset[Rolle]
    ergebnisse: Mapping[str, str]
    chair: bool = False
    text: bool = False


_OFFICE = frozenset({Rolle.SACHBEARBEITUNG, Rolle.LEITUNG, Rolle.KI_BEAUFTRAGTE})
_HEADS = frozenset({Rolle.LEITUNG, Rolle.KI_BEAUFTRAGTE})
_DONE = {"erfuellt": gettext_noop("liegt vor")}

ARTEN: dict[Erklaerungsart, Art] = {
    Erklaerungsart.VERANTWORTUNG: Art(_OFFICE | {Rolle.IT}, {"angenommen": gettext_noop("angenommen")}),
    Erklaerungsart.DATENSCHUTZ: Art(
        frozenset({Rolle.DATENSCHUTZ}),
        {
            "keine_bedenken": gettext_noop("keine Bedenken"),
            "auflagen": gettext_noop("keine Bedenken unter Auflagen"),
            "bedenken": gettext_noop("Bedenken"),
        },
        text=True,
    ),
    Erklaerungsart.DSFA: Art(_OFFICE, _DONE, text=True),
    Erklaerungsart.GRUNDRECHTE: Art(_OFFICE, _DONE, text=True),
    Erklaerungsart.AUSNAHME: Art(_HEADS, _DONE, text=True),
    Erklaerungsart.UNTERRICHTUNG: Art(_HEADS, {"vollstaendig": gettext_noop("vollständig unterrichtet")}, text=True),
    Erklaerungsart.MITBESTIMMUNG: Art(
        frozenset({Rolle.PERSONALRAT}),
        {
            "zugestimmt": gettext_noop("zugestimmt"),
            "abgelehnt": gettext_noop("nicht zugestimmt"),
            "unvollstaendig": gettext_noop("Unterrichtung nicht vollständig"),
        },
        chair=True,
        text=True,
    ),
    Erklaerungsart.EINIGUNG: Art(
        _HEADS,
        {
            "ersetzt": gettext_noop("Zustimmung ersetzt"),
            "abgelehnt": gettext_noop("Zustimmung nicht ersetzt"),
        },
        text=True,
    ),
    Erklaerungsart.SCHULUNG: Art(_HEADS, _DONE, text=True),
    Erklaerungsart.VERTRAG: Art(_HEADS | {Rolle.IT}, _DONE, text=True),
    Erklaerungsart.PFLICHT: Art(_OFFICE | {Rolle.DATENSCHUTZ, Rolle.IT}, _DONE, text=True),
}


def declare(  # noqa: PLR0913 - what a declaration says
    *,
    actor: Actor,
    eintrag_id: int,
    art: Erklaerungsart,
    ergebnis: str,
    text: str = "",
    nachweis: str = "",
    schluessel: str = "",
    vollstaendig_ab: date | None = None,
    fassung: int | None = None,
) -> Erklaerung:
    """Declare something on the state of a system that is being worked on, in the version the person saw.

    Raises:
        NotPermittedError: `actor` may not declare this; the responsibility only the named person accepts.
        DeclarationError: outcome or sentence are missing, or a day lies in the future.
        OutdatedError: it is another version meanwhile.
    """
    with transaction.atomic():
        eintrag = locked(actor.mandant, eintrag_id, fassung)
        by = _declaring(actor, eintrag, art)
        _check(art, ergebnis, text, vollstaendig_ab)
        erklaerung = Erklaerung.objects.create(
            mandant=eintrag.mandant, eintrag=eintrag, art=art, schluessel=schluessel, ergebnis=ergebnis, text=text,
            nachweis=nachweis, vollstaendig_ab=vollstaendig_ab, von=by.membership, in_vertretung=by.deputises,
            wesentlich_sha256=eintrag.bearbeitung.wesentlich_sha256 if eintrag.bearbeitung else "",
        )  # fmt: skip
        perform(
            eintrag, "erklaeren", by, text=text, data={"art": art.value, "schluessel": schluessel, "ergebnis": ergebnis}
        )
    return erklaerung


def _declaring(actor: Actor, eintrag: Eintrag, art: Erklaerungsart) -> Doer:
    rules = ARTEN[art]
    for membership, deputises in [*((m, False) for m in actor.memberships), *((m, True) for m in actor.acting_for)]:
        if deputises and art is Erklaerungsart.VERANTWORTUNG:
            continue  # nobody takes a responsibility upon somebody else
        if may_declare(membership, eintrag, art):
            return Doer(actor.mandant, Originator.PERSON, actor.person, membership, deputises)
    reason = _("Das erklärt nur die oder der Vorsitzende der Personalvertretung.") if rules.chair else ""
    raise NotPermittedError("register.erklaeren", reason)


def may_declare(membership: Mitgliedschaft, eintrag: Eintrag, art: Erklaerungsart) -> bool:
    """Tell whether a membership may give a kind of declaration on an entry."""
    rules, rolle = ARTEN[art], Rolle(membership.rolle)
    if rolle not in rules.roles or (rules.chair and not membership.vorsitz):
        return False
    if art is Erklaerungsart.VERANTWORTUNG:
        return eintrag.verantwortlich_id == membership.pk
    return may(membership, "register.erklaeren", eintrag)


def _check(art: Erklaerungsart, ergebnis: str, text: str, vollstaendig_ab: date | None) -> None:
    rules = ARTEN[art]
    if ergebnis not in rules.ergebnisse:
        raise DeclarationError(_("Bitte wählen Sie ein Ergebnis."))
    if rules.text and not text.strip():
        raise DeclarationError(_("Bitte schreiben Sie einen Satz dazu, etwa wo die Unterlage liegt oder warum."))
    if art is Erklaerungsart.UNTERRICHTUNG:
        if vollstaendig_ab is None:
            raise DeclarationError(_("Bitte nennen Sie den Tag, seit dem die Unterrichtung vollständig ist."))
        if vollstaendig_ab > timezone.localdate():
            raise DeclarationError(_("Der Tag der Unterrichtung liegt in der Zukunft."))
