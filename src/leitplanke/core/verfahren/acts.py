"""What may be done to a case, in which state, and by whom: the one table that every path asks.

The rule behind it: an act with legal effect is a person's, who has just proved who they are. A rule, a background job,
a machine key or a model may do a closed list of acts without legal effect (Art. 22 DSGVO, § 31a SGB X, § 35a VwVfG).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Stand(StrEnum):
    """Where a case is."""

    ENTWURF = "entwurf"
    EINGEGANGEN = "eingegangen"
    IN_BEARBEITUNG = "in_bearbeitung"
    WARTET = "wartet"
    ZUR_ZEICHNUNG = "zur_zeichnung"
    ENTSCHIEDEN = "entschieden"
    BEKANNTGEGEBEN = "bekanntgegeben"
    RECHTSBEHELF = "rechtsbehelf"
    ABGEGEBEN = "abgegeben"
    ZURUECKGENOMMEN = "zurueckgenommen"
    ABGESCHLOSSEN = "abgeschlossen"


class Originator(StrEnum):
    """Who or what sets an act going."""

    PERSON = "person"
    BUERGER = "buerger"
    REGEL = "regel"
    AUFTRAG = "auftrag"
    SCHNITTSTELLE = "schnittstelle"
    MODELL = "modell"


class Mode(StrEnum):
    """How far a model may go: `C_SAFE` words and extracts for a person, `C_FULL` would propose before the decision."""

    C_SAFE = "c_sicher"
    C_FULL = "c_voll"


class Effect(StrEnum):
    """What an act does in law."""

    NONE = "ohne"
    PROCEDURAL = "verfahren"
    DECISION = "entscheidung"


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that can be done.

    Attributes:
        before: the states in which it may be done.
        after: the state it leads to; None leaves the state as it is.
        by: who may set it going.
        fresh: whether the person must just have proved who they are.
    """

    name: str
    titel: str
    before: frozenset[Stand]
    after: Stand | None
    by: frozenset[Originator]
    effect: Effect = Effect.NONE
    fresh: bool = False


class ActError(Exception):
    """An act is not possible; the message says why, in German."""


class WrongStateError(ActError):
    """The case is in a state in which this cannot be done."""


class WrongOriginatorError(ActError):
    """Nobody but a person may do this."""


class NotFreshError(ActError):
    """The person must prove again who they are."""


class ModeError(ActError):
    """A model may not do this in the mode of the case."""


class StoppedError(ActError):
    """The register does not let the AI of this procedure run."""


_S, _O = Stand, Originator
_PERSON = frozenset({_O.PERSON})
_CITIZEN = frozenset({_O.BUERGER, _O.PERSON})
_RULES = frozenset({_O.PERSON, _O.REGEL, _O.AUFTRAG})
_OPEN = frozenset({_S.EINGEGANGEN, _S.IN_BEARBEITUNG, _S.WARTET})
_DECIDED = frozenset({_S.ENTSCHIEDEN, _S.BEKANNTGEGEBEN, _S.RECHTSBEHELF})
_ALIVE = _OPEN | _DECIDED | {_S.ZUR_ZEICHNUNG}
_DONE = frozenset({_S.ABGEGEBEN, _S.ZURUECKGENOMMEN, _S.ABGESCHLOSSEN})
_ANY = frozenset(Stand)

