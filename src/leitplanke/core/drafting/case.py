"""What a letter may know of a case, as plain data that the app fills."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from leitplanke.core.drafting.brief import Absender


class DraftError(ValueError):
    """A letter cannot be composed from what is known; the message says what is missing, in German."""


@dataclass(frozen=True, slots=True)
class Fehlend:
    """A document or a fact that the office still needs."""

    key: str
    titel: str
    norm: str = ""
    hinweis: str = ""


@dataclass(frozen=True, slots=True)
class UrteilText:
    """A judgement as a letter tells it: what was asked, what the person found, and why, in that person's words."""

    name: str
    frage: str
    ergebnis: str
    grund: str
    norm: str = ""


@dataclass(frozen=True, slots=True)
class EntscheidungText:
    """What a person decided: the outcome by name (empty for the computed one), and reasons in that person's words."""

    ergebnis: str = ""
    art: str = ""
    begruendung: str = ""
    von: date | None = None
    bis: date | None = None
    bescheid_vom: date | None = None


@dataclass(frozen=True, slots=True)
class Rechtssatz:
    """A text of procedural law with the norm it stands on."""

    text: str
    norm: str = ""


@dataclass(frozen=True, slots=True)
class Rechtstexte:
    """What procedural law adds to a letter; the app fills it from `core.verfahrensrecht`.

    Attributes:
        rechtsbehelf: the Rechtsbehelfsbelehrung, sentence by sentence.
        rechtsfolgen: what follows from silence.
        anhoerung: how and why the person is heard.
        mitwirkung_norm: the norm that obliges to cooperate.
        frist_ende: last day of the time limit that the letter sets.
    """

    rechtsbehelf: tuple[Rechtssatz, ...] = ()
    rechtsfolgen: tuple[Rechtssatz, ...] = ()
    anhoerung: tuple[Rechtssatz, ...] = ()
    mitwirkung_norm: str = ""
    frist_ende: date | None = None


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as its letters see it.

    Attributes:
        name: the applicant, as the letter names the person.
        anrede: the salutation, without the comma.
        andere: other people whom the case names.
        heute: the date of the letter.
        werte: more slots of templates by name, `zugang` for instance.
        textbausteine: the office's own sentences by key; they may be used in any of its letters.
        akte: what else of the file a person may refer to, by key (`angabe:…`, `unterlage:…`), in words.
    """

    aktenzeichen: str
    name: str
    absender: Absender
    empfaenger: tuple[str, ...]
    heute: date
    verfahren: str = ""
    antragsdatum: date | None = None
    anrede: str = ""
    andere: tuple[str, ...] = ()
    unterlagen: tuple[Fehlend, ...] = ()
    angaben: tuple[Fehlend, ...] = ()
    urteile: tuple[UrteilText, ...] = ()
    entscheidung: EntscheidungText = EntscheidungText()
    unterzeichnet: str = ""
    werte: Mapping[str, str] = field(default_factory=dict)
    textbausteine: Mapping[str, str] = field(default_factory=dict)
    akte: Mapping[str, str] = field(default_factory=dict)

    @property
    def salutation(self) -> str:
        """How the letter addresses the person."""
        return self.anrede or f"Guten Tag {self.name}"
