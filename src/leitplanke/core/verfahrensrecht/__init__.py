"""Procedural law as dated data: Bekanntgabe, deadlines, remedies, cooperation, hearing, taking back."""

from leitplanke.core.verfahrensrecht.errors import FehltImRecht, RechtsdatenError, RechtsdatenFehler
from leitplanke.core.verfahrensrecht.fristen import Fristende, Rechtsbehelfsfrist, frist_ende, rechtsbehelfsfrist
from leitplanke.core.verfahrensrecht.kalender import LAENDER, feiertage, next_werktag
from leitplanke.core.verfahrensrecht.library import shipped, verfahrensrecht
from leitplanke.core.verfahrensrecht.model import (
    Belehrung,
    Dauer,
    Einheit,
    Fristart,
    Rechtsbehelfsart,
    Verfahrensrecht,
    Weg,
)
from leitplanke.core.verfahrensrecht.wording import filled
from leitplanke.core.verfahrensrecht.zugang import Bekanntgabe, bekanntgabe

__all__ = [
    "LAENDER",
    "Bekanntgabe",
    "Belehrung",
    "Dauer",
    "Einheit",
    "FehltImRecht",
    "Fristart",
    "Fristende",
    "Rechtsbehelfsart",
    "Rechtsbehelfsfrist",
    "RechtsdatenError",
    "RechtsdatenFehler",
    "Verfahrensrecht",
    "Weg",
    "bekanntgabe",
    "feiertage",
    "filled",
    "frist_ende",
    "next_werktag",
    "rechtsbehelfsfrist",
    "shipped",
    "verfahrensrecht",
]
