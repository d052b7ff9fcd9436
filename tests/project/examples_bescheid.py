"""An object for every address of work lists, decisions and letters."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from leitplanke.apps.antrag import assigning, letters
from leitplanke.apps.antrag.doing import clerk
from leitplanke.apps.antrag.file_view import Occasion
from leitplanke.apps.antrag.models import Antrag, Entscheidung, Schreiben
from leitplanke.base.accounts.access import Actor
from leitplanke.base.accounts.models import Mandant
from leitplanke.base.accounts.roles import Rolle
from tests.factories import make_actor
from tests.project.examples_akte import case, offered


def begun(mandant: Mandant) -> tuple[Antrag, Actor]:
    """Return a case that somebody of the office has begun to work on."""
    antrag, actor = case(mandant), make_actor(mandant, Rolle.SACHBEARBEITUNG)
    assigning.begin(antrag.pk, clerk(actor, antrag, "antrag.view"))
    antrag.refresh_from_db()
    return antrag, actor


def by_procedure(mandant: Mandant) -> dict[str, Any]:
    """Name a procedure that the office runs."""
    return {"verfahren": offered(mandant).verfahren}


def by_case(mandant: Mandant) -> dict[str, Any]:
    """Name a case in work."""
    return {"kennung": begun(mandant)[0].kennung}


def by_decision(mandant: Mandant) -> dict[str, Any]:
    """Name a decision that somebody prepared."""
    antrag, actor = begun(mandant)
    Entscheidung.objects.create(
        mandant=mandant, antrag=antrag, art="ablehnung", stichtag=timezone.localdate(),
        vorbereitet_von=actor.memberships[0],
    )  # fmt: skip
    return {"kennung": antrag.kennung, "nummer": 1}


def letter(mandant: Mandant) -> Schreiben:
    """Return the draft of a letter."""
    antrag, actor = begun(mandant)
    occasion = Occasion(letters.MITWIRKUNG, frist=timezone.localdate(), unterzeichnet=actor.memberships[0])
    return letters.draft(antrag.pk, clerk(actor, antrag, "antrag.view"), occasion)


def sent_letter(mandant: Mandant) -> Schreiben:
    """Return a letter that left."""
    antrag, actor = begun(mandant)
    return Schreiben.objects.create(
        mandant=mandant, antrag=antrag, art="mitwirkung", stand="versandt", entworfen={},
        brief={"betreff": "Bitte um Unterlagen"}, freigegeben_von=actor.memberships[0], vermerk_am=timezone.localdate(),
    )  # fmt: skip


EXAMPLES = {
    "antrag:einstellung": by_procedure,
    "antrag:erfassen": by_procedure,
    **dict.fromkeys((f"antrag:{name}" for name in ("erfasst", "zugang", "entscheiden")), by_case),
    "antrag:entscheidung": by_decision,
    "antrag:schreiben_neu": lambda mandant: {**by_case(mandant), "art": "mitwirkung"},
    "antrag:schritt": lambda mandant: {**by_case(mandant), "act": "abgeben"},
    "antrag:schreiben": lambda mandant: {"kennung": letter(mandant).kennung},
    "antrag:umformulieren": lambda mandant: {"kennung": letter(mandant).kennung},
    "antrag:schreiben_zugang": lambda mandant: {"kennung": sent_letter(mandant).kennung},
    "antrag:schreiben_datei": lambda mandant: {"kennung": letter(mandant).kennung, "form": "pdf"},
}
