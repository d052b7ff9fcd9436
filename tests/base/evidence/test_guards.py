"""What is recorded stays, by triggers that also survive a table made anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, migrations, models, transaction
from django.db.migrations.state import ProjectState

from leitplanke.base.evidence.guards import GUARDED, install_guards, missing_guards, remove_guards
from leitplanke.base.evidence.models import Checkpoint, Leaf, LogKey, Place
from leitplanke.base.evidence.sequencer import sequence_pending
from leitplanke.base.evidence.verification import verify

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant

MODELS = (Leaf, Place, Checkpoint, LogKey)
REFUSAL = "lassen sich nicht ändern oder löschen"


def refused(statement: str) -> None:
    with pytest.raises(DatabaseError, match=REFUSAL), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.security
@pytest.mark.parametrize("table", GUARDED)
def test_update_and_delete_are_refused(mandant: Mandant, happen: Callable[..., object], table: str) -> None:
    happen(mandant)
    sequence_pending(mandant)
    connection.check_constraints()  # so that our trigger answers, not PostgreSQL's own hesitation

    refused(f"UPDATE {table} SET mandant_id = mandant_id")  # noqa: S608
    refused(f"DELETE FROM {table}")  # noqa: S608
    if connection.vendor == "postgresql":
        refused(f"TRUNCATE {table} CASCADE")
    else:
        refused(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")  # noqa: S608
        refused(f"UPDATE OR REPLACE {table} SET mandant_id = mandant_id")  # noqa: S608


def test_every_growing_table_is_guarded() -> None:
    assert {model._meta.db_table for model in MODELS} == set(GUARDED)


def test_guarded_columns_are_the_unique_ones() -> None:
    for model in MODELS:
        columns = {field.name: str(field.column) for field in model._meta.local_fields}
        unique = {(str(field.column),) for field in model._meta.local_fields if field.unique} | {
            tuple(columns[name] for name in constraint.fields)
            for constraint in model._meta.constraints
            if isinstance(constraint, models.UniqueConstraint)
        }
        assert set(GUARDED[model._meta.db_table]) == unique


@pytest.mark.security
@pytest.mark.django_db(transaction=True)
def test_triggers_survive_a_migration_that_recreates_the_table(mandant: Mandant, happen: Callable[..., object]) -> None:
    happen(mandant, 3)
    sequence_pending(mandant)
    before = ProjectState.from_apps(migrations.state.global_apps)  # type: ignore[attr-defined]
    after = before.clone()
    wider = migrations.AlterField("leaf", "code", models.CharField(max_length=120))
    wider.state_forwards("evidence", after)
    try:
        with connection.schema_editor() as editor:
            wider.database_forwards("evidence", editor, before, after)
        lost = missing_guards(connection)
        call_command("migrate", verbosity=0)

        assert lost == (["evidence_leaf"] if connection.vendor == "sqlite" else [])
        assert missing_guards(connection) == []
        refused("DELETE FROM evidence_leaf")
        assert verify(mandant).ok
    finally:
        with connection.schema_editor() as editor:
            wider.database_backwards("evidence", editor, after, before)
        install_guards(connection)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(2))
def test_test_database_can_be_emptied_and_is_guarded_again(
    mandant: Mandant, happen: Callable[..., object], attempt: int
) -> None:
    happen(mandant)

    assert Leaf.objects.for_mandant(mandant).count() == 1
    assert missing_guards(connection) == []


def test_missing_or_weakened_trigger_is_noticed_and_put_back(mandant: Mandant) -> None:
    remove_guards(connection)
    assert missing_guards(connection) == list(GUARDED)
    finding = verify(mandant).finding
    assert finding is not None
    assert finding.problem == "guards"
    assert "evidence_leaf" in finding.message

    assert install_guards(connection) == list(GUARDED)
    assert install_guards(connection) == []

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE evidence_leaf DISABLE TRIGGER evidence_leaf_guard")
        else:
            cursor.execute("DROP TRIGGER evidence_leaf_guard_delete")
            cursor.execute(
                "CREATE TRIGGER evidence_leaf_guard_delete BEFORE DELETE ON evidence_leaf BEGIN SELECT 1; END"
            )
    assert missing_guards(connection) == ["evidence_leaf"]
