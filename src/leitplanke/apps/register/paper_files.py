"""Guided documents as files: accessible PDF, and DOCX to go on writing in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from leitplanke.base.documents.printing import Items, Record, RecordSection, TextTable
from leitplanke.core.drafting.brief import Absender, Table

if TYPE_CHECKING:
    from leitplanke.apps.register.models import Eintrag, Registerdokument
    from leitplanke.core.register.papers import Composed, Paragraph, Vorlage


def record_of(
    eintrag: Eintrag, vorlage: Vorlage, sections: tuple[Composed, ...], row: Registerdokument | None
) -> Record:
    """Return a document in the form that printing takes; one that is not complete is marked as a draft."""
    done = row is not None and row.fertig_am is not None
    moment = row.fertig_am if row is not None and row.fertig_am is not None else timezone.now()
    number = row.nummer if row is not None else 1
    return Record(
        title=vorlage.titel.de,
        subtitle=f"{row.fassung.name if done and row is not None else eintrag.name} ({vorlage.norm})",
        datum=timezone.localdate(moment),
        sections=tuple(RecordSection(one.titel, tuple(_blocks(one))) for one in sections),
        office=_office(eintrag),
        highlights=(("Fassung", f"{number}" if done else f"{number}, Entwurf"),),
        notice=(
            f"Aus dem Register erzeugt. Prüfsumme des Inhalts: {row.sha256}"
            if row is not None and done
            else "Entwurf aus dem Register. Was noch offen ist, steht als „Noch offen“ darin."
        ),
    )


def _office(eintrag: Eintrag) -> Absender:
    mandant = eintrag.mandant
    lines = tuple(part.strip() for line in mandant.anschrift.splitlines() for part in line.split(",") if part.strip())
    return Absender(
        mandant.name, eintrag.einheit.name, lines, "", eintrag.einheit.telefon or mandant.telefon, mandant.email,
        mandant.zeiten,
    )  # fmt: skip


def _blocks(section: Composed) -> list[str | Items | Table]:
    return [_block(index, one) for index, one in enumerate(section.paragraphs)]


def _block(index: int, paragraph: Paragraph) -> str | Items | Table:
    if paragraph.kind == "tabelle":
        return TextTable(f"t{index}", paragraph.label, paragraph.columns, paragraph.rows)
    if paragraph.kind == "liste":
        items = tuple(cells[0] for cells in paragraph.rows)
        return Items((f"{paragraph.label}:", *items) if paragraph.label else items)
    return f"{paragraph.label}: {paragraph.text}" if paragraph.label else paragraph.text
