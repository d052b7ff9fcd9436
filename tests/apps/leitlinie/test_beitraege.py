"""What people say about clauses, and what becomes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from leitplanke.apps.leitlinie.clauses import UnknownChoiceError, UnusableChoiceError
from leitplanke.apps.leitlinie.contributing import Contribution, EmptyContributionError, contribute, settle
from leitplanke.apps.leitlinie.doing import WrongStateError
from leitplanke.apps.leitlinie.models import Beitrag, Beitragsstand, Fassungsstand, Leitlinienfassung
from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.evidence.models import Leaf
from leitplanke.base.evidence.sequencer import sequence_all
from leitplanke.core.guideline import Choice
from tests.factories import make_actor

from .conftest import answered, browser

if TYPE_CHECKING:
    from leitplanke.base.accounts.access import Actor
    from leitplanke.base.accounts.models import Mandant

pytestmark = pytest.mark.django_db
LIMIT = Choice("BB48", "verbot", {"gruppe_k": "12"})


@pytest.fixture
def council(mandant: Mandant) -> Actor:
    return make_actor(mandant, Rolle.PERSONALRAT)


def suggested(council: Actor, draft: Leitlinienfassung, choice: Choice = LIMIT) -> Beitrag:
    return contribute(actor=council, contribution=Contribution(draft.pk, "BB48", "Zwölf sind besser.", choice))


def test_a_suggestion_that_is_taken_over_decides_the_clause(
    council: Actor, author: Actor, draft: Leitlinienfassung
) -> None:
    row = suggested(council, draft)
    with pytest.raises(NotPermittedError):
        settle(actor=council, beitrag_id=row.pk, outcome=Beitragsstand.UEBERNOMMEN)
    settle(actor=author, beitrag_id=row.pk, outcome=Beitragsstand.UEBERNOMMEN)
    clause = draft.klauseln.get(baustein="BB48")
    assert (clause.werte["gruppe_k"], clause.geprueft) == ("12", True)
    change = draft.klauselstaende.filter(baustein="BB48").first()
    assert change is not None
    assert change.anlass == "Vorschlag von Kim Muster übernommen"
    with pytest.raises(WrongStateError):
        settle(actor=author, beitrag_id=row.pk, outcome=Beitragsstand.ABGELEHNT, reason="doch nicht")
    sequence_all()
    codes = [leaf.code for leaf in Leaf.objects.for_mandant(draft.mandant) if leaf.code.startswith("leitlinie.")]
    assert codes == ["leitlinie.begonnen", "leitlinie.beitrag", "leitlinie.beitrag_entschieden"]


def test_a_suggestion_is_declined_with_a_reason_and_a_remark_is_done(
    council: Actor, author: Actor, draft: Leitlinienfassung
) -> None:
    row = suggested(council, draft)
    with pytest.raises(EmptyContributionError):
        settle(actor=author, beitrag_id=row.pk, outcome=Beitragsstand.ABGELEHNT, reason=" ")
    with pytest.raises(WrongStateError):
        settle(actor=author, beitrag_id=row.pk, outcome=Beitragsstand.ERLEDIGT)
    settle(actor=author, beitrag_id=row.pk, outcome=Beitragsstand.ABGELEHNT, reason="Zu grob.")
    remark = contribute(actor=council, contribution=Contribution(draft.pk, "BB48", "Gut so."))
    with pytest.raises(WrongStateError):
        settle(actor=author, beitrag_id=remark.pk, outcome=Beitragsstand.UEBERNOMMEN)
    settle(actor=author, beitrag_id=remark.pk, outcome=Beitragsstand.ERLEDIGT)
    assert draft.klauseln.get(baustein="BB48").werte == {}


def test_what_cannot_be_suggested_or_said(
    council: Actor, draft: Leitlinienfassung, other_mandant: Mandant
) -> None:  # fmt: skip
    for choice, error in (
        (Choice("BB48", "unfug"), UnknownChoiceError),
        (Choice("BB48", "verbot", {"gruppe_k": "-1"}), UnusableChoiceError),
    ):
        with pytest.raises(error):
            suggested(council, draft, choice)
    with pytest.raises(EmptyContributionError):
        contribute(actor=council, contribution=Contribution(draft.pk, "BB48", " "))
    with pytest.raises(Leitlinienfassung.DoesNotExist):
        suggested(make_actor(other_mandant, Rolle.PERSONALRAT), draft)
    row = suggested(council, draft)
    with pytest.raises(Beitrag.DoesNotExist):
        settle(
            actor=make_actor(other_mandant, Rolle.KI_BEAUFTRAGTE), beitrag_id=row.pk, outcome=Beitragsstand.UEBERNOMMEN
        )
    with pytest.raises(Beitrag.DoesNotExist):
        contribute(actor=council, contribution=Contribution(draft.pk, "BB12", "Dazu?", answers=row.pk))


def test_while_it_is_signed_off_one_may_suggest_but_nothing_is_taken_over(
    council: Actor, author: Actor, draft: Leitlinienfassung
) -> None:
    Leitlinienfassung.objects.for_mandant(draft.mandant).update(stand=Fassungsstand.MITZEICHNUNG)
    row = suggested(council, draft)
    with pytest.raises(WrongStateError):
        settle(actor=author, beitrag_id=row.pk, outcome=Beitragsstand.UEBERNOMMEN)
    Leitlinienfassung.objects.for_mandant(draft.mandant).update(stand=Fassungsstand.VERWORFEN)
    with pytest.raises(WrongStateError):
        suggested(council, draft)


def test_people_talk_on_the_page_of_the_clause(council: Actor, author: Actor, draft: Leitlinienfassung) -> None:
    staff, boss = browser(council), browser(author)
    home = reverse("leitlinie:klausel", args=[draft.nummer, "BB48"])
    sent = {"option": "verbot", "wert_gruppe_k": "12", "aktion": "vorschlagen"}
    for name in ("rolle_eins", "rolle_zwei"):
        sent[f"wert_{name}"] = "Datenschutz"
    assert "warum Sie das vorschlagen" in answered(staff, home, sent, 422)
    assert staff.post(home, sent | {"anlass": "Zwölf sind besser."}).status_code == 302
    row = draft.beitraege.get()
    assert staff.post(f"{home}beitrag/", {"text": "Bitte bald.", "antwort_auf": str(row.pk)}).status_code == 302
    text = answered(boss, home)
    assert text.index("Zwölf sind besser.") < text.index("Bitte bald.") < text.index("Vorschlag übernehmen")
    assert "1 offener Beitrag" in answered(boss, reverse("leitlinie:fassung", args=[draft.nummer]))
    settled = reverse("leitlinie:beitrag_entscheiden", args=[draft.nummer, row.pk])
    assert boss.post(settled, {"stand": "unfug"}).status_code == 404
    assert "Bitte schreiben Sie, warum" in boss.post(settled, {"stand": "abgelehnt"}, follow=True).content.decode()
    boss.post(settled, {"stand": "uebernommen"})
    assert draft.klauseln.get(baustein="BB48").werte["gruppe_k"] == "12"
    assert staff.post(settled, {"stand": "abgelehnt"}).status_code == 403
