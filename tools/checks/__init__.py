"""The checks of the project that no linter knows; each returns its problems as German sentences."""
