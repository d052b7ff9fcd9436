"""Leitplanke's own parts as prepared entries, from `content/register/inbetriebnahme`; one for each procedure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Procedure:
    """What the prepared entry of an application procedure says of it.

    Attributes:
        name: as in its technical key `antrag.<name>`.
        verfahrensrecht: `sgb_x`, `vwvfg` or `ao`.
    """

    name: str
    titel: str
    stelle: str
    verfahrensrecht: str
    rechtsgrundlagen: tuple[str, ...]
    unterlagen: tuple[str, ...]
    aufbewahrung: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A proposed fact that somebody must think about, with the reason."""

    fakt: str
    satz: str


@dataclass(frozen=True, slots=True)
class Part:
    """An own part of Leitplanke as a prepared entry.

    Attributes:
        verfahren: the procedure it belongs to, "" for a part of the whole town.
        angaben: statements by the names of `felder.yaml`.
        fakten: proposed facts of the AI Act; a person confirms them.
        antworten: by guided document and question what its draft begins with.
    """

    schluessel: str
    name: str
    verfahren: str
    angaben: Mapping[str, Any]
    fakten: Mapping[str, Any]
    zweifel: tuple[Doubt, ...]
    antworten: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@cache
def _shipped() -> tuple[Mapping[str, Any], ...]:
    folder = resources.files("leitplanke.content") / "register" / "inbetriebnahme"
    files = sorted((one for one in folder.iterdir() if one.name.endswith(".yaml")), key=lambda one: one.name)
    return tuple(yaml.safe_load(one.read_text(encoding="utf-8")) for one in files)


def own_parts(procedures: Iterable[Procedure], *, email: str = "") -> tuple[Part, ...]:
    """Return the prepared entries of a town that has these procedures, its own parts first.

    Args:
        email: of the town, for questions.
    """
    known = tuple(procedures)
    rows = sorted(_shipped(), key=lambda row: row["je"] == "verfahren")
    return tuple(part for row in rows for part in _parts(row, known, email))


def _parts(row: Mapping[str, Any], procedures: Iterable[Procedure], email: str) -> Iterator[Part]:
    if row["je"] == "kommune":
        yield _part(row, {"email": email}, "")
        return
    for one in procedures:
        words = {
            "verfahren": one.name, "titel": one.titel, "stelle": one.stelle, "regelwerk": one.name, "email": email,
            "rechtsgrundlagen": ", ".join(one.rechtsgrundlagen), "aufbewahrung": one.aufbewahrung,
            "unterlagen": ", ".join(one.unterlagen) or "was zum Antrag eingereicht wird",
        }  # fmt: skip
        yield _part(_varied(row, one), words, one.name)


def _varied(row: Mapping[str, Any], procedure: Procedure) -> Mapping[str, Any]:
    """Return a template as it is for procedures of this kind."""
    varied = dict(row)
    for other in row.get("abweichend", ()):
        if procedure.verfahrensrecht in other["wenn"]["verfahrensrecht"]:
            varied["angaben"] = {**varied["angaben"], **other["angaben"]}
            varied["fakten"] = {**varied["fakten"], **other["fakten"]}
    return varied


def _part(row: Mapping[str, Any], words: Mapping[str, str], verfahren: str) -> Part:
    said = _filled(row, words)
    return Part(
        schluessel=said["schluessel"],
        name=said["name"],
        verfahren=verfahren,
        angaben=said["angaben"],
        fakten=said["fakten"],
        zweifel=tuple(Doubt(**one) for one in said["zweifel"]),
        antworten=said["antworten"],
    )


def _filled(value: Any, words: Mapping[str, str]) -> Any:
    """Return a value with its placeholders filled; braces that name no word stay."""
    if isinstance(value, str):
        for name, word in words.items():
            value = value.replace(f"{{{name}}}", word)
        return value.strip()
    if isinstance(value, Mapping):
        return {key: _filled(one, words) for key, one in value.items()}
    return [_filled(one, words) for one in value] if isinstance(value, list) else value
