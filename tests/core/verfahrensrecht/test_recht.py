"""The shipped law: complete, findable, and honest about what nobody has checked."""

import re
from datetime import date, timedelta
from importlib.resources.abc import Traversable

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from leitplanke.core.rules.library import shipped as rulesets
from leitplanke.core.verfahrensrecht import (
    LAENDER,
    Dauer,
    Einheit,
    FehltImRecht,
    Fristart,
    Rechtsbehelfsart,
    RechtsdatenFehler,
    Weg,
    bekanntgabe,
    filled,
    shipped,
    verfahrensrecht,
)
from leitplanke.core.verfahrensrecht.library import datei, select
from leitplanke.core.verfahrensrecht.loading import read_datei

LAWS = sorted(shipped())
TEXT = shipped()["sgb_x"].read_text(encoding="utf-8")
ON = date(2026, 1, 1)


def broken(old: str, new: str) -> str:
    assert old in TEXT
    with pytest.raises(RechtsdatenFehler) as caught:
        read_datei(TEXT.replace(old, new, 1), "sgb_x.yaml")
    return str(caught.value)


def test_the_three_laws_are_there() -> None:
    assert LAWS == ["ao", "sgb_x", "vwvfg"]


@given(st.sampled_from(LAWS), st.dates(date(2025, 1, 1), date(2060, 12, 31)))
def test_every_law_is_complete_on_every_day(name: str, on: date) -> None:
    law = verfahrensrecht(name, "NW", on)
    for way in (Weg.POST, Weg.ELEKTRONISCH, Weg.PORTAL, Weg.UEBERGABE, Weg.ZUSTELLUNGSURKUNDE):
        assert law.bekanntgaberegel(way, on).norm
    for kind in Fristart:
        assert law.fristregel(kind, on).norm
    assert {entry.key for entry in law.wiedereinsetzungen} == {"verwaltung", "rechtsbehelf"}
    assert law.rechtsbehelfe
    assert law.aufhebungen
    assert law.mitwirkung.rechtsfolgen
    assert law.anhoerung.entbehrlich


def remedies_of(folder: Traversable) -> set[str]:
    text = (folder / "ergebnis.yaml").read_text(encoding="utf-8")
    return set(re.findall(r"^ +rechtsbehelf: (\w+)$", text, re.MULTILINE)) - {"keiner"}


@pytest.mark.parametrize("procedure", sorted(rulesets()))
def test_every_outcome_of_a_procedure_finds_its_remedy_in_its_law(procedure: str) -> None:
    folder = rulesets()[procedure]
    law = yaml.safe_load((folder / "verfahren.yaml").read_text(encoding="utf-8"))["verfahren"]["verfahrensrecht"]
    kinds = remedies_of(folder)
    assert kinds
    for kind in kinds:
        remedy = verfahrensrecht(law, "NW", ON).rechtsbehelf(Rechtsbehelfsart(kind), procedure)
        assert remedy.frist == Dauer(1, Einheit.MONAT)


def test_refusing_for_silence_needs_the_hint_in_social_law_only() -> None:
    needs = {name: verfahrensrecht(name, "NW", ON).mitwirkung.folge_nur_nach_hinweis for name in LAWS}
    assert needs == {"sgb_x": True, "vwvfg": False, "ao": False}
    assert "66" in verfahrensrecht("sgb_x", "NW", ON).mitwirkung.rechtsfolgen


def test_hearing_is_closed_in_social_law_and_soft_in_tax_law() -> None:
    heard = {name: verfahrensrecht(name, "NW", ON).anhoerung for name in LAWS}
    assert {name: entry.pflicht for name, entry in heard.items()} == {"sgb_x": "muss", "vwvfg": "muss", "ao": "soll"}
    assert [name for name, entry in heard.items() if entry.abschliessend] == ["sgb_x"]
    assert len(heard["sgb_x"].entbehrlich) == 7


@pytest.mark.parametrize("name", LAWS)
def test_each_form_of_a_remedy_is_told_in_its_instruction(name: str) -> None:
    for remedy in verfahrensrecht(name, "NW", ON).rechtsbehelfe:
        told = remedy.belehrung.replace("Absatz", "Abs.").replace("Verwaltungsverfahrensgesetzes", "VwVfG")
        assert "schriftlich" in told
        assert ("zur Niederschrift" in told) == any("Niederschrift" in form for form in remedy.formen)
        assert ("zu Protokoll" in told) == any("Protokoll" in form for form in remedy.formen)
        assert ("§ 3a Abs. 3" in told) == any("§ 3a Abs. 3" in form for form in remedy.formen)
        assert ("§ 55a" in told) == any("§ 55a" in form for form in remedy.formen)


def test_social_law_holds_in_every_land_but_remedies_only_where_stored() -> None:
    for land in LAENDER:
        law = verfahrensrecht("sgb_x", land, ON)
        assert bekanntgabe(law, ON, Weg.POST, land).am == ON + timedelta(days=4)
    with pytest.raises(FehltImRecht, match=r"„wohngeld“ im Land BY .* kein Rechtsbehelf „widerspruch“ hinterlegt"):
        verfahrensrecht("sgb_x", "BY", ON).rechtsbehelf(Rechtsbehelfsart.WIDERSPRUCH, "wohngeld")


