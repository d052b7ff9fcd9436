"""The one error of reading documents."""

from __future__ import annotations


class ExtractionError(Exception):
    """A file could not be read.

    Attributes:
        code: machine-readable reason: `broken`, `dtd`, `embedded`, `empty`, `encrypted`, `macro`, `no_text`,
            `scan`, `too_large`, `unknown_type` or `wrong_extension`.
        message: German, for people: what is wrong and what to do.
        name: the file, "" where the caller has not said.
    """

    def __init__(self, code: str, message: str, name: str = "") -> None:
        """Keep the code apart from the message."""
        super().__init__(message)
        self.code = code
        self.message = message
        self.name = name

    def named(self, name: str) -> ExtractionError:
        """Return the same error with the name of its file."""
        return ExtractionError(self.code, self.message, self.name or name)

    def __str__(self) -> str:
        """Show the file before the message."""
        return f"{self.name}: {self.message}" if self.name else self.message
