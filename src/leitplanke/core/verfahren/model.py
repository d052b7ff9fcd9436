"""A Fachverfahren: what makes an application type of a Regelwerk (`verfahren.yaml`, `schreiben/*.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from leitplanke.core.rules.formula import Expr
from leitplanke.core.rules.model import Ergebnis, Place, Words

_SILENT = Words()
_NOWHERE = Place()
DECISIONS = ("bewilligung", "teilbewilligung", "ablehnung", "festsetzung")
"""Kinds of outcome with effect in law: each needs a letter."""
ACTS = ("versagung", "ruecknahme", "widerruf", "aenderung")
"""What a person may decide about a case though no outcome says so."""


@dataclass(frozen=True, slots=True)
class Unterlage:
    """Evidence that the office asks for.

    Attributes:
        art: kind of document, as in `content/belegarten`.
        belegt: the facts it proves.
        felder: by field of the kind of document the fact it proposes, `personen[].feld` in a list.
        wenn: when it is needed, None for always.
        statt: the kind of document in whose place it will do; it is then not asked for itself.
    """

    art: str
    titel: Words
    hinweis: Words
    belegt: tuple[str, ...]
    felder: Mapping[str, str]
    wenn: Expr | None = None
    wenn_text: str = ""
    statt: str = ""
    place: Place = _NOWHERE


@dataclass(frozen=True, slots=True)
class Seite:
    """The page of the catalogue, each text in plain words.

    Attributes:
        papier: the way on paper and at the counter.
        datenschutz: what Art. 13 DSGVO asks to tell.
        haushalt: what Art. 14 DSGVO asks to tell people whose data somebody else states.
        einfach: the page in Einfache Sprache.
    """

    worum: Words
    wer: Words
    kosten: Words
    dauer: Words
    papier: Words
    hinweise: Words
    datenschutz: Words
    haushalt: Words
    einfach: Words
    stichworte: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Aufbewahrung:
    """When a case is deleted: `jahre` after the end of the year in which it was closed."""

    jahre: int
    norm: str
    begruendung: str = ""


@dataclass(frozen=True, slots=True)
class Zeichnung:
    """When a second person signs: for these kinds of outcome, and from an amount of the first target on."""

    arten: tuple[str, ...] = ()
    ab_betrag: str = ""
    norm: str = ""


BLOCKS = (
    "tenor", "gruende", "berechnung", "urteile", "fehlende_unterlagen", "fehlende_angaben", "rechtsfolgen",
    "rechtsbehelf", "anhoerung", "angaben",
)  # fmt: skip
"""What the composer writes itself, from the proof, the case and `content/verfahrensrecht`."""


@dataclass(frozen=True, slots=True)
class Absatz:
    """A paragraph of a letter template.

    Attributes:
        key: name of the paragraph in its letter.
        part: value of `drafting.brief.Part`.
        wenn: formula over the case, None for always.
        text: sentences with `{name}` slots; before a `block` they lead to it.
        block: one of `BLOCKS`.
        ground: the norm or source that the text stands on.
        pflicht: whether the letter may not leave without it.
    """

    key: str
    part: str
    text: Words = _SILENT
    block: str = ""
    ueberschrift: Words = _SILENT
    wenn: Expr | None = None
    wenn_text: str = ""
    ground: str = ""
    pflicht: bool = False
    place: Place = _NOWHERE


@dataclass(frozen=True, slots=True)
class Vorlage:
    """A letter template.

    Attributes:
        name: that of its file.
        art: kind of letter, one of `LETTERS`.
        fuer: the decisions it is made for: kinds or names of outcomes, or one of `ACTS`; empty for any.
    """

    name: str
    art: str
    titel: Words
    betreff: Words
    absaetze: tuple[Absatz, ...]
    fuer: tuple[str, ...] = ()
    place: Place = _NOWHERE


LETTERS = ("eingangsbestaetigung", "mitwirkung", "anhoerung", "bescheid", "erinnerung", "abgabe")


@dataclass(frozen=True, slots=True)
class Verfahren:
    """An application type.

    Attributes:
        name: that of its Regelwerk and folder.
        kuerzel: start of its file numbers.
        stelle: title of the responsible office, until the town names one of its units.
        verfahrensrecht: `sgb_x`, `vwvfg` or `ao`.
        rechtsgrundlagen: norms, as citations.
        stichtag: `antragsmonat` (first day of the month of the application), `antragstag` or `kalenderjahr`.
        antragsdatum: what the date of the application means for the person.
        rechtsbehelf_wie: procedure whose remedies of procedural law hold for this one, too.
        antragstag: the fact that this date fills, empty where the rules do not ask for it.
        vorpruefung: facts of the short pre-check, in order.
        vorlagen: letter templates by name.
        digest: SHA-256 over its files.
    """

    name: str
    kuerzel: str
    titel: Words
    stelle: Words
    verfahrensrecht: str
    rechtsgrundlagen: tuple[str, ...]
    stichtag: str
    antragsdatum: Words
    vorpruefung: tuple[str, ...]
    seite: Seite
    unterlagen: tuple[Unterlage, ...]
    zeichnung: Zeichnung
    aufbewahrung: Aufbewahrung
    bearbeitung_wochen: int
    mitwirkung_tage: int = 14
    rechtsbehelf_wie: str = ""
    vorlagen: Mapping[str, Vorlage] = field(default_factory=dict)
    antragstag: str = ""
    digest: str = ""

    @property
    def gebiet(self) -> str:
        """Return under which name procedural law keeps the remedies."""
        return self.rechtsbehelf_wie or self.name

    def vorlagen_fuer(self, art: str) -> tuple[Vorlage, ...]:
        """Return the templates of one kind of letter."""
        return tuple(vorlage for vorlage in self.vorlagen.values() if vorlage.art == art)

    def bescheid(self, ergebnis: Ergebnis) -> Vorlage | None:
        """Return the template of a decision: one for this outcome before one for its kind before one for all."""
        return self._chosen("bescheid", ergebnis.name, ergebnis.art)

    def vorlage(self, art: str, *was: str) -> Vorlage | None:
        """Return the template of a letter: for the first of `was` that has one (`ACTS`, outcomes), else for all."""
        return self._chosen(art, *was)

    def _chosen(self, art: str, *wanted: str) -> Vorlage | None:
        known = self.vorlagen_fuer(art)
        for name in wanted:
            if found := [vorlage for vorlage in known if name in vorlage.fuer]:
                return found[0]
        return next((vorlage for vorlage in known if not vorlage.fuer), None)
