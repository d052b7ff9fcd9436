"""What a case leaves in evidence and logs: nothing by which one could tell whose it is."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.db import connection

from leitplanke.apps.antrag import facts, intake, messages
from leitplanke.apps.antrag.doing import citizen
from leitplanke.apps.antrag.models import Beteiligung

from .daten_cases import NAME, decided_case

if TYPE_CHECKING:
    import pytest

    from .conftest import Office

STREET, WORDS, RENT = "Quittenpfad 77", "Mein Hamster heißt Wolkenstein.", "417.23"


SALTS = "evidence_commitmentsalt"


def evidence() -> dict[str, str]:
    """Return the content of every table of the evidence log, but for the salts, which can be deleted."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith("evidence_") and table != SALTS:
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - our own tables
                found[table] = "\n".join(str(row) for row in cursor.fetchall())
    return found


def test_nothing_personal_stands_in_evidence_or_logs(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    antrag, code = intake.start_draft(office.mandant, office.verfahren)
    me = citizen(office.mandant)
    address = {"vorname": "Xaveria", "nachname": "Zwiebelfisch", "strasse": STREET, "plz": "98765", "ort": "Irgendheim"}
    intake.name_person(antrag.pk, me, intake.Anschrift(Beteiligung.ANTRAGSTELLEND, address))
    facts.fill_draft(antrag.pk, me, {"bruttokaltmiete_monat": RENT})
    intake.hand_in(antrag.pk, me, office.verfahren)
    messages.write(antrag.pk, me, WORDS)
    decided_case(office)

    kept = evidence()
    assert kept["evidence_leaf"]
    assert "antrag.stellen" in "".join(kept.values())
    for secret in (NAME, "Xaveria", "Zwiebelfisch", STREET, "Irgendheim", "Wolkenstein", RENT, code):
        assert [table for table, rows in kept.items() if secret in rows] == []
        assert secret not in caplog.text
