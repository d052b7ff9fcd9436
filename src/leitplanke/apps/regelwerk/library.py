"""Every Regelwerk of the house, found by discovery: as shipped, with a Mandant's released changes laid over it.

Loading, compiling and the cases cost some tenths of a second, so what was made of equal texts is kept in memory.
"""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from django.conf import settings

from leitplanke.apps.regelwerk.models import Aenderung, Aenderungsstand
from leitplanke.core.rules import Engine, Finding, Regelwerk, RegelwerkError, load_texts
from leitplanke.core.rules.cases import CaseResult, run_cases
from leitplanke.core.rules.checking import open_names

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant

Texts = Mapping[str, str]
MOST_KEPT = 64


class UnknownRegelwerkError(LookupError):
    """There is no Regelwerk, or no layer, of that name."""


class Book:
    """One Regelwerk with all its layers, from the texts of its files; everything is made once, when asked for."""

    def __init__(self, name: str, texts: Texts) -> None:
        """Keep the texts."""
        self.name = name
        self.texts = texts
        self._loaded: dict[str, Engine] = {}
        self._lock = RLock()

    @property
    def layers(self) -> tuple[str, ...]:
        """The names of the layers."""
        names = {file.split("/")[1] for file in self.texts if file.startswith("ebenen/") and file.count("/") > 1}
        return tuple(sorted(names))

    def engine(self, ebene: str = "") -> Engine:
        """Return the engine with a layer.

        Raises:
            UnknownRegelwerkError: there is no such layer.
            RegelwerkError: it cannot be used.
        """
        if ebene and ebene not in self.layers:
            raise UnknownRegelwerkError(ebene)
        with self._lock:
            if ebene not in self._loaded:
                self._loaded[ebene] = Engine(load_texts(self.texts, ebene=ebene))
            return self._loaded[ebene]

    @property
    def regelwerk(self) -> Regelwerk:
        """The Regelwerk without any layer."""
        return self.engine().regelwerk

    @cached_property
    def needs_layer(self) -> bool:
        """Whether only a layer makes it complete."""
        return bool(open_names(self.regelwerk))

    def layer_titles(self) -> dict[str, str]:
        """Return the title of each layer."""
        return {name: self.engine(name).regelwerk.ebenen[name] for name in self.layers}

    def usual_layer(self, mandant: Mandant) -> str:
        """Return the Mandant's own layer, or where one is needed the first."""
        if mandant.kurz in self.layers:
            return mandant.kurz
        return self.layers[0] if self.needs_layer and self.layers else ""

    @cached_property
    def cases(self) -> tuple[CaseResult, ...]:
        """Every case with what differs from what it expects."""
        return run_cases(self.regelwerk, lambda ebene: self.engine(ebene).regelwerk)

    @property
    def deviations(self) -> tuple[CaseResult, ...]:
        """The cases that come out otherwise."""
        return tuple(case for case in self.cases if not case.ok)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What makes it unusable, also with one of its layers."""
        found: dict[str, Finding] = {}
        for ebene in ("", *self.layers):
            try:
                self.engine(ebene)
            except RegelwerkError as error:
                found |= {str(finding): finding for finding in error.findings}
        return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Shipped:
    """A folder of content."""

    name: str
    texts: Texts

    def digest(self, file: str) -> str:
        """Return the SHA-256 of a file, empty where it was not shipped."""
        return digest(self.texts[file]) if file in self.texts else ""


def digest(text: str) -> str:
    """Return the SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def _shipped(folders: tuple[Path, ...]) -> dict[str, Shipped]:
    found: dict[str, Shipped] = {}
    for folder in folders:
        for head in sorted(folder.glob("*/regelwerk.yaml")):
            files = {
                str(file.relative_to(head.parent).as_posix()): file.read_text(encoding="utf-8")
                for file in sorted(head.parent.rglob("*.yaml"))
            }
            found[head.parent.name] = Shipped(head.parent.name, files)
    return dict(sorted(found.items()))


def shipped() -> dict[str, Shipped]:
    """Return what was shipped and what the house added, by name; the house's own folder goes first."""
    return _shipped(tuple(settings.REGELWERK_FOLDERS))


_books: OrderedDict[str, Book] = OrderedDict()
_books_lock = RLock()


def book_of(name: str, texts: Texts) -> Book:
    """Return the book of these texts, made once."""
    key = digest(json.dumps([name, *sorted(texts.items())]))
    with _books_lock:
        if key not in _books:
            _books[key] = Book(name, texts)
            while len(_books) > MOST_KEPT:
                _books.popitem(last=False)
        _books.move_to_end(key)
        return _books[key]


def library_of(mandant: Mandant) -> list[Book]:
    """Return every Regelwerk as it holds for a Mandant."""
    changed: dict[str, dict[str, str]] = {}
    released = Aenderung.objects.for_mandant(mandant).filter(stand=Aenderungsstand.FREIGEGEBEN)
    for regelwerk, datei, text in released.values_list("regelwerk", "datei", "text"):
        changed.setdefault(regelwerk, {})[datei] = text
    return [book_of(name, {**found.texts, **changed.get(name, {})}) for name, found in shipped().items()]


def texts_for(mandant: Mandant, name: str) -> dict[str, str]:
    """Return the files of a Regelwerk as they hold for a Mandant.

    Raises:
        UnknownRegelwerkError: there is no Regelwerk of that name.
    """
    found = shipped().get(name)
    if found is None:
        raise UnknownRegelwerkError(name)
    released = Aenderung.objects.for_mandant(mandant).filter(regelwerk=name, stand=Aenderungsstand.FREIGEGEBEN)
    return {**found.texts, **dict(released.values_list("datei", "text"))}


def book_for(mandant: Mandant, name: str) -> Book:
    """Return a Regelwerk as it holds for a Mandant.

    Raises:
        UnknownRegelwerkError: there is no Regelwerk of that name.
    """
    return book_of(name, texts_for(mandant, name))
