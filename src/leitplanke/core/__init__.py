"""Pure Python, usable as a library: no Django, no network, no clock, no randomness (all passed in)."""
