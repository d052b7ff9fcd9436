"""Every shipped application type is complete, in German, English and plain words, and fits its Regelwerk."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import leitplanke
from leitplanke.core.drafting.brief import Part
from leitplanke.core.rules import Regelwerk, layers_of, load
from leitplanke.core.rules.library import shipped
from leitplanke.core.rules.loading import texts_of
from leitplanke.core.rules.yamltext import read_yaml
from leitplanke.core.verfahren.checking import SLOT, slot_names, slots_in
from leitplanke.core.verfahren.loading import SHARED, load_verfahren, procedures, shipped_root
from leitplanke.core.verfahren.model import ACTS, DECISIONS, Absatz, Verfahren
from leitplanke.core.verfahren.reading import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

# Nothing is read out of these.
NOT_READ = {"fotos", "sonstiges"}
NAMES = sorted(procedures())
NORM = re.compile(
    r"§§? ?[0-9][0-9a-z ,.()]*(?:(?:bis|und|Abs\.|Nr\.|Satz|Buchst\.|in Verbindung mit) ?[0-9a-z ,.]*)*[A-Z]\w+"
)


@cache
def both(name: str) -> tuple[Verfahren, Regelwerk]:
    folder = shipped()[name]
    regelwerk = load(folder)
    return load_verfahren(procedures()[name], regelwerk), regelwerk


def paragraphs() -> Iterator[tuple[str, Absatz]]:
    for name in NAMES:
        for vorlage in both(name)[0].vorlagen.values():
            for part in vorlage.absaetze:
                yield f"{name}/{vorlage.name}", part


def test_every_regelwerk_is_an_application_type() -> None:
    assert sorted(shipped()) == NAMES
    assert SHARED not in NAMES


@pytest.mark.parametrize("name", NAMES)
def test_it_loads_with_every_layer(name: str) -> None:
    folder = shipped()[name]
    for ebene in ("", *layers_of(folder)):
        assert load_verfahren(procedures()[name], load(folder, ebene=ebene)).name == name


@pytest.mark.parametrize("name", NAMES)
def test_every_decision_has_a_letter_of_its_kind(name: str) -> None:
    verfahren, regelwerk = both(name)
    decisions = [outcome for outcome in regelwerk.ergebnisse if outcome.art in DECISIONS]
    assert decisions
    for outcome in decisions:
        found = verfahren.bescheid(outcome)
        assert found is not None
        assert outcome.art in found.fuer or outcome.name in found.fuer
    for act in ACTS:
        found = verfahren.vorlage("bescheid", act)
        assert found is None or act in found.fuer, "a letter for something else would be sent"


@pytest.mark.parametrize("name", NAMES)
def test_every_slot_can_be_filled(name: str) -> None:
    verfahren, regelwerk = both(name)
    slots = {s for letter in verfahren.vorlagen.values() for words, _ in words_of(letter) for s in slots_in(words)}
    slots |= {
        s for outcome in regelwerk.ergebnisse for words in (outcome.tenor, outcome.gruende) for s in slots_in(words)
    }
    assert {"anrede", "aktenzeichen", "frist", "stelle", "telefon"} <= slots
    assert slots <= slot_names(regelwerk)


@pytest.mark.parametrize("name", NAMES)
def test_texts_are_there_in_german_and_english(name: str) -> None:
    verfahren, regelwerk = both(name)
    page = verfahren.seite
    words = [verfahren.titel, verfahren.stelle, verfahren.antragsdatum, page.worum, page.wer, page.kosten, page.dauer]
    words += [page.papier, page.hinweise, page.datenschutz, page.haushalt, page.einfach]
    words += [text for item in verfahren.unterlagen for text in (item.titel, item.hinweis)]
    words += [text for outcome in regelwerk.ergebnisse for text in (outcome.tenor, outcome.gruende)]
    for text in words:
        assert text.de
        assert text.en
        assert text.de != text.en
        assert (text.de.count("\n") > 0) == (text.en.count("\n") > 0), text.de
    assert len(page.stichworte) >= 5


@pytest.mark.parametrize("name", NAMES)
def test_plain_page_has_one_short_sentence_a_line(name: str) -> None:
    for line in both(name)[0].seite.einfach.de.splitlines():
        assert len(line.split()) <= 9, line
        assert line == "" or line[-1] in ".?:", line
        assert len(re.findall(r"[.?](?: |$)", line)) <= 1, line


@pytest.mark.parametrize("name", NAMES)
def test_data_protection_notice_names_what_the_law_asks_for(name: str) -> None:
    page = both(name)[0].seite
    for words in ("Verantwortlich", "Datenschutzbeauftragte", "Grundlage", "Art. 6 Abs. 1", "löschen", "Auskunft"):
        assert words in page.datenschutz.de
    for words in ("berichtigen", "widersprechen", "beschweren", "entscheidet immer ein Mensch"):
        assert words in page.datenschutz.de
    assert re.search(r"(von|aus) (der Person|dem Antrag|dem Elternteil|Ihnen)", page.haushalt.de), "Art. 14: the source"


def test_sentences_of_letters_name_norms_they_stand_on_and_no_figures_of_the_law() -> None:
    for letter, part in paragraphs():
        text = SLOT.sub("", part.text.de)
        assert not re.search(r"\d", NORM.sub("", text)), (letter, part.key)
        for norm in NORM.findall(text):
            assert norm in part.ground, (letter, part.key, norm)
        if part.text.de and part.part not in (Part.ANREDE, Part.GRUSS):
            assert part.ground == "Aktenlage" or "§" in part.ground or "satzung" in part.ground, (letter, part.key)


def test_letters_are_direct_and_short_sentences() -> None:
    for letter, part in paragraphs():
        for sentence in re.split(r"(?<=[.?!]) ", SLOT.sub("x", part.text.de)):
            assert len(sentence.split()) <= 32, (letter, sentence)
        for stiff in ("hiermit", "diesbezüglich", "seitens", "anheim", "obig", "gemäß", "hinsichtlich", "ersuche"):
            assert stiff not in part.text.de.lower(), (letter, part.key)


def test_a_sentence_stands_in_one_place_only() -> None:
    written: Counter[str] = Counter()
    for folder in (*procedures().values(), shipped_root() / SHARED):
        for file, text in texts_of(folder).items():
            if file.startswith("schreiben/"):
                written.update(_long_texts(read_yaml(text, file)))
    assert {text: times for text, times in written.items() if times > 1} == {}


def _long_texts(tree: object) -> Iterator[str]:
    if isinstance(tree, dict):
        if len(str(tree.get("text", ""))) > 80:
            yield str(tree["text"])
        tree = list(tree.values())
    for item in tree if isinstance(tree, list) else ():
        yield from _long_texts(item)


def test_every_shared_paragraph_is_used() -> None:
    shared: set[str] = set()
    for file, text in texts_of(shipped_root() / SHARED).items():
        shared |= set(read_yaml(text, file)["absaetze"])  # type: ignore[arg-type]
    assert shared == {key for _letter, part in paragraphs() for key in [part.key]} & shared


def test_documents_and_their_fields_are_of_known_kinds() -> None:
    folder = Path(leitplanke.__file__).parent / "content" / "belegarten"
    for name in NAMES:
        for item in both(name)[0].unterlagen:
            if item.art in NOT_READ:
                assert not item.felder
                continue
            file = folder / f"{item.art}.yaml"
            assert file.is_file(), (name, item.art)
            assert set(item.felder) <= set(read_yaml(file.read_text(encoding="utf-8"), file.name)["felder"])
