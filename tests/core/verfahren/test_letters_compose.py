"""Every shipped template becomes a letter: receipts and requests at once, decisions for each case of the Regelwerk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from leitplanke.core.drafting.brief import Absender, Part
from leitplanke.core.drafting.case import CaseView, DraftError, EntscheidungText, Fehlend, Rechtssatz, Rechtstexte
from leitplanke.core.drafting.composing import compose
from leitplanke.core.rules import Engine, Regelwerk, Result, RulesError, layers_of, load
from leitplanke.core.rules.model import Ergebnis
from leitplanke.core.verfahren.loading import load_verfahren, procedures
from leitplanke.core.verfahren.model import DECISIONS, Verfahren

TEXTS = Rechtstexte(
    rechtsbehelf=(Rechtssatz("Gegen diesen Bescheid können Sie sich wehren."),),
    rechtsfolgen=(Rechtssatz("Antworten Sie nicht, können wir die Leistung versagen.", "§ 66 SGB I"),),
    anhoerung=(Rechtssatz("Wir möchten den Antrag ablehnen."),),
    mitwirkung_norm="§ 60 SGB I",
    frist_ende=date(2026, 12, 20),
)
SENDER = Absender("Stadt Musterstadt", "Bürgeramt", ("Am Markt 1", "12345 Musterstadt"), telefon="0123 4567")
MISSING = (Fehlend("mietbescheinigung", "Mietbescheinigung"),)


def case_of(verfahren: Verfahren, entscheidung: EntscheidungText = EntscheidungText()) -> CaseView:  # noqa: B008
    return CaseView(
        f"{verfahren.kuerzel}-2026-0001", "Erika Muster", SENDER, ("Erika Muster",), date(2026, 11, 27),
        verfahren.titel.de, date(2026, 11, 2), "Guten Tag Erika Muster", unterlagen=MISSING,
        entscheidung=entscheidung, werte={"zugang": "beispielstadt.example/antrag"},
    )  # fmt: skip


@pytest.mark.parametrize("name", procedures())
def test_letters_before_a_decision(name: str) -> None:
    folder = procedures()[name]
    verfahren = load_verfahren(folder, load(folder))
    for art in ("eingangsbestaetigung", "mitwirkung", "anhoerung"):
        vorlage = verfahren.vorlage(art)
        assert vorlage is not None
        letter = compose(vorlage, case_of(verfahren), None, TEXTS)
        assert letter.text.count("{") == 0
        assert "Guten Tag Erika Muster," in letter.text
        assert ("20. Dezember 2026" in letter.text) == (art != "eingangsbestaetigung")
        assert ("Mietbescheinigung" in letter.text) == (art != "anhoerung")
    parts = {paragraph.part for paragraph in letter.paragraphs}
    assert {Part.ANREDE, Part.FRIST, Part.GRUSS} <= parts


def outcomes(regelwerk: Regelwerk, ebene: str) -> Iterator[tuple[Result, Ergebnis]]:
    """Yield each decision that a case of the rules certainly leads to."""
    engine = Engine(regelwerk)
    for fall in (item for item in regelwerk.faelle if item.ebene == ebene):
        try:
            result = engine.evaluate(fall.angaben, on=fall.stichtag, judgements=fall.urteile)
        except RulesError:
            assert "fehler" in fall.erwartet
            continue
        yield from (
            (result, outcome) for outcome, state in result.outcomes if state == "ja" and outcome.art in DECISIONS
        )


@pytest.mark.parametrize("name", procedures())
def test_each_decision_of_the_rules_becomes_a_letter(name: str) -> None:
    folder = procedures()[name]
    composed: set[str] = set()
    for ebene in ("", *layers_of(folder)):
        regelwerk = load(folder, ebene=ebene)
        verfahren = load_verfahren(folder, regelwerk)
        for result, outcome in outcomes(regelwerk, ebene):
            vorlage = verfahren.bescheid(outcome)
            assert vorlage is not None
            span = EntscheidungText(outcome.name, outcome.art, "", date(2026, 11, 1), date(2027, 10, 31))
            try:
                letter = compose(vorlage, case_of(verfahren, span), result, TEXTS)
            except DraftError:  # an amount is still open in this case; another one settles it
                continue
            assert {Part.TENOR, Part.GRUENDE, Part.RECHTSBEHELF} <= {paragraph.part for paragraph in letter.paragraphs}
            assert "{" not in letter.text
            composed.add(outcome.name)
    assert composed == {outcome.name for outcome in load(folder).ergebnisse if outcome.art in DECISIONS}
