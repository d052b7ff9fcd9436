"""What happens afterwards: kept content is deleted in time, use goes to the register by purpose."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from leitplanke.apps.gateway.booking import book_current
from leitplanke.apps.register.models import Eintrag
from leitplanke.base.llm.models import Aufruf, Fallschluessel, Gespeichert
from leitplanke.base.llm.retention import delete_expired
from tests.apps.gateway.test_verbs import kept

if TYPE_CHECKING:
    from tests.apps.gateway.conftest import House

pytestmark = pytest.mark.django_db


def test_kept_content_and_its_key_go_when_their_time_is_over(house: House) -> None:
    kept(house.mandant)
    assert delete_expired(house.mandant) == 0
    past = timezone.localdate() - timedelta(days=1)
    Gespeichert.objects.for_mandant(house.mandant).update(loeschen_am=past)
    Fallschluessel.objects.for_mandant(house.mandant).update(loeschen_am=past)
    assert delete_expired(house.mandant) == 1
    assert not Fallschluessel.objects.for_mandant(house.mandant).exists()
    assert Aufruf.objects.for_mandant(house.mandant).count() == 1
    Aufruf.objects.for_mandant(house.mandant).update(begonnen_am=timezone.now() - timedelta(days=500))
    delete_expired(house.mandant)
    assert not Aufruf.objects.for_mandant(house.mandant).exists()


def test_use_is_booked_by_purpose_and_never_over_what_a_person_entered(house: House) -> None:
    for outcome in ("beantwortet", "beantwortet", "abgelehnt"):
        Aufruf.objects.create(
            mandant=house.mandant, zweck="assistenz", art="chat", ausgang=outcome, wh_von=1_000_000, wh_bis=3_000_000,
            eur_millionstel=500_000,
        )  # fmt: skip
    assert book_current(house.mandant) == 1
    assert book_current(house.mandant) == 0
    rows = Eintrag.objects.for_mandant(house.mandant).get(schluessel="assistenz").verbrauch
    assert dict(rows.values_list("groesse", "wert")) == {
        "anfragen": Decimal(2), "energie": Decimal(4), "kosten": Decimal(1),
    }  # fmt: skip
    rows.filter(groesse="kosten").update(wert=7, von=house.it.memberships[0])
    Aufruf.objects.create(
        mandant=house.mandant, zweck="assistenz", art="chat", ausgang="beantwortet", eur_millionstel=1
    )
    assert book_current(house.mandant) == 1
    assert rows.get(groesse="kosten").wert == 7
