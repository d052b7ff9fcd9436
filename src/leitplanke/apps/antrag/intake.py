"""How an application begins: prepared online, secured without a form, handed in, or recorded from paper."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from leitplanke.apps.antrag.belege import add_document, have_read_again
from leitplanke.apps.antrag.calculating import engine_of, renew
from leitplanke.apps.antrag.clock import start_clock
from leitplanke.apps.antrag.doing import Doer, citizen, clerk, locked, perform, require_office, require_people, trace
from leitplanke.apps.antrag.facts import Origin, checked_values, replace_values
from leitplanke.apps.antrag.models import (
    Aktenzeichenfolge,
    Angabenstand,
    Antrag,
    Beteiligte,
    Beteiligung,
    Kanal,
    Quelle,
    Verfahrenseinstellung,
)
from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.core.verfahren.acts import Stand
from leitplanke.core.verfahren.facts import flattened

if TYPE_CHECKING:
    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Mandant, Person
    from leitplanke.core.verfahren.model import Verfahren

CODE_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without what is misread: I, O, 0, 1
CODE_GROUPS, CODE_GROUP = 4, 4


class NotOfferedError(LookupError):
    """This Mandant does not offer that procedure."""


class IncompleteError(ValueError):
    """Something is missing that no application can do without; `fields` names it."""

    def __init__(self, message: str, fields: tuple[str, ...] = ()) -> None:
        """Keep the fields to which the message belongs."""
        super().__init__(message)
        self.fields = fields


@dataclass(frozen=True, slots=True)
class Anschrift:
    """A person as stated: the fields of `Beteiligte`."""

    rolle: Beteiligung
    werte: Mapping[str, Any] = field(default_factory=dict)


def settings_for(mandant: Mandant, verfahren: str) -> Verfahrenseinstellung:
    """Return how a Mandant runs a procedure.

    Raises:
        NotOfferedError: it does not offer it.
    """
    found = (
        Verfahrenseinstellung.objects.for_mandant(mandant)
        .filter(verfahren=verfahren, aktiv=True)
        .select_related("einheit")
        .first()
    )
    if found is None:
        raise NotOfferedError(verfahren)
    return found


@dataclass(frozen=True, slots=True)
class Ticket:
    """What an application will be known by, given out with the form that begins it: sent twice, it begins once."""

    kennung: UUID = field(default_factory=uuid4)
    code: str = field(default_factory=lambda: new_code())  # noqa: PLW0108 - defined below


def start_draft(  # noqa: PLR0913 - who, what, on which way
    mandant: Mandant,
    verfahren: Verfahren,
    *,
    person: Person | None = None,
    kanal: Kanal = Kanal.ONLINE,
    sprache: str = "de",
    ticket: Ticket | None = None,
) -> tuple[Antrag, str]:
    """Begin an application. Without an account it gets an access code, which is returned once and kept as a hash only.

    Args:
        ticket: identity and code, where the form was given them; new ones otherwise.

    Raises:
        NotOfferedError: the Mandant does not offer it.
    """
    einstellung = settings_for(mandant, verfahren.name)
    known = ticket or Ticket()
    code = "" if person is not None else known.code
    with transaction.atomic():
        antrag = Antrag.objects.create(
            mandant=mandant,
            kennung=known.kennung,
            verfahren=verfahren.name,
            ebene=einstellung.ebene,
            einheit=einstellung.einheit,
            mensch_zuerst=einstellung.mensch_zuerst,
            kanal=kanal,
            konto=person,
            zugang_hash=code_hash(code) if code else "",
            sprache=sprache,
        )
        renew(antrag)
        antrag.save()
        trace("antrag.angelegt", antrag, citizen(mandant, person), data={"was": kanal.value})
    return antrag, code


def name_person(antrag_id: int, doer: Doer, anschrift: Anschrift) -> Antrag:
    """Keep who applies, or who acts for them. After handing in, a change is part of the history.

    Raises:
        ActError, NotPermittedError: it may not be done now, or not by this person.
    """
    with transaction.atomic():
        antrag = locked(doer.mandant, antrag_id)
        require_people(doer)
        if antrag.state is not Stand.ENTWURF:
            act = "ergaenzen" if doer.membership is None else "bestaetigen"
            perform(antrag, act, doer, text=_("Name oder Anschrift geändert"), data={"was": anschrift.rolle.value})
        Beteiligte.objects.for_mandant(doer.mandant).update_or_create(
            antrag=antrag, rolle=anschrift.rolle, defaults={"mandant": doer.mandant, **anschrift.werte}
        )
        if anschrift.rolle is Beteiligung.ANTRAGSTELLEND:
            antrag.name = str(antrag.beteiligte.get(rolle=Beteiligung.ANTRAGSTELLEND))
        antrag.save()
    return antrag


def hand_in(
    antrag_id: int, doer: Doer, verfahren: Verfahren, *, formlos: bool = False, eingang_am: date | None = None
) -> Antrag:
    """Hand in an application: it gets its number, and the day counts. Without a form, name and procedure suffice.

    Args:
        eingang_am: the day on a stamp, for paper; today otherwise.

    Raises:
        IncompleteError: nobody is named, or the day lies in the future.
        ActError: it was handed in already.
    """
    from leitplanke.apps.antrag.tasks import confirm_receipt  # noqa: PLC0415 - the task calls what calls this module

    today = timezone.localdate()
    tag = eingang_am or today
    with transaction.atomic():
        antrag = locked(doer.mandant, antrag_id)
        if not antrag.name.strip():
            raise IncompleteError(
                _("Bitte nennen Sie Ihren Namen. Ohne Namen kann kein Antrag gestellt werden."), ("nachname",)
            )
        if tag > today:
            raise IncompleteError(_("Der Tag des Eingangs liegt in der Zukunft."), ("eingang_am",))
        antrag.nummer = antrag.nummer or next_number(antrag, verfahren, tag)
        antrag.eingang_am, antrag.formlos = tag, formlos
        antrag.stichtag = reference_day(verfahren, tag)
        text = _("Antrag formlos gestellt, Angaben folgen") if formlos else _("Antrag gestellt")
        perform(antrag, "stellen", doer, text=text, data={"was": "formlos" if formlos else "vollstaendig"})
        _state_day(antrag, doer, verfahren)
        start_clock(antrag, verfahren)
        renew(antrag)
        antrag.save()
        confirm_receipt.enqueue(antrag.pk)
        have_read_again(antrag, antrag.belege.all())
    return antrag


def _state_day(antrag: Antrag, doer: Doer, verfahren: Verfahren) -> None:
    """State the day of the application as a fact, where the rules of the procedure ask for it."""
    name = verfahren.antragstag
    if name and antrag.eingang_am is not None:
        origin = Origin(Quelle.AMT)
        replace_values(antrag, {name: antrag.eingang_am.isoformat()}, doer, origin, Angabenstand.BESTAETIGT)


def reference_day(verfahren: Verfahren, eingang: date) -> date:
    """Return the day whose law is applied to an application of that day."""
    return eingang.replace(day=1) if verfahren.stichtag == "antragsmonat" else eingang


def next_number(antrag: Antrag, verfahren: Verfahren, tag: date) -> str:
    """Return the next file number of the series, as WG-2026-0042; two at once get two."""
    folge, _created = (
        Aktenzeichenfolge.objects.for_mandant(antrag.mandant)
        .select_for_update()
        .get_or_create(mandant=antrag.mandant, reihe=verfahren.kuerzel, jahr=tag.year)
    )
    folge.letzte += 1
    folge.save(update_fields=["letzte"])
    return f"{verfahren.kuerzel}-{tag.year}-{folge.letzte:04d}"


@dataclass(frozen=True, slots=True)
class PaperIntake:
    """What a clerk records of an application on paper or at the counter."""

    kanal: Kanal
    eingang_am: date
    personen: tuple[Anschrift, ...]
    facts: Mapping[str, Any] = field(default_factory=dict)
    formlos: bool = False
    files: tuple[tuple[str, bytes], ...] = ()


def record_paper(actor: Actor, verfahren: Verfahren, paper: PaperIntake) -> tuple[Antrag, str]:
    """Record an application that came by post or at the counter: the same case as any other.

    Returns:
        The case, and an access code for the receipt.

    Raises:
        NotOfferedError, NotPermittedError, IncompleteError, FactError: as in the single steps.
    """
    with transaction.atomic():
        antrag, code = start_draft(actor.mandant, verfahren, kanal=paper.kanal)
        doer = office(actor, antrag)
        for anschrift in paper.personen:
            name_person(antrag.pk, doer, anschrift)
        antrag.refresh_from_db()
        values = flattened(paper.facts)
        engine = engine_of(antrag)
        checked_values(engine, values)
        replace_values(antrag, values, doer, Origin(Quelle.BUERGER), Angabenstand.ANGEGEBEN)
        antrag = hand_in(antrag.pk, doer, verfahren, formlos=paper.formlos, eingang_am=paper.eingang_am)
        for name, data in paper.files:
            add_document(antrag.pk, doer, name, data)
    return antrag, code


def office(actor: Actor, antrag: Antrag) -> Doer:
    """Return `actor` as a clerk who may take in applications for the unit of the case.

    Raises:
        NotPermittedError: no membership of theirs is in that unit.
    """
    try:
        return clerk(actor, antrag, "antrag.intake")
    except NotPermittedError:
        raise NotPermittedError(
            "antrag.intake",
            _("Für dieses Verfahren ist eine andere Stelle zuständig: %(wer)s.") % {"wer": antrag.einheit},
        ) from None


def new_code() -> str:
    """Return an access code: 16 letters and digits in groups, 80 bits."""
    groups = ["".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_GROUP)) for _ in range(CODE_GROUPS)]
    return "-".join(groups)


def code_hash(code: str) -> str:
    """Return by what an access code is known again; spelling with blanks, dashes or small letters does not matter."""
    plain = "".join(char for char in code.upper() if char in CODE_ALPHABET)
    return salted_hmac("leitplanke.antrag.zugang", plain, secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()


def find_by_code(mandant: Mandant, nummer: str, code: str) -> Antrag | None:
    """Return the case that number and access code open, None where they open none."""
    return (
        Antrag.objects.for_mandant(mandant)
        .filter(nummer=nummer.strip().upper(), zugang_hash=code_hash(code))
        .exclude(zugang_hash="")
        .first()
    )


def renew_code(antrag_id: int, doer: Doer) -> tuple[Antrag, str]:
    """Give a person who showed who they are a new access code; the old one is void.

    Raises:
        NotPermittedError: only the office may.
    """
    code = new_code()
    with transaction.atomic():
        antrag = locked(doer.mandant, antrag_id)
        require_office(antrag, doer, "antrag.intake")
        antrag.zugang_hash = code_hash(code)
        antrag.save(update_fields=["zugang_hash"])
        trace("antrag.zugang_erneuert", antrag, doer)
    return antrag, code
