"""What can go wrong on the way out.

`offline`, `adresse_ungueltig`, `adresse_gesperrt`, `nicht_freigegeben`, `umleitung`: we refuse.
`unerreichbar`, `tls`, `zeit_anfang`, `zeit_gesamt`, `abgebrochen`, `antwort_zu_gross`, `antwort_unlesbar`: it failed.
"""

from __future__ import annotations


class OutboundError(Exception):
    """Nothing was sent, or no whole answer came; `code` says why and holds nothing of what was sent."""

    def __init__(self, code: str) -> None:
        """Say what happened."""
        super().__init__(code)
        self.code = code
