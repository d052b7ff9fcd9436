"""A Regelwerk as plain German text, to be read from top to bottom: what is asked, what the law sets, what follows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from leitplanke.core.rules import german
from leitplanke.core.rules.diff import cells, describe_shape, key_name, key_text
from leitplanke.core.rules.model import (
    Angabe,
    Ergebnis,
    Ermessen,
    Geltung,
    Kind,
    Parameter,
    Regel,
    Regelwerk,
    Status,
    Wert,
)
from leitplanke.core.rules.wording import Wording

_STATES = {Status.IN_KRAFT: "in Kraft", Status.VERABSCHIEDET: "verabschiedet", Status.ENTWURF: "Entwurf"}


def reading_view(regelwerk: Regelwerk, on: date) -> str:
    """Return the whole Regelwerk in German as it stands on a day; drafts and later law are named as such."""
    parts = [
        *_head(regelwerk, on),
        *_section("Was gefragt wird", [line for a in regelwerk.angaben.values() for line in _fact(regelwerk, a)]),
        *_section("Was das Recht festlegt", list(_parameters(regelwerk, on))),
        *_section("Was daraus folgt", [line for r in regelwerk.regeln.values() for line in _rule(regelwerk, r, on)]),
        *_section(
            "Was nur ein Mensch beurteilt",
            [line for item in regelwerk.ermessen.values() for line in _judgement(regelwerk, item)],
        ),
        *_section("Was herauskommen kann", [line for o in regelwerk.ergebnisse for line in _outcome(regelwerk, o)]),
        *_section("Was nicht geregelt ist", [f"* {text}" for text in regelwerk.grenzen]),
    ]
    return "\n".join(parts)


def _section(heading: str, lines: list[str]) -> list[str]:
    return ["", heading.upper(), "", *lines] if lines else []


def _head(book: Regelwerk, on: date) -> Iterator[str]:
    yield f"{book.titel.de} ({book.name})"
    yield book.beschreibung.de
    yield f"Grundlage: {book.gesetz}. Hinterlegt ab {german.day(book.gilt_ab)}, gezeigt für den {german.day(on)}."
    if layers := [title for name, title in book.ebenen.items() if name]:
        yield f"Ebenen darunter: {german.listing(layers)}."
    yield f"Es geht um: {german.listing(Wording(book).title(name) for name in book.ziel)}."
    if book.zeitraum_monate:
        norm = f" ({book.zeitraum_norm})" if book.zeitraum_norm else ""
        yield f"Zeitraum: {book.zeitraum_monate} Monate{norm}, geteilt, wo sich das Recht ändert."


def _fact(book: Regelwerk, angabe: Angabe, indent: str = "") -> Iterator[str]:
    norm = f"  [{angabe.norm}]" if angabe.norm else ""
    what = f"Liste, höchstens {angabe.hoechstens}" if angabe.shape.kind is Kind.LISTE else describe_shape(angabe.shape)
    yield f"{indent}* {angabe.titel.de}: {what}{norm}"
    if angabe.frage.de and angabe.frage.de != angabe.titel.de:
        yield f"{indent}    {angabe.frage.de}"
    if angabe.annahme is not None:
        formula = Wording(book, angabe.je, expected=angabe.shape).formula(angabe.annahme)
        yield f"{indent}    Ohne Angabe gilt: {formula}  [{angabe.annahme_norm}]"
    if angabe.schutz == "besonders":
        yield f"{indent}    Besonders geschützte Angabe."
    for part in angabe.felder:
        yield from _fact(book, part, f"{indent}    ")


def _when(geltung: Geltung, on: date) -> str:
    """Return from when a value holds, unless it is simply in force."""
    span = german.span_of_days(geltung.ab, geltung.bis)
    if geltung.status is not Status.IN_KRAFT:
        return f"{span}, {_STATES[geltung.status]}"
    return span if geltung.holds(on, None, entwurf=False) else f"{span}, an diesem Tag nicht"


def _parameters(book: Regelwerk, on: date) -> Iterator[str]:
    for parameter in book.parameter.values():
        yield f"* {parameter.titel.de}  [{parameter.norm}]"
        if not parameter.werte:
            yield f"    Offen für: {parameter.offen}"
        current = [w for w in parameter.werte if w.geltung.holds(on, None, entwurf=False)]
        shown = max(current, key=lambda w: (w.geltung.ab, w.geltung.bekannt_seit), default=None)
        for wert in parameter.werte:
            later = wert.geltung.ab > on or wert.geltung.status is Status.ENTWURF
            if wert is shown or later:
                yield from _values(book, parameter, wert, _when(wert.geltung, on))


def _values(book: Regelwerk, parameter: Parameter, wert: Wert, when: str) -> Iterator[str]:
    """Yield a single value on one line, a table as rows and columns."""
    unit = german.unit_words(parameter.shape.einheit)
    plain = [text.removesuffix(f" {unit}") if unit else text for _, text in cells(book, parameter, wert)]
    if wert.scalar is not None:
        yield f"    {when}: {plain[0]} {unit}".rstrip()
        return
    keys = [key_name(book, name) for name in parameter.schluessel]
    yield f"    {when}, nach {german.listing(f'„{key}“' for key in keys)}{f', in {unit}' if unit else ''}:"
    if len(wert.keys) == 2 and not parameter.stufe:
        columns = [key_text(book, parameter.schluessel[1], n) for n in range(wert.keys[1][0], wert.keys[1][1] + 1)]
        rows = [key_text(book, parameter.schluessel[0], n) for n in range(wert.keys[0][0], wert.keys[0][1] + 1)]
        lines = [["", *columns]]
        lines += [[row, *plain[n * len(columns) : (n + 1) * len(columns)]] for n, row in enumerate(rows)]
        yield from _aligned(lines)
        return
    limits = [german.number(Fraction(limit, 10**4)) for limit in wert.keys[0]] if parameter.stufe else []
    names = limits or [key_text(book, parameter.schluessel[0], n) for n in range(wert.keys[0][0], wert.keys[0][1] + 1)]
    yield from _aligned([[f"ab {n}" if limits else n, text] for n, text in zip(names, plain, strict=True)])


def _aligned(lines: list[list[str]]) -> Iterator[str]:
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    for line in lines:
        first, *rest = (text.rjust(width) for text, width in zip(line, widths, strict=True))
        yield f"        {first}  {'  '.join(rest)}"


def _rule(book: Regelwerk, rule: Regel, on: date) -> Iterator[str]:
    each = f", je Eintrag in „{book.angaben[rule.je].titel.de}“" if rule.je else ""
    yield f"* {rule.titel.de}{each}  [{rule.norm}]"
    if rule.erlaeuterung.de:
        yield f"    {'Sonst widersprechen sich Angaben: ' if rule.pruefung else ''}{rule.erlaeuterung.de}"
    if rule.eingebbar is not None:
        yield "    Kann stattdessen angegeben werden."
    if not rule.fassungen:
        yield f"    Offen für: {rule.offen}"
    wording = Wording(book, rule.je, expected=rule.shape)
    for variant in rule.fassungen:
        if len(rule.fassungen) > 1 and variant.geltung.bis < on:
            continue
        truth = rule.shape.kind is Kind.WAHRHEITSWERT
        formula = wording.condition(variant.formel) if truth else wording.formula(variant.formel)
        when = f"{_when(variant.geltung, on)}: " if len(rule.fassungen) > 1 else ""
        yield f"    {when}{'trifft zu, wenn: ' if truth else '= '}{formula}"


def _judgement(book: Regelwerk, item: Ermessen) -> Iterator[str]:
    yield f"* {item.frage.de}  [{item.norm}]"
    if item.wenn is not None:
        yield f"    Nur, wenn: {Wording(book).condition(item.wenn)}"
    for text in item.kriterien:
        yield f"    - {text}"
    if item.indikatoren:
        yield f"    Dazu wird gezeigt: {german.listing(Wording(book).title(name) for name in item.indikatoren)}"


def _outcome(book: Regelwerk, outcome: Ergebnis) -> Iterator[str]:
    yield f"* {outcome.titel.de}  [{outcome.norm}]"
    yield f"    wenn: {Wording(book).condition(outcome.wenn)}"
    if outcome.tenor.de:
        yield f"    Tenor: {outcome.tenor.de}"
