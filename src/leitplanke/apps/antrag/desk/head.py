"""The head of the desk: where the case is, what can be done next, and the one thing that stands in the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leitplanke.apps.antrag.casework import SIMPLE
from leitplanke.core.verfahren.acts import Act, Mode, Stand

if TYPE_CHECKING:
    from leitplanke.apps.antrag.desk.facts import Facts
    from leitplanke.apps.antrag.desk.proof import JudgementRow, Standing
    from leitplanke.apps.antrag.models import Antrag, Frist

# Acts that have a page of their own, named `antrag:` and the act, in the order in which one would reach for them.
PAGES = (
    "zeichnen", "entscheiden", "mitwirkung_fordern", "anhoeren", "abgeben", "rechtsbehelf_erfassen", "aufheben",
    "wiederaufnehmen", "abschliessen",
)  # fmt: skip
MOST_NAMED = 4


@dataclass(frozen=True, slots=True)
class NextStep:
    """Something that can be done now: a page to go to, or a button."""

    name: str
    title: str
    url: str
    button: bool


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline in words."""

    title: str
    until: date
    past: bool
    days: int


@dataclass(frozen=True, slots=True)
class Hint:
    """The one thing that stands in the way, why, and where to go."""

    kind: str
    title: str
    text: str
    url: str = ""
    action: str = ""


def steps_of(antrag: Antrag, acts: Iterable[Act]) -> tuple[NextStep, ...]:
    """Return the steps that have a button or a page, the next one first."""
    by_name = {act.name: act for act in acts}
    found = []
    for name in (*SIMPLE, *PAGES):
        if name not in by_name:
            continue
        url = _page(name, antrag)
        if url:
            found.append(NextStep(name, _(by_name[name].titel), url, button=name in SIMPLE))
    return tuple(found)


def _page(name: str, antrag: Antrag) -> str:
    """Return where an act is done; empty as long as there is no page for it."""
    try:
        if name in SIMPLE:
            return reverse("antrag:akte_schritt", args=[antrag.kennung, name])
        return reverse(f"antrag:{name}", args=[antrag.kennung])
    except NoReverseMatch:
        return ""


def deadlines_of(fristen: Iterable[Frist], today: date) -> tuple[Deadline, ...]:
    """Return what is due, the nearest first."""
    return tuple(
        Deadline(str(frist.get_art_display()), frist.ende, frist.ende < today, abs((frist.ende - today).days))
        for frist in fristen
    )


def mode_words(antrag: Antrag) -> tuple[str, str]:
    """Return the mode of the case in short, and what it means."""
    if Mode(antrag.modus) is Mode.C_FULL:
        return _("Betriebsart C-voll"), _("Ein Sprachmodell darf vor der Entscheidung vorschlagen. Sie entscheiden.")
    return _("Betriebsart C-sicher"), _("Kein Sprachmodell wirkt an diesem Vorgang mit. Gerechnet wird nach Regeln.")


@dataclass(frozen=True, slots=True)
class Work:
    """What the desk knows of a case, as far as it may be shown."""

    antrag: Antrag
    facts: Facts
    standing: Standing
    judgements: tuple[JudgementRow, ...]
    hide: bool


def hint_of(work: Work) -> Hint | None:
    """Return the first thing that stands in the way of a decision; None where the case is not worked on."""
    state = work.antrag.state
    if state is Stand.EINGEGANGEN:
        text = _("Beginnen Sie die Bearbeitung, dann können Sie prüfen und entscheiden.")
        return Hint("info", _("Neu eingegangen"), text)
    return next(_in_the_way(work), None) if state in {Stand.IN_BEARBEITUNG, Stand.WARTET} else None


def _in_the_way(work: Work) -> Iterator[Hint]:
    """Yield what stands in the way, what comes first of all first."""
    facts, waiting = work.facts, [row for row in work.judgements if row.open]
    if facts.disputed:
        yield _disputed([row.title for row in facts.disputed], facts.disputed[0].anchor)
    if work.standing.missing:
        yield _missing(work.standing)
    if work.hide:
        text = _("Halten Sie fest, wie Sie entscheiden würden. Danach zeigen die Regeln, was sie ergeben.")
        yield Hint("warning", _("Zuerst entscheiden Sie"), text, "#erste-entscheidung", _("Zur ersten Entscheidung"))
    if facts.unconfirmed:
        yield _unconfirmed(facts.unconfirmed)
    if waiting:
        yield _waiting(waiting)
    yield Hint("success", _("Bereit zur Entscheidung"), _("Alle Angaben sind bestätigt, alle Urteile getroffen."))


def _unconfirmed(count: int) -> Hint:
    title = ngettext("Noch %(zahl)d Angabe zu bestätigen", "Noch %(zahl)d Angaben zu bestätigen", count)
    text = _("Entschieden wird nur auf Angaben, die ein Mensch bestätigt hat.")
    return Hint("warning", title % {"zahl": count}, text, "#angaben", _("Zu den Angaben"))


def _waiting(rows: list[JudgementRow]) -> Hint:
    title = ngettext("%(zahl)d Urteil ist offen", "%(zahl)d Urteile sind offen", len(rows)) % {"zahl": len(rows)}
    text = _("Das entscheidet keine Regel, sondern Sie: %(was)s.") % {"was": _listed([row.title for row in rows])}
    return Hint("warning", title, text, f"?urteil={rows[0].name}#urteil-{rows[0].name}", _("Urteil treffen"))


def _disputed(titles: list[str], anchor: str) -> Hint:
    title = ngettext("Eine Angabe ist zu klären", "%(zahl)s Angaben sind zu klären", len(titles))
    text = _("Bitte sehen Sie nach, welcher Wert gilt: %(was)s.") % {"was": _listed(titles)}
    return Hint("warning", title % {"zahl": _number(len(titles))}, text, f"#{anchor}", _("Jetzt klären"))


def _missing(standing: Standing) -> Hint:
    titles = [row.title for row in standing.missing]
    title = ngettext("Eine Angabe fehlt", "%(zahl)s Angaben fehlen", len(titles)) % {"zahl": _number(len(titles))}
    text = _("%(was)s. Ohne das steht nicht fest, wie zu entscheiden ist.") % {"was": _listed(titles)}
    return Hint("warning", title, text, "#fehlend", _("Was fehlt und warum"))


def _number(count: int) -> str:
    words = ["", _("Eine"), _("Zwei"), _("Drei"), _("Vier"), _("Fünf"), _("Sechs")]
    return words[count] if count < len(words) else str(count)


def _listed(titles: list[str]) -> str:
    more = len(titles) - MOST_NAMED
    return ", ".join(titles[:MOST_NAMED]) + (_(" und %(zahl)d weitere") % {"zahl": more} if more > 0 else "")
