"""The figures: every decider, AI against each person, groups and their intersections, gaps, agreement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from leitplanke.core.evaluation.agreement import Agreement, agree, krippendorff_alpha
from leitplanke.core.evaluation.amounts import amount_test
from leitplanke.core.evaluation.fairness import cube_of, gap, holm, ratio, selection_rates
from leitplanke.core.evaluation.intervals import clopper_pearson, mcnemar, tango, wilson
from leitplanke.core.evaluation.plan import Ergebnisart, Pruefplan
from leitplanke.core.evaluation.results import AmountResult, Comparison, Decider, Figures, GroupGap, GroupResult
from leitplanke.core.evaluation.tally import AI, AI_RIGHT, TRUTH, Tally, pairs, severe_errors
from leitplanke.core.rules.model import Words

THE_AI = Words("KI", "AI")
Mask: TypeAlias = NDArray[np.bool_]


def figures(plan: Pruefplan, found: Tally, seed: int, replicates: int) -> Figures:
    """Return everything that the data say."""
    return Figures(
        deciders=deciders(plan, found),
        comparisons=comparisons(plan, found),
        groups=groups(plan, found),
        intersections=intersections(plan, found),
        gaps=gaps(plan, found, seed, replicates),
        agreements=agreements(plan, found),
        alpha=people_alpha(plan, found),
        amounts=amounts(plan, found),
    )


def deciders(plan: Pruefplan, found: Tally) -> tuple[Decider, ...]:
    """Return the AI and each person over all cases."""
    made = [_decider(plan, found, ("ki", THE_AI), (found.column(AI), found.column(AI_RIGHT)))]
    made += [_decider(plan, found, human, found.human(place)) for place, human in enumerate(plan.menschen)]
    return tuple(made)


def _decider(
    plan: Pruefplan, found: Tally, named: tuple[str, Words], columns: tuple[NDArray[np.int32], NDArray[np.int32]]
) -> Decider:
    decision, right = columns
    alpha = plan.statistik.alpha
    decided = right >= 0
    cases, errors = found.count(decided), found.count(right == 0)
    severe = found.count(severe_errors(plan, found, decision, right) & decided)
    return Decider(
        name=named[0],
        label=named[1],
        cases=cases,
        errors=errors,
        error=wilson(errors, cases, alpha),
        severe=severe,
        severe_error=clopper_pearson(severe, cases, alpha),
        severe_wilson=wilson(severe, cases, alpha),
        yes=selection_rates([found.count(decided & (decision == 1))], [cases])[0],
    )


def comparisons(plan: Pruefplan, found: Tally, mask: Mask | None = None) -> tuple[Comparison, ...]:
    """Compare the AI with each person on the same cases, within `mask` if given."""
    inside = np.ones(len(found.counts), dtype=np.bool_) if mask is None else mask
    ai = found.column(AI_RIGHT)
    made = []
    for place, (name, label) in enumerate(plan.menschen):
        _decision, human = found.human(place)
        better = found.count(inside & (ai == 1) & (human == 0))
        worse = found.count(inside & (ai == 0) & (human == 1))
        cases = found.count(inside & (human >= 0))
        difference = tango(better, worse, cases, plan.statistik.alpha)
        made.append(
            Comparison(name, label, cases, better, worse, difference, mcnemar(better, worse), name in plan.vergleich)
        )
    return tuple(made)


def groups(plan: Pruefplan, found: Tally) -> tuple[GroupResult, ...]:
    """Return each group of each attribute."""
    made = []
    for place, (name, title) in enumerate(plan.merkmale):
        for number, label in enumerate(found.labels[place]):
            made.append(_group(plan, found, (name, title, label), found.cells[:, place] == number))
    return tuple(made)


def intersections(plan: Pruefplan, found: Tally) -> tuple[GroupResult, ...]:
    """Return each intersection of two attributes; p-values of the large ones are corrected for many looks."""
    made = list(_intersections(plan, found))
    large = [place for place, group in enumerate(made) if group.large]
    corrected = holm([made[place].worst.mcnemar for place in large])
    for place, value in zip(large, corrected, strict=True):
        made[place] = replace(made[place], corrected=value)
    return tuple(made)


def _intersections(plan: Pruefplan, found: Tally) -> Iterator[GroupResult]:
    for first, second in combinations(range(len(plan.merkmale)), 2):
        name = f"{plan.merkmale[first][0]} × {plan.merkmale[second][0]}"
        one, two = plan.merkmale[first][1], plan.merkmale[second][1]
        title = Words(f"{one.de} × {two.de}", f"{one.in_language('en')} × {two.in_language('en')}")
        for a, label in enumerate(found.labels[first]):
            for b, other in enumerate(found.labels[second]):
                mask = (found.cells[:, first] == a) & (found.cells[:, second] == b)
                yield _group(plan, found, (name, title, f"{label} × {other}"), mask)


def _group(plan: Pruefplan, found: Tally, named: tuple[str, Words, str], mask: Mask) -> GroupResult:
    alpha = plan.statistik.alpha
    ai, right = found.column(AI), found.column(AI_RIGHT)
    cases = found.count(mask)
    people = [found.human(place) for place in range(len(plan.menschen))]
    decided = [found.count(mask & (human >= 0)) for human, _right in people]
    compared = comparisons(plan, found, mask)
    enough = [item.cases >= plan.mindestzahl for item in compared if item.binding]
    return GroupResult(
        attribute=named[0],
        title=named[1],
        group=named[2],
        cases=cases,
        large=all(enough),
        ai_error=wilson(found.count(mask & (right == 0)), cases, alpha),
        human_errors=tuple(
            wilson(found.count(mask & (correct == 0)), number, alpha)
            for (_human, correct), number in zip(people, decided, strict=True)
        ),
        comparisons=compared,
        ai_yes=selection_rates([found.count(mask & (ai == 1))], [cases])[0],
        human_yes=selection_rates([found.count(mask & (human == 1)) for human, _ in people], decided),
    )


def gaps(plan: Pruefplan, found: Tally, seed: int, replicates: int) -> tuple[GroupGap, ...]:
    """Return, per attribute and person, how far groups lie apart; the drawing of each has a seed of its own."""
    made = []
    for place, (name, title) in enumerate(plan.merkmale):
        number = len(found.labels[place])
        for other, (person, label) in enumerate(plan.menschen):
            human, _right = found.human(other)
            columns = found.column(TRUTH), found.column(AI), human
            cube = cube_of(found.cells[:, place], columns, found.counts, number)
            totals = cube.sum(axis=(1, 2, 3))
            made.append(
                GroupGap(
                    attribute=name,
                    title=title,
                    person=person,
                    label=label,
                    gap=gap(cube, (seed, place, other), plan.statistik.alpha, replicates),
                    ai_ratio=ratio(selection_rates(cube[:, :, 1].sum(axis=(1, 2)).tolist(), totals.tolist())),
                    human_ratio=ratio(selection_rates(cube[..., 1].sum(axis=(1, 2)).tolist(), totals.tolist())),
                    groups=number,
                    weakest=int(cube.sum(axis=(2, 3)).min()) if number else 0,
                    binding=person in plan.vergleich,
                )
            )
    return tuple(made)


def agreements(plan: Pruefplan, found: Tally) -> tuple[Agreement, ...]:
    """Return how far each pair of deciders agrees: people among themselves first, then each with the AI."""
    names = [THE_AI, *(label for _name, label in plan.menschen)]
    codes = ["ki", *(name for name, _label in plan.menschen)]
    columns = [found.column(AI), *(found.human(place)[0] for place in range(len(plan.menschen)))]
    made = []
    for order, (first, second) in enumerate(pairs(len(names) - 1)):
        if found.same:
            cases, same = found.same[order]
            share = wilson(same, cases, plan.statistik.alpha)
            made.append(Agreement(codes[first], codes[second], cases, share, float("nan")))
            continue
        table = np.zeros((2, 2), dtype=np.int64)
        known = (columns[first] >= 0) & (columns[second] >= 0)
        np.add.at(table, (columns[first][known], columns[second][known]), found.counts[known])
        made.append(agree(codes[first], codes[second], table, plan.statistik.alpha))
    return tuple(made)


def people_alpha(plan: Pruefplan, found: Tally) -> float:
    """Return Krippendorff's alpha of the people; nan with one person or for amounts."""
    if len(plan.menschen) < 2 or plan.ergebnis.art == Ergebnisart.BETRAG:
        return float("nan")
    ratings = np.stack([found.human(place)[0] for place in range(len(plan.menschen))], axis=1).astype(np.float64)
    ratings[ratings < 0] = np.nan
    return krippendorff_alpha(ratings, found.counts)


def amounts(plan: Pruefplan, found: Tally) -> tuple[AmountResult, ...]:
    """Return the tests on amounts, for plans on amounts."""
    return tuple(
        AmountResult(
            name, label, amount_test(moments, plan.ergebnis.abstand, plan.statistik.alpha), name in plan.vergleich
        )
        for (name, label), moments in zip(plan.menschen, found.moments, strict=False)
    )
