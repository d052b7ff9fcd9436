"""What can be wrong with procedural law as data.

RechtsdatenError
├── RechtsdatenFehler   a file cannot be used; holds every finding with file and line
└── FehltImRecht        nothing is stored for this law, Land, day, way or remedy
"""

from __future__ import annotations

from collections.abc import Sequence


class RechtsdatenError(ValueError):
    """Anything that is wrong with procedural law as data; the text is German and made for people."""


class RechtsdatenFehler(RechtsdatenError):  # noqa: N818 - German for it
    """A file of procedural law cannot be used."""

    def __init__(self, findings: Sequence[str]) -> None:
        """Keep every finding."""
        self.findings = tuple(findings)
        super().__init__("\n".join(self.findings))


class FehltImRecht(RechtsdatenError):  # noqa: N818 - reads as what it says
    """Nothing is stored for what was asked."""
