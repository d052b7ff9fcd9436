"""Placeholders in names of tools: strict services take letters, digits, `_` and `-` there, and no brackets."""

from __future__ import annotations

import re

_BRACKETS = re.compile(r"\[\[([A-Z_]+_[0-9]+[a-z]*)\]\]")
_PLAIN = re.compile(r"lp-([A-Z_]+_[0-9]+[a-z]*)-pl")


def without_brackets(name: str) -> str:
    """Return a name with its placeholders as a strict service takes them."""
    return _BRACKETS.sub(r"lp-\1-pl", name)


def with_brackets(name: str) -> str:
    """Return a name that a service gave back with its placeholders as they are put back."""
    return _PLAIN.sub(r"[[\1]]", name) if "lp-" in name else name
