"""Linked data: schema.org for search engines, a DCAT catalogue for data portals; both as JSON-LD."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from leitplanke.core.register.exports.record import Behoerde, Registereintrag
from leitplanke.core.register.exports.words import said

DCAT_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "lp": "urn:leitplanke:",
}
THEME = "http://publications.europa.eu/resource/authority/data-theme/GOVE"
GERMAN = "http://publications.europa.eu/resource/authority/language/DEU"
MEDIA = "https://www.iana.org/assignments/media-types/"


def schema_org(entry: Registereintrag) -> dict[str, Any]:
    """Return an entry as `SoftwareApplication`, without what is not said."""
    found = {
        "@context": "https://schema.org",
        "@type": "SoftwareApplication",
        "@id": entry.adresse,
        "identifier": entry.kennung,
        "name": entry.name,
        "description": entry.angaben.get("zweck", ""),
        "applicationCategory": said(entry.angaben, "lebensbereich"),
        "url": entry.adresse,
        "inLanguage": "de",
        "creativeWorkStatus": entry.stand.value,
        "version": str(entry.fassung.nummer),
        "datePublished": entry.fassung.veroeffentlicht_am.isoformat() if entry.fassung.veroeffentlicht_am else "",
        "maintainer": _organization(entry),
        "provider": _named("Organization", entry.angaben.get("anbieter", "")),
        "audience": _named("Audience", entry.angaben.get("betroffene", ""), "audienceType"),
        "isBasedOn": entry.angaben.get("quelltext", ""),
    }
    return {name: value for name, value in found.items() if value}


def _organization(entry: Registereintrag) -> dict[str, Any]:
    contact = {
        "@type": "ContactPoint",
        "email": entry.angaben.get("kontakt_email") or entry.behoerde.email,
        "telephone": entry.behoerde.telefon,
    }
    return {
        "@type": "GovernmentOrganization",
        "name": entry.behoerde.name,
        "department": _named("GovernmentOrganization", entry.stelle),
        "contactPoint": {name: value for name, value in contact.items() if value},
    }


def _named(kind: str, name: str, key: str = "name") -> dict[str, str] | None:
    return {"@type": kind, key: name} if name else None


@dataclass(frozen=True, slots=True)
class Verteilung:
    """A form in which the register can be had."""

    titel: str
    adresse: str
    art: str


@dataclass(frozen=True, slots=True)
class Seite:
    """An entry as the catalogue names it."""

    kennung: str
    name: str
    zweck: str
    adresse: str


def dcat_catalogue(  # noqa: PLR0913 - what a catalogue consists of
    behoerde: Behoerde,
    address: str,
    distributions: Iterable[Verteilung],
    entries: Iterable[Seite],
    *,
    changed: date | None,
    checkpoint: Mapping[str, Any] | None,
) -> dict[str, Any]:
    """Return the register as a data set with its forms; the newest checkpoint of the evidence log goes with it."""
    title = f"KI-Register {behoerde.name}"
    dataset = {
        "@id": f"{address}#datensatz",
        "@type": "dcat:Dataset",
        "dct:title": _german(title),
        "dct:description": _german(
            "Alle Systeme mit künstlicher Intelligenz und andere Automatisierung, die hier im Einsatz sind: "
            "Zweck, Risiko, Prüfung, Zuständigkeit."
        ),
        "dct:publisher": _publisher(behoerde),
        "dcat:contactPoint": _contact(behoerde),
        "dcat:theme": {"@id": THEME},
        "dct:language": {"@id": GERMAN},
        "dcat:landingPage": {"@id": address},
        **({"dct:modified": {"@value": changed.isoformat(), "@type": "xsd:date"}} if changed else {}),
        "dcat:distribution": [_distribution(address, one) for one in distributions],
        "dct:hasPart": [_part(one) for one in entries],
    }
    return {
        "@context": DCAT_CONTEXT,
        "@id": address,
        "@type": "dcat:Catalog",
        "dct:title": _german(title),
        "dct:publisher": _publisher(behoerde),
        "dcat:dataset": [dataset],
        "lp:pruefpunkt": dict(checkpoint) if checkpoint else None,
    }


def _part(one: Seite) -> dict[str, Any]:
    return {
        "@id": one.adresse,
        "@type": "dcat:Resource",
        "dct:identifier": one.kennung,
        "dct:title": _german(one.name),
        "dct:description": _german(one.zweck),
        "foaf:page": {"@id": one.adresse},
    }


def _german(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "de"}


def _publisher(behoerde: Behoerde) -> dict[str, Any]:
    return {"@type": "foaf:Agent", "foaf:name": behoerde.name, "@id": behoerde.adresse}


def _contact(behoerde: Behoerde) -> dict[str, Any]:
    found: dict[str, Any] = {"@type": "vcard:Organization", "vcard:fn": behoerde.name}
    if behoerde.email:
        found["vcard:hasEmail"] = {"@id": f"mailto:{behoerde.email}"}
    return found


def _distribution(address: str, one: Verteilung) -> dict[str, Any]:
    return {
        "@id": f"{address}#{one.art.replace('/', '-')}",
        "@type": "dcat:Distribution",
        "dct:title": _german(one.titel),
        "dcat:accessURL": {"@id": one.adresse},
        "dcat:downloadURL": {"@id": one.adresse},
        "dcat:mediaType": {"@id": MEDIA + one.art},
    }
