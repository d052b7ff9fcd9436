"""Tiny Regelwerke written in a test: only what the test is about, the rest is filled in."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from leitplanke.core.rules import Engine, Regelwerk, RegelwerkError, Result, load_texts

DAY = date(2025, 6, 15)
HEAD = """\
regelwerk:
  name: klein
  titel: Klein
  beschreibung: Ein kleines Regelwerk
  gesetz: ProbeG
  gilt_ab: 2025-01-01
  ziel: [ziel]
"""


def head(**lines: str) -> str:
    return HEAD + "".join(f"  {key}: {value}\n" for key, value in lines.items())


def regelwerk(body: str, top: str = HEAD, ebene: str = "", **files: str) -> Regelwerk:
    more = {name.replace("__", "/") + ".yaml": text for name, text in files.items()}
    return load_texts({"regelwerk.yaml": top + body, **more}, ebene=ebene)


def rule(formula: str, typ: str = "Zahl", more: str = "") -> str:
    return f'  ziel: {{typ: {typ}, titel: Ziel, norm: § 1 ProbeG, formel: "{formula}"{more}}}\n'


def evaluate(body: str, facts: dict[str, Any] | None = None, on: date = DAY, **options: Any) -> Result:
    return Engine(regelwerk(body)).evaluate(facts or {}, on=on, **options)


def said(body: str, top: str = HEAD, ebene: str = "", **files: str) -> list[str]:
    """Return the findings with which a Regelwerk is refused, as „file:line: text“."""
    with pytest.raises(RegelwerkError) as caught:
        regelwerk(body, top, ebene, **files)
    return [f"{finding.file}:{finding.line}: {finding.message}" for finding in caught.value.findings]
