"""Reading a plan from YAML: every fault is told with line and cause; what is allowed but unwise is told as well."""

from __future__ import annotations

from datetime import date

from leitplanke.core.evaluation.errors import PlanError
from leitplanke.core.evaluation.plan import (
    LEAST_CASES,
    LEAST_GROUP,
    Columns,
    Design,
    Ergebnisart,
    Fehlerschwere,
    Limits,
    Outcome,
    Pruefplan,
    SevereErrors,
    Wahrheitsquelle,
)
from leitplanke.core.rules.errors import RegelwerkError
from leitplanke.core.rules.model import Words
from leitplanke.core.rules.reading import Entry, Findings, decimal_or_none
from leitplanke.core.rules.yamltext import Text, read_yaml

_NO_DAY = date.min


def read_plan(text: str, name: str = "plan.yaml") -> Pruefplan:
    """Read a plan; `name` is how messages call the file.

    Raises:
        PlanError: it cannot be used; holds every fault with its line.
    """
    try:
        tree = read_yaml(text, name)
    except RegelwerkError as error:
        raise PlanError([str(finding) for finding in error.findings]) from None
    findings = Findings()
    with Entry(tree, "Prüfplan", name, "", findings) as entry:
        plan = _plan(entry)
    if not findings.found:
        _check(plan, entry)
    if findings.found:
        raise PlanError([str(finding) for finding in sorted(findings.found, key=lambda finding: finding.line)])
    return plan


def _plan(entry: Entry) -> Pruefplan:
    day = entry.day("tag", _NO_DAY)
    if day == _NO_DAY:
        entry.findings.add(entry.at("tag"), "Prüfplan: „tag“ fehlt: der Tag, an dem der Plan festgelegt wurde.")
    with _inner(entry, "system") as system, _inner(entry, "wahrheit") as truth:
        named = system.text("name"), system.text("fassung"), system.text("eintrag", "")
        source = truth.chosen("quelle", tuple(Wahrheitsquelle))
        how = truth.words("wie")
    humans = tuple(_named(entry, "menschen"))
    attributes, least = _groups(entry)
    art, severe = _severe(entry)
    return Pruefplan(
        titel=entry.words("titel"),
        frage=entry.words("frage"),
        system=named[0],
        fassung=named[1],
        eintrag=named[2],
        stelle=entry.text("stelle"),
        tag=day,
        gueltig_monate=entry.count("gueltig_monate", 12),
        wahrheit=Wahrheitsquelle(source) if source in tuple(Wahrheitsquelle) else Wahrheitsquelle.ZWEITPRUEFUNG_OFFEN,
        wahrheit_wie=how,
        ergebnis=_outcome(entry),
        menschen=humans,
        vergleich=entry.texts("vergleich") or tuple(name for name, _ in humans),
        merkmale=attributes,
        mindestzahl=least,
        schwere_fehler=severe,
        grenzen=_limits(entry),
        statistik=_design(entry),
        spalten=_columns(entry, humans, attributes, severe.spalte if art == Fehlerschwere.SPALTE else ""),
    )


def _inner(entry: Entry, key: str) -> Entry:
    found = entry.tree(key)
    if found is None:
        entry.findings.add(entry.place, f"Prüfplan: „{key}“ fehlt.")
        return entry.entry(read_yaml("{}", ""), key)
    return entry.entry(found, f"Prüfplan, {key}")


def _named(entry: Entry, key: str) -> list[tuple[str, Words]]:
    with entry.entry(entry.tree(key) or read_yaml("{}", ""), f"{entry.what}, {key}") as inner:
        names = [name for name, _node in entry.named(key)]
        return [(name, inner.words(name)) for name in names]


def _outcome(entry: Entry) -> Outcome:
    with _inner(entry, "ergebnis") as part:
        art = part.chosen("art", tuple(Ergebnisart))
        amounts = art == Ergebnisart.BETRAG
        return Outcome(
            art=Ergebnisart.BETRAG if amounts else Ergebnisart.JA_NEIN,
            ja=part.words("ja"),
            ja_werte=part.texts("ja_werte"),
            nein_werte=part.texts("nein_werte"),
            einheit=part.text("einheit", "EUR") if amounts else "",
            toleranz=_number(part, "toleranz", 0.0, 0.0, 1e6) if amounts else 0.0,
            abstand=_number(part, "abstand", None, 0.0, 1e6) if amounts else 0.0,
        )


