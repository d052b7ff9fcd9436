from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from selectolax.lexbor import LexborHTMLParser

from leitplanke.core.evaluation import Overrides, control_chart
from leitplanke.core.evaluation.plots import chart_picture, error_picture
from leitplanke.core.evaluation.report import report
from leitplanke.core.evaluation.report_html import report_html
from leitplanke.core.evaluation.report_json import report_json
from tests.core.evaluation.made_up import drawn, evaluated

FOUND = evaluated(drawn(700, ai=(0.02, 0.25), people=0.1))


def test_page_needs_nothing_from_elsewhere_and_says_pictures_in_words() -> None:
    page = report_html(report(FOUND))
    tree = LexborHTMLParser(page)
    assert not tree.css("script, link, iframe, object, form, [onload], [onclick]")
    assert {node.attributes["src"].split(",")[0] for node in tree.css("img")} == {"data:image/svg+xml;base64"}
    texts = [node.attributes["alt"] for node in tree.css("img")]
    assert len(texts) == 4
    assert "Sprache: g0: KI 2," in texts[1]
    assert "Sprache: g1 −" in texts[2]
    assert "Grenze: −10,0 Prozentpunkte" in texts[2]
    assert tree.css_first("html").attributes["lang"] == "de"
    assert tree.css_first(".nicht_bestanden").text().strip() == FOUND.sentence.de
    assert all(table.css_first("caption") and table.css("th[scope=col]") for table in tree.css("table"))


def test_names_from_a_file_are_never_html() -> None:
    evil = replace(drawn(300), labels=(("<script>alert(1)</script>", '"><img src=x> $\\frac$'),))
    tree = LexborHTMLParser(report_html(report(evaluated(evil, replicates=50))))
    assert not tree.css("script")
    assert len(tree.css("img")) == 4


def test_english_report_has_no_german_words() -> None:
    made = report(FOUND, "en")
    page = re.sub(r"base64,[^\"]*", "", report_html(made))
    assert "The planned cases have been tested" in page
    assert not re.search(r"\b(Fälle|nicht|Gruppe|Mensch|Prozentpunkte)\b", page)
    assert "percentage points" in page


def test_json_holds_every_figure_and_no_nan() -> None:
    data = json.loads(report_json(FOUND), parse_constant=pytest.fail)
    assert data["verdict"] == "nicht_bestanden"
    assert data["plan_hash"] == FOUND.plan_hash
    assert [item["name"] for item in data["deciders"]] == ["ki", "person_1", "person_2"]
    assert data["criteria"][1]["estimate"]["value"] is None


def test_same_evaluation_gives_the_same_picture() -> None:
    first, again = (error_picture(FOUND) for _ in range(2))
    assert first == again
    assert b"<text" not in first  # letters are outlines: no font is needed


def test_chart_is_drawn() -> None:
    counts = [Overrides(f"{month:02}/2027", 100, 10 + 30 * (month == 12)) for month in range(1, 13)]
    assert chart_picture(control_chart(counts)).startswith(b"<?xml")
