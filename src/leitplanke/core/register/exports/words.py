"""Statements in words: options by their label, tables as lines, yes and no."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from leitplanke.core.register.fields import Art, Feld, felder

BETWEEN = " | "


def plain(feld: Feld, value: Any, language: str = "de") -> str:
    """Return a statement as text; a table has one line a row, its cells apart by a bar."""
    match feld.art:
        case Art.TABELLE:
            rows = ((str(row.get(column.name, "")) for column in feld.spalten) for row in value)
            return "\n".join(BETWEEN.join(row).rstrip(" |") for row in rows)
        case Art.ZEILEN:
            return "\n".join(map(str, value))
        case Art.AUSWAHL:
            option = (feld.optionen or {}).get(str(value))
            return option.in_language(language) if option else str(value)
        case Art.JANEIN:
            words = {"de": ("ja", "nein"), "en": ("yes", "no")}[language if language == "en" else "de"]
            return words[0] if value == "ja" else words[1]
        case _:
            return str(value)


def said(angaben: Mapping[str, Any], name: str, language: str = "de") -> str:
    """Return a statement as text, "" where nothing is said."""
    value = angaben.get(name)
    return plain(felder()[name], value, language) if value not in (None, "", []) else ""
