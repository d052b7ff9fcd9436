"""Guided documents on a system: templates as data, filled from the record, with questions that only people answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from leitplanke.core.register.fields import NO_WORDS, Art, Feld, empty, felder
from leitplanke.core.rules.model import Words

BLOCKS = ("einstufung", "pflichten", "erklaerungen", "bewertung", "vorfaelle", "verbrauch", "stelle")


@dataclass(frozen=True, slots=True)
class Frage:
    """A question of a document that a person answers.

    Attributes:
        noetig: whether the document is complete only with it.
    """

    name: str
    titel: Words
    hilfe: Words
    noetig: bool


@dataclass(frozen=True, slots=True)
class Teil:
    """A part of a section: a sentence, statements of the record, a composed block, or a question."""

    text: Words = NO_WORDS
    angaben: tuple[str, ...] = ()
    block: str = ""
    liste: tuple[Words, ...] = ()
    frage: Frage | None = None


@dataclass(frozen=True, slots=True)
class Abschnitt:
    """A heading with its parts."""

    titel: Words
    teile: tuple[Teil, ...]


@dataclass(frozen=True, slots=True)
class Vorlage:
    """A guided document.

    Attributes:
        norm: on what law it stands.
        erklaert: the kind of declaration that a finished version can stand for, "" for none.
        sicht: who may read a finished version: `oeffentlich` or `intern`.
        anlass: when it is needed, as `gate_facts` names it (`dsfa_noetig`), "" for always.
    """

    name: str
    titel: Words
    beschreibung: Words
    norm: str
    erklaert: str
    sicht: str
    anlass: str
    abschnitte: tuple[Abschnitt, ...]

    @property
    def fragen(self) -> tuple[Frage, ...]:
        """All questions, in order."""
        return tuple(teil.frage for one in self.abschnitte for teil in one.teile if teil.frage is not None)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What a composed section says: a sentence, label and value, a list, or a table; `open` marks what is missing."""

    kind: str
    text: str = ""
    label: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    columns: tuple[str, ...] = ()
    open: bool = False


@dataclass(frozen=True, slots=True)
class Composed:
    """A section as composed for one system."""

    titel: str
    paragraphs: tuple[Paragraph, ...]


@cache
def vorlagen() -> dict[str, Vorlage]:
    """Return the shipped documents by name, in the order of their files."""
    folder = resources.files("leitplanke.content") / "register" / "dokumente"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name)
    read = (_vorlage(yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)) for file in files)  # noqa: S506 - text only
    return {vorlage.name: vorlage for vorlage in read}


def _vorlage(row: Mapping[str, Any]) -> Vorlage:
    return Vorlage(
        name=row["name"],
        titel=_words(row["titel"]),
        beschreibung=_words(row["beschreibung"]),
        norm=row["norm"],
        erklaert=row.get("erklaert", ""),
        sicht=row.get("sicht", "intern"),
        anlass=row.get("anlass", ""),
        abschnitte=tuple(Abschnitt(_words(one["titel"]), tuple(map(_teil, one["teile"]))) for one in row["abschnitte"]),
    )


def _teil(row: Mapping[str, Any]) -> Teil:
    frage = row.get("frage")
    return Teil(
        text=_words(row["text"]) if "text" in row else NO_WORDS,
        angaben=tuple(row.get("angaben", ())),
        block=row.get("block", ""),
        liste=tuple(map(_words, row.get("liste", ()))),
        frage=_frage(frage) if frage else None,
    )


def _frage(row: Mapping[str, Any]) -> Frage:
    hilfe = _words(row["hilfe"]) if "hilfe" in row else NO_WORDS
    return Frage(row["name"], _words(row["titel"]), hilfe, row.get("noetig", "ja") == "ja")


def _words(row: Mapping[str, str]) -> Words:
    return Words(row["de"], row.get("en", ""))


def compose(
    vorlage: Vorlage,
    said: Mapping[str, Any],
    answers: Mapping[str, str],
    blocks: Mapping[str, tuple[Paragraph, ...]],
    *,
    facts: Mapping[str, str],
) -> tuple[Composed, ...]:
    """Return a document as it is for one system, in German; what is missing stands in it as open.

    Args:
        said: the statements of the record.
        answers: by question.
        blocks: the composed blocks by name, see `BLOCKS`.
        facts: what sentences may name in braces: `name`, `behoerde`, `stelle`, `datum`.
    """
    return tuple(
        Composed(one.titel.de, tuple(p for teil in one.teile for p in _paragraphs(teil, said, answers, blocks, facts)))
        for one in vorlage.abschnitte
    )


def _paragraphs(
    teil: Teil,
    said: Mapping[str, Any],
    answers: Mapping[str, str],
    blocks: Mapping[str, tuple[Paragraph, ...]],
    facts: Mapping[str, str],
) -> list[Paragraph]:
    found: list[Paragraph] = []
    if teil.text.de:
        found.append(Paragraph("text", teil.text.de.format_map(facts)))
    found += [_statement(felder()[name], said.get(name)) for name in teil.angaben]
    if teil.liste:
        found.append(Paragraph("liste", rows=tuple((item.de.format_map(facts),) for item in teil.liste)))
    found += blocks.get(teil.block, ())
    if teil.frage is not None:
        answer = answers.get(teil.frage.name, "").strip()
        missing = not answer and teil.frage.noetig
        found.append(Paragraph("angabe", answer or "Noch offen", teil.frage.titel.de, open=missing))
    return found


def _statement(feld: Feld, value: Any) -> Paragraph:
    if empty(value):
        return Paragraph("angabe", "Noch offen", feld.titel.de, open=True)
    if feld.art is Art.TABELLE:
        columns = tuple(spalte.titel.de for spalte in feld.spalten)
        rows = tuple(tuple(row.get(spalte.name, "") for spalte in feld.spalten) for row in value)
        return Paragraph("tabelle", label=feld.titel.de, rows=rows, columns=columns)
    if feld.art is Art.ZEILEN:
        return Paragraph("liste", label=feld.titel.de, rows=tuple((line,) for line in value))
    if feld.art is Art.AUSWAHL and feld.optionen:
        return Paragraph("angabe", feld.optionen[value].de, feld.titel.de)
    return Paragraph("angabe", str(value), feld.titel.de)


def open_points(composed: tuple[Composed, ...]) -> tuple[str, ...]:
    """Return what is still missing in a document, by label."""
    return tuple(p.label for section in composed for p in section.paragraphs if p.open)
