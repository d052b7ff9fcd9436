from __future__ import annotations

import hashlib
import io
import json
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from leitplanke.apps.antrag import exporting, file_note
from leitplanke.base.evidence.models import Leaf
from leitplanke.base.evidence.sequencer import sequence_all
from leitplanke.core.merkle.documents import check_entry_proof
from leitplanke.core.merkle.notes import VerifierKey

from .daten_cases import DOCUMENT, decided_case

if TYPE_CHECKING:
    from leitplanke.apps.antrag.models import Antrag

    from .conftest import Office


def opened(antrag: Antrag, office: Office) -> ZipFile:
    sequence_all()
    return exported(antrag, office)


def exported(antrag: Antrag, office: Office) -> ZipFile:
    with exporting.export_case(antrag, office.doer(antrag)) as file:
        return ZipFile(io.BytesIO(file.read()))


def test_every_proof_in_the_export_holds_without_the_database(office: Office) -> None:
    archive = opened(decided_case(office), office)
    keys = [VerifierKey.parse(line) for line in archive.read("nachweise/schluessel.txt").decode().splitlines()]
    proofs = [name for name in archive.namelist() if name.endswith(".json") and name.startswith("nachweise/")]
    codes = []
    for name in proofs:
        verdict = check_entry_proof(json.loads(archive.read(name)), keys)
        assert verdict.problem == "", name
        assert verdict.entry is not None
        codes.append(verdict.entry["code"])
    assert codes[0] == "antrag.angelegt"
    assert {"antrag.stellen", "antrag.eingang_bestaetigen", "antrag.urteilen", "antrag.entscheiden"} <= set(codes)


def test_a_changed_entry_is_found(office: Office) -> None:
    archive = opened(decided_case(office), office)
    name = next(name for name in archive.namelist() if "antrag.entscheiden" in name)
    proof: dict[str, Any] = json.loads(archive.read(name))
    proof["payload"] = proof["payload"].replace("bewilligung", "ablehnung")
    assert check_entry_proof(proof).problem


def test_the_manifest_names_every_file_with_its_checksum(office: Office) -> None:
    archive = opened(decided_case(office), office)
    sums = json.loads(archive.read("verzeichnis.json"))["sha256"]
    assert set(sums) == set(archive.namelist()) - {"verzeichnis.json"}
    for name, digest in sums.items():
        assert hashlib.sha256(archive.read(name)).hexdigest() == digest


def test_documents_letters_and_data_are_all_there(office: Office) -> None:
    antrag = decided_case(office)
    archive = opened(antrag, office)
    data = json.loads(archive.read("vorgang.json"))
    assert archive.read("unterlagen/001-mietvertrag-quitzdorfer.txt").decode() == DOCUMENT
    assert archive.read("schreiben/001-eingangsbestaetigung.pdf")[:5] == b"%PDF-"
    assert archive.read("aktenvermerk.pdf")[:5] == b"%PDF-"
    assert data["entscheidungen"][0]["digest"] == antrag.digest
    assert data["entscheidungen"][0]["entschieden_von"]["name"] == office.clerk.memberships[0].person.name
    assert len(data["angaben"]) == antrag.angaben.count()
    assert [row["was"] for row in data["verlauf"]] == list(antrag.verlauf.values_list("was", flat=True))


def test_history_names_role_and_unit_but_no_employee(office: Office) -> None:
    data = json.loads(opened(decided_case(office), office).read("vorgang.json"))
    begun = next(row for row in data["verlauf"] if row["was"] == "uebernehmen")
    assert begun["von"] == {"rolle": "sachbearbeitung", "einheit": "Amt"}


def test_the_same_case_gives_the_same_bytes(office: Office) -> None:
    antrag = decided_case(office)
    sequence_all()
    first, second = io.BytesIO(), io.BytesIO()
    exporting.write_case(antrag, first)
    exporting.write_case(antrag, second)
    assert first.getvalue() == second.getvalue()


def test_that_it_was_given_out_is_recorded_with_the_checksum_of_the_file(office: Office) -> None:
    antrag = decided_case(office)
    sequence_all()
    with exporting.export_case(antrag, office.doer(antrag)) as file:
        data = file.read()
    leaf = Leaf.objects.for_mandant(office.mandant).get(code="antrag.ausgegeben")
    assert hashlib.sha256(data).hexdigest() in leaf.payload


def test_an_entry_that_waits_for_its_place_is_named(office: Office) -> None:
    antrag = decided_case(office)
    archive = exported(antrag, office)
    assert "antrag.entscheiden" in archive.read("README.txt").decode()
    assert not [name for name in archive.namelist() if name.startswith("nachweise/0")]


def test_the_note_tells_people_and_machine_apart(office: Office) -> None:
    antrag = decided_case(office)
    sections = {section.heading: section for section in file_note.file_note(antrag).sections}
    people, machine = sections["Was Menschen taten"].blocks[0], sections["Was die Maschine tat"].blocks[0]
    assert not isinstance(people, str)
    assert not isinstance(machine, str)
    assert [row[2] for row in machine.rows] == ["Eingang bestätigen"]  # type: ignore[union-attr]
    assert "Sachbearbeitung, Amt" in {row[1] for row in people.rows}  # type: ignore[union-attr]
    assert antrag.digest in str(sections["Entscheidung 1"].blocks)
    assert "nach Aktenlage nichts anderes" in str(sections["Urteile mit Begründung"].blocks)
