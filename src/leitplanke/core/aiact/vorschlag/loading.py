"""The lexicon read from its YAML files and checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

import yaml

from leitplanke.core.aiact.vorschlag.matching import Matcher
from leitplanke.core.aiact.vorschlag.model import (
    ADJACENT,
    Basis,
    Concept,
    Condition,
    Confidence,
    Denial,
    Gap,
    Lexicon,
    LexikonError,
    Pattern,
    Rule,
    Stem,
    Value,
)
from leitplanke.core.aiact.vorschlag.reading import fold

_GAPS = {"..": Gap(words=8, same_clause=False), ">": Gap(words=8, same_clause=True)}
_SHORTEST = 3
_TEXT_ONLY = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_YES_NO: Mapping[str, Value] = {"ja": True, "nein": False}


@cache
def shipped_lexicon() -> Lexicon:
    """Return the lexicon that comes with the program."""
    folder = resources.files("leitplanke.content") / "ki_verordnung" / "lexikon"
    files = {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir() if file.name.endswith(".yaml")}
    return load_lexicon(files)


@cache
def shipped_matcher() -> Matcher:
    """Return the matcher over the lexicon that comes with the program."""
    return Matcher(shipped_lexicon())


def load_lexicon(files: Mapping[str, str]) -> Lexicon:
    """Read a lexicon from the texts of its files; rules hold in the order of the file names.

    Raises:
        LexikonError: a rule names what does not exist, or a wording cannot be read.
    """
    concepts: dict[str, Concept] = {}
    rules: list[Rule] = []
    denials: list[Denial] = []
    for name in sorted(files):
        content = yaml.load(files[name], Loader=_TEXT_ONLY)  # noqa: S506 - it makes text and nothing else
        for key, raw in content.get("begriffe", {}).items():
            if key in concepts:
                raise LexikonError(f"{name}: Den Begriff {key} gibt es schon.")
            concepts[key] = _concept(key, raw, name)
        rules += [_rule(raw, f"{name}, Regel {number}") for number, raw in enumerate(content.get("regeln", ()), 1)]
        denials += [_denial(content["verneinung"], name)] if "verneinung" in content else []
    if len(denials) != 1:
        raise LexikonError("Genau eine Datei des Lexikons muss sagen, was verneint (verneinung).")
    _check(concepts, rules)
    return Lexicon(concepts, tuple(rules), denials[0])


def _concept(key: str, raw: Mapping[str, Any], file: str) -> Concept:
    return Concept(
        name=key,
        patterns=tuple(_patterns(raw.get("woerter", ()), f"{file}, {key}")),
        excluded=tuple(_patterns(raw.get("nicht", ()), f"{file}, {key}")),
        includes=tuple(raw.get("auch", ())),
        except_for=tuple(raw.get("ausser", ())),
        topic=raw.get("thema") == "ja",
    )


def _patterns(wordings: list[str], place: str) -> Iterator[Pattern]:
    for wording in wordings:
        if " ~ " in wording:  # either order
            before, after = wording.split(" ~ ", 1)
            yield _pattern(f"{before} .. {after}", place)
            yield _pattern(f"{after} .. {before}", place)
        else:
            yield _pattern(wording, place)


def _pattern(wording: str, place: str) -> Pattern:
    slots: list[tuple[Stem, ...]] = []
    gaps: list[Gap] = []
    gap = ADJACENT
    for part in wording.split():
        if part in _GAPS:
            gap = _GAPS[part]
            continue
        slots.append(tuple(_stem(choice, place) for choice in part.split("|")))
        gaps.append(gap)
        gap = ADJACENT
    if not slots:
        raise LexikonError(f"{place}: „{wording}“ ist keine Wendung.")
    return Pattern(tuple(slots), tuple(gaps))


def _stem(written: str, place: str) -> Stem:
    text = fold(written.strip("*").replace("-", ""))  # as in the forms of a word
    stem = Stem(text, begins=not written.startswith("*"), ends=not written.endswith("*"))
    if not text.isalnum():
        raise LexikonError(f"{place}: „{written}“ enthält etwas anderes als Buchstaben und Ziffern.")
    if len(text) < _SHORTEST and not (stem.begins and stem.ends):
        raise LexikonError(f"{place}: „{written}“ ist mit Sternchen zu kurz.")
    return stem


def _rule(raw: Mapping[str, Any], place: str) -> Rule:
    basis = Basis(raw.get("grundlage", Basis.TEXT))
    if basis is Basis.PRESUMPTION and not raw.get("grund"):
        raise LexikonError(f"{place}: Eine Annahme braucht einen grund.")
    return Rule(
        fact=raw["fakt"],
        value=_value(raw["wert"]),
        every=tuple(map(_condition, raw.get("alle", ()))),
        some=tuple(map(_condition, raw.get("eine", ()))),
        none=tuple(map(_condition, raw.get("keine", ()))),
        confidence=Confidence(raw.get("sicherheit", Confidence.LIKELY)),
        basis=basis,
        reason=raw.get("grund", ""),
    )


def _value(written: str) -> Value:
    return _YES_NO.get(written, written)


def _condition(written: str) -> Condition:
    if "=" in written:
        name, values = written.split("=", 1)
        return Condition(name, values=frozenset(map(_value, values.split("|"))))
    return Condition(written.removeprefix("nicht "), denied=written.startswith("nicht "))


def _denial(raw: Mapping[str, Any], file: str) -> Denial:
    def stems(key: str) -> tuple[Stem, ...]:
        return tuple(_stem(word, file) for word in raw[key])

    return Denial(
        before=stems("davor"),
        links=stems("weiter_mit"),
        infinitives=stems("weiter_wegen"),
        either=stems("davor_oder_danach"),
        stops=stems("bis"),
        either_stops=stems("bis_bei_nicht"),
        not_denying=tuple(_patterns(raw["nicht"], file)),
        reach=int(raw["weite"]),
    )


def _check(concepts: Mapping[str, Concept], rules: list[Rule]) -> None:
    for concept in concepts.values():
        for other in (*concept.includes, *concept.except_for):
            if other not in concepts:
                raise LexikonError(f"{concept.name}: Den Begriff {other} gibt es nicht.")
            if other in concept.includes and concepts[other].includes:
                raise LexikonError(f"{concept.name}: {other} umfasst selbst Begriffe; nennen Sie diese einzeln.")
    before: set[str] = set()
    for number, rule in enumerate(rules, 1):
        for condition in (*rule.every, *rule.some, *rule.none):
            known = before if condition.about_fact else concepts
            if condition.name not in known:
                raise LexikonError(
                    f"Regel {number} ({rule.fact}={rule.value}): {condition.name} gibt es hier noch nicht."
                )
        before.add(rule.fact)
