"""Pictures of a Regelwerk and of a case."""

from __future__ import annotations

import re
import time
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st

from leitplanke.core.rules import load_texts
from leitplanke.core.rules.layout import arranged
from leitplanke.core.rules.picture import MOST_BOXES, picture, picture_of_case
from tests.core.rules.small import HAUSHALT, haushalt, kleines_wohngeld

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

DAY = date(2025, 1, 1)
SVG = "{http://www.w3.org/2000/svg}"


def read(text: str) -> Element:
    return fromstring(text)


def test_picture_is_accessible_and_holds_nothing_from_elsewhere() -> None:
    text = picture(kleines_wohngeld(), DAY)
    root = read(text)

    assert root.get("role") == "img"
    assert {child.tag for child in root} >= {f"{SVG}title", f"{SVG}desc"}
    assert [part.tag for part in root.iter() if part.tag in {f"{SVG}script", f"{SVG}style", f"{SVG}image"}] == []
    assert re.findall(r"(?:href|src|url\(|on\w+=|style=)", text) == []
    assert set(re.findall(r'(?:fill|stroke)="([^"]+)"', text)) == {"currentColor", "none"}


def test_picture_for_a_file_has_a_ground_of_its_own() -> None:
    assert '<rect width="' in picture(kleines_wohngeld(), DAY, standalone=True)


def test_every_node_says_what_it_is() -> None:
    titles = [part.text or "" for part in read(picture(haushalt().regelwerk, DAY)).iter(f"{SVG}title")]

    assert "Urteil eines Menschen, Härtefall, § 6 ZG" in titles
    assert "Ziel, Zuschuss, § 4 Abs. 1 ZG" in titles
    assert "Angabe, Art der Wohnung" in titles


def test_judgement_differs_by_shape_and_line() -> None:
    root = read(picture(haushalt().regelwerk, DAY))
    shapes = {(group.findtext(f"{SVG}title") or "").partition(",")[0]: group[1] for group in root.iter(f"{SVG}g")}

    assert shapes["Urteil eines Menschen"].tag == f"{SVG}polygon"
    assert shapes["Urteil eines Menschen"].get("stroke-dasharray")
    assert shapes["Regel"].tag == f"{SVG}rect"


def test_case_shows_values_and_fades_what_was_not_used() -> None:
    persons = [{"einkommen_jahr": "6000", "geboren": "1980-05-01"}]
    facts = {"personen": persons, "art": "miete"}
    root = read(picture_of_case(haushalt().evaluate(facts, on=DAY, judgements={"haertefall": True})))
    faint = {
        (group.findtext(f"{SVG}title") or "").split(", ")[1] for group in root.iter(f"{SVG}g") if group.get("opacity")
    }
    texts = [part.text for part in root.iter(f"{SVG}text")]

    assert {"Einkommen des Haushalts", "Ablehnung"} <= faint
    assert not faint & {"Zuschuss", "Härtefall", "Bewilligung"}
    assert "100,00 EUR im Monat" in texts


def test_hostile_titles_stay_text() -> None:
    text = HAUSHALT.replace("titel: Art der Wohnung", "titel: <script>alert(1)</script>")
    svg = picture(load_texts({"regelwerk.yaml": text}), DAY)

    assert "<script" not in svg
    assert "&lt;script&gt;" in svg


EDGES = st.sets(st.tuples(st.integers(0, 13), st.integers(0, 13)), max_size=30)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 14), EDGES)
def test_edges_run_rightwards_and_nodes_never_overlap(count: int, pairs: set[tuple[int, int]]) -> None:
    names = [f"n{number}" for number in range(count)]
    edges = [(names[one], names[other]) for one, other in pairs if one < other < count]
    layout = arranged(dict.fromkeys(names, 40.0), edges, 10, names[-1:], ())

    assert all(layout.columns[one] < layout.columns[other] for one, other in edges)
    for column in set(layout.columns.values()):
        middles = sorted(layout.middles[name] for name in names if layout.columns[name] == column)
        assert all(lower - upper >= 50 - 1e-6 for upper, lower in pairwise(middles))


@pytest.mark.slow
def test_picture_of_thousands_of_rules_shows_those_nearest_to_the_target_and_stays_quick() -> None:
    rules = "".join(
        f'  r{n}: {{typ: Ganzzahl, titel: Regel {n}, norm: § {n}, formel: "min(1000, r{n - 1} + alter)"}}\n'
        for n in range(1, 1500)
    )
    text = f"""
regelwerk: {{name: lang, titel: Lang, beschreibung: Lang, gesetz: LG, ziel: [r1499], gilt_ab: 2025-01-01}}
angaben: {{alter: {{typ: Ganzzahl, von: 0, bis: 99, titel: Alter}}}}
regeln:
  r0: {{typ: Ganzzahl, titel: Regel 0, norm: § 0, formel: alter}}
{rules}"""
    regelwerk = load_texts({"regelwerk.yaml": text}, checked=False)
    begun = time.perf_counter()
    svg = picture(regelwerk, DAY)

    assert time.perf_counter() - begun < 20
    assert svg.count("<g>") == MOST_BOXES
    assert "Gezeigt sind die 300 nächsten am Ziel." in svg
