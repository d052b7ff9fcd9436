"""Days as a calendar file (RFC 5545), the part of it that whole-day dates need."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

PRODUCT = "-//Leitplanke//KI-Register//DE"
MOST_BYTES = 75
# What no text of a calendar may hold: control characters but tab; line breaks are written as \n.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Entry:
    """A whole day on which something is due; `uid` is the same each time the calendar is made."""

    uid: str
    day: date
    summary: str
    description: str = ""
    url: str = ""


def calendar(name: str, entries: Iterable[Entry], *, now: datetime) -> bytes:
    """Return a calendar file with these days."""
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "METHOD:PUBLISH", f"X-WR-CALNAME:{escaped(name)}"]
    for entry in entries:
        lines += _lines(entry, stamp)
    return "".join(f"{folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"]).encode()


def _lines(entry: Entry, stamp: str) -> list[str]:
    optional = [("DESCRIPTION", escaped(entry.description)), ("URL", _CONTROL.sub("", entry.url).replace("\n", ""))]
    return [
        "BEGIN:VEVENT",
        f"UID:{escaped(entry.uid)}",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{entry.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escaped(entry.summary)}",
        *(f"{name}:{value}" for name, value in optional if value),
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def escaped(text: str) -> str:
    r"""Return a text as a calendar holds it: backslash, semicolon, comma and line break are marked."""
    plain = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    marked = plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return marked.replace("\n", "\\n")


def folded(line: str) -> str:
    """Return a line cut so that no piece is longer than 75 bytes; no letter is torn apart."""
    pieces, piece, size = [], "", 0
    for char in line:
        more = len(char.encode())
        if size + more > MOST_BYTES:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + char, size + more
    return "\r\n".join([*pieces, piece])
