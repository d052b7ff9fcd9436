"""Triggers that refuse to change what a town adopted: of a version only its withdrawal and who is no longer there.

They stop mistakes and careless access, as those on evidence do. They are lifted before every `migrate` and put back
after (see `apps.py`). Deleting is not refused: a town that leaves takes its rows along.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

VERSION, CLAUSE = "leitlinie_leitlinienfassung", "leitlinie_klausel"
REFUSAL = "Eine beschlossene Fassung der Leitlinie wird nicht mehr geändert"
FUNCTION = "leitlinie_refuse"
# What an adopted version says; people may be deleted, so that who did something can become empty.
KEPT = (
    "mandant_id", "nummer", "titel", "herkunft", "herkunft_text", "aenderungszaehler", "begonnen_am", "vorgelegt_am",
    "frist", "beschlossen_am", "beschlossen_durch", "fundstelle", "gilt_ab", "profil_sha256", "kommune",
)  # fmt: skip
CHANGED = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in KEPT)
LEFT = "NEW.stand NOT IN ('beschlossen', 'verworfen')"


def _adopted(row: str) -> str:
    return f"EXISTS (SELECT 1 FROM {VERSION} WHERE id = {row}.fassung_id AND stand = 'beschlossen')"  # noqa: S608


# Trigger -> moment, table, when it refuses.
GUARDS = {
    "leitlinie_fassung_guard": ("UPDATE", VERSION, f"OLD.stand = 'beschlossen' AND ({LEFT} OR {CHANGED})"),
    "leitlinie_klausel_guard_update": ("UPDATE", CLAUSE, f"{_adopted('OLD')} OR {_adopted('NEW')}"),
    "leitlinie_klausel_guard_insert": ("INSERT", CLAUSE, _adopted("NEW")),
}


def install_guards(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers on the tables anew, where the tables are there."""
    with connection.cursor() as cursor:
        if not {VERSION, CLAUSE} <= set(connection.introspection.table_names(cursor)):
            return
        columns = {row.name for row in connection.introspection.get_table_description(cursor, VERSION)}
        if not columns >= set(KEPT):
            return  # amid migrations; they are put on after the last
        statements = _sqlite() if connection.vendor == "sqlite" else _postgresql()
        for statement in statements:
            cursor.execute(statement)


def remove_guards(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away; only for migrations that must touch old rows, and for tests that move days."""
    with connection.cursor() as cursor:
        for name, (_moment, table, _when) in GUARDS.items():
            where = "" if connection.vendor == "sqlite" else f" ON {table}"
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{where}")


def _sqlite() -> list[str]:
    found = []
    for name, (moment, table, when) in GUARDS.items():
        found.append(f"DROP TRIGGER IF EXISTS {name}")
        # "IS NOT" is what SQLite has always said for "IS DISTINCT FROM".
        condition = when.replace("IS DISTINCT FROM", "IS NOT")
        found.append(
            f"CREATE TRIGGER {name} BEFORE {moment} ON {table} WHEN {condition}"
            f" BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )
    return found


def _postgresql() -> list[str]:
    found = [
        (
            f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$guard$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = '23000'; END $guard$"
        )
    ]
    for name, (moment, table, when) in GUARDS.items():
        # A condition of a trigger must not ask other tables there, so the function does.
        found.append(f"DROP TRIGGER IF EXISTS {name} ON {table}")
        if "EXISTS" not in when:
            found.append(
                f"CREATE TRIGGER {name} BEFORE {moment} ON {table} FOR EACH ROW WHEN ({when})"
                f" EXECUTE FUNCTION {FUNCTION}()"
            )
            continue
        found.append(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN "
            f"IF {when} THEN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = '23000'; END IF; RETURN NEW; END $guard$"
        )
        found.append(f"CREATE TRIGGER {name} BEFORE {moment} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")
    return found
