"""The code with which somebody without an account follows what they reported; only its hash is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.utils.crypto import get_random_string, salted_hmac

if TYPE_CHECKING:
    from django.http import HttpRequest

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without what is misread: I, O, 0, 1
GROUPS, GROUP = 4, 4
REPORTED = "meldungen"
MOST_REPORTED = 20


def new_code(request: HttpRequest, kennung: UUID) -> str:
    """Return the code for a report, and remember in the session a random number from which it follows again.

    The session keeps the number only; the code needs the secret key of the house, too.
    """
    number = get_random_string(22)
    known = {**request.session.get(REPORTED, {}), str(kennung): number}
    request.session[REPORTED] = dict(list(known.items())[-MOST_REPORTED:])
    return _code(kennung, number)


def code_here(request: HttpRequest, kennung: UUID) -> str:
    """Return the code of a report that was sent in this session; empty where it is not known here."""
    number = request.session.get(REPORTED, {}).get(str(kennung))
    return _code(kennung, number) if number else ""


def newest_here(request: HttpRequest) -> UUID | None:
    """Return the report that was sent last in this session."""
    names = list(request.session.get(REPORTED, {}))
    return UUID(names[-1]) if names else None


def code_hash(code: str) -> str:
    """Return by what a code is known again; blanks, dashes and small letters do not matter."""
    plain = "".join(char for char in code.upper() if char in ALPHABET)
    return salted_hmac("leitplanke.register.meldung", plain, secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()


def _code(kennung: UUID, number: str) -> str:
    digest = salted_hmac(
        "leitplanke.register.code", f"{kennung}:{number}", secret=settings.SECRET_KEY, algorithm="sha256"
    ).digest()
    letters = "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[: GROUPS * GROUP])
    return "-".join(letters[at : at + GROUP] for at in range(0, len(letters), GROUP))
