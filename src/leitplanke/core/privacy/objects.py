"""Data of programs as lines of "name: value", so that what is said of a field counts for its value.

The text keeps its length and its places: signs that only hold such data together become blanks, colons and line ends.
"""

from __future__ import annotations

import re

# "name": "value" and "name": 12, also where the quotes are escaped once more.
_FIELD = re.compile(r'(\\?["\'])([\w .\-/]{1,60})(\\?["\'])(\s*):(\s*)(\\?["\']?)')
_END = re.compile(r'(?<=[^\s\\])(\\?["\'])(\s*[,}\]])')
_TAG = re.compile(r"<(/?)([A-Za-z_][\w.:-]{0,60})((?:\s[^<>]{0,200})?)>")
_VALUE = re.compile(r'"(?:[^"\\]|\\.)*"|(\[\[[A-Z_]+_[0-9]+[a-z]*\]\])')


def as_lines(text: str) -> str:
    """Return `text` with the fields of JSON and XML as lines; the same text where it holds none."""
    if '":' in text or "':" in text or re.search(r'["\']\s+:', text):
        text = _END.sub(_closed, _FIELD.sub(_opened, text))
    return _TAG.sub(_tag, text) if "</" in text else text


def quoted(text: str) -> str:
    """Return JSON in which a placeholder stands for a number with quotes around it, as JSON wants it."""
    return _VALUE.sub(lambda value: f'"{value[1]}"' if value[1] else value[0], text)


def _opened(field: re.Match[str]) -> str:
    quote, name, end, before, after, value = field.groups()
    return "\n" * len(quote) + name + ":" + " " * (len(end) + len(before) + len(after) + len(value))


def _closed(end: re.Match[str]) -> str:
    return "\n" * len(end[0])


def _tag(tag: re.Match[str]) -> str:
    slash, name, rest = tag.groups()
    if slash:
        return "\n" * len(tag[0])
    return "\n" + name + ":" + " " * len(rest)
