"""Tables of the register."""

from leitplanke.apps.register.models.bewertung import Bewertung, Blindfall, Blindurteil, Pruefplan, Verdikt
from leitplanke.apps.register.models.eintrag import (
    PUBLIC_STATES,
    Eintrag,
    Eintragsfassung,
    Registereinstellung,
    Registerverlauf,
)
from leitplanke.apps.register.models.erklaerung import Einstufung, Erklaerung, Erklaerungsart
from leitplanke.apps.register.models.kalender import Kalenderabo
from leitplanke.apps.register.models.uebernahme import Uebernahme
from leitplanke.apps.register.models.unterlage import Messgroesse, Registerdokument, Verbrauch
from leitplanke.apps.register.models.vorfall import Massnahme, Schwere, Vorfall, Vorfallart

__all__ = [
    "PUBLIC_STATES",
    "Bewertung",
    "Blindfall",
    "Blindurteil",
    "Einstufung",
    "Eintrag",
    "Eintragsfassung",
    "Erklaerung",
    "Erklaerungsart",
    "Kalenderabo",
    "Massnahme",
    "Messgroesse",
    "Pruefplan",
    "Registerdokument",
    "Registereinstellung",
    "Registerverlauf",
    "Schwere",
    "Uebernahme",
    "Verbrauch",
    "Verdikt",
    "Vorfall",
    "Vorfallart",
]
