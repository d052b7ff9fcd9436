"""Which remedy is open against a decision."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from leitplanke.core.drafting.blocks import WITHOUT_OUTCOME

if TYPE_CHECKING:
    from leitplanke.core.rules.model import Ergebnis

NONE = "keiner"
USUAL = "widerspruch"


def remedy_kind(art: str, ergebnis: str, outcomes: Iterable[Ergebnis]) -> str:
    """Return the kind of remedy: that of the outcome decided, else that of any outcome of the Regelwerk.

    What a person decides though no outcome says so (`versagung`, `widerruf`, ...) is a Verwaltungsakt of its own: an
    outcome without a remedy, a mere hint that papers are missing, does not speak for it.
    """
    known = list(outcomes)
    own = [] if art in WITHOUT_OUTCOME else [item.rechtsbehelf for item in known if item.name == ergebnis]
    others = [item.rechtsbehelf for item in known if item.rechtsbehelf != NONE]
    return next((kind for kind in (*own, *others) if kind), USUAL)
