"""Letters of shipped cases, as Musterstadt would write them: to read a template in use, to test and to measure.

Everybody and every place in them is invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from leitplanke.core.drafting.blocks import WITHOUT_OUTCOME, outcome_of
from leitplanke.core.drafting.brief import Absender, Brief
from leitplanke.core.drafting.case import (
    CaseView,
    DraftError,
    EntscheidungText,
    Fehlend,
    Rechtssatz,
    Rechtstexte,
    UrteilText,
)
from leitplanke.core.drafting.grounds import Grounds, draft
from leitplanke.core.drafting.remedies import NONE, remedy_kind
from leitplanke.core.rules import german
from leitplanke.core.rules.evaluating import Engine, Result
from leitplanke.core.rules.library import find
from leitplanke.core.rules.loading import load
from leitplanke.core.rules.model import Fall, Kind, Regelwerk, Shape
from leitplanke.core.rules.numbers import plus_months
from leitplanke.core.rules.reckoning import Reckoner
from leitplanke.core.verfahren.duration import months_of
from leitplanke.core.verfahren.loading import load_verfahren
from leitplanke.core.verfahren.model import Verfahren, Vorlage
from leitplanke.core.verfahrensrecht.library import verfahrensrecht
from leitplanke.core.verfahrensrecht.model import Rechtsbehelfsart, Verfahrensrecht

LAND = "NW"
EARLIEST = date(2025, 3, 3)
"""No sample is dated before it; procedural law is not stated for all the years that rules are."""
NAMES = ("Erika Musterfrau", "Jonas Beispiel", "Samira Probst")
_ADDRESS = "Am Markt 1, 45128 Musterstadt"
_REASON = (
    "Maßgeblich waren die Unterlagen, die Sie mit dem Antrag vorgelegt haben. Im Gespräch am 12. Februar 2025 haben "
    "Sie Ihre Lage geschildert, und die Schilderung passt zu den Belegen."
)


@dataclass(frozen=True)
class Sample:
    """A composed letter with its grounds and what it was composed from."""

    brief: Brief
    grounds: Grounds
    vorlage: Vorlage
    case: CaseView
    result: Result
    texts: Rechtstexte


@cache
def book_of(procedure: str, ebene: str = "") -> tuple[Regelwerk, Verfahren]:
    """Return Regelwerk and procedure, with the layer that a case names."""
    folder = find(procedure)
    return load(folder, ebene=ebene), load_verfahren(folder, load(folder))


def cases_of(procedure: str) -> tuple[Fall, ...]:
    """Return the shipped cases of a procedure whose facts can be reckoned."""
    return tuple(fall for fall in book_of(procedure)[0].faelle if "fehler" not in fall.erwartet)


def evaluated(procedure: str, fall: Fall) -> Result:
    """Return what a shipped case comes to."""
    book, _ = book_of(procedure, fall.ebene)
    options: dict[str, Any] = {"known_on": fall.known_on, "entwurf": fall.entwurf}
    engine = Engine(book)
    result = engine.evaluate(fall.angaben, on=fall.stichtag, judgements=fall.urteile, **options)
    if not result.judgements:
        return result
    made = {name: _mildest(book.ermessen[name].shape) for name in result.judgements}
    return engine.evaluate(fall.angaben, on=fall.stichtag, judgements={**fall.urteile, **made}, **options)


def _mildest(shape: Shape) -> str:
    """Return how a sample judges where its case does not say: no, the first option, or twelve months."""
    if shape.optionen:
        return shape.optionen[0]
    return "nein" if shape.kind is Kind.WAHRHEITSWERT else str(max(12, shape.low))


def sample(procedure: str, fall: Fall | str, art: str = "bescheid", was: str = "") -> Sample:
    """Compose a letter of a shipped case, by itself or by its name; `was` for a Bescheid that no outcome speaks.

    Raises:
        DraftError: there is no such case or template, or the case does not carry such a letter.
    """
    found = fall if isinstance(fall, Fall) else next((f for f in cases_of(procedure) if f.name == fall), None)
    if found is None:
        names = "; ".join(f.name for f in cases_of(procedure))
        raise DraftError(f"Den Fall „{fall}“ gibt es in „{procedure}“ nicht. Vorhanden: {names}")
    result = evaluated(procedure, found)
    _, verfahren = book_of(procedure)
    case = _case(verfahren, result, found, art, was)
    outcome = outcome_of(case, result) if art == "bescheid" else None
    vorlage = verfahren.bescheid(outcome) if outcome else verfahren.vorlage(art, was)
    if vorlage is None:
        raise DraftError(f"Für „{procedure}“ gibt es keine Vorlage der Art „{was or art}“ für diesen Fall.")
    texts = _texts(verfahren, case, result, art)
    brief, grounds = draft(vorlage, case, result, texts, others=verfahren.vorlagen.values())
    return Sample(brief, grounds, vorlage, case, result, texts)


def _case(verfahren: Verfahren, result: Result, fall: Fall, art: str, was: str) -> CaseView:
    today = max(fall.stichtag + timedelta(days=40), EARLIEST)
    start = fall.stichtag.replace(day=1)
    law = verfahrensrecht(verfahren.verfahrensrecht, LAND, today)
    asked = tuple(
        Fehlend(item.art, item.titel.de, law.mitwirkung.norm, item.hinweis.de) for item in verfahren.unterlagen[:2]
    )
    sender = Absender(
        "Stadt Musterstadt", verfahren.stelle.de, ("Am Markt 1", "45128 Musterstadt"), "Frau Anna Klar",
        "0201 555-0142", "post@musterstadt.example", "Mo bis Fr 8 bis 12 Uhr",
    )  # fmt: skip
    certain = any(state == "ja" for _, state in result.outcomes)
    chosen = result.outcomes[-1][0].name if result.outcomes and not certain and art == "bescheid" and not was else ""
    decided = EntscheidungText(
        chosen,
        was,
        _REASON if was in WITHOUT_OUTCOME else "",
        start,
        plus_months_end(start, months_of(result)),
        start + timedelta(days=20),
    )
    return CaseView(
        f"{verfahren.kuerzel}-{today.year}-00417", NAMES[0], sender,
        (NAMES[0], "Lindenweg 12", "45130 Musterstadt"), today, verfahren.titel.de, fall.stichtag,
        f"Guten Tag {NAMES[0]}", NAMES[1:], asked if art in {"mitwirkung", "eingangsbestaetigung"} or was else (), (),
        _judged(result), decided, "Anna Klar", {"zugang": "https://antrag.musterstadt.example"},
        {"sprache": "Auf Wunsch erklären wir Ihnen diesen Brief in einfacher Sprache."},
        {"unterlage:gespraech": "Vermerk über das Gespräch am 12. Februar 2025 mit Erika Musterfrau"},
    )  # fmt: skip


def plus_months_end(start: date, months: int = 12) -> date:
    """Return the last day of a span of months."""
    return date.fromordinal(plus_months(start.toordinal(), months) - 1)


def _judged(result: Result) -> tuple[UrteilText, ...]:
    found = []
    for name, item in result.regelwerk.ermessen.items():
        low, high = Reckoner(result).bounds(name)
        if name in result.judgements_given and low is not None and low == high:
            found.append(UrteilText(name, item.frage.de, german.said(low, item.shape), _REASON, item.norm))
    return tuple(found)


def _texts(verfahren: Verfahren, case: CaseView, result: Result, art: str) -> Rechtstexte:
    law = verfahrensrecht(verfahren.verfahrensrecht, LAND, case.heute)
    end = case.heute + timedelta(days=28)
    fehlend = german.listing([item.titel for item in case.unterlagen] or ["die genannten Angaben"])
    silence = law.mitwirkung.rechtsfolgen.format(frist_ende=german.day(end), fehlendes=fehlend)
    heard = law.anhoerung.text.format(
        frist_ende=german.day(end), vorhaben="die Leistung neu zu berechnen",
        gruende="Ihre Angaben und Ihre Unterlagen passen nicht zusammen",
    )  # fmt: skip
    return Rechtstexte(
        _remedy(law, verfahren, case, result) if art == "bescheid" else (),
        (Rechtssatz(silence, law.mitwirkung.folge_norm),),
        (Rechtssatz(heard, law.anhoerung.norm),), law.mitwirkung.norm, end,
    )  # fmt: skip


def _remedy(law: Verfahrensrecht, verfahren: Verfahren, case: CaseView, result: Result) -> tuple[Rechtssatz, ...]:
    outcome = outcome_of(case, result)
    wanted = remedy_kind(case.entscheidung.art, outcome.name if outcome else "", result.regelwerk.ergebnisse)
    if wanted == NONE:
        return ()
    remedy = law.rechtsbehelf(Rechtsbehelfsart(wanted), verfahren.gebiet)
    text = remedy.belehrung.format(
        behoerde="Stadt Musterstadt", anschrift=_ADDRESS, gericht="Verwaltungsgericht Musterstadt",
        gerichtsanschrift="Hofstraße 5, 45128 Musterstadt",
    )  # fmt: skip
    return (Rechtssatz(text, remedy.norm),)
