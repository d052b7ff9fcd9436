"""Hintergrundarbeit."""
