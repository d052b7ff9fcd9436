"""The register of AI systems: what an entry says, its life cycle, and what a gate still needs."""
