"""The first Administration of a Mandant."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from leitplanke.base.accounts.founding import Founding, FoundingError, found_mandant
from leitplanke.base.accounts.models import Mandant, Mitgliedschaft
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.evidence.models import Leaf

FOUNDING = Founding(
    name="Stadt Neu",
    kurz="neu",
    host="KI.Neu.example",
    email="Alex@neu.example",
    vorname="Alex",
    nachname="Neu",
    password="ein-langes-kennwort-77",
)


def test_founded_mandant_has_an_administration_who_can_sign_in(db: None) -> None:
    mandant = found_mandant(FOUNDING)
    membership = Mitgliedschaft.objects.for_mandant(mandant).get()

    assert membership.rolle == Rolle.ADMINISTRATION
    assert membership.person.check_password(FOUNDING.password)
    assert mandant.hosts.get().host == "ki.neu.example"
    assert Leaf.objects.for_mandant(mandant).get().code == "account.mandant_founded"


def test_second_mandant_under_the_same_host_is_refused(db: None) -> None:
    found_mandant(FOUNDING)
    other = Founding("Stadt Zwei", "zwei", "ki.neu.example", "b@zwei.example", "B", "Z", FOUNDING.password)

    with pytest.raises(FoundingError, match=r"ki\.neu\.example"):
        found_mandant(other)


def test_weak_password_leaves_nothing_behind(db: None) -> None:
    weak = Founding("Stadt Neu", "neu", "ki.neu.example", "a@neu.example", "A", "N", "kurz")

    with pytest.raises(ValidationError):
        found_mandant(weak)
    assert not Mandant.objects.exists()
