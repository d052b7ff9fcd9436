"""Gates: what is unknown is missing, and nothing opens by hiding something."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leitplanke.core.register.gates import lacking, shipped_engine
from leitplanke.core.register.lifecycle import ACTS, Acting, Gate, Originator, Stand, WrongOriginatorError, require

DAY = date(2026, 11, 28)
GOOD: dict[str, object] = {
    "ki_system": True, "klasse": "limited", "einstufung": "aktuell", "einstufung_vollstaendig": True,
    "lokale_sperren": 0, "abwaegung": True, "angaben_offen": 0, "verantwortung": True, "pflichten_offen": 0,
    "dsfa_noetig": True, "dsfa": "aktuell", "grundrechte_noetig": True, "grundrechte": "aktuell",
    "ausnahme_geltend": True, "ausnahme_bewertung": "aktuell", "personenbezug": True, "datenschutz": "aktuell",
    "mitbestimmung": "zugestimmt", "schulung": True, "vertrag_noetig": True, "vertrag": True, "bewertung_noetig": True,
    "bewertung": "bestanden", "vorfaelle_schwer": 0,
}  # fmt: skip


def test_with_everything_there_both_doors_are_open() -> None:
    values = shipped_engine().evaluate(GOOD, on=DAY).values
    assert values["tuer_freigabe"]
    assert values["tuer_erprobung"]
    assert lacking(Gate.FREIGABE, GOOD, on=DAY) == ()


def _facts() -> st.SearchStrategy[dict[str, object]]:
    angaben = shipped_engine().regelwerk.angaben
    values = {
        name: st.sampled_from(list(angabe.shape.optionen)) if angabe.shape.optionen else st.booleans()
        for name, angabe in angaben.items()
    }
    counts = {name: st.integers(0, 3) for name, angabe in angaben.items() if angabe.shape.kind.value == "Ganzzahl"}
    return st.fixed_dictionaries({**values, **counts})


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(_facts(), st.sets(st.sampled_from(sorted(GOOD))))
def test_hiding_facts_never_opens(facts: dict[str, object], hidden: set[str]) -> None:
    shown = {name: value for name, value in facts.items() if name not in hidden}
    for gate in Gate:
        known, less = lacking(gate, facts, on=DAY), lacking(gate, shown, on=DAY)
        assert {one.name for one in known} <= {one.name for one in less}


def test_with_nothing_known_every_sentence_says_what_and_who() -> None:
    found = lacking(Gate.FREIGABE, {}, on=DAY)
    assert len(found) == len(shipped_engine().regelwerk.ergebnisse)
    assert all(one.satz.de and one.wer.de and one.norm for one in found)


@pytest.mark.parametrize("act", ACTS.values(), ids=lambda act: act.name)
def test_a_rule_may_suspend_and_nothing_else(act: object) -> None:
    name = act.name  # type: ignore[attr-defined]
    if name == "aussetzen":
        assert require(name, Stand.FREIGEGEBEN, Acting(Originator.REGEL, reason="abgelaufen")).after is Stand.AUSGESETZT
        return
    with pytest.raises(WrongOriginatorError):
        require(name, next(iter(act.before)), Acting(Originator.REGEL, reason="x"))  # type: ignore[attr-defined]
