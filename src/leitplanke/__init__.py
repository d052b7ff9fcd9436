"""Leitplanke: the system with which a German municipality uses AI responsibly."""

__version__ = "0.1.0"
