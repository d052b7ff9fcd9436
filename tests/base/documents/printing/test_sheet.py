"""A letter as a sheet on a page."""

from __future__ import annotations

from dataclasses import replace

from django.template.loader import render_to_string
from selectolax.lexbor import LexborHTMLParser

from leitplanke.core.drafting.brief import Brief, Part, Table
from tests.base.documents.printing.samples import bescheid, paragraph


def sheet(brief: Brief) -> LexborHTMLParser:
    return LexborHTMLParser(render_to_string("documents/_brief.html", {"brief": brief}))


def test_sheet_shows_the_letter_with_headings_and_table() -> None:
    page = sheet(bescheid())
    assert [node.text() for node in page.css("h2")] == ["Bescheid über Wohngeld ab Oktober 2026"]
    assert len(page.css("h3")) == 5
    assert len(page.css("thead th[scope=col]")) == 3
    assert len(page.css("tbody th[scope=row]")) == 11
    assert len(page.css(".lp-letter__result")) == 3
    assert len(page.css("[data-part=tenor]")) == 1
    assert page.css_first("article").attributes["lang"] == "de"
    text = " ".join(page.text().split())
    for sentence in bescheid().sentences:
        assert sentence.text in text


def test_table_that_scrolls_is_reached_by_keyboard_and_named() -> None:
    region = sheet(bescheid()).css_first("[role=region]")
    assert region.attributes["tabindex"] == "0"
    assert region.attributes["aria-label"] == "So haben wir gerechnet"


def test_what_was_typed_is_never_html() -> None:
    text = "<script>alert(1)</script><b onclick=x>"
    body = (paragraph(Part.TEXT, text, heading=text), Table("t", text, (text,), ((text,),)))
    page = sheet(replace(bescheid(), betreff=text, body=body, anlagen=(text,), empfaenger=(text,), sprache="de"))
    assert not page.css("script")
    assert not page.css("b")
    assert page.css_first("h2").text() == text


def test_labels_speak_the_language_of_the_letter() -> None:
    assert sheet(replace(bescheid(), sprache="en")).css_first("dt").text() == "File number"
