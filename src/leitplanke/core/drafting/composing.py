"""A letter composed from template, case, proof and procedural law; each sentence names what it stands on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from leitplanke.core.drafting import blocks, calculation
from leitplanke.core.drafting.brief import Author, Brief, Paragraph, Part, Sentence, Table
from leitplanke.core.drafting.case import CaseView, DraftError, Rechtstexte
from leitplanke.core.drafting.filling import numbered, split
from leitplanke.core.drafting.values import exact

if TYPE_CHECKING:
    from leitplanke.core.rules.evaluating import Result
    from leitplanke.core.verfahren.model import Absatz, Vorlage

_NUMBER = re.compile(r"(?<![\w.,])\d+(?:\.\d{3})*(?:,\d+)?")
MARKED = "Dieses Schreiben wurde aus Vorlage und Berechnung zusammengestellt und von einem Menschen verantwortet."
DECIDING = "bescheid"


def compose(vorlage: Vorlage, case: CaseView, result: Result | None = None, texts: Rechtstexte | None = None) -> Brief:
    """Compose a letter.

    Raises:
        DraftError: the letter would have to say what is not known yet; the message says what.
    """
    texts = texts or Rechtstexte()
    maker = blocks.Blocks(case, result, texts)
    body = _with_amount([block for absatz in vorlage.absaetze for block in _blocks(absatz, maker)], maker)
    annexes = [block for block in body if isinstance(block, Table) and block.key == calculation.ANNEX]
    body = [block for block in body if block not in annexes]
    return Brief(
        vorlage.art,
        case.absender,
        case.empfaenger,
        case.aktenzeichen,
        case.heute,
        maker.filler.filled(vorlage.betreff.de),
        (*body, *annexes),
        case.unterzeichnet,
        MARKED,
        tuple(table.caption for table in annexes),
    )


def _with_amount(body: list[Paragraph | Table], maker: blocks.Blocks) -> list[Paragraph | Table]:
    """Say in the decision how much it is, where the outcome does not say so itself."""
    tenor = [block for block in body if isinstance(block, Paragraph) and block.part is Part.TENOR]
    said = " ".join(block.text for block in tenor)
    numbers = {exact(number) for number in _NUMBER.findall(said)}
    missing = tuple(sentence for amount, sentence in maker.amounts() if amount not in numbers)
    if not tenor or not missing:
        return body
    place = body.index(tenor[0])
    return [*body[:place], replace(tenor[0], sentences=tenor[0].sentences + missing), *body[place + 1 :]]


def fitting(vorlagen: Iterable[Vorlage], case: CaseView, result: Result | None) -> Vorlage:
    """Return the template for what can be said now.

    A decision where the outcome is certain, a Mitwirkungsaufforderung while facts are open, otherwise a receipt.

    Raises:
        DraftError: the procedure has no such template.
    """
    known = list(vorlagen)
    if result is None:
        wanted = "eingangsbestaetigung"
    elif case.entscheidung.ergebnis or result.status == "determined":
        wanted = DECIDING
    else:
        wanted = "mitwirkung" if result.status == "missing" or case.unterlagen else "eingangsbestaetigung"
    outcome = blocks.outcome_of(case, result) if wanted == DECIDING else None
    fits = [item for item in known if item.art == wanted]
    name = outcome.name if outcome else ""
    own = [item for item in fits if name in item.fuer or (outcome and outcome.art in item.fuer)]
    general = [item for item in fits if not item.fuer]
    if not own and not general:
        raise DraftError(f"Für dieses Verfahren fehlt eine Vorlage der Art „{wanted}“.")
    return (own or general)[0]


def _blocks(absatz: Absatz, maker: blocks.Blocks) -> Iterator[Paragraph | Table]:
    if not _belongs(absatz, maker):
        return
    heading = maker.filler.filled(absatz.ueberschrift.de)
    if absatz.block == "berechnung":
        yield from calculation.tables(maker.explanation, refused=maker.refused) if maker.explanation else ()
        return
    if absatz.block == "urteile":
        for place, (name, told) in enumerate(maker.judgements()):
            yield Paragraph(f"{absatz.key}_{name}", Part(absatz.part), told, "" if place else heading)
        return
    lead = tuple(
        Sentence(text, key, Author.BLOCK)
        for key, text in numbered(f"text:{absatz.key}", split(maker.filler.filled(absatz.text.de)))
    )
    if not absatz.block:
        yield Paragraph(absatz.key, Part(absatz.part), lead, heading)
        return
    found = maker.sentences(absatz.block)
    if not found:
        return
    listed = absatz.block in blocks.LISTED
    if lead and listed:
        yield Paragraph(f"{absatz.key}_einleitung", Part(absatz.part), lead, heading)
        yield Paragraph(absatz.key, Part(absatz.part), found, listed=True)
    else:
        yield Paragraph(absatz.key, Part(absatz.part), lead + found, heading, listed)
    decided = maker.case.entscheidung.art not in blocks.WITHOUT_OUTCOME
    if absatz.block == "gruende" and decided and (steps := maker.sentences("schritte")):
        yield Paragraph(f"{absatz.key}_schritte", Part.GRUENDE, steps, "Die entscheidenden Schritte", listed=True)


def _belongs(absatz: Absatz, maker: blocks.Blocks) -> bool:
    """Tell whether a paragraph belongs into the letter; one that need not be there goes where a value is missing."""
    if not maker.filler.holds(absatz.wenn):
        return False
    if absatz.pflicht:
        return True
    if maker.filler.lacking(absatz.text.de):  # an address of a portal, for instance, where the town has none
        return False
    # A decision never loses a part by itself; what only explains may.
    return absatz.part == Part.TENOR or not maker.filler.unsettled(absatz.text.de)


def required_of(vorlage: Vorlage, brief: Brief) -> Mapping[str, Part]:
    """Return the grounds that must not be missing in this letter, with the part they belong to."""
    needed = {item.key for item in vorlage.absaetze if item.pflicht or item.block in blocks.REQUIRED}
    needed |= {f"{key}_einleitung" for key in needed} | {f"{key}_schritte" for key in needed}
    return {
        sentence.ground: paragraph.part
        for paragraph in brief.paragraphs
        if paragraph.key in needed or paragraph.part in {Part.URTEIL, Part.TENOR}
        for sentence in paragraph.sentences
    }


_ASKED = {
    "tenor": (Part.TENOR, "Es fehlt, was entschieden wird. Treffen Sie erst die Entscheidung."),
    "gruende": (Part.GRUENDE, "Es fehlen die Gründe. Ohne sie darf der Bescheid nicht hinaus."),
    "rechtsfolgen": (
        Part.RECHTSFOLGE,
        "Es fehlt der Hinweis, was folgt, wenn niemand antwortet. Ohne ihn ist keine Versagung möglich.",
    ),
    "rechtsbehelf": (
        Part.RECHTSBEHELF,
        "Es fehlt die Rechtsbehelfsbelehrung. Hinterlegen Sie den Text im Verfahrensrecht.",
    ),
    "anhoerung": (Part.TEXT, "Es fehlt, wozu und bis wann die Person sich äußern kann."),
}  # fmt: skip


def missing_parts(vorlage: Vorlage, brief: Brief, *, rechtsbehelf: bool = True) -> Mapping[Part, str]:
    """Return what the template or the law demands and the letter does not have, with what to do.

    A Bescheid against which a remedy is open says so, whether or not its template thought of it.
    """
    present = {paragraph.key for paragraph in brief.paragraphs if paragraph.sentences}
    told = any(paragraph.part is Part.RECHTSBEHELF and paragraph.sentences for paragraph in brief.paragraphs)
    untold = {} if told or not rechtsbehelf or brief.art != DECIDING else dict([_ASKED["rechtsbehelf"]])
    return untold | {
        _ASKED[item.block][0]: _ASKED[item.block][1]
        for item in vorlage.absaetze
        if item.block in _ASKED and item.key not in present and item.wenn is None
        if rechtsbehelf or item.block != "rechtsbehelf"
    }
