"""What loading checks beyond each line: every state of the law compiles, nothing is unreachable, no name is unknown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from leitplanke.core.rules.compiling import State, compile_regelwerk
from leitplanke.core.rules.errors import Finding, RegelwerkError
from leitplanke.core.rules.formula import Expr, names_in
from leitplanke.core.rules.graph import Program
from leitplanke.core.rules.model import Fassung, Place, Regelwerk, Status, Wert

_MOST_STATES = 100_000  # rules times days: what is compiled while a person waits
_FEWEST = 200


def check(regelwerk: Regelwerk) -> None:
    """Check a whole Regelwerk on each day on which anything starts or ends, drafts too.

    Raises:
        RegelwerkError: something does not hold together.
    """
    findings = [*_unknown_targets(regelwerk), *_unreachable(regelwerk), *_beside_drafts(regelwerk)]
    if findings:
        raise RegelwerkError([*_uncompiled(regelwerk), *findings])
    if open_names(regelwerk):
        return  # complete only with a layer; each layer is checked with it
    programs = compile_all(regelwerk)
    if impossible := _impossible_outcomes(regelwerk, programs):
        raise RegelwerkError(impossible)


def _uncompiled(regelwerk: Regelwerk) -> list[Finding]:
    """Return what does not compile: a mistyped name is told before what therefore seems unused."""
    if open_names(regelwerk):
        return []
    try:
        compile_all(regelwerk)
    except RegelwerkError as error:
        return list(error.findings)
    return []


def open_names(regelwerk: Regelwerk) -> tuple[str, ...]:
    """Return the parameters and rules that a lower layer has still to fill."""
    empty = [p.name for p in regelwerk.parameter.values() if p.offen and not p.werte]
    return tuple(empty + [r.name for r in regelwerk.regeln.values() if r.offen and not r.fassungen])


def compile_all(regelwerk: Regelwerk) -> list[Program]:
    """Compile every state of the law: each change day without drafts and, where there are any, with them.

    Raises:
        RegelwerkError: some state does not compile; the finding names the day.
    """
    spans = [w.geltung for p in regelwerk.parameter.values() for w in p.werte]
    spans += [f.geltung for r in regelwerk.regeln.values() for f in r.fassungen]
    drafts = any(span.status is Status.ENTWURF for span in spans)
    programs = []
    days = regelwerk.change_days()
    if len(days) * max(_FEWEST, len(regelwerk.regeln)) > _MOST_STATES:
        message = f"Das Recht ändert sich an {len(days)} Tagen, das ist bei {len(regelwerk.regeln)} Regeln zu oft."
        raise RegelwerkError([Finding("regelwerk.yaml", 1, f"{message} Bitte auf mehrere Regelwerke verteilen.")])
    for day in days:
        for entwurf in (False, True) if drafts else (False,):
            try:
                programs.append(compile_regelwerk(regelwerk, State(day, entwurf=entwurf)))
            except RegelwerkError as error:
                when = f" (Stand {day:%d.%m.%Y}{', mit Entwürfen' if entwurf else ''})"
                raise RegelwerkError([Finding(f.file, f.line, f.message + when) for f in error.findings]) from None
    return programs


def _beside_drafts(regelwerk: Regelwerk) -> list[Finding]:
    """Report what was enacted beside a draft of the same day without saying since when it is known.

    Of one day the one known latest holds (`in_force`), so that the draft would go first wherever drafts count.
    """
    dated: list[tuple[str, Sequence[Wert] | Sequence[Fassung]]] = [
        *((f"Parameter „{p.name}“", p.werte) for p in regelwerk.parameter.values()),
        *((f"Regel „{r.name}“", r.fassungen) for r in regelwerk.regeln.values()),
    ]
    findings = []
    for what, entries in dated:
        drafts = {entry.geltung.ab for entry in entries if entry.geltung.status is Status.ENTWURF}
        for entry in entries:
            since = entry.geltung
            if since.ab in drafts and since.status is not Status.ENTWURF and since.bekannt_seit == date.min:
                message = f"{what}: Ab {since.ab:%d.%m.%Y} gibt es auch einen Entwurf; bitte „bekannt_seit“ angeben, "
                message += "sonst gilt mit Entwürfen dieser."
                findings.append(Finding(entry.place.file, entry.place.line, message))
    return findings


def _unknown_targets(regelwerk: Regelwerk) -> list[Finding]:
    known = regelwerk.regeln.keys() | regelwerk.parameter.keys()
    missing = [name for name in regelwerk.ziel if name not in known]
    return [Finding("regelwerk.yaml", 1, f"Das Ziel „{name}“ ist keine Regel.") for name in missing]


def _unreachable(regelwerk: Regelwerk) -> list[Finding]:
    """Report what no target, outcome, judgement or note ever uses.

    Under a layer only what the layer itself brings: of what the higher one offers, each town uses a part.
    """
    used: set[str] = set()
    waiting: list[str] = [*regelwerk.ziel, *(r.name for r in regelwerk.regeln.values() if r.hinweis or r.pruefung)]
    for judgement in regelwerk.ermessen.values():
        waiting += [judgement.name, *judgement.indikatoren, *_names(judgement.wenn)]
    for outcome in regelwerk.ergebnisse:
        waiting += _names(outcome.wenn)
    while waiting:
        name = waiting.pop()
        if name in used:
            continue
        used.add(name)
        rule = regelwerk.regeln.get(name)
        for variant in rule.fassungen if rule else ():
            waiting += _names(variant.formel)
        fact = regelwerk.angaben.get(name)
        for part in (fact, *fact.felder) if fact else ():
            waiting += _names(part.annahme)
    fields = {part.name for angabe in regelwerk.angaben.values() for part in angabe.felder}
    open_layer, layered = bool(open_names(regelwerk)), len(regelwerk.ebenen) > 1
    places: list[tuple[str, str, Place]] = [
        *(("Die Regel", r.name, r.place) for r in regelwerk.regeln.values()),
        *(("Der Parameter", p.name, p.place) for p in regelwerk.parameter.values()),
        *(("Die Angabe", a.name, a.place) for a in regelwerk.angaben.values()),
        *(
            ("Das Feld", f, regelwerk.angaben[a].place)
            for a in regelwerk.angaben
            for f in fields & _field_names(regelwerk, a)
        ),
    ]
    return [
        Finding(place.file, place.line, f"{kind} „{name}“ wird nirgends gebraucht; bitte verwenden oder streichen.")
        for kind, name, place in places
        if name not in used and not open_layer and (place.ebene or not layered)
    ]


def _field_names(regelwerk: Regelwerk, name: str) -> set[str]:
    return {part.name for part in regelwerk.angaben[name].felder}


def _names(expr: Expr | None) -> set[str]:
    return names_in(expr) if expr is not None else set()


def _impossible_outcomes(regelwerk: Regelwerk, programs: list[Program]) -> list[Finding]:
    """Report outcomes that no facts can ever bring about."""
    possible = {
        outcome.name for program in programs for outcome, val in program.outcomes if program.bounds[val.slot][1] > 0
    }
    return [
        Finding(o.place.file, o.place.line, f"Das Ergebnis „{o.name}“ kann nie eintreten.")
        for o in regelwerk.ergebnisse
        if o.name not in possible
    ]
