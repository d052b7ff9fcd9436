"""Salted commitments: the log shows that a personal statement was made without holding it.

Whoever has statement and salt can prove that it belongs to the entry; once the salt is deleted, nobody can find the
statement by guessing.
"""

from __future__ import annotations

import hmac
from hashlib import sha256

from leitplanke.core.merkle.canonical import canonical

SALT_SIZE = 32


def commitment(field: str, value: str, salt: bytes) -> str:
    """Return the commitment to `value` as hexadecimal digits.

    Raises:
        ValueError: the salt is too short to keep guesses out.
    """
    if len(salt) < SALT_SIZE:
        raise ValueError(f"Das Salz braucht {SALT_SIZE} zufällige Bytes.")
    return hmac.new(salt, canonical({"field": field, "value": value}), sha256).hexdigest()


def opens(expected: str, field: str, value: str, salt: bytes) -> bool:
    """Tell whether `value` and `salt` open the commitment `expected`."""
    return len(salt) >= SALT_SIZE and hmac.compare_digest(commitment(field, value, salt), expected)
