from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.utils import timezone

from leitplanke.apps.antrag import belege, closing, deleting, queries, receipts
from leitplanke.apps.antrag.doing import Doer, citizen
from leitplanke.apps.antrag.models import Antrag
from leitplanke.apps.antrag.readiness import NotReadyError
from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.evidence.models import CommitmentSalt, Leaf
from leitplanke.base.evidence.sequencer import sequence_all
from leitplanke.base.evidence.verification import verify
from leitplanke.core.verfahren.acts import Originator
from tests.factories import make_actor

from .daten_cases import DOCUMENT, NAME, decided_case

if TYPE_CHECKING:
    from collections.abc import Callable

    from .conftest import Office

LATER = date(2090, 1, 1)


def ended(office: Office) -> Antrag:
    """Return a decided case that was reopened and forwarded: with everything that a case can hold, and over."""
    antrag = decided_case(office)
    closing.reopen(antrag.pk, office.doer(antrag, office.head), "Neue Anschrift in anderer Stadt.")
    closing.forward(antrag.pk, office.doer(antrag, office.head), "Stadt Neudorf", "Die Person ist umgezogen.")
    antrag.refresh_from_db()
    return antrag


def machine(office: Office) -> Doer:
    return Doer(office.mandant, Originator.AUFTRAG)


def tables_with(word: str) -> set[str]:
    """Return every table in whose rows a word stands, whatever the column."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            quoted = connection.ops.quote_name(table)
            cursor.execute(f"SELECT * FROM {quoted}")  # noqa: S608 - names of our own tables
            if any(word.lower() in str(cell).lower() for row in cursor.fetchall() for cell in row):
                found.add(table)
    return found


def files_with(office: Office, text: str) -> list[str]:
    """Return the files of this town that hold a text; other tests leave files of theirs on the disk."""
    folder = settings.MEDIA_ROOT / str(office.mandant.pk)
    return [str(path) for path in folder.rglob("*") if path.is_file() and text.encode() in path.read_bytes()]


@pytest.mark.django_db
def test_after_deletion_nothing_of_the_person_is_left_and_the_evidence_holds(
    office: Office, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    antrag = ended(office)
    assert {"antrag_antrag", "antrag_beteiligte", "antrag_schreiben"} <= tables_with(NAME)
    assert files_with(office, DOCUMENT)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        deleting.delete_case(antrag.pk, machine(office), today=LATER)
    assert tables_with(NAME) == set()
    assert files_with(office, DOCUMENT) == []
    assert not CommitmentSalt.objects.for_mandant(office.mandant).filter(leaf__subject_id=str(antrag.kennung)).exists()
    leaves = Leaf.objects.for_mandant(office.mandant).filter(subject_id=str(antrag.kennung))
    assert leaves.last().code == "antrag.geloescht"  # type: ignore[union-attr]
    sequence_all()
    assert verify(office.mandant).ok


def test_mail_about_the_case_goes_with_it(office: Office) -> None:
    antrag = ended(office)
    antrag.beteiligte.update(email="quitzdorfer@muster.example")
    assert receipts.send_receipt(antrag, office.verfahren) == 1
    deleting.delete_case(antrag.pk, machine(office), today=LATER)
    assert tables_with("quitzdorfer@muster.example") == set()


def test_a_file_that_another_case_uses_stays(
    office: Office, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    other = office.application(name="Anders")
    belege.add_document(other.pk, citizen(office.mandant), "kopie.txt", DOCUMENT.encode())
    antrag = ended(office)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        deleting.delete_case(antrag.pk, machine(office), today=LATER)
    assert files_with(office, DOCUMENT)


def test_before_its_day_a_case_is_not_deleted(office: Office) -> None:
    antrag = ended(office)
    assert antrag.loeschen_ab == date(timezone.localdate().year + 11, 1, 1)
    with pytest.raises(deleting.RetentionError, match="aufzubewahren"):
        deleting.delete_case(antrag.pk, machine(office))


def test_an_open_case_is_never_deleted(office: Office) -> None:
    antrag = office.application()
    with pytest.raises(deleting.RetentionError, match="läuft noch"):
        deleting.delete_case(antrag.pk, machine(office), today=LATER)


def test_a_hold_with_reason_keeps_a_case_until_it_is_lifted(office: Office) -> None:
    antrag = ended(office)
    head = office.doer(antrag, office.head)
    with pytest.raises(NotReadyError):
        deleting.hold(antrag.pk, head, " ")
    deleting.hold(antrag.pk, head, "Klage vor dem Verwaltungsgericht.")
    with pytest.raises(deleting.RetentionError, match="Klage"):
        deleting.delete_case(antrag.pk, machine(office), today=LATER)
    assert deleting.delete_overdue(office.mandant, LATER) == 0
    deleting.lift(antrag.pk, head)
    assert deleting.delete_overdue(office.mandant, LATER) == 1
    assert not Antrag.objects.for_mandant(office.mandant).exists()


def test_only_a_head_of_the_unit_holds(office: Office) -> None:
    antrag = ended(office)
    with pytest.raises(NotPermittedError):
        deleting.hold(antrag.pk, office.doer(antrag), "Klage vor dem Gericht.")


def test_what_is_due_waits_a_while_for_a_hold(office: Office) -> None:
    antrag = ended(office)
    assert antrag.loeschen_ab is not None
    assert deleting.due(office.mandant, antrag.loeschen_ab).count() == 1
    assert deleting.delete_overdue(office.mandant, antrag.loeschen_ab) == 0


def test_data_protection_sees_all_units_and_a_clerk_of_none_sees_nothing(office: Office) -> None:
    ended(office)
    guard = make_actor(office.mandant, Rolle.DATENSCHUTZ)
    assert [row.gesperrt for row in deleting.kept(guard)] == [False]
    assert deleting.kept(make_actor(office.mandant, Rolle.RAT)).count() == 0
    assert not queries.visible_cases(guard).exists()


def test_every_model_of_the_area_is_scoped_to_a_case_or_a_town() -> None:
    for model in apps.get_app_config("antrag").get_models():
        assert "mandant" in {field.name for field in model._meta.get_fields()}
