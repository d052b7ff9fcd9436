"""When a decision counts as known, with the sentence that says how that day came about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from leitplanke.core.verfahrensrecht.errors import FehltImRecht
from leitplanke.core.verfahrensrecht.fristen import NO_HOLIDAYS, after
from leitplanke.core.verfahrensrecht.kalender import land_code, next_werktag, rest_reason, spoken
from leitplanke.core.verfahrensrecht.model import (
    Ausloeser,
    Bekanntgaberegel,
    Einheit,
    Verfahrensrecht,
    Verschiebung,
    Weg,
)

_EVENTS = {
    Ausloeser.AUFGABE: "Aufgabe zur Post",
    Ausloeser.ABSENDUNG: "Absendung",
    Ausloeser.BENACHRICHTIGUNG: "Absendung der Benachrichtigung",
    Ausloeser.BEREITSTELLUNG: "Bereitstellung zum Abruf",
    Ausloeser.ABRUF: "Abruf",
    Ausloeser.UEBERGABE: "Übergabe",
}


@dataclass(frozen=True, slots=True)
class Bekanntgabe:
    """The day on which a decision counts as known.

    Attributes:
        am: the day; None as long as nothing is made known (waiting to be fetched, or not fetched in time).
        abruf_bis: last day on which it can be fetched, where the law sets one.
        ungeprueft: whether the rule behind it has not been compared with its source.
    """

    am: date | None
    norm: str
    erklaerung: str
    abruf_bis: date | None = None
    ungeprueft: bool = False


def bekanntgabe(  # noqa: PLR0913 - the law asks for each of them
    recht: Verfahrensrecht,
    aufgegeben_am: date,
    weg: Weg,
    land: str,
    *,
    abgerufen_am: date | None = None,
    zugegangen_am: date | None = None,
    weitere_feiertage: frozenset[date] = NO_HOLIDAYS,
) -> Bekanntgabe:
    """Return when a decision counts as known that left on `aufgegeben_am`.

    `aufgegeben_am` is the day of posting, sending, providing or handing over; `abgerufen_am` the day on which it was
    fetched from the portal. `zugegangen_am` is the day on which it proved to have arrived: a later one than the law
    presumes counts, an earlier one does not.

    Raises:
        FehltImRecht: the law knows no such way on that day, or the days contradict each other.
    """
    for day, name in ((abgerufen_am, "abgerufen"), (zugegangen_am, "zugegangen")):
        if day is not None and day < aufgegeben_am:
            raise FehltImRecht(f"Der Bescheid kann nicht {name} sein, bevor er versandt oder bereitgestellt wurde.")
    code = land_code(land)
    rule = recht.bekanntgaberegel(weg, aufgegeben_am)
    if rule.ausloeser is Ausloeser.ABRUF:
        return _fetched(rule, aufgegeben_am, abgerufen_am)
    if rule.dauer is None:
        return _handed_over(rule, aufgegeben_am, zugegangen_am)
    found = _presumed(rule, aufgegeben_am, code, weitere_feiertage)
    if zugegangen_am and found.am and zugegangen_am > found.am:
        return Bekanntgabe(
            zugegangen_am,
            rule.norm,
            f"Nach dem Gesetz gälte der Bescheid als am {spoken(found.am)}, bekannt gegeben. Er ist aber erst am "
            f"{spoken(zugegangen_am)}, zugegangen. Dann zählt dieser Tag ({rule.norm}).",
            ungeprueft=rule.stand.ungeprueft,
        )
    return found


def _presumed(rule: Bekanntgaberegel, sent: date, land: str, weitere: frozenset[date]) -> Bekanntgabe:
    assert rule.dauer is not None  # noqa: S101 - told apart by the caller
    day = after(sent, rule.dauer)
    told = f"Tag der {_EVENTS[rule.ausloeser]} war {spoken(sent, 'der')}. Der Bescheid gilt {_later(rule)}"
    reason = rest_reason(day, land, weitere)
    if reason and rule.verschiebung is Verschiebung.NAECHSTER_WERKTAG:
        moved = next_werktag(day, land, weitere)
        text = (
            f"{told} als bekannt gegeben ({rule.norm}). Das wäre {spoken(day, 'der')}. "
            f"Weil dieser Tag {reason} ist, gilt er am {spoken(moved)}, als bekannt gegeben "
            f"({rule.verschiebung_grund})."
        )
        return Bekanntgabe(moved, rule.norm, text, ungeprueft=rule.stand.ungeprueft)
    text = f"{told}, am {spoken(day)}, als bekannt gegeben ({rule.norm})."
    if reason:
        text += f" Dass dieser Tag {reason} ist, ändert daran nichts ({rule.verschiebung_grund})."
    return Bekanntgabe(day, rule.norm, text, ungeprueft=rule.stand.ungeprueft)


def _later(rule: Bekanntgaberegel) -> str:
    assert rule.dauer is not None  # noqa: S101 - told apart by the caller
    if rule.dauer.einheit is Einheit.TAG:
        return f"am {rule.dauer.anzahl}. Tag danach"
    return f"{rule.dauer} danach"


def _handed_over(rule: Bekanntgaberegel, sent: date, arrived: date | None) -> Bekanntgabe:
    if rule.weg is Weg.ZUSTELLUNGSURKUNDE and arrived is None:
        text = f"Es zählt der Tag, den die Zustellungsurkunde nennt ({rule.norm}). Sie liegt noch nicht vor."
        return Bekanntgabe(None, rule.norm, text, ungeprueft=rule.stand.ungeprueft)
    day = arrived or sent
    text = (
        f"Der Bescheid wurde am {spoken(day)}, übergeben oder zugestellt und ist damit bekannt gegeben ({rule.norm})."
    )
    return Bekanntgabe(day, rule.norm, text, ungeprueft=rule.stand.ungeprueft)


def _fetched(rule: Bekanntgaberegel, provided: date, fetched: date | None) -> Bekanntgabe:
    assert rule.dauer is not None  # noqa: S101 - the loader demands it
    until = provided + timedelta(days=rule.abruf_tage)
    open_ = rule.stand.ungeprueft
    if fetched is None:
        text = (
            f"Der Bescheid ist erst bekannt gegeben, wenn er abgerufen wird. Das ist bis {spoken(until)}, möglich; "
            f"danach muss er erneut bereitgestellt oder anders bekannt gegeben werden ({rule.norm})."
        )
        return Bekanntgabe(None, rule.norm, text, until, open_)
    if fetched > until:
        text = (
            f"Der Bescheid wurde nicht bis {spoken(until)}, abgerufen. Damit ist er nicht bekannt gegeben; er muss "
            f"erneut bereitgestellt oder auf anderem Weg bekannt gegeben werden ({rule.norm})."
        )
        return Bekanntgabe(None, rule.norm, text, until, open_)
    day = after(fetched, rule.dauer)
    text = (
        f"Der Bescheid wurde am {spoken(fetched)}, abgerufen. Er gilt am Tag danach, am {spoken(day)}, als bekannt "
        f"gegeben ({rule.norm})."
    )
    return Bekanntgabe(day, rule.norm, text, until, open_)
