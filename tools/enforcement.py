"""Where each control of the building blocks is asked: which step, which verb, and which facts are stated there.

Read from the source text, not from a running house: a table that said more than the code does would be a promise.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import leitplanke
from leitplanke.core.guideline import Block, Option, fill
from leitplanke.core.policy import Clause
from leitplanke.core.policy.compiling import names_in, parse_condition, with_known
from leitplanke.core.policy.facts import FACTS, STEPS
from leitplanke.core.rules.formula import Truth

SOURCE = Path(leitplanke.__file__).parent
STEP = "schritt"
EFFECT_WORDS = {
    "block": "hält an",
    "require_approval": "hält an, bis ein Mensch freigibt",
    "require_training": "hält an, bis geschult ist",
    "require_acknowledgement": "hält an, bis bestätigt ist",
    "reroute_local": "nur Modelle im Haus",
    "pseudonymise": "Platzhalter",
    "budget": "Budget",
    "label": "Hinweis am Text",
    "warn": "Hinweis, geht weiter",
    "log": "wird festgehalten",
    "allow": "erlaubt",
}
STEP_WORDS = {
    "modellaufruf": "Modell fragen",
    "werkzeugaufruf": "Werkzeug aufrufen",
    "vordefinierte_aktion": "von selbst handeln",
    "entscheidung": "entscheiden",
    "veroeffentlichung": "veröffentlichen",
    "schreiben_an_buerger": "Schreiben absenden",
    "freigabe": "System freigeben",
    "auskunft": "Auskunft geben",
    "verwendung": "KI-Text verwenden",
    "hochladen": "hochladen",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A place where a step is asked.

    Attributes:
        where: for people, in German.
        states: `module:function` that state the facts together, modules below `leitplanke`; a star ends a prefix.
        verbs: `module:function` in which the first of them is asked for a decision, or handed on for one.
    """

    where: str
    states: tuple[str, ...]
    verbs: tuple[str, ...] = ()

    @property
    def facts(self) -> frozenset[str]:
        """The facts that are stated here."""
        return frozenset[str]().union(*map(facts_stated, self.states))


