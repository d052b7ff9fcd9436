"""A town with one public and one internal space."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from leitplanke.apps.wissen import index
from leitplanke.apps.wissen.models import Fassung, Stand, Wissensraum
from leitplanke.apps.wissen.sources import SourceDetails, add_source, read, release_source
from leitplanke.apps.wissen.spaces import save_space
from leitplanke.base.accounts.models import Mandant, Organisationseinheit
from leitplanke.base.accounts.roles import Rolle
from leitplanke.core.retrieval.vocabulary import Vocabulary
from tests.factories import make_actor
from tests.registered import release_parts

if TYPE_CHECKING:
    from collections.abc import Callable

HUNDESTEUER = """# Hundesteuer

## Was kostet es?

Die Hundesteuer für den ersten Hund beträgt 96 Euro im Jahr. Für jeden weiteren Hund beträgt sie 144 Euro im Jahr.

## Wie lange habe ich Zeit?

Sie müssen einen Hund innerhalb von zwei Wochen anmelden. Die Anmeldung nimmt das Steueramt entgegen.
"""


@pytest.fixture(autouse=True)
def small_vocabulary(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare each test the thousands of entries that come with the product."""
    monkeypatch.setattr(index, "_shipped_vocabulary", Vocabulary)


@pytest.fixture(autouse=True)
def own_folders(settings: Any, tmp_path: Any) -> None:
    from leitplanke.project.environment import Paths

    settings.PATHS = Paths(tmp_path)
    settings.MEDIA_ROOT = tmp_path / "dateien"


@pytest.fixture(autouse=True)
def answering(request: pytest.FixtureRequest) -> None:
    """Let the AI answer, as the register says after a release."""
    if "mandant" in request.fixturenames:
        release_parts(request.getfixturevalue("mandant"), "wissen")


def make_space(mandant: Mandant, kurz: str, sichtbarkeit: str = "oeffentlich") -> Wissensraum:
    return save_space(
        kurz=kurz,
        actor=make_actor(mandant, Rolle.KI_BEAUFTRAGTE),
        values={
            "name": kurz.title(),
            "beschreibung": "Alles über Hunde.",
            "themen": ["Hunde", "Hundesteuer"],
            "sichtbarkeit": sichtbarkeit,
            "einheit": Organisationseinheit.objects.for_mandant(mandant).get(kuerzel="amt"),
            "kontakt_stelle": "Steueramt",
            "kontakt_telefon": "(0 30) 23125 155",
            "kontakt_email": "steueramt@example.org",
            "eroeffnung": "Guten Tag!",
            "beispielfragen": ["Was kostet die Hundesteuer?"],
        },
    )


def make_source(raum: Wissensraum, *, released: bool = True, name: str = "hundesteuer.md", **details: Any) -> Fassung:
    """Add a source; the task queue runs at once in tests, so it is read when this returns."""
    values = {"titel": "Hundesteuer"} | details
    fassung = add_source(
        raum=raum,
        actor=make_actor(raum.mandant, Rolle.SACHBEARBEITUNG),
        name=name,
        data=HUNDESTEUER.encode(),
        details=SourceDetails(**values),
    )
    fassung.refresh_from_db()
    if fassung.stand == Stand.WIRD_GELESEN:
        read(fassung)
    if released:
        release_source(fassung_id=fassung.pk, actor=make_actor(raum.mandant, Rolle.LEITUNG))
    fassung.refresh_from_db()
    return fassung


@pytest.fixture
def raum(mandant: Mandant) -> Wissensraum:
    return make_space(mandant, "hunde")


@pytest.fixture
def sign_in(client: Any, mandant: Mandant) -> Callable[[Rolle], Any]:
    """Sign somebody with a role in and return them as an actor."""

    def _sign_in(rolle: Rolle) -> Any:
        actor = make_actor(mandant, rolle)
        client.force_login(actor.person)
        return actor

    return _sign_in
