"""How fast the rules engine is, by itself and beside others."""
