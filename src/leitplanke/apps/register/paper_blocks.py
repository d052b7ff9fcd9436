"""The composed blocks of guided documents: what the register knows of an entry beyond its statements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.formats import date_format

from leitplanke.apps.register.declared import Declared
from leitplanke.apps.register.declaring import ARTEN
from leitplanke.apps.register.duties import duties_of
from leitplanke.apps.register.labels import CLASS_LABELS
from leitplanke.apps.register.models import Erklaerungsart
from leitplanke.core.register.papers import Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from leitplanke.apps.register.models import Bewertung, Einstufung, Eintrag


def public_blocks_for(eintrag: Eintrag) -> dict[str, tuple[Paragraph, ...]]:
    """Return the blocks that everybody may read: no names of staff, and only what holds for the version that is shown.

    A block that is not here stays out of public documents.
    """
    version = eintrag.shown_version
    system = version.wesentlich_sha256 if version is not None else ""
    return {
        "stelle": tuple(_office(eintrag, public=True)),
        "einstufung": tuple(_classification(eintrag.einstufungen.filter(wesentlich_sha256=system).first())),
        "bewertung": tuple(_evaluation(eintrag.bewertungen.filter(wesentlich_sha256=system).first())),
    }


def blocks_for(eintrag: Eintrag) -> dict[str, tuple[Paragraph, ...]]:
    """Return every block of an entry by name, as it is today."""
    today = timezone.localdate()
    declared, einstufung = Declared.of(eintrag, today), eintrag.einstufungen.first()
    return {
        "stelle": tuple(_office(eintrag)),
        "einstufung": tuple(_classification(einstufung)),
        "pflichten": tuple(_duties(einstufung, declared)),
        "erklaerungen": tuple(_declarations(declared)),
        "bewertung": tuple(_evaluation(eintrag.bewertungen.first())),
        "vorfaelle": tuple(_incidents(eintrag)),
        "verbrauch": tuple(_figures(eintrag)),
    }


def _value(label: str, text: str, *, missing: bool = False) -> Paragraph:
    return Paragraph("angabe", text, label, open=missing)


def _day(value: date) -> str:
    return date_format(value, "j. F Y")


def _office(eintrag: Eintrag, *, public: bool = False) -> Iterable[Paragraph]:
    yield _value("Verantwortliche Stelle", f"{eintrag.mandant.name}, {eintrag.einheit.name}")
    named = eintrag.verantwortlich
    if not public:
        yield _value("Verantwortliche Person", named.person.name if named else "Noch offen", missing=named is None)
    phone = eintrag.einheit.telefon or eintrag.mandant.telefon
    yield _value("Kontakt", ", ".join(part for part in (phone, eintrag.mandant.email) if part) or "Noch offen")


def _classification(einstufung: Einstufung | None) -> Iterable[Paragraph]:
    if einstufung is None:
        yield _value("Einstufung nach der KI-Verordnung", "Noch offen", missing=True)
        return
    result: dict[str, Any] = einstufung.ergebnis
    yield _value("Klasse nach der KI-Verordnung", CLASS_LABELS[result["legal_class"]])
    if result["house_class"] != result["legal_class"]:
        yield _value("Klasse nach Regel der Kommune", CLASS_LABELS[result["house_class"]])
    if basis := "; ".join(result["legal_basis"]):
        yield _value("Grundlage", basis)
    if result["exemption"]:
        yield _value("Ausnahme", str(result["exemption"]))
    if transparency := "; ".join(one["title"]["de"] for one in result["transparency"]):
        yield _value("Transparenz", transparency)
    doubts = tuple((row["why"]["de"],) for row in result["doubts"])
    if doubts:
        yield Paragraph("liste", label="Zweifel", rows=doubts)
    yield _value(
        "Stand des Rechts", f"{einstufung.law_version}, eingestuft am {_day(timezone.localdate(einstufung.am))}"
    )


def _duties(einstufung: Einstufung | None, declared: Declared) -> Iterable[Paragraph]:
    rows = tuple(
        (
            duty.article,
            duty.title.de,
            _day(duty.due),
            "erfüllt" if duty.fulfilled else "offen",
        )
        for duty in duties_of(einstufung, declared)
    )
    if rows:
        yield Paragraph("tabelle", label="Pflichten", columns=("Artikel", "Pflicht", "Ab", "Stand"), rows=rows)


def _declarations(declared: Declared) -> Iterable[Paragraph]:
    rows = tuple(
        (
            row.get_art_display(),
            str(ARTEN[Erklaerungsart(row.art)].ergebnisse.get(row.ergebnis, row.ergebnis)),
            _day(timezone.localdate(row.am)),
            "gilt" if declared.holds(row) else "veraltet",
        )
        for row in declared.newest.values()
        if row.art != Erklaerungsart.PFLICHT
    )
    if rows:
        yield Paragraph("tabelle", label="Erklärungen", columns=("Was", "Ergebnis", "Am", "Stand"), rows=rows)


def _evaluation(newest: Bewertung | None) -> Iterable[Paragraph]:
    if newest is None:
        yield _value("Vergleich mit Menschen", "Es liegt keine Bewertung vor.")
        return
    yield _value("Vergleich mit Menschen", f"{newest.get_verdikt_display()}: {newest.satz}")
    yield _value("Gilt bis", _day(newest.gueltig_bis))


def _incidents(eintrag: Eintrag) -> Iterable[Paragraph]:
    total = eintrag.vorfaelle.count()
    waiting = eintrag.vorfaelle.filter(erledigt_am__isnull=True).count()
    yield _value("Meldungen", f"{total}, davon offen {waiting}")


def _figures(eintrag: Eintrag) -> Iterable[Paragraph]:
    rows = tuple(
        (f"{row.monat:%m.%Y}", row.get_groesse_display(), f"{row.wert.normalize():f}".replace(".", ","))
        for row in eintrag.verbrauch.order_by("-monat", "groesse")[:36]
    )
    if rows:
        yield Paragraph("tabelle", label="Energie und Kosten", columns=("Monat", "Größe", "Wert"), rows=rows)
