"""Taking over entries: mistakes are named with their place, and what was exported comes back the same."""

from __future__ import annotations

import csv
import io

import pytest

from leitplanke.core.register import imports
from leitplanke.core.register.exports import canonical, table
from leitplanke.core.register.fields import Sicht, visible
from tests.core.register.samples import entry, everything


def test_mistakes_are_named_with_line_and_column() -> None:
    sheet = imports.sheet_of(
        [
            ["Name", "Wer das macht", "Grad der Automatisierung"],
            ["Eins", "x", "2"],
            ["", "x", "1"],
            [],
            ["Drei", "", "9"],
        ]
    )
    mapping = imports.proposed_mapping(sheet)
    assert mapping == {0: "name", 2: "automatisierung"}
    good, nameless, wrong = imports.candidates(sheet, mapping)
    assert good.gut
    assert good.angaben == {"automatisierung": "2"}
    assert [(nameless.zeile, one.spalte) for one in nameless.probleme] == [(3, "Name")]
    assert [(wrong.zeile, one.spalte) for one in wrong.probleme] == [(5, "Grad der Automatisierung")]
    assert "steht nicht zur Auswahl" in wrong.probleme[0].text


def test_our_own_table_comes_back_as_it_was() -> None:
    text = "".join(table.csv_lines([entry()]))
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    sheet = imports.sheet_of(rows)
    found = imports.candidates(sheet, imports.proposed_mapping(sheet))
    assert [one.probleme for one in found] == [()]
    assert found[0].angaben == visible(everything(), Sicht.OEFFENTLICH)
    assert found[0].stelle == "Bürgeramt"


def test_export_of_another_register_comes_as_statements_with_its_source_only() -> None:
    rows = [canonical.entry_document(entry())]
    found = imports.exported(canonical.list_document(rows, "Musterstadt", canonical.Paging(1), None))
    assert found[0].angaben == visible(everything(), Sicht.OEFFENTLICH)
    assert found[0].herkunft.startswith("Musterstadt, Fassung 2, https://")
    later = canonical.entry_document(entry())
    later["angaben"]["ganz_neu"] = "x"
    assert [one.spalte for one in imports.exported(later)[0].hinweise] == ["ganz_neu"]


@pytest.mark.parametrize(
    "document", [[], {"format": "anderes"}, {"format": "leitplanke-register", "format_version": "2.0.0"}]
)
def test_foreign_documents_are_refused_with_a_sentence(document: object) -> None:
    with pytest.raises(imports.ImportFileError, match="Bitte"):
        imports.exported(document)


@pytest.mark.parametrize("broken", [{"eintraege": [1]}, {"eintraege": [{"angaben": {"zweck": ["a"], "daten": "x"}}]}])
def test_broken_entries_are_named_not_raised(broken: dict[str, object]) -> None:
    assert not imports.exported({"format": "leitplanke-register", "format_version": "1.0.0", **broken})[0].gut


def test_name_must_be_told_and_no_statement_twice() -> None:
    sheet = imports.sheet_of([["a", "b"], ["1", "2"]])
    for mapping in ({0: "zweck"}, {0: "name", 1: "name"}):
        with pytest.raises(imports.ImportFileError):
            imports.candidates(sheet, mapping)
