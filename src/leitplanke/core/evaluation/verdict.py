"""One verdict from all criteria, in one sentence that a council can read."""

from __future__ import annotations

from collections.abc import Sequence

from leitplanke.core.evaluation.findings import Finding
from leitplanke.core.evaluation.plan import Pruefplan
from leitplanke.core.evaluation.power import MOST
from leitplanke.core.evaluation.results import Comparison, Criterion, Pruefergebnis
from leitplanke.core.evaluation.wording import both, whole
from leitplanke.core.rules.model import Words

_BROKEN = {
    "genauigkeit": Words("insgesamt schlechter als Menschen", "worse than people in total"),
    "schwere_fehler": Words("zu viele schwere Fehler", "too many severe errors"),
    "gruppe": Words("schlechter als Menschen bei {about}", "worse than people at {about}"),
    "ausgleich": Words(
        "Gruppen ungleicher behandelt als durch Menschen ({about})",
        "groups treated less equally than by people ({about})",
    ),
    "betrag": Words("Beträge ungenauer als die von Menschen", "amounts less exact than those of people"),
}
_OPEN = {
    "anzahl": Words("zu wenige Fälle", "too few cases"),
    "wahrheit": Words("keine verlässliche Wahrheit", "no reliable truth"),
    "genauigkeit": Words("Genauigkeit insgesamt offen", "accuracy in total open"),
    "schwere_fehler": Words("Anteil schwerer Fehler offen", "share of severe errors open"),
    "gruppe": Words("offen bei {about}", "open at {about}"),
    "ausgleich": Words("Gleichbehandlung offen ({about})", "equal treatment open ({about})"),
    "betrag": Words("Genauigkeit der Beträge offen", "accuracy of amounts open"),
}
_LISTED = 3


def verdict_of(judged: Sequence[Criterion], findings: Sequence[Finding]) -> Pruefergebnis:
    """Pass only if everything passes; without a truth to trust, neither passing nor failing means anything."""
    states = {item.status for item in judged}
    if any(finding.blocking for finding in findings):
        return Pruefergebnis.UNZUREICHEND
    if Pruefergebnis.NICHT_BESTANDEN in states:
        return Pruefergebnis.NICHT_BESTANDEN
    return Pruefergebnis.BESTANDEN if states == {Pruefergebnis.BESTANDEN} else Pruefergebnis.UNZUREICHEND


def still_needed(plan: Pruefplan, cases: int, judged: Sequence[Criterion], findings: Sequence[Finding]) -> int | None:
    """Return how many cases more would probably decide; with a truth not to be trusted, all of them anew."""
    if any(finding.blocking for finding in findings):
        return plan.statistik.anzahl
    most = max((item.needed for item in judged if item.needed is not None), default=None)
    return None if most is None or most >= MOST else max(most - cases, 1)


def sentence_of(
    plan: Pruefplan,
    verdict: Pruefergebnis,
    judged: Sequence[Criterion],
    compared: Sequence[Comparison],
    needed: int | None,
) -> Words:
    """Return the verdict in one sentence."""
    name = Words(f"{plan.system} ({plan.fassung})", f"{plan.system} ({plan.fassung})")
    if verdict == Pruefergebnis.BESTANDEN:
        return both(
            "Bestanden: {name} entscheidet nicht schlechter als die Menschen, mit denen verglichen wurde, insgesamt "
            "und in jeder geprüften Gruppe.",
            "Passed: {name} decides no worse than the people it was compared with, in total and in each group tested.",
            name=name,
        )
    if verdict == Pruefergebnis.NICHT_BESTANDEN:
        return both(
            "Nicht bestanden: {name} ist {lead}nicht gut genug: {reasons}.",
            "Not passed: {name} is {lead}not good enough: {reasons}.",
            name=name,
            lead=_lead(judged, compared),
            reasons=_reasons(judged, Pruefergebnis.NICHT_BESTANDEN, _BROKEN),
        )
    more = Words("", "")
    if needed is not None:
        more = both(" Nötig sind etwa {n} weitere Fälle.", " About {n} more cases are needed.", n=whole(needed))
    return both(
        "Unzureichend: Ob {name} gut genug ist, lässt sich noch nicht sagen: {reasons}.{more}",
        "Insufficient: whether {name} is good enough cannot be told yet: {reasons}.{more}",
        name=name,
        reasons=_reasons(judged, Pruefergebnis.UNZUREICHEND, _OPEN),
        more=more,
    )


def _lead(judged: Sequence[Criterion], compared: Sequence[Comparison]) -> Words:
    """Say first what a council might otherwise be told alone."""
    if any(item.code == "genauigkeit" and item.status != Pruefergebnis.BESTANDEN for item in judged):
        return Words("", "")
    if all(item.difference.low > 0 for item in compared if item.binding):
        return Words("im Durchschnitt besser als Menschen, aber ", "better than people on average, but ")
    return Words("im Durchschnitt nicht schlechter als Menschen, aber ", "no worse than people on average, but ")


def _reasons(judged: Sequence[Criterion], status: Pruefergebnis, texts: dict[str, Words]) -> Words:
    """Return what does not hold, each kind once, with what it concerns."""
    concerned: dict[str, dict[Words, None]] = {}
    for item in judged:
        if item.status == status:
            concerned.setdefault(item.code, {})[item.about] = None
    german, english = [], []
    for code, about in concerned.items():
        german.append(texts[code].de.format(about=_listed([word.de for word in about], "und weitere")))
        english.append(texts[code].en.format(about=_listed([word.in_language("en") for word in about], "and others")))
    return Words("; ".join(german), "; ".join(english))


def _listed(names: Sequence[str], more: str) -> str:
    shown = [f"„{name}“" if more.startswith("und") else f"“{name}”" for name in names[:_LISTED]]
    return ", ".join(shown) + (f" {more}" if len(names) > _LISTED else "")
