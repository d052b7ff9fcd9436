"""The texts of procedural law, filled for one letter, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping

from leitplanke.core.verfahrensrecht.errors import FehltImRecht

_SLOT = re.compile(r"\{([^{}]*)\}")
_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÄÖÜ])")


def filled(template: str, values: Mapping[str, str]) -> tuple[str, ...]:
    """Return the sentences of a text (`belehrung`, `rechtsfolgen`, `text`) with its slots filled.

    It is taken apart before it is filled, so a full stop in an address ends no sentence.

    Raises:
        FehltImRecht: a slot has no value; a letter must not leave with a hole in it.
    """
    empty = [slot for slot in dict.fromkeys(_SLOT.findall(template)) if not values.get(slot, "").strip()]
    if empty:
        raise FehltImRecht(f"Dem Text fehlt noch: {', '.join(empty)}. Bitte die Angaben der Stelle ergänzen.")
    return tuple(_SLOT.sub(lambda match: values[match[1]].strip(), part) for part in _END.split(template))
