"""Evaluation: a plan before data, decisions from a file or judged blindly, a result that the gate reads."""

from __future__ import annotations

import random
from datetime import date, timedelta
from importlib import resources
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from leitplanke.apps.register import evaluating, rating
from leitplanke.apps.register.evaluating import evaluate_file, evaluation_of, fix_plan, report_of
from leitplanke.apps.register.forms_pruefung import PlanForm
from leitplanke.apps.register.gate_facts import gate_facts
from leitplanke.apps.register.models import Bewertung, Blindfall, Eintrag, Pruefplan
from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.evidence.models import Leaf
from leitplanke.core.evaluation import read_plan
from leitplanke.core.evaluation.report_json import evaluation_data
from tests.factories import make_actor

pytestmark = pytest.mark.django_db

FOLDER = resources.files("leitplanke.content") / "musterstadt" / "bewertung"
PLAN = (FOLDER / "wohngeld-vollstaendigkeit.yaml").read_text(encoding="utf-8")
FORM = {
    "titel": "Anträge vollständig?", "frage": "Erkennt die KI es so gut wie Menschen?", "art": "ja_nein",
    "ja": "Der Antrag ist vollständig", "wahrheit": "zweitpruefung_verdeckt", "wahrheit_wie": "Zwei prüfen verdeckt.",
    "menschen": "1", "merkmale": "Sprache", "mindestzahl": "10", "schwere": "nein_statt_ja", "abstand": "5",
    "abstand_gruppe": "10", "ausgleich": "8", "schwere_fehler": "2", "anzahl": "500", "uneinigkeit": "20",
    "gueltig_monate": "12",
}  # fmt: skip


def test_on_average_better_and_still_not_good_enough_for_a_group(team: Any) -> None:
    eintrag = team.entry()
    plan = fix_plan(actor=team.ki, eintrag_id=eintrag.pk, text=PLAN)
    assert Leaf.objects.for_mandant(team.mandant).get(code="register.pruefplan").payload.count(plan.sha256) == 1
    data = (FOLDER / "wohngeld-vollstaendigkeit.csv").read_bytes()
    found = evaluate_file(actor=team.ki, plan_id=plan.pk, data=data)
    assert found.verdikt == "nicht_bestanden"
    assert evaluation_data(evaluation_of(found))["criteria"] == found.ergebnis["criteria"]
    assert gate_facts(eintrag)["bewertung"] == "nicht_bestanden"


