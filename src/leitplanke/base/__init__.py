"""Django foundation: knows no app. What it must ask of those above it declares as a Protocol."""
