"""Reverse mode: the person decides first, and sees only then what the rules say."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse

from leitplanke.apps.antrag import assigning, deciding, judging, readiness, reversing
from leitplanke.apps.antrag.calculating import result_of
from leitplanke.apps.antrag.doing import machine
from leitplanke.apps.antrag.models import Antrag, Entscheidungsart, Vorentscheidung
from leitplanke.base.evidence.models import Leaf
from leitplanke.core.verfahren.acts import WrongOriginatorError, WrongStateError

from .conftest import JUDGEMENTS, Office

if TYPE_CHECKING:
    from django.http import HttpResponse

FIRST = reversing.First("bewilligung", "Die Miete ist angemessen.", Decimal("100.00"), ("§ 19 WoGG", "§ 99 SGB X"))


@pytest.fixture
def antrag(office: Office) -> Antrag:
    office.einstellung.mensch_zuerst = True
    office.einstellung.save()
    antrag = office.application()
    return assigning.begin(antrag.pk, office.doer(antrag))


@pytest.fixture
def clerk(office: Office) -> Client:
    client = Client()
    assert office.clerk.person is not None
    client.force_login(office.clerk.person)
    return client


def page(client: Client, antrag: Antrag, query: str = "") -> str:
    return client.get(reverse("antrag:akte", args=[antrag.kennung]) + query).content.decode()


def send(client: Client, antrag: Antrag, **data: Any) -> HttpResponse:
    antrag.refresh_from_db()
    address = reverse("antrag:vorentscheidung", args=[antrag.kennung])
    return client.post(address, {"fassung": antrag.fassung, **data})  # type: ignore[return-value]


def amount_in_words(antrag: Antrag) -> str:
    return f"{antrag.betrag_von:.0f} EUR"


def test_nothing_of_the_rules_is_shown_before_the_first_decision(clerk: Client, antrag: Antrag) -> None:
    shown = page(clerk, antrag)
    judgement = page(clerk, antrag, "?urteil=missbraeuchlich")
    assert antrag.betrag_von is not None
    for text in (shown, judgement):
        assert amount_in_words(antrag) not in text
        assert "Berechnung bis jetzt" not in text
        assert "Noch möglich" not in text
        assert "ak-options" not in text
        assert "Vermögen über dem Richtwert" not in text
    answer = clerk.get(reverse("antrag:akte_nachweis", args=[antrag.kennung]))
    assert answer.status_code == 302


def test_afterwards_the_rules_are_shown_with_deviations_and_forgotten_norms(clerk: Client, antrag: Antrag) -> None:
    answer = send(
        clerk,
        antrag,
        art="ablehnung",
        betrag="1.250,00",
        normen="§ 19 WoGG\n§ 99 SGB X",
        begruendung="Das reicht so nicht.",
    )
    assert answer.status_code == 302
    row = Vorentscheidung.objects.for_mandant(antrag.mandant).get()
    assert (row.art, row.betrag, row.normen) == ("ablehnung", Decimal("1250.00"), ["§ 19 WoGG", "§ 99 SGB X"])
    text = page(clerk, antrag)
    assert amount_in_words(antrag) in text
    assert "Berechnung bis jetzt" in text
    assert "Anderer Betrag" in text
    assert "Sie: 1.250,00 EUR" in text
    assert "Nicht genannte Norm:</strong> § 11 WoGG" in text
    assert "Sie nennen § 99 SGB X" in text
    assert "§ 19 WoGG wirkt sich aus" not in text
    assert "Nicht bedachtes Urteil" in text
    leaf = Leaf.objects.for_mandant(antrag.mandant).get(code="antrag.vorentscheiden")
    assert "reicht so nicht" not in leaf.payload


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"art": ""}, "kern-error"),
        ({"betrag": "viel"}, "„viel“ ist kein Betrag"),
        ({"normen": "Wohngeldgesetz"}, "mindestens eine Norm"),
        ({"begruendung": "Ja."}, "in eigenen Worten"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(
    clerk: Client, antrag: Antrag, change: dict[str, str], said: str
) -> None:
    given = {"art": "bewilligung", "betrag": "312", "normen": "§ 19 WoGG", "begruendung": "Die Miete ist angemessen."}
    answer = send(clerk, antrag, **(given | change))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert said in text
    for name, value in (given | change).items():
        if name != "art":
            assert value in text
    assert amount_in_words(antrag) not in text
    assert not Vorentscheidung.objects.for_mandant(antrag.mandant).exists()


def test_it_is_said_once_by_a_person_and_in_time(office: Office, antrag: Antrag) -> None:
    with pytest.raises(WrongOriginatorError):
        reversing.record_first_decision(antrag.pk, machine(antrag.mandant), FIRST)
    reversing.record_first_decision(antrag.pk, office.doer(antrag), FIRST)
    with pytest.raises(reversing.FirstDecisionError, match="schon"):
        reversing.record_first_decision(antrag.pk, office.doer(antrag), FIRST)
    Vorentscheidung.objects.for_mandant(antrag.mandant).all().delete()
    Antrag.objects.for_mandant(antrag.mandant).filter(pk=antrag.pk).update(stand="abgegeben")
    with pytest.raises(WrongStateError):
        reversing.record_first_decision(antrag.pk, office.doer(antrag), FIRST)


def test_nobody_decides_before_the_first_decision(office: Office, antrag: Antrag) -> None:
    draft = readiness.Draft(Entscheidungsart.BEWILLIGUNG)
    with pytest.raises(readiness.NotReadyError, match="zuerst der Mensch"):
        deciding.prepare(antrag.pk, office.doer(antrag), draft)


def test_who_agrees_with_the_rules_is_told_so(office: Office, antrag: Antrag, clerk: Client) -> None:
    for name, wert in JUDGEMENTS.items():
        reasons = judging.Reasons(eigene=f"Zu {name} gilt hier nach Aktenlage nichts anderes.")
        judging.judge(antrag.pk, office.doer(antrag), name, wert, reasons)
    antrag.refresh_from_db()
    result = result_of(antrag)
    said = reversing.rules_say(result)
    first = reversing.First(said.arten[0], "Alles spricht dafür.", said.low, tuple(said.normen.values()))
    reversing.record_first_decision(antrag.pk, office.doer(antrag), first)
    assert "stimmen überein" in page(clerk, antrag)


def test_without_the_mode_there_is_no_first_decision(office: Office, clerk: Client) -> None:
    antrag = office.application()
    assert send(clerk, antrag, art="bewilligung").status_code == 404
