"""A case as data: everything that is kept about it, for exports and for the person it is about.

Of employees only role and unit are told; by name only those who must answer for a decision or a released letter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from leitplanke.base.evidence.models import Leaf

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from leitplanke.apps.antrag.models import Antrag
    from leitplanke.base.accounts.models import Mitgliedschaft

FORMAT = "leitplanke-akte/1"
Row = dict[str, Any]


def post_of(membership: Mitgliedschaft | None) -> Row | None:
    """Return role and unit of somebody, without the name."""
    if membership is None:
        return None
    return {"rolle": membership.rolle, "einheit": membership.einheit.name if membership.einheit else ""}


def named(membership: Mitgliedschaft | None) -> Row | None:
    """Return role, unit and name of somebody who answers for what they did."""
    post = post_of(membership)
    return None if post is None or membership is None else {**post, "name": membership.person.name}


def case_as_data(antrag: Antrag) -> Row:
    """Return everything that is kept about a case, in one order."""
    return {
        "format": FORMAT,
        "vorgang": _case(antrag),
        "beteiligte": _rows(antrag.beteiligte.all(), PERSON_FIELDS),
        "angaben": [_fact(row) for row in antrag.angaben.select_related("von__einheit", "beleg")],
        "urteile": [_judgement(row) for row in antrag.urteile_getroffen.select_related("von__einheit", "von__person")],
        "vorentscheidung": _first_decision(antrag),
        "entscheidungen": [_decision(row) for row in _with_people(antrag.entscheidungen, DECIDERS)],
        "unterlagen": [_document(row) for row in antrag.belege.select_related("datei")],
        "schreiben": [
            _letter(row) for row in _with_people(antrag.schreiben, ("freigegeben_von",)).select_related("pdf")
        ],
        "fristen": _rows(antrag.fristen.all(), DEADLINE_FIELDS),
        "mitteilungen": [
            {**_fields(row, MESSAGE_FIELDS), "von": post_of(row.von)}
            for row in antrag.mitteilungen.select_related("von__einheit")
        ],
        "rechtsbehelfe": _rows(antrag.rechtsbehelfe.all(), REMEDY_FIELDS),
        "berichtigungen": [
            {**_fields(row, CORRECTION_FIELDS), "entschieden_von": named(row.entschieden_von)}
            for row in antrag.berichtigungen.select_related("entschieden_von__einheit", "entschieden_von__person")
        ],
        "loeschsperren": _rows(antrag.loeschsperren.all(), ("grund", "am", "aufgehoben_am")),
        "verlauf": [
            {**_fields(row, ("am", "was", "durch", "text", "oeffentlich")), "von": post_of(row.von)}
            for row in antrag.verlauf.select_related("von__einheit")
        ],
        "eingesehen": [
            {"tag": row.tag, "einheit": row.einheit.name}
            for row in antrag.einsichten.select_related("einheit").order_by("tag", "id")
        ],
    }


PERSON_FIELDS = (
    "rolle", "anrede", "vorname", "nachname", "geburtsdatum", "strasse", "plz", "ort", "email", "telefon", "iban",
)  # fmt: skip
CASE_FIELDS = (
    "kennung", "nummer", "verfahren", "ebene", "stand", "modus", "mensch_zuerst", "kanal", "formlos", "sprache", "name",
    "portal", "angelegt_am", "eingang_am", "stichtag", "beendet_am", "loeschen_ab", "wiedervorlage_am", "frist_am",
    "nachreichen", "fakten", "rechenstand", "betrag_von", "betrag_bis", "ergebnis", "offene_angaben", "offene_urteile",
    "digest", "fassung",
)  # fmt: skip
DECISION_FIELDS = (
    "kennung", "nummer", "art", "stand", "ergebnis", "betrag", "von_tag", "bis_tag", "begruendung", "abweichung",
    "stichtag", "fakten", "urteile", "nachweis", "digest", "vorbereitet_am", "entschieden_am", "angemeldet_um",
    "zweite_noetig", "gezeichnet_am", "gezeichnet_angemeldet_um", "gesehen_hash",
)  # fmt: skip
DECIDERS = ("vorbereitet_von", "entschieden_von", "gezeichnet_von")
LETTER_FIELDS = (
    "kennung", "art", "stand", "vorlage", "brief", "pruefung", "geprueft_hash", "maschinenanteil", "frist_ende",
    "angelegt_am", "freigegeben_am", "weg", "vermerk_am", "bekanntgabe_am", "bekanntgabe_erklaert", "rechtsbehelf_bis",
    "abgerufen_am",
)  # fmt: skip
DOCUMENT_FIELDS = ("kennung", "name", "art", "zu_angabe", "quelle", "eingang_am", "stand", "text", "befunde")
DEADLINE_FIELDS = ("art", "ab", "ende", "norm", "belehrt", "erinnert_am", "erledigt_am")
MESSAGE_FIELDS = ("am", "richtung", "text", "mensch_gewuenscht", "gelesen_am")
REMEDY_FIELDS = ("art", "eingang_am", "form", "text", "rechtzeitig", "stand", "erledigt_am")
CORRECTION_FIELDS = ("pfad", "alter_wert", "wert", "text", "am", "stand", "antwort", "entschieden_am")


def leaves_of(antrag: Antrag) -> list[Leaf]:
    """Return the evidence entries of a case, oldest first."""
    rows = Leaf.objects.for_mandant(antrag.mandant_id).filter(
        subject_type="antrag.antrag", subject_id=str(antrag.kennung)
    )
    return list(rows.select_related("mandant").order_by("pk"))


def _fields(row: Model, names: tuple[str, ...]) -> Row:
    return {name: getattr(row, name) for name in names}


def _rows(rows: QuerySet[Any], names: tuple[str, ...]) -> list[Row]:
    return [_fields(row, names) for row in rows]


def _with_people(rows: Any, fields: tuple[str, ...]) -> Any:
    return rows.select_related(*(f"{name}__{part}" for name in fields for part in ("einheit", "person")))


def _case(antrag: Antrag) -> Row:
    return {**_fields(antrag, CASE_FIELDS), "einheit": antrag.einheit.name, "kommune": antrag.mandant.name}


def _fact(row: Any) -> Row:
    return {
        **_fields(row, ("pfad", "wert", "stand", "quelle", "anfang", "ende", "am", "ersetzt_am")),
        "unterlage": str(row.beleg.kennung) if row.beleg else None,
        "von": post_of(row.von),
    }


def _judgement(row: Any) -> Row:
    names = ("name", "wert", "begruendung", "baustein", "besonderheit", "am", "ersetzt_am")
    return {**_fields(row, names), "von": named(row.von)}


def _first_decision(antrag: Antrag) -> Row | None:
    row = getattr(antrag, "vorentscheidung", None)
    return None if row is None else _fields(row, ("art", "betrag", "normen", "begruendung", "am"))


def _decision(row: Any) -> Row:
    return {**_fields(row, DECISION_FIELDS), **{name: named(getattr(row, name)) for name in DECIDERS}}


def _document(row: Any) -> Row:
    return {**_fields(row, DOCUMENT_FIELDS), "sha256": row.datei.sha256, "bytes": row.datei.size}


def _letter(row: Any) -> Row:
    return {
        **_fields(row, LETTER_FIELDS),
        "pdf_sha256": row.pdf.sha256 if row.pdf else None,
        "freigegeben_von": named(row.freigegeben_von),
    }
