"""Where a model is reached, from its row."""

from __future__ import annotations

from leitplanke.base.llm.models import Modell
from leitplanke.base.llm.transports import Target
from leitplanke.base.llm.vault import unseal

INNER = frozenset({"lokal", "eigenes_rechenzentrum"})


def target_of(row: Modell) -> Target:
    """Return where a model is reached, with its access code in clear.

    Raises:
        VaultError: the key of the house is another one.
    """
    secret = unseal(bytes(row.zugang)).decode() if row.zugang else ""
    return Target(
        row.protokoll, row.endpunkt, row.modellname, row.klasse, row.klasse in INNER, secret,
        float(row.sekunden_anfang), float(row.sekunden_gesamt),
    )  # fmt: skip
