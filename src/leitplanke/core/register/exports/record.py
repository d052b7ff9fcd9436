"""What the public may know of one entry, as plain values: every page, file and interface is made from this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from leitplanke.core.register.fields import Sicht, digest, visible
from leitplanke.core.register.lifecycle import Stand
from leitplanke.core.rules.model import Words


@dataclass(frozen=True, slots=True)
class Pflicht:
    """A duty that follows from the class.

    Attributes:
        faellig: first day on which it must be fulfilled.
        erfuellt: whether there is evidence for the system as it is shown.
    """

    artikel: str
    titel: Words
    faellig: date
    erfuellt: bool


@dataclass(frozen=True, slots=True)
class Einordnung:
    """The class of the version that is shown: in law and by the town's own rule, never mixed.

    Attributes:
        recht: the state of the law it was made with.
        transparenz: what applies of Art. 50, such as `50(1) provider`.
    """

    klasse: str
    hausklasse: str
    recht: str
    am: date
    grundlagen: tuple[str, ...] = ()
    ausnahme: str = ""
    transparenz: tuple[str, ...] = ()
    pflichten: tuple[Pflicht, ...] = ()


@dataclass(frozen=True, slots=True)
class Pruefergebnis:
    """What came out when the system was compared with people."""

    verdikt: str
    satz: str
    faelle: int
    am: date
    gueltig_bis: date


@dataclass(frozen=True, slots=True)
class Meldung:
    """An incident or complaint of which the office published a summary."""

    art: str
    text: str
    am: date
    erledigt_am: date | None = None


@dataclass(frozen=True, slots=True)
class Energie:
    """Energy of the last twelve months with figures."""

    wh: str
    monate: int
    herkunft: str


@dataclass(frozen=True, slots=True)
class Fassung:
    """Which version it is.

    Attributes:
        sha256: as it stands in the evidence log; it covers statements that are not public, too.
        nachweis: address of the evidence entry, "" where there is none.
    """

    nummer: int
    sha256: str
    veroeffentlicht_am: date | None
    nachweis: str = ""


@dataclass(frozen=True, slots=True)
class Behoerde:
    """Who runs the register."""

    name: str
    kurz: str
    telefon: str = ""
    email: str = ""
    adresse: str = ""


@dataclass(frozen=True, slots=True)
class Registereintrag:
    """One entry as the public may read it.

    Attributes:
        angaben: public statements only; the constructor of this value leaves others out.
        grund: why it is suspended or ended, "" otherwise.
        verweise: addresses of pages and files, by name.
    """

    kennung: str
    kuerzel: str
    name: str
    behoerde: Behoerde
    stelle: str
    stand: Stand
    stand_seit: date
    fassung: Fassung
    angaben: Mapping[str, Any]
    grund: str = ""
    einordnung: Einordnung | None = None
    pruefergebnis: Pruefergebnis | None = None
    meldungen: tuple[Meldung, ...] = ()
    energie: Energie | None = None
    verweise: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Leave out what is not public, whoever made the value."""
        object.__setattr__(self, "angaben", visible(self.angaben, Sicht.OEFFENTLICH))

    @property
    def adresse(self) -> str:
        """Address of the page for people."""
        return self.verweise.get("seite", "")

    @property
    def art(self) -> str:
        """`ki`, `automatisierung` (registered although it is no AI), or `offen` before the classification."""
        if self.einordnung is None or not self.einordnung.klasse:
            return "offen"
        return "automatisierung" if self.einordnung.klasse == "none" else "ki"

    @property
    def sha256_oeffentlich(self) -> str:
        """Checksum of name and public statements; everybody can compute it from the JSON document."""
        return digest({"name": self.name, **self.angaben})
