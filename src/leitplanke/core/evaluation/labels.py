"""Traps in the data: truth that copies a decision, truth known for some decisions only, answers that are missing."""

from __future__ import annotations

import numpy as np

from leitplanke.core.evaluation.decisions import UNKNOWN, Codes, Decisions
from leitplanke.core.evaluation.findings import Finding
from leitplanke.core.evaluation.plan import Pruefplan
from leitplanke.core.rules.model import Words

# From so many cases on it is no accident that truth and one decider never differ.
COPY_CASES = 100
# A difference in how often the truth is known that no longer passes as chance.
SELECTIVE_Z = 3.0


def data_findings(plan: Pruefplan, decisions: Decisions) -> list[Finding]:
    """Return what is odd about decisions."""
    return [
        *_missing(plan, decisions),
        *_alike(plan, decisions),
        *_selective(plan, decisions),
        *_copied(plan, decisions),
    ]


def _missing(plan: Pruefplan, decisions: Decisions) -> list[Finding]:
    found = []
    if count := int((decisions.truth == UNKNOWN).sum()):
        text = Words(
            f"In {count} Fällen fehlt die Wahrheit. Sie zählen nicht mit.",
            f"In {count} cases the truth is missing. They do not count.",
        )
        found.append(Finding("wahrheit_fehlt", text, count))
    if count := int((decisions.ai == UNKNOWN).sum()):
        text = Words(
            f"In {count} Fällen hat die KI nicht entschieden. Das zählt als Fehler der KI.",
            f"In {count} cases the AI did not decide. This counts as an error of the AI.",
        )
        found.append(Finding("ki_fehlt", text, count))
    for place, (_name, label) in enumerate(plan.menschen):
        if count := int((decisions.humans[:, place] == UNKNOWN).sum()):
            text = Words(
                f"{label.de} hat in {count} Fällen nicht entschieden. Dort gibt es keinen Vergleich mit ihr.",
                f"{label.in_language('en')} did not decide in {count} cases. There is no comparison with them there.",
            )
            found.append(Finding("mensch_fehlt", text, count))
    for place, (_name, label) in enumerate(plan.merkmale):
        if count := int((decisions.groups[:, place] == UNKNOWN).sum()):
            text = Words(
                f"{label.de}: In {count} Fällen ohne Angabe. Sie zählen insgesamt, aber in keiner Gruppe.",
                f"{label.in_language('en')}: not stated in {count} cases. They count in total, but in no group.",
            )
            found.append(Finding("gruppe_fehlt", text, count))
    return found


def _alike(plan: Pruefplan, decisions: Decisions) -> list[Finding]:
    """Find groups that differ in capital letters only: probably one group, torn apart."""
    found = []
    for (_name, label), groups in zip(plan.merkmale, decisions.labels, strict=True):
        by_word: dict[str, list[str]] = {}
        for group in groups:
            by_word.setdefault(group.casefold(), []).append(group)
        for names in (names for names in by_word.values() if len(names) > 1):
            text = Words(
                f"{label.de}: „{'“ und „'.join(names)}“ zählen als verschiedene Gruppen. Bitte gleich schreiben, wenn "
                "eine gemeint "
                "ist.",
                f"{label.in_language('en')}: “{'” and “'.join(names)}” count as different groups. Please spell them "
                "alike if "
                "one is meant.",
            )
            found.append(Finding("gruppen_aehnlich", text))
    return found


def _selective(plan: Pruefplan, decisions: Decisions) -> list[Finding]:
    """Find out whether the truth is known for one decision more often than for the other."""
    known = decisions.truth != UNKNOWN
    if known.all():
        return []
    deciders = [(Words("die KI", "the AI"), decisions.ai)]
    deciders += [(label, decisions.humans[:, place]) for place, (_name, label) in enumerate(plan.menschen)]
    found = []
    for label, column in deciders:
        shares = _shares(known, column)
        if shares is None:
            continue
        text = Words(
            f"Die Wahrheit ist nicht gleich oft bekannt: wo {label.de} mit Ja entschied, in {shares[1]:.0%} der Fälle, "
            f"bei Nein in {shares[0]:.0%}. Fehler der seltener geprüften Seite bleiben unsichtbar. Bitte auch dort "
            "Fälle nachprüfen.",
            f"The truth is not known equally often: where {label.in_language('en')} decided yes in {shares[1]:.0%} of "
            f"the cases, for no in {shares[0]:.0%}. Errors on the side seen less stay hidden. Please adjudicate cases "
            "there as well.",
        )
        found.append(Finding("wahrheit_ausgewaehlt", text, int((~known).sum())))
    return found


def _shares(known: np.ndarray, column: Codes) -> tuple[float, float] | None:
    """Return how often the truth is known for no and for yes, where that differs by more than chance."""
    counts = [int((column == value).sum()) for value in (0, 1)]
    if 0 in counts:
        return None
    hits = [int(known[column == value].sum()) for value in (0, 1)]
    shares = [hit / count for hit, count in zip(hits, counts, strict=True)]
    pooled = sum(hits) / sum(counts)
    spread = (pooled * (1 - pooled) * (1 / counts[0] + 1 / counts[1])) ** 0.5
    odd = spread > 0 and abs(shares[0] - shares[1]) / spread > SELECTIVE_Z
    return (shares[0], shares[1]) if odd or 0 in hits else None


def _copied(plan: Pruefplan, decisions: Decisions) -> list[Finding]:
    """Find deciders whom the truth follows in each case."""
    found = []
    if _follows(decisions, decisions.ai, 1):
        text = Words(
            "Die Wahrheit gleicht in jedem Fall dem Ergebnis der KI. Bitte prüfen, ob sie daraus übernommen wurde.",
            "The truth equals the result of the AI in each case. Please check whether it was copied from there.",
        )
        found.append(Finding("wahrheit_gleicht_ki", text, len(decisions)))
    for place, (_name, label) in enumerate(plan.menschen):
        if _follows(decisions, decisions.humans[:, place], 2 + place):
            text = Words(
                f"Die Wahrheit gleicht in jedem Fall der Entscheidung „{label.de}“. Vermutlich wurde sie daraus "
                "übernommen; dann kann die KI nie besser sein.",
                f"The truth equals the decision “{label.in_language('en')}” in each case. It was probably copied from "
                "there; the AI could then never do better.",
            )
            found.append(Finding("wahrheit_gleicht_person", text, len(decisions)))
    return found


def _follows(decisions: Decisions, column: Codes, place: int) -> bool:
    both = (decisions.truth != UNKNOWN) & (column != UNKNOWN)
    if both.sum() < COPY_CASES:
        return False
    if decisions.amounts is not None:
        return bool((decisions.amounts[both, 0] == decisions.amounts[both, place]).all())
    return bool((decisions.truth[both] == column[both]).all())
