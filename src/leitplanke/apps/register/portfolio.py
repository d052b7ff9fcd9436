"""All systems at a glance: class by state, what is outdated or expires, white spots, what it brought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from leitplanke.apps.register.labels import CLASS_KINDS, CLASS_LABELS, STAND_LABELS
from leitplanke.apps.register.models import Bewertung, Eintrag, Verdikt, Vorfall
from leitplanke.base.interview.wording import said
from leitplanke.core.register.fields import felder
from leitplanke.core.register.lifecycle import Stand

if TYPE_CHECKING:
    from leitplanke.base.accounts.models import Mandant

EXPIRES_DAYS = 90
RUNNING = (Stand.ERPROBUNG, Stand.FREIGEGEBEN)


@dataclass(frozen=True, slots=True)
class Cell:
    """How many systems are of a class and in a state, and where they are listed."""

    label: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A class with its systems by state."""

    label: str
    kind: str
    cells: tuple[Cell, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Spot:
    """A field of municipal life, and how far AI has come there.

    Attributes:
        white: whether nothing tested is in use there.
    """

    label: str
    sentence: str
    white: bool
    running: int
    total: int
    url: str


def list_url(**chosen: str) -> str:
    """Return the address of the list with a filter."""
    return f"{reverse('register:amt_liste')}?{urlencode(chosen)}"


def entry_url(kuerzel: str) -> str:
    """Return the address of an entry."""
    return reverse("register:amt_eintrag", args=[kuerzel])


def states() -> list[str]:
    """Return the words for all states, in the order of the columns."""
    return [_(STAND_LABELS[stand]) for stand in Stand]


def matrix(mandant: Mandant) -> list[ClassRow]:
    """Return the classes that occur, the gravest first, each with its systems by state."""
    rows = Eintrag.objects.for_mandant(mandant).order_by().values_list("klasse", "stand").annotate(Count("pk"))
    counts = {(klasse, stand): count for klasse, stand, count in rows}
    known = [name for name in reversed(CLASS_LABELS) if any(klasse == name for klasse, _stand in counts)]
    return [_class_row(name, counts) for name in known]


def _class_row(name: str, counts: dict[tuple[str, str], int]) -> ClassRow:
    cells = [
        Cell(_(STAND_LABELS[stand]), counts.get((name, stand), 0), list_url(klasse=name or "offen", stand=stand))
        for stand in Stand
    ]
    return ClassRow(_(CLASS_LABELS[name]), CLASS_KINDS[name], tuple(cells), sum(cell.count for cell in cells))


def totals(mandant: Mandant) -> dict[str, int]:
    """Return the few figures that stand above everything: all, running, suspended, open reports."""
    rows = Eintrag.objects.for_mandant(mandant).order_by().values_list("stand").annotate(Count("pk"))
    counts = dict(rows)
    return {
        "alle": sum(counts.values()) - counts.get(Stand.STILLGELEGT, 0),
        "laufend": sum(counts.get(stand, 0) for stand in RUNNING),
        "ausgesetzt": counts.get(Stand.AUSGESETZT, 0),
        "meldungen": Vorfall.objects.for_mandant(mandant).filter(erledigt_am__isnull=True).count(),
    }


def expiring(mandant: Mandant, today: date) -> list[Eintrag]:
    """Return the running systems whose evaluation ends soon or has ended, the next first."""
    soon = today + timedelta(days=EXPIRES_DAYS)
    rows = Eintrag.objects.for_mandant(mandant).filter(stand__in=RUNNING, gueltig_bis__lte=soon)
    return list(rows.order_by("gueltig_bis", "name"))


def spots(mandant: Mandant) -> list[Spot]:
    """Return all fields of municipal life, the white spots first."""
    passed = Bewertung.objects.filter(
        eintrag=OuterRef("pk"), verdikt=Verdikt.BESTANDEN, wesentlich_sha256=OuterRef("gueltig__wesentlich_sha256")
    )
    rows = Eintrag.objects.for_mandant(mandant).exclude(stand=Stand.STILLGELEGT).order_by()
    found: dict[str, list[tuple[Stand, bool]]] = {}
    for area, stand, tested in rows.annotate(geprueft=Exists(passed)).values_list("lebensbereich", "stand", "geprueft"):
        found.setdefault(area, []).append((Stand(stand), tested))
    areas = felder()["lebensbereich"].optionen or {}
    every = [_spot(name, said(words), found.get(name, [])) for name, words in areas.items()]
    return sorted(every, key=lambda spot: (not spot.white, spot.running, spot.total))


def _spot(name: str, label: str, systems: list[tuple[Stand, bool]]) -> Spot:
    running = [tested for stand, tested in systems if stand in RUNNING]
    if not systems:
        sentence = _("kein System")
    elif all(stand is Stand.IDEE for stand, _tested in systems):
        sentence = _("nur Ideen")
    elif not running:
        sentence = _("noch nicht oder nicht mehr im Einsatz")
    elif not any(running):
        sentence = _("im Einsatz, aber nicht gegen Menschen geprüft")
    else:
        sentence = _("im Einsatz und geprüft")
    return Spot(label, sentence, not any(running), len(running), len(systems), list_url(bereich=name))


def brought(mandant: Mandant) -> list[tuple[Eintrag, str]]:
    """Return what systems brought, in the words of their entries: the released version where there is one."""
    rows = Eintrag.objects.for_mandant(mandant).select_related("bearbeitung", "gueltig").order_by("name")
    told = [(row, _said(row)) for row in rows.exclude(stand__in=(Stand.IDEE, Stand.PRUEFUNG))]
    return [(row, text) for row, text in told if text]


def _said(eintrag: Eintrag) -> str:
    version = eintrag.gueltig or eintrag.bearbeitung
    return str(version.angaben.get("erreicht") or "").strip() if version is not None else ""
