"""What people type: amounts and days the way they write them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

_GROUPED = re.compile(r"\d{1,3}(?:[.]\d{3})+")
_ENGLISH = re.compile(r"\d{1,3}(?:,\d{3})*[.]\d+")
_GERMAN = re.compile(r"\d{1,3}(?:[.]\d{3})+,\d+|\d+,\d+")
_PLAIN = re.compile(r"\d+(?:[.]\d+)?")
_ENGLISH_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")
_DAY = re.compile(r"(\d{1,2})[./]\s?(\d{1,2})[./]\s?(\d{4})")
_NOISE = re.compile(r"EUR|Euro|€|%|[\s\u00a0\u202f'’]", re.IGNORECASE)
MOST_DIGITS = 30


def decimal_of(text: str, *, english: bool = False) -> Decimal | None:
    """Return the number somebody typed: „1.162,35“, „1162.35“, „1162,3“, „1.162“ (thousands), „1,162.35“, „300 €“.

    On an `english` page „1,162“ are thousands and „1.162“ are not.
    """
    short = _NOISE.sub("", text)
    sign = "-" if short[:1] in {"-", "−"} else ""
    short = short.lstrip("-−+")
    if not short or len(short) > MOST_DIGITS:
        return None
    if english and _ENGLISH_GROUPED.fullmatch(short):
        short = short.replace(",", "")
    elif not english and _GROUPED.fullmatch(short):
        short = short.replace(".", "")
    elif _GERMAN.fullmatch(short):
        short = short.replace(".", "").replace(",", ".")
    elif "," in short and _ENGLISH.fullmatch(short):
        short = short.replace(",", "")
    return Decimal(sign + short) if short.isascii() and _PLAIN.fullmatch(short) else None


def whole_number(text: str) -> int | None:
    """Return the small number that a form of ours sent, None where it did not."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None


def day_of(text: str) -> date | None:
    """Return the day somebody typed: „31.1.2025“, „31. 01. 2025“, „31/1/2025“ or „2025-01-31“."""
    short = text.strip()
    try:
        if found := _DAY.fullmatch(short):
            return date(int(found[3]), int(found[2]), int(found[1]))
        return date.fromisoformat(short)
    except ValueError:
        return None
