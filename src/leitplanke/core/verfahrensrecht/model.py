"""What a letter needs from procedural law, as dated values with their norm and their source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from leitplanke.core.verfahrensrecht.errors import FehltImRecht


class Weg(StrEnum):
    """How a decision reaches the person."""

    POST = "post"
    POST_AUSLAND = "post_ausland"
    ELEKTRONISCH = "elektronisch"
    PORTAL = "portal"
    NUTZERKONTO = "nutzerkonto"
    EINSCHREIBEN = "einschreiben"
    ZUSTELLUNGSURKUNDE = "zustellungsurkunde"
    UEBERGABE = "uebergabe"


class Ausloeser(StrEnum):
    """From which event the days of a Bekanntgabe are counted."""

    AUFGABE = "aufgabe"
    ABSENDUNG = "absendung"
    BENACHRICHTIGUNG = "benachrichtigung"
    BEREITSTELLUNG = "bereitstellung"
    ABRUF = "abruf"
    UEBERGABE = "uebergabe"


class Verschiebung(StrEnum):
    """Where a day goes that falls on a Saturday, Sunday or public holiday."""

    NAECHSTER_WERKTAG = "naechster_werktag"
    KEINE = "keine"


class Fristart(StrEnum):
    """What kind of deadline ends: the law decides by it whether the end moves."""

    GESETZLICH = "gesetzlich"
    BEHOERDLICH = "behoerdlich"
    BEHOERDLICH_FESTER_TAG = "behoerdlich_fester_tag"
    LEISTUNGSZEITRAUM = "leistungszeitraum"
    TERMIN = "termin"


class Rechtsbehelfsart(StrEnum):
    """Which remedy is open; `KEINER` belongs to letters that decide nothing."""

    WIDERSPRUCH = "widerspruch"
    KLAGE = "klage"
    EINSPRUCH = "einspruch"
    KEINER = "keiner"


class Belehrung(StrEnum):
    """What the letter said about the remedy."""

    RICHTIG = "richtig"
    FEHLT = "fehlt"
    UNRICHTIG = "unrichtig"
    VERNEINT = "verneint"


class Einheit(StrEnum):
    """In what a duration is counted."""

    TAG = "tag"
    WOCHE = "woche"
    MONAT = "monat"
    JAHR = "jahr"


_PLURALS = {Einheit.TAG: "Tage", Einheit.WOCHE: "Wochen", Einheit.MONAT: "Monate", Einheit.JAHR: "Jahre"}
_SINGULARS = {Einheit.TAG: "1 Tag", Einheit.WOCHE: "1 Woche", Einheit.MONAT: "1 Monat", Einheit.JAHR: "1 Jahr"}


@dataclass(frozen=True, slots=True)
class Dauer:
    """A duration such as one month."""

    anzahl: int
    einheit: Einheit

    def __str__(self) -> str:
        """Return it as text: „1 Monat“, „14 Tage“."""
        return _SINGULARS[self.einheit] if self.anzahl == 1 else f"{self.anzahl} {_PLURALS[self.einheit]}"


@dataclass(frozen=True, slots=True)
class Stand:
    """From when to when an entry holds, both days included, and what it stands on.

    Attributes:
        quelle: keys of the sources of the file.
        ungeprueft: whether nobody has compared it with the text of the law or decision; `warum` says why.
    """

    ab: date
    bis: date | None
    quelle: tuple[str, ...]
    ungeprueft: bool = False
    warum: str = ""

    def covers(self, day: date) -> bool:
        """Tell whether it holds on `day`."""
        return self.ab <= day and (self.bis is None or day <= self.bis)


@dataclass(frozen=True, slots=True)
class Quelle:
    """A source: a statute with the day of its text, a decision, a publication."""

    key: str
    titel: str
    stand: str = ""
    adresse: str = ""


@dataclass(frozen=True, slots=True)
class Bekanntgaberegel:
    """When a decision counts as known that goes out on one way.

    Attributes:
        abruf_tage: how long it can be fetched; after that it is not made known.
        verschiebung_grund: why the day moves or does not, with the decision that says so.
    """

    weg: Weg
    stand: Stand
    norm: str
    ausloeser: Ausloeser
    dauer: Dauer | None
    verschiebung: Verschiebung
    verschiebung_grund: str = ""
    einwilligung: bool = False
    abruf_tage: int = 0
    hinweis: str = ""


@dataclass(frozen=True, slots=True)
class Fristregel:
    """How a kind of deadline ends."""

    art: Fristart
    stand: Stand
    norm: str
    verschiebung: Verschiebung
    hinweis: str = ""


@dataclass(frozen=True, slots=True)
class Rechtsbehelf:
    """A remedy with everything that the letter says about it.

    Attributes:
        gebiete: procedures for which it is open; empty means all of this law.
        stelle: where it goes, `behoerde` or `gericht`.
        belehrung: our text with the slots {behoerde}, {anschrift}, {gericht}, {gerichtsanschrift}.
        ohne_belehrung: the deadline where the instruction is missing or wrong.
    """

    art: Rechtsbehelfsart
    stand: Stand
    gebiete: tuple[str, ...]
    norm: str
    vorverfahren: str
    frist: Dauer
    frist_norm: str
    berechnung_norm: str
    stelle: str
    formen: tuple[str, ...]
    form_norm: str
    belehrung: str
    ohne_belehrung: Dauer
    ohne_belehrung_norm: str
    hinweis: str = ""


@dataclass(frozen=True, slots=True)
class Mitwirkung:
    """Asking for what is missing, and what follows from silence.

    Attributes:
        folge_nur_nach_hinweis: whether the consequence needs this written hint with a deadline before it.
        rechtsfolgen: our text with the slots {frist_ende} and {fehlendes}.
    """

    stand: Stand
    norm: str
    grenzen_norm: str
    folge: str
    folge_norm: str
    folge_nur_nach_hinweis: bool
    hinweis_norm: str
    rechtsfolgen: str
    mindestfrist: Dauer
    nachholen: str


@dataclass(frozen=True, slots=True)
class Grund:
    """A condition of the law in plain words, with its place."""

    text: str
    norm: str


@dataclass(frozen=True, slots=True)
class Anhoerung:
    """Hearing a person before a decision that takes something from them.

    Attributes:
        pflicht: `muss` or `soll`.
        entbehrlich: when it may be left out; a person judges that and writes down why.
        abschliessend: whether that list is closed.
        text: our text with the slots {vorhaben}, {gruende} and {frist_ende}.
    """

    stand: Stand
    norm: str
    pflicht: str
    entbehrlich: tuple[Grund, ...]
    abschliessend: bool
    unterbleibt: str
    heilung_norm: str
    mindestfrist: Dauer
    text: str


@dataclass(frozen=True, slots=True)
class Aufhebung:
    """A way to take back or change a decision; its conditions are questions that only a person answers."""

    key: str
    titel: str
    stand: Stand
    norm: str
    wirkung: str
    fragen: tuple[Grund, ...]
    fristen: tuple[Grund, ...]


@dataclass(frozen=True, slots=True)
class Wiedereinsetzung:
    """Being put back after a missed deadline of the law."""

    key: str
    stand: Stand
    norm: str
    antrag: Dauer
    ausschluss: Dauer
    fragen: tuple[Grund, ...]


@dataclass(frozen=True, slots=True)
class Verfahrensrecht:
    """One procedural law in one Land on one day.

    Bekanntgaben and Fristen keep every state, because the day of sending decides which of them holds.
    """

    name: str
    titel: str
    land: str
    on: date
    normen: dict[str, str]
    quellen: dict[str, Quelle]
    bekanntgaben: tuple[Bekanntgaberegel, ...]
    fristen: tuple[Fristregel, ...]
    rechtsbehelfe: tuple[Rechtsbehelf, ...]
    mitwirkung: Mitwirkung
    anhoerung: Anhoerung
    aufhebungen: tuple[Aufhebung, ...]
    wiedereinsetzungen: tuple[Wiedereinsetzung, ...]

    def bekanntgaberegel(self, weg: Weg, day: date) -> Bekanntgaberegel:
        """Return the rule for what leaves on `weg` on `day`.

        Raises:
            FehltImRecht: there is none.
        """
        for rule in self.bekanntgaben:
            if rule.weg is weg and rule.stand.covers(day):
                return rule
        ways = ", ".join(dict.fromkeys(rule.weg.value for rule in self.bekanntgaben if rule.stand.covers(day)))
        raise FehltImRecht(
            f"{self.titel}: Für den Weg „{weg.value}“ am {day:%d.%m.%Y} ist keine Bekanntgabe hinterlegt. "
            f"An diesem Tag gibt es: {ways or 'keinen Weg'}."
        )

    def fristregel(self, art: Fristart, day: date) -> Fristregel:
        """Return the rule for deadlines of a kind that begin on `day`.

        Raises:
            FehltImRecht: there is none.
        """
        for rule in self.fristen:
            if rule.art is art and rule.stand.covers(day):
                return rule
        raise FehltImRecht(
            f"{self.titel}: Für Fristen der Art „{art.value}“ am {day:%d.%m.%Y} ist keine Regel hinterlegt."
        )

    def rechtsbehelf(self, art: Rechtsbehelfsart, gebiet: str) -> Rechtsbehelf:
        """Return the remedy of a kind for a procedure such as `wohngeld`.

        Raises:
            FehltImRecht: this law knows no such remedy there; says which it knows.
        """
        fitting = [entry for entry in self.rechtsbehelfe if not entry.gebiete or gebiet in entry.gebiete]
        for entry in fitting:
            if entry.art is art:
                return entry
        known = ", ".join(dict.fromkeys(entry.art.value for entry in fitting))
        raise FehltImRecht(
            f"{self.titel}: Für „{gebiet}“ im Land {self.land} ist am {self.on:%d.%m.%Y} kein Rechtsbehelf "
            f"„{art.value}“ hinterlegt. Hinterlegt: {known or 'keiner'}. Bitte content/verfahrensrecht ergänzen "
            "und von einer Juristin oder einem Juristen prüfen lassen."
        )

    def unchecked(self) -> tuple[str, ...]:
        """Return what nobody has compared with its source, one sentence each."""
        parts: list[tuple[str, Stand]] = [(f"Bekanntgabe {r.weg.value}", r.stand) for r in self.bekanntgaben]
        parts += [(f"Frist {r.art.value}", r.stand) for r in self.fristen]
        parts += [(f"Rechtsbehelf {r.art.value}", r.stand) for r in self.rechtsbehelfe]
        parts += [("Mitwirkung", self.mitwirkung.stand), ("Anhörung", self.anhoerung.stand)]
        parts += [(r.titel, r.stand) for r in self.aufhebungen]
        parts += [(r.norm, r.stand) for r in self.wiedereinsetzungen]
        return tuple(f"{name} (ab {stand.ab:%d.%m.%Y}): {stand.warum}" for name, stand in parts if stand.ungeprueft)
