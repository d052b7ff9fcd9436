"""Trying a guideline on one step: which facts matter for it, what holds, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from leitplanke.core.guideline.writing.words import CELLS, DATA, EFFECTS, MODELS
from leitplanke.core.policy import FACTS, Cell, Effect, Policy, explain
from leitplanke.core.policy.cases import quiet
from leitplanke.core.policy.compiling import names_in, parse_condition, with_known
from leitplanke.core.policy.model import STOPPING
from leitplanke.core.rules.formula import Truth

if TYPE_CHECKING:
    from leitplanke.core.policy import Applied, Explanation, Profile

STEP, CALL, TABLE = "schritt", "modellaufruf", ("datenklasse", "modellklasse", "pseudonymisierbar")
STEPS: Mapping[str, str] = {
    "modellaufruf": gettext_noop("Jemand fragt ein KI-Modell"),
    "werkzeugaufruf": gettext_noop("Ein Modell will ein Werkzeug benutzen"),
    "vordefinierte_aktion": gettext_noop("Eine festgelegte Aktion soll ablaufen"),
    "entscheidung": gettext_noop("Eine Entscheidung steht an"),
    "veroeffentlichung": gettext_noop("Ein Inhalt soll veröffentlicht werden"),
    "schreiben_an_buerger": gettext_noop("Ein Schreiben geht an Bürgerinnen oder Bürger"),
    "freigabe": gettext_noop("Ein KI-System soll freigegeben werden"),
    "auskunft": gettext_noop("Jemand bittet eine KI um Auskunft"),
    "verwendung": gettext_noop("Ein Ergebnis der KI soll verwendet werden"),
    "hochladen": gettext_noop("Ein Dokument wird hochgeladen"),
}
TRIGGERS = {
    "person": gettext_noop("ein Mensch"), "fachverfahren": gettext_noop("ein Fachverfahren, nach festen Regeln"),
    "modell": gettext_noop("ein KI-Modell"),
}  # fmt: skip
WORDS: Mapping[str, Mapping[str, str]] = {
    "schritt": STEPS, "ausloeser": TRIGGERS, "datenklasse": {data.value: word for data, word in DATA.items()},
    "modellklasse": {model.value: word for model, word in MODELS.items()},
}  # fmt: skip
# What a fact is about, so that people find it.
_GROUPS: Mapping[str, tuple[str, ...]] = {
    gettext_noop("Wer fragt, und wofür"): (
        "ausloeser", "fuer_beschaeftigte", "person_im_geltungsbereich", "dienstkonto", "privatnutzung",
        "schulung_vorhanden", "kenntnisnahme_vorhanden", "zweck_freigegeben", "erprobung", "experimentierraum",
        "hochrisiko", "automatisierungsstufe", "zweck_verboten",
    ),
    gettext_noop("Welche Daten, welches Modell"): (
        "datenklasse", "modellklasse", "pseudonymisierbar", "inhalt_pruefbar", "bilder", "synthetisch",
        "modell_freigegeben", "kein_training_zugesichert", "kleinstes_modell", "werkzeuge_angeboten",
        "werkzeug_schreibt", "inhalt_gespeichert", "personenauswertung", "datenklasse_angezeigt", "budget_anteil",
        "energie_anteil", "ausgabe_laenge",
    ),
    gettext_noop("Wen es trifft, und was herauskommt"): (
        "betrifft_buerger", "richtung_buerger", "mensch_gibt_frei", "ermessen", "erzeugt_bild_oder_stimme",
        "gekennzeichnet", "ki_rolle_offengelegt", "mensch_verlangt", "mensch_erreichbar", "ergebnis_geprueft",
        "quelle_geoeffnet", "beleg_vorhanden", "quelle_gueltig", "zweite_grundlage", "rechte_geklaert",
        "lange_uebernahme", "aktenvermerk_vorhanden",
    ),
}  # fmt: skip
REST = gettext_noop("Was das Register dazu weiß")
UNKNOWN = "unbekannt"


def group_of(name: str) -> str:
    """Return what a fact is about."""
    return next((_(group) for group, names in _GROUPS.items() if name in names), _(REST))


def group_titles() -> list[str]:
    """Return what facts are about, in the order in which people are asked."""
    return [*(_(group) for group in _GROUPS), _(REST)]


def facts_for(profile: Profile, step: str) -> tuple[str, ...]:
    """Return the facts that a step hangs on, in the order in which they are declared."""
    asked = set(TABLE) if step == CALL else set()
    for condition in {clause.condition for clause in profile.clauses}:
        asked.update(_asked(condition, step))
    return tuple(name for name in FACTS if name in asked and name != STEP)


@lru_cache(maxsize=4096)
def _asked(condition: str, step: str) -> tuple[str, ...]:
    tree = with_known(parse_condition(condition), STEP, step)
    return () if isinstance(tree, Truth) else names_in(tree)


def choices_of(name: str) -> list[tuple[str, str]]:
    """Return the values of a fact with words for people; "unbekannt" is always one. Empty for a number."""
    fact = FACTS[name]
    unknown = (UNKNOWN, _("weiß ich nicht"))
    if fact.kind == "ja_nein":
        return [("ja", _("ja")), ("nein", _("nein")), unknown]
    if name == "automatisierungsstufe":
        return [*((str(stage), str(stage)) for stage in range(fact.most + 1)), unknown]
    return [*((value, _(WORDS[name][value])) for value in fact.options), unknown] if fact.options else []


def text_of(value: Any) -> str:
    """Return a value as it stands in addresses and forms."""
    if value is None:
        return UNKNOWN
    return {True: "ja", False: "nein"}[value] if isinstance(value, bool) else str(value)


def usual(names: tuple[str, ...]) -> dict[str, Any]:
    """Return facts under which nothing stands in the way."""
    still = quiet()
    return {name: still[name] for name in names}


@dataclass(frozen=True, slots=True)
class Shown:
    """A clause that applies, in words; `certain` is False where it does only since something is not known."""

    number: str
    title: str
    sentence: str
    effect: str
    certain: bool
    stops: bool


@dataclass(frozen=True, slots=True)
class ProofLine:
    """A line of the proof: which clause, whether it applies."""

    number: str
    title: str
    said: str
    kind: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a guideline says of a step.

    Attributes:
        effect: in a few words; `kind` its colour.
        first: the clause that people would read.
        missing: what is not known and would change the answer, as questions.
    """

    effect: str
    kind: str
    first: Shown | None
    clauses: tuple[Shown, ...]
    missing: tuple[str, ...]
    proof: tuple[ProofLine, ...]


