"""The tree behind the evidence log."""
