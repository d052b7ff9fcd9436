"""Benachrichtigung."""
