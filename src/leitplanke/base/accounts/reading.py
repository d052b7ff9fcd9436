"""The permission table in words: for the page and for the reference `docs/reference/rollen.md`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from leitplanke.base.accounts.permissions import ANY_STATE
from leitplanke.base.accounts.roles import EMPLOYEES, EVERYBODY, SIGNED_IN, STAFF, Rolle

if TYPE_CHECKING:
    from leitplanke.base.accounts.permissions import Permission, PermissionTable


@dataclass(frozen=True, slots=True)
class TableRow:
    """One permission as people read it."""

    action: str
    label: str
    states: tuple[str, ...]
    roles: str


def roles_in_words(roles: frozenset[Rolle]) -> str:
    """Name a set of roles as short as it stays exact."""
    groups = {
        EVERYBODY: _("alle, auch ohne Konto"),
        SIGNED_IN: _("alle mit Konto"),
        STAFF: _("alle Beschäftigten und der Rat"),
        EMPLOYEES: _("alle Beschäftigten"),
    }
    return groups.get(roles) or ", ".join(str(rolle.label) for rolle in Rolle if rolle in roles)


def states_of(permission: Permission) -> tuple[str, ...]:
    """Return the states of the object the permission is bound to, as the program names them; empty for none."""
    return tuple(sorted(permission.states - {ANY_STATE}))


def rows_for(table: PermissionTable, rolle: Rolle | None = None) -> list[TableRow]:
    """Return the table's rows in order of action, only those of `rolle` where one is given."""
    return [
        TableRow(row.action, _(row.label), states_of(row), roles_in_words(row.roles))
        for _action, rows in sorted(table.rows().items())
        for row in rows
        if rolle is None or rolle in row.roles
    ]


def _code(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def as_markdown(table: PermissionTable) -> str:
    """Return the table as the reference page."""
    lines = [
        "# Rollen und Berechtigungen",
        "",
        "Diese Seite entsteht aus der Tabelle im Programm (`.venv/bin/python tools/rollen.py`).",
        "Ein Test vergleicht beide.",
        "Was hier nicht steht, ist niemandem erlaubt. In der Anwendung: Mein Konto, Berechtigungen.",
        "",
        "## Rollen",
        "",
        *(f"- {rolle.label} (`{rolle.value}`)" for rolle in Rolle),
        "",
        "## Berechtigungen",
        "",
        "| Handlung | Was | Nur im Stand | Wer |",
        "|---|---|---|---|",
        *(f"| `{row.action}` | {row.label} | {_code(row.states)} | {row.roles} |" for row in rows_for(table)),
        "",
    ]
    return "\n".join(lines)
