"""Entries of the public register, filled with every statement."""

from __future__ import annotations

from datetime import date
from typing import Any

from leitplanke.core.register.exports.record import (
    Behoerde,
    Einordnung,
    Energie,
    Fassung,
    Meldung,
    Pflicht,
    Pruefergebnis,
    Registereintrag,
)
from leitplanke.core.register.fields import Art, Feld, felder
from leitplanke.core.register.lifecycle import Stand
from leitplanke.core.rules.model import Words

DAY = date(2026, 11, 28)


def value_of(feld: Feld, mark: str = "") -> Any:
    """Return something that is said of its kind; `mark` makes texts recognisable."""
    text = mark or f"Etwas zu {feld.titel.de}."
    row = {one.name: "1" if one.art is Art.ZAHL else text for one in feld.spalten}
    values: dict[Art, Any] = {
        Art.AUSWAHL: next(iter(feld.optionen or {}), ""), Art.JANEIN: "ja", Art.ZAHL: "3", Art.TAG: "2026-01-01",
        Art.ZEILEN: [text], Art.TABELLE: [row],
    }  # fmt: skip
    return values.get(feld.art, text)


def everything() -> dict[str, Any]:
    """Return every statement, the internal and confidential ones marked with their name."""
    return {feld.name: value_of(feld, f"Angabe {feld.name} {feld.sicht.value}") for feld in felder()}


def entry(angaben: dict[str, Any] | None = None, **changes: Any) -> Registereintrag:
    """Return an entry with all parts."""
    values: dict[str, Any] = {
        "kennung": "7f0c1f3e-0000-4000-8000-000000000001",
        "kuerzel": "stadtassistent",
        "name": "Stadtassistent",
        "behoerde": Behoerde("Musterstadt", "musterstadt", "030 1", "rathaus@example.org", "https://stadt.example/"),
        "stelle": "Bürgeramt",
        "stand": Stand.FREIGEGEBEN,
        "stand_seit": DAY,
        "fassung": Fassung(2, "a" * 64, DAY, "https://stadt.example/nachweis/1/"),
        "angaben": everything() if angaben is None else angaben,
        "einordnung": Einordnung(
            "limited", "high", "2026-11-23", DAY, ("Art. 50",), "", ("50(1) provider",),
            (Pflicht("Art. 4", Words("Schulen"), DAY, True),),
        ),
        "pruefergebnis": Pruefergebnis("bestanden", "Nicht schlechter als Menschen.", 500, DAY, DAY),
        "meldungen": (Meldung("vorfall", "Falsche Öffnungszeit, behoben.", DAY, None),),
        "energie": Energie("120.5", 12, "geschaetzt"),
        "verweise": {"seite": "https://stadt.example/ki-register/stadtassistent/"},
    }  # fmt: skip
    return Registereintrag(**(values | changes))