OF_A_CALL = "base.llm.choosing:facts_of*"
PLACES: Mapping[str, tuple[Asked, ...]] = {
    "modellaufruf": (Asked("Gateway: jeder Aufruf eines Modells", (OF_A_CALL,)),),
    "werkzeugaufruf": (
        Asked("Gateway: jedes Werkzeug, das ein Modell aufruft", (OF_A_CALL, "base.llm.opened:_tool*")),
    ),
    "vordefinierte_aktion": (
        Asked(
            "Antrag: Eingang bestätigen und an eine Frist erinnern, beides durch das Programm",
            ("apps.antrag.policy_facts:act_facts",), ("apps.antrag.doing:perform",),
        ),
    ),
    "entscheidung": (
        Asked(
            "Antrag: entscheiden und schlusszeichnen", ("apps.antrag.policy_facts:decision_facts",),
            ("apps.antrag.deciding:confirm", "apps.antrag.deciding:sign"),
        ),
    ),
    "veroeffentlichung": (
        Asked(
            "Register: Eintrag veröffentlichen", ("apps.register.policy_facts:publication_facts",),
            ("apps.register.doing:_ask_guideline",),
        ),
        Asked(
            "Wissen: Quelle eines öffentlichen Raums freigeben", ("apps.wissen.policy_facts:publication_facts",),
            ("apps.wissen.policy_facts:release_steps",),
        ),
    ),
    "schreiben_an_buerger": (
        Asked(
            "Antrag: Schreiben freigeben und Abgang vermerken", ("apps.antrag.policy_facts:letter_facts",),
            ("apps.antrag.policy_facts:release_steps", "apps.antrag.dispatch:send"),
        ),
    ),
    "freigabe": (
        Asked(
            "Register: Freigabe, Freigabe einer Änderung, Beginn einer Erprobung",
            ("apps.register.policy_facts:release_facts",), ("apps.register.policy_facts:points",),
        ),
    ),
    "auskunft": (
        Asked(
            "Wissen: Frage beantworten",
            ("apps.wissen.policy_facts:answer_facts",),
            ("apps.wissen.answers:_by_guideline",),
        ),
    ),
    "verwendung": (
        Asked(
            "Antrag: Schreiben mit Worten eines Sprachmodells freigeben", ("apps.antrag.policy_facts:use_facts",),
            ("apps.antrag.policy_facts:release_steps",),
        ),
    ),
    "hochladen": (
        Asked(
            "Wissen: Quelle hinzufügen und freigeben", ("apps.wissen.policy_facts:upload_facts",),
            ("apps.wissen.sources:add_source", "apps.wissen.policy_facts:release_steps"),
        ),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A control in one step, with where it is asked and which of its facts nobody states there."""

    block: Block
    option: Option
    clause: Clause
    step: str
    asked: tuple[Asked, ...]
    unstated: tuple[str, ...]

    @property
    def kept(self) -> bool:
        """Whether the step is asked somewhere, with all facts."""
        return bool(self.asked) and not self.unstated

    @property
    def said_missing(self) -> bool:
        """Whether the block says by the title of the clause that it is not kept in full."""
        return f"„{self.clause.title}“" in self.block.missing


def rows(blocks: Mapping[str, Block]) -> Iterator[Row]:
    """Return every control of every option, once for each step it can apply to."""
    for block in blocks.values():
        for option in block.options:
            for clause in option.clauses:
                for step, names in _steps(block, clause):
                    places = PLACES[step]
                    known = [place.facts for place in places]
                    unstated = tuple(name for name in names if any(name not in one for one in known))
                    yield Row(block, option, clause, step, places, unstated)


def _steps(block: Block, clause: Clause) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Return the steps to which a control can apply, each with the facts that it then asks for."""
    tree = parse_condition(fill(clause.condition, {one.name: one.usual for one in block.parameters}))
    for step in STEPS:
        left = with_known(tree, STEP, step)
        if left != Truth(value=False):
            yield step, names_in(left)


@cache
def facts_stated(name: str) -> frozenset[str]:
    """Return the facts that a function states, by itself and through functions of its module, read from its text."""
    module, _colon, function = name.partition(":")
    tree = module_of(module)
    defined = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    constants = _constants(tree)
    found: set[str] = set()
    seen: set[str] = set()
    waiting = [one for one in defined if one == function or (function.endswith("*") and one.startswith(function[:-1]))]
    if not waiting:
        raise LookupError(name)
    while waiting:
        here = waiting.pop()
        if here in seen or here not in defined:
            continue
        seen.add(here)
        for node in ast.walk(defined[here]):
            if isinstance(node, ast.Name):
                waiting.append(node.id)
                found |= constants.get(node.id, frozenset())
            elif isinstance(node, ast.Dict):
                found |= {
                    key.value for key in node.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)
                }
            elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
                found |= {
                    one.value for one in [node.slice] if isinstance(one, ast.Constant) and isinstance(one.value, str)
                }
    return frozenset(found) & FACTS.keys()


@cache
def module_of(name: str) -> ast.Module:
    """Return a module below `leitplanke` as a tree."""
    return ast.parse((SOURCE / f"{name.replace('.', '/')}.py").read_text(encoding="utf-8"))


def _constants(tree: ast.Module) -> dict[str, frozenset[str]]:
    """Return names of texts in constants of a module by the constant, with those that every step states."""
    return _texts(module_of("base.policy.asking")) | _texts(tree)


def _texts(tree: ast.Module) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for node in tree.body:
        targets = [node.target] if isinstance(node, ast.AnnAssign) else getattr(node, "targets", [])
        value = getattr(node, "value", None)
        names = [one.id for one in targets if isinstance(one, ast.Name)]
        if names and value is not None and isinstance(value, (ast.Constant, ast.Dict, ast.Call)):
            texts = {
                one.value for one in ast.walk(value) if isinstance(one, ast.Constant) and isinstance(one.value, str)
            }
            found |= dict.fromkeys(names, frozenset(texts))
    return found


def mentions(verb: str, states: str) -> bool:
    """Tell whether the text of a verb names the function that states its facts."""
    module, _colon, function = verb.partition(":")
    wanted = states.partition(":")[2]
    for node in ast.walk(module_of(module)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and node.name == function:
            names = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
            return wanted in names | {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)}
    return False


def as_markdown(blocks: Mapping[str, Block]) -> str:
    """Return the page of docs: which control is asked where, and what no machine keeps."""
    lines = [
        *HEAD,
        *_places(),
        "",
        "## Jede Kontrolle",
        "",
        "| Baustein | Antwort | Kontrolle | Schritt | Wirkung | Fälle |",
    ]
    lines.append("|---|---|---|---|---|---|")
    lines += [_line(row) for row in _joined(blocks)]
    lines += ["", "## Was keine Maschine einhält", "", "| Baustein | Art | Was fehlt |", "|---|---|---|"]
    for block in blocks.values():
        what = block.missing or (
            "" if any(one.clauses for one in block.options) else "Keine Kontrolle: " + block.enforced
        )
        if what:
            lines.append(f"| {block.id} {block.title} | `{block.enforcement.value}` | {what} |")
    return "\n".join(lines) + "\n"


HEAD = (
    "# Leitlinie: was wo durchgesetzt wird",
    "",
    "Erzeugt aus den Bausteinen und dem Quelltext mit `tools/durchsetzung.py`; ein Test vergleicht beides.",
    "",
    "Jede Antwort eines Bausteins bringt Kontrollen mit. Eine Kontrolle gilt für einen oder mehrere Schritte. Wer",
    "einen Schritt tut, nennt der Leitlinie die Tatsachen; was niemand nennt, zählt als das Schlechtere.",
    "",
    "Hält eine Klausel an, steht auf der Seite ihr Satz mit Nummer und dem Weg zu ihr, und nichts Eingegebenes geht",
    "verloren. Hinweise stehen dabei, ohne anzuhalten.",
    "",
    "Solange eine Kommune nichts beschlossen hat, gilt das mitgelieferte Profil. Die Freigabe im Register fragt nur",
    "eine beschlossene Leitlinie.",
    "",
    "## Wo ein Schritt gefragt wird",
    "",
    "| Schritt | Wo | Tatsachen nennt | Gefragt wird in |",
    "|---|---|---|---|",
)


def _places() -> list[str]:
    found = []
    for step, places in PLACES.items():
        for place in places:
            states, verbs = (
                ", ".join(f"`{one.replace(':', '.')}`" for one in names) for names in (place.states, place.verbs)
            )
            found.append(f"| {STEP_WORDS[step]} (`{step}`) | {place.where} | {states} | {verbs or '`base.llm.door`'} |")
    return found


def _joined(blocks: Mapping[str, Block]) -> Iterator[tuple[Row, list[str]]]:
    """Return each control of each option once, with all its steps."""
    found: dict[tuple[str, str, str], tuple[Row, list[str]]] = {}
    for row in rows(blocks):
        key = (row.block.id, row.option.key, row.clause.name)
        found.setdefault(key, (row, []))[1].append(row.step)
    yield from found.values()


def _line(joined: tuple[Row, list[str]]) -> str:
    row, steps = joined
    said = "jeder Schritt" if len(steps) == len(STEPS) else ", ".join(STEP_WORDS[step] for step in steps)
    block, clause = row.block, row.clause
    effect = EFFECT_WORDS[clause.effect.value]
    cells = (
        f"{block.id} {block.title}",
        row.option.title,
        f"`{clause.name}`: {clause.title}",
        said,
        effect,
        str(len(clause.cases)),
    )
    return f"| {' | '.join(cells)} |"
