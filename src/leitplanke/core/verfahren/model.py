"""A Fachverfahren: what makes an application type of a Regelwerk (`verfahren.yaml`, `schreiben/*.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from leitplanke.core.rules.formula import Expr
from leitplanke.core.rules.model import Words

_SILENT = Words()


@dataclass(frozen=True, slots=True)
class Unterlage:
    """Evidence that the office asks for.

    Attributes:
        art: kind of document, as in `content/belegarten`.
        belegt: the facts it proves.
        felder: by field of the kind of document the fact it proposes, `personen[].feld` in a list.
        wenn: when it is needed, None for always.
    """

    art: str
    titel: Words
    hinweis: Words
    belegt: tuple[str, ...]
    felder: Mapping[str, str]
    wenn: Expr | None = None
    wenn_text: str = ""


@dataclass(frozen=True, slots=True)
class Seite:
    """The page of the catalogue, each text in plain words."""

    worum: Words
    wer: Words
    kosten: Words
    dauer: Words
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


@dataclass(frozen=True, slots=True)
class Absatz:
    """A paragraph of a letter template.

    Attributes:
        key: name of the paragraph in its letter.
        part: value of `drafting.brief.Part`.
        wenn: formula over the case, None for always.
        text: sentences with `{name}` slots; empty where `block` says what stands there.
        block: `tenor`, `gruende`, `berechnung`, `urteile`, `fehlende_unterlagen`, `fehlende_angaben`, `rechtsfolgen`,
            `rechtsbehelf`, `anhoerung` or `angaben`.
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


@dataclass(frozen=True, slots=True)
class Vorlage:
    """A letter template."""

    art: str
    titel: Words
    betreff: Words
    absaetze: tuple[Absatz, ...]
    fuer: tuple[str, ...] = ()


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
        vorpruefung: facts of the short pre-check, in order.
        vorlagen: letter templates by kind.
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
    vorlagen: Mapping[str, Vorlage] = field(default_factory=dict)
    digest: str = ""
