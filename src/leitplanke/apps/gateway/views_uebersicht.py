"""The overview: which data may go to which models, and what models are used for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.shortcuts import render

from leitplanke.apps.gateway import queries
from leitplanke.apps.gateway.labels import DATA_HELP, LIGHT_LABELS, MODEL_LABELS
from leitplanke.apps.gateway.page import frame
from leitplanke.base.accounts.access import actor_of, requires
from leitplanke.base.llm.lights import DATA_LABELS
from leitplanke.base.policy import clause_address, profile_of
from leitplanke.core.policy import DataClass, ModelClass

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from leitplanke.core.policy import Profile


@dataclass(frozen=True, slots=True)
class Light:
    """One cell of the table: word, kind of badge, and for small screens which model it is about."""

    model: Any
    word: Any
    kind: str


@requires("gateway.view")
def uebersicht(request: HttpRequest) -> HttpResponse:
    """Show the traffic light and the purposes."""
    actor = actor_of(request)
    profile = profile_of(actor.mandant)
    context = {
        **frame(request, "uebersicht"),
        "profil": profile,
        "klausel": clause_address(profile.table.number),
        "spalten": list(MODEL_LABELS.values()),
        "zeilen": lights(profile),
        "zwecke": queries.purpose_rows(actor.mandant),
        "darf_einrichten": actor.may("gateway.purposes"),
        "darf_zugang": actor.may("gateway.own_key"),
    }
    return render(request, "gateway/uebersicht.html", context)


def lights(profile: Profile) -> list[dict[str, Any]]:
    """Return the rows of the traffic light."""
    return [
        {
            "titel": DATA_LABELS[data.value],
            "hilfe": DATA_HELP[data.value],
            "zellen": [
                Light(MODEL_LABELS[model.value], *LIGHT_LABELS[profile.table.cell(data, model).value])
                for model in ModelClass
            ],
        }
        for data in DataClass
    ]
