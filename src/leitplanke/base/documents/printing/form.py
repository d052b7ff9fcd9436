"""An application on paper: the questions of a form with room to answer by pen, as PDF/UA-1."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from leitplanke.base.documents.printing.letter import office_values
from leitplanke.base.documents.printing.text import LONGEST_HEAD, paper, papers, running
from leitplanke.base.documents.printing.typesetting import typeset
from leitplanke.base.documents.printing.words import language_of, words
from leitplanke.core.drafting.brief import Absender

LONG_CHOICE = 30
LONG_FIELD = 900
MAX_ROWS = 60


class Answer(StrEnum):
    """What a person writes or ticks."""

    TEXT = "text"
    YES_NO = "ja_nein"
    CHOICE = "auswahl"
    AMOUNT = "betrag"
    NUMBER = "zahl"
    DATE = "datum"
    LIST = "liste"


@dataclass(frozen=True, slots=True)
class FormField:
    """One question.

    Attributes:
        unit: what an amount or number counts (`EUR im Monat`, `Personen`).
        choices: what a choice offers.
        columns: the headings of a list.
        rows: lines of a text, empty rows of a list.
    """

    question: str
    answer: Answer = Answer.TEXT
    hint: str = ""
    unit: str = ""
    choices: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: int = 1


@dataclass(frozen=True, slots=True)
class FormSection:
    """Questions on one subject."""

    title: str
    fields: tuple[FormField, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form with everything that stands on it.

    Attributes:
        stand: the day whose wording it has; also the date in the file.
        declaration: what the person confirms by signing.
        submit: the ways to hand it in, one each.
        privacy: the paragraphs of the data protection notice.
    """

    title: str
    office: Absender
    stand: date
    sections: tuple[FormSection, ...]
    intro: tuple[str, ...] = ()
    declaration: tuple[str, ...] = ()
    submit: tuple[str, ...] = ()
    privacy: tuple[str, ...] = ()
    sprache: str = "de"


def form_pdf(form: Form) -> bytes:
    """Return a form as tagged PDF, to be filled in by pen; the same form gives the same bytes.

    Raises:
        TooLongError: it would have more than 200 pages.
        PrintError: it could not be set.
    """
    named = words(form.sprache)
    values = {
        "words": named,
        "lang": language_of(form.sprache),
        "date": {"year": form.stand.year, "month": form.stand.month, "day": form.stand.day},
        "title": paper(form.title) or named["abgeben"],
        "author": papers([form.office.behoerde]),
        "description": "",
        "keywords": [],
        "running": running(form.title),
        "office": office_values(form.office),
        "intro": papers(form.intro),
        "sections": [_section(section, named) for section in form.sections],
        "declaration": papers(form.declaration),
        "submit": papers(form.submit),
        "privacy": papers(form.privacy),
        "long": sum(map(len, form.submit + form.privacy)) > LONG_FIELD,
    }
    return typeset("formular.typ", values, form.stand)


def _section(section: FormSection, named: dict[str, str]) -> dict[str, Any]:
    return {
        "title": paper(section.title),
        "note": paper(section.note),
        "fields": [_field(field, named) for field in section.fields],
    }


def _field(field: FormField, named: dict[str, str]) -> dict[str, Any]:
    choices = [named["ja"], named["nein"]] if field.answer is Answer.YES_NO else papers(field.choices)
    columns = papers(field.columns) or [paper(field.question)]
    rows = min(max(field.rows, 1), MAX_ROWS)
    size = len(field.question) + len(field.hint) + sum(map(len, (*choices, *columns)))
    return {
        "kind": field.answer.value,
        "question": paper(field.question),
        "hint": paper(field.hint),
        "unit": paper(field.unit),
        "choices": choices,
        "wide": any(len(choice) > LONG_CHOICE for choice in choices),
        "columns": columns,
        "short_head": max(map(len, columns)) <= LONGEST_HEAD,
        "rows": rows,
        "long": size > LONG_FIELD or rows > 12 or len(choices) > 20,
    }
