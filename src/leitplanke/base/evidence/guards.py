"""Triggers that refuse to change what was recorded.

They stop mistakes and careless access. Whoever may alter the schema can drop them; then the signed checkpoints tell.
A migration may recreate a table and lose its triggers, so they are put back after every `migrate` (see `apps.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.backends.utils import CursorWrapper

# Table -> columns that are unique: SQLite's REPLACE would delete a row there without asking the DELETE trigger.
GUARDED = {
    "evidence_leaf": (("id",), ("public_id",)),
    "evidence_place": (("leaf_id",), ("mandant_id", "position")),
    "evidence_checkpoint": (("id",), ("mandant_id", "size")),
    "evidence_logkey": (("id",), ("key",)),
}
REFUSAL = "Nachweise lassen sich nicht ändern oder löschen"
FUNCTION = "evidence_refuse"
FUNCTION_BODY = f" BEGIN RAISE EXCEPTION '{REFUSAL} (%)', TG_TABLE_NAME USING ERRCODE = '23000'; END "


def missing_guards(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the guarded tables whose triggers are missing, changed or switched off."""
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
        lacks = _lacks_sqlite if connection.vendor == "sqlite" else _lacks_postgresql
        return [table for table in GUARDED if table in present and lacks(cursor, table)]


def install_guards(connection: BaseDatabaseWrapper) -> list[str]:
    """Put triggers on the guarded tables that lack them and return these tables."""
    tables = missing_guards(connection)
    with connection.cursor() as cursor:
        for table in tables:
            _drop(cursor, table)
            if connection.vendor == "sqlite":
                for statement in _sqlite_triggers(table).values():
                    cursor.execute(statement)
            else:
                _install_postgresql(cursor, table)
    return tables


def remove_guards(connection: BaseDatabaseWrapper) -> None:
    """Take all triggers away; only for emptying a test database and for migrations that must touch old rows."""
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
        for table in GUARDED:
            if table in present:
                _drop(cursor, table)


def _drop(cursor: CursorWrapper, table: str) -> None:
    if cursor.db.vendor == "sqlite":
        for name in _sqlite_triggers(table):
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
    else:
        cursor.execute(f"DROP TRIGGER IF EXISTS {table}_guard ON {table}")


def _sqlite_triggers(table: str) -> dict[str, str]:
    """Return name -> statement, exactly as SQLite will keep it."""
    taken = " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} WHERE {' AND '.join(f'{column} = NEW.{column}' for column in columns)})"  # noqa: S608
        for columns in GUARDED[table]  # names of our own, nothing from outside
    )
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL} ({table})'); END"
    moments = {"update": "UPDATE", "delete": "DELETE", "replace": "INSERT"}
    return {
        f"{table}_guard_{name}": f"CREATE TRIGGER {table}_guard_{name} BEFORE {moment} ON {table}"
        f"{f' WHEN {taken}' if name == 'replace' else ''} {refuse}"
        for name, moment in moments.items()
    }


def _lacks_sqlite(cursor: CursorWrapper, table: str) -> bool:
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
    found = dict(cursor.fetchall())
    return any(found.get(name) != statement for name, statement in _sqlite_triggers(table).items())


def _install_postgresql(cursor: CursorWrapper, table: str) -> None:
    cursor.execute(
        f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $guard${FUNCTION_BODY}$guard$"
    )
    cursor.execute(
        f"CREATE TRIGGER {table}_guard BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {FUNCTION}()"
    )
    # Also for connections that declare themselves replicas.
    cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_guard")


def _lacks_postgresql(cursor: CursorWrapper, table: str) -> bool:
    cursor.execute(
        "SELECT prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid"
        " WHERE tgrelid = %s::regclass AND tgname = %s AND tgenabled = 'A'",
        [table, f"{table}_guard"],
    )
    row = cursor.fetchone()
    return row is None or row[0] != FUNCTION_BODY
