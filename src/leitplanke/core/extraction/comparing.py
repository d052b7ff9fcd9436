"""What does not go together: documents among each other, with what was stated, and with what is plausible."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from leitplanke.core.extraction.proposing import Proposal
from leitplanke.core.rules.model import Kind

if TYPE_CHECKING:
    from leitplanke.core.extraction.model import Belegart

Wert = str | bool
_NUMBERS = frozenset({Kind.BETRAG, Kind.ZAHL, Kind.GANZZAHL, Kind.PROZENT})


@dataclass(frozen=True, slots=True)
class Aussage:
    """A value and who says so: the key of a document, "" for what the person stated."""

    quelle: str
    wert: str | bool
    vorschlag: Proposal | None = None


@dataclass(frozen=True, slots=True)
class Widerspruch:
    """A fact for which several values are claimed."""

    pfad: str
    aussagen: tuple[Aussage, ...]


@dataclass(frozen=True, slots=True)
class Ausreisser:
    """A proposal outside what is plausible for its field, with the German sentence."""

    vorschlag: Proposal
    meldung: str


def contradictions(
    proposals: Mapping[str, Iterable[tuple[str, Proposal]]], stated: Mapping[str, str | bool] | None = None
) -> tuple[Widerspruch, ...]:
    """Return each fact for which different values are claimed, in the order of their paths.

    `proposals` gives by document the proposals with the path of the fact each is for; `stated` what the person said.
    """
    said: defaultdict[str, list[Aussage]] = defaultdict(list)
    for path, value in (stated or {}).items():
        said[path].append(Aussage("", value))
    for source, pairs in proposals.items():
        for path, proposal in pairs:
            said[path].append(Aussage(source, proposal.wert, proposal))
    return tuple(
        Widerspruch(path, tuple(statements))
        for path, statements in sorted(said.items())
        if len({_comparable(one.wert) for one in statements}) > 1
    )


def outliers(proposals: Iterable[Proposal], art: Belegart) -> tuple[Ausreisser, ...]:
    """Return the proposals below or above what the kind of document calls plausible."""
    found = []
    for proposal in proposals:
        feld = art.felder[proposal.feld]
        value = _measure(proposal)
        if value is None:
            continue
        for bound, is_out, word in ((feld.von, _less, "unter"), (feld.bis, _more, "über")):
            if bound is not None and is_out(value, bound):
                message = f"{feld.titel.de}: {_shown(value)} liegt {word} dem, was üblich ist ({_shown(bound)})."
                found.append(Ausreisser(proposal, message))
    return tuple(found)


def _comparable(value: Wert) -> str:
    """Return 520, 520.0 and 520.00 as one value, and texts without regard to case and spaces."""
    if isinstance(value, bool):
        return str(value)
    try:
        return str(Decimal(value).normalize())
    except InvalidOperation:
        return " ".join(value.split()).casefold()


def _measure(proposal: Proposal) -> Decimal | date | None:
    if proposal.typ in _NUMBERS:
        return Decimal(str(proposal.wert))
    return date.fromisoformat(str(proposal.wert)) if proposal.typ is Kind.DATUM else None


def _less(value: Decimal | date, bound: Decimal | date) -> bool:
    return value < bound  # type: ignore[operator]


def _more(value: Decimal | date, bound: Decimal | date) -> bool:
    return value > bound  # type: ignore[operator]


def _shown(value: Decimal | date) -> str:
    return f"{value:%d.%m.%Y}" if isinstance(value, date) else f"{value}".replace(".", ",")
