"""What leaves the register for machines: one canonical JSON document, and projections of it to other standards."""
