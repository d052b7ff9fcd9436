"""An interview between two pages: it travels with the form, signed, and is stored nowhere.

So nothing of people without an account is kept, and nothing personal is in an address or in a log.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.core import signing

SALT = "leitplanke.interview"
HOURS = 12
FIELD = "stand"


class ExpiredError(ValueError):
    """What came back is not ours, or older than the page may be."""


@dataclass(frozen=True, slots=True)
class State:
    """What was stated, which pages were answered, which questions are on the page, and under which law.

    `regelwerk` binds it to one Regelwerk of one Mandant.
    """

    regelwerk: str
    on: date
    ebene: str = ""
    entwurf: bool = False
    facts: dict[str, Any] = field(default_factory=dict)
    trail: tuple[tuple[str, ...], ...] = ()
    current: tuple[str, ...] = ()

    def changed(self, **values: Any) -> State:
        """Return the state with some values changed."""
        return replace(self, **values)

    def sealed(self) -> str:
        """Return it as text for a hidden field."""
        content = [self.regelwerk, self.on.isoformat(), self.ebene, self.entwurf, self.facts, self.trail, self.current]
        return signing.dumps(content, salt=SALT, compress=True)


def opened(text: str, regelwerk: str) -> State:
    """Return the state in a hidden field.

    Raises:
        ExpiredError: it was changed, is too old, or belongs to another Regelwerk.
    """
    try:
        name, on, ebene, entwurf, facts, trail, current = signing.loads(text, salt=SALT, max_age=HOURS * 3600)
    except (signing.BadSignature, ValueError):
        raise ExpiredError from None
    if name != regelwerk:
        raise ExpiredError
    pages = tuple(tuple(page) for page in trail)
    return State(name, date.fromisoformat(on), ebene, bool(entwurf), facts, pages, tuple(current))
