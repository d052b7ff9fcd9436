"""Oberfläche."""
