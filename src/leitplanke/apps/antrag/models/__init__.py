"""What is kept of applications."""

from leitplanke.apps.antrag.models.angaben import Angabe, Angabenstand, Quelle, Urteil, Vorentscheidung
from leitplanke.apps.antrag.models.antrag import (
    Aktenzeichenfolge,
    Antrag,
    Beteiligte,
    Beteiligung,
    Kanal,
    Rechenstand,
    Verfahrenseinstellung,
)
from leitplanke.apps.antrag.models.belege import Beleg, Belegstand, Fundweg, Vorschlag, Vorschlagsstand
from leitplanke.apps.antrag.models.daten import Berichtigung, Berichtigungsstand, Loeschsperre, Neuberechnung
from leitplanke.apps.antrag.models.entscheidung import Entscheidung, Entscheidungsart, Entscheidungsstand
from leitplanke.apps.antrag.models.rechtsbehelf import Rechtsbehelf, Rechtsbehelfsstand
from leitplanke.apps.antrag.models.rueckruf import Rueckruf
from leitplanke.apps.antrag.models.schreiben import Briefstand, Schreiben, Versandweg
from leitplanke.apps.antrag.models.textbausteine import Textbaustein
from leitplanke.apps.antrag.models.verlauf import Einsicht, Frist, Fristart, Mitteilung, Richtung, Verlauf

__all__ = [
    "Aktenzeichenfolge",
    "Angabe",
    "Angabenstand",
    "Antrag",
    "Beleg",
    "Belegstand",
    "Berichtigung",
    "Berichtigungsstand",
    "Beteiligte",
    "Beteiligung",
    "Briefstand",
    "Einsicht",
    "Entscheidung",
    "Entscheidungsart",
    "Entscheidungsstand",
    "Frist",
    "Fristart",
    "Fundweg",
    "Kanal",
    "Loeschsperre",
    "Mitteilung",
    "Neuberechnung",
    "Quelle",
    "Rechenstand",
    "Rechtsbehelf",
    "Rechtsbehelfsstand",
    "Richtung",
    "Rueckruf",
    "Schreiben",
    "Textbaustein",
    "Urteil",
    "Verfahrenseinstellung",
    "Verlauf",
    "Versandweg",
    "Vorentscheidung",
    "Vorschlag",
    "Vorschlagsstand",
]
