"""Markdown files, with an optional head of YAML between two lines of dashes."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import yaml
from markdown_it import MarkdownIt

from leitplanke.core.provenance import Ebene, Geltung, Geltungsbereich, Source
from leitplanke.core.retrieval.documents import BlockKind
from leitplanke.core.retrieval.extract.builder import TextBuilder
from leitplanke.core.retrieval.extract.decoding import decode
from leitplanke.core.retrieval.extract.errors import ExtractionError
from leitplanke.core.retrieval.extract.structure import Item, write_items
from leitplanke.core.retrieval.extract.tidy import repair_typesetting, strip_hidden

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

    from leitplanke.core.retrieval.documents import Document
    from leitplanke.core.retrieval.extract.limits import Limits

_HEAD = re.compile(r"\A---[ \t]*\n(.{0,8000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")
_BAD_HEAD = "Der Kopf der Datei (zwischen den Zeilen ---) ist nicht lesbar: {reason}. Bitte prüfen Sie ihn."


def read_markdown(name: str, data: bytes, limits: Limits) -> Document:
    """Read a Markdown file."""
    builder = TextBuilder(limits)
    text = decode(data, builder).replace("\r\n", "\n").replace("\r", "\n")
    text = repair_typesetting(strip_hidden(text, builder.hidden))
    head: dict[str, str] = {}
    if match := _HEAD.match(text):
        head = _read_head(match[1])
        text = text[match.end() :]
    if any(match[1].strip() for match in _COMMENT.finditer(text)):
        builder.find("Kommentare im Markdown, die Leser nicht sehen, wurden nicht übernommen.")
    text = _COMMENT.sub(" ", text)
    parser = MarkdownIt("commonmark", {"maxNesting": 50}).enable("table")
    title = write_items(builder, _Items(parser.parse(text)).items)
    return builder.finish(_source(name, title, head))


def _read_head(text: str) -> dict[str, str]:
    try:
        head = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  (BaseLoader makes text only, never objects)
    except yaml.YAMLError as error:
        raise ExtractionError("broken", _BAD_HEAD.format(reason="kein gültiges YAML")) from error
    if not isinstance(head, dict):
        return {}
    return {str(key): value for key, value in head.items() if isinstance(value, str)}


def _source(name: str, title: str, head: dict[str, str]) -> Source:
    ebene = head.get("ebene", "").lower()
    return Source(
        document=name,
        title=head.get("titel") or title or name,
        url=head.get("url", ""),
        licence=head.get("lizenz", ""),
        stand_text=head.get("stand", ""),
        geltung=Geltung(_day(head, "gueltig_ab"), _day(head, "gueltig_bis"), _day(head, "stand", strict=False)),
        bereich=_bereich(head.get("geltungsbereich", ""), ebene, head),
    )


def _bereich(text: str, ebene: str, head: dict[str, str]) -> Geltungsbereich:
    """Read `geltungsbereich`: a level ("kommune") or the name of a place, which then is a municipality."""
    levels = {level.value for level in Ebene}
    if text.lower() in levels:
        ebene, text = text.lower(), ""
    if not ebene and text:
        ebene = Ebene.KOMMUNE
    return Geltungsbereich(
        ebene=Ebene(ebene) if ebene in levels else Ebene.SONSTIGE,
        bindet=head.get("bindet", ""),
        gebiet=head.get("gebiet", "") or text,
    )


def _day(head: dict[str, str], key: str, *, strict: bool = True) -> date | None:
    text = head.get(key, "").strip()
    if not text:
        return None
    try:
        if match := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text):
            return date(int(match[3]), int(match[2]), int(match[1]))
        return date.fromisoformat(text)
    except ValueError as error:
        if not strict:
            return None
        raise ExtractionError("broken", _BAD_HEAD.format(reason=f"{key} „{text[:40]}“ ist kein Datum")) from error


class _Items:
    """Turns the tokens of the parser into items."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.items: list[Item] = []
        self._marks: list[str] = []  # of the list items we are in; used up by their first text
        self._numbers: list[int] = []
        self._cells: list[str] = []
        self._in_row = False
        self._heading = 0
        for token in tokens:
            self._token(token)

    def _token(self, token: Token) -> None:
        kind = token.type
        if kind in ("bullet_list_open", "ordered_list_open"):
            start = token.attrGet("start")
            self._numbers.append(int(start or 1) if kind.startswith("ordered") else 0)
            self._marks.append("")
        elif kind in ("bullet_list_close", "ordered_list_close"):
            self._numbers.pop()
            self._marks.pop()
        elif kind == "list_item_open":
            number = self._numbers[-1]
            self._marks[-1] = f"{number}. " if number else "• "
            self._numbers[-1] += bool(number)
        elif kind == "tr_open":
            self._in_row = True
        elif kind == "tr_close":
            self._in_row = False
            self.items.append(Item(BlockKind.TABLE_ROW, " | ".join(cell for cell in self._cells if cell)))
            self._cells.clear()
        elif kind == "heading_open":
            self._heading = int(token.tag[1:])
        elif kind in ("inline", "fence", "code_block", "html_block"):
            self._text(_plain(token))

    def _text(self, text: str) -> None:
        if self._in_row:
            self._cells.append(text.strip())
        elif self._heading:
            self.items.append(Item(BlockKind.HEADING, text, self._heading))
            self._heading = 0
        elif self._marks:
            self.items.append(Item(BlockKind.LIST_ITEM, self._marks[-1] + text.strip(), len(self._marks)))
            self._marks[-1] = ""
        else:
            self.items.append(Item(BlockKind.PARAGRAPH, text))


def _plain(token: Token) -> str:
    """Return what a reader sees: emphasis, link targets, images and tags go out."""
    if token.type != "inline":
        return _TAG.sub(" ", token.content)
    parts: list[str] = []
    for child in token.children or ():
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
    return "".join(parts)
