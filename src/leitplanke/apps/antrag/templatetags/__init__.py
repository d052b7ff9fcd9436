"""Template tags of applications."""
