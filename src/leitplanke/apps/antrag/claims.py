"""Who says what about each fact of a case: what was stated, and what documents seem to say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from leitplanke.apps.antrag.facts import question_of
from leitplanke.apps.antrag.models import Angabenstand, Vorschlag
from leitplanke.core.rules import FactError
from leitplanke.core.rules.facts import encode
from leitplanke.core.rules.model import Kind

if TYPE_CHECKING:
    from leitplanke.apps.antrag.models import Angabe
    from leitplanke.core.rules import Engine
    from leitplanke.core.rules.model import Angabe as Question
    from leitplanke.core.rules.model import Shape

UNASSIGNED = "[]."
"""In the path of a proposal for which nobody said yet which item of the list it is about."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A value and who says so: the statement itself, documents, or both."""

    wert: Any
    angabe: Angabe | None = None
    vorschlaege: tuple[Vorschlag, ...] = ()


@dataclass
class Matter:
    """Everything that is said about one fact, and whether it goes together."""

    pfad: str
    question: Question
    angabe: Angabe | None = None
    vorschlaege: list[Vorschlag] = field(default_factory=list)

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """Each different value with everybody who says so, what was stated first."""
        found: dict[Any, Claim] = {}
        for wert in self._stated:
            found[_mark(self.question.shape, wert)] = Claim(wert, self.angabe)
        for vorschlag in self.vorschlaege:
            mark = _mark(self.question.shape, vorschlag.wert)
            known = found.get(mark, Claim(vorschlag.wert))
            found[mark] = Claim(known.wert, known.angabe, (*known.vorschlaege, vorschlag))
        return tuple(found.values())

    @property
    def _stated(self) -> tuple[Any, ...]:
        if self.angabe is None:
            return ()
        wert = self.angabe.wert
        if isinstance(wert, Mapping):
            return tuple(wert.get("values", ()))
        return (wert,)

    @property
    def refused(self) -> bool:
        """Whether the person declined to say it."""
        return self.angabe is not None and self.angabe.stand == Angabenstand.VERWEIGERT

    @property
    def disputed(self) -> bool:
        """Whether a person must say which value counts."""
        contested = self.angabe is not None and self.angabe.stand == Angabenstand.BESTRITTEN
        return contested or len(self.claims) > 1 or (self.refused and bool(self.vorschlaege))

    @property
    def odd(self) -> bool:
        """Whether a value is to be looked at by itself, though nothing contradicts it."""
        return any(vorschlag.hinweis for vorschlag in self.vorschlaege)

    @property
    def confirmed(self) -> bool:
        """Whether a person of the office has confirmed what is stated."""
        return self.angabe is not None and self.angabe.stand == Angabenstand.BESTAETIGT

    @property
    def undisputed(self) -> bool:
        """Whether it may be confirmed together with others."""
        if self.disputed or self.odd or not self.claims:
            return False
        return bool(self.vorschlaege) or not self.confirmed


def same(shape: Shape, one: Any, other: Any) -> bool:
    """Tell whether two values mean the same: 520, 520.0 and 520.00 do."""
    return bool(_mark(shape, one) == _mark(shape, other))


def _mark(shape: Shape, wert: Any) -> Any:
    if shape.kind is Kind.TEXT:
        return " ".join(str(wert).split()).casefold()
    try:
        return encode(shape, wert, "")
    except FactError:
        return str(wert)


def matters_of(engine: Engine, angaben: Iterable[Angabe], vorschlaege: Iterable[Vorschlag]) -> dict[str, Matter]:
    """Return what is said about each fact by its path; lists as such, and what the rules no longer know, are left out.

    Proposals that are about no certain item of a list are nobody's claim yet; see `unassigned`.
    """
    found: dict[str, Matter] = {}
    for angabe in angaben:
        if (matter := _matter(engine, found, angabe.pfad)) is not None:
            matter.angabe = angabe
    for vorschlag in vorschlaege:
        if UNASSIGNED not in vorschlag.pfad and (matter := _matter(engine, found, vorschlag.pfad)) is not None:
            matter.vorschlaege.append(vorschlag)
    return {pfad: matter for pfad, matter in found.items() if matter.question.shape.kind is not Kind.LISTE}


def _matter(engine: Engine, found: dict[str, Matter], pfad: str) -> Matter | None:
    if pfad not in found:
        try:
            found[pfad] = Matter(pfad, question_of(engine, pfad))
        except FactError:
            return None
    return found[pfad]


def unassigned(vorschlaege: Iterable[Vorschlag]) -> list[Vorschlag]:
    """Return the proposals for which a person must say which item of a list they are about."""
    return [vorschlag for vorschlag in vorschlaege if UNASSIGNED in vorschlag.pfad]