def test_unchecked_entries_are_listed_with_their_reason() -> None:
    found = verfahrensrecht("vwvfg", "NW", ON).unchecked()
    assert any("Bekanntgabe portal" in line and "lag" in line for line in found)
    assert not any("Bekanntgabe post" in line for line in found)
    assert bekanntgabe(verfahrensrecht("vwvfg", "NW", ON), ON, Weg.PORTAL, "NW").ungeprueft


def test_what_is_missing_is_said_clearly() -> None:
    with pytest.raises(FehltImRecht, match=r"„zpo“ gibt es nicht. Vorhanden: ao, sgb_x, vwvfg"):
        verfahrensrecht("zpo", "NW", ON)
    with pytest.raises(FehltImRecht, match=r"Für das Land BY ist nichts hinterlegt, nur für NW"):
        verfahrensrecht("ao", "BY", ON)
    with pytest.raises(FehltImRecht, match=r"Zur Mitwirkung ist für den 01.01.2020 nichts hinterlegt. .* 01.01.2023"):
        verfahrensrecht("sgb_x", "NW", date(2020, 1, 1))
    with pytest.raises(FehltImRecht, match=r"Weg „post_ausland“ am 01.01.2026 .* post, elektronisch, portal"):
        bekanntgabe(verfahrensrecht("sgb_x", "NW", ON), ON, Weg.POST_AUSLAND, "NW")


def test_days_that_contradict_each_other_are_refused() -> None:
    law = verfahrensrecht("sgb_x", "NW", ON)
    with pytest.raises(FehltImRecht, match="bevor er versandt"):
        bekanntgabe(law, ON, Weg.POST, "NW", zugegangen_am=ON - timedelta(days=1))


def test_faults_of_a_file_name_line_and_cause() -> None:
    assert "„weg“ ist „fax“. Erlaubt: post," in broken("weg: post\n", "weg: fax\n")
    assert "Es fehlt „norm“" in broken("    norm: § 37 Abs. 2 Satz 1 SGB X\n", "")
    assert "Erwartet wird ein Tag wie 2025-01-01" in broken("ab: 2025-01-01", "ab: 2025-02-30")
    assert "Erwartet wird eine Dauer" in broken("dauer: 3 Tage", "dauer: bald")
    assert "„nrom“ ist unbekannt" in broken("verschiebung: keine\n", "verschiebung: keine\n    nrom: x\n")
    assert "steht nicht unter quellen" in broken("[bsg_2010, ovg_nds_2011]", "[bsg_1999]")
    assert "genau diese Platzhalter haben: {anschrift}, {behoerde}" in broken("{anschrift}", "{strasse}")
    assert "Das Land „XX“ gibt es nicht" in broken("laender: [alle]", "laender: [XX]")
    assert "Es fehlt „warum“" in broken("    warum: Der Wortlaut vor 2025 lag nicht vor.\n", "")
    assert broken("name: sgb_x", "- kaputt").startswith("sgb_x.yaml:")


def test_gaps_and_overlaps_of_states_are_faults() -> None:
    assert "lückenlos" in broken("bis: 2024-12-31", "bis: 2024-12-30")
    assert "lückenlos" in broken("    bis: 2024-12-31\n", "")


def test_a_file_of_ones_own_is_read_the_same_way() -> None:
    own = read_datei(TEXT.replace("laender: [alle]", "laender: [HE, NW]"), "sgb_x.yaml")
    assert select(own, "HE", ON).land == "HE"
    with pytest.raises(FehltImRecht, match="nur für HE, NW"):
        select(own, "SN", ON)
    assert datei("sgb_x") == read_datei(TEXT, "sgb_x.yaml")


def test_texts_are_filled_sentence_by_sentence() -> None:
    remedy = verfahrensrecht("sgb_x", "NW", ON).rechtsbehelf(Rechtsbehelfsart.WIDERSPRUCH, "wohngeld")
    told = filled(
        remedy.belehrung, {"behoerde": "Stadt Musterstadt", "anschrift": "Am Markt 1 a. Tor, 12345 Musterstadt"}
    )
    assert len(told) == 2
    assert told[0].endswith("Widerspruch erheben.")
    assert told[1].endswith("ein bei: Stadt Musterstadt, Am Markt 1 a. Tor, 12345 Musterstadt.")


def test_a_text_with_an_empty_slot_is_refused() -> None:
    remedy = verfahrensrecht("sgb_x", "NW", ON).rechtsbehelf(Rechtsbehelfsart.WIDERSPRUCH, "wohngeld")
    with pytest.raises(FehltImRecht, match="fehlt noch: anschrift"):
        filled(remedy.belehrung, {"behoerde": "Stadt Musterstadt", "anschrift": " "})


@pytest.mark.parametrize("name", LAWS)
def test_no_slot_is_left_in_any_text(name: str) -> None:
    law = verfahrensrecht(name, "NW", ON)
    slots = ("behoerde", "anschrift", "gericht", "gerichtsanschrift", "frist_ende", "fehlendes", "vorhaben", "gruende")
    values = dict.fromkeys(slots, "etwas")
    texts = [law.mitwirkung.rechtsfolgen, law.anhoerung.text, *(remedy.belehrung for remedy in law.rechtsbehelfe)]
    for text in texts:
        sentences = filled(text, values)
        assert all(sentence.endswith(".") and "{" not in sentence for sentence in sentences)
