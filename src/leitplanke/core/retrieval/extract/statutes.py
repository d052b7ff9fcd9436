"""Statutes in the XML of gesetze-im-internet.de: §§ and Absätze, numbered lists, tables; footnotes stay out."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from leitplanke.core.provenance import Ebene, Geltung, Geltungsbereich, Source
from leitplanke.core.retrieval.documents import BlockKind, Document
from leitplanke.core.retrieval.extract.builder import Place, TextBuilder
from leitplanke.core.retrieval.extract.statute_text import NormText, plain
from leitplanke.core.retrieval.extract.tidy import one_line

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from leitplanke.core.retrieval.extract.limits import Limits

LICENCE = "amtliches Werk, § 5 UrhG"
_REPEALED = re.compile(r"\W*(?:weggefallen|aufgehoben|gestrichen|gegenstandslos)\W*", re.IGNORECASE)
_ANNEX = re.compile(r"(?:Anlage|Anhang|Muster)\b")
# Parts that order nothing: the table of contents and the formulas of promulgation.
_FORMAL = frozenset({"Inhaltsübersicht", "Inhaltsverzeichnis", "Eingangsformel", "Schlussformel"})
_LETTER = re.compile(r"[^\W\d_]")
_KEY_DIGITS = 3  # every level of the Gliederung adds three digits to its key


def is_statute(root: Element) -> bool:
    """Tell whether this is a statute as gesetze-im-internet.de publishes it."""
    return root.tag == "dokumente" and root.find("norm/metadaten/jurabk") is not None


def read_statute(name: str, root: Element, limits: Limits) -> Document:
    """Read a whole statute; repealed norms and the table of contents are left out."""
    builder = TextBuilder(limits)
    source = _source(name, root)
    builder.add(BlockKind.HEADING, f"{source.title} ({source.document})", 1)
    path: list[tuple[str, str]] = []
    for norm in root.iter("norm"):
        metadata = norm.find("metadaten")
        if metadata is None:
            continue
        unit = metadata.find("gliederungseinheit")
        if unit is not None:
            path = _enter(builder, path, unit)
        else:
            _read_norm(builder, path, norm, metadata)
    return builder.finish(source)


def _source(name: str, root: Element) -> Source:
    head = root.find("norm/metadaten")
    if head is None:  # is_statute has seen one
        return Source(document=name, title=name)
    document = plain(head.find("amtabk")) or plain(head.find("jurabk")) or name
    title = plain(head.find("langue")) or plain(head.find("kurzue")) or document
    comments = [plain(entry.find("standkommentar")) for entry in head.iter("standangabe")]
    names = [plain(head.find(tag)) for tag in ("kurzue", "amtabk", "jurabk", "langue")]
    return Source(
        document=document,
        title=title,
        licence=LICENCE,
        stand_text="; ".join(comment.rstrip(";") for comment in comments if comment),
        geltung=Geltung(stand=_day(root.get("builddate", ""))),
        bereich=Geltungsbereich(ebene=Ebene.BUND),
        aliases=tuple(dict.fromkeys(name for name in names if name not in ("", document, title))),
    )


def _day(builddate: str) -> date | None:
    try:
        return date(int(builddate[:4]), int(builddate[4:6]), int(builddate[6:8]))
    except ValueError:
        return None


def _enter(builder: TextBuilder, path: list[tuple[str, str]], unit: Element) -> list[tuple[str, str]]:
    """Go into a Buch, Abschnitt or Titel; the key says below which other unit it lies."""
    key = plain(unit.find("gliederungskennzahl"))
    title = plain(unit.find("gliederungstitel"))
    path = [(above, heading) for above, heading in path if key != above and key.startswith(above)]
    heading = one_line(f"{plain(unit.find('gliederungsbez'))} {title}")
    if _REPEALED.fullmatch(title) or not heading:
        return path
    builder.place = Place(headings=tuple(heading for _, heading in path))
    builder.add(BlockKind.HEADING, heading, min(1 + max(len(key) // _KEY_DIGITS, 1), 5))
    return [*path, (key, heading)]


def _read_norm(builder: TextBuilder, path: list[tuple[str, str]], norm: Element, metadata: Element) -> None:
    content = norm.find("textdaten/text/Content")
    section, title = plain(metadata.find("enbez")), plain(metadata.find("titel"))
    if content is None or not (section or title) or section in _FORMAL or _is_repealed(section, title, content):
        return
    annex = bool(_ANNEX.match(section))
    builder.place = Place(
        section=section or title,
        section_title=title if section else "",
        headings=() if annex else tuple(heading for _, heading in path),
        annex=annex,
    )
    builder.add(BlockKind.HEADING, f"{section} {title}", 6)
    NormText(builder).write(content)


def _is_repealed(section: str, title: str, content: Element) -> bool:
    body = plain(content)
    if not _LETTER.search(body) or _REPEALED.fullmatch(body):
        return True
    return bool(_REPEALED.fullmatch(title)) or section.startswith("(XXXX)")
