"""Projection to the field set of the Dutch Algoritmeregister, publication standard 1.0.0.

Names and choices are those of the standard; what it says only of the Dutch administration is left out. The texts stay
German, which `lang` says; the standard itself knows only `nld`.
"""

from __future__ import annotations

from typing import Any

from leitplanke.core.register.exports.record import Registereintrag
from leitplanke.core.register.exports.words import said
from leitplanke.core.register.fields import felder
from leitplanke.core.register.lifecycle import Stand

STANDARD_VERSION = "1.0.0"
LANGUAGE = "deu"
STATUS = {
    Stand.FREIGEGEBEN: "In gebruik",
    Stand.AUSGESETZT: "Buiten gebruik",
    Stand.STILLGELEGT: "Buiten gebruik",
}
IN_DEVELOPMENT = "In ontwikkeling"
CATEGORIES = {
    "verwaltung": "Organisatie en bedrijfsvoering",
    "buergerservice": "Organisatie en bedrijfsvoering",
    "soziales": "Sociale zekerheid",
    "bildung": "Onderwijs en wetenschap",
    "gesundheit": "Zorg en gezondheid",
    "ordnung": "Openbare orde en veiligheid",
    "mobilitaet": "Verkeer",
    "bauen": "Ruimte en infrastructuur",
    "umwelt": "Natuur en milieu",
    "versorgung": "Natuur en milieu",
    "kultur": "Cultuur en recreatie",
    "wirtschaft": "Economie",
    "personal": "Werk",
}
HIGH, IMPACT, OTHER = "Hoog-risico AI-systeem", "Impactvolle algoritmes", "Overige algoritmes"
# One field of the standard stands for one of ours where `felder.yaml` names it; these need more than the text.
_OWN = {"begin_date", "end_date", "tags"}


def dutch_document(entry: Registereintrag) -> dict[str, Any]:
    """Return an entry in the field set of the standard; what is not said is null."""
    named = {feld.standard: said(entry.angaben, feld.name) or None for feld in felder() if feld.standard}
    begin, end = entry.angaben.get("seit", ""), entry.angaben.get("bis", "")
    category = CATEGORIES.get(entry.angaben.get("lebensbereich", ""))
    return {
        **{name: text for name, text in named.items() if name not in _OWN},
        "name": entry.name,
        "description_short": named["description_short"] or entry.name,
        "organization": entry.behoerde.name,
        "category": [category] if category else [],
        "status": STATUS.get(entry.stand, IN_DEVELOPMENT),
        "begin_date": begin[:7] or None,
        "end_date": end[:7] or None,
        "contact_email": named["contact_email"] or entry.behoerde.email,
        "publication_category": publication_category(entry),
        "url": entry.adresse or None,
        "lawful_basis_grouping": [],
        "process_index_url": None,
        "impacttoetsen": entry.pruefergebnis.satz if entry.pruefergebnis else None,
        "impacttoetsen_grouping": [],
        "source_data_grouping": [],
        "lang": LANGUAGE,
        "standard_version": STANDARD_VERSION,
        "source_id": entry.kennung,
        "tags": said(entry.angaben, "lebensbereich") or None,
    }


def publication_category(entry: Registereintrag) -> str:
    """Return the category of the standard: high risk by law; impact where it touches people; other otherwise."""
    found = entry.einordnung
    if found is not None and found.klasse in {"high", "prohibited"}:
        return HIGH
    strict = found is None or found.klasse == "undetermined" or found.hausklasse in {"high", "undetermined"}
    touches = entry.angaben.get("personenbezug") == "ja" and entry.angaben.get("automatisierung", "1") != "0"
    return IMPACT if strict or touches else OTHER


def dutch_schema() -> dict[str, Any]:
    """Return a schema of the field set as we fill it, for tests and for takers."""
    maybe = {"type": ["string", "null"]}
    texts = (
        "website", "url", "goal", "proportionality", "human_intervention", "risks", "lawful_basis",
        "process_index_url", "impacttoetsen", "source_data", "methods_and_models", "provider", "publiccode", "tags",
    )  # fmt: skip
    month = {"type": ["string", "null"], "pattern": "^[0-9]{4}-[0-9]{2}$"}
    grouping = {"type": "array", "items": {"type": "object", "required": ["title"]}}
    properties: dict[str, Any] = {
        **dict.fromkeys(texts, maybe),
        **dict.fromkeys(("lawful_basis_grouping", "impacttoetsen_grouping", "source_data_grouping"), grouping),
        "name": {"type": "string", "minLength": 1},
        "description_short": {"type": "string", "minLength": 1},
        "organization": {"type": "string", "minLength": 1},
        "contact_email": {"type": "string"},
        "category": {"type": "array", "items": {"enum": sorted(set(CATEGORIES.values()))}},
        "status": {"enum": [IN_DEVELOPMENT, "In gebruik", "Buiten gebruik"]},
        "begin_date": month,
        "end_date": month,
        "publication_category": {"enum": [HIGH, IMPACT, OTHER]},
        "lang": {"const": LANGUAGE},
        "standard_version": {"const": STANDARD_VERSION},
        "source_id": {"type": "string"},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": properties,
        "required": sorted(properties),
        "additionalProperties": False,
    }
