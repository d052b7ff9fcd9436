"""Objects for the addresses of the guideline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from leitplanke.base.policy.active import shipped

if TYPE_CHECKING:
    from collections.abc import Callable

    from leitplanke.base.accounts.models import Mandant


def clause(_mandant: Mandant) -> dict[str, Any]:
    return {"nummer": shipped().profile.clauses[0].number}


# The profile that ships is the same in every town.
SHARED = {"leitlinie:regel"}
EXAMPLES: dict[str, Callable[[Mandant], dict[str, Any]]] = {
    "leitlinie:regel": clause,
}
