"""Simulation: what law, or a change of it, comes to over many cases."""
