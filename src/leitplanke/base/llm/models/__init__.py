"""Tables of the door to models."""

from leitplanke.base.llm.models.aufruf import Aufruf, Ausgang, Fallschluessel, Gespeichert, Werkzeugfreigabe
from leitplanke.base.llm.models.modell import Modell, Modellstand
from leitplanke.base.llm.models.schluessel import Zaehler, Zugangsschluessel
from leitplanke.base.llm.models.snapshot import Schnappschuss
from leitplanke.base.llm.models.zweck import Zweck, Zweckmodell

__all__ = [
    "Aufruf",
    "Ausgang",
    "Fallschluessel",
    "Gespeichert",
    "Modell",
    "Modellstand",
    "Schnappschuss",
    "Werkzeugfreigabe",
    "Zaehler",
    "Zugangsschluessel",
    "Zweck",
    "Zweckmodell",
]
