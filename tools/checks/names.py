"""Everything that a machine addresses is ASCII: files, YAML keys, addresses, codes, names in code."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import yaml

from checks.tree import CONTENT, SOURCE, project_files, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

# Maps whose keys are the words themselves.
WORD_MAPS = {("umschreibungen.yaml", "wendungen")}


def check_file_names() -> list[str]:
    """Check the names of files and folders."""
    return [
        f"{path}: Der Name enthält andere Zeichen als ASCII." for path in project_files() if not str(path).isascii()
    ]


def check_yaml_keys() -> list[str]:
    """Check the keys of all content."""
    problems = []
    for file in sorted(CONTENT.rglob("*.yaml")):
        tree = yaml.compose(file.read_text(encoding="utf-8"), yaml.SafeLoader)
        for key, line in _keys(tree, file.name):
            if not key.isascii():
                problems.append(f"{shown(file)}:{line}: Der Schlüssel „{key}“ enthält andere Zeichen als ASCII.")
    return problems


def _keys(node: yaml.Node | None, name: str) -> Iterator[tuple[str, int]]:
    if isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from _keys(child, name)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield key.value, key.start_mark.line + 1
            if (name, key.value) not in WORD_MAPS:
                yield from _keys(value, name)


def check_identifiers() -> list[str]:
    """Check names in Python code: Python would allow umlauts."""
    problems = []
    for file in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword):
                continue  # names in a call may be data: dict(fünf=5)
            names = [getattr(node, field, None) for field in ("name", "id", "arg", "attr")]
            problems += [
                f"{shown(file)}:{getattr(node, 'lineno', 1)}: Der Name „{name}“ enthält andere Zeichen als ASCII."
                for name in names
                if isinstance(name, str) and not name.isascii()
            ]
    return problems


def check_addresses_and_codes() -> list[str]:
    """Check URL patterns, their names, and the actions of the permission table."""
    from django.urls import URLPattern, URLResolver, get_resolver  # noqa: PLC0415 - after Django is set up

    from leitplanke.base.accounts.permissions import TABLE  # noqa: PLC0415

    def patterns(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, str]]:
        for entry in resolver.url_patterns:
            route = prefix + str(entry.pattern)
            if isinstance(entry, URLPattern):
                yield route, entry.name or ""
            else:
                yield from patterns(entry, route)

    problems = [
        f"Adresse {route} ({name}): enthält andere Zeichen als ASCII."
        for route, name in patterns(get_resolver(), "")
        if not (route + name).isascii()
    ]
    return problems + [
        f"Berechtigung {action}: enthält andere Zeichen als ASCII." for action in TABLE.rows() if not action.isascii()
    ]
