"""The self-assessment: nothing counts without evidence, what is old expires, what was kept stays."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import docx
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from leitplanke.apps.leitlinie.assessing import (
    Shown,
    assessment,
    hash_of,
    show_proof,
    states_of,
    take_snapshot,
    withdraw_proof,
)
from leitplanke.apps.leitlinie.collecting import House
from leitplanke.apps.leitlinie.doing import WrongStateError
from leitplanke.apps.leitlinie.library import points
from leitplanke.apps.leitlinie.models import Selbstbewertung, Selbstnachweis
from leitplanke.base.accounts.access import Actor
from leitplanke.base.accounts.models import Mandant
from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.evidence.models import Leaf
from leitplanke.core.guideline.assessing import State
from tests.adopting import adopt
from tests.factories import make_actor, make_membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(mandant: Mandant) -> Actor:
    return make_actor(mandant, Rolle.KI_BEAUFTRAGTE)


def shown(days_ago: int = 0, point: str = "barrierefrei", **changes: Any) -> Shown:
    day = timezone.localdate() - timedelta(days=days_ago)
    return Shown(**{"point": point, "text": "Bericht", "url": "https://stadt.example/b", "day": day, **changes})


def states(mandant: Mandant) -> dict[str, State]:
    return {row.point.key: row.state for one in assessment(House(mandant)) for row in one.points}


def test_a_town_that_has_shown_nothing_has_nothing_proved(mandant: Mandant) -> None:
    found = states(mandant)
    assert found.keys() == {point.key for point in points()}
    assert State.BELEGT not in found.values()


def test_the_house_sees_what_is_adopted_and_who_signed(mandant: Mandant) -> None:
    adopt(mandant)
    found = states(mandant)
    assert found["leitlinie_oeffentlich"] is State.BELEGT
    assert found["mitreden"] is State.BELEGT
    assert found["mensch_entscheidet"] is State.BELEGT
    assert found["gelesen"] is State.OFFEN


def test_what_is_shown_counts_until_it_expires_or_is_withdrawn(mandant: Mandant, author: Actor) -> None:
    row = show_proof(actor=author, shown=shown(10))
    assert states(mandant)["barrierefrei"] is State.BELEGT
    Selbstnachweis.objects.for_mandant(mandant).update(gueltig_bis=timezone.localdate() - timedelta(days=1))
    assert states(mandant)["barrierefrei"] is State.OFFEN
    newer = show_proof(actor=author, shown=shown())
    withdraw_proof(actor=author, proof_id=newer.pk)
    assert states(mandant)["barrierefrei"] is State.OFFEN
    with pytest.raises(WrongStateError):
        withdraw_proof(actor=author, proof_id=newer.pk)
    codes = [leaf.code for leaf in Leaf.objects.for_mandant(mandant).order_by("pk")]
    assert codes == ["leitlinie.selbst_gezeigt"] * 2 + ["leitlinie.selbst_zurueckgezogen"]
    assert row.gueltig_bis > timezone.localdate()


@pytest.mark.parametrize(
    "wrong",
    [shown(-1), shown(5000), shown(point="gibt_es_nicht"), shown(point="geschult"), shown(text=" "), shown(url="")],
    ids=["future", "too old", "unknown", "counted by the house", "no words", "no address"],
)
def test_what_shows_nothing_is_refused(author: Actor, wrong: Shown) -> None:
    with pytest.raises(WrongStateError):
        show_proof(actor=author, shown=wrong)


def test_a_kept_state_tells_progress_and_names_its_hash(mandant: Mandant, author: Actor) -> None:
    first = take_snapshot(actor=author)
    show_proof(actor=author, shown=shown())
    second = take_snapshot(actor=author)
    assert (first.nummer, second.nummer) == (1, 2)
    assert (states_of(first)["barrierefrei"], states_of(second)["barrierefrei"]) == ("offen", "belegt")
    kept = Selbstbewertung.objects.for_mandant(mandant).get(nummer=2)
    assert hash_of(kept.ergebnis) == kept.ergebnis_sha256
    client = Client()
    client.force_login(make_membership(mandant, Rolle.RAT).person)
    page = client.get(reverse("leitlinie:selbst_stand", args=[2])).content.decode()
    assert "vorher offen, jetzt belegt" in page
    pdf = client.get(reverse("leitlinie:selbst_bericht", args=[2, "pdf"]))
    text = "".join(sheet.extract_text() for sheet in PdfReader(BytesIO(pdf.content)).pages)
    assert "Unterschrift" in text
    assert kept.ergebnis_sha256[:20] in text.replace("\n", "").replace(" ", "")
    word = docx.Document(BytesIO(client.get(reverse("leitlinie:selbst_bericht", args=[2, "docx"])).content))
    assert "Unterschriften" in [paragraph.text for paragraph in word.paragraphs]


def test_only_authors_show_and_keep_and_only_in_their_town(
    mandant: Mandant, other_mandant: Mandant, author: Actor
) -> None:
    council = make_actor(mandant, Rolle.RAT)
    row = show_proof(actor=author, shown=shown())
    with pytest.raises(NotPermittedError):
        show_proof(actor=council, shown=shown())
    with pytest.raises(NotPermittedError):
        withdraw_proof(actor=council, proof_id=row.pk)
    with pytest.raises(NotPermittedError):
        take_snapshot(actor=council)
    with pytest.raises(Selbstnachweis.DoesNotExist):
        withdraw_proof(actor=make_actor(other_mandant, Rolle.KI_BEAUFTRAGTE), proof_id=row.pk)
    assert states(other_mandant)["barrierefrei"] is State.OFFEN


def test_the_pages_take_a_proof_and_say_what_is_wrong(mandant: Mandant) -> None:
    client = Client()
    client.force_login(make_membership(mandant, Rolle.KI_BEAUFTRAGTE).person)
    address = reverse("leitlinie:selbst_punkt", args=["barrierefrei"])
    values = {"text": "Bericht", "url": "https://stadt.example/b", "am": "1999-01-01"}
    assert client.post(address, values).status_code == 422
    assert client.post(address, {**values, "am": timezone.localdate().isoformat()}).status_code == 302
    page = client.get(reverse("leitlinie:selbstbewertung")).content.decode()
    assert "https://stadt.example/b" in page
    assert client.post(reverse("leitlinie:selbst_festhalten")).status_code == 302
    reader = Client()
    reader.force_login(make_membership(mandant, Rolle.RAT).person)
    assert reader.post(address, {**values, "am": timezone.localdate().isoformat()}).status_code == 403
