"""What differs: between two Regelwerke or versions, between two days of one, and between two results.

Everything is first said as short German texts by key, then compared key by key; so each difference has the same shape,
fit for JSON and for reading.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from leitplanke.core.rules import german
from leitplanke.core.rules.explain import Explanation
from leitplanke.core.rules.model import NUMBERS, Angabe, Geltung, Kind, Parameter, Regel, Regelwerk, Shape, Status, Wert

if TYPE_CHECKING:
    from leitplanke.core.rules.evaluating import Result

SECTIONS = {
    "regelwerk": "Regelwerk", "angaben": "Angabe", "parameter": "Parameter", "regeln": "Regel", "ermessen": "Ermessen",
    "ergebnis": "Ergebnis", "schritt": "Schritt",
}  # fmt: skip
_STATES = {Status.IN_KRAFT: "", Status.VERABSCHIEDET: " (verabschiedet)", Status.ENTWURF: " (Entwurf)"}
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: `old` is empty for what is new, `new` for what is gone; `key` says what of it changed."""

    section: str
    name: str
    title: str
    key: str
    old: str
    new: str

    @property
    def text(self) -> str:
        """The difference as one German line."""
        what = f"{SECTIONS[self.section]} „{self.title}“"
        what += f", {self.key}" if self.key else ""
        if not self.old:
            return f"{what}: neu: {self.new}"
        return f"{what}: {self.old} → {self.new}" if self.new else f"{what}: entfällt (war: {self.old})"

    def as_data(self) -> dict[str, str]:
        """Return the difference as plain data with its text."""
        return {**asdict(self), "text": self.text}


def diff(old: Regelwerk, new: Regelwerk) -> tuple[Change, ...]:
    """Return every difference between two Regelwerke or two versions of one, with all their dated values."""
    return _compared(_told(old, None), _told(new, None))


def diff_days(regelwerk: Regelwerk, old: date, new: date, *, entwurf: bool = False) -> tuple[Change, ...]:
    """Return what the law of the day `new` says other than that of the day `old`; drafts count on the `new` side only.

    With the same day twice and `entwurf` it compares the law in force with the draft.
    """
    return _compared(_told(regelwerk, (old, False)), _told(regelwerk, (new, entwurf)))


def diff_results(old: Result, new: Result) -> tuple[Change, ...]:
    """Return the steps in which two results differ: value, formula, norm or origin."""
    return _compared(dict(_steps(old)), dict(_steps(new)))


def _compared(old: Mapping[Key, tuple[str, str]], new: Mapping[Key, tuple[str, str]]) -> tuple[Change, ...]:
    changes = []
    for section, name, key in dict.fromkeys([*old, *new]):
        was, now = old.get((section, name, key)), new.get((section, name, key))
        if (was and was[1]) != (now and now[1]):
            title = (now or was or ("", ""))[0]
            changes.append(Change(section, name, title, key, was[1] if was else "", now[1] if now else ""))
    return tuple(changes)


State = tuple[date, bool] | None


def _told(book: Regelwerk, state: State) -> dict[Key, tuple[str, str]]:
    """Return everything a Regelwerk says, by section, name and key: title and text."""
    return {
        (section, name, key): (title, text)
        for section, name, title, key, text in (
            *_heads(book), *_facts(book), *_parameters(book, state), *_rules(book, state), *_judgements(book),
            *_outcomes(book),
        )
        if text
    }  # fmt: skip


Told = Iterator[tuple[str, str, str, str, str]]


def _heads(book: Regelwerk) -> Told:
    for key, text in (
        ("Titel", book.titel.de), ("Gesetz", book.gesetz), ("Ziel", ", ".join(book.ziel)), ("Version", book.version),
        ("Rechtsstand", book.rechtsstand), ("gilt ab", german.day(book.gilt_ab)),
        ("Zeitraum", f"{book.zeitraum_monate} Monate"),
        ("Ebenen", ", ".join(title for name, title in book.ebenen.items() if name)),
    ):  # fmt: skip
        yield "regelwerk", book.name, book.titel.de, key, text


def _facts(book: Regelwerk) -> Told:
    stated = [rule.eingebbar for rule in book.regeln.values() if rule.eingebbar]
    for angabe in [*book.angaben.values(), *stated]:
        yield from _fact(angabe, angabe.name)
        for part in angabe.felder:
            yield from _fact(part, f"{angabe.name}.{part.name}")


def _fact(angabe: Angabe, name: str) -> Told:
    for key, text in (
        ("", f"{describe_shape(angabe.shape)}{_after(angabe.norm)}"), ("Frage", angabe.frage.de),
        ("Annahme", f"{angabe.annahme_text}{_after(angabe.annahme_norm)}" if angabe.annahme_text else ""),
        ("Nachweise", ", ".join(angabe.nachweise)), ("Schutz", angabe.schutz),
        ("höchstens", str(angabe.hoechstens or "")),
    ):  # fmt: skip
        yield "angaben", name, angabe.titel.de, key, text


def describe_shape(shape: Shape) -> str:
    """Return what a value may be: „Betrag von 0 bis 20.000 EUR im Monat“."""
    if shape.kind is Kind.AUSWAHL:
        return f"Auswahl aus {german.listing(f'„{german.said(o, shape)}“' for o in shape.optionen)}"
    unit = german.unit_words(shape.einheit)
    if shape.kind in NUMBERS and (shape.low or shape.high):
        low, high = (german.number(Fraction(end, 10**shape.stellen)) for end in (shape.low, shape.high))
        return f"{shape.kind} von {low} bis {high} {unit}".rstrip()
    return f"{shape.kind} {f'in {unit}' if unit else ''}".rstrip()


