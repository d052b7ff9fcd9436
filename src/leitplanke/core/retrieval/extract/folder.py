"""Reading a folder of documents, with the index of statutes that may lie in or beside it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from leitplanke.core.provenance import Ebene, Geltungsbereich
from leitplanke.core.retrieval.extract.errors import ExtractionError
from leitplanke.core.retrieval.extract.limits import DEFAULT_LIMITS, Limits
from leitplanke.core.retrieval.extract.reading import SUPPORTED_SUFFIXES, extract

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from leitplanke.core.provenance import Source
    from leitplanke.core.retrieval.documents import Document

INDEX_NAME = "index.json"
# Files about the folder, not in it: nobody wants them cited.
_ABOUT = frozenset({"readme", "provenance", "license", "licence", "changelog"})


def read_bereiche(text: str) -> dict[str, Geltungsbereich]:
    """Read the YAML list of statutes whose scope is narrower than their name suggests.

    Each entry has `gesetz` (abbreviation), `ebene` and `bindet`.

    Raises:
        ValueError: an entry lacks a field or names an unknown level.
    """
    entries = yaml.load(text, Loader=yaml.BaseLoader) or []  # noqa: S506  (BaseLoader makes text only, never objects)
    try:
        return {
            entry["gesetz"]: Geltungsbereich(ebene=Ebene(entry["ebene"]), bindet=entry["bindet"]) for entry in entries
        }
    except (KeyError, TypeError) as error:
        raise ValueError(f"Jeder Eintrag braucht gesetz, ebene und bindet ({error}).") from error


def load_folder(
    path: Path, *, bereiche: Mapping[str, Geltungsbereich] | None = None, limits: Limits = DEFAULT_LIMITS
) -> Iterator[Document | ExtractionError]:
    """Read every supported file below `path`, sorted by path; a file that cannot be read yields its error instead.

    `bereiche` says by document name whom a text binds. An `index.json` in the folder or beside it names statutes.
    Hidden files, files about the folder (README, LICENSE, PROVENANCE) and links out of the folder are skipped.
    """
    for file in folder_files(path):
        try:
            yield read_from_folder(path, file, bereiche=bereiche, limits=limits)
        except ExtractionError as error:
            yield error


def read_from_folder(
    path: Path,
    file: Path,
    *,
    bereiche: Mapping[str, Geltungsbereich] | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Document:
    """Read one of `folder_files(path)`.

    Raises:
        ExtractionError: the file cannot be read; its name is the path inside the folder.
    """
    try:
        document = _read_file(file, limits)
    except ExtractionError as error:
        raise error.named(file.relative_to(path).as_posix()) from error
    entry = _read_index(path).get(file.stem.lower()) if file.suffix.lower() == ".xml" else None
    source = _with_index(document.source, entry or {})
    if bereiche and source.document in bereiche:
        source = replace(source, bereich=bereiche[source.document])
    return replace(document, source=source)


def folder_files(path: Path) -> list[Path]:
    """Return the files below `path` that can be read, sorted."""
    root = path.resolve()
    return sorted(
        file
        for file in path.rglob("*")
        if file.suffix.lower() in SUPPORTED_SUFFIXES
        and file.stem.lower() not in _ABOUT
        and not any(part.startswith(".") for part in file.relative_to(path).parts)
        and file.is_file()
        and file.resolve().is_relative_to(root)
    )


def _read_file(file: Path, limits: Limits) -> Document:
    try:
        size = file.stat().st_size
        if size > limits.file_bytes:
            message = (
                f"Die Datei ist größer als {limits.file_bytes // 1024**2} MB. Bitte teilen oder verkleinern Sie sie."
            )
            raise ExtractionError("too_large", message)
        data = file.read_bytes()
    except OSError as error:
        message = f"Die Datei ließ sich nicht öffnen ({error.strerror}). Bitte prüfen Sie die Zugriffsrechte."
        raise ExtractionError("broken", message) from error
    return extract(file.name, data, limits=limits)


def _read_index(path: Path) -> dict[str, dict[str, Any]]:
    for folder in (path, path.resolve().parent):
        try:
            entries = json.loads((folder / INDEX_NAME).read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            continue
        if isinstance(entries, list):
            return {
                str(entry["slug"]).lower(): entry for entry in entries if isinstance(entry, dict) and "slug" in entry
            }
    return {}


def _with_index(source: Source, entry: Mapping[str, Any]) -> Source:
    """Let the index name the statute; what it does not know stays as the file says."""
    if not entry:
        return source

    def known(*keys: str, otherwise: str) -> str:
        return next((str(entry[key]) for key in keys if entry.get(key)), otherwise)

    return replace(
        source,
        document=known("abbr", "amtabk", "jurabk", otherwise=source.document),
        title=known("title", otherwise=source.title),
        url=known("url", otherwise=source.url),
        stand_text=source.stand_text or known("stand", otherwise=""),
    )
