"""The tables beside the rules: duties, doubts, principles, offices and other names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from leitplanke.core.aiact.names import Names
from leitplanke.core.rules.errors import Finding, RegelwerkError
from leitplanke.core.rules.model import Kind, Regelwerk, Words
from leitplanke.core.rules.reading import plain
from leitplanke.core.rules.yamltext import read_yaml

RULES = "regelwerk"
DUTIES, DOUBTS, PRINCIPLES, NAMES = "pflichten.yaml", "zweifel.yaml", "grundsaetze.yaml", "namen.yaml"
DOUBTFUL = ("zweifel_", "widerspruch_")
_HEAVIEST = "massgeblich"


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty as written down; see `model.Obligation`. `trigger`, `due` and `legacy` are names of rules."""

    name: str
    article: str
    owner: str
    role: str
    trigger: str
    due: str
    legacy: str
    when: str
    evidence: str
    title: Words
    sentence: Words


@dataclass(frozen=True, slots=True)
class DoubtText:
    """Why a rule is doubtful, and both readings."""

    why: Words
    readings: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Principle:
    """A principle of the Code of Conduct and how it is met; `verified` tells whether we saw its wording."""

    name: str
    title: Words
    commitment: Words
    measure: Words
    evidence: str
    verified: bool
    source: str


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything beside the rules."""

    duties: tuple[Duty, ...]
    owners: Mapping[str, Words]
    doubts: Mapping[str, DoubtText]
    principles: tuple[Principle, ...]
    names: Names


def read_tables(folder: Path | Traversable, regelwerk: Regelwerk) -> Tables:
    """Read the tables and hold them against the rules.

    Raises:
        RegelwerkError: a table cannot be read, or names a rule that there is not.
    """
    duties = _file(folder, DUTIES)
    found = Tables(
        tuple(_duty(name, entry) for name, entry in duties["pflichten"].items()),
        {name: _words(text) for name, text in duties["zustaendige"].items()},
        {name: _doubt(entry) for name, entry in _file(folder, DOUBTS)["zweifel"].items()},
        tuple(_principle(name, entry) for name, entry in _file(folder, PRINCIPLES)["grundsaetze"].items()),
        _names(_file(folder, NAMES), regelwerk),
    )
    if findings := [*_faulty_duties(found, regelwerk), *_faulty_doubts(found, regelwerk), *_faulty_names(found)]:
        raise RegelwerkError(findings)
    return found


def _file(folder: Path | Traversable, name: str) -> dict[str, Any]:
    try:
        found = plain(read_yaml((folder / name).read_text(encoding="utf-8"), name))
    except (OSError, UnicodeDecodeError) as error:
        raise RegelwerkError([Finding(name, 1, f"Die Datei lässt sich nicht lesen: {error}.")]) from None
    return found if isinstance(found, dict) else {}


def _words(node: Any) -> Words:
    return Words(node["de"], node.get("en", "")) if isinstance(node, dict) else Words(str(node))


def _duty(name: str, entry: Mapping[str, Any]) -> Duty:
    return Duty(
        name, entry["artikel"], entry["zustaendig"], entry["rolle"], entry["ausloeser"], entry["frist"],
        entry.get("uebergang", ""), entry["wann"], entry["nachweis"], _words(entry["titel"]), _words(entry["satz"]),
    )  # fmt: skip


def _doubt(entry: Mapping[str, Any]) -> DoubtText:
    return DoubtText(_words(entry["warum"]), tuple(_words(reading) for reading in entry["lesarten"]))


def _principle(name: str, entry: Mapping[str, Any]) -> Principle:
    return Principle(
        name, _words(entry["titel"]), _words(entry["zusage"]), _words(entry["massnahme"]), entry["nachweis"],
        entry["wortlaut"] == "geprueft", entry["quelle"],
    )  # fmt: skip


def _names(content: Mapping[str, Any], regelwerk: Regelwerk) -> Names:
    weights = regelwerk.parameter["funktionsstufe"]
    cells = weights.werte[-1].cells
    options = regelwerk.angaben["function"].shape.optionen
    heaviest = weights.shape.optionen.index(_HEAVIEST)
    strictest = frozenset(option for option, cell in zip(options, cells, strict=True) if cell == heaviest)
    return Names(
        regelwerk, content["angaben"], content["werte"], content["streng"], {"function": strictest},
        content["ohne_wirkung"],
    )  # fmt: skip


def _faulty_duties(tables: Tables, regelwerk: Regelwerk) -> list[Finding]:
    wanted = [
        (duty.name, name, kind)
        for duty in tables.duties
        for name, kind in (
            (duty.trigger, Kind.WAHRHEITSWERT), (duty.due, Kind.DATUM), (duty.legacy or duty.due, Kind.DATUM),
        )
    ]  # fmt: skip
    problems = [
        f"Pflicht „{duty}“: „{name}“ ist keine Regel der Art {kind}."
        for duty, name, kind in wanted
        if name not in regelwerk.regeln or regelwerk.regeln[name].shape.kind is not kind
    ]
    problems += [
        f"Pflicht „{duty.name}“: „{duty.owner}“ steht nicht unter zustaendige."
        for duty in tables.duties
        if duty.owner not in tables.owners
    ]
    return [Finding(DUTIES, 1, problem) for problem in problems]


def _faulty_doubts(tables: Tables, regelwerk: Regelwerk) -> list[Finding]:
    rules = {name for name in regelwerk.regeln if name.startswith(DOUBTFUL)}
    odd = sorted(rules ^ tables.doubts.keys())
    odd += [name for name, text in tables.doubts.items() if len(text.readings) != 2]
    return [Finding(DOUBTS, 1, f"„{name}“ braucht eine Regel und zwei Lesarten.") for name in odd]


def _faulty_names(tables: Tables) -> list[Finding]:
    names, angaben = tables.names, tables.names.regelwerk.angaben
    odd: list[str] = [name for name in names.facts if name not in angaben]
    odd += [
        f"{fact}: {value}"
        for fact, values in names.values.items()
        for value in _unknown(values, angaben[fact].shape.optionen if fact in angaben else ())
    ]
    return [Finding(NAMES, 1, f"„{name}“ gibt es im Regelwerk nicht.") for name in odd]


def _unknown(values: Mapping[str, Any], options: Sequence[str]) -> list[str]:
    return [value for value in values if value not in options]
