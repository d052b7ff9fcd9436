"""Invented evidence documents of the demo town: files made from data, the same each time."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
import typst
import yaml

from leitplanke.base.documents.muster_scan import photo, scan, with_other_text

_TEMPLATE = "beleg.typ"
_NO_DAY = 1_767_225_600  # the first day of 2026, in every file
_LONG_AGO = (2026, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Musterbeleg:
    """A document of the demo town.

    Attributes:
        erwartet: what the system should propose, by field.
        befunde: words that its findings should contain.
        werte: everything its layout needs.
    """

    haushalt: str
    verfahren: str
    datei: str
    art: str
    form: str
    erwartet: Mapping[str, str | bool]
    befunde: tuple[str, ...]
    werte: Mapping[str, Any]


def load_muster(folder: Path | Traversable) -> tuple[Musterbeleg, ...]:
    """Return every document of the demo town, household by household."""
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name)
    return tuple(muster for file in files for muster in _household(yaml.safe_load(file.read_text(encoding="utf-8"))))


def _household(raw: Mapping[str, Any]) -> Iterator[Musterbeleg]:
    for beleg in raw["belege"]:
        yield Musterbeleg(
            haushalt=raw["haushalt"],
            verfahren=raw["verfahren"],
            datei=beleg["datei"],
            art=beleg["art"],
            form=beleg["form"],
            erwartet=beleg["erwartet"],
            befunde=tuple(beleg.get("befunde", ())),
            werte=beleg,
        )


def make_muster(muster: Musterbeleg, folder: Path | Traversable) -> bytes:
    """Return the file of a document; `folder` holds the template."""
    if muster.form == "docx":
        return _docx(muster.werte)
    pdf = typeset_muster(muster.werte, folder.joinpath(_TEMPLATE).read_bytes())
    seed = zlib.crc32(muster.datei.encode())
    if muster.form == "scan":
        return scan(pdf, seed)
    if muster.form == "foto":
        return photo(pdf, seed)
    if muster.form == "falsche_schicht":
        return with_other_text(pdf, seed, muster.werte["ersetzt"])
    return pdf


def typeset_muster(values: Mapping[str, Any], template: bytes) -> bytes:
    """Return a document as PDF."""
    made = typst.compile(
        template,
        sys_inputs={"d": json.dumps(values, default=str)},
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=_NO_DAY,
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=True),
    )
    if not isinstance(made, bytes):
        raise TypeError("Typst hat mehrere Dateien erzeugt.")
    return made


def _docx(values: Mapping[str, Any]) -> bytes:
    document = docx.Document()
    document.add_heading(values["titel"], 1)
    for part in values["inhalt"]:
        if "ueberschrift" in part:
            document.add_heading(part["ueberschrift"], 2)
        if "absatz" in part:
            document.add_paragraph(part["absatz"])
        if rows := _rows(part):
            table = document.add_table(rows=0, cols=len(rows[0]))
            for row in rows:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
    buffer = BytesIO()
    document.save(buffer)
    return _timeless(buffer.getvalue())


def _rows(part: Mapping[str, Any]) -> list[list[str]]:
    if "tabelle" in part:
        return [part["tabelle"]["kopf"], *part["tabelle"]["zeilen"]]
    return list(part.get("felder", ()))


def _timeless(archive: bytes) -> bytes:
    """Return the same archive without the time at which it was packed."""
    buffer = BytesIO()
    with ZipFile(BytesIO(archive)) as old, ZipFile(buffer, "w", ZIP_DEFLATED) as new:
        for info in old.infolist():
            entry = ZipInfo(info.filename, _LONG_AGO)
            entry.compress_type = ZIP_DEFLATED
            new.writestr(entry, old.read(info.filename))
    return buffer.getvalue()
