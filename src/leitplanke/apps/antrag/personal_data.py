"""What is kept about a person (Art. 15 DSGVO): readable, and as JSON to take along (Art. 20)."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leitplanke.apps.antrag.case_data import Row, case_as_data
from leitplanke.apps.antrag.doing import Doer, require_people, trace
from leitplanke.apps.antrag.exporting import as_json
from leitplanke.apps.antrag.file_note import act_label, moment, title_of, who
from leitplanke.apps.antrag.file_view import office_of
from leitplanke.apps.antrag.procedures import verfahren_of
from leitplanke.base.documents.printing import Items, Record, RecordSection, record_pdf
from leitplanke.core.drafting.brief import Table
from leitplanke.core.rules import RulesError

if TYPE_CHECKING:
    from leitplanke.apps.antrag.models import Antrag

FORMAT = "leitplanke-auskunft/1"
PDF, JSON = "pdf", "json"


def give_out(antrag: Antrag, doer: Doer, kind: str) -> bytes:
    """Return what is kept about the person of a case, as PDF or JSON, and record that it was given out.

    Raises:
        WrongOriginatorError: a rule, a job, an interface or a model asks for it.
    """
    require_people(doer)
    data = record_pdf(disclosure(antrag)) if kind == PDF else as_json(disclosure_data([antrag]))
    with transaction.atomic():
        trace(
            "antrag.ausgegeben",
            antrag,
            doer,
            data={"was": f"auskunft {kind}", "inhalt_sha256": sha256(data).hexdigest()},
        )
    return data


def disclosure_data(cases: Iterable[Antrag]) -> Row:
    """Return what is kept, with what Art. 15 Abs. 1 DSGVO asks to tell."""
    return {
        "format": FORMAT,
        "stand": timezone.localdate(),
        "vorgaenge": [{**_for_person(case_as_data(antrag)), "verarbeitung": _about(antrag)} for antrag in cases],
    }


def _for_person(data: Row) -> Row:
    """Return the data of a case without names of employees but for those who decided."""
    for row in data["urteile"]:
        if row["von"]:
            row["von"].pop("name", None)
    return data


def _about(antrag: Antrag) -> Row:
    return dict(_about_lines(antrag))


def _about_lines(antrag: Antrag) -> list[tuple[str, str]]:
    try:
        verfahren = verfahren_of(antrag)
    except (RulesError, LookupError):
        notice, law, years = "", "", ""
    else:
        notice, law = verfahren.seite.datenschutz.de, ", ".join(verfahren.rechtsgrundlagen)
        years = f"{verfahren.aufbewahrung.jahre} ({verfahren.aufbewahrung.norm})"
    delete = f"{antrag.loeschen_ab:%d.%m.%Y}" if antrag.loeschen_ab else _("steht fest, wenn der Vorgang beendet ist")
    return [
        (_("Zweck"), _("Entscheidung über %(was)s") % {"was": title_of(antrag)}),
        (_("Rechtsgrundlagen"), law),
        (_("Datenschutzhinweis"), notice),
        (_("Aufbewahrung in Jahren"), years),
        (_("Löschung ab"), delete),
        (_("Verantwortlich"), f"{antrag.mandant.name}, {antrag.mandant.email}".strip(", ")),
        (
            _("Automatisierte Entscheidung"),
            _("keine. Regeln rechnen und sagen, was noch fehlt. Über jeden Antrag entscheidet ein Mensch."),
        ),
        (
            _("Ihre Rechte"),
            _(
                "Auskunft, Berichtigung, Löschung, Einschränkung, Widerspruch; Beschwerde bei der Aufsicht für "
                "Datenschutz (Art. 15 bis 18, 21 und 77 DSGVO)."
            ),
        ),
    ]


def disclosure(antrag: Antrag) -> Record:
    """Return what is kept about the person of a case as a document to read."""
    sections = (
        RecordSection(
            _("Worum es geht"), (Items(tuple(f"{name}: {text}" for name, text in _about_lines(antrag) if text)),)
        ),
        RecordSection(_("Personen im Vorgang"), _people(antrag)),
        RecordSection(_("Angaben und woher sie stammen"), _facts(antrag)),
        RecordSection(_("Unterlagen und Schreiben"), _documents(antrag)),
        RecordSection(_("Nachrichten"), tuple(f"{moment(r.am)}: {r.text}" for r in antrag.mitteilungen.all())),
        RecordSection(_("Urteile der Sachbearbeitung"), _judgements(antrag)),
        RecordSection(_("Was geschah"), _history(antrag)),
        RecordSection(_("Wer hineingesehen hat, nach Stelle und Tag"), _looked(antrag)),
    )
    return Record(
        title=_("Auskunft über Ihre Daten"),
        subtitle=_("%(titel)s, %(nummer)s") % {"titel": title_of(antrag), "nummer": antrag.nummer},
        datum=timezone.localdate(),
        office=office_of(antrag),
        highlights=((_("Aktenzeichen"), antrag.nummer), (_("Person"), antrag.name)),
        sections=tuple(section for section in sections if section.blocks),
        notice=_("Auskunft nach Art. 15 DSGVO. Dieselben Daten gibt es als JSON-Datei zum Mitnehmen."),
    )


def _table(key: str, caption: str, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> tuple[Table, ...]:
    found = tuple(rows)
    return (Table(key, caption, columns, found),) if found else ()


def _people(antrag: Antrag) -> tuple[Table, ...]:
    rows = (
        (
            row.get_rolle_display(),
            str(row),
            f"{row.geburtsdatum:%d.%m.%Y}" if row.geburtsdatum else "–",
            ", ".join(
                part for part in (row.strasse, f"{row.plz} {row.ort}".strip(), row.email, row.telefon, row.iban) if part
            ),
        )
        for row in antrag.beteiligte.all()
    )
    columns = (_("Rolle"), _("Name"), _("Geburtsdatum"), _("Anschrift, Erreichbarkeit, Konto"))
    return _table("personen", _("Personen"), columns, rows)


def _facts(antrag: Antrag) -> tuple[Table, ...]:
    rows = (
        (
            row.pfad,
            spoken(row.wert),
            f"{row.get_stand_display()}; {row.get_quelle_display()}",
            moment(row.am)
            if row.ersetzt_am is None
            else _("%(von)s bis %(bis)s") % {"von": moment(row.am), "bis": moment(row.ersetzt_am)},
        )
        for row in antrag.angaben.all()
    )
    return _table("angaben", _("Angaben"), (_("Angabe"), _("Wert"), _("Stand und Quelle"), _("Gilt seit")), rows)


def spoken(value: Any) -> str:
    """Return a stated value in words."""
    if isinstance(value, dict):
        words = {"refused": _("nicht angegeben"), "unknown": _("unbekannt"), "contested": _("widersprüchlich")}
        return words.get(str(value.get("status")), str(value.get("value", "")))
    return {True: _("ja"), False: _("nein")}[value] if isinstance(value, bool) else str(value)


def _documents(antrag: Antrag) -> tuple[Table, ...]:
    rows = [(moment(row.eingang_am), _("Unterlage"), row.name) for row in antrag.belege.all()]
    rows += [
        (
            moment(row.angelegt_am),
            _("Schreiben (%(stand)s)") % {"stand": row.get_stand_display()},
            row.brief.get("betreff", row.art),
        )
        for row in antrag.schreiben.all()
    ]
    return _table("unterlagen", _("Unterlagen und Schreiben"), (_("Wann"), _("Art"), _("Titel")), rows)


def _judgements(antrag: Antrag) -> tuple[str, ...]:
    rows = antrag.urteile_getroffen.filter(ersetzt_am__isnull=True)
    return tuple(f"{row.name}: {spoken(row.wert)}. {row.begruendung}" for row in rows)


def _history(antrag: Antrag) -> tuple[Table, ...]:
    rows = (
        (moment(row.am), who(row.von, row.durch), act_label(row.was), row.text)
        for row in antrag.verlauf.select_related("von__einheit")
    )
    return _table("verlauf", _("Verlauf"), (_("Wann"), _("Wer"), _("Was"), _("Im Einzelnen")), rows)


def _looked(antrag: Antrag) -> tuple[Table, ...]:
    rows = ((f"{row.tag:%d.%m.%Y}", row.einheit.name) for row in antrag.einsichten.select_related("einheit"))
    return _table("einsichten", _("Einsicht"), (_("Tag"), _("Stelle")), rows)
