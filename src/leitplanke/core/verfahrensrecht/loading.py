"""A file of procedural law, read and checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Protocol, TypeVar

from leitplanke.core.rules.errors import RegelwerkError
from leitplanke.core.rules.yamltext import read_yaml
from leitplanke.core.verfahrensrecht.errors import RechtsdatenFehler
from leitplanke.core.verfahrensrecht.kalender import LAENDER
from leitplanke.core.verfahrensrecht.model import (
    Anhoerung,
    Aufhebung,
    Ausloeser,
    Bekanntgaberegel,
    Fristart,
    Fristregel,
    Grund,
    Mitwirkung,
    Quelle,
    Rechtsbehelf,
    Rechtsbehelfsart,
    Stand,
    Verschiebung,
    Weg,
    Wiedereinsetzung,
)
from leitplanke.core.verfahrensrecht.reading import NO_DAY, Entry, Findings

ALL_LAENDER = "alle"
_SLOT = re.compile(r"\{([^{}]*)\}")
_SLOTS = {
    "behoerde": {"behoerde", "anschrift"},
    "gericht": {"gericht", "gerichtsanschrift"},
}


class Dated(Protocol):
    """Something with days from and to."""

    @property
    def stand(self) -> Stand:
        """The days on which it holds."""


Item = TypeVar("Item", bound=Dated)


@dataclass(frozen=True, slots=True)
class OfLand:
    """Remedies that belong to one Land."""

    land: str
    rechtsbehelf: Rechtsbehelf


@dataclass(frozen=True, slots=True)
class Datei:
    """One file, with every state and Land."""

    name: str
    titel: str
    laender: tuple[str, ...]
    normen: dict[str, str]
    quellen: dict[str, Quelle]
    bekanntgaben: tuple[Bekanntgaberegel, ...]
    fristen: tuple[Fristregel, ...]
    rechtsbehelfe: tuple[OfLand, ...]
    mitwirkung: tuple[Mitwirkung, ...]
    anhoerung: tuple[Anhoerung, ...]
    aufhebungen: tuple[Aufhebung, ...]
    wiedereinsetzungen: tuple[Wiedereinsetzung, ...]


def read_datei(text: str, file: str) -> Datei:
    """Read one file of procedural law.

    Raises:
        RechtsdatenFehler: it cannot be used; names every fault with file and line.
    """
    findings = Findings(file)
    try:
        top = Entry(read_yaml(text, file), findings)
    except RegelwerkError as error:
        raise RechtsdatenFehler([str(finding) for finding in error.findings]) from None
    found = _Reader(findings).datei(top)
    if findings.all:
        raise RechtsdatenFehler(findings.all)
    return found


class _Reader:
    """Reads the parts of one file; the sources come first, because every entry names some."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._quellen: dict[str, Quelle] = {}

    def datei(self, top: Entry) -> Datei:
        self._quellen = {quelle.key: quelle for quelle in self._each(top.entries("quellen"), self._quelle)}
        bekanntgaben = self._each(top.entries("bekanntgaben"), self._bekanntgabe)
        fristen = self._each(top.entries("fristen"), self._frist)
        rechtsbehelfe = self._each(top.entries("rechtsbehelfe"), self._rechtsbehelf)
        mitwirkung = self._each(top.entries("mitwirkung"), self._mitwirkung)
        anhoerung = self._each(top.entries("anhoerung"), self._anhoerung)
        self._overlaps(top, "bekanntgaben", bekanntgaben, lambda rule: rule.weg)
        self._overlaps(top, "fristen", fristen, lambda rule: rule.art)
        self._overlaps(top, "mitwirkung", mitwirkung, lambda _rule: "")
        self._overlaps(top, "anhoerung", anhoerung, lambda _rule: "")
        for land in {entry.land for entry in rechtsbehelfe}:
            mine = [entry.rechtsbehelf for entry in rechtsbehelfe if entry.land == land]
            self._overlaps(top, "rechtsbehelfe", mine, lambda entry: (entry.art, entry.gebiete))
        found = Datei(
            name=top.text("name"),
            titel=top.text("titel"),
            laender=self._laender(top),
            normen=top.table("normen"),
            quellen=self._quellen,
            bekanntgaben=bekanntgaben,
            fristen=fristen,
            rechtsbehelfe=rechtsbehelfe,
            mitwirkung=mitwirkung,
            anhoerung=anhoerung,
            aufhebungen=self._each(top.entries("aufhebungen"), self._aufhebung),
            wiedereinsetzungen=self._each(top.entries("wiedereinsetzungen"), self._wiedereinsetzung),
        )
        top.done()
        return found

    def _each(self, entries: Iterable[Entry], read: Callable[[Entry], Read]) -> tuple[Read, ...]:
        found = []
        for entry in entries:
            found.append(read(entry))
            entry.done()
        return tuple(found)

    def _laender(self, top: Entry) -> tuple[str, ...]:
        laender = top.texts("laender")
        for land in laender:
            if land not in {*LAENDER, ALL_LAENDER}:
                top.fault(f"Das Land „{land}“ gibt es nicht. Erlaubt: {ALL_LAENDER}, {', '.join(LAENDER)}.", "laender")
        return laender

    def _quelle(self, entry: Entry) -> Quelle:
        return Quelle(
            key=entry.text("kurz"),
            titel=entry.text("titel"),
            stand=entry.text("stand", optional=True),
            adresse=entry.text("adresse", optional=True),
        )

    def _stand(self, entry: Entry) -> Stand:
        ab, bis = entry.day("ab"), entry.day("bis", optional=True)
        quelle = entry.texts("quelle")
        for name in quelle:
            if name not in self._quellen:
                entry.fault(f"Die Quelle „{name}“ steht nicht unter quellen.", "quelle")
        if ab and bis and bis < ab:
            entry.fault("„bis“ liegt vor „ab“.", "bis")
        ungeprueft = entry.flag("ungeprueft")
        warum = entry.text("warum", optional=not ungeprueft)
        if warum and not ungeprueft:
            entry.fault("„warum“ steht nur bei „ungeprueft: ja“.", "warum")
        if not quelle and not ungeprueft:
            entry.fault("Ohne Quelle muss der Eintrag „ungeprueft: ja“ sagen.", "quelle")
        return Stand(ab or NO_DAY, bis, quelle, ungeprueft, warum)

    def _bekanntgabe(self, entry: Entry) -> Bekanntgaberegel:
        rule = Bekanntgaberegel(
            weg=entry.choice("weg", Weg),
            stand=self._stand(entry),
            norm=entry.text("norm"),
            ausloeser=entry.choice("ausloeser", Ausloeser),
            dauer=entry.dauer("dauer") if entry.has("dauer") else None,
            verschiebung=entry.choice("verschiebung", Verschiebung),
            verschiebung_grund=entry.text("verschiebung_grund", optional=True),
            einwilligung=entry.flag("einwilligung"),
            abruf_tage=entry.number("abruf_tage"),
            hinweis=entry.text("hinweis", optional=True),
        )
        if rule.ausloeser is Ausloeser.ABRUF and not (rule.dauer and rule.abruf_tage):
            entry.fault("Wer auf den Abruf abstellt, braucht „dauer“ und „abruf_tage“.")
        if rule.dauer is None and rule.ausloeser is not Ausloeser.UEBERGABE:
            entry.fault("„dauer“ fehlt; nur eine Übergabe kommt ohne sie aus.")
        if rule.dauer and not rule.verschiebung_grund:
            entry.fault("Es fehlt „verschiebung_grund“: Norm oder Entscheidung, warum sich der Tag (nicht) verschiebt.")
        return rule

    def _frist(self, entry: Entry) -> Fristregel:
        return Fristregel(
            art=entry.choice("art", Fristart),
            stand=self._stand(entry),
            norm=entry.text("norm"),
            verschiebung=entry.choice("verschiebung", Verschiebung),
            hinweis=entry.text("hinweis", optional=True),
        )

    def _rechtsbehelf(self, entry: Entry) -> OfLand:
        land = entry.one_of("land", tuple(LAENDER))
        stelle = entry.one_of("stelle", tuple(_SLOTS))
        found = Rechtsbehelf(
            art=entry.choice("art", Rechtsbehelfsart),
            stand=self._stand(entry),
            gebiete=entry.texts("gebiete", optional=True),
            norm=entry.text("norm"),
            vorverfahren=entry.text("vorverfahren"),
            frist=entry.dauer("frist"),
            frist_norm=entry.text("frist_norm"),
            berechnung_norm=entry.text("berechnung_norm"),
            stelle=stelle,
            formen=entry.texts("formen"),
            form_norm=entry.text("form_norm"),
            belehrung=self._slotted(entry, "belehrung", _SLOTS.get(stelle, set())),
            ohne_belehrung=entry.dauer("ohne_belehrung"),
            ohne_belehrung_norm=entry.text("ohne_belehrung_norm"),
            hinweis=entry.text("hinweis", optional=True),
        )
        if str(found.frist).split()[0] == "1" and "eines Monats" not in found.belehrung:
            entry.fault("Die Belehrung nennt die Frist nicht („eines Monats“).", "belehrung")
        return OfLand(land, found)

    def _mitwirkung(self, entry: Entry) -> Mitwirkung:
        return Mitwirkung(
            stand=self._stand(entry),
            norm=entry.text("norm"),
            grenzen_norm=entry.text("grenzen_norm", optional=True),
            folge=entry.text("folge"),
            folge_norm=entry.text("folge_norm"),
            folge_nur_nach_hinweis=entry.flag("folge_nur_nach_hinweis"),
            hinweis_norm=entry.text("hinweis_norm", optional=True),
            rechtsfolgen=self._slotted(entry, "rechtsfolgen", {"frist_ende", "fehlendes"}),
            mindestfrist=entry.dauer("mindestfrist"),
            nachholen=entry.text("nachholen"),
        )

    def _anhoerung(self, entry: Entry) -> Anhoerung:
        return Anhoerung(
            stand=self._stand(entry),
            norm=entry.text("norm"),
            pflicht=entry.one_of("pflicht", ("muss", "soll")),
            entbehrlich=self._gruende(entry, "entbehrlich"),
            abschliessend=entry.flag("abschliessend"),
            unterbleibt=entry.text("unterbleibt", optional=True),
            heilung_norm=entry.text("heilung_norm"),
            mindestfrist=entry.dauer("mindestfrist"),
            text=self._slotted(entry, "text", {"vorhaben", "gruende", "frist_ende"}),
        )

    def _aufhebung(self, entry: Entry) -> Aufhebung:
        return Aufhebung(
            key=entry.text("kurz"),
            titel=entry.text("titel"),
            stand=self._stand(entry),
            norm=entry.text("norm"),
            wirkung=entry.text("wirkung"),
            fragen=self._gruende(entry, "fragen"),
            fristen=self._gruende(entry, "fristen", optional=True),
        )

    def _wiedereinsetzung(self, entry: Entry) -> Wiedereinsetzung:
        return Wiedereinsetzung(
            key=entry.text("kurz"),
            stand=self._stand(entry),
            norm=entry.text("norm"),
            antrag=entry.dauer("antrag"),
            ausschluss=entry.dauer("ausschluss"),
            fragen=self._gruende(entry, "fragen"),
        )

    def _gruende(self, entry: Entry, key: str, *, optional: bool = False) -> tuple[Grund, ...]:
        return self._each(
            entry.entries(key, optional=optional), lambda item: Grund(item.text("text"), item.text("norm"))
        )

    def _slotted(self, entry: Entry, key: str, slots: set[str]) -> str:
        text = entry.text(key)
        found = set(_SLOT.findall(text))
        if text and found != slots:
            expected = ", ".join(f"{{{slot}}}" for slot in sorted(slots))
            entry.fault(f"„{key}“ muss genau diese Platzhalter haben: {expected}.", key)
        return text

    def _overlaps(self, top: Entry, key: str, items: Sequence[Item], group: Callable[[Item], object]) -> None:
        """Find two states of the same thing that hold on one day, and days between two on which none holds."""
        groups: dict[object, list[Stand]] = {}
        for item in items:
            groups.setdefault(group(item), []).append(item.stand)
        for name, stands in groups.items():
            ordered = sorted(stands, key=lambda stand: stand.ab)
            for earlier, later in pairwise(ordered):
                expected = earlier.bis + timedelta(days=1) if earlier.bis else None
                if expected != later.ab:
                    end = "offen" if earlier.bis is None else f"{earlier.bis:%d.%m.%Y}"
                    top.fault(
                        f"{key} {name}: Ein Stand endet {end}, der nächste beginnt am {later.ab:%d.%m.%Y}. "
                        "Stände müssen lückenlos aufeinander folgen.",
                        key,
                    )


Read = TypeVar("Read")


def valid(items: Iterable[Item], on: date) -> tuple[Item, ...]:
    """Return what holds on a day."""
    return tuple(item for item in items if item.stand.covers(on))
