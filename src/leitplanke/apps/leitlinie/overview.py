"""A version at a glance: chapters with their clauses, what is missing, what comes next."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leitplanke.apps.leitlinie.library import blocks, sources, table
from leitplanke.apps.leitlinie.models import Beitragsstand, Fassungsstand
from leitplanke.apps.leitlinie.queries import guideline_of
from leitplanke.core.guideline import Area, Kind, Lack, check, numbered, profile_of
from leitplanke.core.guideline.demands import unmet
from leitplanke.core.guideline.writing.words import CHAPTERS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from leitplanke.apps.leitlinie.models import Leitlinienfassung
    from leitplanke.core.guideline import Block, Guideline

MOST_CHECKS = 16
_checks: OrderedDict[str, tuple[Lack, ...]] = OrderedDict()


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """A building block in a version.

    Attributes:
        number: as the guideline counts; "" while nothing is decided.
        said: the decision in one line; "" while there is none.
        who: who decided or looked at it last; "" where nobody has.
        open: remarks and suggestions that nobody has settled.
    """

    block: Block
    number: str
    said: str
    looked_at: bool
    who: str
    at: datetime | None
    open: int
    own_words: bool


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter; `later` are questions that a small town may leave for another day."""

    area: Area
    title: str
    rows: tuple[ClauseRow, ...]
    later: tuple[ClauseRow, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that is missing, with the blocks to look at."""

    message: str
    grave: bool
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """What comes next, in words, and where; `url` may be empty."""

    title: str
    text: str
    url: str = ""
    action: str = ""


def chapters_of(version: Leitlinienfassung) -> list[Chapter]:
    """Return the chapters with their clauses; what is not decided stands last in its chapter."""
    clauses = {clause.baustein: clause for clause in version.klauseln.all()}
    decided = {one.block.id: one for one in numbered(guideline_of(version), blocks())}
    who = {row.baustein: row for row in version.klauselstaende.select_related("person").order_by("nummer")}
    remarks = dict(
        version.beitraege.filter(stand=Beitragsstand.OFFEN, antwort_auf=None)
        .values_list("baustein").annotate(Count("pk")).order_by()
    )  # fmt: skip
    rows: dict[Area, list[ClauseRow]] = {area: [] for area in Area}
    for block in blocks().values():
        one, clause, last = decided.get(block.id), clauses.get(block.id), who.get(block.id)
        looked_at = clause is not None and clause.geprueft
        seen_by = last if looked_at else None
        rows[block.area].append(ClauseRow(
            block, one.number if one else "", one.option.title if one else "", looked_at,
            seen_by.person.name if seen_by and seen_by.person else "", seen_by.am if seen_by else None,
            remarks.get(block.id, 0), bool(clause and clause.wortlaut),
        ))  # fmt: skip
    return [_chapter(area, found, only_core=version.nur_kern) for area, found in rows.items()]


def _chapter(area: Area, rows: list[ClauseRow], *, only_core: bool) -> Chapter:
    later = [row for row in rows if only_core and not row.said and not row.block.core and not row.open]
    now = sorted((row for row in rows if row not in later), key=lambda row: (not row.said, row.block.id))
    return Chapter(area, _(CHAPTERS[area]), tuple(now), tuple(later))


def lacks_of(version: Leitlinienfassung) -> tuple[Lack, ...]:
    """Return what is missing or contradicts itself, the grave first."""
    return checked(guideline_of(version))


def checked(guideline: Guideline) -> tuple[Lack, ...]:
    """Like `check`, which tries many combinations of facts: what was looked at lately is not computed again."""
    key = repr(guideline)
    if key not in _checks:
        found = check(guideline, blocks(), profile_of(guideline, blocks(), table()))
        _checks[key] = (*found, *_duties(guideline))
        while len(_checks) > MOST_CHECKS:
            _checks.popitem(last=False)
    return _checks[key]


def _duties(guideline: Guideline) -> Iterator[Lack]:
    """Name the duties of the AI Act that no clause sees to."""
    for duty in unmet(sources().ai_act.demands, numbered(guideline, blocks())):
        yield Lack(Kind.PFLICHT, duty.blocks, f"KI-Verordnung, {duty.norm}: {duty.text}. Keine Klausel sorgt dafür.")


def missing_in(version: Leitlinienfassung, lacks: tuple[Lack, ...]) -> list[Missing]:
    """Return what people should look at; undecided questions that a small town may leave are not in it."""
    known = blocks()
    return [
        Missing(lack.message, lack.grave, tuple(known[name] for name in dict.fromkeys(lack.blocks) if name in known))
        for lack in lacks
        if lack.grave or not (version.nur_kern and lack.kind is Kind.OFFEN)
    ]


def next_step(version: Leitlinienfassung, chapters: list[Chapter], missing: list[Missing], *, may_edit: bool) -> Step:
    """Return what comes next, in words."""
    if version.stand == Fassungsstand.VERWORFEN:
        return Step(_("Diese Fassung ist verworfen."), _("Sie bleibt zum Nachlesen hier."))
    if version.stand == Fassungsstand.BESCHLOSSEN:
        return Step(
            _("Diese Fassung ist beschlossen."),
            _("Sie wird nicht mehr geändert. Wer etwas ändern will, beginnt eine neue."),
        )
    if version.stand == Fassungsstand.MITZEICHNUNG:
        return Step(
            _("Diese Fassung wird gerade mitgezeichnet."), _("Sagen und vorschlagen können Sie weiterhin etwas.")
        )
    if not may_edit:
        return Step(
            _("Sehen Sie die Klauseln an, die Sie betreffen."),
            _("Zu jeder können Sie etwas sagen oder vorschlagen. Entscheiden werden KI-Beauftragte und Leitung."),
        )
    return _for_authors(version, chapters, missing)


def _for_authors(version: Leitlinienfassung, chapters: list[Chapter], missing: list[Missing]) -> Step:
    rows = [row for chapter in chapters for row in chapter.rows]
    if unanswered := [chapter for chapter in chapters if any(_asked(row) for row in chapter.rows)]:
        count = sum(_asked(row) for row in rows)
        return Step(
            ngettext("Noch %(n)d wichtige Frage ist offen.", "Noch %(n)d wichtige Fragen sind offen.", count)
            % {"n": count},
            _("Ohne Antwort darauf lässt sich die Leitlinie nicht beschließen."),
            reverse("leitlinie:fragen", args=[version.nummer, unanswered[0].area.value]),
            _("Fragen beantworten"),
        )  # fmt: skip
    if grave := [one for one in missing if one.grave and one.blocks]:
        return Step(
            ngettext("%(n)d Hindernis für den Beschluss", "%(n)d Hindernisse für den Beschluss", len(grave))
            % {"n": len(grave)},
            grave[0].message, clause_url(version, grave[0].blocks[0].id), _("Dazu gehen"),
        )  # fmt: skip
    if unseen := [row for row in rows if row.said and not row.looked_at]:
        return Step(
            ngettext(
                "%(n)d Klausel hat noch niemand angesehen.", "%(n)d Klauseln hat noch niemand angesehen.", len(unseen)
            )
            % {"n": len(unseen)},
            _("Sie stammen aus der Vorlage. Sehen Sie jede an und entscheiden Sie, ob sie so bleibt."),
            clause_url(version, unseen[0].block.id), _("Die nächste ansehen"),
        )  # fmt: skip
    if open_rows := [row for row in rows if row.open]:
        return Step(
            _("Zu einigen Klauseln hat jemand etwas gesagt."), _("Antworten Sie, oder entscheiden Sie darüber."),
            clause_url(version, open_rows[0].block.id), _("Dazu gehen"),
        )  # fmt: skip
    return Step(_("Alles ist entschieden und angesehen."), _("Die Fassung kann in die Mitzeichnung gehen."))


def _asked(row: ClauseRow) -> bool:
    return row.block.core and not row.said


def clause_url(version: Leitlinienfassung, block: str) -> str:
    """Return the address of a clause."""
    return reverse("leitlinie:klausel", args=[version.nummer, block])
