"""Applications: from the citizen's form over the clerk's desk to the delivered letter."""
