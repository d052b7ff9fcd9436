"""Dokumente."""