ACTS: dict[str, Act] = {
    act.name: act
    for act in (
        Act("ausfuellen", "Angaben machen", frozenset({_S.ENTWURF}), None, _CITIZEN),
        Act("stellen", "Antrag stellen", frozenset({_S.ENTWURF}), _S.EINGEGANGEN, _CITIZEN, Effect.PROCEDURAL),
        Act("ergaenzen", "Angaben und Unterlagen nachreichen", _ALIVE, None, _CITIZEN, Effect.PROCEDURAL),
        Act(
            "zuruecknehmen", "Antrag zurücknehmen", _OPEN, _S.ZURUECKGENOMMEN, _CITIZEN, Effect.PROCEDURAL
        ),
        Act("mitteilen", "Nachricht schreiben", _ALIVE | _DONE, None, _CITIZEN),
        # The closed list of what rules may do on their own.
        Act("eingang_bestaetigen", "Eingang bestätigen", frozenset({_S.EINGEGANGEN}), None, _RULES),
        Act("erinnern", "An eine Frist erinnern", frozenset({_S.WARTET}), None, _RULES),
        Act("berechnen", "Neu berechnen", _ALIVE, None, _RULES),
        Act("vorlesen", "Unterlage auslesen", _ALIVE | {_S.ENTWURF}, None, _RULES),
        Act("verteilen", "Vorgang zuteilen", _ALIVE, None, _RULES),
        Act("wiedervorlegen", "Zur Wiedervorlage vermerken", _ALIVE, None, _RULES),
        # What people of the office do.
        Act("uebernehmen", "Bearbeitung beginnen", frozenset({_S.EINGEGANGEN}), _S.IN_BEARBEITUNG, _PERSON),
        Act("bestaetigen", "Angabe bestätigen oder berichtigen", _OPEN, None, _PERSON, Effect.PROCEDURAL),
        Act("urteilen", "Urteil treffen", _OPEN, None, _PERSON, Effect.PROCEDURAL),
        Act("vorentscheiden", "Erste Entscheidung festhalten", _OPEN, None, _PERSON),
        Act("beleg_bearbeiten", "Unterlage einordnen und prüfen", _ALIVE, None, _PERSON),
        Act("vermerken", "Vermerk schreiben", _ALIVE | _DONE, None, _PERSON),
        Act("weiterbearbeiten", "Weiter bearbeiten", frozenset({_S.WARTET}), _S.IN_BEARBEITUNG, _PERSON),
        Act(
            "mitwirkung_fordern", "Zur Mitwirkung auffordern", frozenset({_S.IN_BEARBEITUNG, _S.WARTET}), _S.WARTET,
            _PERSON, Effect.PROCEDURAL, fresh=True,
        ),
        Act(
            "anhoeren", "Anhören", frozenset({_S.IN_BEARBEITUNG, _S.WARTET, *_DECIDED}), None, _PERSON,
            Effect.PROCEDURAL, fresh=True,
        ),
        Act("abgeben", "An die zuständige Stelle abgeben", _OPEN, _S.ABGEGEBEN, _PERSON, Effect.PROCEDURAL, fresh=True),
        Act(
            "entscheiden", "Entscheiden", frozenset({_S.IN_BEARBEITUNG, _S.WARTET}), _S.ENTSCHIEDEN, _PERSON,
            Effect.DECISION, fresh=True,
        ),
        Act(
            "vorlegen", "Zur Schlusszeichnung vorlegen", frozenset({_S.IN_BEARBEITUNG, _S.WARTET}), _S.ZUR_ZEICHNUNG,
            _PERSON, Effect.DECISION, fresh=True,
        ),
        Act(
            "zeichnen", "Schlusszeichnen", frozenset({_S.ZUR_ZEICHNUNG}), _S.ENTSCHIEDEN, _PERSON, Effect.DECISION,
            fresh=True,
        ),
        Act("zurueckgeben", "Zurückgeben", frozenset({_S.ZUR_ZEICHNUNG}), _S.IN_BEARBEITUNG, _PERSON),
        Act("brief_bearbeiten", "Schreiben bearbeiten", _ALIVE | _DONE, None, _PERSON),
        Act("freigeben", "Schreiben freigeben", _ALIVE | _DONE, None, _PERSON, Effect.PROCEDURAL, fresh=True),
        Act(
            "absenden", "Absendung vermerken", _ALIVE | _DONE, None, _PERSON, Effect.PROCEDURAL
        ),
        Act(
            "bekanntgeben", "Bescheid absenden", frozenset({_S.ENTSCHIEDEN}), _S.BEKANNTGEGEBEN, _PERSON,
            Effect.DECISION,
        ),
        Act(
            "zugang_vermerken", "Zugang eines Schreibens berichtigen", _ALIVE | _DONE, None, _PERSON, Effect.PROCEDURAL
        ),
        Act(
            "ruecklauf_vermerken", "Bescheid als nicht zugegangen vermerken", frozenset({_S.BEKANNTGEGEBEN}),
            _S.ENTSCHIEDEN, _PERSON, Effect.PROCEDURAL,
        ),
        Act(
            "rechtsbehelf_erfassen", "Rechtsbehelf erfassen", frozenset({_S.ENTSCHIEDEN, _S.BEKANNTGEGEBEN}),
            _S.RECHTSBEHELF, _CITIZEN, Effect.PROCEDURAL,
        ),
        Act(
            "rechtsbehelf_erledigen", "Ausgang des Rechtsbehelfs vermerken", _DECIDED | {_S.IN_BEARBEITUNG},
            None, _PERSON, Effect.PROCEDURAL,
        ),
        Act(
            "wiederaufnehmen", "Wieder aufnehmen", _DECIDED | _DONE, _S.IN_BEARBEITUNG, _PERSON, Effect.PROCEDURAL,
            fresh=True,
        ),
        Act(
            "abschliessen", "Abschließen", frozenset({_S.BEKANNTGEGEBEN, _S.RECHTSBEHELF}), _S.ABGESCHLOSSEN, _PERSON,
            Effect.PROCEDURAL,
        ),
        # What a model may be asked for; the gate decides by the mode.
        Act("uebersetzen", "Übersetzen", _ANY, None, frozenset({_O.PERSON, _O.BUERGER, _O.MODELL})),
        Act("zusammenfassen", "Neutral zusammenfassen", _ALIVE | _DONE, None, frozenset({_O.PERSON, _O.MODELL})),
        Act("felder_vorschlagen", "Felder vorschlagen", _OPEN, None, frozenset({*_RULES, _O.MODELL})),
        Act("formulieren", "Schreiben formulieren", _DECIDED, None, frozenset({*_RULES, _O.MODELL})),
        Act("entscheidung_vorschlagen", "Entscheidung vorschlagen", _OPEN, None, frozenset({_O.MODELL})),
    )
}  # fmt: skip

