"""A query that forgets the Mandant fails instead of leaking."""

import pytest

from leitplanke.base.accounts.models import Mandant, Organisationseinheit
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.accounts.scoping import UnscopedQueryError
from tests.factories import make_membership


@pytest.mark.parametrize(
    "evaluate",
    [
        list,
        len,
        lambda query: query.count(),
        lambda query: query.exists(),
        lambda query: query.first(),
        lambda query: query.get(kuerzel="amt"),
        lambda query: query.update(name="x"),
        lambda query: query.delete(),
        lambda query: list(query.iterator()),
        lambda query: list(query.values_list("id")),
        lambda query: query.filter(name="Amt").in_bulk(),
    ],
)
def test_unscoped_query_fails(mandant: Mandant, evaluate: object) -> None:
    with pytest.raises(UnscopedQueryError):
        evaluate(Organisationseinheit.objects.all())  # type: ignore[operator]


def test_scoped_query_sees_only_its_mandant(mandant: Mandant, other_mandant: Mandant) -> None:
    assert [unit.mandant for unit in Organisationseinheit.objects.for_mandant(mandant)] == [mandant]


def test_rows_reached_through_a_row_need_no_second_scope(mandant: Mandant) -> None:
    membership = make_membership(mandant, Rolle.LEITUNG)

    assert list(membership.person.mitgliedschaften.all()) == [membership]
    assert membership.einheit.mitgliedschaften.count() == 1  # type: ignore[union-attr, misc]


def test_unscoped_needs_a_reason(mandant: Mandant) -> None:
    with pytest.raises(UnscopedQueryError):
        Organisationseinheit.objects.unscoped("")
    assert Organisationseinheit.objects.unscoped("Auswertung über alle Mandanten").count() == 1
