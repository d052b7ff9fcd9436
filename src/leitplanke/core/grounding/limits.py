"""The limits of a space: what it is about, for whom it speaks, and which sources may answer there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from leitplanke.core.grounding.answer import Reason
from leitplanke.core.provenance import Ebene

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from leitplanke.core.retrieval.passages import Passage


@dataclass(frozen=True, slots=True)
class Limits:
    """What a space may answer.

    Attributes:
        topics: what the space is about, in words people use.
        gebiet: the town or Land the space speaks for; texts that apply elsewhere are no answer. "" for all.
        ebenen: levels whose texts may answer; None for all.
        searched: names of the sources for the refusal; taken from the passages found where empty.
    """

    topics: tuple[str, ...] = ()
    gebiet: str = ""
    ebenen: frozenset[Ebene] | None = None
    searched: tuple[str, ...] = ()

    def bars(self, passage: Passage, on: date | None) -> Reason | None:
        """Return why a passage may not answer, or None where it may."""
        source = passage.source
        if on is not None and not source.geltung.covers(on):
            return Reason.OUTDATED
        if self.ebenen is not None and source.bereich.ebene not in self.ebenen:
            return Reason.OUTSIDE_SCOPE
        elsewhere = self.gebiet and source.bereich.gebiet and source.bereich.gebiet != self.gebiet
        return Reason.OUTSIDE_SCOPE if elsewhere else None

    def split(self, passages: Sequence[Passage], on: date | None) -> tuple[list[Passage], dict[Reason, list[Passage]]]:
        """Return the passages that may answer, and the others by reason."""
        allowed: list[Passage] = []
        barred: dict[Reason, list[Passage]] = {}
        for passage in passages:
            reason = self.bars(passage, on)
            (allowed if reason is None else barred.setdefault(reason, [])).append(passage)
        return allowed, barred
