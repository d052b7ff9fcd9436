"""What must not be in the repository: addresses of private registries, paths of somebody's machine, secrets."""

from __future__ import annotations

import re

from checks.tree import project_files, text_of

PUBLIC_REGISTRIES = {"registry.npmjs.org", "pypi.org", "files.pythonhosted.org"}
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:work|home|root|Users)/[\w.-]+")
REGISTRY = re.compile(
    r"https?://(?:[^\s\"'@/]+@)?([a-z0-9.-]*(?:pypi|npm|registry|artifactory|nexus|mirror)[a-z0-9.-]*)", re.IGNORECASE
)
INDEX_OPTION = re.compile(r"^\s*(?:--(?:extra-)?index-url|--trusted-host|registry\s*=)", re.IGNORECASE)
SECRETS = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----|\bghp_[A-Za-z0-9]{36}\b|\bAKIA[A-Z0-9]{16}\b")
TEXT_ENDINGS = {
    ".py",
    ".md",
    ".txt",
    ".toml",
    ".yaml",
    ".yml",
    ".json",
    ".html",
    ".css",
    ".js",
    ".cfg",
    ".sh",
    ".po",
    "",
}


def check_hygiene() -> list[str]:
    """Read every tracked text."""
    problems = []
    for path in project_files():
        if path.suffix not in TEXT_ENDINGS:
            continue
        for number, line in enumerate((text_of(path) or "").splitlines(), start=1):
            problems += [f"{path}:{number}: {finding}" for finding in findings(line)]
            if path.suffix != ".py" and INDEX_OPTION.search(line):
                problems.append(f"{path}:{number}: Angabe eines Paketlagers")
    return problems


def findings(line: str) -> list[str]:
    """Return what is wrong with a line."""
    found = []
    if match := MACHINE_PATHS.search(line):
        found.append(f"Pfad einer bestimmten Maschine: {match[0]}")
    found += [f"Adresse eines Paketlagers: {host}" for host in REGISTRY.findall(line) if host not in PUBLIC_REGISTRIES]
    if SECRETS.search(line):
        found.append("sieht aus wie ein Geheimnis")
    return found
