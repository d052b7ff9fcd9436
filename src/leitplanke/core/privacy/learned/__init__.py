"""Names that no rule finds, by weights learned from labelled texts."""
