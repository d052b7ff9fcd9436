"""What a town has declared public: four eyes, one detector for every door, lists, deletion."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from leitplanke.apps.gateway import declaring
from leitplanke.apps.gateway.declaring import Declared
from leitplanke.apps.gateway.doing import NotReadyError
from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.evidence.models import CommitmentSalt, Leaf
from leitplanke.base.llm.loading import allow_list_of, detector_of, load_snapshot
from leitplanke.base.llm.models import OeffentlicheAngabe, Schnappschuss
from leitplanke.base.llm.retention import delete_expired
from tests.apps.antrag.test_bescheid_pages import browser
from tests.factories import make_actor, make_mandant

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from leitplanke.base.accounts.access import Actor
    from tests.apps.gateway.conftest import House

pytestmark = pytest.mark.django_db

SOON = timezone.localdate() + timedelta(days=700)
TEXT = "Bürgermeisterin Marlene Osterkamp, Rathausplatz 1, begrüßt Frau Osterkamp und Herrn Kaya."


def mayor(**changes: Any) -> Declared:
    plain: dict[str, Any] = {
        "art": "person", "wert": "Marlene Osterkamp", "grund": "Amtsblatt 12/2025", "amt": "Bürgermeisterin",
        "bis": SOON,
    }  # fmt: skip
    return Declared(**{**plain, **changes})


def hall(**changes: Any) -> Declared:
    return Declared(**{"art": "anschrift", "wert": "Rathausplatz 1", "grund": "Sitz der Verwaltung", **changes})


def released(house: House, *entries: Declared) -> list[OeffentlicheAngabe]:
    rows = declaring.enter_all(actor=house.it, entries=entries)
    declaring.release_public(actor=house.ki, kennungen=[row.public_id for row in rows])
    return rows


def masked(house: House) -> list[str]:
    return [TEXT[span.start : span.end] for span in detector_of(house.mandant).find(TEXT).spans]


@pytest.fixture
def as_person(client: Client) -> Callable[[Actor], Client]:
    def sign_in(actor: Actor) -> Client:
        assert actor.person is not None
        client.force_login(actor.person)
        return client

    return sign_in


def test_a_name_is_public_only_after_a_second_person_released_it(house: House) -> None:
    row = declaring.enter_public(actor=house.ki, declared=mayor())
    assert masked(house) == ["Marlene Osterkamp", "Rathausplatz 1", "Osterkamp", "Kaya"]
    with pytest.raises(NotReadyError, match="zweite Person"):
        declaring.release_public(actor=house.ki, kennungen=[row.public_id])
    with pytest.raises(NotPermittedError):
        declaring.release_public(actor=house.it, kennungen=[row.public_id])
    leader, before = make_actor(house.mandant, Rolle.LEITUNG), Schnappschuss.objects.get(pk=1).zaehler
    declaring.release_public(actor=leader, kennungen=[row.public_id])
    assert masked(house) == ["Rathausplatz 1", "Osterkamp", "Kaya"]
    assert Schnappschuss.objects.get(pk=1).zaehler == before + 1
    in_snapshot = load_snapshot().towns[house.mandant.pk].detector
    assert in_snapshot is detector_of(house.mandant)


def test_one_person_withdraws_at_once_and_names_stand_in_no_log(house: House, caplog: pytest.LogCaptureFixture) -> None:
    row, _hall = released(house, mayor(), hall())
    assert masked(house) == ["Osterkamp", "Kaya"]
    with pytest.raises(NotReadyError):
        declaring.withdraw_public(actor=house.council, kennung=row.public_id, grund=" ")
    declaring.withdraw_public(actor=house.council, kennung=row.public_id, grund="Frau Osterkamp ist zurückgetreten.")
    assert "Marlene Osterkamp" in masked(house)
    told = list(
        Leaf.objects.for_mandant(house.mandant).filter(code="llm.oeffentlich").values_list("payload", flat=True)
    )
    assert len(told) == 5
    assert "Osterkamp" not in "".join(map(str, told)) + caplog.text


def test_the_database_refuses_a_release_by_the_same_person(house: House) -> None:
    declaring.enter_public(actor=house.ki, declared=mayor())
    rows = OeffentlicheAngabe.objects.for_mandant(house.mandant)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(freigegeben_von=house.ki.person, stand="freigegeben")


@pytest.mark.parametrize(
    ("declared", "field"),
    [
        (mayor(wert="Marlene"), "wert"),
        (mayor(wert="Frau Osterkamp"), "wert"),
        (mayor(amt=" "), "amt"),
        (mayor(bis=None), "bis"),
        (mayor(bis=date(2020, 1, 1)), "bis"),
        (mayor(bis=date(2099, 1, 1)), "bis"),
        (mayor(grund="ja"), "grund"),
        (mayor(grund="x" * 401), "grund"),
        (mayor(art="alles"), "art"),
        (hall(wert="Rathausplatz 1, 12345 Musterstadt"), "wert"),
    ],
)
def test_what_is_too_wide_or_unexplained_is_refused(house: House, declared: Declared, field: str) -> None:
    with pytest.raises(NotReadyError) as found:
        declaring.enter_public(actor=house.it, declared=declared)
    assert found.value.field == field
    assert not OeffentlicheAngabe.objects.for_mandant(house.mandant).exists()


def test_it_ends_by_itself_and_is_deleted_later(house: House) -> None:
    row, _hall = released(house, mayor(), hall())
    rows = OeffentlicheAngabe.objects.for_mandant(house.mandant)
    assert "Marlene Osterkamp" in allow_list_of(house.mandant, SOON).names
    assert "Marlene Osterkamp" not in allow_list_of(house.mandant, SOON + timedelta(days=1)).names
    rows.filter(pk=row.pk).update(bis=timezone.localdate() - timedelta(days=100))
    delete_expired(house.mandant)
    assert rows.count() == 2
    rows.filter(pk=row.pk).update(bis=timezone.localdate() - timedelta(days=200))
    delete_expired(house.mandant)
    assert [one.wert for one in rows] == ["Rathausplatz 1"]


def test_what_is_deleted_is_forgotten_in_the_evidence_too(house: House) -> None:
    gone, _hall = released(house, mayor(), hall())
    never = declaring.enter_public(actor=house.it, declared=mayor(wert="Kofi Amponsah"))
    waiting = declaring.enter_public(actor=house.it, declared=mayor(wert="Anna Wiebke"))
    rows, today = OeffentlicheAngabe.objects.for_mandant(house.mandant), timezone.localdate()
    rows.filter(pk=gone.pk).update(bis=today - timedelta(days=200))
    rows.filter(pk=never.pk).update(eingetragen_am=timezone.now() - timedelta(days=200))
    rows.filter(pk=waiting.pk).update(eingetragen_am=timezone.now() - timedelta(days=100))
    delete_expired(house.mandant)
    assert {one.wert for one in rows} == {"Rathausplatz 1", "Anna Wiebke"}
    kept = " ".join(CommitmentSalt.objects.for_mandant(house.mandant).values_list("value", flat=True))
    assert [name in kept for name in ("Osterkamp", "Amponsah")] == [False, False]
    assert [name in kept for name in ("Rathausplatz 1", "Wiebke")] == [True, True]
    leaves = Leaf.objects.for_mandant(house.mandant).filter(code="llm.oeffentlich").order_by("pk")
    last = json.loads(leaves.values_list("payload", flat=True).last() or "")
    assert last["data"] == {"ergebnis": "nach Frist gelöscht", "anzahl": "2"}
    told = leaves.count()
    delete_expired(house.mandant)
    assert leaves.count() == told


def test_a_new_term_replaces_the_old_one(house: House) -> None:
    (old,) = released(house, mayor())
    with pytest.raises(NotReadyError, match="schon auf der Liste"):
        declaring.enter_public(actor=house.it, declared=mayor(wert="Dr. Marlene OSTERKAMP"))
    (new,) = released(house, mayor(bis=SOON + timedelta(days=900)))
    stands = OeffentlicheAngabe.objects.for_mandant(house.mandant).values_list("pk", "stand")
    assert dict(stands) == {old.pk: "zurueckgezogen", new.pk: "freigegeben"}


def test_what_waits_for_the_same_name_is_withdrawn_with_it(house: House) -> None:
    (row,) = released(house, mayor())
    longer = declaring.enter_public(
        actor=house.it, declared=mayor(wert="Dr. Marlene OSTERKAMP", bis=SOON + timedelta(9))
    )
    other = declaring.enter_public(actor=house.it, declared=hall())
    told = Leaf.objects.for_mandant(house.mandant).filter(code="llm.oeffentlich")
    before = told.count()
    declaring.withdraw_public(actor=house.council, kennung=row.public_id, grund="Sie wird bedroht.")
    stands = dict(OeffentlicheAngabe.objects.for_mandant(house.mandant).values_list("pk", "stand"))
    assert stands == {row.pk: "zurueckgezogen", longer.pk: "zurueckgezogen", other.pk: "wartet"}
    longer.refresh_from_db()
    assert (longer.anlass, longer.beendet_von) == ("Sie wird bedroht.", house.council.person)
    assert told.count() == before + 2
    assert told.filter(subject_id=str(longer.public_id)).count() == 2
    with pytest.raises(NotReadyError, match="wartet nicht mehr"):
        declaring.release_public(actor=house.ki, kennungen=[longer.public_id])


def test_another_town_is_not_concerned(house: House) -> None:
    released(house, mayor())
    other = make_mandant("nachbarstadt", host="nachbar.example")
    assert [one.label for one in detector_of(other).find("Frau Marlene Osterkamp").spans] == ["PERSON"]


def test_a_list_comes_back_with_what_is_wrong_and_loses_nothing(
    as_person: Callable[[Actor], Client], house: House
) -> None:
    lines = [
        f"person; Marlene Osterkamp; Bürgermeisterin; {SOON:%d.%m.%Y}; Amtsblatt",
        "person; Osterkamp; Bürgermeisterin; 1.1.2030; Amtsblatt", "gebäude; Rathaus; ; ; da",
        'anschrift; Rathausplatz 1; ; ; "Sitz; im Impressum"', "anschrift; Rathausplatz  1; ; ; Impressum",
        "person; Kofi Amponsah; Amtsleiter; bald; Amtsblatt",
    ]  # fmt: skip
    client, address = as_person(house.it), reverse("gateway:oeffentlich_einlesen")
    rows = OeffentlicheAngabe.objects.for_mandant(house.mandant)
    file = SimpleUploadedFile("liste.csv", "\r\n".join(lines).encode("cp1252"))
    shown = client.post(address, {"datei": file, "tun": "alle"})
    text = shown.content.decode()
    assert (shown.status_code, rows.count()) == (422, 0)
    for words in (
        "4 Zeilen sind so nicht möglich", "Ein Nachname allein", "gebäude", "wartet schon", "„bald“ ist kein Tag",
        "2 Zeilen sind in Ordnung", "Sitz; im Impressum",
    ):  # fmt: skip
        assert words in text
    shown = client.post(address, {"liste": "\n".join(lines), "tun": "gute"})
    left = shown.context["form"]["liste"].value().split("\n")
    assert left == [lines[1], lines[2], lines[4], lines[5]]
    assert {row.wert: row.grund for row in rows} == {
        "Marlene Osterkamp": "Amtsblatt", "Rathausplatz 1": "Sitz; im Impressum",
    }  # fmt: skip
    table = "Angabe\tGrund\tArt\nrathaus@musterstadt.example\tImpressum\tPostfach\n"
    assert client.post(address, {"liste": table, "tun": "alle"}).status_code == 302
    assert rows.filter(art="sonstiges", bis=None).count() == 1
    assert client.post(address, {"liste": " \n", "tun": "alle"}).status_code == 422


def test_the_second_person_releases_what_they_chose(as_person: Callable[[Actor], Client], house: House) -> None:
    own = declaring.enter_public(actor=house.ki, declared=hall())
    row = declaring.enter_public(actor=house.it, declared=mayor(wert="Peter Müller"))
    client, address = as_person(house.ki), reverse("gateway:oeffentlich_freigeben")
    text = client.get(address, {"angabe": str(row.public_id)}).content.decode()
    assert "Diesen Nachnamen tragen sehr viele" in text
    assert [str(row.public_id) in text, f'value="{own.public_id}"' in text] == [True, False]
    away = client.post(address, {"angabe": [str(row.public_id)]})
    assert "bestaetigen" in away.headers["Location"]
    assert str(row.public_id) in away.headers["Location"]
    client = browser(house.ki)
    assert client.post(address, {"angabe": ["x"]}, follow=True).status_code == 200
    client.post(address, {"angabe": [str(row.public_id), str(own.public_id)]})
    row.refresh_from_db()
    assert row.stand == "wartet"
    client.post(address, {"angabe": [str(row.public_id)]})
    row.refresh_from_db()
    assert (row.stand, row.freigegeben_von) == ("freigegeben", house.ki.person)


def test_an_entry_goes_its_way_by_hand(as_person: Callable[[Actor], Client], house: House) -> None:
    client = as_person(house.it)
    data = {"art": "person", "wert": "Osterkamp", "amt": "Bürgermeisterin", "bis": f"{SOON}", "grund": "Amtsblatt"}
    wrong = client.post(reverse("gateway:oeffentlich_neu"), data)
    assert wrong.status_code == 422
    assert "Bitte mit Vornamen eintragen" in wrong.content.decode()
    answer = client.post(reverse("gateway:oeffentlich_neu"), {**data, "wert": "Frau Marlene Osterkamp"})
    row = OeffentlicheAngabe.objects.for_mandant(house.mandant).get()
    assert answer.headers["Location"] == reverse("gateway:oeffentlich_angabe", args=[row.public_id])
    for search, found in (("osterk", True), ("MARLENE", True), ("bürgermeister", True), ("kaya", False)):
        page = client.get(reverse("gateway:oeffentlich"), {"suche": search}).content.decode()
        assert ("Marlene Osterkamp" in page) is found
    again = client.get(reverse("gateway:oeffentlich_neu"), {"wie": str(row.public_id)}).content.decode()
    assert 'value="Marlene Osterkamp"' in again
    address = reverse("gateway:oeffentlich_zurueckziehen", args=[row.public_id])
    assert client.post(address, {"grund": ""}).status_code == 422
    assert client.post(address, {"grund": "Ein Irrtum"}).status_code == 302
    assert "Ein Irrtum" in client.get(reverse("gateway:oeffentlich_angabe", args=[row.public_id])).content.decode()
    assert "Marlene" not in client.get(reverse("gateway:oeffentlich")).content.decode()


def test_what_a_model_sees_says_what_was_left(as_person: Callable[[Actor], Client], house: House) -> None:
    released(house, mayor(), hall())
    client = as_person(house.clerk)
    text = client.post(reverse("gateway:sehen"), {"text": TEXT}).content.decode()
    assert "2 Angaben bleiben stehen" in text
    assert "Name, öffentlich" in text
    assert "Bürgermeisterin Marlene Osterkamp, Rathausplatz 1, begrüßt Frau [[PERSON_1]]" in text
    data = {"datei": SimpleUploadedFile("brief.txt", TEXT.encode()), "passphrase": "ein langer Satz"}
    made = client.post(reverse("gateway:dokument"), data)
    archive = zipfile.ZipFile(io.BytesIO(made.content))
    assert "Marlene Osterkamp, Rathausplatz 1" in archive.read("weitergeben/pseudonymisiert.txt").decode()
    assert "Marlene Osterkamp; Rathausplatz 1" in archive.read("im-haus-behalten/nicht-verdeckt.txt").decode()
    assert "Osterkamp" not in archive.read("bitte-lesen.txt").decode()


@pytest.mark.parametrize(
    ("text", "held", "left"),
    [
        ("Bürgermeisterin Marlene Osterkamp leidet an Depression.", True, False),
        ("Bürgermeisterin Marlene Osterkamp lud ein. Die Stadt berät zu Depression.", True, False),
        ("Frau Kaya leidet an Depression.", False, False),
        ("Bürgermeisterin Marlene Osterkamp begrüßt Herrn Kaya.", False, True),
    ],
)
def test_it_is_said_where_a_public_name_is_hidden(
    as_person: Callable[[Actor], Client], house: House, text: str, held: bool, left: bool
) -> None:
    released(house, mayor())
    page = as_person(house.clerk).post(reverse("gateway:sehen"), {"text": text}).content.decode()
    assert ("werden auch Menschen verdeckt, deren Name öffentlich ist" in page) is held
    assert ("1 Angabe bleibt stehen" in page) is left


def test_a_copy_calls_no_name_left_that_was_held_back(as_person: Callable[[Actor], Client], house: House) -> None:
    released(house, mayor(), hall())
    ill = "Die Stadt berät zu Depression."
    text = f"{TEXT}\n{'Der Rat tagt heute im großen Saal. ' * 700}\n{ill}"
    data = {"datei": SimpleUploadedFile("brief.txt", text.encode()), "passphrase": "ein langer Satz"}
    made = as_person(house.clerk).post(reverse("gateway:dokument"), data)
    archive = zipfile.ZipFile(io.BytesIO(made.content))
    assert "Osterkamp" not in archive.read("weitergeben/pseudonymisiert.txt").decode()
    said = archive.read("im-haus-behalten/nicht-verdeckt.txt").decode()
    assert "Rathausplatz 1" in said
    assert "Osterkamp" not in said


@pytest.mark.parametrize("name", ["oeffentlich", "oeffentlich_freigeben"])
def test_lists_cost_the_same_with_one_and_with_three_rows(
    as_person: Callable[[Actor], Client], house: House, name: str
) -> None:
    client, address = as_person(house.ki), reverse(f"gateway:{name}")
    declaring.enter_public(actor=house.it, declared=mayor())
    client.get(address)
    with CaptureQueriesContext(connection) as first:
        client.get(address)
    declaring.enter_public(actor=house.ki, declared=hall())
    declaring.enter_public(actor=make_actor(house.mandant, Rolle.LEITUNG), declared=mayor(wert="Kofi Amponsah"))
    with CaptureQueriesContext(connection) as second:
        client.get(address)
    assert len(second) == len(first)