def _holding(geltung: Geltung, state: State) -> bool:
    return state is None or geltung.holds(state[0], None, entwurf=state[1])


def _from(geltung: Geltung, state: State) -> str:
    return "" if state is not None else german.span_of_days(geltung.ab, geltung.bis) + _STATES[geltung.status]


def _latest(found: list[Geltung], state: State) -> list[Geltung]:
    holding = [geltung for geltung in found if _holding(geltung, state)]
    if state is None or not holding:
        return holding
    return [max(holding, key=lambda geltung: (geltung.ab, geltung.bekannt_seit))]


def _parameters(book: Regelwerk, state: State) -> Told:
    for parameter in book.parameter.values():
        yield "parameter", parameter.name, parameter.titel.de, "Norm", parameter.norm
        kept = _latest([wert.geltung for wert in parameter.werte], state)
        for wert in parameter.werte:
            if wert.geltung not in kept:
                continue
            when = _from(wert.geltung, state)
            for keys, text in cells(book, parameter, wert):
                key = ", ".join(filter(None, [when, keys]))
                yield "parameter", parameter.name, parameter.titel.de, key, text


def cells(book: Regelwerk, parameter: Parameter, wert: Wert) -> Iterator[tuple[str, str]]:
    """Yield key and value of each cell of a parameter as text; the key is empty where it is a single value."""

    def value(number: int) -> str:
        shape, unit = parameter.shape, german.unit_words(parameter.shape.einheit)
        if shape.kind in NUMBERS:
            return german.said(Fraction(number, 10**shape.scale), shape, unit=unit)
        return german.said(shape.optionen[number] if shape.optionen else number, shape)

    if wert.scalar is not None:
        yield "", value(wert.scalar)
    elif parameter.stufe:
        for limit, cell in zip(wert.keys[0], wert.cells, strict=True):
            yield f"ab {german.number(Fraction(limit, 10**4))}", value(cell)
    else:
        spans = [range(first, last + 1) for first, last in wert.keys]
        width = len(spans[1]) if len(spans) > 1 else 1
        for place, cell in enumerate(wert.cells):
            own = [spans[0][place // width], *([spans[1][place % width]] if len(spans) > 1 else [])]
            yield ", ".join(_key(book, n, k) for n, k in zip(parameter.schluessel, own, strict=True)), value(cell)


def _keyed(book: Regelwerk, name: str) -> Angabe | Regel | None:
    fields = (part for angabe in book.angaben.values() for part in angabe.felder if part.name == name)
    return book.angaben.get(name) or book.regeln.get(name) or next(fields, None)


def key_name(book: Regelwerk, name: str) -> str:
    """Return what people call the key of a table."""
    source = _keyed(book, name)
    return source.titel.de if source else name


def key_text(book: Regelwerk, name: str, number: int) -> str:
    """Return one key of a table: an option by its label, a number as such."""
    source = _keyed(book, name)
    shape = source.shape if source else None
    return german.said(shape.optionen[number], shape) if shape is not None and shape.optionen else str(number)


def _key(book: Regelwerk, name: str, number: int) -> str:
    text = key_text(book, name, number)
    return f"{key_name(book, name)} {text}" if text == str(number) else text


def _rules(book: Regelwerk, state: State) -> Told:
    for rule in book.regeln.values():
        kept = _latest([variant.geltung for variant in rule.fassungen], state)
        for variant in rule.fassungen:
            if variant.geltung in kept:
                when = _from(variant.geltung, state) if len(rule.fassungen) > 1 else ""
                key = ", ".join(filter(None, [when, "Formel"]))
                yield "regeln", rule.name, rule.titel.de, key, " ".join(variant.text.split())
                for what, text in (
                    ("Norm", variant.norm or rule.norm), ("Auslegung", variant.auslegung or ""),
                    ("Rechtsstand", variant.rechtsstand),
                ):  # fmt: skip
                    yield "regeln", rule.name, rule.titel.de, key.replace("Formel", what), text


def _judgements(book: Regelwerk) -> Told:
    for item in book.ermessen.values():
        for key, text in (
            ("Frage", f"{item.frage.de}{_after(item.norm)}"), ("Antworten", describe_shape(item.shape)),
            ("Kriterien", "; ".join(item.kriterien)), ("zu treffen, wenn", item.wenn_text),
        ):  # fmt: skip
            yield "ermessen", item.name, item.titel.de, key, text


def _outcomes(book: Regelwerk) -> Told:
    for item in book.ergebnisse:
        for key, text in (
            ("wenn", f"{item.wenn_text}{_after(item.norm)}"), ("Art", item.art), ("Tenor", item.tenor.de),
            ("Gründe", item.gruende.de), ("Rechtsbehelf", item.rechtsbehelf), ("Wirkung", item.wirkung),
        ):  # fmt: skip
            yield "ergebnis", item.name, item.titel.de, key, text


def _steps(result: Result) -> Iterator[tuple[Key, tuple[str, str]]]:
    for step, said in zip(result.proof, Explanation(result).steps, strict=True):
        name = f"{step.name}[{step.item}]" if step.item else step.name
        for key, text in (("", said.value), ("Norm", said.norm), ("Formel", step.formula), ("Herkunft", said.kind)):
            if text:
                yield ("schritt", name, key), (said.title, text)


def _after(norm: str) -> str:
    return f" ({norm})" if norm else ""
