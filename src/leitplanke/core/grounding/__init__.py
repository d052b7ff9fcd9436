"""Answers that stand on quotes: choose, cite, verify, refuse."""
