"""The access code of a provider while a form is filled in: sealed, so that an error elsewhere does not cost it."""

from __future__ import annotations

import base64
import binascii
import json
import time
from typing import TYPE_CHECKING

from leitplanke.base.llm.vault import VaultError, seal, unseal

if TYPE_CHECKING:
    from leitplanke.base.accounts.access import Actor

LONGEST_SECONDS = 3600
USE = "zugangscode"


def carried(code: str, actor: Actor) -> str:
    """Return a code as a page may hold it: only we can open it, only for the same person at the same Mandant."""
    said = json.dumps([USE, _who(actor), time.time(), code])
    return base64.urlsafe_b64encode(seal(said.encode())).decode()


def code_of(sealed: str, actor: Actor) -> str:
    """Return the code that a page held; "" where it is none of ours, another's or too old."""
    try:
        use, who, at, code = json.loads(unseal(base64.urlsafe_b64decode(sealed)))
    except (VaultError, ValueError, TypeError, binascii.Error):
        return ""
    fresh = use == USE and who == _who(actor) and 0 <= time.time() - at <= LONGEST_SECONDS
    return str(code) if fresh else ""


def _who(actor: Actor) -> list[int | None]:
    return [actor.mandant.pk, actor.person.pk if actor.person else None]
