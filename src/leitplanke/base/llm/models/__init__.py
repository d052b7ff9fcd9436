"""Tables of the door to models."""

from leitplanke.base.llm.models.abweisung import Abweisung
from leitplanke.base.llm.models.aufruf import Aufruf, Ausgang, Fallschluessel, Gespeichert, Werkzeugfreigabe
from leitplanke.base.llm.models.einsicht import Einsicht
from leitplanke.base.llm.models.modell import Modell, Modellart, Modellstand
from leitplanke.base.llm.models.oeffentlich import Angabenart, Angabenstand, OeffentlicheAngabe
from leitplanke.base.llm.models.schluessel import Zaehler, Zugangsschluessel
from leitplanke.base.llm.models.snapshot import Schnappschuss
from leitplanke.base.llm.models.zweck import Zweck, Zweckmodell

__all__ = [
    "Abweisung",
    "Angabenart",
    "Angabenstand",
    "Aufruf",
    "Ausgang",
    "Einsicht",
    "Fallschluessel",
    "Gespeichert",
    "Modell",
    "Modellart",
    "Modellstand",
    "OeffentlicheAngabe",
    "Schnappschuss",
    "Werkzeugfreigabe",
    "Zaehler",
    "Zugangsschluessel",
    "Zweck",
    "Zweckmodell",
]
