"""Text that is written in another way, so that nobody sees what it says: base64, hex, entities, escapes."""

from __future__ import annotations

import base64
import binascii
import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from leitplanke.core.privacy.model import Findings, Signal, Span

Find = Callable[[str], Findings]
# From so many signs on a run may hide a name; from so many on, what nobody can read is not let pass unseen.
SHORTEST, LONG = 20, 256
_SIGNS = "A-Za-z0-9+/_-"
_RUN = re.compile(rf"(?<![{_SIGNS}])(?:[{_SIGNS}]{{60,}}(?:\r?\n[{_SIGNS}]+)+|[{_SIGNS}]{{{SHORTEST},}})={{0,2}}")
_HEX = re.compile(r"(?:[0-9a-fA-F]{2})+")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})")
_LINES = re.compile(r"\r?\n")
_DEPTH = 2
_READABLE = 0.9
_BEYOND_LATIN = "\u0250"


@dataclass(frozen=True, slots=True)
class Decoded:
    """What a text says when it is read the other way.

    Attributes:
        spans: runs that hold personal data; they can be masked as a whole.
        signals: of special categories in what was decoded; their places are those of the runs.
        personal: something personal was found that no span covers.
        checkable: False where something was found that cannot be masked, or nobody can read a long run.
    """

    spans: tuple[Span, ...] = ()
    signals: tuple[Signal, ...] = ()
    personal: bool = False
    checkable: bool = True


NOTHING = Decoded()


def look_behind(text: str, found: Findings, find: Find) -> Decoded:
    """Return what is hidden in `text` beside `found`, which is what it says as it stands."""
    spans: list[Span] = []
    signals: list[Signal] = []
    checkable = True
    for run in _RUN.finditer(text):
        said, readable = _behind(run[0], find, _DEPTH)
        checkable = checkable and readable
        spans += [Span(run.start(), run.end(), span.label, span.score) for span in said.spans[:1]]
        signals += [Signal(run.start(), run.end(), one.category, one.personal) for one in said.signals]
    personal = False
    for other in _rewritten(text):
        said = find(other)
        if len(said.spans) > len(found.spans) or not said.categories <= found.categories:
            personal, checkable = personal or bool(said.spans), False
            signals += [Signal(0, len(text), one.category, one.personal) for one in said.signals]
    if not spans and not signals and checkable:
        return NOTHING
    return Decoded(tuple(spans), tuple(signals), personal, checkable)


def _behind(run: str, find: Find, depth: int) -> tuple[Findings, bool]:
    """Return what a run says, and whether somebody could read it or it is too short to matter."""
    plain = _LINES.sub("", run)
    text = _text_of(plain)
    if text is None:
        return Findings(), not _looks_encoded(plain)
    found = find(text)
    if found.spans or found.signals or depth == 1:
        return found, True
    for inner in _RUN.finditer(text):
        said, readable = _behind(inner[0], find, depth - 1)
        if said.spans or said.signals or not readable:
            return said, readable
    return found, True


def _text_of(run: str) -> str | None:
    for raw in _bytes_of(run):
        for encoding in ("utf-8", "utf-16-le"):
            text = raw.decode(encoding, "replace")
            good = sum(sign.isprintable() or sign in "\r\n\t" for sign in text) - 2 * text.count("\ufffd")
            if text and good >= _READABLE * len(text) and (encoding == "utf-8" or max(text) < _BEYOND_LATIN):
                return text
    return None


def _bytes_of(run: str) -> Iterator[bytes]:
    if _HEX.fullmatch(run):
        yield bytes.fromhex(run)
    data = run.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        yield base64.b64decode(data + "=" * (-len(data) % 4), validate=True)
    except binascii.Error:
        return


def _looks_encoded(run: str) -> bool:
    """Tell whether a long run is data rather than a line of signs or a path."""
    kinds = (str.isdigit, str.isupper, str.islower)
    return len(run) >= LONG and len(set(run)) >= 32 and all(any(map(kind, run)) for kind in kinds)


def _rewritten(text: str) -> Iterator[str]:
    """Yield the text with entities, percent signs and escapes read, where it has some."""
    if "&" in text and (plain := html.unescape(text)) != text:
        yield plain
    if "%" in text and (plain := unquote(text)) != text:
        yield plain
    if "\\" in text and (plain := _ESCAPE.sub(_sign, text)) != text:
        yield plain


def _sign(escape: re.Match[str]) -> str:
    return chr(int(escape[1] or escape[2], 16))
