"""Citations of EU law as Germans write them."""

from __future__ import annotations

import re

_PARAGRAPH = re.compile(r"\b(Art\. \d+[a-z]?)\((\d+[a-z]?)\)(?:\(([a-z]{1,2})\))?")


def german(norm: str) -> str:
    """Return `Art. 26(2)` as `Art. 26 Abs. 2`, and `Art. 6(3)(a)` as `Art. 6 Abs. 3 Buchst. a`."""
    return _PARAGRAPH.sub(lambda m: f"{m[1]} Abs. {m[2]}" + (f" Buchst. {m[3]}" if m[3] else ""), norm)
