"""Word files: every part is read, nothing that cannot be read is carried over."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree

from leitplanke.base.documents.pseudonymising import word_clean
from leitplanke.base.documents.pseudonymising.parts import Texts, Written, left_over
from leitplanke.base.documents.pseudonymising.word_text import Attribute, Passage, passages
from leitplanke.core.privacy import Edit, Slot
from leitplanke.core.retrieval.extract import DEFAULT_LIMITS, ExtractionError
from leitplanke.core.retrieval.extract.docx import main_part
from leitplanke.core.retrieval.extract.safe_xml import parse_xml
from leitplanke.core.retrieval.extract.safe_zip import SafeZip

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_ORDER = re.compile(r"word/(document|header|footer|footnotes|endnotes|comments)")
_EMBEDDED = (
    "In der Word-Datei steckt etwas, in das nicht hineingesehen werden kann ({name}): eine eingebettete Datei, "
    "ein Steuerelement oder ein Diagramm mit Tabelle. Bitte entfernen Sie es oder fügen Sie es als Text ein."
)
_NO_TEXT = "In der Word-Datei steht kein lesbarer Text. Ein Scan braucht vorher eine Texterkennung (OCR)."
_PICTURES = "Bilder ({count}) wurden durch graue Flächen ersetzt, weil niemand in sie hineinsieht."
_LINKS = "Verweise auf Personen ({count}, etwa E-Mail-Adressen) führen in der Kopie nirgendwohin."


@dataclass
class _Word:
    """A Word file taken apart."""

    others: dict[str, bytes]
    roots: dict[str, Any]
    passages: list[Passage]


class WordFile:
    """A Word document."""

    def read(self, data: bytes, *, clean: bool) -> Texts:
        """Return the texts of all its parts."""
        slots = tuple(passage.slot for passage in _open(data, clean=clean).passages)
        if not any(slot.text.strip() for slot in slots):
            raise ExtractionError("no_text", _NO_TEXT)
        return Texts(slots)

    def write(self, data: bytes, edits: Sequence[Sequence[Edit]], *, clean: bool) -> Written:
        """Return it with other texts."""
        word = _open(data, clean=clean)
        gone = set()
        for passage, own in zip(word.passages, edits, strict=True):
            gone |= {passage.slot.text[edit.start : edit.end] for edit in own}
            passage.write(own)
            if own and clean and isinstance(passage, Attribute) and passage.name == "Target":
                passage.element.set("Target", word_clean.NOWHERE)
        warnings = list(_clean(word)) if clean else []
        parts = {name: _serialised(root) for name, root in word.roots.items()}
        if clean:
            warnings += left_over(parts, gone)
        return Written(_packed({**parts, **word.others}), tuple(warnings))


def _open(data: bytes, *, clean: bool) -> _Word:
    archive = SafeZip(data, DEFAULT_LIMITS)
    main_part(archive)
    word = _Word({}, {}, [])
    for name in sorted(dict.fromkeys(archive.names), key=lambda name: (_ORDER.match(name) is None, name)):
        is_dropped = word_clean.DROPPED.fullmatch(name)
        if name.endswith("/") or (is_dropped and clean):
            continue
        content = archive.read(name) or b""
        if is_dropped:
            word.others[name] = content
        elif name == word_clean.TYPES or word_clean.READ.fullmatch(name) or word_clean.RELATIONS.fullmatch(name):
            word.roots[name] = root = _parsed(content)
            word.passages += _passages(name, root)
        elif word_clean.PICTURE.fullmatch(name) or word_clean.KEPT.fullmatch(name) or not clean:
            word.others[name] = content
        else:
            raise ExtractionError("embedded", _EMBEDDED.format(name=name[:80]))
    return word


def _passages(name: str, root: Any) -> list[Passage]:
    if word_clean.RELATIONS.fullmatch(name):
        outside = (relation for relation in root if relation.get("TargetMode") == "External")
        return [Attribute(Slot(relation.get("Target") or ""), relation, "Target") for relation in outside]
    return [] if name == word_clean.TYPES else passages(root)


def _clean(word: _Word) -> Iterator[str]:
    links = 0
    for name, root in word.roots.items():
        if name == word_clean.TYPES:
            word_clean.clean_types(root)
        elif word_clean.RELATIONS.fullmatch(name):
            links += word_clean.clean_relations(root, name)
        else:
            word_clean.clean_part(root)
    pictures = [name for name in word.others if word_clean.PICTURE.fullmatch(name)]
    word.others |= {name: word_clean.blank_picture(name) for name in pictures}
    if pictures:
        yield _PICTURES.format(count=len(pictures))
    if links:
        yield _LINKS.format(count=links)


def _parsed(content: bytes) -> Any:
    parse_xml(content)  # refuses declarations and what is not well-formed
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _serialised(root: Any) -> bytes:
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made


def _packed(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name in sorted(parts, key=lambda name: (name != word_clean.TYPES, name)):
            entry = ZipInfo(name, _LONG_AGO)
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, parts[name])
    return buffer.getvalue()
