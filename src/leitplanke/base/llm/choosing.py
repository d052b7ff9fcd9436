"""Which model may take a call: the smallest suitable one that the guideline allows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from leitplanke.base.llm.calls import Caller, Kind, Refusal
from leitplanke.base.llm.looking import Seen
from leitplanke.base.llm.snapshot import KeyView, ModelView, PurposeView, TownView
from leitplanke.base.llm.wire import Parsed
from leitplanke.core.policy import Decision, Effect

AUTO = "auto"
# What a caller inside the house may say of the step; everything else the door finds out itself.
STATED = frozenset({
    "mensch_gibt_frei", "ermessen", "ki_rolle_offengelegt", "richtung_buerger", "schulung_vorhanden",
    "kenntnisnahme_vorhanden",
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
    """Return the models of a purpose that can do what is asked, the first to ask first."""
    models = [model for model in purpose.models if key is None or not key.models or model.id in key.models]
    if not models:
        return Refusal(
            "kein_modell", "Für diesen Zweck ist gerade kein Modell freigegeben. Bitte wenden Sie sich an die IT.", 503
        )
    named = [model for model in models if parsed.model in {AUTO, "", model.name}]
    if not named:
        names = ", ".join(sorted(model.name for model in models))
        return Refusal(
            "modell_nicht_erlaubt",
            f"Dieses Modell gehört nicht zu Ihrem Zugang. Möglich sind: {AUTO}, {names}.", 404,
        )  # fmt: skip
    wanted = "einbettung" if parsed.kind is Kind.EMBEDDING else "text"
    found = [model for model in named if model.kind == wanted and _can(model, parsed)]
    if not found:
        return Refusal(
            "modell_ungeeignet",
            "Kein Modell dieses Zugangs kann, was hier verlangt wird (Werkzeuge, Bilder, Einbettung oder die Länge).",
            400,
        )
    return sorted(found, key=lambda model: model.rank)


def _can(model: ModelView, parsed: Parsed) -> bool:
    if parsed.tools and "werkzeuge" not in model.abilities:
        return False
    if any("image" in path for path in parsed.unscannable) and "bilder" not in model.abilities:
        return False
    # Roughly three characters a token: what is far too long is not sent at all.
    return parsed.characters <= model.context * 6


def facts_of(  # noqa: PLR0913 - what a clause may ask
    caller: Caller, parsed: Parsed, purpose: PurposeView, seen: Seen, model: ModelView, *, share: int, output: int
) -> dict[str, Any]:
    """Return the facts of a call of one model."""
    images = any("image" in path for path in parsed.unscannable)
    checkable = seen.checkable and not parsed.unscannable
    return {
        "schritt": "modellaufruf",
        "zweck_freigegeben": purpose.released,
        "erprobung": purpose.trial,
        "fuer_beschaeftigte": caller.staff,
        "ausloeser": caller.trigger,
        "automatisierungsstufe": purpose.stage,
        "betrifft_buerger": purpose.affects_citizens,
        "richtung_buerger": purpose.to_citizens,
        "ermessen": False,
        "datenklasse": seen.data_class.value,
        "modellklasse": model.model_class,
        "pseudonymisierbar": checkable,
        "inhalt_pruefbar": checkable,
        "werkzeuge_angeboten": bool(parsed.tools),
        "werkzeug_schreibt": False,
        "bilder": images,
        "erzeugt_bild_oder_stimme": False,
        "privatnutzung": False,
        "kein_training_zugesichert": model.no_training,
        "hochrisiko": purpose.high_risk,
        "budget_anteil": min(share, 1000),
        "ausgabe_laenge": min(output, 1_000_000),
        "gekennzeichnet": True,
        "personenauswertung": False,
        **{name: value for name, value in caller.facts.items() if name in STATED},
    }


def choose(
    models: Sequence[ModelView], town: TownView, facts: Callable[[ModelView], dict[str, Any]]
) -> tuple[list[Choice], Decision | None, dict[str, Any]]:
    """Return the models that the guideline allows, in order; where there is none, the decision for the first."""
    allowed: list[Choice] = []
    first: Decision | None = None
    first_facts: dict[str, Any] = {}
    for model in models:
        known = facts(model)
        decision = town.policy.decide(known)
        if first is None:
            first, first_facts = decision, known
        elsewhere = decision.has(Effect.REROUTE_LOCAL) and model.model_class != "lokal"
        if decision.stops is None and not elsewhere:
            allowed.append(Choice(model, decision, known))
    return allowed, first, first_facts


def refusal_of(decision: Decision) -> Refusal:
    """Return what a decision that lets no model through says to people."""
    applied = decision.stops or decision.first(Effect.REROUTE_LOCAL)
    if applied is None:
        return Refusal("leitlinie", "Die Leitlinie lässt diese Anfrage nicht zu.", 403)
    status = 429 if applied.name == "budget_aufgebraucht" else 403
    return Refusal(
        f"leitlinie_{applied.effect.value}", applied.sentence, status, applied.number, applied.title,
        3600 if status == 429 else 0,
    )  # fmt: skip
