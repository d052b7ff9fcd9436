"""The public history of an entry: published versions, each with its evidence, and what happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from leitplanke.apps.register import labels_oeffentlich as labels
from leitplanke.apps.register.labels import ACT_LABELS
from leitplanke.apps.register.models import Registerverlauf
from leitplanke.apps.register.page_oeffentlich import language
from leitplanke.apps.register.queries import public_entries
from leitplanke.apps.register.shown import proofs_of, shown_version
from leitplanke.core.register.fields import Sicht, digest, felder, visible

if TYPE_CHECKING:
    from leitplanke.apps.register.models import Eintrag, Eintragsfassung
    from leitplanke.apps.register.shown import Site
    from leitplanke.base.accounts.models import Mandant

ENDING = {"aussetzen", "stilllegen"}


@dataclass(frozen=True, slots=True)
class PublishedVersion:
    """A version as everybody may read it.

    Attributes:
        sha256: as it stands in the evidence log; `sha256_oeffentlich` covers name and public statements.
        nachweis: address of the evidence entry, "" where there is none.
        neu: titles of the public statements that differ from the version before.
        gilt: whether it is the one that is shown now.
    """

    nummer: int
    name: str
    veroeffentlicht_am: datetime | None
    sha256: str
    sha256_oeffentlich: str
    nachweis: str
    angaben: Mapping[str, Any]
    neu: tuple[str, ...]
    gilt: bool


def published_versions(eintrag: Eintrag, site: Site) -> list[PublishedVersion]:
    """Return what the public could read at any time, the newest first."""
    shown = eintrag.gueltig_id or eintrag.bearbeitung_id
    rows = [row for row in eintrag.fassungen.order_by("nummer") if row.veroeffentlicht_am or row.pk == shown]
    proofs = proofs_of(eintrag.mandant, [eintrag])
    found: list[PublishedVersion] = []
    before: Mapping[str, Any] | None = None
    for row in rows:
        told = visible(row.angaben, Sicht.OEFFENTLICH)
        leaf = proofs.get((str(eintrag.public_id), row.sha256), "")
        address = site.url("evidence:entry", leaf) if leaf else ""
        found.append(_version(row, told, address, _changed(before, told), gilt=row.pk == shown))
        before = told
    return found[::-1]


def _version(
    row: Eintragsfassung, told: Mapping[str, Any], address: str, neu: tuple[str, ...], *, gilt: bool
) -> PublishedVersion:
    return PublishedVersion(
        nummer=row.nummer,
        name=row.name,
        veroeffentlicht_am=row.veroeffentlicht_am,
        sha256=row.sha256,
        sha256_oeffentlich=digest({"name": row.name, **told}),
        nachweis=address,
        angaben=told,
        neu=neu,
        gilt=gilt,
    )


def _changed(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> tuple[str, ...]:
    if before is None:
        return ()
    fields = (feld for feld in felder() if before.get(feld.name) != after.get(feld.name))
    return tuple(feld.titel.in_language(language()) for feld in fields)


def public_history(eintrag: Eintrag) -> list[tuple[datetime, str, str]]:
    """Return what happened in public: when, what, and why where it was stopped or ended."""
    rows = eintrag.verlauf.filter(oeffentlich=True)
    return [
        (row.am, _(labels.ACT_SENTENCES.get(row.was) or ACT_LABELS.get(row.was, row.was)), _reason(row.was, row.text))
        for row in rows
    ]


def _reason(act: str, text: str) -> str:
    return text if act in ENDING else ""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened in public, as a feed names it."""

    nummer: int
    kuerzel: str
    name: str
    am: datetime
    satz: str
    grund: str


def recent_events(mandant: Mandant, most: int) -> list[Event]:
    """Return the newest public events of entries that everybody may read."""
    rows = Registerverlauf.objects.for_mandant(mandant).filter(
        oeffentlich=True, eintrag__in=public_entries(mandant).order_by().values("pk")
    )
    rows = rows.select_related("eintrag__gueltig", "eintrag__bearbeitung")
    return [
        Event(
            row.pk, row.eintrag.kuerzel, shown_version(row.eintrag).name, row.am,
            _(labels.ACT_SENTENCES.get(row.was) or ACT_LABELS.get(row.was, row.was)), _reason(row.was, row.text),
        )
        for row in rows[:most]
    ]  # fmt: skip
