"""What can be wrong with a Regelwerk or a case, said so that an expert can mend it.

RulesError
├── RegelwerkError    the rule set cannot be used; holds every finding with file, line and cause
├── FormulaError      one formula cannot be read or does not fit; the reader adds file and line
└── FactError         a case states something that its Angabe does not allow
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_LISTED = 20


def listed(names: Sequence[str]) -> str:
    """Return possibilities for a message; of very many only the first."""
    more = f" und {len(names) - _LISTED} weitere" if len(names) > _LISTED else ""
    return ", ".join(names[:_LISTED]) + more


class RulesError(ValueError):
    """Anything that is wrong with rules or facts; the text is German and made for people."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of a Regelwerk: where, and what to do."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        """Return the finding as one line."""
        return f"{self.file}:{self.line}: {self.message}" if self.file else self.message


class RegelwerkError(RulesError):
    """A Regelwerk cannot be used."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        """Keep every finding; at most twenty are shown in the message."""
        self.findings = tuple(findings)
        shown = [str(finding) for finding in self.findings[:20]]
        if len(self.findings) > len(shown):
            shown.append(f"… und {len(self.findings) - len(shown)} weitere")
        super().__init__("\n".join(shown))


class FormulaError(RulesError):
    """A formula cannot be read, or its parts do not fit together."""


class FactError(RulesError):
    """A case states something that cannot be."""