def outcome_of(policy: Policy, facts: Mapping[str, Any]) -> Outcome:
    """Decide, and say it in words.

    Raises:
        FactError: a fact is not declared, or not of its kind.
    """
    explained = explain(policy, facts)
    decision = explained.decision
    shown = tuple(_shown(one) for one in decision.applied)
    first = _shown(decision.stops) if decision.stops else next(iter(shown), None)
    stops = decision.effect in STOPPING
    kind = "danger" if decision.effect is Effect.BLOCK else "warning" if stops else "success"
    return Outcome(
        _(EFFECTS[decision.effect]), kind, first, shown, tuple(FACTS[name].meaning for name in decision.missing),
        _proof(policy.profile, explained, facts),
    )  # fmt: skip


def _shown(one: Applied) -> Shown:
    return Shown(
        one.number, one.title, one.sentence, _(EFFECTS[one.effect]), one.certain, one.effect in STOPPING
    )  # fmt: skip


def _proof(profile: Profile, explained: Explanation, facts: Mapping[str, Any]) -> tuple[ProofLine, ...]:
    """Return a line for each clause that speaks of this step, and for the table."""
    step = str(facts.get(STEP) or "")
    numbers = {f"k_{clause.name}": clause for clause in profile.clauses if _asked(clause.condition, step)}
    lines = []
    for row in explained.steps:
        if (clause := numbers.get(row["name"])) is not None:
            said, kind = _truth(row["value"])
            lines.append(ProofLine(clause.number, clause.title, said, kind))
        elif row["kind"] == "tabelle":
            lines.append(ProofLine(profile.table.number, row["title"], _(CELLS[Cell(row["value"])]), "info"))
    return tuple(sorted(lines, key=lambda line: _place(line.number)))


def _place(number: str) -> tuple[int, int, str]:
    chapter, _point, rest = number.partition(".")
    digits = rest.rstrip("abcdefghijklmnopqrstuvwxyzT")
    known = chapter.isdigit() and digits.isdigit()
    return (int(chapter), int(digits), rest) if known else (999, 0, number)


def _truth(value: Any) -> tuple[str, str]:
    if value is True:
        return _("greift"), "warning"
    return (_("greift nicht"), "success") if value is False else (_("hängt von Unbekanntem ab"), "info")
