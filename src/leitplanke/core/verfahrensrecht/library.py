"""The procedural laws that Leitplanke ships: found by file, never named in code."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from datetime import date
from importlib import resources
from importlib.resources.abc import Traversable

from leitplanke.core.verfahrensrecht.errors import FehltImRecht, RechtsdatenFehler
from leitplanke.core.verfahrensrecht.kalender import land_code
from leitplanke.core.verfahrensrecht.loading import ALL_LAENDER, Datei, Item, read_datei, valid
from leitplanke.core.verfahrensrecht.model import Verfahrensrecht

SUFFIX = ".yaml"


def shipped() -> dict[str, Traversable]:
    """Return the file of every shipped procedural law by its name."""
    root = resources.files("leitplanke.content") / "verfahrensrecht"
    files = sorted((item for item in root.iterdir() if item.name.endswith(SUFFIX)), key=lambda item: item.name)
    return {file.name.removesuffix(SUFFIX): file for file in files}


@functools.cache
def datei(name: str) -> Datei:
    """Return a shipped file of procedural law, read and checked.

    Raises:
        FehltImRecht: there is none of this name; says which there are.
        RechtsdatenFehler: it cannot be used.
    """
    files = shipped()
    if name not in files:
        raise FehltImRecht(f"Das Verfahrensrecht „{name}“ gibt es nicht. Vorhanden: {', '.join(files) or 'keines'}.")
    found = read_datei(files[name].read_text(encoding="utf-8"), files[name].name)
    if found.name != name:
        raise RechtsdatenFehler([f"{files[name].name}:1: „name“ ist „{found.name}“, die Datei heißt „{name}“."])
    return found


def verfahrensrecht(name: str, land: str, on: date) -> Verfahrensrecht:
    """Return a procedural law as it stands in a Land on a day.

    Raises:
        FehltImRecht: there is no such law, or nothing is stored for this Land or day; says what there is.
        RechtsdatenFehler: its file cannot be used; names file, line and cause.
    """
    return select(datei(name), land, on)


def select(source: Datei, land: str, on: date) -> Verfahrensrecht:
    """Return what a file says for a Land and a day; as `verfahrensrecht`, for a file of one's own."""
    code = land_code(land)
    if ALL_LAENDER not in source.laender and code not in source.laender:
        raise FehltImRecht(
            f"{source.titel}: Für das Land {code} ist nichts hinterlegt, nur für {', '.join(source.laender)}. "
            f"Bitte content/verfahrensrecht/{source.name}{SUFFIX} ergänzen und rechtlich prüfen lassen."
        )
    return Verfahrensrecht(
        name=source.name,
        titel=source.titel,
        land=code,
        on=on,
        normen=source.normen,
        quellen=source.quellen,
        bekanntgaben=source.bekanntgaben,
        fristen=source.fristen,
        rechtsbehelfe=valid((entry.rechtsbehelf for entry in source.rechtsbehelfe if entry.land == code), on),
        mitwirkung=_only(source.mitwirkung, source, on, "Mitwirkung"),
        anhoerung=_only(source.anhoerung, source, on, "Anhörung"),
        aufhebungen=valid(source.aufhebungen, on),
        wiedereinsetzungen=valid(source.wiedereinsetzungen, on),
    )


def _only(items: Sequence[Item], source: Datei, on: date, what: str) -> Item:
    found = valid(items, on)
    if not found:
        first = min((item.stand.ab for item in items), default=None)
        since = f" Hinterlegt ist sie ab {first:%d.%m.%Y}." if first else ""
        raise FehltImRecht(f"{source.titel}: Zur {what} ist für den {on:%d.%m.%Y} nichts hinterlegt.{since}")
    return found[0]
