"""What an attacker tries on the register: each of these was open once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from leitplanke.apps.register import declaring, entries, rating, releasing
from leitplanke.apps.register.evaluating import EvaluatingError, evaluate_file, fix_plan
from leitplanke.apps.register.gate_facts import gate_facts
from leitplanke.apps.register.models import Eintrag, Eintragsfassung, Erklaerungsart
from leitplanke.apps.register.papers import complete_paper, newest_of, newest_public
from leitplanke.base.accounts.access import Actor
from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.base.accounts.roles import Rolle
from leitplanke.core.register.lifecycle import LifecycleError, SamePersonError, WrongStateError
from leitplanke.core.register.papers import vorlagen
from tests.apps.register.test_pruefung import FOLDER, PLAN
from tests.factories import make_actor

pytestmark = pytest.mark.django_db


def test_one_person_does_not_undo_a_suspension_by_way_of_a_new_trial(team: Any) -> None:
    eintrag = team.released()
    releasing.suspend(actor=team.privacy, eintrag_id=eintrag.pk, text="Falsche Antworten.")
    releasing.ask_release(actor=team.head, eintrag_id=eintrag.pk)
    releasing.send_back(actor=team.head, eintrag_id=eintrag.pk, text="Noch einmal ansehen.")
    with pytest.raises(SamePersonError):
        releasing.try_out(actor=team.head, eintrag_id=eintrag.pk, fresh_at=timezone.now())
    releasing.try_out(actor=team.ki, eintrag_id=eintrag.pk, fresh_at=timezone.now())


def test_a_renewal_releases_only_the_version_it_was_asked_for(team: Any) -> None:
    eintrag = team.released()
    eintrag = entries.change_entry(actor=team.clerk, eintrag_id=eintrag.pk, fassung=1, angaben={"modell": "anderes"})
    team.classify(eintrag)
    team.declare(eintrag)
    releasing.ask_renewal(actor=team.clerk, eintrag_id=eintrag.pk)
    entries.change_entry(actor=team.ki, eintrag_id=eintrag.pk, fassung=2, angaben={"alternative": "Keiner."})
    with pytest.raises(WrongStateError):
        releasing.release_renewal(actor=team.ki, eintrag_id=eintrag.pk, fassung=3, fresh_at=timezone.now())
    releasing.ask_renewal(actor=team.clerk, eintrag_id=eintrag.pk)
    team.classify(eintrag)
    with pytest.raises(WrongStateError):
        releasing.release_renewal(actor=team.ki, eintrag_id=eintrag.pk, fassung=3, fresh_at=timezone.now())
    releasing.ask_renewal(actor=team.clerk, eintrag_id=eintrag.pk)
    releasing.release_renewal(actor=team.ki, eintrag_id=eintrag.pk, fassung=3, fresh_at=timezone.now())


def test_what_entry_and_classification_say_of_staff_and_persons_must_agree(team: Any) -> None:
    eintrag = team.entry(beschaeftigte_betroffen="nein", personenbezug="ja")
    team.classify(eintrag, staff_affected=True)
    assert gate_facts(eintrag)["einstufung_vollstaendig"] is False
    team.classify(eintrag, staff_affected=False, personal_data=False)
    assert gate_facts(eintrag)["einstufung_vollstaendig"] is False
    team.classify(eintrag, staff_affected=False)
    assert gate_facts(eintrag)["einstufung_vollstaendig"] is True


def test_nobody_accepts_the_responsibility_of_another(team: Any) -> None:
    eintrag = team.entry()
    other = make_actor(team.mandant, Rolle.SACHBEARBEITUNG)
    deputy = Actor(team.mandant, other.person, other.memberships, acting_for=team.head.memberships)
    with pytest.raises(NotPermittedError):
        declaring.declare(actor=deputy, eintrag_id=eintrag.pk, art=Erklaerungsart.VERANTWORTUNG, ergebnis="angenommen")


def test_who_has_left_answers_for_nothing(team: Any) -> None:
    eintrag = team.ready()
    member = team.head.memberships[0]
    assert gate_facts(eintrag)["verantwortung"] is True
    type(member).objects.for_mandant(team.mandant).filter(pk=member.pk).update(
        bis=timezone.localdate() - timedelta(days=1)
    )
    eintrag.refresh_from_db()
    assert gate_facts(eintrag)["verantwortung"] is False


def test_a_plan_of_another_entry_is_refused(team: Any) -> None:
    eintrag = team.entry()
    with pytest.raises(LifecycleError):
        fix_plan(actor=team.ki, eintrag_id=eintrag.pk, text=PLAN.replace("system: {", "system: {eintrag: anderer, "))


def test_data_collected_for_another_system_do_not_count_for_this_one(team: Any) -> None:
    eintrag = team.entry()
    plan = fix_plan(actor=team.ki, eintrag_id=eintrag.pk, text=PLAN)
    entries.change_entry(actor=team.clerk, eintrag_id=eintrag.pk, fassung=1, angaben={"modell": "anderes"})
    with pytest.raises(EvaluatingError):
        evaluate_file(actor=team.ki, plan_id=plan.pk, data=(FOLDER / "wohngeld-vollstaendigkeit.csv").read_bytes())


@pytest.mark.parametrize("nummer", ["99", "9" * 40])
def test_a_case_that_is_not_there_is_no_failure(team: Any, client: Any, nummer: str) -> None:
    plan = fix_plan(actor=team.ki, eintrag_id=team.entry().pk, text=PLAN)
    client.force_login(team.ki.person)
    address = f"/register/bewertung/{plan.public_id}/beurteilen/"
    assert client.post(address, {"nummer": nummer, "wert": "ja"}).status_code == 422


HEAD = b"sachverhalt;ki;sprache;haushalt;dringend\n"


@pytest.mark.parametrize("data", [b"a" * 200_000, HEAD + b'"' + b"a" * 200_000, HEAD + b"A\0;ja;a;x;ja\n"])
def test_odd_files_of_cases_are_refused(team: Any, data: bytes) -> None:
    plan = fix_plan(actor=team.ki, eintrag_id=team.entry().pk, text=PLAN)
    with pytest.raises(EvaluatingError):
        rating.load_cases(actor=team.ki, plan_id=plan.pk, data=data)


ODD_PLANS = [
    "a: " + "[" * 5000, "a: &a [x]\nb: &b [*a,*a]\n", "\x00", "tag: !!python/object/apply:os.system ['id']",
    "x: 1\n" * 3, "a: " + "{b: " * 3000,
]  # fmt: skip


@pytest.mark.parametrize("text", ODD_PLANS)
def test_odd_plans_are_refused(team: Any, client: Any, text: str) -> None:
    eintrag = team.entry()
    client.force_login(team.ki.person)
    address = f"/register/{eintrag.kuerzel}/bewertung/plan/"
    answer = client.post(address, {"hochladen": "ja", "datei": SimpleUploadedFile("p.yaml", text.encode())})
    assert answer.status_code == 422


def test_public_papers_and_forms_say_nothing_of_staff_nor_of_a_version_in_work(team: Any, client: Any) -> None:
    eintrag = team.released()
    entries.change_entry(
        actor=team.clerk, eintrag_id=eintrag.pk, fassung=1, angaben={"modell": "Geheim 2"}, name="Geheimer Name"
    )
    team.classify(eintrag, domain="none", emotion_or_biometric_cat_exposed=True)
    Eintragsfassung.objects.for_mandant(team.mandant).filter(eintrag=eintrag, nummer=2).update(name="Geheimer Name")
    complete_paper(actor=team.ki, eintrag_id=eintrag.pk, art="steckbrief")
    row = newest_of(Eintrag.objects.for_mandant(team.mandant).get(), "steckbrief")
    text = str(row.inhalt)
    assert team.head.person.name not in text
    assert "Geheim" not in text
    assert row.fassung.nummer == 1
    for page in (client.get("/ki-register/"), client.get(f"/ki-register/{eintrag.kuerzel}/melden/")):
        assert page.status_code == 200
        assert "Geheim" not in page.content.decode()


def test_a_public_paper_of_a_version_that_was_never_published_stays_inside(team: Any) -> None:
    eintrag = team.entry()
    team.classify(eintrag)
    complete_paper(actor=team.ki, eintrag_id=eintrag.pk, art="steckbrief")
    eintrag = entries.change_entry(
        actor=team.clerk, eintrag_id=eintrag.pk, fassung=1, angaben={"speicherdauer": "Keine."}
    )
    releasing.examine(actor=team.clerk, eintrag_id=eintrag.pk)
    team.classify(eintrag)
    team.declare(eintrag)
    releasing.ask_release(actor=team.clerk, eintrag_id=eintrag.pk)
    found = releasing.release(actor=team.ki, eintrag_id=eintrag.pk, fassung=2, fresh_at=timezone.now())
    assert newest_public(found, vorlagen()["steckbrief"]) is None
    complete_paper(actor=team.ki, eintrag_id=eintrag.pk, art="steckbrief")
    assert newest_public(found, vorlagen()["steckbrief"]) is not None
