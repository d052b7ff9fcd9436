"""Names that others use: understood generously, never in favour of a milder class."""

from __future__ import annotations

from typing import Any

import pytest

from leitplanke.core.aiact import at_least
from tests.core.aiact.strategies import ACT, ANGABEN, ON, calm


def understood(**facts: Any) -> dict[str, Any]:
    return dict(ACT.understand(facts).facts)


@pytest.mark.parametrize(
    ("fact", "value", "meant"),
    [
        ("domain", "infra_energy", "infra_electricity"), ("domain", "education_admission", "education_access"),
        ("domain", "education_proctoring", "education_monitoring"), ("domain", "employment_recruitment", "recruitment"),
        ("domain", "building_permit", "none"), ("domain", "social housing", "benefits"),
        ("function", "predictive_maintenance", "maintenance"), ("function", "translation", "translate"),
        ("function", "summarise", "summarise_neutral"), ("function", "fraud_detection", "flag_person"),
        ("function", "rank_applicants", "rank"), ("function", "Spam-Filter", "filter"),
        ("technique", "large language model", "llm"), ("technique", "deep_learning", "ml"),
        ("technique", "RPA", "fixed_rules"),
        ("subject", "Citizens", "natural_person"), ("role", "Provider and Deployer", "both"),
    ],
)  # fmt: skip
def test_other_values_are_understood(fact: str, value: str, meant: str) -> None:
    assert understood(**{fact: value}) == {fact: meant}


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("subliminal_manipulation", "manipulation_significant_harm"),
        ("exploits_vulnerability", "exploits_vulnerability_significant_harm"),
        ("social_scoring", "social_scoring_unrelated_context"),
        ("criminal_risk_profiling", "criminal_prediction_solely_profiling"),
        ("facial_image_scraping", "untargeted_face_scraping"),
        ("emotion_workplace_education", "emotion_work_or_education"),
        ("biometric_categorization_sensitive", "biometric_categorisation_sensitive"),
        ("realtime_rbi", "rbi_realtime_public_law_enforcement"),
        ("NCII_generation", "generates_ncii"), ("csam", "generates_csam"),
    ],
)  # fmt: skip
def test_other_names_of_prohibitions_are_understood(name: str, meant: str) -> None:
    assert understood(**{name: True}) == {meant: True}
    assert ACT.classify(calm() | {name: True}, on=ON).legal_class == "prohibited"


def test_one_yes_among_several_names_counts() -> None:
    assert understood(generates_csam=False, csam=True) == {"generates_csam": True}


def test_unknown_value_is_unknown_and_told() -> None:
    found = ACT.classify(calm(domain="benefits", function="xyzzy"), on=ON)

    assert (found.legal_class, found.missing_facts, found.gate_open) == ("high", ("function",), False)
    (why,) = [doubt.why.de for doubt in found.doubts if doubt.rule == "nicht_verstanden"]
    assert why.startswith("„function: xyzzy“")


@pytest.mark.parametrize("value", ["risk_information", "scoring_dashboard", "applicant_search"])
def test_strict_word_in_an_unknown_name_keeps_milder_meanings_away(value: str) -> None:
    assert "function" not in understood(function=value)


@pytest.mark.parametrize("raw", [None, "", "unknown", "unklar", {"status": "unknown"}, {"status": "refused"}])
def test_unknown_is_said_in_several_ways(raw: object) -> None:
    assert understood(domain=raw, personal_data=raw) == {}
    assert ACT.classify(calm(generates_csam=raw), on=ON).legal_class == "prohibited"


@pytest.mark.parametrize("raw", [{"status": "contested", "values": ["benefits", "none"]}, ["benefits", "none"]])
def test_contested_facts_count_at_their_worst(raw: object) -> None:
    found = ACT.classify(calm(function="decide", domain=raw), on=ON)

    assert (found.legal_class, found.missing_facts) == ("high", ("domain",))


@pytest.mark.parametrize("raw", [12, "vielleicht", [], {"a": 1}])
def test_odd_truth_is_no_no(raw: object) -> None:
    assert "profiling" not in understood(profiling=raw)
    found = ACT.classify(calm(domain="benefits", function="translate", profiling=raw), on=ON)
    assert (found.legal_class, found.missing_facts) == ("high", ("profiling",))


def test_no_alias_hides_a_name_of_our_own() -> None:
    for name in ANGABEN:
        assert understood(**{name: True}).keys() <= {name}
    for name in ("domain", "function", "technique"):
        for value in ANGABEN[name].shape.optionen:
            assert understood(**{name: value}) == {name: value}
            assert at_least(ACT.classify({name: value}, on=ON).legal_class, "high")
