"""Comparing labels: by words, without case, hyphens and punctuation, and with one slip of text recognition forgiven."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

_TOKEN = re.compile(r"[^\W_]+(?:[-\u2010\u2011\u00ad][^\W_]+)*")
_SHORTEST_FORGIVEN = 7


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[str, ...]:
    """Return the words of a text as they are compared: `Netto-Kaltmiete:` is `nettokaltmiete`."""
    return tuple(_plain(match[0]) for match in _TOKEN.finditer(text))


def token_spans(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the words of a text with their places."""
    for match in _TOKEN.finditer(text):
        yield _plain(match[0]), match.start(), match.end()


def find_tokens(wanted: Sequence[str], inside: Sequence[str]) -> int:
    """Return where `wanted` stands last as neighbouring words inside, -1 where it does not."""
    width = len(wanted)
    for start in range(len(inside) - width, -1, -1):
        if width and all(alike(one, other) for one, other in zip(wanted, inside[start : start + width], strict=True)):
            return start
    return -1


def alike(one: str, other: str) -> bool:
    """Tell whether two words are the same, long ones up to one letter misread."""
    if one == other:
        return True
    if min(len(one), len(other)) < _SHORTEST_FORGIVEN or abs(len(one) - len(other)) > 1 or one[0] != other[0]:
        return False
    return _one_edit(one, other)


def _one_edit(one: str, other: str) -> bool:
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    if len(one) == len(other):
        return one[same + 1 :] == other[same + 1 :]
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return longer[same + 1 :] == shorter[same:]


def _plain(word: str) -> str:
    return re.sub("[-\u2010\u2011\u00ad]", "", word).casefold()
