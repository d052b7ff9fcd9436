"""The JSON Schema (2020-12) of the canonical document, made from the list of statements."""

from __future__ import annotations

import hashlib
from typing import Any

import rfc8785

from leitplanke.core.register.exports.canonical import FORMAT, SCHEMA_VERSION
from leitplanke.core.register.fields import MOST_CHARACTERS, Art, Feld, Sicht, felder
from leitplanke.core.register.lifecycle import Stand

DIALECT = "https://json-schema.org/draft/2020-12/schema"
CLASSES = ("", "none", "minimal", "limited", "high", "undetermined", "prohibited")
KINDS = ("ki", "automatisierung", "offen")
VERDICTS = ("bestanden", "nicht_bestanden", "unzureichend")
# What each published version said. Something else needs a new version: a new statement the second figure, one that
# went or changed its kind the first. The test says so, too.
FINGERPRINTS = {
    "1.0.0": "b37dab071a9fb415c8406ce9a48d5991dbc0bbef856a37785d284850e1ff5285",
    # With figure of benefit, list of excluded uses, people involved, council decision, and whether it stays inside.
    "1.1.0": "d15235a7d20ea81cbff7126d6ca7dd880918df308e1914d79c996478d782f77f",
}

_TEXT: dict[str, Any] = {"type": "string"}
_DAY: dict[str, Any] = {"type": "string", "format": "date"}
_MAYBE_DAY: dict[str, Any] = {"type": ["string", "null"], "format": "date"}
_MAYBE_TEXT: dict[str, Any] = {"type": ["string", "null"]}
_HASH: dict[str, Any] = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_COUNT: dict[str, Any] = {"type": "integer", "minimum": 0}


def entry_schema(address: str) -> dict[str, Any]:
    """Return the schema of `entry_document`, published at `address`."""
    return {
        "$schema": DIALECT,
        "$id": address,
        "title": "Eintrag eines KI-Registers",
        "version": SCHEMA_VERSION,
        **_object({**_short(), **_details()}),
    }


def list_schema(*, whole: bool) -> dict[str, Any]:
    """Return the schema of `list_document`, with whole or with short entries."""
    row = _object({**_short(), **_details()} if whole else _short())
    head = {"format": {"const": FORMAT}, "format_version": {"const": SCHEMA_VERSION}, "behoerde": _TEXT}
    paging = {"anzahl": _COUNT, "seite": _COUNT, "seiten": _COUNT, "naechste": _MAYBE_TEXT}
    return _object({**head, **paging, "pruefpunkt": checkpoint_schema(), "eintraege": _list(row)})


def versions_schema() -> dict[str, Any]:
    """Return the schema of the list of published versions of an entry."""
    row = {
        "nummer": {"type": "integer", "minimum": 1},
        "name": _TEXT,
        "veroeffentlicht_am": _MAYBE_TEXT,
        "gilt": {"type": "boolean"},
        "sha256": _HASH,
        "sha256_oeffentlich": _HASH,
        "nachweis": _MAYBE_TEXT,
        "angaben": statements_schema(),
    }
    head = {"format": {"const": FORMAT}, "format_version": {"const": SCHEMA_VERSION}, "kuerzel": _TEXT}
    return _object({**head, "fassungen": _list(_object(row))})


def checkpoint_schema() -> dict[str, Any]:
    """Return the schema of the newest checkpoint of the evidence log."""
    found = _object({"groesse": _COUNT, "am": _TEXT, "adresse": _TEXT, "text": _TEXT})
    return {**found, "type": ["object", "null"]}


def fingerprint() -> str:
    """Return the checksum of what the schema of this version says."""
    return hashlib.sha256(rfc8785.dumps(_object({**_short(), **_details()}))).hexdigest()


