"""Components render what they are given, and forms say what is wrong beside the field."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory


def render(source: str, **context: Any) -> str:
    return Template(source).render(Context(context))


def test_alert_names_kind_title_and_text() -> None:
    html = render('{% alert "error" "Fehlt etwas" "Bitte ergänzen." %}')

    assert "kern-alert--danger" in html
    assert "Fehlt etwas" in html
    assert "Bitte ergänzen." in html


def test_unknown_kind_of_badge_is_neutral() -> None:
    assert "kern-badge--info" in render('{% badge "neu" "lila" %}')


@pytest.mark.security
def test_components_escape_what_people_wrote() -> None:
    html = render('{% bubble "Sie" text own=True %}{% empty text %}', text="<b onclick=x>")

    assert "<b onclick" not in html
    assert html.count("&lt;b onclick=x&gt;") == 2


def test_progress_of_nothing_does_not_divide_by_zero() -> None:
    assert 'max="1"' in render('{% progress "p" "Index" 0 0 %}')


def test_steps_say_in_words_which_are_done() -> None:
    html = render("{% steps liste %}", liste=[{"label": "Lesen", "state": "done"}, {"label": "Prüfen", "state": "now"}])

    assert "(erledigt)" in html
    assert 'aria-current="step"' in html


def test_trace_labels_every_cell_for_narrow_screens() -> None:
    row = {"label": "Miete", "basis": "§ 11 WoGG", "value": "335 €", "state_label": "belegt", "kind": "success"}
    html = render('{% trace "Nachweis" zeilen %}', zeilen=[row])

    assert html.count("data-label=") == 4


def test_pages_keep_the_filter() -> None:
    request = RequestFactory().get("/?suche=hund&seite=2")
    page = Paginator(range(30), 10).get_page(2)
    html = render("{% pages page %}", page=page, request=request)

    assert "?suche=hund&amp;seite=1" in html
    assert "?suche=hund&amp;seite=3" in html


class ProbeForm(forms.Form):
    name = forms.CharField(label="Name", help_text="Wie im Ausweis.")
    art = forms.ChoiceField(label="Art", choices=[("a", "A")])
    zustimmung = forms.BooleanField(label="Ich stimme zu")
    notiz = forms.CharField(label="Notiz", required=False)


def test_form_ties_labels_hints_and_errors_to_their_fields() -> None:
    html = ProbeForm({"name": ""}).render()

    assert '<label class="kern-label" for="id_name">' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'href="#id_name"' in html
    assert "kern-form-input__select-wrapper" in html
    assert "kern-form-check__checkbox" in html
    assert "(freiwillig)" in html


def test_error_message_is_announced_with_its_field() -> None:
    html = ProbeForm({"name": "", "art": "a", "zustimmung": "on"}).render()

    assert "id_name_helptext id_name_error" in html


@pytest.mark.parametrize("target", ["https://boese.example/", "//boese.example", "javascript:alert(1)"])
@pytest.mark.security
def test_choosing_the_appearance_leads_nowhere_else(client: Any, mandant: object, target: str) -> None:
    response = client.post("/darstellung/", {"thema": "dark", "next": target})

    assert response["Location"] == "/"
    assert response.cookies["thema"].value == "dark"


def test_appearance_as_the_device_has_it_forgets_the_choice(client: Any, mandant: object) -> None:
    client.cookies["thema"] = "dark"
    response = client.post("/darstellung/", {"thema": "", "next": "/wissen/"})

    assert response["Location"] == "/wissen/"
    assert response.cookies["thema"].value == ""


def test_unknown_language_is_ignored(client: Any, mandant: object) -> None:
    assert "django_language" not in client.post("/darstellung/", {"sprache": "xx-yy"}).cookies
