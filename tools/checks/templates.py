"""Templates keep to the Content-Security-Policy and to escaping."""

from __future__ import annotations

import re

from checks.tree import SOURCE, shown

FORBIDDEN = {
    re.compile(r"<[^>{]*\sstyle\s*=", re.IGNORECASE): "style= im Element; die Content-Security-Policy verbietet es",
    re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE): "Ereignis im Element (on...=); Skripte stehen in leitplanke.js",
    re.compile(r"<style[\s>]", re.IGNORECASE): "<style>; Regeln stehen in leitplanke.css",
    re.compile(r"<script(?![^>]*\ssrc=)[^>]*>", re.IGNORECASE): "<script> ohne src",
    re.compile(r"(?:src|href)\s*=\s*[\"']?(?:https?:)?//", re.IGNORECASE): "fremde Adresse; alles kommt von uns selbst",
    re.compile(r"javascript:", re.IGNORECASE): "javascript: als Adresse",
    re.compile(r"\|\s*safe\b"): "|safe",
    re.compile(r"\{%\s*autoescape\s+off"): "autoescape off",
    re.compile(r"\bhx-on"): "hx-on; das braucht eval, das wir ausgeschaltet haben",
    re.compile(r"\{%\s*debug\b"): "{% debug %}",
}
# Files that may declare text to be safe HTML, with the reason.
SAFE_ALLOWED = {
    "base/ui/templates/django/forms/field.html": "Django's own help texts (password rules) are lists in HTML",
}


def check_templates() -> list[str]:
    """Find what the policy forbids, in every template."""
    problems = []
    for file in sorted(SOURCE.rglob("templates/**/*.html")):
        text = file.read_text(encoding="utf-8")
        allowed = {"|safe"} if str(file.relative_to(SOURCE)) in SAFE_ALLOWED else set()
        for pattern, message in FORBIDDEN.items():
            if message in allowed:
                continue
            for match in pattern.finditer(text):
                line = text.count("\n", 0, match.start()) + 1
                problems.append(f"{shown(file)}:{line}: {message}.")
    return problems


def check_mark_safe() -> list[str]:
    """Find code that switches escaping off."""
    problems = []
    for file in sorted(SOURCE.rglob("*.py")):
        if str(file.relative_to(SOURCE)) in SAFE_ALLOWED:
            continue
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            if re.search(r"\b(?:mark_safe|SafeString|SafeText)\(", line):
                problems.append(
                    f"{shown(file)}:{number}: mark_safe; format_html nehmen oder in die Liste mit Grund eintragen."
                )
    return problems
