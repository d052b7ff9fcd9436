"""People's names: by what leads to them, by the names themselves, by having been named before."""
