"""HTML pages: the article, without what the page carries around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from leitplanke.core.provenance import Source
from leitplanke.core.retrieval.documents import BlockKind
from leitplanke.core.retrieval.extract.builder import TextBuilder
from leitplanke.core.retrieval.extract.decoding import decode
from leitplanke.core.retrieval.extract.errors import ExtractionError
from leitplanke.core.retrieval.extract.structure import Item, write_items
from leitplanke.core.retrieval.extract.tidy import one_line
from leitplanke.core.retrieval.extract.webnoise import begins_afterword, is_advert, is_credit, is_menu

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

    from leitplanke.core.retrieval.documents import Document
    from leitplanke.core.retrieval.extract.limits import Limits

_OUT = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "nav",
        "footer",
        "aside",
        "form",
        "button",
        "select",
        "iframe",
        "svg",
        "canvas",
        "dialog",
        "menu",
        "object",
        "embed",
        "audio",
        "video",
        "head",
        "figcaption",
    ]
)
_OUT_ROLES = frozenset(
    ["navigation", "banner", "contentinfo", "search", "complementary", "dialog", "alert", "menu", "menubar", "toolbar"]
)
_OUT_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav|navi|navigation|menu|menue|breadcrumbs?|cookies?|consent|share|sharing|social|sidebar|footer"
    r"|newsletter|related|teasers?|pager|pagination|skip-?links?|toolbar)(?:[\s_-]|$)",
    re.IGNORECASE,
)
_UNSEEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*[01](?:\.\d+)?(?:px|pt|em|%)?\s*(?:;|$)|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)"
    r"|(?:^|;)\s*color\s*:\s*(?:white|#fff(?:fff)?|rgb\(\s*255\s*,\s*255\s*,\s*255\s*\))"
    r"|(?:left|top|text-indent)\s*:\s*-\d{4,}",
    re.IGNORECASE,
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "address",
        "blockquote",
        "pre",
        "fieldset",
        "figure",
        "details",
        "summary",
        "dl",
        "dt",
        "dd",
        "ul",
        "ol",
        "li",
        "table",
        "tr",
        "td",
        "th",
        "hr",
        "center",
        "body",
    ]
)
# Elements that nobody leaves open; the end tags of others may be missing.
_TAG = re.compile(
    r"<(/?)(?:a|b|big|blockquote|center|code|div|em|font|i|section|small|span|strong|table|u|ul|ol)\b", re.IGNORECASE
)
_DEEPEST = 2000
_WORDS_OF_PROSE = 6


def read_html(name: str, data: bytes, limits: Limits) -> Document:
    """Read an HTML page."""
    builder = TextBuilder(limits)
    text = decode(data, builder)
    _check_depth(text)
    tree = LexborHTMLParser(text)
    page_title = tree.css_first("title")
    items = html_items(tree, builder)
    title = write_items(builder, items)
    fallback = one_line(page_title.text()) if page_title is not None else ""
    return builder.finish(Source(document=name, title=title or fallback or name))


def _check_depth(text: str) -> None:
    """Turn away towers of elements: the parser needs time that grows with the square of the depth."""
    depth = 0
    for tag in _TAG.finditer(text):
        depth += -1 if tag[1] else 1
        if depth > _DEEPEST:
            raise ExtractionError("broken", "Die Webseite ist zu tief verschachtelt. So sieht kein Text aus.")
        depth = max(depth, 0)


def html_items(tree: LexborHTMLParser, builder: TextBuilder) -> list[Item]:
    """Return the blocks of the main part of a page."""
    body = tree.body
    if body is None:
        return []
    _report_comments(body, builder)
    walker = _Walker(builder, len(body.text()))
    walker.walk(_main(body))
    walker.flush()
    if walker.dropped:
        builder.find(f"Als Beiwerk der Webseite weggelassen: {walker.dropped} Bereiche (Menüs, Hinweise, Fußzeilen).")
    return list(_without_noise(walker.items))


def _main(body: LexborNode) -> LexborNode:
    for selector in ("main", "[role=main]", "article"):
        found = body.css(selector)
        if len(found) == 1 and len(found[0].text().split()) > _WORDS_OF_PROSE:
            return found[0]
    return body


def _report_comments(body: LexborNode, builder: TextBuilder) -> None:
    comments = [
        node
        for node in body.traverse(include_text=True)
        if node.is_comment_node and _is_prose(node.comment_content or "")
    ]
    if comments:
        builder.find(f"Nicht übernommen: {len(comments)} HTML-Kommentare mit Text, den Leser nicht sehen.")


def _is_prose(comment: str) -> bool:
    return "<" not in comment and "{" not in comment and len(comment.split()) >= _WORDS_OF_PROSE


class _Walker:
    """Goes through the elements and collects blocks; inline text gathers until a block ends."""

    def __init__(self, builder: TextBuilder, page_length: int) -> None:
        self.items: list[Item] = []
        self.dropped = 0
        self._builder = builder
        self._page_length = page_length
        self._text: list[str] = []
        self._kind = BlockKind.PARAGRAPH
        self._level = 0

    def flush(self) -> None:
        text = one_line("".join(self._text))
        self._text.clear()
        if text:
            self.items.append(Item(self._kind, text, self._level))

    def walk(self, node: LexborNode) -> None:
        for child in node.iter(include_text=True):
            if child.is_text_node:
                self._text.append(child.text_content or "")
            elif child.is_element_node and not self._is_out(child):
                self._element(child)

    def _element(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag in _HEADINGS:
            self.flush()
            self.items.append(Item(BlockKind.HEADING, node.text(separator=" "), _HEADINGS[tag]))
        elif tag in ("ul", "ol"):
            self._list(node, ordered=tag == "ol")
        elif tag == "table":
            self._table(node)
        elif tag == "br":
            self._text.append(" ")
        elif tag in _BLOCKS:
            self.flush()
            self.walk(node)
            self.flush()
        else:
            self.walk(node)

    def _list(self, node: LexborNode, *, ordered: bool) -> None:
        self.flush()
        outer = self._kind, self._level
        self._kind, self._level = BlockKind.LIST_ITEM, self._level + 1
        number = _number(node.attributes.get("start"))
        for child in node.iter():
            if child.tag in ("ul", "ol"):
                self._list(child, ordered=child.tag == "ol")
            elif child.tag == "li" and not self._is_out(child):
                self._text.append(f"{number}. " if ordered else "• ")
                number += 1
                self._item(child)
        self._kind, self._level = outer

    def _item(self, node: LexborNode) -> None:
        mark = self._text[-1]
        count = len(self.items)
        self.walk(node)
        self.flush()
        first = self.items[count] if len(self.items) > count else None
        if first is not None and first.text == mark.strip():  # the mark stands alone: its text came in an inner block
            del self.items[count]
            if len(self.items) > count:
                below = self.items[count]
                self.items[count] = Item(below.kind, mark + below.text, below.level)

    def _table(self, node: LexborNode) -> None:
        self.flush()
        if node.css_first("table table") is not None or not node.css("td + td, th + th, th + td"):
            self.walk(node)  # a table for layout
            self.flush()
            return
        for row in node.css("tr"):
            cells = [one_line(cell.text(separator=" ")) for cell in row.css("td, th")]
            text = " | ".join(cell for cell in cells if cell)
            if text:
                self.items.append(Item(BlockKind.TABLE_ROW, text))

    def _is_out(self, node: LexborNode) -> bool:
        """Leave out clutter and what is hidden; a large part of the page is never clutter."""
        attributes = node.attributes
        style = attributes.get("style") or ""
        if "hidden" in attributes or _UNSEEN.search(style):
            if node.text(strip=True):
                self._builder.find("Versteckter Text auf der Webseite wurde nicht übernommen.")
            return True
        if (node.tag or "") in _OUT or (attributes.get("role") or "") in _OUT_ROLES:
            self.dropped += bool(node.text(strip=True))
            return True
        names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        if not _OUT_NAMES.search(names) or node.tag in ("body", "main", "article"):
            return False
        is_clutter = len(node.text()) * 2 < self._page_length and node.css_first("h1") is None
        self.dropped += is_clutter
        return is_clutter


def _number(start: str | None) -> int:
    return int(start) if start and start.isdecimal() and len(start) < 5 else 1


def _without_noise(items: list[Item]) -> Iterator[Item]:
    """Leave out single lines of clutter, and everything below the heading of the teasers at the end."""
    prose = [index for index, item in enumerate(items) if len(item.text) > 100]
    last = prose[-1] if prose else len(items)
    for index, item in enumerate(items):
        if begins_afterword(item.text) and index > last:
            return
        text = item.text
        if not (is_menu(text) or is_advert(text) or is_credit(text)):
            yield item
