"""The rule sets that Leitplanke ships: found by folder, never named."""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from leitplanke.core.rules.errors import RulesError

HEAD = "regelwerk.yaml"


def shipped() -> dict[str, Traversable]:
    """Return the folder of every shipped Regelwerk by its name."""
    root = resources.files("leitplanke.content") / "fachverfahren"
    if not root.is_dir():
        return {}
    folders = sorted((item for item in root.iterdir() if item.is_dir()), key=lambda item: item.name)
    return {folder.name: folder for folder in folders if (folder / HEAD).is_file()}


def find(name: str) -> Traversable:
    """Return the folder of a Regelwerk by the name of a shipped one or by path.

    Raises:
        RulesError: there is none; says which there are.
    """
    known = shipped()
    if name in known:
        return known[name]
    folder = Path(name)
    if (folder / HEAD).is_file():
        return folder
    raise RulesError(
        f"Das Regelwerk „{name}“ gibt es nicht. Vorhanden: {', '.join(known) or 'keine'}; oder ein Ordner."
    )
