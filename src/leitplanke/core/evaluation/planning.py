"""What a plan needs, and what is unwise about it."""

from __future__ import annotations

from leitplanke.core.evaluation.findings import Finding
from leitplanke.core.evaluation.plan import Pruefplan, Wahrheitsquelle
from leitplanke.core.evaluation.power import MOST, Needed, cases_for_gap, cases_for_margin, cases_for_severe
from leitplanke.core.rules.model import Words

_TRUTH = {
    Wahrheitsquelle.MENSCHLICHE_ENTSCHEIDUNG: (
        "wahrheit_ist_entscheidung",
        Words(
            "Als Wahrheit dient die Entscheidung von Menschen. Dann kann die KI nie besser sein als sie, und ihre "
            "Fehler bleiben unsichtbar. Bitte die Fälle verdeckt ein zweites Mal prüfen lassen.",
            "The truth is a human decision. The AI could then never do better, and human errors stay hidden. Please "
            "have the cases adjudicated blindly a second time.",
        ),
    ),
    Wahrheitsquelle.ZWEITPRUEFUNG_OFFEN: (
        "wahrheit_nicht_verdeckt",
        Words(
            "Die zweite Prüfung war nicht verdeckt: Wer Ergebnisse kennt, folgt ihnen leicht. Bitte verdeckt prüfen "
            "lassen.",
            "The second adjudication was not blind: whoever knows results tends to follow them. Please adjudicate "
            "blindly.",
        ),
    ),
    Wahrheitsquelle.SPAETERER_AUSGANG: (
        "wahrheit_spaeter",
        Words(
            "Als Wahrheit dient, was später geschah. Das geht nur, wenn es für jeden Fall bekannt ist, gleich wie "
            "entschieden wurde, und wenn die Entscheidung den Ausgang nicht beeinflusst.",
            "The truth is what happened later. This works only if it is known for each case whatever the decision was, "
            "and if the decision did not influence it.",
        ),
    ),
}  # fmt: skip


def needed_cases(plan: Pruefplan) -> Needed:
    """Return how many cases the limits of a plan need, if AI and people are equally good and no severe error occurs."""
    design = plan.statistik

    def paired(margin: float) -> int | None:
        return cases_for_margin(margin, design.uneinigkeit, alpha=design.alpha, power=design.power)

    # Where two disagree in a fifth of the cases, each is wrong in about a tenth.
    gap = cases_for_gap(plan.grenzen.ausgleich, design.uneinigkeit / 2, alpha=design.alpha, power=design.power)
    return Needed(
        overall=paired(plan.grenzen.abstand),
        per_group=max(paired(plan.grenzen.abstand_gruppe) or 0, gap) if plan.merkmale else None,
        severe=cases_for_severe(plan.grenzen.schwere_fehler, alpha=design.alpha) or MOST,
    )


def plan_findings(plan: Pruefplan) -> tuple[Finding, ...]:
    """Return what is unwise about a plan."""
    found = []
    if plan.wahrheit in _TRUTH:
        code, text = _TRUTH[plan.wahrheit]
        found.append(Finding(code, text))
    needed, planned = needed_cases(plan).cases, plan.statistik.anzahl
    if planned < needed:
        found.append(
            Finding(
                "plan_zu_klein",
                Words(
                    f"Geplant sind {planned} Fälle. Für diese Grenzen braucht es etwa {needed}; mit weniger besteht "
                    "auch ein gutes System wahrscheinlich nicht.",
                    f"{planned} cases are planned. These limits need about {needed}; with fewer even a good system "
                    "will probably not pass.",
                ),
            )
        )  # fmt: skip
    if not plan.merkmale:
        found.append(
            Finding(
                "keine_gruppen",
                Words(
                    "Der Plan nennt keine Gruppen. Ob einzelne Gruppen schlechter behandelt werden, bleibt offen.",
                    "The plan names no groups. Whether some are treated worse stays open.",
                ),
            )
        )
    if len(plan.menschen) < 2:
        found.append(
            Finding(
                "nur_eine_person",
                Words(
                    "Nur eine Person entscheidet. Wie einig sich Menschen sind, lässt sich so nicht sagen.",
                    "Only one person decides. How far people agree cannot be told.",
                ),
            )
        )
    return tuple(found)
