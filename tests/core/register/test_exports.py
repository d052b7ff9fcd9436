"""Every projection keeps to its schema, and none says more than the public may know."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from leitplanke.core.register.exports import canonical, linked, niederlande, schema, table
from leitplanke.core.register.exports.canonical import Paging
from leitplanke.core.register.exports.record import Registereintrag
from leitplanke.core.register.fields import Sicht, digest, felder
from leitplanke.core.register.lifecycle import Stand
from tests.core.register.samples import entry, everything

ADDRESS = "https://stadt.example/schema.json"


def hold(document: Any, against: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(against)
    Draft202012Validator(against, format_checker=FormatChecker()).validate(document)


def bare() -> Registereintrag:
    return entry({}, einordnung=None, pruefergebnis=None, meldungen=(), energie=None, stand=Stand.ERPROBUNG)


@pytest.mark.parametrize("one", [entry(), bare()], ids=["everything", "nothing"])
def test_projections_keep_to_their_schema(one: Registereintrag) -> None:
    hold(canonical.entry_document(one), schema.entry_schema(ADDRESS))
    for whole in (True, False):
        row = canonical.entry_document(one) if whole else canonical.short_document(one)
        hold(canonical.list_document([row], "Musterstadt", Paging(1), None), schema.list_schema(whole=whole))
    hold(niederlande.dutch_document(one), niederlande.dutch_schema())


def test_schema_of_a_published_version_never_changes() -> None:
    assert schema.FINGERPRINTS[canonical.SCHEMA_VERSION] == schema.fingerprint(), (
        "felder.yaml oder das Schema sagt etwas anderes als die veröffentlichte Fassung: SCHEMA_VERSION erhöhen "
        "(neue Angabe: zweite Ziffer, weggefallene oder andere: erste) und die Prüfsumme in FINGERPRINTS ergänzen."
    )


def test_a_document_with_more_than_the_schema_is_refused() -> None:
    wrong = canonical.entry_document(entry())
    wrong["angaben"]["sicherheit"] = "offen"
    assert not Draft202012Validator(schema.entry_schema(ADDRESS)).is_valid(wrong)


def test_nothing_internal_leaves_in_any_projection() -> None:
    one = entry()
    everything_said = [
        json.dumps(canonical.entry_document(one)), json.dumps(niederlande.dutch_document(one)),
        json.dumps(linked.schema_org(one)), "".join(table.csv_lines([one])),
    ]  # fmt: skip
    hidden = [feld.name for feld in felder() if feld.sicht is not Sicht.OEFFENTLICH]
    assert hidden
    for text in everything_said:
        assert "intern" not in text
        assert "vertraulich" not in text
    assert "Angabe zweck oeffentlich" in everything_said[0]


def test_public_checksum_can_be_computed_from_the_document() -> None:
    document = canonical.entry_document(entry())
    assert document["fassung"]["sha256_oeffentlich"] == digest({"name": document["name"], **document["angaben"]})


@pytest.mark.parametrize(
    ("klasse", "hausklasse", "said"),
    [("high", "high", niederlande.HIGH), ("minimal", "high", niederlande.IMPACT), ("minimal", "minimal", "")],
)
def test_dutch_category_follows_law_then_house(klasse: str, hausklasse: str, said: str) -> None:
    ruling = entry().einordnung
    assert ruling is not None
    changed = type(ruling)(klasse, hausklasse, ruling.recht, ruling.am)
    found = niederlande.publication_category(entry(everything() | {"personenbezug": "nein"}, einordnung=changed))
    assert found == (said or niederlande.OTHER)


def test_suspended_system_is_out_of_use_for_the_dutch() -> None:
    assert niederlande.dutch_document(entry(stand=Stand.AUSGESETZT))["status"] == "Buiten gebruik"


def test_table_has_a_cell_for_every_column() -> None:
    text = "".join(table.csv_lines([entry(name='\u2060=WEBSERVICE("x")'), bare()])).removeprefix(table.BYTE_ORDER_MARK)
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
    assert [len(row) for row in rows] == [len(table.columns())] * 2
    assert rows[0]["name"] == '\'\u2060=WEBSERVICE("x")'
    assert rows[0]["personenbezug"] == "ja"


def test_catalogue_names_forms_and_checkpoint() -> None:
    one = entry()
    forms = [linked.Verteilung("JSON", "https://stadt.example/export.json", "application/json")]
    pages = [linked.Seite(one.kennung, one.name, "Hilft.", one.adresse)]
    made = linked.dcat_catalogue(
        one.behoerde, "https://stadt.example/ki-register/", forms, pages, changed=None, checkpoint={"groesse": 7}
    )
    dataset = made["dcat:dataset"][0]
    assert dataset["dcat:distribution"][0]["dcat:downloadURL"] == {"@id": "https://stadt.example/export.json"}
    assert dataset["dct:hasPart"][0]["foaf:page"] == {"@id": one.adresse}
    assert made["lp:pruefpunkt"] == {"groesse": 7}
