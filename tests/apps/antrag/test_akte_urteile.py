"""Judgements, text blocks and messages on the desk of a case, through HTTP."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from leitplanke.apps.antrag import judging, messages, textbausteine
from leitplanke.apps.antrag.doing import citizen
from leitplanke.apps.antrag.models import (
    Antrag,
    Textbaustein,
    Urteil,
)
from leitplanke.base.accounts.models import Organisationseinheit
from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.base.evidence.models import Leaf

from .akte import begun, desk, send, signed_in
from .conftest import Office

# Judgements.


def judgement_form(page: str) -> str:
    found = re.search(r'<form method="post" action="[^"]*/urteil/[^"]*".*?</form>', page, re.DOTALL)
    assert found is not None
    return found[0]


@pytest.mark.parametrize("name", ["einstehensgemeinschaft", "missbraeuchlich", "bewilligungsdauer"])
def test_the_form_of_an_open_judgement_is_empty(clerk: Client, antrag: Antrag, name: str) -> None:
    form = judgement_form(desk(clerk, antrag, f"?urteil={name}"))
    assert " checked" not in form
    assert " selected" not in form
    assert re.findall(r"<textarea[^>]*>\s*([^<]*)</textarea>", form) == [""]
    hidden = {"csrfmiddlewaretoken", "fassung"}
    filled = re.findall(r'<input type="(?!radio)[^"]*" name="([^"]+)"[^>]* value="[^"]', form)
    assert set(filled) <= hidden


def test_the_form_of_a_judgement_made_is_empty_too(office: Office, clerk: Client, antrag: Antrag) -> None:
    reasons = judging.Reasons(eigene="Das Vermögen liegt weit unter dem Richtwert.")
    judging.judge(antrag.pk, office.doer(antrag), "missbraeuchlich", wert=False, reasons=reasons)
    page = desk(clerk, antrag, "?urteil=missbraeuchlich")
    assert "weit unter dem Richtwert" in page
    assert " checked" not in judgement_form(page)
    assert "weit unter" not in judgement_form(page)


def test_options_stand_in_the_order_of_the_rules_without_a_word_on_which_is_right(
    clerk: Client, antrag: Antrag
) -> None:
    page = desk(clerk, antrag, "?urteil=missbraeuchlich")
    table = page[page.index("ak-options") :].partition("</table>")[0]
    assert re.findall(r'<th scope="row">(\w+)', table) == ["ja", "nein"]
    assert not re.search("empf|vorgeschlagen|richtig", table, re.IGNORECASE)
    assert "Höhe und Verwertbarkeit des Vermögens" in page
    assert "Richtwert für erhebliches Vermögen" in page


def test_a_judgement_is_kept_with_its_reasons(clerk: Client, antrag: Antrag) -> None:
    words = "Das Vermögen von 2.000 Euro ist nicht erheblich."
    answer = send(clerk, "urteil", antrag, "missbraeuchlich", wert="nein", begruendung=words)
    assert answer.status_code == 302
    row = Urteil.objects.for_mandant(antrag.mandant).get()
    assert (row.wert, row.begruendung) == (False, words)
    assert words in desk(clerk, antrag)


@pytest.mark.parametrize(("words", "said"), [("", "in eigenen Worten"), ("ja", "in eigenen Worten")])
def test_reasons_that_are_none_come_back_at_the_field(clerk: Client, antrag: Antrag, words: str, said: str) -> None:
    answer = send(clerk, "urteil", antrag, "missbraeuchlich", wert="nein", begruendung=words)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in judgement_form(page)
    assert 'value="nein"' in page
    assert " checked" in judgement_form(page)


def test_reasons_copied_from_another_case_are_refused_and_stay_in_the_field(office: Office, clerk: Client) -> None:
    words = "Das Vermögen ist nach Aktenlage nicht erheblich."
    first, second = (begun(office, office.application(name=name)) for name in ("Eins", "Zwei"))
    send(clerk, "urteil", first, "missbraeuchlich", wert="nein", begruendung=words)
    answer = send(clerk, "urteil", second, "missbraeuchlich", wert="nein", begruendung=words.upper())
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "wörtlich schon in einem anderen Vorgang" in page
    assert words.upper() in judgement_form(page)


def test_a_text_block_alone_is_no_reason(office: Office, clerk: Client, antrag: Antrag) -> None:
    block = block_of(office, "Richtwert", "Vermögen unter dem Richtwert steht dem Anspruch nicht entgegen.")
    page = judgement_form(desk(clerk, antrag, "?urteil=missbraeuchlich"))
    assert re.findall(r'value="([^"]*)" selected', page) == [""]  # „keiner“
    assert block.titel in page
    answer = send(clerk, "urteil", antrag, "missbraeuchlich", wert="nein", baustein=block.pk, begruendung="nichts")
    assert "Textbaustein allein genügt nicht" in answer.content.decode()
    send(
        clerk,
        "urteil",
        antrag,
        "missbraeuchlich",
        wert="nein",
        baustein=block.pk,
        begruendung="Nur ein Sparbuch ist da.",
    )
    row = Urteil.objects.for_mandant(antrag.mandant).get()
    assert (row.baustein, row.besonderheit) == (block.text, "Nur ein Sparbuch ist da.")


def test_a_judgement_that_does_not_exist_is_not_found(clerk: Client, antrag: Antrag) -> None:
    assert send(clerk, "urteil", antrag, "gibt_es_nicht", wert="ja").status_code == 404


# Text blocks.


def block_of(office: Office, titel: str, text: str) -> Textbaustein:
    return textbausteine.save_block(office.head, textbausteine.Block("wohngeld", "missbraeuchlich", titel, text))


def test_the_head_keeps_text_blocks(office: Office) -> None:
    head = signed_in(office.head)
    address = reverse("antrag:textbausteine")
    data = {"wofuer": "wohngeld/missbraeuchlich", "titel": "Richtwert", "text": "Unter dem Richtwert."}
    assert head.post(address, data).status_code == 302
    assert head.post(address, data).status_code == 422  # the title is taken
    row = Textbaustein.objects.for_mandant(office.mandant).get()
    change = reverse("antrag:textbaustein", args=[row.pk])
    assert "Unter dem Richtwert." in head.get(change).content.decode()
    head.post(change, {**data, "text": "Deutlich unter dem Richtwert."})
    row.refresh_from_db()
    assert row.text == "Deutlich unter dem Richtwert."
    head.post(reverse("antrag:textbaustein_loeschen", args=[row.pk]))
    assert not Textbaustein.objects.for_mandant(office.mandant).exists()
    assert Leaf.objects.for_mandant(office.mandant).filter(code="antrag.textbaustein").count() == 3


@pytest.mark.security
def test_nobody_keeps_text_blocks_of_a_procedure_of_others(office: Office) -> None:
    bau = Organisationseinheit.objects.create(mandant=office.mandant, kuerzel="bau", name="Bauamt", telefon="")
    row = block_of(office, "Richtwert", "Unter dem Richtwert.")
    office.einstellung.einheit = bau
    office.einstellung.save()
    head = signed_in(office.head)
    assert head.get(reverse("antrag:textbaustein", args=[row.pk])).status_code == 404
    assert head.post(reverse("antrag:textbaustein_loeschen", args=[row.pk])).status_code == 404
    with pytest.raises(NotPermittedError):
        block_of(office, "Zweiter", "Text genug.")


# Messages, history, notes.


def test_messages_go_to_and_fro(clerk: Client, antrag: Antrag) -> None:
    messages.write(antrag.pk, citizen(antrag.mandant), "Brauchen Sie <noch> etwas?")
    assert "1 neue" in desk(clerk, antrag)
    page = clerk.get(reverse("antrag:akte_nachrichten", args=[antrag.kennung])).content.decode()
    assert "Brauchen Sie &lt;noch&gt; etwas?" in page
    assert "1 neue" not in desk(clerk, antrag)
    assert send(clerk, "akte_nachrichten", antrag, text="").status_code == 422
    send(clerk, "akte_nachrichten", antrag, text="Nein, alles da.")
    assert antrag.mitteilungen.get(richtung="vom_amt").text == "Nein, alles da."


def test_a_note_stays_inside_and_is_in_the_history(clerk: Client, antrag: Antrag) -> None:
    assert send(clerk, "akte_verlauf", antrag, text="Telefonat am Vormittag geführt.").status_code == 302
    row = antrag.verlauf.get(was="vermerken")
    assert (row.oeffentlich, row.text) == (False, "Telefonat am Vormittag geführt.")
    page = clerk.get(reverse("antrag:akte_verlauf", args=[antrag.kennung])).content.decode()
    assert "Telefonat am Vormittag" in page
    assert "nur für das Amt" in page
