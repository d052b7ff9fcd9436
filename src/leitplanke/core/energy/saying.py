"""What a figure says of itself: in words, with what is in it and what is not; never more precise than it is."""

from __future__ import annotations

import enum
from decimal import Decimal
from functools import cache

from leitplanke.core.energy.estimating import Energy, Method

DIGITS = 2
MILLION = 1_000_000


class Part(enum.StrEnum):
    """Something that needs energy."""

    WRITTEN = "geschriebene_token"
    READ = "gelesene_token"
    CENTRE = "rechenzentrum"
    IDLE = "leerlauf"
    OTHER_PROGRAMS = "andere_programme"
    POWER_SUPPLY = "netzteil"
    TRAINING = "training"
    MANUFACTURE = "herstellung"
    NETWORK = "netz"
    DEVICE = "endgeraet"


PART_WORDS = {
    Part.WRITTEN: "geschriebene Token",
    Part.READ: "gelesene Token",
    Part.CENTRE: "Aufschlag des Rechenzentrums (Kühlung, Umwandlung)",
    Part.IDLE: "Anteil am Leerlauf des Rechners",
    Part.OTHER_PROGRAMS: "andere Programme auf demselben Rechner",
    Part.POWER_SUPPLY: "Verluste im Netzteil, Lüfter, Platten",
    Part.TRAINING: "Training des Modells",
    Part.MANUFACTURE: "Herstellung der Geräte",
    Part.NETWORK: "Netz",
    Part.DEVICE: "Gerät am Arbeitsplatz",
}
METHOD_WORDS = {
    Method.MEASURED: "gemessen",
    Method.POWER: "Leistung mal Zeit",
    Method.PARAMETERS: "aus bekannter Größe geschätzt",
    Method.ESTIMATE: "grob geschätzt, Größe unbekannt",
}
UNMETERED_WORDS = "Ein Zähler sollte messen und war nicht lesbar."
_ALWAYS = (Part.WRITTEN, Part.READ, Part.CENTRE)
_NEVER = (Part.TRAINING, Part.MANUFACTURE, Part.NETWORK, Part.DEVICE)


def including(energy: Energy) -> tuple[Part, ...]:
    """Return what is in a figure."""
    return _parts(energy.method, idle=energy.idle)[0]


def not_including(energy: Energy) -> tuple[Part, ...]:
    """Return what is not in a figure; together with `including`, what people ask for."""
    return _parts(energy.method, idle=energy.idle)[1]


@cache
def _parts(method: Method, *, idle: bool) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    inside, outside = list(_ALWAYS), list(_NEVER)
    if method is Method.MEASURED:  # a meter sees chips, not the box around them, and cannot tell who drew what
        inside.append(Part.OTHER_PROGRAMS)
        outside.insert(0, Part.POWER_SUPPLY)
    (inside if idle else outside).append(Part.IDLE)
    return tuple(inside), tuple(outside)


def in_words(energy: Energy) -> str:
    """Return a figure in German as a person reads it: the range, the method, what is in it and what is not."""
    low, high = (said(uwh / MILLION) for uwh in (energy.low_uwh, energy.high_uwh))
    span = f"rund {high}" if low == high else f"{low} bis {high}"
    sentences = [f"{span} Wh (Methode {energy.method}: {METHOD_WORDS[energy.method]})."]
    if energy.unmetered:
        sentences.append(UNMETERED_WORDS)
    sentences.append(f"Enthalten: {', '.join(PART_WORDS[part] for part in including(energy))}.")
    sentences.append(f"Nicht enthalten: {', '.join(PART_WORDS[part] for part in not_including(energy))}.")
    return " ".join(sentences)


def rounded(value: float) -> Decimal:
    """Return a figure with two significant digits, since no more are known."""
    found = Decimal(f"{Decimal(f'{value:.{DIGITS}g}'):f}")  # never as a power of ten
    return found.quantize(Decimal(1)) if found == found.to_integral_value() else found


def said(value: float) -> str:
    """Return a figure with two significant digits in German."""
    return f"{rounded(value):,f}".translate(str.maketrans(",.", ".,"))
