"""What holds goes into Wissen by a person's act, and the assistant quotes it with the numbers of its clauses."""

from __future__ import annotations

from functools import partial

import pytest

from leitplanke.apps.leitlinie.doing import WrongStateError
from leitplanke.apps.leitlinie.sourcing import put_into_wissen
from leitplanke.apps.wissen import index, sources
from leitplanke.apps.wissen.models import Fassung, Stand, Wissensraum
from leitplanke.apps.wissen.sources import read, release_source
from leitplanke.base.accounts.access import Actor
from leitplanke.base.accounts.models import Mandant
from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.base.accounts.roles import Rolle
from leitplanke.base.evidence.models import Leaf
from leitplanke.core.guideline import Example
from leitplanke.core.retrieval.extract import extract
from tests.adopting import adopt, held_since
from tests.apps.leitlinie.conftest import answered, browser
from tests.apps.wissen.conftest import make_space
from tests.factories import make_actor

pytestmark = pytest.mark.django_db
DOCUMENTS = ["geschaeftsanweisung.md", "leitlinie.md", "praxishandbuch.md"]


@pytest.fixture(autouse=True)
def read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read without the limited process, which has tests of its own and takes a second each time."""
    here = partial(read, reader=lambda name, data, source: extract(name, data, source=source))
    monkeypatch.setattr(sources, "read", here)
    monkeypatch.setattr(index, "embed", lambda _raum, **_until: True)  # a minute of vectors that nobody asks for here


@pytest.fixture
def raum(mandant: Mandant) -> Wissensraum:
    return make_space(mandant, "ki-regeln")


@pytest.fixture
def author(mandant: Mandant) -> Actor:
    return make_actor(mandant, Rolle.KI_BEAUFTRAGTE)


@pytest.fixture
def head(mandant: Mandant) -> Actor:
    return make_actor(mandant, Rolle.LEITUNG)


def versions(raum: Wissensraum, stand: Stand) -> list[Fassung]:
    rows = Fassung.objects.for_mandant(raum.mandant).filter(quelle__raum=raum, stand=stand)
    return list(rows.select_related("quelle__raum", "datei", "mandant").order_by("quelle__dokument"))


def released(raum: Wissensraum, by: Actor) -> list[Fassung]:
    for row in versions(raum, Stand.ZU_PRUEFEN):
        release_source(fassung_id=row.pk, actor=by)
    return versions(raum, Stand.FREIGEGEBEN)


def test_three_documents_come_in_and_wait_for_a_second_person(raum: Wissensraum, author: Actor, head: Actor) -> None:
    version = adopt(raum.mandant, Example.AUSGEWOGEN)
    put_into_wissen(actor=author, version_id=version.pk, space=raum.kurz)
    waiting = versions(raum, Stand.ZU_PRUEFEN)
    assert [row.quelle.dokument for row in waiting] == DOCUMENTS
    with pytest.raises(NotPermittedError, match="zweite Person"):
        release_source(fassung_id=waiting[0].pk, actor=author)
    instruction, *_others = released(raum, head)
    assert (instruction.gueltig_von, instruction.dateiname) == (version.gilt_ab, "geschaeftsanweisung-fassung-1.md")
    assert any(block["section"].startswith("5.3 Man sieht, was von der KI ist") for block in instruction.bloecke)
    leaf = Leaf.objects.for_mandant(raum.mandant).get(code="leitlinie.in_wissen")
    assert "leitlinie.md#1" in leaf.payload
    assert raum.kurz in leaf.payload


def test_a_newer_version_replaces_the_older_one_of_the_same_source(
    raum: Wissensraum, author: Actor, head: Actor
) -> None:
    first = adopt(raum.mandant, Example.AUSGEWOGEN)
    put_into_wissen(actor=author, version_id=first.pk, space=raum.kurz)
    old = released(raum, head)
    with pytest.raises(WrongStateError, match="stehen schon"):
        put_into_wissen(actor=author, version_id=first.pk, space=raum.kurz)
    held_since(first, 10)
    second = adopt(raum.mandant, Example.STRENG)
    page = answered(browser(author), f"/amt/leitlinie/fassung/{second.nummer}/ausgaben/")
    assert page.count("stammt nicht aus dieser Fassung") == len(DOCUMENTS)
    with pytest.raises(WrongStateError, match="gilt heute nicht"):
        put_into_wissen(actor=author, version_id=first.pk, space=raum.kurz)
    put_into_wissen(actor=author, version_id=second.pk, space=raum.kurz)
    new = released(raum, head)
    assert len(new) == len(DOCUMENTS)
    assert [(row.quelle_id, row.nummer) for row in new] == [(row.quelle_id, 2) for row in old]
    assert {row.pk for row in versions(raum, Stand.ABGELOEST)} == {row.pk for row in old}


def test_a_source_from_elsewhere_is_not_replaced(raum: Wissensraum, author: Actor) -> None:
    version = adopt(raum.mandant, Example.AUSGEWOGEN)
    details = sources.SourceDetails(dokument="leitlinie.md", titel="Grünflächen", herkunft="Grünflächenamt")
    lawn = "# Rasen\n\nWir mähen im Mai.".encode()
    sources.add_source(raum=raum, actor=author, name="alt.md", data=lawn, details=details)
    with pytest.raises(WrongStateError, match="andere Quelle"):
        put_into_wissen(actor=author, version_id=version.pk, space=raum.kurz)
    assert [row.dateiname for row in versions(raum, Stand.ZU_PRUEFEN)] == ["alt.md"]


def test_who_may_not_does_not(raum: Wissensraum, mandant: Mandant) -> None:
    version = adopt(mandant, Example.AUSGEWOGEN)
    for role in (Rolle.DATENSCHUTZ, Rolle.SACHBEARBEITUNG):
        with pytest.raises(NotPermittedError):
            put_into_wissen(actor=make_actor(mandant, role), version_id=version.pk, space=raum.kurz)
    with pytest.raises(WrongStateError, match="gibt es nicht"):
        put_into_wissen(actor=make_actor(mandant, Rolle.LEITUNG), version_id=version.pk, space="anderswo")
    assert not Fassung.objects.for_mandant(mandant).exists()


def test_the_page_says_what_stands_in_wissen(raum: Wissensraum, author: Actor) -> None:
    version = adopt(raum.mandant, Example.AUSGEWOGEN)
    client, page = browser(author), f"/amt/leitlinie/fassung/{version.nummer}/ausgaben/"
    assert "Noch steht nichts davon in Wissen." in answered(client, page)
    answered(client, f"/amt/leitlinie/fassung/{version.nummer}/wissen/", {"raum": raum.kurz}, 302)
    shown = answered(client, page)
    assert "Übernommen." in shown
    assert shown.count("wartet auf Freigabe") == len(DOCUMENTS)
    assert "stammt nicht aus dieser Fassung" not in shown
