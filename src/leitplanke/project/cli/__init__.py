"""The command line program `leitplanke`; each command's module is imported only when it is called."""

from leitplanke.project.cli.program import main

__all__ = ["main"]
