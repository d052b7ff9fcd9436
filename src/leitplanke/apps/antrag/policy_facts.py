"""What applications tell the guideline of a step: a decision, a letter, words of a model in it, an act of a program."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from leitplanke.apps.antrag.models import Richtung
from leitplanke.apps.register.public import purpose_in_use
from leitplanke.base.policy import OF_THE_HOUSE, SPEAKS_TO_NOBODY, Guidance, guidance
from leitplanke.core.drafting.brief import brief_from_json
from leitplanke.core.verfahren.acts import PEOPLE, Originator

if TYPE_CHECKING:
    from leitplanke.apps.antrag.models import Antrag, Entscheidung, Schreiben

# What programs may do by themselves towards somebody: acts without effect in law (`core.verfahren.acts`).
BY_PROGRAM = frozenset({"eingang_bestaetigen", "erinnern"})


def _common(antrag: Antrag, step: str, by: Originator) -> dict[str, Any]:
    purpose = purpose_in_use(antrag.mandant, f"antrag.{antrag.verfahren}")
    return {
        **OF_THE_HOUSE,
        **SPEAKS_TO_NOBODY,
        "schritt": step,
        "ausloeser": trigger(by),
        # Nothing but a person decides and releases here (table of acts, constraints of the database): the AI proposes.
        "automatisierungsstufe": 1,
        "zweck_freigegeben": purpose.released,
        "erprobung": purpose.trial,
        "hochrisiko": purpose.high_risk,
        "fuer_beschaeftigte": True,
        "betrifft_buerger": True,
        "mensch_gibt_frei": by is Originator.PERSON,
        "ermessen": bool(antrag.urteile),
        "mensch_verlangt": wants_a_person(antrag),
        # Made of history and evidence whenever somebody reads it, with a part on where AI took part (`file_note`).
        "aktenvermerk_vorhanden": True,
    }


def trigger(by: Originator) -> str:
    """Return who sets a step going, as the guideline names it."""
    if by in PEOPLE:
        return "person"
    return "modell" if by is Originator.MODELL else "fachverfahren"


def wants_a_person(antrag: Antrag) -> bool:
    """Tell whether somebody asked for a person and nobody of the office has written since."""
    wish = antrag.mitteilungen.filter(mensch_gewuenscht=True).order_by("-am").first()
    if wish is None:
        return False
    return not antrag.mitteilungen.filter(richtung=Richtung.VOM_AMT, von__isnull=False, am__gt=wish.am).exists()


def decision_facts(entscheidung: Entscheidung, antrag: Antrag, by: Originator) -> dict[str, Any]:
    """Return the facts of a decision that is about to take effect or to be laid before a second person."""
    computed = bool(entscheidung.nachweis)
    return {
        **_common(antrag, "entscheidung", by),
        # What stands beside any text of a model: the computation by the rules with its norms, or judgements in words.
        "zweite_grundlage": computed or bool(entscheidung.begruendung.strip()),
        "beleg_vorhanden": computed or bool(entscheidung.begruendung.strip()),
        # Nothing unconfirmed can be decided on (`readiness`), and the person confirms what they were shown.
        "ergebnis_geprueft": by is Originator.PERSON,
    }


def letter_facts(schreiben: Schreiben, antrag: Antrag, by: Originator) -> dict[str, Any]:
    """Return the facts of a letter that is released or leaves."""
    brief = brief_from_json(schreiben.brief)
    by_model = brief.model_share > 0
    marked = not by_model or bool(brief.notice)  # where no model wrote, there is nothing to mark
    return {
        **_common(antrag, "schreiben_an_buerger", by),
        "richtung_buerger": by_model,
        "ki_rolle_offengelegt": marked,
        "gekennzeichnet": marked,
        "beleg_vorhanden": not any(finding["blocking"] for finding in schreiben.pruefung),
    }


def use_facts(schreiben: Schreiben, antrag: Antrag, by: Originator, person: int | None) -> dict[str, Any]:
    """Return the facts of words of a model that stand in a letter which `person` is about to release."""
    checked = schreiben.ki_geprueft
    return {
        **_common(antrag, "verwendung", by),
        "ergebnis_geprueft": bool(checked),
        "quelle_geoeffnet": bool(checked.get("belege")),
        # Four eyes: whoever releases is not who checked the words.
        "mensch_gibt_frei": by is Originator.PERSON and bool(checked) and checked.get("person") != person,
        "lange_uebernahme": False,  # a model sees the town's own paragraphs; foreign words have no ground in the file
        "rechte_geklaert": True,
    }


def act_facts(antrag: Antrag, by: Originator) -> dict[str, Any]:
    """Return the facts of an act of `BY_PROGRAM`."""
    return {**_common(antrag, "vordefinierte_aktion", by), "werkzeug_schreibt": True}


def release_steps(schreiben: Schreiben, antrag: Antrag, by: Originator, person: int | None) -> Iterator[dict[str, Any]]:
    """Return the steps that the release of a letter is: words of a model in it are used, and it goes to somebody."""
    if brief_from_json(schreiben.brief).model_share > 0:
        yield use_facts(schreiben, antrag, by, person)
    yield letter_facts(schreiben, antrag, by)


def release_guidance(schreiben: Schreiben, antrag: Antrag, person: int | None) -> Guidance:
    """Return what the guideline says of releasing a letter, for the page on which that is done."""
    steps = release_steps(schreiben, antrag, Originator.PERSON, person)
    found = [guidance(antrag.mandant, facts) for facts in steps]
    stop = next((one.stop for one in found if one.stop is not None), None)
    return Guidance(stop, tuple(clause for one in found for clause in one.warnings))
