"""Which model may take a call: the smallest suitable one that the guideline allows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from leitplanke.base.llm.calls import Caller, Kind, Refusal
from leitplanke.base.llm.looking import Seen
from leitplanke.base.llm.snapshot import BUDGET_SPENT, KeyView, ModelView, PurposeView, TownView
from leitplanke.base.llm.wire import Parsed
from leitplanke.base.policy import clause_address
from leitplanke.core.policy import Decision, Effect

AUTO = "auto"
# What a caller inside the house may say of the step; everything else the door finds out itself.
STATED = frozenset({
    "mensch_gibt_frei", "ermessen", "ki_rolle_offengelegt", "richtung_buerger", "datenklasse_angezeigt",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """A model that may take the call, and what the guideline says of it."""

    model: ModelView
    decision: Decision
    facts: Mapping[str, Any]

    @property
    def masked(self) -> bool:
        """Whether personal data must be replaced first."""
        return self.decision.has(Effect.PSEUDONYMISE)


def suitable(parsed: Parsed, purpose: PurposeView, key: KeyView | None) -> list[ModelView] | Refusal:
    """Return the models of a purpose that can do what is asked, the smallest first.

    Where the caller names one, the others are there for comparison only (`is_named`).
    """
    models = [model for model in purpose.models if key is None or not key.models or model.id in key.models]
    if not models:
        return Refusal(
            "kein_modell", "Für diesen Zweck ist gerade kein Modell freigegeben. Bitte wenden Sie sich an die IT.", 503
        )
    if not any(is_named(model, parsed) for model in models):
        names = ", ".join(sorted(model.name for model in models))
        return Refusal(
            "modell_nicht_erlaubt",
            f"Dieses Modell gehört nicht zu Ihrem Zugang. Möglich sind: {AUTO}, {names}.", 404,
        )  # fmt: skip
    wanted = "einbettung" if parsed.kind is Kind.EMBEDDING else "text"
    found = [model for model in models if model.kind == wanted and _can(model, parsed)]
    if not any(is_named(model, parsed) for model in found):
        return Refusal(
            "modell_ungeeignet",
            "Kein Modell dieses Zugangs kann, was hier verlangt wird (Werkzeuge, Bilder, Einbettung oder die Länge).",
            400,
        )
    return sorted(found, key=lambda model: model.rank)


def is_named(model: ModelView, parsed: Parsed) -> bool:
    """Tell whether the caller wants this model, or leaves the choice to us."""
    return parsed.model in {AUTO, "", model.name}


def _can(model: ModelView, parsed: Parsed) -> bool:
    if parsed.tools and "werkzeuge" not in model.abilities:
        return False
    if any("image" in path for path in parsed.unscannable) and "bilder" not in model.abilities:
        return False
    # Roughly three characters a token: what is far too long is not sent at all.
    return parsed.characters <= model.context * 6


def facts_of_call(  # noqa: PLR0913, PLR0917 - what a clause may ask
    caller: Caller, parsed: Parsed, town: TownView, purpose: PurposeView, key: KeyView | None, seen: Seen, share: int
) -> dict[str, Any]:
    """Return the facts of a call for any model; docs/reference/gateway-fakten.md says what each rests on."""
    checkable = seen.checkable and not parsed.unscannable
    return {
        "schritt": "modellaufruf",
        "zweck_freigegeben": purpose.released,
        "zweck_verboten": purpose.forbidden,
        "erprobung": purpose.trial,
        "automatisierungsstufe": purpose.stage,
        "betrifft_buerger": purpose.affects_citizens,
        "richtung_buerger": purpose.to_citizens,
        "hochrisiko": purpose.high_risk,
        "inhalt_gespeichert": purpose.keep_days > 0,
        "datenklasse": seen.data_class.value,
        "pseudonymisierbar": checkable,
        "inhalt_pruefbar": checkable,
        "werkzeuge_angeboten": bool(parsed.tools),
        "werkzeug_schreibt": False,
        "bilder": any("image" in path for path in parsed.unscannable),
        "budget_anteil": min(share, 1000),
        "energie_anteil": min(town.energy.get(purpose.key, 0), 1000),
        **_BY_CONSTRUCTION,
        **_of_caller(caller, town, key),
        **{name: value for name, value in caller.facts.items() if name in STATED},
    }


# What no call through the door can be, since there is no way to it here.
_BY_CONSTRUCTION = {
    "erzeugt_bild_oder_stimme": False, "experimentierraum": False, "synthetisch": False, "privatnutzung": False,
    "personenauswertung": False, "gekennzeichnet": True, "modell_freigegeben": True,
}  # fmt: skip


def _of_caller(caller: Caller, town: TownView, key: KeyView | None) -> dict[str, Any]:
    """Return what is known of who calls; what only a caller can know is the worse until it says so."""
    person, program = caller.person_id, caller.trigger == "fachverfahren"
    return {
        "fuer_beschaeftigte": caller.staff,
        "ausloeser": caller.trigger,
        "person_im_geltungsbereich": caller.staff and (program or person in town.people),
        "dienstkonto": caller.staff and (program or person is not None),
        "schulung_vorhanden": town.readiness.is_trained(person),
        "kenntnisnahme_vorhanden": town.readiness.has_read(person),
        "datenklasse_angezeigt": key is not None and key.shows_classes,
        "ermessen": False,
        "mensch_gibt_frei": False,
        "ki_rolle_offengelegt": False,
    }


def facts_of(known: Mapping[str, Any], model: ModelView, *, output: int, smallest: bool) -> dict[str, Any]:
    """Return the facts of a call of one model, given those of the call; `smallest` of those that would do."""
    return {
        **known,
        "modellklasse": model.model_class,
        "kein_training_zugesichert": model.no_training,
        "ausgabe_laenge": min(output, 1_000_000),
        "kleinstes_modell": smallest,
    }


def choose(
    models: Sequence[ModelView],
    parsed: Parsed,
    town: TownView,
    facts: Callable[[ModelView, bool], dict[str, Any]],
) -> tuple[list[Choice], Decision | None, dict[str, Any]]:
    """Return the models that the guideline allows, in order; where there is none, the decision for the first.

    `facts` gives those of a model, told whether no smaller one would do: one that can do it and is allowed.
    """
    allowed: list[Choice] = []
    first: Decision | None = None
    first_facts: dict[str, Any] = {}
    least: int | None = None
    for model in models:
        named = is_named(model, parsed)
        if not named and least is not None:
            continue
        known = facts(model, least is None or least >= model.rank)
        decision = town.policy.decide(known)
        if named and first is None:
            first, first_facts = decision, known
        elsewhere = decision.has(Effect.REROUTE_LOCAL) and model.model_class != "lokal"
        if decision.stops is None and not elsewhere:
            least = model.rank if least is None else least
            if named:
                allowed.append(Choice(model, decision, known))
    return allowed, first, first_facts


def refusal_of(decision: Decision, wait: int) -> Refusal:
    """Return what a decision that lets no model through says to people; `wait` seconds until there is a new budget."""
    applied = decision.stops or decision.first(Effect.REROUTE_LOCAL)
    if applied is None:
        return Refusal("leitlinie", "Die Leitlinie lässt diese Anfrage nicht zu.", 403)
    spent = applied.name == BUDGET_SPENT
    return Refusal(
        BUDGET_SPENT if spent else f"leitlinie_{applied.effect.value}", applied.sentence, 429 if spent else 403,
        applied.number, applied.title, wait if spent else 0, clause_url=clause_address(applied.number),
    )  # fmt: skip
