"""The OpenAPI 3.1 document of the interface, made from the same schemas that the answers are held against."""

from __future__ import annotations

from typing import Any

from leitplanke.core.register.exports.canonical import SCHEMA_VERSION
from leitplanke.core.register.exports.niederlande import dutch_schema
from leitplanke.core.register.exports.schema import (
    CLASSES,
    DIALECT,
    entry_schema,
    list_schema,
    versions_schema,
)
from leitplanke.core.register.fields import felder
from leitplanke.core.register.lifecycle import Stand

API_VERSION = "1.0.0"
JSON, JSON_LD = "application/json", "application/ld+json"
MOST_PER_PAGE, PER_PAGE = 100, 50


def openapi(server: str, title: str, schema_address: str) -> dict[str, Any]:
    """Return the document; `server` is the address under which the paths stand."""
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": DIALECT,
        "info": {
            "title": title,
            "version": API_VERSION,
            "description": "Lesende Schnittstelle des öffentlichen KI-Registers. Kein Schlüssel nötig, keine Cookies.",
        },
        "servers": [{"url": server}],
        "paths": _paths(),
        "components": {"schemas": _schemas(schema_address), "parameters": _parameters()},
    }


def _schemas(schema_address: str) -> dict[str, Any]:
    error = {"type": "object", "properties": {"fehler": {"type": "string"}}, "required": ["fehler"]}
    dutch = {
        "type": "object",
        "properties": {
            "anzahl": {"type": "integer"},
            "seite": {"type": "integer"},
            "seiten": {"type": "integer"},
            "naechste": {"type": ["string", "null"]},
            "algoritmes": {"type": "array", "items": _ref("Niederlande")},
        },
        "required": ["anzahl", "seite", "seiten", "naechste", "algoritmes"],
    }
    return {
        "Eintrag": entry_schema(schema_address),
        "Liste": list_schema(whole=False),
        "Export": list_schema(whole=True),
        "Fassungen": versions_schema(),
        "Niederlande": dutch_schema(),
        "NiederlandeListe": dutch,
        "Verknuepft": {"type": "object", "required": ["@context", "@type"]},
        "Dokument": {"type": "object"},
        "Fehler": error,
    }


def _parameters() -> dict[str, Any]:
    fields = list(felder()["lebensbereich"].optionen or {})
    rows = {
        "suche": ({"type": "string", "maxLength": 100}, "Wörter, die alle vorkommen"),
        "bereich": ({"enum": fields}, "Bereich des Lebens"),
        "klasse": ({"enum": [name for name in CLASSES if name]}, "Klasse nach der KI-Verordnung"),
        "stand": ({"enum": [stand.value for stand in Stand]}, "Stand"),
        "seite": ({"type": "integer", "minimum": 1, "default": 1}, "Seite"),
        "je_seite": (
            {"type": "integer", "minimum": 1, "maximum": MOST_PER_PAGE, "default": PER_PAGE},
            "Einträge je Seite",
        ),
    }
    found: dict[str, Any] = {
        name: {"name": name, "in": "query", "required": False, "schema": kind, "description": text}
        for name, (kind, text) in rows.items()
    }
    slug = {"type": "string", "pattern": "^[a-z0-9_-]+$"}
    found["kuerzel"] = {"name": "kuerzel", "in": "path", "required": True, "schema": slug, "description": "Kürzel"}
    version = {"enum": [SCHEMA_VERSION]}
    found["version"] = {"name": "version", "in": "path", "required": True, "schema": version, "description": "Version"}
    return found


def _paths() -> dict[str, Any]:
    filters = ("suche", "bereich", "klasse", "stand", "seite")
    one = ("kuerzel",)
    return {
        "/eintraege": _get("Einträge, kurz, gefiltert und seitenweise", "Liste", (*filters, "je_seite")),
        "/eintraege/{kuerzel}": _get("Ein Eintrag", "Eintrag", one),
        "/eintraege/{kuerzel}/fassungen": _get("Alle veröffentlichten Fassungen", "Fassungen", one),
        "/eintraege/{kuerzel}/niederlande": _get("Im niederländischen Standard 1.0.0", "Niederlande", one),
        "/eintraege/{kuerzel}/schema-org": _get("Für Suchmaschinen (schema.org)", "Verknuepft", one, JSON_LD),
        "/export.json": _get("Alle Einträge ganz, zum Übernehmen", "Export", ("seite",)),
        "/niederlande.json": _get("Alle im niederländischen Standard 1.0.0", "NiederlandeListe", ("seite",)),
        "/katalog.jsonld": _get("Das Register als Datensatz (DCAT)", "Verknuepft", (), JSON_LD),
        "/schema/eintrag-{version}.json": _get("JSON Schema eines Eintrags", "Dokument", ("version",)),
        "/openapi.json": _get("Dieses Dokument", "Dokument", ()),
    }


def _get(summary: str, schema: str, parameters: tuple[str, ...], kind: str = JSON) -> dict[str, Any]:
    answers = {"200": {"description": summary, "content": {kind: {"schema": _ref(schema)}}}}
    answers["304"] = {"description": "Unverändert (If-None-Match)"}
    if "seite" in parameters:
        answers["400"] = _error("Ein Filter ist keiner")
    if "kuerzel" in parameters or "version" in parameters:
        answers["404"] = _error("Das gibt es hier nicht")
    rows = [{"$ref": f"#/components/parameters/{name}"} for name in parameters]
    return {"get": {"summary": summary, "parameters": rows, "responses": answers}}


def _error(text: str) -> dict[str, Any]:
    return {"description": text, "content": {JSON: {"schema": _ref("Fehler")}}}


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}
