"""Whether a procedure and its Regelwerk fit together: names, slots, conditions, and a letter for each decision."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from leitplanke.core.drafting.brief import Part
from leitplanke.core.rules.checking import open_names
from leitplanke.core.rules.compiling import State, compile_regelwerk
from leitplanke.core.rules.errors import Finding, RegelwerkError, listed
from leitplanke.core.rules.formula import Expr, names_in
from leitplanke.core.rules.model import Ergebnis, Kind, Place, Regelwerk, Words
from leitplanke.core.verfahren.model import ACTS, DECISIONS, Absatz, Unterlage, Verfahren, Vorlage
from leitplanke.core.verfahren.reading import words_of

CASE_SLOTS = (
    "aktenzeichen", "antragsdatum", "name", "anrede", "heute", "frist", "stelle", "telefon", "bescheid_vom",
    "zeitraum_von", "zeitraum_bis", "verfahren", "zugang",
)  # fmt: skip
"""What a case itself fills in, besides the values of its Regelwerk."""
SLOT = re.compile(r"\{([a-z][a-z0-9_]*)\}")
REQUIRED = {"bescheid": (Part.TENOR, Part.GRUENDE, Part.RECHTSBEHELF), "mitwirkung": (Part.FRIST, Part.RECHTSFOLGE)}
HEAD = "verfahren.yaml"
_EXTRA = "bedingung"


def check(verfahren: Verfahren, regelwerk: Regelwerk) -> list[Finding]:
    """Return everything that does not fit together."""
    return [
        *_short_check(verfahren, regelwerk),
        *(finding for item in verfahren.unterlagen for finding in _evidence(item, regelwerk)),
        *_stand_ins(verfahren),
        *_signing(verfahren),
        *(finding for item in verfahren.vorlagen.values() for finding in _letter(item, regelwerk)),
        *_outcome_slots(regelwerk),
        *_conditions(verfahren, regelwerk),
        *_missing_letters(verfahren, regelwerk),
    ]


def slots_in(words: Words) -> tuple[str, ...]:
    """Return the names of the slots of a text, in order."""
    return tuple(dict.fromkeys(SLOT.findall(f"{words.de} {words.en}")))


def slot_names(regelwerk: Regelwerk) -> frozenset[str]:
    """Return the names that a slot may have: what a case fills in and every value of the whole case."""
    facts = {a.name for a in regelwerk.angaben.values() if a.shape.kind is not Kind.LISTE}
    tables = {p.name for p in regelwerk.parameter.values() if p.schluessel}
    rules = {r.name for r in regelwerk.regeln.values() if not r.je}
    return frozenset({*CASE_SLOTS, *facts, *(regelwerk.parameter.keys() - tables), *rules, *regelwerk.ermessen})


def _short_check(verfahren: Verfahren, regelwerk: Regelwerk) -> Iterator[Finding]:
    for name in verfahren.vorpruefung:
        if regelwerk.fact(name) is None:
            yield Finding(HEAD, 1, f"vorpruefung: Die Angabe „{name}“ gibt es im Regelwerk nicht; bitte Namen prüfen.")
    if verfahren.antragstag:
        fact = regelwerk.fact(verfahren.antragstag)
        if fact is None or fact.shape.kind is not Kind.DATUM:
            yield Finding(HEAD, 1, f"antragstag: „{verfahren.antragstag}“ ist keine Angabe der Art Datum.")


def _evidence(item: Unterlage, regelwerk: Regelwerk) -> Iterator[Finding]:
    what = f"Unterlage „{item.art}“"
    for key, paths in (("belegt", item.belegt), ("felder", item.felder.values())):
        for path in paths:
            if not is_fact(path, regelwerk):
                message = f"{what}, {key}: Die Angabe „{path}“ gibt es nicht; Felder heißen „liste[].feld“."
                yield Finding(item.place.file, item.place.line, message)
    yield from _unknown_names(item.wenn, item.place, what, regelwerk)


def _stand_ins(verfahren: Verfahren) -> Iterator[Finding]:
    asked = {item.art for item in verfahren.unterlagen if not item.statt}
    for item in verfahren.unterlagen:
        if item.statt and item.statt not in asked:
            message = f"Unterlage „{item.art}“, statt: „{item.statt}“ wird in diesem Verfahren nicht verlangt."
            yield Finding(item.place.file, item.place.line, message)


def _signing(verfahren: Verfahren) -> Iterator[Finding]:
    for art in verfahren.zeichnung.arten:
        if art not in (*DECISIONS, *ACTS):
            yield Finding(HEAD, 1, f"zeichnung, arten: „{art}“ gibt es nicht. Möglich: {listed([*DECISIONS, *ACTS])}.")


def is_fact(path: str, regelwerk: Regelwerk) -> bool:
    """Tell whether a path names a fact, `liste[].feld` one of a list."""
    name, in_list, field = path.partition("[].")
    fact = regelwerk.fact(name)
    if fact is None or not in_list:
        return fact is not None
    return field in {part.name for part in fact.felder}


def _unknown_names(wenn: Expr | None, place: Place, what: str, regelwerk: Regelwerk) -> Iterator[Finding]:
    fields = {field.name for fact in regelwerk.angaben.values() for field in fact.felder}
    known = {
        "stichtag", *regelwerk.angaben, *regelwerk.parameter, *regelwerk.regeln, *regelwerk.ermessen, *fields,
    }  # fmt: skip
    for name in sorted(names_in(wenn) - known) if wenn is not None else ():
        yield Finding(place.file, place.line, f"{what}, wenn: Den Namen „{name}“ gibt es im Regelwerk nicht.")


def _letter(vorlage: Vorlage, regelwerk: Regelwerk) -> Iterator[Finding]:
    for words, part in words_of(vorlage):
        place = part.place if part else vorlage.place
        what = f"Absatz „{part.key}“" if part else f"Vorlage „{vorlage.name}“"
        yield from _unknown_slots(words, place, what, regelwerk)
    for part in vorlage.absaetze:
        yield from _unknown_names(part.wenn, part.place, f"Absatz „{part.key}“", regelwerk)
    for needed in REQUIRED.get(vorlage.art, ()):
        if not any(part.part == needed and part.wenn is None for part in vorlage.absaetze):
            message = f"Vorlage „{vorlage.name}“: Es fehlt ein Absatz mit „part: {needed}“ ohne „wenn“."
            yield Finding(vorlage.place.file, vorlage.place.line, message)
    outcomes = [*DECISIONS, *ACTS, *(outcome.name for outcome in regelwerk.ergebnisse)]
    for name in vorlage.fuer:
        if name not in outcomes:
            message = f"Vorlage „{vorlage.name}“, fuer: „{name}“ gibt es nicht. Möglich: {listed(outcomes)}."
            yield Finding(vorlage.place.file, vorlage.place.line, message)


def _unknown_slots(words: Words, place: Place, what: str, regelwerk: Regelwerk) -> Iterator[Finding]:
    known = slot_names(regelwerk)
    for name in slots_in(words):
        if name not in known:
            yield Finding(
                place.file, place.line,
                f"{what}: Für den Platz „{{{name}}}“ gibt es keinen Wert des ganzen Falls; bitte einen Namen aus dem "
                f"Regelwerk (keine Liste, keine Tabelle) oder einen dieser nehmen: {', '.join(CASE_SLOTS)}.",
            )  # fmt: skip
    if re.search(r"[{}]", SLOT.sub("", f"{words.de}{words.en}")):
        yield Finding(place.file, place.line, f"{what}: Geschweifte Klammern nur um einen Namen: {{name}}.")


def _outcome_slots(regelwerk: Regelwerk) -> Iterator[Finding]:
    for outcome in regelwerk.ergebnisse:
        for words in (outcome.tenor, outcome.gruende):
            yield from _unknown_slots(words, outcome.place, f"Ergebnis „{outcome.name}“", regelwerk)
        if outcome.art in DECISIONS and not (outcome.tenor.de and outcome.gruende.de and outcome.rechtsbehelf):
            message = f"Ergebnis „{outcome.name}“: Ein Bescheid braucht „tenor“, „gruende“ und „rechtsbehelf“."
            yield Finding(outcome.place.file, outcome.place.line, message)


def _conditions(verfahren: Verfahren, regelwerk: Regelwerk) -> Iterator[Finding]:
    """Compile each condition like that of an outcome; a Regelwerk with gaps is compiled with its layers only."""
    if open_names(regelwerk):
        return
    state = State(regelwerk.change_days()[-1])
    parts: list[Absatz | Unterlage] = [part for item in verfahren.vorlagen.values() for part in item.absaetze]
    for part in [*parts, *verfahren.unterlagen]:
        if part.wenn is None or any(_unknown_names(part.wenn, part.place, "", regelwerk)):
            continue
        extra = Ergebnis(_EXTRA, Words(), part.wenn, part.wenn_text, "", "hinweis", Words(), place=part.place)
        try:
            compile_regelwerk(replace(regelwerk, ergebnisse=(extra,)), state)
        except RegelwerkError as error:
            for finding in error.findings:
                message = finding.message.replace(f"Ergebnis „{_EXTRA}“", f"wenn „{part.wenn_text}“")
                yield Finding(finding.file, finding.line, message)


def _missing_letters(verfahren: Verfahren, regelwerk: Regelwerk) -> Iterator[Finding]:
    for art in ("eingangsbestaetigung", "mitwirkung", "anhoerung"):
        if not verfahren.vorlagen_fuer(art):
            yield Finding(HEAD, 1, f"Unter schreiben/ fehlt eine Vorlage mit „art: {art}“.")
    for outcome in regelwerk.ergebnisse:
        if outcome.art in DECISIONS and verfahren.bescheid(outcome) is None:
            message = f"Für das Ergebnis „{outcome.name}“ ({outcome.art}) fehlt eine Vorlage mit „art: bescheid“."
            yield Finding(HEAD, 1, f"{message} Bitte unter schreiben/ anlegen, „fuer: [{outcome.art}]“.")
