"""The facts of a case as the desk lists them: grouped, with source and state, and what is still missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from leitplanke.apps.antrag.claims import Claim, Matter
from leitplanke.apps.antrag.desk.documents import kind_title
from leitplanke.apps.antrag.desk.values import anchor_of, bounds_text, title_of_path, value_text
from leitplanke.apps.antrag.models import Angabe, Fundweg, Quelle
from leitplanke.base.interview.wording import said
from leitplanke.core.rules.model import Kind
from leitplanke.core.verfahren.facts import PathError, parts_of

if TYPE_CHECKING:
    from leitplanke.apps.antrag.models import Beleg, Vorschlag
    from leitplanke.core.rules import Result


CASE = "fall"
"""Key of the group of facts that are about the case as a whole."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value comes from, and the passage that shows it."""

    text: str
    beleg: str = ""
    passages: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """One of several values that are claimed for a fact, as a radio button."""

    key: str
    text: str
    sources: tuple[Source, ...]
    hint: str = ""


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact as one line of the desk."""

    pfad: str
    anchor: str
    title: str
    value: str
    state: str
    kind: str
    norm: str = ""
    sources: tuple[Source, ...] = ()
    sides: tuple[Side, ...] = ()
    undisputed: bool = False
    hint: str = ""


@dataclass(slots=True)
class Group:
    """Facts that belong together: those of the case, or of one item of a list.

    Attributes:
        presumed: what the law presumes, only where somebody wants to see it; `presumptions` counts them.
    """

    title: str
    key: str
    rows: list[FactRow] = field(default_factory=list)
    presumed: list[FactRow] = field(default_factory=list)
    presumptions: int = 0


@dataclass(frozen=True, slots=True)
class Facts:
    """All facts of a case."""

    groups: tuple[Group, ...]
    disputed: tuple[FactRow, ...]
    undisputed: tuple[FactRow, ...]
    missing: tuple[str, ...]
    unconfirmed: int

    @property
    def pfade(self) -> frozenset[str]:
        """Every fact that has a line of its own."""
        return frozenset(row.pfad for group in self.groups for row in group.rows)


def facts_of(result: Result, matters: Mapping[str, Matter], missing: Iterable[str], wanted: str = "") -> Facts:
    """Return every fact that is stated, proposed, presumed or missing, in the order of the rules.

    Args:
        missing: the facts that still matter, by path.
        wanted: key of the group whose presumptions are listed.
    """
    absent = [pfad for pfad in missing if pfad not in matters or not matters[pfad].claims]
    groups: dict[tuple[str, int], Group] = {}
    rows = [row_of(matter) for matter in matters.values()]
    rows += [_missing_row(result, pfad) for pfad in absent if pfad not in matters]
    for row in sorted(rows, key=lambda row: _order(result, row.pfad)):
        _group(groups, result, row.pfad).rows.append(row)
    for pfad in result.assumed:
        if pfad not in matters:
            group = _group(groups, result, pfad)
            group.presumptions += 1
            if group.key == wanted:
                group.presumed.append(_presumed_row(result, pfad))
    ordered = sorted(groups, key=lambda key: (key[0] != "", _place_of(result, key[0]), key[1]))
    return Facts(
        tuple(groups[key] for key in ordered),
        tuple(row for row in rows if row.sides),
        tuple(row for row in rows if row.undisputed),
        tuple(absent),
        sum(not matter.confirmed and not matter.refused for matter in matters.values()),
    )


def row_of(matter: Matter) -> FactRow:
    """Return a fact as a line: its value, or the values among which a person chooses."""
    question = matter.question
    single = len(matter.claims) == 1
    value = value_text(matter.claims[0].wert, question) if single and not matter.refused else _told(matter)
    state, kind = _state(matter)
    alone = matter.disputed or (matter.odd and bool(matter.vorschlaege))
    return FactRow(
        pfad=matter.pfad,
        anchor=anchor_of(matter.pfad),
        title=said(question.titel),
        value=value,
        state=state,
        kind=kind,
        norm=question.norm,
        sources=tuple(source for claim in matter.claims for source in sources_of(claim)) or _own_source(matter.angabe),
        sides=tuple(_sides(matter)) if alone else (),
        undisputed=matter.undisputed,
        hint=" ".join(dict.fromkeys(one.hinweis for one in matter.vorschlaege if one.hinweis)),
    )


def _told(matter: Matter) -> str:
    if len(matter.claims) > 1:
        return _(" oder ").join(value_text(claim.wert, matter.question) for claim in matter.claims)
    return value_text(matter.angabe.wert, matter.question) if matter.angabe else ""


def _state(matter: Matter) -> tuple[str, str]:
    if matter.disputed:
        return _("widersprüchlich"), "danger"
    if matter.vorschlaege:
        agreed = matter.angabe is not None and bool(matter.claims) and matter.claims[0].angabe is not None
        return (_("belegt"), "info") if agreed else (_("vorgeschlagen"), "warning")
    if matter.refused:
        return _("nicht angegeben"), "warning"
    if not matter.claims:
        return _("nicht bekannt"), "warning"
    return (_("bestätigt"), "success") if matter.confirmed else (_("angegeben"), "info")


def _sides(matter: Matter) -> Iterator[Side]:
    for place, claim in enumerate(matter.claims):
        key = f"v{claim.vorschlaege[0].pk}" if claim.vorschlaege else f"a{place}"
        hint = " ".join(dict.fromkeys(one.hinweis for one in claim.vorschlaege if one.hinweis))
        yield Side(key, value_text(claim.wert, matter.question), tuple(sources_of(claim)), hint)


def sources_of(claim: Claim) -> Iterator[Source]:
    """Return everybody who says so, what was stated first."""
    yield from _own_source(claim.angabe)
    for vorschlag in claim.vorschlaege:
        yield Source(_found_in(vorschlag), str(vorschlag.beleg.kennung), passages_of(vorschlag.stellen))


def _own_source(angabe: Angabe | None) -> tuple[Source, ...]:
    if angabe is None:
        return ()
    if angabe.quelle == Quelle.BELEG and angabe.beleg is not None:
        stelle = [[angabe.anfang, angabe.ende]] if angabe.anfang is not None else []
        return (Source(_named(angabe.beleg), str(angabe.beleg.kennung), passages_of(stelle)),)
    return (Source(_quelle_words(get_language() or "de")[angabe.quelle]),)


@cache
def _quelle_words(_language: str) -> dict[str, str]:
    """Return the words for where values come from, made once for each language."""
    return {str(name): str(label) for name, label in Quelle.choices}


def _found_in(vorschlag: Vorschlag) -> str:
    """Return the document of a value, and what found it there unless the fixed patterns alone did."""
    named = _named(vorschlag.beleg)
    if vorschlag.gefunden == Fundweg.MUSTER:
        return named
    return _("%(beleg)s, gefunden von: %(wer)s") % {"beleg": named, "wer": vorschlag.get_gefunden_display()}


def _named(beleg: Beleg) -> str:
    return kind_title(beleg.art) or beleg.name


def passages_of(stellen: Iterable[Iterable[Any]]) -> str:
    """Return passages as they stand in an address: „12-20,40-48“."""
    return ",".join("-".join(str(end) for end in stelle) for stelle in stellen)


def _missing_row(result: Result, pfad: str) -> FactRow:
    question = _question(result, pfad)
    title = said(question.titel) if question else title_of_path(result.regelwerk, pfad)
    norm = question.norm if question else ""
    return FactRow(pfad, anchor_of(pfad), title, "–", _("fehlt"), "warning", norm)


def _presumed_row(result: Result, pfad: str) -> FactRow:
    question = _question(result, pfad)
    if question is None:
        return FactRow(pfad, anchor_of(pfad), title_of_path(result.regelwerk, pfad), "", "", "info")
    value = ""
    if "[" not in pfad:
        low, high = result.bounds_of(pfad)
        value = bounds_text(low, high, question.shape, question.shape.einheit)
    return FactRow(
        pfad, anchor_of(pfad), said(question.titel), value, _("vermutet vom Gesetz"), "info", question.annahme_norm
    )


def _question(result: Result, pfad: str) -> Any:
    book = result.regelwerk
    try:
        name, _place, part = parts_of(pfad)
    except PathError:
        return book.fact(pfad)
    angabe = book.angaben.get(name)
    return next((one for one in angabe.felder if one.name == part), None) if angabe else None


def _group(groups: dict[tuple[str, int], Group], result: Result, pfad: str) -> Group:
    try:
        name, place, _part = parts_of(pfad)
    except PathError:
        name, place = "", 0
    if (name, place) not in groups:
        angabe = result.regelwerk.angaben.get(name)
        title = numbered(said(angabe.titel), place) if angabe else _("Zum Fall")
        groups[name, place] = Group(title, f"{name}-{place}" if name else CASE)
    return groups[name, place]


def numbered(title: str, place: int) -> str:
    """Return what an item of a list is called."""
    return _("%(liste)s, Eintrag %(nummer)d") % {"liste": title, "nummer": place}


def _order(result: Result, pfad: str) -> tuple[int, int, int]:
    try:
        name, place, part = parts_of(pfad)
    except PathError:
        return _place_of(result, pfad), 0, 0
    angabe = result.regelwerk.angaben.get(name)
    parts = [one.name for one in angabe.felder] if angabe else []
    return _place_of(result, name), place, parts.index(part) if part in parts else len(parts)


def _place_of(result: Result, name: str) -> int:
    names = result.program.prepared("desk_order", lambda: {n: i for i, n in enumerate(result.regelwerk.angaben)})
    return names.get(name, len(names))  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list for a choice: its number and what tells it from the others."""

    place: int
    text: str


