"""What an entry says, as pages of the office show it: each statement in words, with who sees it and what is new."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from leitplanke.base.interview.wording import said
from leitplanke.core.register.fields import Art, Feld, Sicht, empty, felder, visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from leitplanke.core.register.fields import Spalte

SICHT_LABELS = {
    Sicht.OEFFENTLICH: gettext_noop("öffentlich"),
    Sicht.INTERN: gettext_noop("intern: alle Beschäftigten"),
    Sicht.VERTRAULICH: gettext_noop("vertraulich: nur wer am Eintrag arbeitet"),
}


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement in words.

    Attributes:
        text: of one line or paragraph; `lines` of a list; `heads` and `rows` of a table.
        new: whether the released version says something else; `before` is what, in one line.
        open: whether it is still missing for a gate.
    """

    name: str
    titel: str
    sicht: str
    public: bool
    wesentlich: bool
    text: str
    lines: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    new: bool = False
    before: str = ""
    open: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Statements that belong together."""

    name: str
    titel: str
    statements: tuple[Statement, ...]
    open: int


@dataclass(frozen=True, slots=True)
class Difference:
    """A statement in which two versions differ, each in one line."""

    titel: str
    wesentlich: bool
    before: str
    after: str


def groups_of(said_now: Mapping[str, Any], released: Mapping[str, Any] | None, sicht: Sicht) -> list[Group]:
    """Return all statements that somebody with this view may see, also those that are still open."""
    groups = []
    for gruppe in felder().gruppen:
        rows = tuple(_statement(feld, said_now, released) for feld in gruppe.felder if _may_see(feld, sicht))
        if rows:
            groups.append(Group(gruppe.name, said(gruppe.titel), rows, sum(row.open for row in rows)))
    return groups


def differences(before: Mapping[str, Any], after: Mapping[str, Any], sicht: Sicht) -> list[Difference]:
    """Return in what two versions differ, as far as somebody with this view may see it."""
    old, new = visible(before, sicht), visible(after, sicht)
    return [
        Difference(
            said(feld.titel), feld.wesentlich, in_one_line(feld, old.get(feld.name)),
            in_one_line(feld, new.get(feld.name)),
        )
        for feld in felder()
        if old.get(feld.name) != new.get(feld.name)
    ]  # fmt: skip


def in_one_line(feld: Feld, value: Any) -> str:
    """Return what a statement says in one line."""
    if empty(value):
        return _("nichts angegeben")
    if feld.art is Art.TABELLE:
        return "; ".join(", ".join(cell for cell in row if cell) for row in _rows(feld, value))
    return ", ".join(value) if feld.art is Art.ZEILEN else _single(feld, value)


def _may_see(feld: Feld, sicht: Sicht) -> bool:
    levels = tuple(Sicht)
    return levels.index(feld.sicht) <= levels.index(sicht)


def _statement(feld: Feld, now: Mapping[str, Any], released: Mapping[str, Any] | None) -> Statement:
    value: Any = now.get(feld.name)
    silent, table = empty(value), feld.art is Art.TABELLE
    earlier = released.get(feld.name) if released is not None else value
    new = released is not None and (earlier or "") != (value or "")
    return Statement(
        name=feld.name,
        titel=said(feld.titel),
        sicht=_(SICHT_LABELS[feld.sicht]),
        public=feld.sicht is Sicht.OEFFENTLICH,
        wesentlich=feld.wesentlich,
        text="" if silent or table or feld.art is Art.ZEILEN else _single(feld, value),
        lines=() if silent or feld.art is not Art.ZEILEN else tuple(value),
        heads=tuple(said(spalte.titel) for spalte in feld.spalten),
        rows=() if silent or not table else _rows(feld, value),
        new=new,
        before=in_one_line(feld, earlier) if new else "",
        open=silent and bool(feld.noetig),
    )


def _rows(feld: Feld, value: Any) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(_cell(spalte, row.get(spalte.name, "")) for spalte in feld.spalten) for row in value)


def _cell(spalte: Spalte, text: str) -> str:
    return date_format(date.fromisoformat(text), "SHORT_DATE_FORMAT") if spalte.art is Art.TAG and text else text


def _single(feld: Feld, value: str) -> str:
    match feld.art:
        case Art.AUSWAHL:
            return said((feld.optionen or {})[value]) if value in (feld.optionen or {}) else value
        case Art.JANEIN:
            return _("ja") if value == "ja" else _("nein")
        case Art.TAG:
            return date_format(date.fromisoformat(value), "SHORT_DATE_FORMAT")
        case Art.ZAHL:
            return value.replace(".", ",")
    return value
