"""Taking a step that a clause may stop: asked once, and refused in the words of the clause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from leitplanke.base.policy.active import Stop, as_stop, policy_of, stop_of

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from leitplanke.base.accounts.models import Mandant
    from leitplanke.core.policy import Decision

# True of every step in this house's own procedures: they know no way to do something private, to make a picture or a
# voice, or to lay use at the door of single employees, and the room for trying out has no procedures.
OF_THE_HOUSE: Mapping[str, Any] = {
    "privatnutzung": False,
    "erzeugt_bild_oder_stimme": False,
    "personenauswertung": False,
    "experimentierraum": False,
}

# True of a step in which no model speaks to anybody outside.
SPEAKS_TO_NOBODY: Mapping[str, Any] = {"richtung_buerger": False, "ki_rolle_offengelegt": True}


@dataclass(frozen=True, slots=True)
class Guidance:
    """What the guideline says of a step that may go on: sentences to read, and labels that it asks for."""

    stop: Stop | None = None
    warnings: tuple[Stop, ...] = ()
    labels: tuple[Stop, ...] = ()


class StepStoppedError(Exception):
    """A clause of the guideline stops a step; `stop` says which, nothing was changed."""

    def __init__(self, stop: Stop) -> None:
        """Keep the clause."""
        super().__init__(stop.sentence)
        self.stop = stop


def guidance(mandant: Mandant, facts: Mapping[str, Any]) -> Guidance:
    """Return what the guideline says of a step, without taking it."""
    return as_guidance(policy_of(mandant).decide(facts))


def as_guidance(decision: Decision) -> Guidance:
    """Return a decision as people read it."""
    return Guidance(stop_of(decision), tuple(map(as_stop, decision.warnings)), tuple(map(as_stop, decision.labels)))


def require_step(mandant: Mandant, facts: Mapping[str, Any]) -> Guidance:
    """Return what the guideline says of a step that may go on.

    Raises:
        StepStoppedError: a clause stops it.
    """
    found = guidance(mandant, facts)
    if found.stop is not None:
        raise StepStoppedError(found.stop)
    return found


def require_all(mandant: Mandant, steps: Iterable[Mapping[str, Any]]) -> None:
    """Let something go on that is several steps at once.

    Raises:
        StepStoppedError: a clause stops one of them.
    """
    for facts in steps:
        require_step(mandant, facts)


def shown(stop: Stop) -> SafeString:
    """Return a clause for a page: its sentence, and its number and title as the way to its page."""
    said = _("Leitlinie, Klausel %(nummer)s: %(titel)s") % {"nummer": stop.number, "titel": stop.title}
    return format_html('{} <a class="kern-link lp-inline" href="{}">{}</a>', stop.sentence, stop.url, said)
