"""A Regelwerk for readers: tables, rules in words, cases, and what changes from one day to another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitplanke.base.interview.wording import between, said, shown, title_of, unit_words
from leitplanke.core.rules.diff import Change, describe_shape
from leitplanke.core.rules.facts import plain_value
from leitplanke.core.rules.model import Geltung, Kind, Parameter, Regel, Regelwerk, Status, Wert
from leitplanke.core.rules.wording import Wording

if TYPE_CHECKING:
    from leitplanke.apps.regelwerk.library import Book
    from leitplanke.core.rules.model import Angabe, Ergebnis, Ermessen, Fall

STATUS = {
    Status.IN_KRAFT: (gettext_lazy("in Kraft"), "success"),
    Status.VERABSCHIEDET: (gettext_lazy("verabschiedet"), "info"),
    Status.ENTWURF: (gettext_lazy("Entwurf"), "warning"),
}
PAST, FUTURE = (gettext_lazy("früher"), "info"), (gettext_lazy("künftig"), "info")
THRESHOLD = 10**10
SHORT = 4
MOST_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a parameter: heads of columns (empty for one column), rows with their head and cells."""

    corner: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class DatedValue:
    """One dated value of a parameter."""

    days: str
    state: str
    kind: str
    source: str
    text: str
    table: Table | None
    holds: bool


@dataclass(frozen=True, slots=True)
class ParameterView:
    """A parameter with all its values, the newest first."""

    name: str
    title: str
    norm: str
    unit: str
    layer: str
    left_open: bool
    values: tuple[DatedValue, ...]


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule as it reads on a day."""

    name: str
    title: str
    norm: str
    formula: str
    words: str
    note: str
    each: str
    layer: str
    left_open: bool
    target: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A Regelwerk in the library."""

    name: str
    title: str
    text: str
    law: str
    cases: int
    deviations: int
    layers: int
    broken: bool


def card_of(book: Book) -> Card:
    """Return a Regelwerk for the library, also one that cannot be used."""
    if book.findings:
        return Card(book.name, book.name, "", "", 0, 0, len(book.layers), broken=True)
    found = book.regelwerk
    return Card(
        book.name, said(found.titel), said(found.beschreibung), found.gesetz, len(book.cases), len(book.deviations),
        len(book.layers), broken=False,
    )  # fmt: skip


def days_of(geltung: Geltung) -> str:
    """Return from when to when something holds."""
    start = formats.date_format(geltung.ab, "SHORT_DATE_FORMAT")
    if geltung.bis == date.max:
        return _("ab %(tag)s") % {"tag": start}
    return f"{start} – {formats.date_format(geltung.bis, 'SHORT_DATE_FORMAT')}"


def holding(geltungen: list[Geltung], on: date, *, entwurf: bool) -> Geltung | None:
    """Return which of them holds on a day."""
    found = [geltung for geltung in geltungen if geltung.holds(on, None, entwurf=entwurf)]
    return max(found, key=lambda one: (one.ab, one.bekannt_seit), default=None)


def parameters_of(book: Regelwerk, on: date, *, entwurf: bool) -> Iterator[ParameterView]:
    """Yield every parameter with its dated values."""
    for parameter in book.parameter.values():
        current = holding([wert.geltung for wert in parameter.werte], on, entwurf=entwurf)
        values = tuple(
            _dated(book, parameter, wert, on, holds=wert.geltung is current)
            for wert in sorted(parameter.werte, key=lambda one: (one.geltung.ab, one.geltung.bekannt_seit))[::-1]
        )
        yield ParameterView(
            parameter.name, said(parameter.titel), parameter.norm, unit_words(parameter.shape.einheit),
            book.ebenen.get(parameter.place.ebene, "") if parameter.place.ebene else "",
            bool(parameter.offen and not parameter.werte), values,
        )  # fmt: skip


def _dated(book: Regelwerk, parameter: Parameter, wert: Wert, on: date, *, holds: bool) -> DatedValue:
    label, kind = STATUS[wert.geltung.status]
    if wert.geltung.status is Status.IN_KRAFT and not holds:
        label, kind = FUTURE if wert.geltung.ab > on else PAST
    text = _cell(parameter, wert.scalar) if wert.scalar is not None else ""
    return DatedValue(
        days_of(wert.geltung), str(label), kind, wert.geltung.quelle, text,
        None if wert.scalar is not None else table_of(book, parameter, wert), holds,
    )  # fmt: skip


