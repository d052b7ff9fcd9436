"""Loading the application type that a folder with a Regelwerk becomes by `verfahren.yaml` and `schreiben/*.yaml`.

Paragraphs that several letters share stand once, in `_gemeinsam/schreiben/*.yaml` beside the folders.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath

from leitplanke.core.rules.errors import Finding, RegelwerkError
from leitplanke.core.rules.loading import LETTERS, PROCEDURE, texts_of
from leitplanke.core.rules.model import Place, Regelwerk
from leitplanke.core.rules.reading import Entry, Findings
from leitplanke.core.rules.yamltext import Mapping as Node
from leitplanke.core.rules.yamltext import Text, read_yaml
from leitplanke.core.verfahren.checking import check
from leitplanke.core.verfahren.model import Absatz, Verfahren, Vorlage
from leitplanke.core.verfahren.reading import read_absatz, read_verfahren, read_vorlage

SHARED = "_gemeinsam"
PARAGRAPHS = "absaetze"
Folder = Path | Traversable
Texts = Mapping[str, str]


def shipped_root() -> Traversable:
    """Return the folder of the shipped application types."""
    return resources.files("leitplanke.content") / "fachverfahren"


def procedures(roots: Iterable[Folder] = ()) -> dict[str, Folder]:
    """Return the folder of every application type by its name: shipped ones and those in `roots`, the latest counts."""
    found: dict[str, Folder] = {}
    for root in (shipped_root(), *roots):
        for item in root.iterdir() if root.is_dir() else ():
            if item.is_dir() and (item / PROCEDURE).is_file():
                found[item.name] = item
    return dict(sorted(found.items()))


def load_verfahren(folder: Folder, regelwerk: Regelwerk) -> Verfahren:
    """Load the application type of a folder, with the shared paragraphs beside it laid over the shipped ones.

    Raises:
        RegelwerkError: it cannot be used; holds every finding with file, line and what to do.
    """
    beside = folder.parent / SHARED if isinstance(folder, Path) else None
    own = texts_of(beside) if beside is not None and beside.is_dir() else {}
    return load_verfahren_texts(texts_of(folder), regelwerk, _shipped_shared() | own)


def load_verfahren_texts(files: Texts, regelwerk: Regelwerk, shared: Texts | None = None) -> Verfahren:
    """Load an application type from the texts of its files by their path; without `shared` with what is shipped.

    Raises:
        RegelwerkError: see `load_verfahren`.
    """
    return _Loader(files, _shipped_shared() if shared is None else shared).verfahren(regelwerk)


@cache
def _shipped_shared() -> dict[str, str]:
    folder = shipped_root() / SHARED
    return texts_of(folder) if folder.is_dir() else {}


class _Loader:
    def __init__(self, files: Texts, shared: Texts) -> None:
        self._files = {name: text for name, text in files.items() if name == PROCEDURE or name.startswith(LETTERS)}
        self._shared = shared
        self._findings = Findings()

    def verfahren(self, regelwerk: Regelwerk) -> Verfahren:
        head = self._tree(PROCEDURE, self._files.get(PROCEDURE))
        trees = {name: self._tree(name, text) for name, text in sorted(self._files.items()) if name != PROCEDURE}
        own = {name: tree for name, tree in trees.items() if PARAGRAPHS in tree and "schreiben" not in tree}
        shared = {f"{SHARED}/{name}": self._tree(f"{SHARED}/{name}", text) for name, text in self._shared.items()}
        paragraphs = self._paragraphs({**shared, **own})
        self._stop()
        with self._top(head, PROCEDURE, "verfahren") as top:
            node = top.tree("verfahren") or Text()
            with top.entry(node, "verfahren") as entry:
                result = read_verfahren(entry, regelwerk.name)
        letters = [self._letter(file, tree, paragraphs) for file, tree in trees.items() if file not in own]
        self._stop()
        result = replace(result, vorlagen={letter.name: letter for letter in letters}, digest=self._digest())
        self._findings.found += check(result, regelwerk)
        self._stop()
        return result

    def _stop(self) -> None:
        if self._findings.found:
            raise RegelwerkError(self._findings.found)

    def _tree(self, file: str, text: str | None) -> Node:
        if text is None:
            message = "Die Datei fehlt; erst sie macht aus dem Regelwerk ein Fachverfahren."
            raise RegelwerkError([Finding(file, 1, message)])
        try:
            return read_yaml(text, file)
        except RegelwerkError as error:
            self._findings.found += error.findings
            return read_yaml("", file)

    def _paragraphs(self, trees: Mapping[str, Node]) -> dict[str, Absatz]:
        """Return the paragraphs that letters share, by name."""
        found: dict[str, Absatz] = {}
        for file, tree in trees.items():
            with self._top(tree, file, PARAGRAPHS) as top:
                for key, node in top.named("absaetze"):
                    if key in found:
                        place = Place(file, getattr(node, "line", 1))
                        self._findings.add(place, f"Den gemeinsamen Absatz „{key}“ gibt es schon.")
                    with top.entry(node, f"Absatz „{key}“") as entry:
                        found[key] = read_absatz(entry, key)
        return found

    def _letter(self, file: str, tree: Node, paragraphs: Mapping[str, Absatz]) -> Vorlage:
        name = PurePosixPath(file).stem
        with self._top(tree, file, "schreiben") as top:
            node = top.tree("schreiben") or Text()
            with top.entry(node, f"Vorlage „{name}“") as entry:
                return read_vorlage(entry, name, paragraphs)

    def _top(self, tree: Node, file: str, what: str) -> Entry:
        return Entry(tree, what, file, "", self._findings)

    def _digest(self) -> str:
        """Return a digest of everything that can change a page or a letter."""
        content = [sorted(self._files.items()), sorted(self._shared.items())]
        return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()
