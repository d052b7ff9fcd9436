"""The texts of a request with placeholders in place of personal data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from leitplanke.base.llm.wire.naming import without_brackets
from leitplanke.core.privacy import Pseudonyms, Span, known_name, pseudonymise_slots
from leitplanke.core.privacy.objects import quoted
from leitplanke.core.privacy.slots import with_repeats

if TYPE_CHECKING:
    from leitplanke.base.llm.wire.model import Slot


def masked(
    texts: Sequence[str],
    found: Sequence[Sequence[Span]],
    slots: Sequence[Slot],
    public: Sequence[Sequence[Span]] = (),
) -> tuple[list[str], Pseudonyms]:
    """Return `texts`, those of `slots`, with placeholders, and what brings the values back; `public` places stay."""
    pseudonyms = Pseudonyms(is_name=known_name)
    made = pseudonymise_slots(texts, with_repeats(texts, found, public), pseudonyms)
    return [_shaped(text, slot) for text, slot in zip(made, slots, strict=True)], pseudonyms


def _shaped(text: str, slot: Slot) -> str:
    if slot.json:
        return quoted(text)
    return without_brackets(text) if slot.strict else text
