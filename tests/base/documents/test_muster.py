"""The invented documents of the demo town are read as they are meant, from the file to the proposal."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest

from leitplanke.base.documents import muster as muster_module
from leitplanke.base.documents.muster import Musterbeleg, load_muster, make_muster
from leitplanke.base.documents.ocr import find_tesseract
from leitplanke.base.documents.reading import read_beleg
from leitplanke.core.extraction import contradictions, load_belegarten, propose, recognise, valid_iban
from leitplanke.core.extraction.wordings import Wertart, wordings
from leitplanke.core.retrieval.documents import Document

CONTENT = Path(muster_module.__file__).parents[2] / "content"
FOLDER = CONTENT / "musterstadt" / "belege"
ARTEN = load_belegarten(CONTENT / "belegarten")
MUSTER = load_muster(FOLDER)
EXAMPLE_IBAN = "DE02120300000000202051"
BY_NAME = {one.datei: one for one in MUSTER}
pytestmark = pytest.mark.skipif(not find_tesseract(), reason="Tesseract mit deutschen Daten fehlt")


@functools.cache
def made(datei: str) -> bytes:
    return make_muster(BY_NAME[datei], FOLDER)


@functools.cache
def document_of(datei: str) -> Document:
    """Read a document as people see it, which takes a second."""
    return read_beleg(datei, made(datei)).document


@pytest.mark.slow
@pytest.mark.parametrize("muster", MUSTER, ids=[one.datei for one in MUSTER])
def test_document_says_what_it_should(muster: Musterbeleg) -> None:
    document = document_of(muster.datei)
    art = recognise(document, ARTEN)

    assert art is not None
    assert art.name == muster.art
    proposed: dict[str, list[str | bool]] = {}
    for proposal in propose(document, art):
        proposed.setdefault(proposal.feld, []).append(proposal.wert)
    assert {feld: proposed.get(feld) for feld in muster.erwartet} == {f: [wert] for f, wert in muster.erwartet.items()}
    for word in muster.befunde:
        assert any(word in finding for finding in document.findings)


@pytest.mark.parametrize("muster", MUSTER, ids=[one.datei for one in MUSTER])
def test_document_is_the_same_each_time(muster: Musterbeleg) -> None:
    assert make_muster(muster, FOLDER) == made(muster.datei)


def test_all_forms_and_procedures_are_shown() -> None:
    assert {one.form for one in MUSTER} == {"pdf", "scan", "foto", "docx", "falsche_schicht"}
    assert {one.verfahren for one in MUSTER} == {"wohngeld", "unterhaltsvorschuss", "hundesteuer", "sondernutzung"}
    assert len({one.datei for one in MUSTER}) == len(MUSTER) >= 14


def test_account_numbers_are_nobodys() -> None:
    for file in FOLDER.glob("*.yaml"):
        for line in file.read_text(encoding="utf-8").splitlines():
            for found in wordings(line):
                if found.sort is Wertart.IBAN:
                    assert found.value in ("", EXAMPLE_IBAN)
    assert valid_iban(EXAMPLE_IBAN)


@pytest.mark.slow
def test_household_whose_documents_contradict() -> None:
    said = {}
    for datei in ("mietbescheinigung-okafor-foto.jpg", "mietvertrag-okafor.pdf"):
        said[datei] = [(one.feld, one) for one in propose(document_of(datei), ARTEN[BY_NAME[datei].art])]

    found = {one.pfad: {said.wert for said in one.aussagen} for one in contradictions(said)}

    assert found == {"grundmiete_monat": {"710.00", "680.00"}, "bruttokaltmiete_monat": {"855.00", "825.00"}}
