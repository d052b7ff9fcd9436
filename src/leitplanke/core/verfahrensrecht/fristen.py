"""The end of a deadline by §§ 187 to 193 BGB, with the sentence that says how it came about."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from leitplanke.core.verfahrensrecht.errors import FehltImRecht
from leitplanke.core.verfahrensrecht.kalender import land_code, next_werktag, rest_reason, spoken
from leitplanke.core.verfahrensrecht.model import (
    Belehrung,
    Dauer,
    Einheit,
    Fristart,
    Rechtsbehelf,
    Verfahrensrecht,
    Verschiebung,
)

_BGB = {
    Einheit.TAG: "§ 187 Abs. 1, § 188 Abs. 1 BGB",
    Einheit.WOCHE: "§ 187 Abs. 1, § 188 Abs. 2 BGB",
    Einheit.MONAT: "§ 187 Abs. 1, § 188 Abs. 2 BGB",
    Einheit.JAHR: "§ 187 Abs. 1, § 188 Abs. 2 BGB",
}
NO_HOLIDAYS: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Fristende:
    """The last day of a deadline, the norms, and a German sentence on how it was computed."""

    am: date
    norm: str
    erklaerung: str


@dataclass(frozen=True, slots=True)
class Rechtsbehelfsfrist:
    """Until when a remedy is in time; `am` is None where no deadline runs."""

    am: date | None
    norm: str
    erklaerung: str


def after(event: date, dauer: Dauer) -> date:
    """Return the last day of a duration that an event begins; the day of the event does not count.

    A month without that day ends on its last (§ 188 Abs. 3 BGB).
    """
    if dauer.einheit is Einheit.TAG:
        return event + timedelta(days=dauer.anzahl)
    if dauer.einheit is Einheit.WOCHE:
        return event + timedelta(weeks=dauer.anzahl)
    months = dauer.anzahl * (12 if dauer.einheit is Einheit.JAHR else 1)
    year, month = divmod(event.year * 12 + event.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(event.day, last))


def frist_ende(  # noqa: PLR0913 - the law asks for each of them
    recht: Verfahrensrecht,
    ab: date,
    dauer: Dauer,
    land: str,
    art: Fristart,
    *,
    weitere_feiertage: frozenset[date] = NO_HOLIDAYS,
) -> Fristende:
    """Return when a deadline ends that the event on the day `ab` begins.

    `land` is where the act is to be done; `weitere_feiertage` are holidays of that town alone.

    Raises:
        FehltImRecht: the law or the calendar knows nothing for it.
    """
    if dauer.anzahl < 1:
        raise FehltImRecht("Eine Frist dauert mindestens einen Tag, eine Woche, einen Monat oder ein Jahr.")
    rule = recht.fristregel(art, ab)
    return _moved(
        ab,
        dauer,
        f"{rule.norm} i. V. m. {_bgb(ab, dauer)}",
        (land_code(land), weitere_feiertage, rule.verschiebung),
    )


def rechtsbehelfsfrist(
    rechtsbehelf: Rechtsbehelf,
    bekannt_am: date,
    land: str,
    belehrung: Belehrung = Belehrung.RICHTIG,
    *,
    weitere_feiertage: frozenset[date] = NO_HOLIDAYS,
) -> Rechtsbehelfsfrist:
    """Return until when a remedy is in time, also where the instruction about it is missing or wrong.

    `land` is where the authority or court sits that receives it.
    """
    if belehrung is Belehrung.VERNEINT:
        return Rechtsbehelfsfrist(
            None,
            rechtsbehelf.ohne_belehrung_norm,
            "Der Bescheid sagt, dass es keinen Rechtsbehelf gibt. Deshalb läuft auch keine Jahresfrist "
            f"({rechtsbehelf.ohne_belehrung_norm}).",
        )
    right = belehrung is Belehrung.RICHTIG
    dauer = rechtsbehelf.frist if right else rechtsbehelf.ohne_belehrung
    norm = rechtsbehelf.frist_norm if right else rechtsbehelf.ohne_belehrung_norm
    end = _moved(
        bekannt_am,
        dauer,
        f"{norm}; {rechtsbehelf.berechnung_norm} i. V. m. {_bgb(bekannt_am, dauer)}",
        (land_code(land), weitere_feiertage, Verschiebung.NAECHSTER_WERKTAG),
    )
    fault = f"Die Belehrung über den Rechtsbehelf {_FAULTS.get(belehrung, '')}. "
    why = "" if right else f"{fault}Deshalb beträgt die Frist {dauer} statt {rechtsbehelf.frist}. "
    return Rechtsbehelfsfrist(end.am, end.norm, why + end.erklaerung)


_FAULTS = {Belehrung.FEHLT: "fehlt", Belehrung.UNRICHTIG: "ist unrichtig"}


def _bgb(event: date, dauer: Dauer) -> str:
    end = after(event, dauer)
    short = dauer.einheit in {Einheit.MONAT, Einheit.JAHR} and end.day != event.day
    return _BGB[dauer.einheit].replace("Abs. 2 BGB", "Abs. 2 und 3 BGB") if short else _BGB[dauer.einheit]


def _moved(event: date, dauer: Dauer, norm: str, rule: tuple[str, frozenset[date], Verschiebung]) -> Fristende:
    land, weitere, verschiebung = rule
    end = after(event, dauer)
    reason = rest_reason(end, land, weitere)
    told = (
        f"Die Frist beginnt nach {spoken(event)}; dieser Tag zählt nicht mit. "
        f"Sie dauert {dauer} und endet mit Ablauf von {spoken(end)}"
    )
    if not reason:
        return Fristende(end, norm, f"{told} ({norm}).")
    if verschiebung is Verschiebung.KEINE:
        return Fristende(end, norm, f"{told} ({norm}). Dass dieser Tag {reason} ist, verschiebt das Ende nicht.")
    moved = next_werktag(end, land, weitere)
    told = (
        f"Die Frist beginnt nach {spoken(event)}; dieser Tag zählt nicht mit. Sie dauert {dauer}. "
        f"Ihr letzter Tag wäre {spoken(end, 'der')}. "
        f"Weil dieser Tag {reason} ist, endet sie mit Ablauf von {spoken(moved)}"
    )
    return Fristende(moved, norm, f"{told} ({norm}).")
