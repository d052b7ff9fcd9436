"""Every shipped Regelwerk can be explained, drawn, read out; its formulas mean in words what the engine computes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from defusedxml.ElementTree import fromstring

from leitplanke.core.rules import Engine, RulesError, layers_of, load
from leitplanke.core.rules.explain import explain
from leitplanke.core.rules.library import shipped
from leitplanke.core.rules.model import in_force
from leitplanke.core.rules.picture import picture, picture_of_case
from leitplanke.core.rules.reading_view import reading_view
from leitplanke.core.rules.reckoning import Reckoner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from leitplanke.core.rules import Result

# Names of rules and operators of formulas have no place in a text for people.
MACHINE = re.compile(r"[a-z]_[a-z]|==|\bmin\(|\bmax\(|\bTrue\b|\bFalse\b|\bNone\b|Fraction|Decimal")


def results(name: str) -> Iterator[Result]:
    """Yield the result of every case of a Regelwerk."""
    folder = shipped()[name]
    engines = {ebene: Engine(load(folder, ebene=ebene)) for ebene in ("", *layers_of(folder))}
    for fall in engines[""].regelwerk.faelle:
        options = {"judgements": fall.urteile, "known_on": fall.known_on, "entwurf": fall.entwurf}
        try:
            yield engines[fall.ebene].evaluate(fall.angaben, on=fall.stichtag, **options)
        except RulesError:
            assert "fehler" in fall.erwartet


@pytest.mark.parametrize("name", shipped())
def test_parts_of_formulas_come_to_what_the_engine_says(name: str) -> None:
    compared = 0
    for result in results(name):
        for step in result.proof:
            if step.kind != "regel" or not step.settled:
                continue
            variant = in_force(result.regelwerk.regeln[step.name].fassungen, result.state)
            assert variant is not None
            reckoner = Reckoner(result, step.about.level, step.item)
            found = reckoner.of(variant.formel)
            if found is not None:
                assert found == reckoner.named(step.name), (name, step.name)
                compared += 1
    assert compared > 100


@pytest.mark.parametrize("name", shipped())
def test_cases_are_explained_for_people(name: str) -> None:
    for result in results(name):
        explanation = explain(result)
        assert MACHINE.findall(explanation.short() + explanation.long()) == []
        assert explanation.headline
        assert len(explanation.decisive) <= 5


@pytest.mark.parametrize("name", shipped())
def test_regelwerk_is_read_out_and_drawn(name: str) -> None:
    result = next(results(name))

    formulas = [line for line in reading_view(result.regelwerk, result.state.on).splitlines() if "    = " in line]
    assert formulas
    assert MACHINE.findall("\n".join(formulas)) == []
    fromstring(picture(result.regelwerk, result.state.on))
    fromstring(picture_of_case(result))
