"""Texts and formats of the interface in other languages than German."""
