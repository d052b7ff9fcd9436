"""Objects for the addresses of going live."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from leitplanke.apps.register.founding import register_own_parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from leitplanke.base.accounts.models import Mandant


def part(mandant: Mandant) -> dict[str, Any]:
    """An own part under examination."""
    register_own_parts(mandant)
    return {"kuerzel": "wissen"}


EXAMPLES: dict[str, Callable[[Mandant], dict[str, Any]]] = {
    "register:inbetriebnahme_teil": part,
    "register:inbetriebnahme_einstufen": part,
    "register:inbetriebnahme_benennen": part,
}
