from __future__ import annotations

from datetime import date

from leitplanke.core.rules import Engine, load
from leitplanke.core.rules.explain import Explanation
from leitplanke.core.rules.library import find
from leitplanke.core.rules.step_changes import changed_steps

ON = date(2026, 1, 1)
FACTS = {"haushaltsmitglieder": 1, "mietenstufe": 3, "bruttokaltmiete_monat": "400", "gesamteinkommen_monat": "900"}
ENGINE = Engine(load(find("wohngeld")))


def explained(**more: object) -> Explanation:
    return Explanation(ENGINE.evaluate({**FACTS, **more}, on=ON))


def test_equal_proofs_differ_in_nothing() -> None:
    assert changed_steps(explained(), explained()) == ()


def test_what_follows_from_a_changed_fact_is_told_with_both_values() -> None:
    changes = {change.title: change for change in changed_steps(explained(), explained(bruttokaltmiete_monat="380"))}
    rent, benefit = changes["Bruttokaltmiete im Monat"], changes["Wohngeld im Monat"]
    assert (rent.before, rent.after) == ("400,00 EUR im Monat", "380,00 EUR im Monat")
    assert benefit.before != benefit.after
    assert "Mietenstufe" not in changes


def test_a_step_that_only_one_proof_has_is_told_too() -> None:
    stated = {"gesamteinkommen_monat": None, "personen": [{"einkommensart": "keine"}]}
    changes = {change.title: change for change in changed_steps(explained(), explained(**stated))}
    kind = changes["Art des Einkommens (Personen im Haushalt, Nr. 1)"]
    assert (kind.before, kind.after) == ("", "Kein Einkommen")
