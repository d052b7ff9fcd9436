"""Objects for the addresses of the workshop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from leitplanke.apps.leitlinie.beginning import Beginning, begin_version
from leitplanke.apps.leitlinie.contributing import Contribution, contribute
from leitplanke.apps.leitlinie.models import Herkunft
from leitplanke.base.accounts.roles import Rolle
from leitplanke.core.guideline import Choice
from tests.factories import make_actor

if TYPE_CHECKING:
    from collections.abc import Callable

    from leitplanke.base.accounts.models import Mandant


def version(mandant: Mandant) -> dict[str, Any]:
    beginning = Beginning("Leitlinie", Herkunft.FRAGEN, choices=[Choice("BB12", "nie_buerger")])
    return {"nummer": begin_version(actor=make_actor(mandant, Rolle.KI_BEAUFTRAGTE), beginning=beginning).nummer}


def clause(mandant: Mandant) -> dict[str, Any]:
    return version(mandant) | {"baustein": "BB12"}


def chapter(mandant: Mandant) -> dict[str, Any]:
    return version(mandant) | {"kapitel": "rahmen"}


def document(mandant: Mandant) -> dict[str, Any]:
    return version(mandant) | {"art": "einfach"}


def file(mandant: Mandant) -> dict[str, Any]:
    return document(mandant) | {"form": "md"}


def contribution(mandant: Mandant) -> dict[str, Any]:
    actor = make_actor(mandant, Rolle.KI_BEAUFTRAGTE)
    row = begin_version(actor=actor, beginning=Beginning("Leitlinie", Herkunft.FRAGEN))
    said = contribute(actor=actor, contribution=Contribution(row.pk, "BB12", "Gut so."))
    return {"nummer": row.nummer, "beitrag": said.pk}


EXAMPLES: dict[str, Callable[[Mandant], dict[str, Any]]] = {
    "leitlinie:fassung": version,
    "leitlinie:abdeckung": version,
    "leitlinie:ausgaben": version,
    "leitlinie:ausgabe": document,
    "leitlinie:ausgabe_datei": file,
    "leitlinie:fragen": chapter,
    "leitlinie:in_wissen": version,
    "leitlinie:klausel": clause,
    "leitlinie:klausel_vorschau": clause,
    "leitlinie:beitrag": clause,
    "leitlinie:beitrag_entscheiden": contribution,
}
