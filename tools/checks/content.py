"""Content against its schemas; a problem names file, line and place."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import yaml
from jsonschema import Draft202012Validator

from checks.tree import CONTENT, shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jsonschema.exceptions import ValidationError


class TextualDates(yaml.SafeLoader):
    """Like the safe loader, but days stay text, so that a schema can look at them."""


TextualDates.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def schemas() -> dict[Path, dict[str, Any]]:
    """Return every schema by its file."""
    files = sorted((CONTENT / "schemas").glob("*.schema.json"))
    return {file: json.loads(file.read_text(encoding="utf-8")) for file in files}


def patterns_of(schema: dict[str, Any]) -> list[str]:
    """Return for which files a schema is: one pattern, or several for a format that lives in several places."""
    patterns = schema["x-dateien"]
    return [patterns] if isinstance(patterns, str) else patterns


def check_content() -> list[str]:
    """Hold every YAML file below content/ against the one schema that claims it."""
    problems = []
    claimed: set[Path] = set()
    for schema_file, schema in schemas().items():
        Draft202012Validator.check_schema(schema)
        left_out = set(CONTENT.glob(schema["x-ausser"])) if "x-ausser" in schema else set()
        found = {pattern: set(CONTENT.glob(pattern)) for pattern in patterns_of(schema)}
        empty = (pattern for pattern, matching in found.items() if not matching)
        problems += [f"{shown(schema_file)}: Keine Datei passt auf x-dateien „{pattern}“." for pattern in empty]
        files = sorted(set().union(*found.values()) - left_out)
        claimed.update(files)
        for file in files:
            problems += check_file(file, schema)
    orphans = sorted({*CONTENT.rglob("*.yaml"), *CONTENT.rglob("*.yml")} - claimed)
    return problems + [f"{shown(file)}: Für diese Datei gibt es kein Schema in content/schemas/." for file in orphans]


def check_file(file: Path, schema: dict[str, Any]) -> list[str]:
    """Hold one file against a schema."""
    text = file.read_text(encoding="utf-8")
    try:
        tree = yaml.compose(text, TextualDates)
        value = yaml.load(text, TextualDates)  # noqa: S506 - a safe loader
    except yaml.YAMLError as error:
        return [f"{shown(file)}: Kein gültiges YAML: {error}"]
    errors = sorted(Draft202012Validator(schema).iter_errors(value), key=lambda error: list(map(str, error.path)))
    problems = [f"{shown(file)}:{line_of(tree, list(error.path))}: {place(error)}{said(error)}" for error in errors]
    return problems + list(doubled_keys(file, tree))


def line_of(node: yaml.Node | None, path: list[str | int]) -> int:
    """Return the line of the value that `path` leads to."""
    for step in path:
        if isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == step), node)
        elif isinstance(node, yaml.SequenceNode):
            node = node.value[step]
    return node.start_mark.line + 1 if node else 1


def place(error: ValidationError) -> str:
    """Return where in the data an error lies."""
    path = " / ".join(f"Eintrag {step + 1}" if isinstance(step, int) else str(step) for step in error.path)
    return f"{path}: " if path else ""


def said(error: ValidationError) -> str:
    """Return what is wrong, in German; what has no German sentence keeps the validator's own."""
    limit, found = error.validator_value, error.instance
    if error.validator == "required":
        return f"Es fehlt {', '.join(name for name in limit if name not in found)}."
    if error.validator == "additionalProperties":
        known = error.schema.get("properties", {})
        unknown = ", ".join(str(name) for name in found if name not in known)
        return f"Unbekannt: {unknown}. Erlaubt: {', '.join(known)}."
    allowed = ", ".join(map(str, limit)) if isinstance(limit, list) else limit
    sentences = {
        "enum": f"„{found}“ ist nicht erlaubt. Erlaubt: {allowed}.",
        "type": f"Erwartet wird {allowed}, gefunden: {found!r}.",
        "pattern": f"„{found}“ hat nicht die Form {limit}.",
        "minItems": f"Zu wenige Einträge, mindestens {limit}.",
        "maxItems": f"Zu viele Einträge, höchstens {limit}.",
        "minLength": f"Zu kurz, mindestens {limit} Zeichen.",
        "anyOf": "Es fehlt eine von mehreren möglichen Angaben (siehe Schema).",
    }
    return sentences.get(str(error.validator), error.message)


def doubled_keys(file: Path, node: yaml.Node | None) -> Iterator[str]:
    """Find keys that stand twice in one mapping, of which YAML silently keeps the last."""
    if isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from doubled_keys(file, child)
    elif isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if key.value in seen:
                yield f"{shown(file)}:{key.start_mark.line + 1}: „{key.value}“ steht doppelt."
            seen.add(key.value)
            yield from doubled_keys(file, value)


def check_references() -> list[str]:
    """Check what a schema cannot: documents exist, owners and offices are those of the town."""
    town_file = CONTENT / "musterstadt" / "mandant.yaml"
    town = yaml.safe_load(town_file.read_text(encoding="utf-8"))
    units = {unit["kuerzel"]: unit["name"] for unit in town["organisationseinheiten"]}
    problems = [
        f"{shown(town_file)}: {person['email']} gehört zu {person['einheit']}, die es nicht gibt."
        for person in town["personen"]
        if person["einheit"] is not None and person["einheit"] not in units
    ]
    for file in sorted((CONTENT / "musterstadt" / "wissen").glob("*/raum.yaml")):
        problems += check_space(file, set(units.values()))
    return problems


def check_space(file: Path, owners: set[str]) -> list[str]:
    """Check one space against its folder and the town."""
    space = yaml.safe_load(file.read_text(encoding="utf-8"))
    problems = []
    if space["eigentuemer"] not in owners:
        problems.append(f"{shown(file)}: Die Organisationseinheit „{space['eigentuemer']}“ gibt es nicht.")
    if space["kurz"] != file.parent.name:
        problems.append(f"{shown(file)}: kurz ist „{space['kurz']}“, der Ordner heißt „{file.parent.name}“.")
    listed = {document["datei"] for document in space["dokumente"]}
    there = {path.name for path in file.parent.iterdir() if path.name not in {"raum.yaml", "README.md"}}
    problems += [f"{shown(file)}: {name} steht unter dokumente, liegt aber nicht im Ordner." for name in listed - there]
    problems += [f"{shown(file)}: {name} liegt im Ordner, steht aber nicht unter dokumente." for name in there - listed]
    return problems