def _groups(entry: Entry) -> tuple[tuple[tuple[str, Words], ...], int]:
    with _inner(entry, "gruppen") as part:
        attributes = tuple(_named(part, "merkmale"))
        return attributes, part.count("mindestzahl", 30)


def _severe(entry: Entry) -> tuple[str, SevereErrors]:
    with _inner(entry, "schwere_fehler") as part:
        art = part.chosen("art", tuple(Fehlerschwere))
        by_column = art == Fehlerschwere.SPALTE
        severe = SevereErrors(
            art=Fehlerschwere(art) if art in tuple(Fehlerschwere) else Fehlerschwere.JEDER,
            beschreibung=part.words("beschreibung"),
            spalte=part.text("spalte") if by_column else "",
            ab=_number(part, "ab", 1.0, 0.0, 1e6) if by_column else 1.0,
        )
        return art, severe


def _limits(entry: Entry) -> Limits:
    with _inner(entry, "grenzen") as part:
        return Limits(
            abstand=_number(part, "abstand", None, 0.001, 0.3),
            abstand_gruppe=_number(part, "abstand_gruppe", None, 0.001, 0.5),
            ausgleich=_number(part, "ausgleich", None, 0.001, 0.5),
            schwere_fehler=_number(part, "schwere_fehler", None, 0.0001, 0.5),
        )


def _design(entry: Entry) -> Design:
    with _inner(entry, "statistik") as part:
        return Design(
            alpha=_number(part, "alpha", 0.05, 0.001, 0.1),
            power=_number(part, "power", 0.8, 0.5, 0.99),
            anzahl=part.count("anzahl", 0),
            uneinigkeit=_number(part, "uneinigkeit", None, 0.01, 1.0),
        )


def _columns(
    entry: Entry, humans: tuple[tuple[str, Words], ...], attributes: tuple[tuple[str, Words], ...], weight: str
) -> Columns:
    """Read which column holds what; where nothing is said, a column is called like what it holds."""
    with entry.entry(entry.tree("spalten") or read_yaml("{}", ""), "Prüfplan, spalten") as part:
        return Columns(
            fall=part.text("fall", "fall"),
            ki=part.text("ki", "ki"),
            wahrheit=part.text("wahrheit", "wahrheit"),
            menschen=tuple((name, part.text(name, name)) for name, _ in humans),
            merkmale=tuple((name, part.text(name, name)) for name, _ in attributes),
            gewicht=weight,
        )


def _number(entry: Entry, key: str, default: float | None, low: float, high: float) -> float:
    found = entry.tree(key)
    if found is None and default is not None:
        return default
    value = decimal_or_none(found) if isinstance(found, Text) else None
    if value is None or not value.is_finite() or not low <= float(value) <= high:
        said = f"ist „{found}“" if isinstance(found, Text) else "fehlt"
        entry.findings.add(
            entry.at(key),
            f"{entry.what}: „{key}“ {said}; erwartet wird eine Zahl von {low:g} bis {high:g} (mit Punkt).",
        )
        return default or low
    return float(value)


def _check(plan: Pruefplan, entry: Entry) -> None:
    """Find what contradicts itself."""
    say = entry.findings.add
    if not plan.menschen:
        say(
            entry.at("menschen"),
            "Prüfplan: „menschen“ nennt mindestens eine Person, zum Beispiel person_1: Erste Person.",
        )
    for name in plan.vergleich:
        if name not in dict(plan.menschen):
            say(entry.at("vergleich"), f"Prüfplan: „vergleich“ nennt „{name}“; unter „menschen“ steht das nicht.")
    if plan.mindestzahl < LEAST_GROUP:
        say(
            entry.at("gruppen"), f"Prüfplan: „mindestzahl“ muss mindestens {LEAST_GROUP} sein: Weniger sagt nichts aus."
        )
    if plan.statistik.anzahl < LEAST_CASES:
        say(entry.at("statistik"), f"Prüfplan: „anzahl“ muss mindestens {LEAST_CASES} sein: Weniger sagt nichts aus.")
    if not 1 <= plan.gueltig_monate <= 60:
        say(entry.at("gueltig_monate"), "Prüfplan: „gueltig_monate“ muss zwischen 1 und 60 liegen.")
    columns = plan.spalten.all()
    for name in sorted({name for name in columns if columns.count(name) > 1}):
        say(entry.at("spalten"), f"Prüfplan: Die Spalte „{name}“ soll zweierlei enthalten; jede Spalte enthält eines.")
