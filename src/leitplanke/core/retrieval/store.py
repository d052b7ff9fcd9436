"""Passages and their documents on disk, in generations: a new state is written beside the old, then put in force."""

from __future__ import annotations

import json
import mmap
import os
import shutil
import sqlite3
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from leitplanke.core.provenance import Ebene, Geltung, Geltungsbereich, Source
from leitplanke.core.retrieval.arrays import load_array, save_array
from leitplanke.core.retrieval.passages import Passage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

FORMAT = 3  # raise it whenever files written by an older version can no longer be read
_CURRENT = "CURRENT"
_PREFIX = "g-"


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document of an index: its id and content hash, its source, and where its passages lie."""

    id: str
    digest: str
    source: Source
    first: int
    count: int


class PassageStore:
    """The documents and passages of one generation, read from a mapped file as they are asked for."""

    def __init__(self, directory: Path) -> None:
        """Open what `write_passages` wrote."""
        head = json.loads((directory / "documents.json").read_text(encoding="utf-8"))
        self.documents = tuple(_document(entry) for entry in head["documents"])
        self.sections: tuple[tuple[int, str], ...] = tuple((number, name) for number, name in head["sections"])
        self.section_of: NDArray[np.int32] = load_array(directory / "section_of.npy")
        self.document_of: NDArray[np.int32] = load_array(directory / "document_of.npy")
        self.annex: NDArray[np.bool_] = load_array(directory / "annex.npy")
        self._offsets: NDArray[np.int64] = load_array(directory / "offsets.npy")
        with (directory / "passages.jsonl").open("rb") as file:
            self._lines = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if len(self) else b""

    def __len__(self) -> int:
        """Return the number of passages."""
        return len(self.section_of)

    def __getitem__(self, number: int) -> Passage:
        """Read one passage."""
        section, title, absatz, page, headings, start, end, text, annex = json.loads(self.line(number))
        source = self.documents[int(self.document_of[number])].source
        return Passage(source, section, title, absatz, page, tuple(headings), start, end, text, annex=annex)

    def line(self, number: int) -> bytes:
        """Return the stored form of one passage."""
        return bytes(self._lines[int(self._offsets[number]) : int(self._offsets[number + 1])])


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document to be written: passages as objects, or as the lines of an older generation."""

    id: str
    digest: str
    source: Source
    lines: Sequence[bytes]


def passage_line(passage: Passage) -> bytes:
    """Return the stored form of a passage."""
    fields = [
        passage.section,
        passage.title,
        passage.absatz,
        passage.page,
        passage.headings,
        passage.start,
        passage.end,
        passage.text,
        passage.annex,
    ]
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def write_passages(directory: Path, documents: Sequence[NewDocument]) -> None:
    """Write documents and passages into a new generation."""
    sections: dict[tuple[int, str], int] = {}
    section_of, document_of, annex, widths = [], [], [], [0]
    with (directory / "passages.jsonl").open("wb") as file:
        for number, document in enumerate(documents):
            for line in document.lines:
                fields = json.loads(line)
                section_of.append(sections.setdefault((number, fields[0]), len(sections)))
                document_of.append(number)
                annex.append(fields[-1])
                widths.append(file.write(line))
    save_array(directory / "section_of.npy", np.array(section_of, dtype=np.int32))
    save_array(directory / "document_of.npy", np.array(document_of, dtype=np.int32))
    save_array(directory / "annex.npy", np.array(annex, dtype=np.bool_))
    save_array(directory / "offsets.npy", np.cumsum(widths, dtype=np.int64))
    entries, first = [], 0
    for document in documents:
        entries.append(
            {"id": document.id, "digest": document.digest, "source": asdict(document.source), "first": first}
        )
        entries[-1]["count"] = len(document.lines)
        first += len(document.lines)
    head = {"documents": entries, "sections": list(sections)}
    (directory / "documents.json").write_text(json.dumps(head, ensure_ascii=False, default=str), encoding="utf-8")


def _document(entry: dict[str, Any]) -> StoredDocument:
    source = entry["source"]
    geltung = {key: date.fromisoformat(value) if value else None for key, value in source.pop("geltung").items()}
    bereich = source.pop("bereich")
    bereich["ebene"] = Ebene(bereich["ebene"])
    aliases = tuple(source.pop("aliases"))
    entry["source"] = Source(**source, geltung=Geltung(**geltung), bereich=Geltungsbereich(**bereich), aliases=aliases)
    return StoredDocument(**entry)


class Generations:
    """The states of an index in its directory; exactly one is in force, whatever moment a process dies at."""

    def __init__(self, directory: Path) -> None:
        """Use `directory`, made where it is missing."""
        directory.mkdir(parents=True, exist_ok=True)
        self.directory = directory

    def current(self) -> Path | None:
        """Return the generation in force, None before the first or when only an older format is there."""
        try:
            name, version = (self.directory / _CURRENT).read_text(encoding="ascii").split()
        except (FileNotFoundError, ValueError):
            return None
        path = self.directory / name
        return path if version == str(FORMAT) and path.is_dir() else None

    @contextmanager
    def writing(self) -> Iterator[Path]:
        """Give an empty folder for the next generation and put it in force at the end; one writer at a time."""
        with closing(sqlite3.connect(self.directory / "lock.sqlite", timeout=600, isolation_level=None)) as lock:
            lock.execute("BEGIN EXCLUSIVE")  # a lock that ends with its process, on every system
            names = [path.name for path in self.directory.glob(f"{_PREFIX}*")]
            number = max((int(name.removeprefix(_PREFIX)) for name in names), default=0) + 1
            path = self.directory / f"{_PREFIX}{number:06}"
            path.mkdir()
            try:
                yield path
            except BaseException:
                shutil.rmtree(path, ignore_errors=True)
                raise
            self._put_in_force(path)

    def _put_in_force(self, path: Path) -> None:
        temporary = self.directory / f"{_CURRENT}.new"
        with temporary.open("w", encoding="ascii") as file:
            file.write(f"{path.name} {FORMAT}")
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(self.directory / _CURRENT)
        for old in self.directory.glob(f"{_PREFIX}*"):
            if old != path:
                with suppress(OSError):  # where a reader holds its files open, the next writer clears up
                    shutil.rmtree(old)
