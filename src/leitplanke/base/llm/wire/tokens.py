"""Counting tokens where the service does not say."""

from __future__ import annotations

# German has about 3.5 characters in a token of the common vocabularies; we count rather too many than too few.
CHARACTERS_PER_TOKEN = 3
TOKENS_PER_MESSAGE = 4


def estimate_tokens(characters: int, messages: int = 1) -> int:
    """Return how many tokens a text has, roughly; whoever shows it says that it is an estimate."""
    return -(-characters // CHARACTERS_PER_TOKEN) + TOKENS_PER_MESSAGE * messages
