"""The content as such: every rule has its source, every principle says whether we saw its wording."""

from __future__ import annotations

from tests.core.aiact.strategies import ACT, ANGABEN

BOOK = ACT.regelwerk


def test_every_rule_has_norm_source_and_standing() -> None:
    for rule in BOOK.regeln.values():
        assert rule.titel.en, rule.name
        for variant in rule.fassungen:
            assert variant.norm or rule.norm, rule.name
            assert variant.geltung.quelle, rule.name
            assert variant.auslegung is not None, rule.name


def test_doubts_that_rest_on_the_draft_say_so() -> None:
    for name, rule in BOOK.regeln.items():
        for variant in rule.fassungen:
            cites_only_draft = variant.geltung.quelle.startswith("Entwurf")
            assert (variant.auslegung == "entwurf") or not cites_only_draft, name


def test_every_question_speaks_german_and_english() -> None:
    for angabe in ANGABEN.values():
        assert angabe.frage.en, angabe.name
        assert angabe.frage.de.endswith("?"), angabe.name
        assert all(label.en for label in angabe.shape.labels.values()), angabe.name


def test_dates_of_application_are_dated_with_source() -> None:
    dates = [parameter for name, parameter in BOOK.parameter.items() if name.startswith("anwendung_")]

    assert len(dates) == 8
    assert all(value.geltung.quelle for parameter in dates for value in parameter.werte)


def test_wording_of_five_principles_is_not_verified() -> None:
    assert [principle.verified for principle in ACT.principles] == [True] * 3 + [False] * 5


def test_every_duty_can_arise() -> None:
    """Each duty has its own article, by which evidence for it is filed."""
    assert len({duty.article for duty in ACT.duties}) == len(ACT.duties)
    triggers = {duty.trigger for duty in ACT.duties}
    rules = {name for name in BOOK.regeln if name.startswith(("pflicht_", "transparenz_"))}

    assert triggers == rules
