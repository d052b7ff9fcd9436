"""Which answer of a block a sentence suggests: by its cues, and by words shared with the texts of the answers."""

from __future__ import annotations

from collections.abc import Mapping

from leitplanke.core.guideline.cues import BlockCues
from leitplanke.core.guideline.model import Block, Option
from leitplanke.core.retrieval.tokens import stem, words

_LEAD = 0.12  # by how much the best answer leads in shared words where cues do not decide


class OptionPicker:
    """Picks options; made once for all blocks."""

    def __init__(self, blocks: Mapping[str, Block], cues: Mapping[str, BlockCues]) -> None:
        """Take the words of each option apart, without those that all options of its block have."""
        self._cues = cues
        self._own = {block.id: _own_stems(block) for block in blocks.values()}

    def pick(self, block: Block, quote: str, passage: str) -> str:
        """Return the key of the option that a quote suggests, or else its passage; "" where none leads."""
        return self._leading(block, quote) or self._leading(block, passage)

    def _leading(self, block: Block, text: str) -> str:
        small = text.lower()
        hits = {key: sum(cue.found(small) for cue in cues) for key, cues in self._cues[block.id].options.items()}
        most = max(hits.values(), default=0)
        if most:
            led = [option for option in block.options if hits.get(option.key) == most]
            return led[0].key if len(led) == 1 else self._nearest(block, led, text, 0.0)
        return self._nearest(block, block.options, text, _LEAD)

    def _nearest(self, block: Block, options: tuple[Option, ...] | list[Option], text: str, lead: float) -> str:
        said = {stem(word) for word in words(text)}
        shares = sorted(
            ((len(said & self._own[block.id][option.key]) / max(len(said), 1), option.key) for option in options),
            reverse=True,
        )
        if not said or len(shares) == 1:
            return ""
        (best, key), (second, _other) = shares[:2]
        return key if best - second > lead else ""


def _own_stems(block: Block) -> dict[str, frozenset[str]]:
    stems = {
        option.key: {stem(word) for word in words(" ".join((option.title, *option.texts.values())))}
        for option in block.options
    }
    common = set.intersection(*stems.values()) if len(stems) > 1 else set()
    return {key: frozenset(own - common) for key, own in stems.items()}
