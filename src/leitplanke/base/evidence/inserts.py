"""Inserting and updating rows without building a query each time.

Evidence is written with nearly every change, and on SQLite while the one write lock is held. Django's `save` costs
about 100 microseconds a row, a statement made once costs about 25; the tables and the values are the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.db import connection, models


def insert(model: type[models.Model], **values: Any) -> int:
    """Insert one row, a value for every column but the automatic key, and return its key."""
    fields, statement = _statement(model)
    prepared = [_prepared(field, values[field.attname]) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} RETURNING {model._meta.pk.column}", prepared)  # noqa: SLF001
        key: int = cursor.fetchone()[0]
    return key


def insert_queued(model: type[models.Model], queue: type[models.Model], **values: Any) -> int:
    """Insert a row and one of `queue`, which holds its Mandant and its key; return the key.

    PostgreSQL takes both in one statement, which saves a journey to the server with every change.
    """
    if connection.vendor != "postgresql":
        key = insert(model, **values)
        insert(queue, mandant_id=values["mandant_id"], leaf_id=key)
        return key
    fields, statement = _statement(model)
    waiting = queue._meta.db_table  # noqa: SLF001
    prepared = [_prepared(field, values[field.attname]) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH made AS ({statement} RETURNING id, mandant_id) INSERT INTO {waiting} (mandant_id, leaf_id)"  # noqa: S608
            " SELECT mandant_id, id FROM made RETURNING leaf_id",
            prepared,
        )
        queued: int = cursor.fetchone()[0]
    return queued


def update(model: type[models.Model], where: Mapping[str, Any], **values: Any) -> None:
    """Set columns of the rows in which those of `where` have its values."""
    fields, statement = _update_statement(model, tuple(values), tuple(where))
    given = (*values.values(), *where.values())
    prepared = [_prepared(field, value) for field, value in zip(fields, given, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(statement, prepared)


def insert_many(model: type[models.Model], rows: Iterable[tuple[Any, ...]]) -> None:
    """Insert rows whose values, in the order of the columns, need no preparation (whole numbers, text)."""
    _fields, statement = _statement(model)
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(rows))


# Text, numbers and keys go to the database as they are.
_AS_IT_IS = (models.CharField, models.TextField, models.IntegerField, models.BooleanField, models.ForeignKey)


def _prepared(field: models.Field[Any, Any], value: Any) -> Any:
    return value if isinstance(field, _AS_IT_IS) else field.get_db_prep_save(value, connection)


@lru_cache
def _update_statement(
    model: type[models.Model], names: tuple[str, ...], where: tuple[str, ...]
) -> tuple[tuple[models.Field[Any, Any], ...], str]:
    known = {field.attname: field for field in model._meta.local_concrete_fields}  # noqa: SLF001
    changes = ", ".join(f"{known[name].column} = %s" for name in names)
    conditions = " AND ".join(f"{known[name].column} = %s" for name in where)
    fields = tuple(known[name] for name in (*names, *where))
    return fields, f"UPDATE {model._meta.db_table} SET {changes} WHERE {conditions}"  # noqa: S608, SLF001 - see below


@lru_cache
def _statement(model: type[models.Model]) -> tuple[tuple[models.Field[Any, Any], ...], str]:
    fields = tuple(field for field in model._meta.local_concrete_fields if not isinstance(field, models.AutoField))  # noqa: SLF001
    columns = ", ".join(str(field.column) for field in fields)
    places = ", ".join("%s" for _ in fields)
    # Names of our own tables and columns, nothing from outside.
    return fields, f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({places})"  # noqa: S608, SLF001
