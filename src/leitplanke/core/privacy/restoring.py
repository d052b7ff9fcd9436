"""Putting names back, in whole texts and in streams, as text and inside JSON strings."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping

from leitplanke.core.privacy.placeholders import OPEN_END, Restored, apply_edits, restoring_edits


def json_escaped(value: str) -> str:
    """Return `value` as it stands between the quotation marks of a JSON string."""
    try:
        value.encode()
    except UnicodeEncodeError:  # half of a surrogate pair has no bytes; JSON can still name it
        return json.dumps(value)[1:-1]
    return json.dumps(value, ensure_ascii=False)[1:-1]


def restore_text(text: str, values: Mapping[str, str], *, in_json: bool = False) -> Restored:
    """Return `text` with the values of all placeholders that were issued.

    `in_json` is for text that is itself JSON (structured output, arguments of a tool): values are escaped there.
    """
    if "[[" not in text:
        return Restored(text)
    edits, unknown = restoring_edits(text, values, json_escaped if in_json else None)
    return Restored(apply_edits(text, edits), _once(unknown))


class StreamRestorer:
    """Restores a text that comes in pieces; what comes out, joined, is what `restore_text` makes of the whole.

    It keeps back at most an open placeholder (never more than 51 characters), and a single `[` at the end of a piece.
    """

    __slots__ = ("_escape", "_held", "_unknown", "_values")

    def __init__(self, values: Mapping[str, str], *, in_json: bool = False) -> None:
        """Take the issued placeholders; see `restore_text` for `in_json`."""
        self._values = values
        self._escape: Callable[[str], str] | None = json_escaped if in_json else None
        self._held = ""
        self._unknown: list[str] = []

    @property
    def unknown(self) -> tuple[str, ...]:
        """Return what looked like a placeholder so far and was never issued."""
        return _once(self._unknown)

    def feed(self, chunk: str) -> str:
        """Return what can be shown now that `chunk` has come."""
        if not self._held and "[" not in chunk:
            return chunk
        text = self._held + chunk
        opened = OPEN_END.search(text, max(0, text.rfind("[") - 1))
        self._held = text[opened.start() :] if opened else ""
        return self._restored(text[: opened.start()] if opened else text)

    def finish(self) -> str:
        """Return what was still kept back; nothing can follow."""
        text, self._held = self._held, ""
        return self._restored(text)

    def _restored(self, text: str) -> str:
        if "[[" not in text:
            return text
        edits, unknown = restoring_edits(text, self._values, self._escape)
        self._unknown += unknown
        return apply_edits(text, edits)


def _once(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found))
