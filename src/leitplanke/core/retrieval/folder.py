"""A plain folder of documents, indexed without a database; only what changed since the last time is read again."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypedDict

from leitplanke.core.provenance import Source
from leitplanke.core.retrieval.extract import ExtractionError, folder_files, read_from_folder
from leitplanke.core.retrieval.extract.folder import INDEX_NAME
from leitplanke.core.retrieval.index import Index
from leitplanke.core.retrieval.splitting import split
from leitplanke.core.retrieval.vector_cache import VectorCache

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from leitplanke.core.provenance import Geltungsbereich
    from leitplanke.core.retrieval.embedder import Embedder
    from leitplanke.core.retrieval.hits import Hit
    from leitplanke.core.retrieval.passages import Passage
    from leitplanke.core.retrieval.vocabulary import Vocabulary

_READING = "2"  # raise it whenever the same bytes are read or split differently
_FILES = "files.json"


class Progress(Protocol):
    """Is told of long work: "lesen" (files) or "einbetten" (passages), how many are done and how many there are."""

    def __call__(self, phase: str, done: int, total: int) -> None:
        """Note that `done` of `total` are done."""
        ...


class SearchResult(TypedDict):
    """A result as `leitplanke search` writes it."""

    document: str
    section: str
    title: str
    score: float


@dataclass(frozen=True, slots=True)
class FolderIndex:
    """The index of a folder, and in German which files could not be read."""

    index: Index
    errors: tuple[str, ...]

    def results(self, question: str, top: int) -> list[SearchResult]:
        """Return the best sections for a question in the form of `leitplanke search`."""
        return [search_result(hit) for hit in self.index.search_sections(question, top=top)]


@dataclass(slots=True)
class _Seen:
    """What is known of a file: size and time of change spare us reading it, the hash tells whether it changed."""

    size: int
    changed: int
    sha256: str
    error: str = ""


@dataclass(slots=True)
class _Reader:
    """Reads files when the index asks for them and keeps the errors."""

    path: Path
    bereiche: Mapping[str, Geltungsbereich]
    total: int
    progress: Progress | None
    errors: dict[str, str] = field(default_factory=dict)
    done: int = 0

    def __call__(self, name: str) -> tuple[Source, Sequence[Passage]]:
        """Read and split one file; one that cannot be read is a document without passages."""
        self.errors.pop(name, None)
        self.done += 1
        try:
            document = read_from_folder(self.path, self.path / name, bereiche=self.bereiche)
            result = document.source, split(document)
        except ExtractionError as error:
            self.errors[name] = str(error)
            result = Source(document=Path(name).name, title=Path(name).name), ()
        if self.progress:
            self.progress("lesen", self.done, self.total)
        return result


def open_folder(  # noqa: PLR0913 - each names one thing the caller decides
    path: Path,
    directory: Path,
    *,
    embedder: Embedder | None,
    vocabulary: Vocabulary,
    bereiche: Mapping[str, Geltungsbereich] | None = None,
    cache: VectorCache | None = None,
    lexical: bool = False,
    progress: Progress | None = None,
) -> FolderIndex:
    """Open the index of the documents in `path`, kept in `directory` between calls, and bring it up to date.

    Unless `lexical`, it waits until every passage is embedded. `bereiche` says by document name whom a text binds.
    """
    index = Index.open(directory, embedder=None if lexical else embedder, vocabulary=vocabulary, cache=cache)
    seen = _look(path, directory)
    salt = _salt(path, bereiche or {})
    wanted = {name: hashlib.sha256(f"{entry.sha256}{salt}".encode()).hexdigest() for name, entry in seen.items()}
    changed = sum(
        index.documents[name].digest != digest if name in index.documents else True for name, digest in wanted.items()
    )
    reader = _Reader(path, bereiche or {}, changed, progress, {name: e.error for name, e in seen.items() if e.error})
    index.update(wanted, reader)
    _remember(directory, seen, reader.errors)
    if not lexical and index.pending:
        index.embed_pending(
            progress=None if progress is None else lambda done, total: progress("einbetten", done, total)
        )
    return FolderIndex(index, tuple(reader.errors.values()))


def search_result(hit: Hit) -> SearchResult:
    """Return a hit in the form of `leitplanke search`."""
    passage = hit.passage
    return {
        "document": passage.source.document,
        "section": passage.section,
        "title": passage.title,
        "score": round(hit.score, 6),
    }


def cache_home() -> Path:
    """Return the folder of this user where indexes and vectors may be kept."""
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or Path.home() / ".cache"
    return Path(base) / "leitplanke"


def default_directory(path: Path) -> Path:
    """Return where the index of a folder is kept when nobody says otherwise."""
    return cache_home() / "index" / hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:24]


def default_cache() -> VectorCache:
    """Return the cache of vectors that all indexes of this user share."""
    return VectorCache(cache_home() / "vectors.sqlite")


def _look(path: Path, directory: Path) -> dict[str, _Seen]:
    """Return the files of a folder by name, with hashes taken from last time where size and time are the same."""
    try:
        before = {n: _Seen(**e) for n, e in json.loads((directory / _FILES).read_text(encoding="utf-8")).items()}
    except (OSError, ValueError, TypeError):
        before = {}
    seen = {}
    for file in folder_files(path):
        name, status = file.relative_to(path).as_posix(), file.stat()
        known = before.get(name)
        if known is None or (known.size, known.changed) != (status.st_size, status.st_mtime_ns):
            known = _Seen(status.st_size, status.st_mtime_ns, _hash(file))
        seen[name] = known
    return seen


def _hash(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _salt(path: Path, bereiche: Mapping[str, Geltungsbereich]) -> str:
    """Return what besides a file's bytes decides how it is read."""
    parts = [_READING, json.dumps([[name, str(bereich)] for name, bereich in sorted(bereiche.items())])]
    for folder in (path, path.resolve().parent):
        file = folder / INDEX_NAME
        parts.append(_hash(file) if file.is_file() else "")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _remember(directory: Path, seen: Mapping[str, _Seen], errors: Mapping[str, str]) -> None:
    entries = {
        name: {"size": e.size, "changed": e.changed, "sha256": e.sha256, "error": errors.get(name, "")}
        for name, e in seen.items()
    }
    temporary = directory / f"{_FILES}.{os.getpid()}"
    temporary.write_text(json.dumps(entries, ensure_ascii=False), encoding="utf-8")
    temporary.replace(directory / _FILES)