def _short() -> dict[str, Any]:
    return {
        "format": {"const": FORMAT},
        "format_version": {"const": SCHEMA_VERSION},
        "kennung": {"type": "string", "format": "uuid"},
        "kuerzel": {"type": "string", "pattern": "^[a-z0-9_-]+$"},
        "name": _TEXT,
        "adresse": _TEXT,
        "art": {"enum": list(KINDS)},
        "behoerde": _object({"name": _TEXT, "kurz": _TEXT}),
        "stelle": _TEXT,
        "stand": _object({"wert": {"enum": [stand.value for stand in Stand]}, "seit": _DAY, "grund": _MAYBE_TEXT}),
        "klasse": {"enum": list(CLASSES)},
        "hausklasse": {"enum": list(CLASSES)},
        "zweck": _TEXT,
        "lebensbereich": _TEXT,
    }


def _details() -> dict[str, Any]:
    duty = _object({"artikel": _TEXT, "titel": _TEXT, "faellig": _DAY, "erfuellt": {"type": "boolean"}})
    version = {
        "nummer": {"type": "integer", "minimum": 1},
        "veroeffentlicht_am": _MAYBE_DAY,
        "sha256": _HASH,
        "sha256_oeffentlich": _HASH,
        "nachweis": _MAYBE_TEXT,
    }
    ruling = {
        "klasse": {"enum": list(CLASSES)},
        "hausklasse": {"enum": list(CLASSES)},
        "recht": _TEXT,
        "am": _DAY,
        "grundlagen": _list(_TEXT),
        "ausnahme": _MAYBE_TEXT,
        "transparenz": _list(_TEXT),
        "pflichten": _list(duty),
    }
    result = {
        "verdikt": {"enum": list(VERDICTS)},
        "satz": _TEXT,
        "faelle": _COUNT,
        "am": _DAY,
        "gueltig_bis": _DAY,
    }
    energy = {"wh": {"type": "string", "pattern": "^[0-9]+([.][0-9]+)?$"}, "monate": _COUNT, "herkunft": _TEXT}
    return {
        "angaben": statements_schema(),
        "fassung": _object(version),
        "einstufung": _maybe(ruling),
        "bewertung": _maybe(result),
        "meldungen": _list(_object({"art": _TEXT, "text": _TEXT, "am": _DAY, "erledigt_am": _MAYBE_DAY})),
        "energie": _maybe(energy),
        "verweise": {"type": "object", "additionalProperties": _TEXT},
    }


def statements_schema() -> dict[str, Any]:
    """Return the schema of the public statements; none must be there, none else may be."""
    public = {feld.name: _statement(feld) for feld in felder() if feld.sicht is Sicht.OEFFENTLICH}
    return {"type": "object", "properties": public, "additionalProperties": False}


def _statement(feld: Feld) -> dict[str, Any]:
    words = {"title": feld.titel.de, "x-title-en": feld.titel.in_language("en"), "x-gruppe": feld.gruppe}
    return {**words, **_kind(feld)}


def _kind(feld: Feld) -> dict[str, Any]:
    if feld.art is Art.TABELLE:
        columns = {
            column.name: {"title": column.titel.de, "x-title-en": column.titel.in_language("en"), **_TEXT}
            for column in feld.spalten
        }
        return _list({"type": "object", "properties": columns, "additionalProperties": False})
    if feld.art is Art.AUSWAHL:
        options = feld.optionen or {}
        labels = {name: {"de": one.de, "en": one.in_language("en")} for name, one in options.items()}
        return {"enum": list(options), "x-optionen": labels}
    text = {"type": "string", "maxLength": feld.hoechstens or MOST_CHARACTERS}
    simple = {
        Art.ZEILEN: _list(_TEXT),
        Art.JANEIN: {"enum": ["ja", "nein"]},
        Art.ZAHL: {"type": "string", "pattern": "^-?[0-9]+([.][0-9]+)?$"},
        Art.TAG: _DAY,
    }
    return simple.get(feld.art, text)


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _maybe(properties: dict[str, Any]) -> dict[str, Any]:
    return {**_object(properties), "type": ["object", "null"]}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}
