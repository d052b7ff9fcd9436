"""Which applications this browser may see: those of the account, begun here, or opened with an access code."""

from __future__ import annotations

import base64
import secrets
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from allauth.core import ratelimit
from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from leitplanke.apps.antrag.doing import citizen
from leitplanke.apps.antrag.intake import CODE_ALPHABET, CODE_GROUP, CODE_GROUPS, Ticket, code_hash
from leitplanke.apps.antrag.models import Antrag
from leitplanke.apps.antrag.queries import own_applications
from leitplanke.base.accounts.access import actor_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from leitplanke.apps.antrag.doing import Doer
    from leitplanke.base.accounts.models import Mandant

BEGUN, OPENED, ATTEMPTS = "antraege_begonnen", "antraege_offen", "zugangscode"
MOST_BEGUN = 20
DRAFT = "E-"


def new_ticket(request: HttpRequest) -> Ticket:
    """Return under what the form on the page will begin an application, and remember it in the session.

    The session keeps a random number only; the access code follows from it and from the secret key of the house.
    """
    begun = dict(request.session.get(BEGUN, {}))
    kennung, number = uuid4(), secrets.token_urlsafe(16)
    begun[str(kennung)] = number
    request.session[BEGUN] = dict(list(begun.items())[-MOST_BEGUN:])
    return Ticket(kennung, _code(kennung, number))


def ticket_of(request: HttpRequest, kennung: str) -> Ticket | None:
    """Return the ticket that this session was given under that name."""
    number = request.session.get(BEGUN, {}).get(kennung)
    return Ticket(UUID(kennung), _code(UUID(kennung), number)) if number else None


def _code(kennung: UUID, number: str) -> str:
    digest = salted_hmac("leitplanke.antrag.code", f"{kennung}:{number}", secret=settings.SECRET_KEY,
                         algorithm="sha256").digest()  # fmt: skip
    letters = [CODE_ALPHABET[byte % len(CODE_ALPHABET)] for byte in digest[: CODE_GROUPS * CODE_GROUP]]
    return "-".join("".join(letters[at : at + CODE_GROUP]) for at in range(0, len(letters), CODE_GROUP))


def code_here(request: HttpRequest, antrag: Antrag) -> str:
    """Return the access code of an application that was begun in this session; empty where it is not known here."""
    ticket = ticket_of(request, str(antrag.kennung)) if antrag.zugang_hash else None
    fits = ticket is not None and constant_time_compare(code_hash(ticket.code), antrag.zugang_hash)
    return ticket.code if ticket is not None and fits else ""


def opened_here(request: HttpRequest) -> list[UUID]:
    """Return the applications that this session begun or opened with a code that still holds.

    A code that the office renewed opens nothing any more, also where it was typed before.
    """
    marks = {name: code_hash(_code(UUID(name), number)) for name, number in request.session.get(BEGUN, {}).items()}
    marks |= request.session.get(OPENED, {})
    rows = Antrag.objects.for_mandant(actor_of(request).mandant).filter(kennung__in=list(marks)).exclude(zugang_hash="")
    known = rows.values_list("kennung", "zugang_hash") if marks else ()
    return [kennung for kennung, mark in known if constant_time_compare(mark, marks[str(kennung)])]


def own_application(request: HttpRequest, kennung: UUID) -> Antrag | None:
    """Return an application that this browser may see, None otherwise."""
    found = own_applications(actor_of(request), opened_here(request)).filter(kennung=kennung)
    return found.select_related("mandant", "einheit", "entscheidung").first()


def applicant(request: HttpRequest) -> Doer:
    """Return who sits before this browser, as the applicant."""
    actor = actor_of(request)
    return citizen(actor.mandant, actor.person)


def draft_number(antrag: Antrag) -> str:
    """Return by what a draft is found again together with its code."""
    return DRAFT + base64.b32encode(antrag.kennung.bytes)[:8].decode()


def open_by_code(request: HttpRequest, nummer: str, code: str) -> Antrag | None:
    """Open an application for this session; None where number and code open none, whichever of them is wrong."""
    antrag = find(actor_of(request).mandant, nummer, code)
    if antrag is not None:
        request.session.cycle_key()
        known = {name: mark for name, mark in request.session.get(OPENED, {}).items() if name != str(antrag.kennung)}
        request.session[OPENED] = dict([*known.items(), (str(antrag.kennung), antrag.zugang_hash)][-MOST_BEGUN:])
    return antrag


def find(mandant: Mandant, nummer: str, code: str) -> Antrag | None:
    """Return the application or draft with this number and access code."""
    wanted = nummer.strip().upper().replace(" ", "")
    rows = Antrag.objects.for_mandant(mandant).filter(zugang_hash=code_hash(code)).exclude(zugang_hash="")
    return next((row for row in rows if wanted in {row.nummer, draft_number(row)} - {""}), None)


def may_try(request: HttpRequest, nummer: str) -> bool:
    """Tell whether this address, and this number, may be tried again yet; counted as attempts to sign in are."""
    return bool(ratelimit.consume(request, action=ATTEMPTS, key=nummer.strip().upper(), dry_run=True))


def count_failure(request: HttpRequest, nummer: str) -> None:
    """Count an attempt that opened nothing."""
    ratelimit.consume(request, action=ATTEMPTS, key=nummer.strip().upper())
