"""The pages show an entry and its proof to everybody, the list to oversight, and hand out files that check."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.evidence.models import Leaf, Tile
from leitplanke.base.evidence.proofs import NotYetSequencedError, leaf_proof
from leitplanke.base.evidence.sequencer import sequence_pending
from leitplanke.base.evidence.services import forget_personal, pseudonym_of, record
from leitplanke.core.merkle import VerifierKey
from leitplanke.core.merkle.__main__ import main
from leitplanke.core.merkle.documents import check_entry_proof
from tests.factories import make_membership, make_person

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant

Happen = Callable[..., list[Leaf]]
OVERSIGHT = {Rolle.DATENSCHUTZ, Rolle.IT, Rolle.ADMINISTRATION, Rolle.PERSONALRAT, Rolle.KI_BEAUFTRAGTE}


def signed_in(mandant: Mandant, role: Rolle) -> Client:
    client = Client()
    client.force_login(make_membership(mandant, role).person, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def page(client: Client, leaf: Leaf) -> str:
    response = client.get(f"/nachweis/{leaf.public_id}/")
    assert response.status_code == 200
    return response.content.decode()


def test_waiting_entry_says_so(mandant: Mandant, happen: Happen, client: Client) -> None:
    leaf = happen(mandant)[0]

    assert "wird gerade eingeordnet" in page(client, leaf)
    assert client.get(f"/nachweis/{leaf.public_id}/nachweis.json").status_code == 404
    with pytest.raises(NotYetSequencedError):
        leaf_proof(leaf)


def test_proven_entry_is_shown_in_plain_words(mandant: Mandant, client: Client) -> None:
    person = make_person()
    leaf = record(
        "test.happened",
        mandant=mandant,
        actor=person,
        subject=("wissen.raum", "satzungen"),
        data={"nr": "17", "liste": ["<b>eins</b>", "zwei"]},
        personal={"name": "Erika Beispiel"},
    )
    sequence_pending(mandant)
    text = page(client, leaf)

    assert "Etwas ist geschehen" in text
    assert "Der Nachweis stimmt" in text
    assert "an Position 0 von 2 unterschriebenen Einträgen" in text
    assert "Nummer" in text
    assert "17" in text
    assert "&lt;b&gt;eins&lt;/b&gt;, zwei" in text
    assert pseudonym_of(mandant, person) in text
    assert "Erika" not in text
    assert person.email not in text
    assert "Versiegelt: Der Inhalt steht nicht im Protokoll." in text

    forget_personal(mandant=mandant, leaves=[leaf.public_id])
    assert "Versiegelt, der Inhalt ist gelöscht." in page(client, leaf)
    assert "Der Nachweis stimmt" in page(client, leaf)


def test_downloaded_proof_and_key_pass_the_offline_check(
    mandant: Mandant, happen: Happen, client: Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    leaf = happen(mandant, 300)[123]
    sequence_pending(mandant)
    response = client.get(f"/nachweis/{leaf.public_id}/nachweis.json")
    proof, key = tmp_path / "nachweis.json", tmp_path / "schluessel.txt"
    proof.write_bytes(response.content)
    key.write_bytes(client.get("/nachweis/schluessel.txt").content)

    assert "attachment" in response["Content-Disposition"]
    assert main(["verify", str(proof), "--key", str(key)]) == 0
    assert "an Position 123" in capsys.readouterr().out


@pytest.mark.security
def test_changed_entry_is_shown_as_broken(
    mandant: Mandant, happen: Happen, client: Client, tampering: Callable[[], AbstractContextManager[None]]
) -> None:
    leaf = happen(mandant)[0]
    sequence_pending(mandant)
    with tampering():
        changed = leaf.payload.replace('"nr":"0"', '"nr":"1"')
        Leaf.objects.for_mandant(mandant).filter(pk=leaf.pk).update(payload=changed)

    assert "Der Nachweis stimmt nicht" in page(client, leaf)
    Tile.objects.for_mandant(mandant).delete()
    assert "Der Nachweis stimmt nicht" in page(client, leaf)


def test_personal_statements_are_opened_only_on_request(mandant: Mandant) -> None:
    leaf = record("test.happened", mandant=mandant, personal={"name": "Kim"})
    sequence_pending(mandant)
    key = VerifierKey.parse(leaf_proof(leaf)["key"])

    assert "opened" not in leaf_proof(leaf)
    assert check_entry_proof(leaf_proof(leaf, with_personal=True), [key]).opened == ("name",)


@pytest.mark.security
@override_settings(ALLOWED_HOSTS=["nachbar.localhost"])
def test_neighbour_does_not_see_the_entry(mandant: Mandant, other_mandant: Mandant, happen: Happen) -> None:
    neighbour = Client(headers={"host": "nachbar.localhost"})
    leaf = happen(mandant)[0]
    sequence_pending(mandant)

    for ending in ("", "nachweis.json"):
        assert neighbour.get(f"/nachweis/{leaf.public_id}/{ending}").status_code == 404
    assert neighbour.get("/nachweis/schluessel.txt").content == b""


@pytest.mark.security
@pytest.mark.parametrize("role", sorted(set(Rolle) - {Rolle.OEFFENTLICHKEIT, Rolle.ANTRAGSTELLENDE_PERSON}))
def test_list_is_for_oversight(mandant: Mandant, role: Rolle) -> None:
    assert signed_in(mandant, role).get("/nachweis/").status_code == (200 if role in OVERSIGHT else 403)


def test_strangers_are_sent_to_the_sign_in_page(mandant: Mandant, client: Client) -> None:
    assert client.get("/nachweis/").status_code == 302


def test_list_shows_newest_first_and_filters(mandant: Mandant, happen: Happen) -> None:
    happen(mandant, 30)
    sequence_pending(mandant)
    late = happen(mandant, 1, "test.other")[0]
    client = signed_in(mandant, Rolle.DATENSCHUTZ)
    first = client.get("/nachweis/")
    filtered = client.get("/nachweis/", {"art": "test.other"})

    assert next(row.public_id for row in first.context["rows"]) == str(late.public_id)
    assert len(first.context["rows"]) == 25
    assert "Seite 1 von 2" in first.content.decode()
    assert len(client.get("/nachweis/", {"seite": "2"}).context["rows"]) == 7
    assert [row.label for row in filtered.context["rows"]] == ["Etwas anderes"]
    assert [row.position for row in filtered.context["rows"]] == [None]
    assert len(client.get("/nachweis/", {"art": "gibt.es.nicht"}).context["rows"]) == 25


def test_empty_list_is_friendly(mandant: Mandant) -> None:
    assert "Noch keine Einträge" in signed_in(mandant, Rolle.IT).get("/nachweis/").content.decode()


@pytest.mark.parametrize("address", ["/nachweis/", "/nachweis/pruefpunkte/"])
def test_lists_need_as_many_queries_for_three_rows_as_for_one(mandant: Mandant, happen: Happen, address: str) -> None:
    client = signed_in(mandant, Rolle.DATENSCHUTZ)
    counts = []
    for rows in (1, 2):
        for _ in range(rows):
            happen(mandant)
            sequence_pending(mandant, checkpoint_seconds=0)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_checkpoints_are_public(mandant: Mandant, happen: Happen, client: Client) -> None:
    assert "Noch kein Prüfpunkt" in client.get("/nachweis/pruefpunkte/").content.decode()
    happen(mandant, 2)
    sequence_pending(mandant)
    proof = leaf_proof(Leaf.objects.for_mandant(mandant)[0])
    text = client.get("/nachweis/pruefpunkte/").content.decode()

    assert proof["key"].replace("+", "&#x2B;") in text or proof["key"] in text
    assert client.get("/nachweis/pruefpunkte/3.txt").content.decode() == proof["checkpoint"]
    assert client.get("/nachweis/pruefpunkte/2.txt").status_code == 404
    assert client.get("/nachweis/schluessel.txt").content.decode() == f"{proof['key']}\n"


def test_proof_is_json_a_court_can_read(mandant: Mandant, happen: Happen, client: Client) -> None:
    leaf = happen(mandant)[0]
    sequence_pending(mandant)
    proof = json.loads(client.get(f"/nachweis/{leaf.public_id}/nachweis.json").content)

    assert set(proof) == {"format", "payload", "position", "path", "checkpoint", "key"}
    assert json.loads(proof["payload"])["id"] == str(leaf.public_id)
