"""From the upload to the quotable source: two people, one order."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from leitplanke.apps.wissen import sources
from leitplanke.apps.wissen.models import Fassung, Stand, Wissensraum
from leitplanke.base.accounts.permissions import NotPermittedError
from leitplanke.base.accounts.roles import Rolle
from tests.apps.wissen.conftest import HUNDESTEUER, make_source
from tests.factories import make_actor


def test_source_waits_for_release_after_reading(raum: Wissensraum) -> None:
    fassung = make_source(raum, released=False)

    assert fassung.stand == Stand.ZU_PRUEFEN
    assert "Die Hundesteuer für den ersten Hund beträgt 96 Euro im Jahr." in fassung.text


def test_person_who_added_a_source_may_not_release_it(raum: Wissensraum) -> None:
    actor = make_actor(raum.mandant, Rolle.LEITUNG)
    fassung = sources.add_source(
        raum=raum, actor=actor, name="a.md", data=HUNDESTEUER.encode(), details=sources.SourceDetails()
    )

    with pytest.raises(NotPermittedError, match="zweite Person"):
        sources.release_source(fassung_id=fassung.pk, actor=actor)


def test_database_itself_refuses_release_by_the_same_person(raum: Wissensraum) -> None:
    fassung = make_source(raum, released=False)

    with pytest.raises(IntegrityError), transaction.atomic():
        Fassung.objects.for_mandant(raum.mandant).filter(pk=fassung.pk).update(freigegeben_von=fassung.angelegt_von)


@pytest.mark.parametrize("rolle", [Rolle.SACHBEARBEITUNG, Rolle.IT, Rolle.RAT, Rolle.PERSONALRAT])
def test_roles_outside_the_table_may_not_release(raum: Wissensraum, rolle: Rolle) -> None:
    fassung = make_source(raum, released=False)

    with pytest.raises(NotPermittedError):
        sources.release_source(fassung_id=fassung.pk, actor=make_actor(raum.mandant, rolle))


def test_new_version_replaces_the_released_one(raum: Wissensraum) -> None:
    first = make_source(raum)
    second = make_source(raum)

    first.refresh_from_db()
    assert (first.stand, second.stand) == (Stand.ABGELOEST, Stand.FREIGEGEBEN)
    assert (first.nummer, second.nummer) == (1, 2)


def test_text_changed_after_reading_is_not_released(raum: Wissensraum) -> None:
    fassung = make_source(raum, released=False)
    Fassung.objects.for_mandant(raum.mandant).filter(pk=fassung.pk).update(text="untergeschoben")

    with pytest.raises(sources.WrongStateError):
        sources.release_source(fassung_id=fassung.pk, actor=make_actor(raum.mandant, Rolle.LEITUNG))


def test_withdrawn_source_cannot_be_withdrawn_again(raum: Wissensraum) -> None:
    fassung = make_source(raum)
    actor = make_actor(raum.mandant, Rolle.DATENSCHUTZ)
    sources.withdraw_source(fassung_id=fassung.pk, actor=actor, begruendung="Beträge veraltet")

    with pytest.raises(sources.WrongStateError, match="zurückgezogen"):
        sources.withdraw_source(fassung_id=fassung.pk, actor=actor, begruendung="noch einmal")


def test_broken_file_says_what_is_wrong_and_keeps_the_original(raum: Wissensraum) -> None:
    fassung = sources.add_source(
        raum=raum,
        actor=make_actor(raum.mandant, Rolle.SACHBEARBEITUNG),
        name="satzung.pdf",
        data=b"%PDF-1.7 kaputt",
        details=sources.SourceDetails(),
    )
    fassung.refresh_from_db()

    assert fassung.stand == Stand.NICHT_LESBAR
    assert fassung.fehler
    assert fassung.datei.size == len(b"%PDF-1.7 kaputt")


def test_foreign_tenant_cannot_release(raum: Wissensraum, other_mandant: object) -> None:
    fassung = make_source(raum, released=False)

    with pytest.raises(Fassung.DoesNotExist):
        sources.release_source(fassung_id=fassung.pk, actor=make_actor(other_mandant, Rolle.LEITUNG))  # type: ignore[arg-type]


@pytest.mark.security
def test_unreleased_version_changes_nothing_citizens_see(raum: Wissensraum) -> None:
    make_source(raum, lizenz="CC0-1.0", url="https://musterstadt.example/satzung")
    smuggled = b"---\ntitel: Umbenannt\nurl: https://boese.example/\nlizenz: BOESE\n---\n" + HUNDESTEUER.encode()
    sources.add_source(
        raum=raum,
        actor=make_actor(raum.mandant, Rolle.SACHBEARBEITUNG),
        name="hundesteuer.md",
        data=smuggled,
        details=sources.SourceDetails(),
    )
    released, waiting = Fassung.objects.for_mandant(raum.mandant).order_by("nummer")

    assert released.quelle.url == "https://musterstadt.example/satzung"
    assert released.angaben["lizenz"] == "CC0-1.0"
    assert waiting.angaben["lizenz"] == "BOESE"


def test_released_version_describes_its_source(raum: Wissensraum) -> None:
    fassung = make_source(raum, titel="", bindet="alle Hunde")

    assert fassung.quelle.titel == "Hundesteuer"
    assert fassung.quelle.bindet == "alle Hunde"


def test_superseded_version_can_be_withdrawn(raum: Wissensraum) -> None:
    first = make_source(raum)
    make_source(raum)
    sources.withdraw_source(
        fassung_id=first.pk, actor=make_actor(raum.mandant, Rolle.DATENSCHUTZ), begruendung="Enthält Namen"
    )

    first.refresh_from_db()
    assert first.stand == Stand.ZURUECKGEZOGEN


def test_older_version_does_not_replace_a_newer_one(raum: Wissensraum) -> None:
    older = make_source(raum, released=False)
    make_source(raum)

    with pytest.raises(sources.WrongStateError, match="neuere Fassung"):
        sources.release_source(fassung_id=older.pk, actor=make_actor(raum.mandant, Rolle.LEITUNG))


def test_same_content_under_another_name_keeps_its_name(raum: Wissensraum) -> None:
    make_source(raum, name="a.md")

    assert make_source(raum, name="b.md").dateiname == "b.md"
