"""Tenants and people: Mandant, Person, Mitgliedschaft, Rolle, and who may do what."""
