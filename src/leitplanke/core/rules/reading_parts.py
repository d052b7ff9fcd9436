"""The sections of a Regelwerk, one reader each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from leitplanke.core.rules.errors import listed
from leitplanke.core.rules.expressions import THRESHOLD_DECIMALS
from leitplanke.core.rules.facts import encode
from leitplanke.core.rules.formula import Operation, parts_of
from leitplanke.core.rules.model import (
    NUMBERS,
    Angabe,
    Auslegung,
    Ergebnis,
    Ermessen,
    Fall,
    Fassung,
    Kind,
    Parameter,
    Regel,
    Shape,
    Simulation,
    Verteilung,
    Wert,
    Words,
)
from leitplanke.core.rules.reading import Entry, decimal_or_none, plain
from leitplanke.core.rules.yamltext import Mapping as Node
from leitplanke.core.rules.yamltext import Sequence, Text, Tree

_DECIMALS = {Kind.BETRAG: 2, Kind.PROZENT: 1, Kind.ZAHL: 4}
_UNITS = {Kind.BETRAG: "EUR"}
_FIRST, _LAST = date(1900, 1, 1).toordinal(), date(2150, 12, 31).toordinal()
SCHUTZ = ("keiner", "persoenlich", "besonders")
ARTEN = ("bewilligung", "teilbewilligung", "ablehnung", "festsetzung", "hinweis", "einstufung", "wirkung")


def read_shape(entry: Entry, *, bounded: bool) -> Shape:
    """Read what kind of value this is; a `bounded` number needs `von` and `bis`."""
    text = entry.chosen("typ", tuple(Kind))
    kind = Kind(text) if text in tuple(Kind) else Kind.TEXT
    if kind in NUMBERS:
        stellen = min(entry.count("stellen", _DECIMALS.get(kind, 0)), 10)
        low, high = entry.number("von", stellen), entry.number("bis", stellen)
        if bounded and (low is None or high is None or low > high):
            entry.findings.add(entry.place, f"{entry.what}: Eine Zahl braucht Grenzen „von“ und „bis“.")
        return Shape(kind, low or 0, high or 0, stellen, entry.text("einheit", _UNITS.get(kind, "")))
    if kind is Kind.AUSWAHL:
        return _choice(entry)
    low, high = (_FIRST, _LAST) if kind is Kind.DATUM else (0, 1)
    if kind is Kind.DATUM:
        low, high = entry.day("von", date(1900, 1, 1)).toordinal(), entry.day("bis", date(2150, 12, 31)).toordinal()
    return Shape(kind, low, high)


def _choice(entry: Entry) -> Shape:
    found = entry.tree("optionen")
    if isinstance(found, Sequence):
        labels = {str(item): Words(str(item)) for item in found if isinstance(item, Text)}
    elif isinstance(found, Node):
        labels = {key: _label(entry, node) for key, node in found.items()}
    else:
        labels = {}
    if len(labels) < 2:
        entry.findings.add(entry.place, f"{entry.what}: Eine Auswahl braucht mindestens zwei „optionen“.")
    return Shape(Kind.AUSWAHL, 0, max(len(labels) - 1, 0), optionen=tuple(labels), labels=labels)


def _label(entry: Entry, node: Tree) -> Words:
    if isinstance(node, Node):
        with entry.entry(node, f"{entry.what}, Option") as option:
            return Words(option.text("de"), option.text("en", ""))
    return Words(str(node))


def read_angabe(entry: Entry, name: str, *, je: str = "") -> Angabe:
    """Read one Angabe, or one field of a list."""
    shape = read_shape(entry, bounded=True)
    fields: tuple[Angabe, ...] = ()
    most = 0
    if shape.kind is Kind.LISTE:
        most = entry.count("hoechstens", 0)
        if je or not 0 < most <= 1000:
            entry.findings.add(
                entry.place, f"{entry.what}: Eine Liste braucht „hoechstens“ und steht in keiner anderen."
            )
        fields = tuple(_fields(entry, name))
    assumed, assumed_text, assumed_norm, assumed_means = None, "", "", Words()
    if entry.has("annahme"):
        with entry.entry(entry.tree("annahme") or Text(), f"{entry.what}, Annahme") as presumption:
            found = presumption.formula("formel")
            assumed, assumed_text = found or (None, "")
            assumed_norm = presumption.text("norm")
            assumed_means = presumption.words("heisst", "")
    title = entry.words("titel")
    return Angabe(
        name, shape, title, entry.words("frage", "") if entry.has("frage") else title, entry.words("hilfe", ""),
        entry.text("norm", ""), je, most, fields, entry.texts("nachweise"),
        entry.chosen("schutz", SCHUTZ, "persoenlich"), assumed, assumed_text, assumed_norm, assumed_means, entry.place,
    )  # fmt: skip


def _fields(entry: Entry, name: str) -> list[Angabe]:
    result = []
    for field, node in entry.named("felder"):
        with entry.entry(node, f"Feld „{name}.{field}“") as part:
            result.append(read_angabe(part, field, je=name))
    if not result:
        entry.findings.add(entry.place, f"{entry.what}: Eine Liste braucht „felder“.")
    return result


def read_parameter(entry: Entry, name: str, options: Mapping[str, tuple[str, ...]]) -> Parameter:
    """Read a dated value or table; `options` are those of each Auswahl, for keys."""
    shape = read_shape(entry, bounded=False)
    keys, stufe = entry.texts("schluessel"), entry.truth("stufe")
    if len(keys) > 2 or (stufe and len(keys) != 1):
        entry.findings.add(entry.place, f"{entry.what}: Eine Tabelle hat einen oder zwei Schlüssel, mit Stufen einen.")
    parameter = Parameter(
        name,
        entry.words("titel"),
        shape,
        entry.text("norm"),
        keys,
        stufe,
        offen=entry.text("offen", ""),
        place=entry.place,
    )
    return replace(parameter, werte=tuple(read_values(entry, parameter, options)))


def read_values(entry: Entry, parameter: Parameter, options: Mapping[str, tuple[str, ...]]) -> list[Wert]:
    """Read the dated values of a parameter."""
    values = []
    for part in entry.each("werte", f"Parameter „{parameter.name}“"):
        with part:
            geltung = part.geltung()
            if not parameter.schluessel:
                scalar = _cell(part, parameter, part.tree("wert"))
                values.append(Wert(geltung, scalar, place=part.place))
                continue
            node = part.tree("wert")
            found = _steps(part, parameter, node) if parameter.stufe else _table(part, parameter, node, options)
            if found:
                values.append(Wert(geltung, None, found[0], found[1], part.place))
    if not values and not parameter.offen:
        entry.findings.add(entry.place, f"{entry.what}: Es fehlen „werte“.")
    return values


def _cell(entry: Entry, parameter: Parameter, node: Tree | None) -> int:  # noqa: PLR0911 - one way out per kind
    shape, place, what = parameter.shape, entry.at("wert"), f"Parameter „{parameter.name}“"
    if not isinstance(node, Text):
        entry.findings.add(place, f"{what}: Hier wird ein einzelner Wert erwartet.")
        return 0
    if shape.kind is Kind.WAHRHEITSWERT:
        if node not in {"ja", "nein"}:
            entry.findings.add(place, f"{what}: „ja“ oder „nein“, nicht „{node}“.")
        return int(node == "ja")
    if shape.kind is Kind.AUSWAHL:
        if node not in shape.optionen:
            entry.findings.add(place, f"{what}: „{node}“ ist keine der Möglichkeiten: {listed(shape.optionen)}.")
            return 0
        return shape.optionen.index(node)
    if shape.kind is Kind.DATUM:
        with entry.findings.catching(place, what):
            return date.fromisoformat(node).toordinal() if len(node) == 10 else 0
        return 0
    return entry.exact(node, shape.stellen, place, what) or 0


def _steps(
    entry: Entry, parameter: Parameter, node: Tree | None
) -> tuple[tuple[tuple[int, ...], ...], tuple[int, ...]] | None:
    """Read thresholds with the value that holds from each on."""
    if not isinstance(node, Node) or not node:
        entry.findings.add(entry.at("wert"), f"Parameter „{parameter.name}“: Erwartet werden Zeilen „ab: Wert“.")
        return None
    limits = [entry.exact(key, THRESHOLD_DECIMALS, entry.at("wert"), "Schwelle") or 0 for key in node]
    if limits != sorted(set(limits)):
        entry.findings.add(entry.at("wert"), f"Parameter „{parameter.name}“: Die Schwellen müssen steigen.")
    return (tuple(limits),), tuple(_cell(entry, parameter, cell) for cell in node.values())


def _table(
    entry: Entry, parameter: Parameter, node: Tree | None, options: Mapping[str, tuple[str, ...]]
) -> tuple[tuple[tuple[int, ...], ...], tuple[int, ...]] | None:
    """Read a table of one or two keys; `weitere: {bis, plus}` continues the last row."""
    what = f"Parameter „{parameter.name}“"
    if not isinstance(node, Node):
        entry.findings.add(entry.at("wert"), f"{what}: Erwartet werden Zeilen „Schlüssel: Wert“.")
        return None
    rows: list[list[int]] = []
    first = _key_span(entry, parameter.schluessel[0], tuple(node), options)
    spans = [first]
    for line in node.values():
        if len(parameter.schluessel) == 1:
            rows.append([_cell(entry, parameter, line)])
        elif isinstance(line, Node):
            spans.append(_key_span(entry, parameter.schluessel[1], tuple(line), options))
            rows.append([_cell(entry, parameter, cell) for cell in line.values()])
        else:
            entry.findings.add(entry.at("wert"), f"{what}: Zu jedem „{parameter.schluessel[0]}“ gehört eine Zeile.")
    rows, first = _continued(entry, parameter, rows, first)
    if None in spans or len(set(spans[1:])) > 1 or len({len(row) for row in rows}) != 1 or first is None:
        entry.findings.add(
            entry.at("wert"), f"{what}: Die Tabelle ist nicht vollständig oder ihre Schlüssel haben Lücken."
        )
        return None
    keys = (first, *spans[1:2])
    return tuple(key for key in keys if key), tuple(cell for row in rows for cell in row)


def _continued(
    entry: Entry, parameter: Parameter, rows: list[list[int]], span: tuple[int, int] | None
) -> tuple[list[list[int]], tuple[int, int] | None]:
    """Continue a table by a constant amount per further key, as laws write „je weiteres Mitglied“."""
    if not entry.has("weitere") or span is None or not rows:
        return rows, span
    with entry.entry(entry.tree("weitere") or Text(), f"Parameter „{parameter.name}“, weitere") as more:
        plus = more.tree("plus")
        last, cells = more.count("bis", span[1]), plus if isinstance(plus, Sequence) else [plus]
        step = [_cell(entry, parameter, cell) for cell in cells]
        if len(step) != len(rows[-1]) or last - span[1] > 200:
            entry.findings.add(
                more.place, f"{more.what}: „plus“ braucht {len(rows[-1])} Werte, „bis“ den letzten Schlüssel."
            )
            return rows, span
        for _ in range(last - span[1]):
            rows.append([cell + add for cell, add in zip(rows[-1], step, strict=True)])
        return rows, (span[0], max(last, span[1]))


def _key_span(
    entry: Entry, name: str, keys: tuple[str, ...], options: Mapping[str, tuple[str, ...]]
) -> tuple[int, int] | None:
    known = options.get(name)
    if known is not None:
        if keys != known:
            entry.findings.add(entry.at("wert"), f"Die Schlüssel „{name}“ müssen lauten: {', '.join(known)}.")
            return None
        return 0, len(known) - 1
    if not all(key.isascii() and key.removeprefix("-").isdigit() and len(key) < 9 for key in keys) or not keys:
        entry.findings.add(entry.at("wert"), f"Die Schlüssel „{name}“ müssen ganze Zahlen sein.")
        return None
    numbers = [int(key) for key in keys]
    if numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        entry.findings.add(entry.at("wert"), f"Die Schlüssel „{name}“ müssen lückenlos steigen.")
        return None
    return numbers[0], numbers[-1]


def read_regel(entry: Entry, name: str) -> Regel:
    """Read one rule with its dated variants."""
    shape = read_shape(entry, bounded=False)
    variants = _variants(entry, name)
    stated = None
    je = entry.text("je", "")
    if entry.has("eingebbar"):
        with entry.entry(entry.tree("eingebbar") or Text(), f"{entry.what}, eingebbar") as part:
            stated = replace(read_angabe(part, name, je=je), annahme=None)
    rule = Regel(
        name, entry.words("titel"), shape, entry.text("norm"), variants, entry.words("erlaeuterung", ""), je,
        stated, entry.truth("hinweis"), entry.truth("pruefung"), entry.text("offen", ""), entry.place,
    )  # fmt: skip
    if rule.pruefung:
        _can_warn(entry, rule)
    return rule


def _can_warn(entry: Entry, rule: Regel) -> None:
    """Report a check that could not tell anybody that facts contradict each other."""
    place = entry.at("pruefung")
    if rule.shape.kind is not Kind.WAHRHEITSWERT:
        entry.findings.add(place, f"{entry.what}: Eine Prüfung ist ein Wahrheitswert.")
    if rule.je:
        message = "Eine Prüfung gilt für den ganzen Fall, nicht je Eintrag; bitte mit „count“ über die Liste prüfen."
        entry.findings.add(place, f"{entry.what}: {message}")
    if not rule.erlaeuterung.de:
        message = "Eine Prüfung braucht eine „erlaeuterung“: Was ist zu prüfen, wenn sie nicht zutrifft?"
        entry.findings.add(place, f"{entry.what}: {message}")


def read_filled(entry: Entry, regel: Regel) -> Regel:
    """Read how a layer fills a rule that was left open: norm and formula; what the rule is stays as it was."""
    variants, norm = _variants(entry, regel.name), entry.text("norm")
    explained = entry.words("erlaeuterung", "")
    return replace(regel, fassungen=variants, norm=norm, erlaeuterung=explained, place=entry.place)


def _variants(entry: Entry, name: str) -> tuple[Fassung, ...]:
    rounding = entry.text("rundung", "")
    variants: list[Fassung] = []
    if entry.has("fassungen"):
        for part in entry.each("fassungen", f"Regel „{name}“"):
            with part:
                variants += _variant(part)
    elif not entry.has("offen"):
        variants += _variant(entry)
    parts = (part for variant in variants for part in parts_of(variant.formel))
    if not rounding and any(isinstance(part, Operation) and part.name == "round" for part in parts):
        entry.findings.add(
            entry.place, f"{entry.what}: Gerundet wird nur, wo eine Norm es anordnet; bitte „rundung“ angeben."
        )
    return tuple(variants)


def _variant(entry: Entry) -> list[Fassung]:
    found = entry.formula("formel")
    geltung = entry.geltung()
    norm, rechtsstand = entry.text("norm", ""), entry.text("rechtsstand", "")
    reading = entry.chosen("auslegung", tuple(Auslegung), "")
    auslegung = Auslegung(reading) if reading in tuple(Auslegung) else None
    if not found:
        return []
    return [Fassung(geltung, found[0], found[1], norm, entry.at("formel"), auslegung, rechtsstand)]


def read_ermessen(entry: Entry, name: str) -> Ermessen:
    """Read one judgement."""
    for forbidden in ("standard", "vorgabe", "annahme", "formel"):
        if entry.has(forbidden):
            entry.findings.add(
                entry.at(forbidden), f"{entry.what}: Ein Urteil hat keine Vorgabe; es trifft ein Mensch."
            )
    found = entry.formula("wenn") if entry.has("wenn") else None
    return Ermessen(
        name, entry.words("titel"), read_shape(entry, bounded=True), entry.text("norm"), entry.words("frage"),
        entry.texts("kriterien"), entry.texts("indikatoren"), entry.truth("rechtsbegriff"),
        found[0] if found else None, found[1] if found else "", entry.place,
    )  # fmt: skip


def read_ergebnis(entry: Entry) -> Ergebnis | None:
    """Read one outcome."""
    name, found = entry.text("name"), entry.formula("wenn")
    result = (
        entry.words("titel"), entry.text("norm"), entry.chosen("art", ARTEN), entry.words("tenor", ""),
        entry.words("gruende", ""), entry.text("rechtsbehelf", ""), entry.text("wirkung", ""),
    )  # fmt: skip
    if found is None:
        return None
    title, norm, kind, tenor, reasons, remedy, effect = result
    return Ergebnis(name, title, found[0], found[1], norm, kind, tenor, reasons, remedy, effect, entry.place)


def read_fall(entry: Entry, default_day: date) -> Fall:
    """Read one case."""
    facts, expected, judgements = (entry.tree(key) for key in ("angaben", "erwartet", "urteile"))
    if not isinstance(expected, Node) or not expected:
        entry.findings.add(entry.place, f"{entry.what}: „erwartet“ fehlt; ein Fall ohne Erwartung prüft nichts.")
    known = entry.text("bekannt_am", "")
    return Fall(
        entry.text("fall"), entry.text("quelle"), entry.day("stichtag", default_day),
        _plain_mapping(facts), _plain_mapping(expected), _plain_mapping(judgements),
        date.fromisoformat(known) if known and decimal_or_none(known) is None else None,
        entry.truth("entwurf"), entry.text("ebene", ""), entry.place,
    )  # fmt: skip


def read_simulation(entry: Entry, shapes: Mapping[str, Shape]) -> Simulation:
    """Read what a simulation shows and how its made-up people are."""
    people: dict[str, Verteilung] = {}
    for name, node in entry.named("bevoelkerung"):
        with entry.entry(node, f"Bevölkerung „{name}“") as part:
            shape = shapes.get(name)
            if shape is None or shape.kind is Kind.LISTE:
                entry.findings.add(part.place, f"{part.what}: Diese Angabe gibt es nicht, oder sie ist eine Liste.")
                continue
            people[name] = _distribution(part, shape)
    return Simulation(entry.text("dezile", ""), entry.text("gruppen", ""), people)


def _distribution(part: Entry, shape: Shape) -> Verteilung:
    node = part.tree("gewichte")
    weights: list[tuple[int, int]] = []
    for key, share in node.items() if isinstance(node, Node) else ():
        with part.findings.catching(part.place, part.what):
            weight = part.exact(str(share), 0, part.place, part.what) or 0
            weights.append((encode(shape, str(key), part.what), weight))
    low, high = part.number("von", shape.stellen), part.number("bis", shape.stellen)
    je, plus = part.text("je", ""), part.number("plus", shape.stellen)
    if not weights and (low is None or high is None or low > high):
        part.findings.add(part.place, f"{part.what}: Es fehlen „gewichte“ oder „von“ und „bis“.")
    return Verteilung(tuple(weights), low or 0, high or 0, je, plus or 0)


def _plain_mapping(node: Tree | None) -> Mapping[str, object]:
    found = plain(node) if isinstance(node, Node) else {}
    return found if isinstance(found, dict) else {}
