"""All German sentences that answering itself says; everything else in an answer is quoted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leitplanke.core.grounding.answer import Reason
from leitplanke.core.grounding.units import Kind, Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from leitplanke.core.provenance import Source

CONFLICT = "Die Quellen sagen dazu Verschiedenes. Hier stehen alle Aussagen nebeneinander:"
PREMISE = "Die Annahme in der Frage steht so nicht in der Quelle. Dort steht:"
PARTIAL = "Ein Teil der Frage lässt sich aus den Quellen nicht beantworten: {part}"
NEAREST = "Am nächsten kommen diese Stellen. Sie sind keine Antwort:"

_WHY: dict[Reason, str] = {
    Reason.NO_EVIDENCE: (
        "In den Quellen steht keine Stelle, die diese Frage belegt beantwortet{open_words}. Ich möchte nichts vermuten."
    ),
    Reason.OUTSIDE_TOPIC: "Die Frage gehört nicht zum Thema dieser Quellen{open_words}.",
    Reason.OUTSIDE_SCOPE: (
        "Die Frage verlangt etwas, das diese Quellen nicht leisten können: eine Empfehlung, eine Vorhersage oder "
        "Regeln, die hier nicht gelten."
    ),
    Reason.OUTDATED: (
        "Dazu finden sich nur Angaben, die nicht den gefragten oder den heutigen Stand wiedergeben. Veraltetes gebe "
        "ich nicht als Auskunft weiter."
    ),
    Reason.CASE_SPECIFIC: (
        "Die Frage betrifft einen einzelnen Fall. Die Quellen enthalten allgemeine Regeln, aber keine Vorgänge. Das "
        "kann nur ein Mensch mit Einblick in den Fall beantworten."
    ),
    Reason.UNCLEAR: (
        "Ich habe nicht verstanden, worum es geht. Bitte nennen Sie in einem Satz auf Deutsch die Sache, nach der "
        "Sie fragen."
    ),
}
_BULLET = re.compile(r"^[•·▪■◦‣●○–—*+-]\s+")
_COUNTED = re.compile(r"^(?:\d{1,2}|[a-z])[.)]\s")
_WHOLE = re.compile(r"^[A-ZÄÖÜ„].{20,}[.!]$")  # an item that is a sentence of its own
_SPACE = re.compile(r"\s+")


def refusal(reason: Reason, *, searched: Sequence[str], open_words: Sequence[str], near: bool) -> str:
    """Return the friendly refusal: what was searched, why there is no answer, what lies nearest."""
    missing = f" (nicht belegt: {', '.join(f'„{word}“' for word in open_words[:3])})" if open_words else ""
    parts = [_WHY[reason].format(open_words=missing)]
    if searched and reason is not Reason.UNCLEAR:
        parts.insert(0, f"Ich habe in {_names(searched)} gesucht.")
    if near:
        parts.append(NEAREST)
    return " ".join(parts)


def _names(searched: Sequence[str]) -> str:
    names = [f"„{name}“" for name in searched[:3]]
    more = len(searched) - len(names)
    if more:
        return (
            f"{', '.join(names)} und {more} weiteren Quellen"
            if more > 1
            else f"{', '.join(names)} und einer weiteren Quelle"
        )
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} und {names[-1]}"


def title(source: Source) -> str:
    """Return how a document is called in a sentence."""
    return source.title or source.document


def plain(text: str) -> str:
    """Return quoted text for reading: one line, without its bullet."""
    return _BULLET.sub("", _SPACE.sub(" ", text).strip())


def statement(units: Sequence[Unit]) -> str:
    """Return neighbouring units as they read best: sentences in a row, items as a list under their lead."""
    if len(units) == 1 and (units[0].kind is Kind.LINE or (units[0].kind is Kind.ITEM and not units[0].lead)):
        return _line(units[0])
    parts: list[str] = []
    first = units[0]
    if len(units) == 1 and first.kind is Kind.ITEM and _WHOLE.search(first.text):
        return plain(first.text)
    if first.kind is Kind.ITEM and first.lead:
        parts.append(plain(first.lead))
    for unit in units:
        if unit.kind is Kind.ITEM:
            parts.append(f"\n{plain(unit.text)}" if _COUNTED.match(unit.text) else f"\n- {plain(unit.text)}")
        else:
            parts.append(f"{' ' if parts else ''}{plain(unit.text)}")
    return "".join(parts)


def _line(unit: Unit) -> str:
    """Return a line that is no sentence inside one."""
    about = unit.passage.section or unit.passage.title or title(unit.passage.source)
    return f"Unter „{plain(about)}“ steht: „{plain(unit.text)}“."