def test_report_is_made_once_for_what_it_is_made_of(team: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[tuple[int, date, str]] = []
    plan = fix_plan(actor=team.ki, eintrag_id=team.entry().pk, text=PLAN)
    lines = (FOLDER / "wohngeld-vollstaendigkeit.csv").read_bytes().splitlines(keepends=True)
    few, more = (evaluate_file(actor=team.ki, plan_id=plan.pk, data=b"".join(lines[:n])) for n in (40, 60))
    monkeypatch.setattr(evaluating, "report", lambda found, language: made.append((found.cases, found.day, language)))
    evaluating._reported.cache_clear()
    for found, language in ((few, "de"), (more, "de"), (few, "en"), (few, "de")):
        report_of(found, language)
    few.am += timedelta(days=1)
    report_of(few, "de")
    evaluating._reported.cache_clear()
    today = timezone.localdate(more.am)
    assert made == [
        (few.faelle, today, "de"), (more.faelle, today, "de"), (few.faelle, today, "en"),
        (few.faelle, today + timedelta(days=1), "de"),
    ]  # fmt: skip


def test_a_better_evaluation_prolongs_a_standing_release_and_never_opens_a_lapsed_one(team: Any) -> None:
    eintrag = team.released()
    plan = fix_plan(actor=team.ki, eintrag_id=eintrag.pk, text=PLAN)
    rows = Eintrag.objects.for_mandant(team.mandant).filter(pk=eintrag.pk)
    lines = ["fall;ki;person_1;person_2;wahrheit;sprache;haushalt;dringend"]
    draw = random.Random(3)  # noqa: S311 - made-up cases
    for number in range(2500):
        truth = draw.choice(["ja", "nein"])
        first, second = (truth if draw.random() < 0.9 else "nein" for _person in range(2))
        lines.append(f"{number};{truth};{first};{second};{truth};{draw.choice('ab')};{draw.choice('xy')};nein")
    data = "\n".join(lines).encode()
    today = timezone.localdate()
    rows.update(gueltig_bis=today - timedelta(days=1))
    assert evaluate_file(actor=team.ki, plan_id=plan.pk, data=data).verdikt == "bestanden"
    assert rows.get().gueltig_bis == today - timedelta(days=1)
    rows.update(gueltig_bis=today)
    evaluate_file(actor=team.ki, plan_id=plan.pk, data=data)
    assert rows.get().gueltig_bis > today


def test_who_is_of_another_office_does_not_evaluate(team: Any) -> None:
    eintrag = team.entry()
    with pytest.raises(NotPermittedError):
        fix_plan(actor=make_actor(team.mandant, Rolle.RAT), eintrag_id=eintrag.pk, text=PLAN)


def test_the_form_makes_a_plan_that_can_be_read(team: Any) -> None:
    form = PlanForm(FORM)
    assert form.is_valid(), form.errors
    plan = read_plan(form.as_yaml(team.entry(), date(2026, 11, 28)))
    assert plan.grenzen.abstand == 0.05
    assert [name for name, _words in plan.merkmale] == ["sprache"]


def test_from_plan_to_blind_judgements_to_a_result(team: Any, client: Any) -> None:
    eintrag = team.entry()
    client.force_login(team.ki.person)
    base = f"/register/{eintrag.kuerzel}/bewertung/"
    shown = client.post(f"{base}plan/", {**FORM, "berechnen": "ja"})
    assert shown.status_code == 200
    assert Pruefplan.objects.for_mandant(team.mandant).count() == 0
    assert client.post(f"{base}plan/", {**FORM, "frage": ""}).status_code == 422
    page = client.post(f"{base}plan/", {**FORM, "festlegen": "ja"}, follow=True)
    assert "Prüfsumme" in page.content.decode()
    plan = Pruefplan.objects.for_mandant(team.mandant).get()
    own = f"/register/bewertung/{plan.public_id}/"
    cases = "fall;name;sachverhalt;ki;sprache\n" + "".join(
        f"{n};Aylin Demirel;Antrag {n} mit allen Anlagen.;ja;{'deutsch' if n % 2 else 'andere'}\n" for n in range(20)
    )
    client.post(f"{own}faelle/", {"datei": SimpleUploadedFile("f.csv", cases.encode())})
    assert Blindfall.objects.for_mandant(team.mandant).count() == 20
    assert not Blindfall.objects.for_mandant(team.mandant).filter(sachverhalt__contains="Aylin").exists()
    for number in range(20):
        seen = client.get(f"{own}beurteilen/").content.decode()
        assert f"Fall {number + 1} von 20" in seen
        client.post(f"{own}beurteilen/", {"nummer": number + 1, "wert": "ja"})
    assert "alle Fälle beurteilt" in client.get(f"{own}beurteilen/").content.decode()
    assert "nicht verdeckt" in client.get(f"{own}klaeren/").content.decode()
    client.force_login(team.head.person)
    assert "Plätze sind vergeben" in client.get(f"{own}beurteilen/").content.decode()
    for number in range(20):
        client.post(f"{own}klaeren/", {"nummer": number + 1, "wert": "ja"})
    result = client.post(f"{own}auswerten/", {"gesammelt": "ja"}, follow=True)
    assert Bewertung.objects.for_mandant(team.mandant).get().verdikt == "unzureichend"
    assert "Unzureichend" in result.content.decode()
    address = result.redirect_chain[-1][0]
    assert client.get(f"{address}bild/fehler.svg")["Content-Type"] == "image/svg+xml"
    for ending in ("pdf", "html", "json"):
        assert client.get(f"{address}bericht.{ending}").status_code == 200


def test_a_judgement_is_final_and_cases_stay_once_somebody_judged(team: Any) -> None:
    eintrag = team.entry()
    form = PlanForm(FORM)
    form.is_valid()
    plan = fix_plan(actor=team.ki, eintrag_id=eintrag.pk, text=form.as_yaml(eintrag, date(2026, 11, 28)))
    data = b"sachverhalt,ki,sprache\nEins,ja,a\nZwei,nein,b\n"
    assert rating.load_cases(actor=team.ki, plan_id=plan.pk, data=data) == 2
    rating.rate(actor=team.clerk, plan_id=plan.pk, nummer=1, wert="ja", zweitblick=False)
    with pytest.raises(rating.EvaluatingError, match="schon beurteilt"):
        rating.rate(actor=team.clerk, plan_id=plan.pk, nummer=1, wert="nein", zweitblick=False)
    with pytest.raises(rating.EvaluatingError, match="schon beurteilt"):
        rating.load_cases(actor=team.ki, plan_id=plan.pk, data=data)
