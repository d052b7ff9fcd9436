"""The form of the cases of the AI Act. What they expect is for the rules to meet; here nothing is classified."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

import leitplanke

FOLDER = Path(leitplanke.__file__).parent / "content" / "ki_verordnung" / "faelle"
FILES = sorted(FOLDER.glob("*/*.yaml"))
LETTERS = {
    "nicht_ki": "nk",
    "verboten": "vb",
    "hoch": "hr",
    "ausnahme": "au",
    "begrenzt": "bg",
    "minimal": "mi",
}
CASES: list[tuple[Path, dict[str, Any]]] = [
    (file, case) for file in FILES for case in yaml.safe_load(file.read_text(encoding="utf-8"))["faelle"]
]
PROOF = re.compile(r"Art\. \d|Anhang I|ErwG \d|Leitlinien|leitlinien")


def vocabulary() -> set[str]:
    """Every name and every value that the schema allows for facts."""
    schema = json.loads(
        (FOLDER.parents[1] / "schemas" / "ki-verordnung-faelle.schema.json").read_text(encoding="utf-8")
    )
    facts = schema["$defs"]["fakten"]["properties"]
    return {*facts, *(word for fact in facts.values() for word in fact.get("enum", ()) if word)}


def test_ids_and_texts_are_unique() -> None:
    for key in ("id", "title", "text"):
        assert [value for value, times in Counter(case[key] for _, case in CASES).items() if times > 1] == []


def test_there_are_at_least_75_and_each_group_is_in_both_parts() -> None:
    assert len(CASES) >= 75
    expected = {(part, group) for part in ("entwicklung", "zurueckgehalten") for group in LETTERS}
    assert {(file.parent.name, file.stem) for file in FILES} == expected


def test_parts_halve_every_class() -> None:
    halves = Counter((case["expected"]["class"], case["teil"]) for _, case in CASES)
    for name in {case["expected"]["class"] for _, case in CASES}:
        assert abs(halves[name, "entwicklung"] - halves[name, "zurueckgehalten"]) <= 1, name


def test_case_stands_where_it_says() -> None:
    for file, case in CASES:
        assert (case["teil"], case["id"][:2]) == (file.parent.name, LETTERS[file.stem]), case["id"]


def test_source_names_a_place_of_the_law_or_its_guidelines() -> None:
    assert [case["id"] for _, case in CASES if not PROOF.search(case["source"])] == []


def test_doubt_comes_with_both_readings() -> None:
    for _, case in CASES:
        readings = [reading in (case["doubt_note"] or "") for reading in ("Lesart 1", "Lesart 2")]
        assert readings == [case["doubtful"]] * 2, case["id"]


def test_text_has_two_to_four_sentences_and_no_name_of_a_fact() -> None:
    words = vocabulary()
    for _, case in CASES:
        assert 2 <= len(re.findall(r"[.?!]“?(?=\s|$)", case["text"])) <= 4, case["id"]
        assert words & set(re.findall(r"\w+", case["text"].lower())) == set(), case["id"]


def test_missing_facts_stand_exactly_where_facts_are_unknown() -> None:
    for _, case in CASES:
        unknown = {name for name, value in case["facts"].items() if value is None}
        assert ("missing_facts" in case["expected"]) == bool(unknown), case["id"]
        assert set(case["expected"].get("missing_facts", ())) <= unknown, case["id"]


def test_local_blocks_follow_their_facts() -> None:
    block = {"N4": "staff_affected", "N5": "auto_action_citizen", "N6": "discretion_involved"}
    for _, case in CASES:
        assert case["expected"]["local_blocks"] == [name for name, fact in block.items() if case["facts"][fact]], case[
            "id"
        ]
