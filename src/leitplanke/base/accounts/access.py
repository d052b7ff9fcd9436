"""How views declare their permission and how it is checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import ImproperlyConfigured
from django.urls import path

from leitplanke.base.accounts.permissions import TABLE, NotPermittedError
from leitplanke.base.accounts.roles import Rolle

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.urls import URLPattern

    from leitplanke.base.accounts.models import Mandant, Mitgliedschaft, Person

    _View = TypeVar("_View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Capacity:
    """In which role, and through which membership, somebody does something.

    `membership` is None for what anybody may do; `deputises` tells that it is somebody else's, who is absent.
    """

    rolle: Rolle
    membership: Mitgliedschaft | None = None
    deputises: bool = False


class Actor:
    """Who acts in a request: the person, their memberships at this Mandant, and the roles that follow.

    Everybody has the role of the public; a person signed in without a membership is an antragstellende Person.
    `memberships` are one's own, `acting_for` those of absent colleagues one stands in for today.
    """

    def __init__(
        self,
        mandant: Mandant,
        person: Person | None = None,
        memberships: tuple[Mitgliedschaft, ...] = (),
        acting_for: tuple[Mitgliedschaft, ...] = (),
    ) -> None:
        """Bind a person, or nobody, to the Mandant of the request."""
        self.mandant = mandant
        self.person = person
        self.memberships = memberships
        self.acting_for = acting_for

    @property
    def roles(self) -> frozenset[Rolle]:
        """All roles held here, one's own and those one stands in for."""
        held = {Rolle(membership.rolle) for membership in (*self.memberships, *self.acting_for)}
        if self.person is not None:
            held.add(Rolle.ANTRAGSTELLENDE_PERSON)
        return frozenset(held | {Rolle.OEFFENTLICHKEIT})

    @property
    def is_staff(self) -> bool:
        """Whether the person belongs to the administration or council."""
        return bool(self.memberships)

    def capacity(self, action: str, state: str | None = None, einheit: int | None = None) -> Capacity | None:
        """Tell in which capacity the table allows `action`; None where it does not.

        A membership of the office `einheit` (its key) goes first, then one's own before those one stands in for, so
        that Vertretung is recorded exactly where somebody acts in a place that is not their own.
        """
        candidates = [Capacity(Rolle(own.rolle), own) for own in self.memberships]
        candidates += [Capacity(Rolle(other.rolle), other, deputises=True) for other in self.acting_for]
        if einheit is not None:
            candidates.sort(key=lambda one: one.membership is None or one.membership.einheit_id != einheit)
        if self.person is not None:
            candidates.append(Capacity(Rolle.ANTRAGSTELLENDE_PERSON))
        candidates.append(Capacity(Rolle.OEFFENTLICHKEIT))
        return next((one for one in candidates if TABLE.allows([one.rolle], action, state)), None)

    def may(self, action: str, state: str | None = None) -> bool:
        """Tell whether the table allows `action` on an object in `state`; without a state, on some object."""
        return TABLE.allows(self.roles, action, state)

    def require(self, action: str, state: str | None = None) -> None:
        """Raise `NotPermittedError` unless the table allows `action` on an object in `state`."""
        if not self.may(action, state):
            raise NotPermittedError(action)


def requires(action: str) -> Callable[[_View], _View]:
    """Declare the action a view stands for; `AccessMiddleware` checks it before the view runs."""

    def mark(view: _View) -> _View:
        view.permission_action = action  # type: ignore[attr-defined]
        return view

    return mark


def declared_action(view: Callable[..., Any]) -> str | None:
    """Return the action a view declares, None where it declares none."""
    return getattr(view, "permission_action", None)


def guarded_path(route: str, view: Callable[..., Any], name: str) -> URLPattern:
    """Like `django.urls.path`, refusing a view without a declared permission.

    Raises:
        ImproperlyConfigured: the view declares no permission.
    """
    if declared_action(view) is None:
        raise ImproperlyConfigured(f"Die Ansicht {view.__module__}.{view.__name__} nennt keine Berechtigung.")
    return path(route, view, name=name)


def actor_of(request: HttpRequest) -> Actor:
    """Return who acts in `request` (set by `MandantMiddleware`)."""
    return request.actor  # type: ignore[attr-defined, no-any-return]
