"""Thin Django shells, one per area a person would name."""
