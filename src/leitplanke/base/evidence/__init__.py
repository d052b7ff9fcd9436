"""Nachweise."""
