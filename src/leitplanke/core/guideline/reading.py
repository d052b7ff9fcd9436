"""Reading building blocks: one YAML file each, every fault with its line."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from collections.abc import Mapping as AnyMapping
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

from leitplanke.core.guideline.filling import fill, names_in
from leitplanke.core.guideline.model import (
    Area,
    Audience,
    Block,
    BlockError,
    Enforcement,
    Example,
    Law,
    Option,
    Parameter,
    Place,
    Principle,
)
from leitplanke.core.guideline.trees import tree_of
from leitplanke.core.policy import Cell, Clause, DataClass, ModelClass
from leitplanke.core.policy.reading_clauses import CLAUSE, NAME, TRUTH, ClauseReader
from leitplanke.core.rules import Finding
from leitplanke.core.rules.yamltext import Mapping, Sequence, Text, Tree

LEAST_CASES = 3
KINDS = ("zahl", "text", "auswahl", "datum")
_HEAD = {
    "id", "name", "titel", "bereich", "kern", "frage", "worum", "durchsetzung", "wie", "wo", "fehlt", "grundsaetze",
    "dortmund", "vorgabe", "beispiele",
}  # fmt: skip
_OPTION = {"schluessel", "titel", "folgen", "texte", "klauseln", "tabelle", "braucht", "schliesst_aus"}
_PARAMETER = {"name", "titel", "art", "vorgabe", "einheit", "von", "bis", "werte"}
_LAW = {"norm", "worum", "geprueft", "url"}
_Value = TypeVar("_Value", bound=enum.StrEnum)


def load_blocks(folder: Path | Traversable) -> dict[str, Block]:
    """Load all blocks of a folder (`*.yaml`), by id, in the order of their ids.

    Raises:
        BlockError: one of them cannot be used, or two say they are the same; every fault with file and line.
    """
    found: dict[str, Block] = {}
    findings: list[Finding] = []
    for file in sorted((file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name):
        try:
            block = block_from_text(file.read_text(encoding="utf-8-sig"), file.name)
        except BlockError as error:
            findings += error.findings
            continue
        if block.id in found:
            findings.append(Finding(file.name, 1, f"Den Baustein {block.id} gibt es schon."))
        found[block.id] = block
    findings += _strange_options(found)
    if findings:
        raise BlockError(tuple(findings))
    return {name: found[name] for name in sorted(found)}


def block_from_text(text: str, file: str) -> Block:
    """Read a block from its text.

    Raises:
        BlockError: it cannot be used; every fault with its line.
    """
    tree = tree_of(text, file)
    reader = _BlockReader(file)
    block = reader.block(tree)
    if reader.findings or block is None:
        raise BlockError(tuple(reader.findings))
    return block


def _strange_options(blocks: AnyMapping[str, Block]) -> Iterable[Finding]:
    for block in blocks.values():
        for option in block.options:
            for named in (*option.needs, *option.excludes):
                other, _dot, key = named.partition(".")
                if other in blocks and blocks[other].option(key) is None:
                    yield Finding(block.id, 1, f"Option „{option.key}“ nennt „{named}“, das es nicht gibt.")


class _BlockReader(ClauseReader):
    def block(self, tree: Mapping) -> Block | None:
        self.known(tree, {"baustein", "recht", "parameter", "optionen", "gewaehlt"})
        head, rows = tree.get("baustein"), tree.get("optionen")
        if not isinstance(head, Mapping) or not isinstance(rows, Sequence) or not rows:
            self.fault(tree, "Es braucht die Abschnitte „baustein“ und „optionen“.")
            return None
        self.known(head, _HEAD)
        parameters = tuple(self._parameter(row) for row in self._rows(tree, "parameter"))
        values = {parameter.name: parameter.usual for parameter in parameters}
        options = tuple(self._option(row, values) for row in rows if isinstance(row, Mapping))
        keys = {option.key for option in options}
        if len(keys) != len(rows):
            self.fault(rows, "Jede Option hat Namen und Werte und einen eigenen Schlüssel.")
        enforcement = self._one_of(head, "durchsetzung", Enforcement)
        self._controls(head, enforcement, options)
        return Block(
            id=self.text(head, "id"), name=self._name(head, "name"), title=self.text(head, "titel"),
            area=self._one_of(head, "bereich", Area), core=self._truth(head, "kern"),
            question=self.text(head, "frage"), about=self.text(head, "worum"), enforcement=enforcement,
            enforced=self.text(head, "wie"), places=self._several(head, "wo", Place),
            missing=str(head.get("fehlt") or ""), principles=self._several(head, "grundsaetze", Principle),
            dortmund=self._texts(head, "dortmund"), laws=tuple(self._law(row) for row in self._rows(tree, "recht")),
            parameters=parameters, options=options, chosen=self._chosen(tree, keys),
            usual=self._key(head, "vorgabe", keys), examples=self._examples(head, keys),
        )  # fmt: skip

    def _controls(self, head: Mapping, enforcement: Enforcement, options: tuple[Option, ...]) -> None:
        """Find a block that a machine could keep but none does, without a word about it."""
        if enforcement not in {Enforcement.RUNTIME, Enforcement.WORKFLOW} or head.get("fehlt"):
            return
        if not any(option.clauses or option.cells for option in options):
            self.fault(head, "Keine Option hat eine Klausel oder Tabelle; schreiben Sie eine, oder „fehlt“ sagt warum.")
        if not head.get("wo"):
            self.fault(head, "„wo“ fehlt: An welcher Stelle im Haus wird der Baustein eingehalten?")

    def _option(self, row: Mapping, values: AnyMapping[str, str]) -> Option:
        self.known(row, _OPTION)
        texts = row.get("texte")
        words = {audience: self._wording(texts, audience, values) for audience in Audience}
        return Option(
            self._name(row, "schluessel"), self.text(row, "titel"), self.text(row, "folgen"), words,
            tuple(clause for one in self._rows(row, "klauseln") if (clause := self._control(one, values))),
            self._cells(row.get("tabelle")), self._texts(row, "braucht"), self._reasons(row),
        )  # fmt: skip

    def _wording(self, texts: Tree | None, audience: Audience, values: AnyMapping[str, str]) -> str:
        if not isinstance(texts, Mapping):
            return ""
        self.known(texts, set(Audience))
        text = self.text(texts, audience.value)
        self._named(texts.get(audience.value) or texts, text, values)
        return text

    def _control(self, row: Mapping, values: AnyMapping[str, str]) -> Clause | None:
        """Read a clause with the usual values in it, then leave the places for those of the town."""
        self.known(row, CLAUSE - {"nummer", "quelle", "text"})
        usual = Mapping({name: self._filled(value, values) for name, value in row.items()})
        usual.line, usual.key_lines = row.line, row.key_lines
        usual["nummer"], usual["quelle"] = _text("-", row.line), _text("-", row.line)
        clause = self.clause(usual)
        if clause is None:
            return None
        if len(clause.cases) < LEAST_CASES:
            self.fault(row, f"Eine Klausel hat mindestens {LEAST_CASES} Fälle.")
        return Clause(
            "", clause.name, clause.title, self.text(row, "satz"), clause.effect, self.text(row, "wenn"), "",
            self.parameters(row.get("parameter")), clause.cases,
        )  # fmt: skip

    def _filled(self, value: Tree, values: AnyMapping[str, str]) -> Tree:
        if not isinstance(value, Text):
            return value
        self._named(value, str(value), values)
        return _text(fill(str(value), values), value.line)

    def _named(self, where: Tree, text: str, values: AnyMapping[str, str]) -> None:
        for name in names_in(text):
            if name not in values:
                self.fault(where, f"„{{{name}}}“ steht nicht unter „parameter“.")

    def _cells(self, tree: Tree | None) -> dict[tuple[DataClass, ModelClass], Cell]:
        found: dict[tuple[DataClass, ModelClass], Cell] = {}
        if tree is None:
            return found
        if not isinstance(tree, Mapping):
            self.fault(tree, "„tabelle“ nennt je Datenklasse die Betriebsorte und was dort gilt.")
            return found
        self.known(tree, set(DataClass))
        for data, row in tree.items():
            if not isinstance(row, Mapping):
                self.fault(row, f"„{data}“ nennt Betriebsorte.")
                continue
            self.known(row, set(ModelClass))
            for model in row:
                if data in set(DataClass) and model in set(ModelClass):
                    found[DataClass(data), ModelClass(model)] = self._one_of(row, model, Cell)
        return found

    def _parameter(self, row: Mapping) -> Parameter:
        self.known(row, _PARAMETER)
        kind = self.text(row, "art")
        if kind not in KINDS:
            self.fault(row, f"Die Art „{kind}“ gibt es nicht; möglich: {', '.join(KINDS)}.")
        choices = row.get("werte")
        values = {name: str(word) for name, word in choices.items()} if isinstance(choices, Mapping) else {}
        usual = self.text(row, "vorgabe")
        least, most = (self._number(row, name) if kind == "zahl" else 0 for name in ("von", "bis"))
        if kind == "auswahl" and usual not in values:
            self.fault(row, f"Die Vorgabe „{usual}“ steht nicht unter „werte“.")
        if kind == "zahl" and not (usual.isdigit() and least <= int(usual) <= most):
            self.fault(row, f"Die Vorgabe „{usual}“ ist keine Zahl von {least} bis {most}.")
        return Parameter(
            self._name(row, "name"), self.text(row, "titel"), kind, usual, str(row.get("einheit") or ""), least, most,
            values,
        )  # fmt: skip

    def _law(self, row: Mapping) -> Law:
        self.known(row, _LAW)
        checked, url = self._truth(row, "geprueft"), str(row.get("url") or "")
        return Law(self.text(row, "norm"), self.text(row, "worum"), checked, url)

    def _chosen(self, tree: Mapping, keys: set[str]) -> dict[str, str]:
        chosen = tree.get("gewaehlt")
        if chosen is None:
            return {}
        if not isinstance(chosen, Mapping):
            self.fault(chosen, "„gewaehlt“ nennt je Kommune den Schlüssel ihrer Option.")
            return {}
        return {town: self._key(chosen, town, keys) for town in chosen}

    def _examples(self, head: Mapping, keys: set[str]) -> dict[Example, str]:
        tree = head.get("beispiele")
        if not isinstance(tree, Mapping):
            self.fault(head, f"„beispiele“ nennt eine Option für {', '.join(Example)}.")
            return {}
        self.known(tree, set(Example))
        return {example: self._key(tree, example.value, keys) for example in Example}

    def _reasons(self, row: Mapping) -> dict[str, str]:
        tree = row.get("schliesst_aus")
        if tree is None:
            return {}
        if not isinstance(tree, Mapping):
            self.fault(tree, "„schliesst_aus“ nennt je Option (BB24.nein) den Grund.")
            return {}
        return {name: self.text(tree, name) for name in tree}

    def _rows(self, tree: Mapping, name: str) -> list[Mapping]:
        rows = tree.get(name)
        if rows is None:
            return []
        if not isinstance(rows, Sequence) or not all(isinstance(row, Mapping) for row in rows):
            self.fault(rows, f"„{name}“ ist eine Liste von Einträgen mit Namen und Werten.")
            return []
        return [row for row in rows if isinstance(row, Mapping)]

    def _texts(self, tree: Mapping, name: str) -> tuple[str, ...]:
        rows = tree.get(name)
        if rows is None:
            return ()
        if not isinstance(rows, Sequence) or not all(isinstance(row, Text) for row in rows):
            self.fault(rows, f"„{name}“ ist eine Liste von Texten.")
            return ()
        return tuple(str(row) for row in rows)

    def _several(self, tree: Mapping, name: str, kind: type[_Value]) -> tuple[_Value, ...]:
        values = self._texts(tree, name)
        for value in values:
            if value not in set(kind):
                self.fault(tree, f"„{name}: {value}“ gibt es nicht; möglich: {', '.join(kind)}.")
        return tuple(kind(value) for value in values if value in set(kind))

    def _one_of(self, tree: Mapping, name: str, kind: type[_Value]) -> _Value:
        value = self.text(tree, name)
        if value in set(kind):
            return kind(value)
        self.fault(tree.get(name) or tree, f"„{name}: {value}“ gibt es nicht; möglich: {', '.join(kind)}.")
        return next(iter(kind))

    def _truth(self, tree: Mapping, name: str) -> bool:
        value = self.text(tree, name)
        if value not in TRUTH:
            self.fault(tree, f"„{name}“ ist ja oder nein.")
        return TRUTH.get(value, False)

    def _number(self, tree: Mapping, name: str) -> int:
        value = self.text(tree, name)
        if not (value.isascii() and value.isdigit()):
            self.fault(tree, f"„{name}“ ist eine ganze Zahl.")
            return 0
        return int(value)

    def _name(self, tree: Mapping, name: str) -> str:
        value = self.text(tree, name)
        if not NAME.fullmatch(value):
            self.fault(tree, f"„{name}: {value}“: höchstens 40 kleine Buchstaben, Ziffern und _, vorn ein Buchstabe.")
        return value

    def _key(self, tree: Mapping, name: str, keys: set[str]) -> str:
        value = self.text(tree, name)
        if value not in keys:
            self.fault(tree.get(name) or tree, f"„{name}: {value}“ ist keine Option dieses Bausteins.")
        return value


def _text(value: str, line: int) -> Text:
    text = Text(value)
    text.line, text.quoted = line, True
    return text
