"""The shape of the code: small files, small functions, a README in every room."""

from __future__ import annotations

import ast

from checks.tree import CONTENT, SOURCE, shown

MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 45
# Path below src/leitplanke, or path:function, with the reason why it may be longer.
ALLOWED: dict[str, str] = {}


def check_sizes() -> list[str]:
    """Find files and functions that grew too long."""
    problems = []
    for file in sorted(SOURCE.rglob("*.py")):
        name = str(file.relative_to(SOURCE))
        if "migrations" in file.parts:
            continue
        text = file.read_text(encoding="utf-8")
        lines = len(text.splitlines())
        if lines > MAX_FILE_LINES and name not in ALLOWED:
            problems.append(f"{shown(file)}: {lines} Zeilen, höchstens {MAX_FILE_LINES}. Nach einem Substantiv teilen.")
        for node in ast.walk(ast.parse(text)):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or f"{name}:{node.name}" in ALLOWED:
                continue
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > MAX_FUNCTION_LINES:
                problems.append(
                    f"{shown(file)}:{node.lineno}: {node.name} hat {length} Zeilen, höchstens {MAX_FUNCTION_LINES}."
                )
    return problems


def check_readmes() -> list[str]:
    """Find apps, base areas, core packages and content folders that do not say what they are."""
    rooms = [
        folder
        for storey in (SOURCE / "core", SOURCE / "base", SOURCE / "apps", CONTENT)
        for folder in sorted(storey.iterdir())
        if folder.is_dir() and not folder.name.startswith("_")
    ]
    return [f"{shown(folder)}: Es fehlt README.md." for folder in rooms if not (folder / "README.md").exists()]
