"""Wissen: answers from guidelines, laws and Satzungen with exact citations."""
