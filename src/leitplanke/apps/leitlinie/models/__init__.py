"""Tables of the workshop."""

from leitplanke.apps.leitlinie.models.beitrag import Beitrag, Beitragsart, Beitragsstand
from leitplanke.apps.leitlinie.models.beschluss import Fassungsvermerk, Kenntnisnahme, Mitzeichnung, Stelle, Votum
from leitplanke.apps.leitlinie.models.einlesung import Einlesung, Lesestand
from leitplanke.apps.leitlinie.models.fassung import (
    Fassungsstand,
    Herkunft,
    Klausel,
    Klauselstand,
    Leitlinienfassung,
)
from leitplanke.apps.leitlinie.models.kommune import Kommunenangaben, Kommunenart
from leitplanke.apps.leitlinie.models.schulung import Schulungsnachweis
from leitplanke.apps.leitlinie.models.selbstbewertung import Selbstbewertung, Selbstnachweis
from leitplanke.apps.leitlinie.models.strategie import Leitbild, Messwert, Ziel, Zielstand

__all__ = [
    "Beitrag",
    "Beitragsart",
    "Beitragsstand",
    "Einlesung",
    "Fassungsstand",
    "Fassungsvermerk",
    "Herkunft",
    "Kenntnisnahme",
    "Klausel",
    "Klauselstand",
    "Kommunenangaben",
    "Kommunenart",
    "Leitbild",
    "Leitlinienfassung",
    "Lesestand",
    "Messwert",
    "Mitzeichnung",
    "Schulungsnachweis",
    "Selbstbewertung",
    "Selbstnachweis",
    "Stelle",
    "Votum",
    "Ziel",
    "Zielstand",
]
