"""Packages: licences of what we run on, and lock files that cover what pyproject.toml asks for."""

from __future__ import annotations

import json
import re
import tomllib
from importlib import metadata
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from checks.tree import ROOT

LICENCES = ROOT / "tools" / "licences.toml"
LOCKED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^ ;\\]+)(?:\s*;\s*([^\\]+?))?\s*\\?$")


def lock_file(name: str) -> dict[str, str]:
    """Return package and version of every entry of a lock file."""
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    return {canonicalize_name(m[1]): m[2] for line in text.splitlines() if (m := LOCKED.match(line))}


def check_locks() -> list[str]:
    """Compare pyproject.toml with the lock files, and both lock files with each other."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    run, dev, local = lock_file("run.txt"), lock_file("dev.txt"), lock_file("lokal.txt")
    groups = project["dependency-groups"]
    wanted = {
        "run.txt": project["project"]["dependencies"] + groups["build"],
        "dev.txt": [requirement for group in groups.values() for requirement in group],
        "lokal.txt": project["project"]["optional-dependencies"]["lokal"],
    }
    problems = []
    for name, locked in (("run.txt", run), ("dev.txt", dev), ("lokal.txt", local)):
        problems += _uncovered(wanted[name], locked, name)
        text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
        if text.count("==") > text.count("--hash=") or "--hash=sha256:" not in text:
            problems.append(f"requirements/{name}: Nicht jedes Paket hat eine Prüfsumme. make lock ausführen.")
    problems += [
        f"{name}: requirements/run.txt hat {version}, requirements/dev.txt {dev[name]}. make lock ausführen."
        for name, version in run.items()
        if dev.get(name, version) != version
    ]
    return problems


def _uncovered(requirements: list[str], locked: dict[str, str], file: str) -> list[str]:
    problems = []
    for text in requirements:
        requirement = Requirement(text)
        version = locked.get(canonicalize_name(requirement.name))
        if version is None:
            problems.append(f"requirements/{file}: {requirement.name} fehlt. make lock ausführen.")
        elif not requirement.specifier.contains(version, prereleases=True):
            problems.append(
                f"requirements/{file}: {requirement.name} {version} passt nicht zu {requirement.specifier}."
            )
    return problems


def check_licences() -> list[str]:
    """Check the licence of every installed package that the product runs on."""
    rules = tomllib.loads(LICENCES.read_text(encoding="utf-8"))
    problems = []
    for name in sorted(lock_file("run.txt") | lock_file("lokal.txt")):
        try:
            licence = licence_of(metadata.metadata(name))
        except metadata.PackageNotFoundError:
            continue  # belongs to another platform
        if name in rules["packages"]:
            expected = rules["packages"][name]["licence"]
            if licence != expected:
                problems.append(
                    f"{name}: Lizenz ist jetzt „{licence}“, geprüft war „{expected}“ (tools/licences.toml)."
                )
        elif not allowed(licence, rules):
            problems.append(f"{name}: Die Lizenz „{licence}“ steht nicht auf der Liste in tools/licences.toml.")
    return problems


def licence_of(package: Any) -> str:
    """Return what a package says about its licence: the expression, else its classifiers, else its first line."""
    if expression := package.get("License-Expression"):
        return str(expression)
    classifiers = [
        value.rsplit(" :: ", 1)[-1] for value in package.get_all("Classifier", []) if value.startswith("License ::")
    ]
    if classifiers:
        return " AND ".join(sorted(classifiers))
    return str(package.get("License") or "").strip().splitlines()[0] if package.get("License") else "unbekannt"


def allowed(licence: str, rules: dict[str, Any]) -> bool:
    """Tell whether every part of an `AND`, or one part of an `OR`, is on the list."""
    names = {name for family in rules["allowed"].values() for name in family}
    choices = re.split(r"\s+OR\s+", licence)
    return any(all(part.strip() in names for part in re.split(r"\s+AND\s+", choice)) for choice in choices)


def check_front_end_licences() -> list[str]:
    """Check the licence of every npm package in the lock file."""
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    rules = tomllib.loads(LICENCES.read_text(encoding="utf-8"))
    problems = []
    for name, entry in lock["packages"].items():
        if name and not allowed(entry.get("license", "unbekannt"), rules):
            problems.append(
                f"package-lock.json: {name}: Die Lizenz „{entry.get('license')}“ steht nicht auf der Liste."
            )
        if "resolved" in entry:
            problems.append(f"package-lock.json: {name}: resolved nennt ein Paketlager; npm mit .npmrc neu ausführen.")
        if name and "integrity" not in entry:
            problems.append(f"package-lock.json: {name}: Die Prüfsumme fehlt.")
    return problems
