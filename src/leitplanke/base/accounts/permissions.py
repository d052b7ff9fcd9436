"""Who may do what: one readable table, role x action x state, deny by default.

Each area declares its rows in its `permissions.py` and `project/wiring.py` adds them here; a view names its action by
`@requires`, and a view without one fails when the URL configuration is imported.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from leitplanke.base.accounts.roles import Rolle

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ANY_STATE = "*"


class UnknownActionError(LookupError):
    """An action was asked for that no table declares."""


class NotPermittedError(PermissionError):
    """The acting person may not do this; `action` says what was tried."""

    def __init__(self, action: str, reason: str = "") -> None:
        """Remember the action and, where there is one, a sentence for the person."""
        super().__init__(reason or action)
        self.action = action
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Permission:
    """One row: `action` is allowed to `roles`, in `states` of its object (`ANY_STATE` for all or no object)."""

    action: str
    label: str
    roles: frozenset[Rolle]
    states: frozenset[str] = frozenset({ANY_STATE})

    def allows(self, role: Rolle, state: str | None) -> bool:
        """Tell whether `role` may act on an object in `state`; without a state, on one in some state."""
        return role in self.roles and (state is None or ANY_STATE in self.states or state in self.states)


class PermissionTable:
    """All rows of all areas."""

    def __init__(self) -> None:
        """Start empty: nothing is allowed."""
        self._rows: dict[str, tuple[Permission, ...]] = {}

    def add(self, rows: Iterable[Permission]) -> None:
        """Add the rows of an area; an action has one home.

        Raises:
            ValueError: another area already declared the action.
        """
        new: dict[str, tuple[Permission, ...]] = {}
        for row in rows:
            new[row.action] = (*new.get(row.action, ()), row)
        if taken := self._rows.keys() & new.keys():
            raise ValueError(f"Schon vergeben: {', '.join(sorted(taken))}")
        self._rows.update(new)

    def rows(self) -> Mapping[str, tuple[Permission, ...]]:
        """Return the table for display and tests."""
        return dict(self._rows)

    def allows(self, roles: Iterable[Rolle], action: str, state: str | None = None) -> bool:
        """Tell whether one of `roles` may do `action` on an object in `state`; without a state, on some object.

        Raises:
            UnknownActionError: no area declares `action`.
        """
        if action not in self._rows:
            raise UnknownActionError(action)
        return any(row.allows(role, state) for row in self._rows[action] for role in roles)


TABLE = PermissionTable()
