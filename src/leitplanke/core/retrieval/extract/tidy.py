"""Cleaning of characters: what a reader cannot see goes out and is reported, what is only typesetting is repaired."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

_HIDDEN = {
    "unsichtbare Zeichen (Breite null)": (
        "\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufeff\u180e\u034f\u115f\u1160\u3164"
    ),
    "Zeichen, die die Schreibrichtung umkehren": (
        "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    ),
    "unsichtbare Unicode-Tags": "".join(map(chr, range(0xE0000, 0xE0080))),
    "Steuerzeichen": "".join(map(chr, (*range(9), 0x0B, *range(0x0E, 0x1C), *range(0x7F, 0x85), *range(0x86, 0xA0)))),
}
_KIND = {char: kind for kind, chars in _HIDDEN.items() for char in chars}
_HIDDEN_RE = re.compile("[" + re.escape("".join(_KIND)) + "]")
# A zero-width joiner between two pictographs draws one picture and hides nothing.
_EMOJI_JOINER = re.compile(
    "(?<=[\u2600-\u27bf\U0001f000-\U0001faff\ufe0f])\u200d(?=[\u2600-\u27bf\U0001f000-\U0001faff])"
)
_TYPESETTING = str.maketrans(
    {
        "\u00ad": "",  # soft hyphen
        "ﬀ": "ff",
        "ﬁ": "fi",
        "ﬂ": "fl",
        "ﬃ": "ffi",
        "ﬄ": "ffl",
        "ﬅ": "st",
        "ﬆ": "st",
        "\ufffc": "",  # place of an embedded object
        "\u2010": "-",
        "\u2011": "-",  # does not break
    }
)
_TYPESETTING_RE = re.compile("[\u00adﬀ-ﬆ\ufffc\u2010\u2011]")
_SPACE = re.compile(r"\s+")


def strip_hidden(text: str, found: Counter[str]) -> str:
    """Remove characters nobody sees; count them by kind in `found`."""
    if not _HIDDEN_RE.search(text):
        return text
    text = _EMOJI_JOINER.sub("", text)
    found.update(_KIND[match.group()] for match in _HIDDEN_RE.finditer(text))
    return _HIDDEN_RE.sub("", text)


def repair_typesetting(text: str) -> str:
    """Resolve ligatures and soft hyphens and compose umlauts written as letter plus accent."""
    if _TYPESETTING_RE.search(text):
        text = text.translate(_TYPESETTING)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """Collapse all white space, including no-break spaces, to single spaces."""
    return _SPACE.sub(" ", text).strip()


def describe_hidden(found: Counter[str]) -> tuple[str, ...]:
    """Say in German what `strip_hidden` removed."""
    return tuple(f"Entfernt: {count} {kind}." for kind, count in sorted(found.items()))
