"""What the law says of typical systems of a municipality, and how open and odd facts are treated."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from leitplanke.core.aiact import affected_by_change, classify, load_ki_verordnung
from leitplanke.core.rules import RegelwerkError
from tests.core.aiact.strategies import ACT, ANGABEN, FLAGS, ON, calm

if TYPE_CHECKING:
    from pathlib import Path

    from leitplanke.core.aiact import Classification


def classified(**facts: Any) -> Classification:
    return ACT.classify(calm(**facts), on=ON)


def doubts_of(found: Classification) -> set[str]:
    return {doubt.rule for doubt in found.doubts}


def test_nothing_known_is_undetermined_and_asks_for_what_matters() -> None:
    found = classify({}, on=ON)

    assert (found.legal_class, found.house_class, found.gate_open) == ("undetermined", "high", False)
    assert {"technique", "domain", "function", "role"} <= set(found.missing_facts)
    assert set(found.assumptions) == set(FLAGS)
    assert found.legal_basis == ()


@pytest.mark.parametrize("name", ["technique", "domain", "function"])
def test_one_known_fact_of_its_nature_gives_the_worst_class_instead(name: str) -> None:
    found = classify({name: ANGABEN[name].shape.optionen[-1]}, on=ON)

    assert (found.legal_class, found.settled) == ("high", False)


def test_open_question_of_art_5_is_the_worst_possible_and_absent_one_a_presumption() -> None:
    asked = classified(generates_csam=None)
    facts = calm()
    del facts["generates_csam"]
    absent = ACT.classify(facts, on=ON)

    assert (asked.legal_class, asked.missing_facts, asked.assumptions) == ("prohibited", ("generates_csam",), ())
    assert (absent.legal_class, absent.missing_facts, absent.assumptions) == ("minimal", (), ("generates_csam",))
    assert not asked.gate_open
    assert not absent.gate_open
    assert classified().gate_open


def test_profiling_and_combination_take_the_exemption_away() -> None:
    use = {"domain": "benefits", "function": "extract_structured"}
    plain, profiling = classified(**use), classified(**use, profiling=True)
    combined = classified(**use, part_of_combined_system_influencing_decision=True)

    assert (plain.legal_class, plain.exemption) == ("minimal", "Art. 6(3)(a)")
    assert (profiling.legal_class, profiling.exemption) == ("high", None)
    assert "Art. 6(3) UAbs. 3 (Profiling)" in profiling.legal_basis
    assert (combined.legal_class, combined.exemption) == ("high", None)
    assert {doubt.guidance_status for doubt in combined.doubts if doubt.rule == "zweifel_kombination"} == {"draft"}


def test_exempt_system_still_owes_the_written_assessment() -> None:
    found = classified(domain="benefits", function="translate", role="both")

    assert "ausnahme_bewerten" in {duty.name for duty in found.obligations}
    assert "zweifel_filter" in doubts_of(found)


@pytest.mark.parametrize("subject", ["legal_person", "none"])
def test_benefits_of_nobody_are_no_annex_iii(subject: str) -> None:
    assert classified(domain="benefits", function="decide", subject=subject).legal_class == "minimal"


def test_rules_with_an_ai_part_that_shapes_a_decision_are_one_ai_system() -> None:
    rules = {"technique": "fixed_rules", "inference": False, "domain": "benefits", "function": "decide"}

    assert classified(**rules).legal_class == "none"
    found = classified(**rules, part_of_combined_system_influencing_decision=True)
    assert found.legal_class == "high"
    assert "zweifel_kombination_ohne_ki" in doubts_of(found)


def test_contradiction_is_a_doubt_with_the_stricter_reading_and_keeps_the_gate_closed() -> None:
    found = classified(technique="llm", inference=False)

    assert (found.legal_class, found.gate_open) == ("minimal", False)
    assert [doubt.rule for doubt in found.doubts if doubt.contradiction] == ["widerspruch_technik"]


def test_road_safety_without_critical_entity_follows_the_law_and_shows_the_draft() -> None:
    found = classified(domain="infra_traffic", function="safety_function")

    assert (found.legal_class, doubts_of(found)) == ("high", {"zweifel_strasse_ohne_cer"})
    assert "nicht hochriskant" in found.doubts[0].readings[1].de


def test_supply_without_critical_entity_is_up_classified_by_the_house_only() -> None:
    found = classified(domain="infra_water", function="safety_function")

    assert (found.legal_class, found.house_class) == ("minimal", "high")
    assert classified(domain="infra_water", function="safety_function", critical_entity_cer=True).legal_class == "high"


def test_discretion_up_classifies_a_decision_outside_annex_iii() -> None:
    found = classified(function="recommend", discretion_involved=True)

    assert (found.legal_class, found.house_class) == ("minimal", "high")
    assert [block.rule for block in found.local_blocks] == ["sperre_ermessen"]
    assert classified(function="forecast", discretion_involved=True).house_class == "minimal"


def test_medical_exception_leaves_emotion_recognition_high_with_a_doubt() -> None:
    use = {"domain": "emotion", "function": "recognise_emotion", "emotion_work_or_education": True}

    assert classified(**use).legal_class == "prohibited"
    found = classified(**use, emotion_exception_medical_safety=True)
    assert found.legal_class == "high"
    assert "zweifel_gefuehle_ausnahme" in doubts_of(found)


def test_annex_i_applies_later_and_needs_no_registration() -> None:
    found = classified(annex_i_product_third_party_assessment=True)

    assert (found.legal_class, found.applies_from) == ("high", date(2028, 8, 2))
    assert "registrierung" not in {duty.name for duty in found.obligations}


def test_provider_owes_what_the_law_asks_of_providers() -> None:
    use = {"domain": "benefits", "function": "decide"}
    names = {
        role: {d.name for d in classified(**use, role=role).obligations} for role in ("deployer", "provider", "both")
    }

    assert "konformitaet" in names["provider"] - names["deployer"]
    assert "aufsicht" in names["deployer"] - names["provider"]
    assert names["both"] == names["provider"] | names["deployer"]


def test_human_in_the_loop_is_no_fact() -> None:
    assert not [name for name in ANGABEN if "human" in name and name != "human_editorial_control"]
    use = {"domain": "benefits", "function": "decide"}

    assert classified(**use, human_in_the_loop=True) == classified(**use)
    assert "nicht_verstanden" in doubts_of(classified(**use, carefully_watched=True))


def test_law_before_the_omnibus_had_other_dates_and_prohibitions() -> None:
    facts = calm(domain="benefits", function="decide")
    before, after = ACT.classify(facts, on=date(2026, 7, 26)), ACT.classify(facts, on=date(2026, 7, 27))
    generator = calm(technique="generative_media", generates_ncii=True)

    changed = {change.key: change for change in affected_by_change(before.as_data(), after)}

    assert before.applies_from == date(2026, 8, 2)
    assert changed["applies_from"].new == ("2027-12-02",)
    assert {"law_version", "obligations"} <= changed.keys()
    assert "legal_class" not in changed
    assert affected_by_change(after, after.as_data()) == ()
    assert ACT.classify(generator, on=date(2026, 7, 26)).legal_class == "minimal"
    assert ACT.classify(generator, on=ON).applies_from == date(2026, 12, 2)


def test_equal_facts_have_equal_digests_whatever_their_spelling() -> None:
    one, other = classified(critical_entity_cer=True), ACT.classify(calm() | {"critical_entity_CER": "ja"}, on=ON)

    assert one == other
    assert one.digest != classified().digest


def test_faulty_tables_are_told(tmp_path: Path) -> None:
    from importlib import resources
    from shutil import copytree

    folder = tmp_path / "ki_verordnung"
    with resources.as_file(resources.files("leitplanke.content") / "ki_verordnung") as shipped:
        copytree(shipped, folder)
    duties = folder / "pflichten.yaml"
    duties.write_text(duties.read_text(encoding="utf-8").replace("frist_verbot", "frist_fehlt"), encoding="utf-8")

    with pytest.raises(RegelwerkError, match="„frist_fehlt“ ist keine Regel der Art Datum"):
        load_ki_verordnung(folder)