# Acts beside the matter: they change nothing on which what somebody else is about to do could stand.
ASIDE = frozenset({
    "eingang_bestaetigen", "erinnern", "vorlesen", "verteilen", "wiedervorlegen", "mitteilen", "vermerken",
})  # fmt: skip
ONLY_C_FULL = frozenset({"entscheidung_vorschlagen"})
# What the AI of a procedure does; a stop in the register stops it. Whatever people do themselves goes on.
OF_AI = frozenset({
    "vorlesen", "felder_vorschlagen", "formulieren", "uebersetzen", "zusammenfassen", "entscheidung_vorschlagen",
})  # fmt: skip
PEOPLE = frozenset({Originator.PERSON, Originator.BUERGER})


@dataclass(frozen=True, slots=True)
class Acting:
    """Who or what acts, and what stands behind it.

    Attributes:
        fresh: whether the person has just proved who they are.
        duties_released: whether the register entry of the procedure carries the released duties of a high-risk system.
        stopped: why the AI of the procedure does not run now, for people; empty where it may.
    """

    by: Originator
    fresh: bool = False
    mode: Mode = Mode.C_SAFE
    duties_released: bool = False
    stopped: str = ""


def require(name: str, stand: Stand, acting: Acting) -> Act:
    """Return the act if it may be done now.

    Raises:
        WrongOriginatorError: nobody of this kind may do it, whatever the state.
        ModeError: the mode of the case forbids it to a model.
        StoppedError: the register does not let the AI of the procedure run.
        WrongStateError: not in this state.
        NotFreshError: the person must prove again who they are.
        KeyError: there is no such act.
    """
    act = ACTS[name]
    if acting.by not in act.by:
        raise WrongOriginatorError(f"„{act.titel}“ darf nur ein Mensch mit der Aufgabe dafür.")
    if acting.stopped and name in OF_AI and acting.by not in PEOPLE:
        raise StoppedError(acting.stopped)
    if name in ONLY_C_FULL and not (acting.mode is Mode.C_FULL and acting.duties_released):
        raise ModeError(
            f"„{act.titel}“ ist einem Sprachmodell verwehrt, solange das Register die Pflichten eines "
            "Hochrisiko-Systems für dieses Verfahren nicht als erfüllt führt."
        )
    if stand not in act.before:
        raise WrongStateError(f"„{act.titel}“ ist im Stand „{LABELS[stand]}“ nicht möglich.")
    if act.fresh and acting.by is Originator.PERSON and not acting.fresh:
        raise NotFreshError(f"Bitte bestätigen Sie Ihre Anmeldung. Danach können Sie fortfahren: „{act.titel}“.")
    return act


LABELS: dict[Stand, str] = {
    Stand.ENTWURF: "In Vorbereitung",
    Stand.EINGEGANGEN: "Eingegangen",
    Stand.IN_BEARBEITUNG: "In Bearbeitung",
    Stand.WARTET: "Wartet auf Antwort",
    Stand.ZUR_ZEICHNUNG: "Zur Schlusszeichnung",
    Stand.ENTSCHIEDEN: "Entschieden",
    Stand.BEKANNTGEGEBEN: "Bescheid versandt",
    Stand.RECHTSBEHELF: "Rechtsbehelf",
    Stand.ABGEGEBEN: "Abgegeben",
    Stand.ZURUECKGENOMMEN: "Zurückgenommen",
    Stand.ABGESCHLOSSEN: "Abgeschlossen",
}


def possible(stand: Stand, by: Originator = Originator.PERSON) -> tuple[Act, ...]:
    """Return what may be done in a state, in the order of the table."""
    return tuple(act for act in ACTS.values() if stand in act.before and by in act.by and act.name not in ONLY_C_FULL)
