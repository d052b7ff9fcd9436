"""Whether a page closes what it opens: a browser repairs it silently, and then a link sits inside a button."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"
})  # fmt: skip


class _Balance(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Elements of SVG close themselves."""

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
            return
        line, column = self.getpos()
        inner = self.open[-1] if self.open else "nichts"
        self.faults.append(f"Zeile {line}, Spalte {column}: </{tag}> schließt, offen ist {inner}")
        if tag in self.open:
            del self.open[len(self.open) - 1 - self.open[::-1].index(tag) :]


def unbalanced(html: str) -> list[str]:
    """Return what is closed that is not open, or left open, in German, with line and column."""
    parser = _Balance()
    parser.feed(html)
    parser.close()
    return [*parser.faults, *(f"<{tag}> bleibt offen" for tag in parser.open)]
