"""The workshop in which a town's AI guideline is drafted, compared and adopted."""