def items_of(result: Result, fakten: Mapping[str, Any], name: str) -> tuple[Item, ...]:
    """Return the items of a list, each with the first of its facts that are chosen from options."""
    angabe = result.regelwerk.angaben.get(name)
    rows = fakten.get(name)
    if angabe is None or not isinstance(rows, list):
        return ()
    telling = [part for part in angabe.felder if part.shape.kind is Kind.AUSWAHL][:1]
    return tuple(
        Item(place, numbered(said(angabe.titel), place) + "".join(_telling(row, telling)))
        for place, row in enumerate(rows, 1)
    )


def _telling(row: Mapping[str, Any], parts: Iterable[Any]) -> Iterator[str]:
    for part in parts:
        if row.get(part.name) is not None:
            yield f" ({value_text(row[part.name], part)})"


@dataclass(frozen=True, slots=True)
class Past:
    """What a fact was before."""

    value: str
    source: str
    state: str
    when: Any
    by: str


def history_of(rows: Iterable[Angabe], question: Any) -> tuple[Past, ...]:
    """Return every value that a fact has had, the newest first."""
    return tuple(
        Past(
            value_text(row.wert, question), _own_source(row)[0].text, str(row.get_stand_display()), row.am,
            row.von.person.name if row.von else "",
        )
        for row in rows
    )  # fmt: skip
