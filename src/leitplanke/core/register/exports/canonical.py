"""The canonical JSON document of an entry; its schema is `schema.entry_schema`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from leitplanke.core.register.exports.record import Einordnung, Registereintrag

FORMAT = "leitplanke-register"
SCHEMA_VERSION = "1.1.0"


def entry_document(entry: Registereintrag) -> dict[str, Any]:
    """Return an entry as JSON: what is unknown is null or left out of `angaben`, never made up."""
    return {
        **short_document(entry),
        "angaben": dict(entry.angaben),
        "fassung": {
            "nummer": entry.fassung.nummer,
            "veroeffentlicht_am": _day(entry.fassung.veroeffentlicht_am),
            "sha256": entry.fassung.sha256,
            "sha256_oeffentlich": entry.sha256_oeffentlich,
            "nachweis": entry.fassung.nachweis or None,
        },
        "einstufung": _class(entry.einordnung) if entry.einordnung else None,
        "bewertung": _result(entry),
        "meldungen": [
            {"art": one.art, "text": one.text, "am": _day(one.am), "erledigt_am": _day(one.erledigt_am)}
            for one in entry.meldungen
        ],
        "energie": _energy(entry),
        "verweise": dict(entry.verweise),
    }


def short_document(entry: Registereintrag) -> dict[str, Any]:
    """Return what a list says of an entry."""
    einordnung = entry.einordnung
    return {
        "format": FORMAT,
        "format_version": SCHEMA_VERSION,
        "kennung": entry.kennung,
        "kuerzel": entry.kuerzel,
        "name": entry.name,
        "adresse": entry.adresse,
        "art": entry.art,
        "behoerde": {"name": entry.behoerde.name, "kurz": entry.behoerde.kurz},
        "stelle": entry.stelle,
        "stand": {"wert": entry.stand.value, "seit": _day(entry.stand_seit), "grund": entry.grund or None},
        "klasse": einordnung.klasse if einordnung else "",
        "hausklasse": einordnung.hausklasse if einordnung else "",
        "zweck": entry.angaben.get("zweck", ""),
        "lebensbereich": entry.angaben.get("lebensbereich", ""),
    }


@dataclass(frozen=True, slots=True)
class Paging:
    """Which part of a longer list it is; `naechste` is the address of the next part, "" at the end."""

    anzahl: int
    seite: int = 1
    seiten: int = 1
    naechste: str = ""


def list_document(
    rows: Iterable[Mapping[str, Any]], behoerde: str, paging: Paging, checkpoint: Mapping[str, Any] | None
) -> dict[str, Any]:
    """Return entries, short or whole, in one document; whole ones another Leitplanke takes over."""
    return {
        "format": FORMAT,
        "format_version": SCHEMA_VERSION,
        "behoerde": behoerde,
        "anzahl": paging.anzahl,
        "seite": paging.seite,
        "seiten": paging.seiten,
        "naechste": paging.naechste or None,
        "pruefpunkt": dict(checkpoint) if checkpoint else None,
        "eintraege": [dict(row) for row in rows],
    }


def _class(einordnung: Einordnung) -> dict[str, Any]:
    return {
        "klasse": einordnung.klasse,
        "hausklasse": einordnung.hausklasse,
        "recht": einordnung.recht,
        "am": _day(einordnung.am),
        "grundlagen": list(einordnung.grundlagen),
        "ausnahme": einordnung.ausnahme or None,
        "transparenz": list(einordnung.transparenz),
        "pflichten": [
            {
                "artikel": duty.artikel,
                "titel": duty.titel.de,
                "faellig": _day(duty.faellig),
                "erfuellt": duty.erfuellt,
            }
            for duty in einordnung.pflichten
        ],
    }


def _result(entry: Registereintrag) -> dict[str, Any] | None:
    found = entry.pruefergebnis
    if found is None:
        return None
    return {
        "verdikt": found.verdikt,
        "satz": found.satz,
        "faelle": found.faelle,
        "am": _day(found.am),
        "gueltig_bis": _day(found.gueltig_bis),
    }


def _energy(entry: Registereintrag) -> dict[str, Any] | None:
    if entry.energie is None:
        return None
    return {"wh": entry.energie.wh, "monate": entry.energie.monate, "herkunft": entry.energie.herkunft}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
