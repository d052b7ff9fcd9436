"""The documents are complete and their links lead somewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from checks.content import patterns_of, schemas
from checks.tree import REFERENCE, ROOT, project_files, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import click

LINK = re.compile(r"!?\[[^\]]*\]\(<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)")
FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
# Machinery is English and needs no glossary; a new class is either listed here or explained there.
ENGLISH = {
    *(
        "ActorPseudonym",
        "Author",
        "BlockKind",
        "Change",
        "Checkpoint",
        "CommitmentSalt",
        "FileType",
        "Kind",
        "Leaf",
        "Log",
        "LogKey",
        "Mode",
    ),
    *(
        "Part",
        "PendingLeaf",
        "Place",
        "Reason",
        "Resolution",
        "State",
        "Status",
        "StoredFile",
        "Tile",
        "Wanted",
        "WordKind",
    ),
    *("Area", "Audience", "Enforcement", "Evidence", "Example", "Principle"),
    "Cell",
    "DataClass",
    "ModelClass",
    "Manner",
    "Method",
    "Municipality",
    "Next",
    "Output",
}
# What readers of Regelwerke ask strings for that is no key, and the keys of a case, which they ask for in a loop.
RULES_NO_KEYS = {"/"}
RULES_CASE_KEYS = {"angaben", "erwartet", "urteile"}
HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)


def headings(file: Path) -> list[str]:
    """Return the headings of a document without its code blocks."""
    return [match.replace("`", "") for match in HEADING.findall(FENCE.sub("", file.read_text(encoding="utf-8")))]


def _missing(file: Path, names: Iterable[str], kind: str) -> list[str]:
    if not file.exists():
        return [f"{shown(file)}: Das Dokument fehlt."]
    present = headings(file)
    return [
        f"{shown(file)}: Für {kind} {name} fehlt eine Überschrift."
        for name in sorted(set(names))
        if not any(re.search(rf"(?<![\w.-]){re.escape(name)}(?![\w-])", heading) for heading in present)
    ]


def _outdated(file: Path, names: Iterable[str], pattern: str, kind: str) -> list[str]:
    if not file.exists():
        return []
    known = set(names)
    found = [match[1] for heading in headings(file) if (match := re.fullmatch(pattern, heading))]
    return [f"{shown(file)}: {kind} {name} gibt es nicht (mehr)." for name in found if name not in known]


def commands() -> Iterator[tuple[str, click.Command]]:
    """Return every command of the program, those in groups with their full name."""
    import click  # noqa: PLC0415 - only here

    from leitplanke.project.cli.program import program  # noqa: PLC0415

    def below(group: click.Group, prefix: str) -> Iterator[tuple[str, click.Command]]:
        context = click.Context(group)
        for name in group.list_commands(context):
            command = group.get_command(context, name)
            if command is None or command.hidden:
                continue
            yield f"{prefix}{name}", command
            if isinstance(command, click.Group):
                yield from below(command, f"{prefix}{name} ")

    yield from below(program, "leitplanke ")


def check_commands() -> list[str]:
    """Every command has its heading, and every heading its command."""
    file = REFERENCE / "befehle.md"
    names = [name for name, _command in commands()]
    return _missing(file, names, "den Befehl") + _outdated(file, names, r"(leitplanke .+)", "Den Befehl")


def check_variables() -> list[str]:
    """Every setting has its heading, and every heading its setting."""
    from leitplanke.project.environment import VARIABLES  # noqa: PLC0415

    file = REFERENCE / "einstellungen.md"
    return _missing(file, VARIABLES, "die Einstellung") + _outdated(
        file, VARIABLES, r"(LEITPLANKE_\w+)", "Die Einstellung"
    )


def check_formats() -> list[str]:
    """Every format of content has its heading."""
    patterns = (pattern for schema in schemas().values() for pattern in patterns_of(schema))
    return _missing(REFERENCE / "inhalte.md", patterns, "das Format")


def check_rules_format() -> list[str]:
    """Every key, kind, function and rounding of a Regelwerk is in the first column of a table, and no other."""
    from leitplanke.core.rules.formula import AGGREGATES, FUNCTIONS  # noqa: PLC0415
    from leitplanke.core.rules.model import Auslegung, Kind  # noqa: PLC0415
    from leitplanke.core.rules.numbers import MODES  # noqa: PLC0415

    known = {*rules_keys(), *FUNCTIONS, *AGGREGATES, *MODES, *(kind.value for kind in [*Kind, *Auslegung])}
    return told_in_tables(REFERENCE / "regelwerk-format.md", known, notation={"stichtag"})


def check_procedure_format() -> list[str]:
    """The same for what makes an application type: keys, kinds of letters, parts, blocks and slots."""
    from leitplanke.core.drafting.brief import Part  # noqa: PLC0415
    from leitplanke.core.verfahren import checking, model, reading  # noqa: PLC0415

    keys = asked_keys("core/verfahren/reading.py", "core/verfahren/loading.py") | {"de", "en"}
    values = {*model.LETTERS, *model.BLOCKS, *model.ACTS, *checking.CASE_SLOTS, *(part.value for part in Part)}
    known = keys | values | {*reading.VERFAHRENSRECHTE, *reading.STICHTAGE}
    return told_in_tables(REFERENCE / "verfahren-format.md", known, notation=set(model.DECISIONS))


def told_in_tables(file: Path, known: set[str], notation: set[str]) -> list[str]:
    """Compare the names in the first column of every table with those that the code knows."""
    sections = FENCE.sub("", file.read_text(encoding="utf-8")).split("\n## ")
    rows = [line.split(" | ")[0] for part in sections for line in part.splitlines() if line.startswith("| ")]
    told = {re.match(r"\w*", word)[0] for row in rows for word in re.findall(r"`([^`]+)`", row)}  # type: ignore[index]
    problems = [f"{shown(file)}: {name} ist nicht erklärt." for name in sorted(known - told)]
    keys = {word for row in rows for word in re.findall(r"`([a-z_]+)`", row)}
    return problems + [f"{shown(file)}: {name} gibt es nicht (mehr)." for name in sorted(keys - known - notation)]


def check_law_format() -> list[str]:
    """Every key and every choice of a file of procedural law is explained."""
    file = REFERENCE / "verfahrensrecht.md"
    schema = next(schema for path, schema in schemas().items() if path.name.startswith("verfahrensrecht"))
    told = set(re.findall(r"`([a-z_]+)`", file.read_text(encoding="utf-8")))
    return [f"{shown(file)}: {name} ist nicht erklärt." for name in sorted(_keys_and_choices(schema) - told)]


def _keys_and_choices(schema: dict[str, Any]) -> set[str]:
    """Return the keys of a schema and the words that it allows but for the codes of the Laender and nein."""
    found = set(schema.get("properties", {}))
    found |= {word for word in schema.get("enum", ()) if word.islower()} - {"nein"}
    below = [*schema.get("properties", {}).values(), *([schema["items"]] if "items" in schema else [])]
    return found.union(*(_keys_and_choices(part) for part in below))


def rules_keys() -> set[str]:
    """Return every key that the readers of Regelwerke ask for, found in their code."""
    files = (f"core/rules/{name}.py" for name in ("reading", "reading_parts", "loading"))
    return (asked_keys(*files) | RULES_CASE_KEYS) - RULES_NO_KEYS


def asked_keys(*files: str) -> set[str]:
    """Return every key that readers ask an `Entry` for."""
    import ast  # noqa: PLC0415

    from checks.tree import SOURCE  # noqa: PLC0415

    asking = {"text", "words", "tree", "has", "chosen", "day", "count", "number", "truth", "texts", "each", "named"}
    found: set[str] = set()
    for name in files:
        tree = ast.parse((SOURCE / name).read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or not node.args:
                continue
            key = node.args[0]
            if node.func.attr in {*asking, "formula"} and isinstance(key, ast.Constant):
                found.add(str(key.value))
    return found


def check_evidence_codes() -> list[str]:
    """Every evidence code has its heading."""
    return _missing(REFERENCE / "nachweise.md", evidence_codes(), "den Nachweis")


def evidence_codes() -> list[str]:
    """Return every code that an area declares in its `evidence_codes.py`."""
    import importlib  # noqa: PLC0415

    from checks.tree import SOURCE  # noqa: PLC0415

    modules = sorted(SOURCE.rglob("evidence_codes.py"))
    codes: list[Any] = []
    for file in modules:
        name = ".".join(("leitplanke", *file.relative_to(SOURCE).with_suffix("").parts))
        codes += importlib.import_module(name).CODES
    return [entry.code for entry in codes]


def check_glossary() -> list[str]:
    """Every model and every list of choices of ours is explained in the glossary."""
    return _missing(REFERENCE / "glossar.md", class_names(), "den Namen")


def class_names() -> set[str]:
    """Return the names of our models and enumerations but for machinery."""
    from enum import Enum  # noqa: PLC0415

    from django.apps import apps  # noqa: PLC0415
    from django.db.models import Choices  # noqa: PLC0415

    models = {model.__name__ for model in apps.get_models() if model.__module__.startswith("leitplanke.")}

    def below(kind: type) -> Iterator[type]:
        for child in kind.__subclasses__():
            yield child
            yield from below(child)

    choices = {
        kind.__name__ for base in (Choices, Enum) for kind in below(base) if kind.__module__.startswith("leitplanke.")
    }
    return (models | choices) - ENGLISH


def check_links() -> list[str]:
    """Every relative link in every document leads to a file, and to a heading where it names one."""
    problems = []
    for path in project_files():
        if path.suffix != ".md" or (path.parts[:2] == ("src", "leitplanke") and "wissen" in path.parts):
            continue
        text = FENCE.sub("", (ROOT / path).read_text(encoding="utf-8"))
        for target in LINK.findall(text):
            if re.match(r"[a-z][a-z0-9+.-]*:", target):
                continue
            if finding := _dead(ROOT / path, unquote(target)):
                problems.append(f"{path}: {finding}")
    return problems


def _dead(file: Path, target: str) -> str:
    name, _hash, anchor = target.partition("#")
    goal = (file.parent / name).resolve() if name else file
    if not goal.exists():
        return f"Der Verweis {target} führt ins Leere."
    if anchor and goal.suffix == ".md" and anchor not in {_slug(heading) for heading in headings(goal)}:
        return f"Die Überschrift {target} gibt es nicht."
    return ""


def _slug(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
