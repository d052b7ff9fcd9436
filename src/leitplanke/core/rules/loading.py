"""Loading a Regelwerk: from a folder or from texts, with the layers of a Land or a town laid over it, and checked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

from leitplanke.core.rules.checking import check, open_names
from leitplanke.core.rules.errors import Finding, RegelwerkError, listed
from leitplanke.core.rules.model import (
    Angabe,
    Ergebnis,
    Ermessen,
    Fall,
    Kind,
    Parameter,
    Place,
    Regel,
    Regelwerk,
    Simulation,
)
from leitplanke.core.rules.reading import NAME, Entry, Findings
from leitplanke.core.rules.reading_parts import (
    read_angabe,
    read_ergebnis,
    read_ermessen,
    read_fall,
    read_filled,
    read_parameter,
    read_regel,
    read_simulation,
    read_values,
)
from leitplanke.core.rules.yamltext import MAX_BYTES, read_yaml
from leitplanke.core.rules.yamltext import Mapping as Node

LAYERS = "ebenen"
PROCEDURE, LETTERS = "verfahren.yaml", "schreiben/"
_RANKS = ("land", "satzung")
_MAX_FILES = 500
_MAX_TOTAL = 30_000_000
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Ebene:
    """A layer that fills what the ones above leave open."""

    name: str
    titel: str
    rang: str
    ueber: str = ""


def load(folder: Path | Traversable, *, ebene: str = "", checked: bool = True) -> Regelwerk:
    """Load the Regelwerk in `folder`, with the layer `ebene` and those above it where one is named.

    Raises:
        RegelwerkError: it cannot be used; holds every finding with file, line and cause.
    """
    return load_texts(texts_of(folder), ebene=ebene, checked=checked)


def load_texts(files: Mapping[str, str], *, ebene: str = "", checked: bool = True) -> Regelwerk:
    """Load a Regelwerk from the texts of its files by their path; `ebenen/NAME/…` belong to that layer.

    What makes an application type of it (`core/verfahren`) is left aside.

    Raises:
        RegelwerkError: see `load`.
    """
    own = {name: text for name, text in files.items() if name != PROCEDURE and not name.startswith(LETTERS)}
    return _Loader(own, ebene).regelwerk(checked=checked)


def layers_of(folder: Path | Traversable) -> tuple[str, ...]:
    """Return the names of the layers a Regelwerk offers."""
    below = folder / LAYERS
    return tuple(sorted(item.name for item in below.iterdir() if item.is_dir())) if below.is_dir() else ()


def texts_of(folder: Path | Traversable) -> dict[str, str]:
    """Return the text of every YAML file in a folder by its path.

    Raises:
        RegelwerkError: there is no such folder, or a file cannot be read.
    """
    return dict(_files(folder, ""))


def _files(folder: Path | Traversable, prefix: str) -> Iterator[tuple[str, str]]:
    if not folder.is_dir():
        raise RegelwerkError([Finding(str(folder), 1, "Diesen Ordner gibt es nicht.")])
    for count, item in enumerate(sorted(folder.iterdir(), key=lambda item: item.name)):
        if count > _MAX_FILES:
            raise RegelwerkError([Finding(prefix or ".", 1, f"Mehr als {_MAX_FILES} Dateien in einem Ordner.")])
        if item.is_dir() and prefix.count("/") < 3:
            yield from _files(item, f"{prefix}{item.name}/")
        elif item.name.endswith((".yaml", ".yml")):
            yield f"{prefix}{item.name}", _text(item, f"{prefix}{item.name}")


def _text(item: Traversable, name: str) -> str:
    """Return the text of a file; of a pipe, a device or a file that is too large nothing is kept."""
    if not item.is_file():
        raise RegelwerkError([Finding(name, 1, "Das ist keine gewöhnliche Datei.")])
    try:
        with item.open("rb") as source:
            found = source.read(MAX_BYTES + 1)
        if len(found) > MAX_BYTES:
            raise RegelwerkError([Finding(name, 1, f"Die Datei ist größer als {MAX_BYTES // 1_000_000} MB.")])
        return found.decode().replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise RegelwerkError([Finding(name, 1, "Die Datei ist kein Text in UTF-8.")]) from None
    except OSError as error:
        raise RegelwerkError([Finding(name, 1, f"Die Datei lässt sich nicht lesen: {error.strerror}.")]) from None


class _Loader:
    def __init__(self, files: Mapping[str, str], ebene: str) -> None:
        self._files = files
        self._findings = Findings()
        self._trees: dict[str, Node] = {}
        self._wanted = ebene
        self._angaben: dict[str, Angabe] = {}
        self._parameter: dict[str, Parameter] = {}
        self._regeln: dict[str, Regel] = {}
        self._ermessen: dict[str, Ermessen] = {}
        self._ergebnisse: list[Ergebnis] = []
        self._faelle: list[Fall] = []

    def regelwerk(self, *, checked: bool) -> Regelwerk:
        if sum(map(len, self._files.values())) > _MAX_TOTAL:
            raise RegelwerkError([Finding("", 1, f"Alle Dateien zusammen sind größer als {_MAX_TOTAL // 10**6} MB.")])
        for name, text in self._files.items():
            try:
                self._trees[name] = read_yaml(text, name)
            except RegelwerkError as error:
                self._findings.found += error.findings
        chain = self._chain()
        self._stop()
        head = self._head()
        self._base()
        for layer in chain:
            self._lay_over(layer)
        self._cases(head.gilt_ab)
        self._stop()
        simulation = self._simulation()
        self._stop()
        result = replace(
            head, angaben=self._angaben, parameter=self._parameter, regeln=self._regeln, ermessen=self._ermessen,
            ergebnisse=tuple(self._ergebnisse), faelle=tuple(self._faelle), digest=self._digest(chain),
            simulation=simulation, ebenen={"": head.gesetz} | {layer.name: layer.titel for layer in chain},
        )  # fmt: skip
        if checked:
            if chain:
                self._left_open(result, chain[-1])
            check(result)
        return result

    def _stop(self) -> None:
        if self._findings.found:
            raise RegelwerkError(self._findings.found)

    def _digest(self, chain: list[Ebene]) -> str:
        """Return a digest of everything that can change a result; cases do not."""
        used = {layer.name for layer in chain}
        names = [n for n in self._files if not n.startswith("faelle/") and (self._layer_of(n) in used | {""})]
        content = [[name, self._files[name]] for name in sorted(names)]
        return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()

    @staticmethod
    def _layer_of(file: str) -> str:
        parts = file.split("/")
        return parts[1] if parts[0] == LAYERS and len(parts) > 2 else ""

    def _sections(self, section: str, layer: str = "") -> Iterator[tuple[str, Entry]]:
        """Yield the files of a layer that have a section, as entries that know only this section."""
        for file, tree in self._trees.items():
            if self._layer_of(file) == layer and not file.startswith("faelle/") and section in tree:
                entry = Entry(tree, section, file, layer, self._findings)
                yield file, entry

    def _known_sections(self, known: frozenset[str], layer: str) -> None:
        for file, tree in self._trees.items():
            if self._layer_of(file) != layer or file.startswith("faelle/"):
                continue
            for key in tree.keys() - known:
                place = Place(file, tree.key_lines[key], layer)
                self._findings.add(place, f"Den Abschnitt „{key}“ gibt es nicht. Möglich: {', '.join(sorted(known))}.")

    def _chain(self) -> list[Ebene]:
        """Return the layers from the top down to the wanted one."""
        known: dict[str, Ebene] = {}
        names = {self._layer_of(file) for file in self._trees} - {""}
        for name in names:
            for _, top in self._sections("ebene", name):
                with top.entry(top.tree("ebene") or Node(), f"Ebene „{name}“") as entry:
                    known[name] = Ebene(
                        name, entry.text("titel"), entry.chosen("rang", _RANKS), entry.text("ueber", "")
                    )
        chain: list[Ebene] = []
        name = self._wanted
        while name:
            if name not in known or any(layer.name == name for layer in chain):
                offered = listed(sorted(known)) or "keine"
                self._findings.add(Place(), f"Die Ebene „{name}“ gibt es nicht. Vorhanden: {offered}.")
                break
            chain.insert(0, known[name])
            name = known[name].ueber
        return chain

    def _head(self) -> Regelwerk:
        heads = list(self._sections("regelwerk"))
        if len(heads) != 1:
            file = heads[1][0] if heads else "regelwerk.yaml"
            self._findings.add(
                Place(file, 1), f"Der Abschnitt „regelwerk“ muss genau einmal da sein, er steht {len(heads)}-mal da."
            )
            self._stop()
        with heads[0][1].entry(heads[0][1].tree("regelwerk") or Node(), "regelwerk") as entry:
            months, norm = 0, ""
            if entry.has("zeitraum"):
                with entry.entry(entry.tree("zeitraum") or Node(), "zeitraum") as span:
                    months, norm = span.count("monate", 12), span.text("norm")
            head = Regelwerk(
                entry.text("name"), entry.words("titel"), entry.words("beschreibung"), entry.text("gesetz"),
                entry.texts("ziel"), entry.day("gilt_ab", date(1900, 1, 1)),
                entry.chosen("ergebnis", ("erstes", "alle"), "erstes"), months, norm,
                {}, {}, {}, {}, (), (), {}, "", entry.text("version", ""), entry.texts("grenzen"),
                rechtsstand=entry.text("rechtsstand", ""),
            )  # fmt: skip
        if not NAME.match(head.name):
            self._findings.add(
                entry.at("name"), "Der „name“ des Regelwerks: klein geschrieben, a bis z, Ziffern und _."
            )
        if not head.ziel:
            self._findings.add(entry.place, "Das Regelwerk nennt kein „ziel“: den Namen des Werts, um den es geht.")
        return head

    def _base(self) -> None:
        self._known_sections(
            frozenset({"regelwerk", "angaben", "parameter", "regeln", "ermessen", "ergebnis", "simulation"}), ""
        )
        for name, entry in self._entries("angaben", "Angabe"):
            self._keep(self._angaben, name, read_angabe(entry, name), entry)
        for name, entry in self._entries("regeln", "Regel"):
            self._keep(self._regeln, name, read_regel(entry, name), entry)
        for name, entry in self._entries("ermessen", "Ermessen"):
            self._keep(self._ermessen, name, read_ermessen(entry, name), entry)
        options = self._options()
        for name, entry in self._entries("parameter", "Parameter"):
            self._keep(self._parameter, name, read_parameter(entry, name, options), entry)
        for _, top in self._sections("ergebnis"):
            for entry in top.each("ergebnis", "Ergebnis"):
                with entry:
                    outcome = read_ergebnis(entry)
                    self._ergebnisse += [outcome] if outcome else []

    def _simulation(self) -> Simulation:
        """Return what the one section on simulation says; an empty one where there is none."""
        shapes = {angabe.name: angabe.shape for angabe in self._angaben.values()}
        shapes |= {rule.name: rule.eingebbar.shape for rule in self._regeln.values() if rule.eingebbar}
        result = Simulation()
        for _, top in self._sections("simulation"):
            with top.entry(top.tree("simulation") or Node(), "Simulation") as entry:
                result = read_simulation(entry, shapes)
        return result

    def _entries(self, section: str, what: str, layer: str = "") -> Iterator[tuple[str, Entry]]:
        """Yield the named entries of a section over all files of a layer."""
        for _, top in self._sections(section, layer):
            for name, node in top.named(section):
                with top.entry(node, f"{what} „{name}“") as entry:
                    yield name, entry

    def _keep(self, where: dict[str, T], name: str, value: T, entry: Entry) -> None:
        taken = (self._angaben, self._parameter, self._regeln, self._ermessen)
        if any(name in section for section in taken):
            self._findings.add(entry.place, f"{entry.what}: Den Namen „{name}“ gibt es schon.")
        where[name] = value

    def _options(self) -> dict[str, tuple[str, ...]]:
        """Return the options of each Auswahl by name, of fields and rules too."""
        facts = [*self._angaben.values(), *(part for angabe in self._angaben.values() for part in angabe.felder)]
        named = [(item.name, item.shape) for item in facts]
        named += [(rule.name, rule.shape) for rule in self._regeln.values()]
        named += [(judgement.name, judgement.shape) for judgement in self._ermessen.values()]
        return {name: shape.optionen for name, shape in named if shape.kind is Kind.AUSWAHL}

    def _lay_over(self, layer: Ebene) -> None:
        """Fill what is left open, and add values and rules of the layer's own; anything else it may not touch."""
        self._known_sections(frozenset({"ebene", "parameter", "regeln"}), layer.name)
        for name, entry in self._entries("regeln", "Regel", layer.name):
            rule = self._regeln.get(name)
            if rule is None:
                self._keep(self._regeln, name, read_regel(entry, name), entry)
            elif self._may_fill(rule.offen, layer, entry):
                self._regeln[name] = read_filled(entry, rule)
        options = self._options()
        for name, entry in self._entries("parameter", "Parameter", layer.name):
            parameter = self._parameter.get(name)
            if parameter is None:
                self._keep(self._parameter, name, read_parameter(entry, name, options), entry)
            elif self._may_fill(parameter.offen, layer, entry):
                norm = entry.text("norm")
                values = tuple(read_values(entry, replace(parameter, offen=""), options))
                self._parameter[name] = replace(parameter, werte=values, norm=norm, place=entry.place)

    def _left_open(self, whole: Regelwerk, layer: Ebene) -> None:
        """Report what the lowest layer there can be does not fill."""
        if layer.rang == _RANKS[-1] and (missing := open_names(whole)):
            self._findings.add(
                Place(f"{LAYERS}/{layer.name}", 1, layer.name),
                f"Die Ebene „{layer.name}“ füllt nicht alles, was offen ist: {', '.join(missing)}.",
            )
            self._stop()

    def _may_fill(self, left_open: str, layer: Ebene, entry: Entry) -> bool:
        allowed = left_open in _RANKS and _RANKS.index(layer.rang) >= _RANKS.index(left_open) if left_open else False
        if not allowed:
            self._findings.add(entry.place, f"{entry.what}: Die höhere Ebene lässt das nicht für „{layer.rang}“ offen.")
        return allowed

    def _cases(self, gilt_ab: date) -> None:
        for file, tree in self._trees.items():
            if not file.startswith("faelle/"):
                continue
            top = Entry(tree, "Fälle", file, "", self._findings)
            with top:
                for entry in top.each("faelle", "Fall"):
                    with entry:
                        self._faelle.append(read_fall(entry, gilt_ab))