def _cell(parameter: Parameter, number: int) -> str:
    return shown(plain_value(parameter.shape, number), parameter.shape)


def table_of(book: Regelwerk, parameter: Parameter, wert: Wert) -> Table:
    """Return a dated table for readers."""
    cells = [_cell(parameter, number) for number in wert.cells]
    heads = heads_of(book, parameter, wert)
    corner = " / ".join(title_of(book, name) for name in parameter.schluessel)
    if len(heads) == 1 and all(len(head) <= SHORT for head in heads[0]):  # one line reads better than a long column
        return Table(corner, heads[0], ((unit_words(parameter.shape.einheit) or _("Wert"), tuple(cells)),))
    columns = heads[1] if len(heads) > 1 else ()
    width = max(1, len(columns))
    rows = tuple((head, tuple(cells[place * width : (place + 1) * width])) for place, head in enumerate(heads[0]))
    return Table(corner, columns, rows)


def heads_of(book: Regelwerk, parameter: Parameter, wert: Wert) -> list[tuple[str, ...]]:
    """Return the heads of rows, and of columns where there are any."""
    if parameter.stufe:
        limits = (formats.number_format(number / THRESHOLD, use_l10n=True) for number in wert.keys[0])
        return [tuple(_("ab %(wert)s") % {"wert": limit} for limit in limits)]
    heads = []
    for name, span in zip(parameter.schluessel, wert.keys, strict=False):
        shape = _shape_of(book, name)
        if shape is not None and shape.kind is Kind.AUSWAHL:
            heads.append(tuple(said(shape.labels[option]) for option in shape.optionen[span[0] : span[-1] + 1]))
        else:
            heads.append(tuple(str(number) for number in range(span[0], span[-1] + 1)))
    return heads


def _shape_of(book: Regelwerk, name: str) -> Any:
    fields = (part for angabe in book.angaben.values() for part in angabe.felder if part.name == name)
    found = book.fact(name) or book.regeln.get(name) or book.ermessen.get(name) or next(fields, None)
    return found.shape if found else None


def rules_of(book: Regelwerk, on: date, *, entwurf: bool) -> Iterator[RuleView]:
    """Yield every rule as it reads on a day."""
    for rule in book.regeln.values():
        current = holding([variant.geltung for variant in rule.fassungen], on, entwurf=entwurf)
        variant = next((one for one in rule.fassungen if one.geltung is current), None)
        words = Wording(book, rule.je).formula(variant.formel) if variant else ""
        yield RuleView(
            rule.name, said(rule.titel), (variant.norm if variant else "") or rule.norm,
            variant.text if variant else "", words, _note(rule), title_of(book, rule.je) if rule.je else "",
            book.ebenen.get(rule.place.ebene, "") if rule.place.ebene else "",
            _left_open(rule), rule.name in book.ziel,
        )  # fmt: skip


def _note(rule: Regel) -> str:
    text = said(rule.erlaeuterung)
    return _("Sonst widersprechen sich Angaben: %(text)s") % {"text": text} if rule.pruefung else text


def _left_open(rule: Regel) -> bool:
    return bool(rule.offen and not rule.fassungen)


@dataclass(frozen=True, slots=True)
class FactView:
    """An Angabe for readers."""

    name: str
    title: str
    question: str
    kind: str
    norm: str
    presumed: str
    proofs: str
    special: bool
    fields: tuple[FactView, ...] = ()


def facts_of(book: Regelwerk) -> list[FactView]:
    """Return every Angabe for readers."""
    return [_fact(angabe) for angabe in book.angaben.values()]


