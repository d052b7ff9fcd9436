"""The vocabulary: everyday words for official terms and for the sections that deal with them, edited by people."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from importlib import resources
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable
    from importlib.resources.abc import Traversable


@dataclass(frozen=True, slots=True)
class Stichwort:
    """An entry of the subject index: how people say it, how the law says it, and where it stands ("UVG § 1")."""

    alltag: tuple[str, ...]
    amtlich: tuple[str, ...] = ()
    normen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dokumentname:
    """Names under which people call a document besides its abbreviation and title."""

    dokument: str
    namen: tuple[str, ...]


class VocabularyError(ValueError):
    """An entry cannot be read; the message says which file and entry, and what is expected, in German."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All entries that search may use."""

    stichworte: tuple[Stichwort, ...] = ()
    namen: tuple[Dokumentname, ...] = ()
    digest: str = field(init=False)

    def __post_init__(self) -> None:
        """Fix the digest by which an index notices that the vocabulary has changed."""
        content = [
            [[e.alltag, e.amtlich, e.normen] for e in self.stichworte],
            [[n.dokument, n.namen] for n in self.namen],
        ]
        digest = hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()
        object.__setattr__(self, "digest", digest)

    def __add__(self, other: Vocabulary) -> Vocabulary:
        """Return both vocabularies together, such as the built-in one and a town's own."""
        return Vocabulary(self.stichworte + other.stichworte, self.namen + other.namen)


def read_vocabulary(text: str, *, where: str) -> Vocabulary:
    """Read entries from YAML: a list of `alltag`/`amtlich`/`normen` entries and `dokument`/`namen` entries.

    Raises:
        VocabularyError: the text is no such list; `where` names it in the message.
    """
    try:
        entries = yaml.load(text, Loader=yaml.CBaseLoader if hasattr(yaml, "CBaseLoader") else yaml.BaseLoader)  # noqa: S506 - BaseLoader makes text only
    except yaml.YAMLError as error:
        raise VocabularyError(f"{where}: kein gültiges YAML ({error}).") from error
    if not isinstance(entries, list | None):
        raise VocabularyError(f"{where}: erwartet wird eine Liste von Einträgen.")
    stichworte, namen = [], []
    for number, entry in enumerate(entries or [], start=1):
        place = f"{where}, Eintrag {number}"
        if isinstance(entry, dict) and "dokument" in entry:
            namen.append(Dokumentname(str(entry["dokument"]), _texts(entry, "namen", place)))
        elif isinstance(entry, dict) and "alltag" in entry:
            parts = (_texts(entry, key, place) for key in ("alltag", "amtlich", "normen"))
            stichworte.append(Stichwort(*parts))
        else:
            raise VocabularyError(
                f"{place}: jeder Eintrag braucht `alltag` (Redewendungen) oder `dokument` (mit `namen`)."
            )
    return Vocabulary(tuple(stichworte), tuple(namen))


def _texts(entry: dict[str, Any], key: str, place: str) -> tuple[str, ...]:
    value = entry.get(key) or []
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise VocabularyError(f"{place}: `{key}` muss eine Liste von Texten sein.")
    return tuple(text.strip() for text in value if text.strip())


def load_vocabulary(folder: Traversable) -> Vocabulary:
    """Read every YAML file below `folder`.

    Raises:
        VocabularyError: a file cannot be read.
    """
    parts = [read_vocabulary(file.read_text(encoding="utf-8"), where=file.name) for file in _yaml_files(folder)]
    return Vocabulary(
        tuple(entry for part in parts for entry in part.stichworte),
        tuple(name for part in parts for name in part.namen),
    )


def built_in_vocabulary() -> Vocabulary:
    """Return the vocabulary that comes with the product.

    Raises:
        VocabularyError: a file cannot be read.
    """
    wissen = resources.files("leitplanke") / "content" / "wissen"
    return load_vocabulary(wissen / "stichworte") + load_vocabulary(wissen / "namen")


def _yaml_files(folder: Traversable) -> Iterable[Traversable]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _yaml_files(entry)
        elif entry.name.endswith((".yaml", ".yml")):
            yield entry
