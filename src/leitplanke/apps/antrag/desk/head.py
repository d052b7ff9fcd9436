"""The head of the desk: where the case is, what can be done next, and the one thing that stands in the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leitplanke.apps.antrag.delivered import TITLES
from leitplanke.apps.antrag.models import Entscheidungsstand, Rechtsbehelfsstand
from leitplanke.core.verfahren.acts import Act, Mode, Stand

if TYPE_CHECKING:
    from leitplanke.apps.antrag.desk.facts import Facts
    from leitplanke.apps.antrag.desk.proof import JudgementRow, Standing
    from leitplanke.apps.antrag.models import Antrag, Entscheidung, Frist, Schreiben

# Acts that one reaches from the head, in that order: the address, what it names, and whether a button does the act.
STEPS: dict[str, tuple[str, tuple[str, ...], bool]] = {
    "uebernehmen": ("schritt", ("uebernehmen",), True),
    "weiterbearbeiten": ("schritt", ("weiterbearbeiten",), True),
    "entscheiden": ("entscheiden", (), False),
    "mitwirkung_fordern": ("schreiben_neu", ("mitwirkung",), False),
    "anhoeren": ("schreiben_neu", ("anhoerung",), False),
    "abgeben": ("schritt", ("abgeben",), False),
    "rechtsbehelf_erfassen": ("schritt", ("rechtsbehelf_erfassen",), False),
    "rechtsbehelf_erledigen": ("schritt", ("rechtsbehelf_erledigen",), False),
    "wiederaufnehmen": ("schritt", ("wiederaufnehmen",), False),
    "abschliessen": ("schritt", ("abschliessen",), True),
}
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


def steps_of(antrag: Antrag, acts: Iterable[Act], entscheidungen: Iterable[Entscheidung]) -> tuple[NextStep, ...]:
    """Return the steps that have a button or a page, the next one first."""
    by_name = {act.name: act for act in acts}
    found = []
    if "zeichnen" in by_name:
        waiting = [one for one in entscheidungen if one.stand == Entscheidungsstand.VORGELEGT]
        found = [
            NextStep("zeichnen", _(by_name["zeichnen"].titel), decision_url(antrag, one), False) for one in waiting
        ]
    for name, (page, more, button) in STEPS.items():
        if name in by_name and (name != "rechtsbehelf_erledigen" or _remedy_open(antrag)):
            url = reverse(f"antrag:{page}", args=[antrag.kennung, *more])
            found.append(NextStep(name, _(by_name[name].titel), url, button))
    return tuple(found)


def _remedy_open(antrag: Antrag) -> bool:
    """Tell whether a remedy waits for its outcome; asked only where it can stand in the way of closing the case."""
    if antrag.state is Stand.BEKANNTGEGEBEN:
        return bool(antrag.rechtsbehelfe.filter(stand=Rechtsbehelfsstand.OFFEN).exists())
    return antrag.state is Stand.RECHTSBEHELF


def decision_url(antrag: Antrag, entscheidung: Entscheidung) -> str:
    """Return where a decision stands."""
    return reverse("antrag:entscheidung", args=[antrag.kennung, entscheidung.nummer])


@dataclass(frozen=True, slots=True)
class Paper:
    """A decision or letter of the case, and how far it is."""

    title: str
    state: str
    url: str


def papers_of(
    antrag: Antrag, entscheidungen: Iterable[Entscheidung], schreiben: Iterable[Schreiben]
) -> tuple[Paper, ...]:
    """Return the decisions and letters of a case."""
    decisions = [
        Paper(str(one.get_art_display()), str(one.get_stand_display()), decision_url(antrag, one))
        for one in entscheidungen
    ]
    letters = [
        Paper(str(TITLES.get(one.art, one.art)), str(one.get_stand_display()),
              reverse("antrag:schreiben", args=[one.kennung]))
        for one in schreiben
    ]  # fmt: skip
    return (*decisions, *letters)


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
    """What the desk knows of a case, as far as it may be shown.

    Attributes:
        unassigned: key of a document whose values are about no certain item of a list yet; empty for none.
    """

    antrag: Antrag
    facts: Facts
    standing: Standing
    judgements: tuple[JudgementRow, ...]
    hide: bool
    unassigned: str = ""


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
    if work.unassigned:
        text = _("Aus einer Unterlage wurden Werte gelesen, aber nicht, für wen sie gelten.")
        address = f"?beleg={work.unassigned}#unterlagen"
        yield Hint("warning", _("Eine Unterlage ist zuzuordnen"), text, address, _("Unterlage zuordnen"))
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