def _fact(angabe: Angabe) -> FactView:
    plain = {Kind.LISTE: _("Liste"), Kind.WAHRHEITSWERT: _("Ja oder nein")}
    kind = plain.get(angabe.shape.kind) or describe_shape(angabe.shape)
    return FactView(
        angabe.name, said(angabe.titel), said(angabe.frage), kind, angabe.norm,
        angabe.annahme_norm if angabe.annahme is not None else "", ", ".join(angabe.nachweise),
        angabe.schutz == "besonders", tuple(_fact(part) for part in angabe.felder),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that changes in one entry."""

    title: str
    changes: tuple[Change, ...]

    @property
    def long(self) -> bool:
        """Whether it is shown only when asked for."""
        return len(self.changes) > MOST_SHOWN


def differences_of(changes: Iterable[Change]) -> list[Difference]:
    """Return changes by entry."""
    found: dict[tuple[str, str], list[Change]] = {}
    for change in changes:
        found.setdefault((change.section, change.name), []).append(change)
    return [Difference(group[0].title, tuple(group)) for group in found.values()]


@dataclass(frozen=True, slots=True)
class Plain:
    """A judgement or an outcome for readers."""

    name: str
    title: str
    text: str
    norm: str
    when: str
    points: tuple[str, ...] = ()


def judgements_of(book: Regelwerk) -> list[Plain]:
    """Return what only a human decides."""
    return [_judgement(book, item) for item in book.ermessen.values()]


def _judgement(book: Regelwerk, item: Ermessen) -> Plain:
    when = Wording(book).condition(item.wenn) if item.wenn is not None else ""
    return Plain(item.name, said(item.titel), said(item.frage), item.norm, when, item.kriterien)


def outcomes_of(book: Regelwerk) -> list[Plain]:
    """Return what can come of it."""
    return [_outcome(book, item) for item in book.ergebnisse]


def _outcome(book: Regelwerk, item: Ergebnis) -> Plain:
    return Plain(item.name, said(item.titel), said(item.tenor), item.norm, Wording(book).condition(item.wenn))


EXPECTED = {
    "status": gettext_lazy("Stand der Berechnung"),
    "ergebnis": gettext_lazy("Was folgt"),
    "fehlend": gettext_lazy("Fehlende Angaben"),
    "zeitraeume": gettext_lazy("Zeiträume"),
    "fehler": gettext_lazy("Wird abgelehnt mit"),
    "ab": gettext_lazy("ab"),
    "bis": gettext_lazy("bis"),
}
STATES = {
    "missing": gettext_lazy("Angaben fehlen"),
    "needs_judgement": gettext_lazy("ein Mensch muss noch entscheiden"),
    "interval": gettext_lazy("ein Rahmen, kein fester Wert"),
    "determined": gettext_lazy("steht fest"),
}


def expected_of(book: Book, fall: Fall) -> list[tuple[str, str]]:
    """Return what a case expects, with names and values as people say them."""
    werk = book.engine(fall.ebene).regelwerk
    return _expected(werk, fall.erwartet)


def _expected(werk: Regelwerk, wanted: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [
        (str(EXPECTED.get(name) or title_of(werk, name)), _wanted(werk, name, value)) for name, value in wanted.items()
    ]


def _wanted(werk: Regelwerk, name: str, value: Any) -> str:
    if name == "status":
        return str(STATES.get(str(value), value))
    if name == "zeitraeume":
        return "; ".join(", ".join(f"{key} {text}" for key, text in _expected(werk, part)) for part in value)
    if name in {"ab", "bis"}:
        return formats.date_format(date.fromisoformat(str(value)), "SHORT_DATE_FORMAT")
    if name == "ergebnis":
        titles = {outcome.name: said(outcome.titel) for outcome in werk.ergebnisse}
        return ", ".join(titles.get(item, item) for item in _several(value)) or _("noch offen")
    if name == "fehlend":
        return ", ".join(title_of(werk, item) for item in _several(value)) or _("keine")
    return str(value) if name == "fehler" else _value_of(werk, name, value)


def _several(value: Any) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list | tuple) else [str(value)]


def _value_of(werk: Regelwerk, name: str, value: Any) -> str:
    source = werk.regeln.get(name) or werk.parameter.get(name) or werk.fact(name)
    if source is None:
        return str(value)
    shape = source.shape
    if isinstance(value, Mapping):
        return between(value.get("von"), value.get("bis"), shape, shape.einheit)
    return shown(value, shape, shape.einheit)
