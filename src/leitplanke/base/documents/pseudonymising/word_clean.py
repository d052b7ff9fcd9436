"""What a Word file tells besides its text: properties, authors, links, pictures. It is taken out or made neutral."""

from __future__ import annotations

import posixpath
import re
import struct
import zlib
from typing import Any

from lxml import etree

from leitplanke.core.retrieval.extract.docx_styles import qname

DROPPED = re.compile(r"docProps/.*|customXml/.*|_xmlsignatures/.*|word/people\.xml|word/printerSettings/.*")
PICTURE = re.compile(r"word/media/.+")
KEPT = re.compile(r"word/fonts/.+")
READ = re.compile(r"word/.+\.xml")
RELATIONS = re.compile(r"(?:.*/)?_rels/[^/]*\.rels")
TYPES = "[Content_Types].xml"
NOWHERE = "https://entfernt.invalid/"
AUTHOR = "Autor"
PRIVATE_LINK = re.compile(r"(?:mailto|tel|callto|sip|sips|file|skype|xmpp):|\\\\|[A-Za-z]:\\", re.IGNORECASE)
# `dataBinding` would fill the original values in again, the others name people, paths and machines.
_REMOVED = (
    *map(qname, ("dataBinding", "rsids", "docVars", "mailMerge", "attachedTemplate", "printerSettings")),
    "{http://schemas.microsoft.com/office/word/2012/wordml}dataBinding",
)
_SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1" height="1" fill="#ccc"/></svg>'


def clean_part(root: Any) -> None:
    """Take out of an XML part who wrote what and when, and what is bound to values elsewhere."""
    for element in list(root.iter(*_REMOVED)):
        element.getparent().remove(element)
    for element in root.iter(etree.Element):
        for name in list(element.attrib):
            local = etree.QName(name).localname
            if local == "author":
                element.set(name, AUTHOR)
                element.attrib.pop(qname("date"), None)
            elif local in {"initials", "fullDate"} or local.startswith("rsid"):
                del element.attrib[name]


def clean_relations(root: Any, part: str) -> int:
    """Take out relations to dropped parts, make those to the outside neutral; return how many links lead nowhere."""
    folder = posixpath.dirname(posixpath.dirname(part))
    links = 0
    for relation in list(root):
        target = relation.get("Target") or ""
        if relation.get("TargetMode") == "External":
            is_link = posixpath.basename(relation.get("Type") or "") == "hyperlink"
            if not is_link or PRIVATE_LINK.match(target):
                relation.set("Target", NOWHERE)
            links += is_link and relation.get("Target") == NOWHERE
        elif DROPPED.fullmatch(posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")):
            root.remove(relation)
    return links


def clean_types(root: Any) -> None:
    """Take out the types of dropped parts."""
    for entry in list(root):
        if DROPPED.fullmatch((entry.get("PartName") or "").lstrip("/")):
            root.remove(entry)


def blank_picture(name: str) -> bytes:
    """Return a grey square in place of a picture."""
    return _SVG if name.lower().endswith(".svg") else _grey_png()


def _grey_png() -> bytes:
    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\x00\xcc")), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in chunks
    )
