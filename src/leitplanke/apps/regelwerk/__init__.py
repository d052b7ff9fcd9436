"""Regelwerke to read, to reckon with and to change."""
