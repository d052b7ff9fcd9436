"""HTTP that leaves the house."""
