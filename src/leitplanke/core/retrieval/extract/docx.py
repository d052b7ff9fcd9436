"""Word files: read from their XML parts; macros are refused, nothing outside the file is opened."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from leitplanke.core.provenance import Source
from leitplanke.core.retrieval.documents import BlockKind
from leitplanke.core.retrieval.extract.builder import TextBuilder
from leitplanke.core.retrieval.extract.docx_styles import Numbering, Styles, qname
from leitplanke.core.retrieval.extract.docx_text import Body
from leitplanke.core.retrieval.extract.errors import ExtractionError
from leitplanke.core.retrieval.extract.lines import Line
from leitplanke.core.retrieval.extract.safe_xml import parse_xml
from leitplanke.core.retrieval.extract.safe_zip import SafeZip
from leitplanke.core.retrieval.extract.structure import write_items, write_paragraphs

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from leitplanke.core.retrieval.documents import Document
    from leitplanke.core.retrieval.extract.limits import Limits

_MACRO = (
    "Die Word-Datei enthält Makros und wird nicht gelesen. Bitte speichern Sie sie ohne Makros als DOCX oder als PDF."
)
_NO_WORD = (
    "Die Datei ist kein Word-Dokument (DOCX). Bitte prüfen Sie, ob die Endung stimmt, oder speichern Sie sie als PDF."
)
_MAIN_TYPE = "wordprocessingml.document.main+xml"
_OFFICE_DOCUMENT = "/officeDocument"
_EMBEDDED = ("word/embeddings/", "word/activeX/")
_NOT_READ = {
    "comments.xml": "Kommentare der Word-Datei wurden nicht übernommen.",
    "footnotes.xml": "Fußnoten der Word-Datei wurden nicht übernommen.",
    "endnotes.xml": "Endnoten der Word-Datei wurden nicht übernommen.",
}


def read_docx(name: str, data: bytes, limits: Limits) -> Document:
    """Read a Word file."""
    builder = TextBuilder(limits)
    archive = SafeZip(data, limits)
    main = main_part(archive)
    folder = posixpath.dirname(main)
    _inspect(archive, folder, builder)
    root = _part(archive, main)
    if root is None:
        raise ExtractionError("wrong_extension", _NO_WORD)
    styles = Styles(_part(archive, f"{folder}/styles.xml"))
    body = Body(styles, Numbering(_part(archive, f"{folder}/numbering.xml")), builder)
    items = body.read(root)
    if any(item.kind is BlockKind.HEADING for item in items):
        title = write_items(builder, items)
    else:  # nobody used heading styles: tell headings by their look
        lines = [Line(item.text, gap=item.kind is BlockKind.PARAGRAPH, bold=item.bold) for item in items]
        title = write_paragraphs(builder, [line for line in lines if line.text.strip()]).first
    return builder.finish(Source(document=name, title=title or name))


def main_part(archive: SafeZip) -> str:
    """Return the name of the main part; refuse macros and what is no Word document."""
    types = _part(archive, "[Content_Types].xml")
    relations = _part(archive, "_rels/.rels")
    if types is None or relations is None:
        raise ExtractionError("wrong_extension", _NO_WORD)
    if any("macroEnabled" in (entry.get("ContentType") or "") for entry in types) or any(
        posixpath.basename(name).lower() == "vbaproject.bin" for name in archive.names
    ):
        raise ExtractionError("macro", _MACRO)
    if not any(_MAIN_TYPE in (entry.get("ContentType") or "") for entry in types):
        raise ExtractionError("wrong_extension", _NO_WORD)
    for relation in relations:
        if (relation.get("Type") or "").endswith(_OFFICE_DOCUMENT):
            return (relation.get("Target") or "").lstrip("/")
    raise ExtractionError("wrong_extension", _NO_WORD)


def _part(archive: SafeZip, name: str) -> Element | None:
    data = archive.read(name)
    return None if data is None else parse_xml(data)


def _inspect(archive: SafeZip, folder: str, builder: TextBuilder) -> None:
    """Report what the file carries besides its text."""
    if any(name.startswith(_EMBEDDED) for name in archive.names):
        builder.find("Die Word-Datei enthält eingebettete Objekte; sie wurden nicht geöffnet.")
    for part, finding in _NOT_READ.items():
        root = _part(archive, f"{folder}/{part}") if f"{folder}/{part}" in archive.names else None
        if root is not None and any((text.text or "").strip() for text in root.iter(qname("t"))):
            builder.find(finding)
    for name in archive.names:
        if name.startswith(f"{folder}/_rels/") and name.endswith(".rels"):
            _inspect_relations(_part(archive, name), builder)


def _inspect_relations(root: Element | None, builder: TextBuilder) -> None:
    for relation in root if root is not None else ():
        kind = posixpath.basename(relation.get("Type") or "")
        if relation.get("TargetMode") == "External" and kind != "hyperlink":
            target = (relation.get("Target") or "")[:80]
            builder.find(f"Die Word-Datei verweist auf etwas außerhalb ({kind}: {target}); es wurde nicht geöffnet.")
