"""Text for showing: paragraphs and lists stay, everything that could load, link or run goes."""

from __future__ import annotations

import html
import re

_IMAGE = re.compile(r"!\[([^\]]*)\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]+)\]\(\s*[^)]*\)")
_REFERENCE = re.compile(r"^\s*\[[^\]]+\]:\s*\S+.*$", re.MULTILINE)
_AUTOLINK = re.compile(r"<(?:https?:|mailto:|www\.)[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z!][^<>]*>")
# Characters that show nothing and may hide or turn text around; tab and line break stay.
_HIDDEN = re.compile(r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_ITEM = re.compile(r"^\s*[-*•]\s+")


def plain_text(text: str) -> str:
    """Return `text` without images, link targets, HTML and hidden characters; words stay as they are."""
    text = _HIDDEN.sub("", text)
    text = _LINK.sub(r"\1", _IMAGE.sub(r"\1", text))
    return _TAG.sub("", _AUTOLINK.sub("", _REFERENCE.sub("", text))).strip()


def render_plain(text: str) -> str:
    """Return an answer as safe HTML: paragraphs, line breaks and simple lists, all else escaped."""
    blocks = re.split(r"\n\s*\n", _HIDDEN.sub("", text).strip())
    return "\n".join(_block(block) for block in blocks if block.strip())


def _block(block: str) -> str:
    parts: list[str] = []
    items: list[str] = []
    for line in block.split("\n"):
        if _ITEM.match(line):
            items.append(f"<li>{html.escape(_ITEM.sub('', line))}</li>")
            continue
        parts += _closed(items)
        items = []
        parts.append(f"<p>{html.escape(line.strip())}</p>")
    return "".join(parts + _closed(items))


def _closed(items: list[str]) -> list[str]:
    return [f"<ul>{''.join(items)}</ul>"] if items else []
