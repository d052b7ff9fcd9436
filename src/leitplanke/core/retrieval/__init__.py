"""Documents in, passages found: extraction, splitting, index and ranking."""
