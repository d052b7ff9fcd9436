"""Bytes to text: UTF-8 first, what old programs wrote otherwise."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leitplanke.core.retrieval.extract.builder import TextBuilder

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_GUESSED = (
    "Die Zeichen der Datei sind nicht als UTF-8 lesbar; sie wurde als Windows-1252 gelesen. "
    "Bitte prüfen Sie Umlaute und Sonderzeichen."
)


def decode(data: bytes, builder: TextBuilder) -> str:
    """Return the text; a byte order mark decides, then UTF-8, then Windows-1252 with a finding."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, errors="replace")
            break
    else:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            builder.find(_GUESSED)
            text = data.decode("cp1252", errors="replace")
    if "\0" in text:
        builder.hidden["Steuerzeichen"] += text.count("\0")
        text = text.replace("\0", "")
    return text
