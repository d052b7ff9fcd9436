"""Values that a document seems to state, as proposals for facts. Nothing here counts before a person confirmed it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from leitplanke.apps.antrag.ai import open_proposals, runs
from leitplanke.apps.antrag.calculating import engine_of, lists_of
from leitplanke.apps.antrag.claims import UNASSIGNED, Matter, matters_of
from leitplanke.apps.antrag.facts import checked_values
from leitplanke.apps.antrag.models import Antrag, Beleg, Fundweg, Vorschlag, Vorschlagsstand
from leitplanke.apps.antrag.procedures import verfahren_of
from leitplanke.apps.regelwerk.public import UnknownRegelwerkError
from leitplanke.base.interview.wording import stated
from leitplanke.core.extraction import Belegart, Proposal, load_belegarten, outliers, propose, recognise
from leitplanke.core.provenance import Source
from leitplanke.core.retrieval.documents import Document
from leitplanke.core.rules import FactError, RulesError

if TYPE_CHECKING:
    from leitplanke.core.rules import Engine
    from leitplanke.core.verfahren.model import Verfahren

# Stored with the proposal in German, like what the patterns say of their finds.
ONLY_MODEL = "Nur ein KI-Modell hat diesen Wert gefunden. Bitte sehen Sie die Stelle im Beleg an."
_PLACE = re.compile(r"(?P<name>[a-z0-9_]+)\[(?P<place>[1-9]\d{0,2})\]")


@cache
def kinds() -> Mapping[str, Belegart]:
    """Return every kind of document that is known, by name."""
    return load_belegarten(resources.files("leitplanke") / "content/belegarten")


def kind_of(text: str, name: str) -> str:
    """Return the kind of a document by its words; empty where none is certain."""
    found = recognise(_document(text, name), kinds())
    return found.name if found else ""


def renew_proposals(antrag: Antrag, beleg: Beleg) -> list[Vorschlag]:
    """Propose what a document of this kind says for the facts of a locked case; open proposals of before are gone.

    What a person has already confirmed or rejected is not proposed again. Nothing is proposed while the AI is stopped.
    """
    if not runs(antrag):
        return []
    beleg.vorschlaege.filter(stand=Vorschlagsstand.OFFEN).delete()
    art = kinds().get(beleg.art)
    if art is None or not beleg.text:
        return []
    try:
        engine = engine_of(antrag)
        rows = _rows(antrag, engine, beleg, art, propose(document_of(beleg), art))
    except (RulesError, UnknownRegelwerkError):
        return []
    kept = _unsettled(engine, beleg, rows)
    Vorschlag.objects.bulk_create(kept)
    _note_contradictions(antrag, engine, kept)
    return kept


def add_pointed(antrag: Antrag, beleg: Beleg, proposals: Sequence[Proposal]) -> list[Vorschlag]:
    """Propose what a model pointed at in a document of a locked case, beside what the fixed patterns found.

    A value that both found is one proposal. One that only the model found is looked at by itself, never in a group.

    Raises:
        RulesError, UnknownRegelwerkError: the rules of the procedure cannot be used.
    """
    art = kinds()[beleg.art]
    engine = engine_of(antrag)
    before = {(row.pfad, str(row.wert)): row for row in beleg.vorschlaege.all()}
    fresh: list[Vorschlag] = []
    for row in _unsettled(engine, beleg, _rows(antrag, engine, beleg, art, proposals)):
        known = before.get((row.pfad, str(row.wert)))
        if known is None:
            row.gefunden = Fundweg.MODELL
            row.hinweis = " ".join(filter(None, (ONLY_MODEL, row.hinweis)))
            fresh.append(row)
        elif known.stand == Vorschlagsstand.OFFEN and known.gefunden == Fundweg.MUSTER:
            known.gefunden = Fundweg.BEIDE
            known.save(update_fields=["gefunden"])
    Vorschlag.objects.bulk_create(fresh)
    _note_contradictions(antrag, engine, fresh)
    return fresh


def targets_of(antrag: Antrag, art: Belegart) -> dict[str, str]:
    """Return by field of a kind of document the fact that it proposes in the procedure of a case."""
    return _targets(verfahren_of(antrag), art)


def _rows(
    antrag: Antrag, engine: Engine, beleg: Beleg, art: Belegart, proposals: Sequence[Proposal]
) -> list[Vorschlag]:
    targets = targets_of(antrag, art)
    strange = {id(one.vorschlag): one.meldung for one in outliers(proposals, art)}
    return [
        _row(antrag, beleg, pfad, proposal, strange.get(id(proposal), ""))
        for proposal in proposals
        if proposal.feld in targets and (pfad := _path(antrag, engine, beleg, targets[proposal.feld]))
    ]


def _unsettled(engine: Engine, beleg: Beleg, rows: Iterable[Vorschlag]) -> list[Vorschlag]:
    """Return what can be, and what nobody has confirmed or rejected before."""
    settled = set(beleg.vorschlaege.exclude(stand=Vorschlagsstand.OFFEN).values_list("pfad", "wortlaut"))
    return [row for row in rows if (row.pfad, row.wortlaut) not in settled and _fits(engine, row)]


def document_of(beleg: Beleg) -> Document:
    """Return what was read of a document."""
    return _document(beleg.text, beleg.name)


def _document(text: str, name: str) -> Document:
    return Document(Source(document=name, title=name), text, ())


def _targets(verfahren: Verfahren, art: Belegart) -> dict[str, str]:
    """Return by field of a kind of document the fact that it proposes in this procedure."""
    return {
        feld: pfad for unterlage in verfahren.unterlagen if unterlage.art == art.name
        for feld, pfad in unterlage.felder.items()
    }  # fmt: skip


def _path(antrag: Antrag, engine: Engine, beleg: Beleg, target: str) -> str:
    """Return the path of a fact; of an item of a list where it is clear which one is meant, else open."""
    if UNASSIGNED not in target:
        return target
    name, _bracket, field = target.partition(UNASSIGNED)
    if name not in lists_of(engine.regelwerk):
        return ""
    asked = _PLACE.match(beleg.zu_angabe)
    rows = antrag.fakten.get(name)
    if asked and asked["name"] == name:
        return f"{name}[{asked['place']}].{field}"
    return f"{name}[1].{field}" if isinstance(rows, list) and len(rows) == 1 else target


def _row(antrag: Antrag, beleg: Beleg, pfad: str, proposal: Proposal, strange: str) -> Vorschlag:
    return Vorschlag(
        mandant=antrag.mandant,
        antrag=antrag,
        beleg=beleg,
        pfad=pfad,
        wert=proposal.wert,
        wortlaut=proposal.wortlaut,
        stellen=[[found.start, found.end] for found in proposal.stellen],
        rechnung=proposal.rechnung,
        hinweis=" ".join(part for part in (proposal.hinweis, strange) if part),
    )


def _fits(engine: Engine, row: Vorschlag) -> bool:
    """Tell whether the fact can have that value at all."""
    try:
        checked_values(engine, {row.pfad.replace(UNASSIGNED, "[1]."): row.wert})
    except FactError:
        return False
    return True


def _note_contradictions(antrag: Antrag, engine: Engine, made: list[Vorschlag]) -> None:
    """Say at each proposal what it contradicts now: what was stated, and other documents."""
    fresh = {row.pk for row in made}
    rows = antrag.angaben.filter(ersetzt_am__isnull=True)
    waiting = open_proposals(antrag)
    for matter in matters_of(engine, rows, waiting).values():
        if not matter.disputed:
            continue
        for row in matter.vorschlaege:
            if row.pk in fresh:
                row.widerspruch = "; ".join(_others(matter, row))
                row.save(update_fields=["widerspruch"])


def _others(matter: Matter, row: Vorschlag) -> Iterator[str]:
    for claim in matter.claims:
        if row not in claim.vorschlaege:
            sources = [*(["Angabe"] if claim.angabe else []), *(other.beleg.name for other in claim.vorschlaege)]
            yield f"{', '.join(sources)}: {stated(claim.wert, matter.question.shape)}"
