"""The second reading of a document, by a language model: it points at values, and a person confirms each.

It stands beside the fixed patterns. What it points at must stand in the document, word for word, at the place that it
names; everything else is dropped (`core.extraction.pointing`).
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.db import transaction

from leitplanke.apps.antrag.doing import Doer, allowed, hashed, locked, trace
from leitplanke.apps.antrag.models import Beleg
from leitplanke.apps.antrag.proposing import add_pointed, document_of, kinds, targets_of
from leitplanke.apps.regelwerk.public import UnknownRegelwerkError
from leitplanke.base.llm.calling import ask, available
from leitplanke.base.llm.calls import Caller, Refusal
from leitplanke.core.extraction.pointing import MOST_CHARACTERS, pointed, prompt, schema
from leitplanke.core.rules import RulesError
from leitplanke.core.verfahren.acts import ActError, Originator

if TYPE_CHECKING:
    from leitplanke.apps.antrag.models import Antrag
    from leitplanke.base.accounts.models import Mandant
    from leitplanke.base.llm.runtime import Runtime
    from leitplanke.core.extraction import Proposal

ACT = "felder_vorschlagen"
SECONDS = 60.0
MOST_OUTPUT = 1500
MARK_BYTES = 12


def has_second_reader(antrag: Antrag) -> bool:
    """Tell whether a model may propose values for a case now and one is released for it."""
    try:
        allowed(antrag, ACT, Doer(antrag.mandant, Originator.MODELL))
    except ActError:
        return False
    return available(antrag.mandant_id, f"antrag.{antrag.verfahren}")


def read_again(mandant: Mandant, beleg_id: int, *, house: Runtime | None = None) -> int:
    """Have a model read a document again, and return how many values it alone proposes.

    A refusal, a model that does not answer, or a case that has moved on meanwhile changes nothing.
    """
    beleg = Beleg.objects.for_mandant(mandant).select_related("antrag__mandant").get(pk=beleg_id)
    if not has_second_reader(beleg.antrag):
        return 0
    found = _pointed_at(beleg, house)
    return _keep(mandant, beleg, found) if found else 0


def _pointed_at(beleg: Beleg, house: Runtime | None) -> tuple[Proposal, ...]:
    antrag, art = beleg.antrag, kinds().get(beleg.art)
    if art is None or not 0 < len(beleg.text) <= MOST_CHARACTERS:
        return ()
    felder = {name: art.felder[name] for name in targets_of(antrag, art) if name in art.felder}
    if not felder:
        return ()
    document = document_of(beleg)
    mark = f"MARKE-{secrets.token_hex(MARK_BYTES)}"  # new for each call, so no document can hold it
    # It goes to the office alone, as a proposal; somebody confirms each value.
    # It reads values out of a document: nobody judges here.
    facts = {
        "mensch_gibt_frei": True, "richtung_buerger": False, "ki_rolle_offengelegt": True, "ermessen": False,
    }  # fmt: skip
    caller = Caller(
        antrag.mandant_id, f"antrag.{antrag.verfahren}", staff=True, trigger="fachverfahren",
        case=f"antrag:{antrag.pk}", facts=facts,
    )  # fmt: skip
    answer = ask(
        caller, prompt(document, felder, mark), schema=schema(felder), max_output=MOST_OUTPUT, seconds=SECONDS,
        house=house,
    )  # fmt: skip
    return () if isinstance(answer, Refusal) else pointed(answer.text, document, art, felder)


def _keep(mandant: Mandant, beleg: Beleg, found: tuple[Proposal, ...]) -> int:
    with transaction.atomic():
        antrag = locked(mandant, beleg.antrag_id)
        now = antrag.belege.filter(pk=beleg.pk).first()
        if now is None or (now.art, now.text) != (beleg.art, beleg.text):
            return 0
        doer = Doer(mandant, Originator.MODELL)
        try:
            allowed(antrag, ACT, doer)
            made = add_pointed(antrag, now, found)
        except (ActError, RulesError, UnknownRegelwerkError):
            return 0
        trace(f"antrag.{ACT}", antrag, doer, data={"was": f"gelesen: {len(found)}", "inhalt_sha256": hashed(now.text)})
    return len(made)
