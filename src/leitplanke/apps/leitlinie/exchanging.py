"""Passing a guideline on to other towns, and taking over what another town passes on, clause by clause."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from leitplanke.apps.leitlinie.beginning import Beginning, begin_version
from leitplanke.apps.leitlinie.doing import WrongStateError
from leitplanke.apps.leitlinie.library import blocks
from leitplanke.apps.leitlinie.models import Herkunft
from leitplanke.apps.leitlinie.queries import guideline_of, in_force
from leitplanke.apps.leitlinie.towns import statements_of
from leitplanke.core.guideline import Area, numbered
from leitplanke.core.guideline.exchanging import MAX_BYTES, Passed, passed_from_text
from leitplanke.core.guideline.model import BlockError
from leitplanke.core.guideline.writing.words import CHAPTERS
from leitplanke.core.rules import Finding

if TYPE_CHECKING:
    from collections.abc import Mapping

    from leitplanke.apps.leitlinie.models import Leitlinienfassung
    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Mandant
    from leitplanke.core.guideline import Block, Choice, Guideline, Numbered


class Taking(enum.StrEnum):
    """What becomes of a clause."""

    THERE = "dort"
    HERE = "hier"
    OPEN = "offen"


@dataclass(frozen=True, slots=True)
class Pair:
    """What another town and this one say about a block; None where one says nothing."""

    block: Block
    there: Numbered | None
    here: Numbered | None
    same: bool

    @property
    def usual(self) -> Taking:
        """What is proposed: what holds here stays, what is open here is filled."""
        return Taking.HERE if self.here else Taking.THERE


@dataclass(frozen=True, slots=True)
class Chapter:
    """The pairs of a chapter."""

    title: str
    pairs: tuple[Pair, ...]


def passed_of(version: Leitlinienfassung) -> Passed:
    """Return a version as it is passed on: decisions and words, no person."""
    return Passed(guideline_of(version), statements_of(version.mandant).lizenz)


def read_passed(name: str, data: bytes) -> Passed:
    """Read a file that another town passed on.

    Raises:
        BlockError: it cannot be used; every fault with its line and what to do.
    """
    if len(data) > MAX_BYTES:
        raise _refused(name, _("Die Datei ist größer als %(kb)d KB.") % {"kb": MAX_BYTES // 1000})
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _refused(name, _("Das ist kein Text in UTF-8. Erwartet wird eine YAML- oder JSON-Datei.")) from None
    return passed_from_text(text, name, blocks())


def _refused(name: str, message: str) -> BlockError:
    return BlockError((Finding(name, 1, message),))


def pairs_of(passed: Passed, mandant: Mandant) -> tuple[Leitlinienfassung | None, list[Chapter]]:
    """Return the version that holds here, and both guidelines side by side by chapter."""
    version = in_force(mandant)
    own = guideline_of(version) if version else None
    there = _by_block(passed.guideline)
    here = _by_block(own) if own else {}
    chapters = []
    for area in Area:
        pairs = tuple(
            Pair(block, there.get(block.id), here.get(block.id), _same(there.get(block.id), here.get(block.id)))
            for block in blocks().values()
            if block.area is area and (block.id in there or block.id in here)
        )
        if pairs:
            chapters.append(Chapter(_(CHAPTERS[area]), pairs))
    return version, chapters


def _by_block(guideline: Guideline) -> dict[str, Numbered]:
    return {one.block.id: one for one in numbered(guideline, blocks())}


def _same(one: Numbered | None, other: Numbered | None) -> bool:
    if one is None or other is None:
        return False
    return (one.option.key, one.values, dict(one.choice.wording)) == (
        other.option.key, other.values, dict(other.choice.wording),
    )  # fmt: skip


def take_over(*, actor: Actor, passed: Passed, taken: Mapping[str, Taking]) -> Leitlinienfassung:
    """Begin a version with what a person chose of another town's guideline and of what holds here.

    Nobody has looked at its clauses yet: the choice was made over a whole list.

    Raises:
        NotPermittedError: `actor` may not.
        WrongStateError: nothing of the other guideline is to be taken.
    """
    actor.require("leitlinie.begin")
    version, chapters = pairs_of(passed, actor.mandant)
    choices: list[Choice] = []
    foreign = 0
    for pair in (pair for chapter in chapters for pair in chapter.pairs):
        what = taken.get(pair.block.id, Taking.OPEN)
        if what is Taking.THERE and pair.there:
            choices.append(_foreign(pair.there.choice, passed))
            foreign += 1
        elif what is Taking.HERE and pair.here:
            choices.append(pair.here.choice)
    if not foreign:
        raise WrongStateError(_("Bitte wählen Sie mindestens eine Klausel der anderen Kommune."))
    beginning = Beginning(
        passed.guideline.title, Herkunft.UEBERNOMMEN, source_of(passed)[:300], choices, before=version
    )
    return begin_version(actor=actor, beginning=beginning)


def _foreign(choice: Choice, passed: Passed) -> Choice:
    source = source_of(passed)
    if choice.source:
        source = _("%(von)s; dort nach: %(quelle)s") % {"von": source, "quelle": choice.source}
    reason = choice.reason and _("%(kommune)s begründet es so: %(grund)s") % {
        "kommune": passed.guideline.town, "grund": choice.reason,
    }  # fmt: skip
    licence = choice.licence or (passed.licence if choice.wording else "")
    return replace(choice, reason=reason, source=source[:300], licence=licence)


def source_of(passed: Passed) -> str:
    """Return how a clause names the guideline it comes from."""
    own = passed.guideline
    return _("%(kommune)s, Fassung %(fassung)s") % {"kommune": own.town, "fassung": own.version}
