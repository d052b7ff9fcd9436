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
    "Leitlinienfassung",
    "Lesestand",
    "Mitzeichnung",
    "Schulungsnachweis",
    "Stelle",
    "Votum",
]
