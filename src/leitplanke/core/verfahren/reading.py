"""The sections of `verfahren.yaml` and `schreiben/*.yaml`, one reader each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypedDict

from leitplanke.core.drafting.brief import Part
from leitplanke.core.rules.formula import Expr
from leitplanke.core.rules.model import Words
from leitplanke.core.rules.reading import Entry
from leitplanke.core.rules.yamltext import Mapping as Node
from leitplanke.core.rules.yamltext import Text
from leitplanke.core.verfahren.model import (
    BLOCKS,
    LETTERS,
    Absatz,
    Aufbewahrung,
    Seite,
    Unterlage,
    Verfahren,
    Vorlage,
    Zeichnung,
)

VERFAHRENSRECHTE = ("sgb_x", "vwvfg", "ao")
STICHTAGE = ("antragsmonat", "antragstag", "kalenderjahr")
_WITHOUT_GROUND = frozenset({Part.ANREDE, Part.GRUSS})


class _Condition(TypedDict):
    wenn: Expr | None
    wenn_text: str


def read_verfahren(entry: Entry, name: str) -> Verfahren:
    """Read the head of an application type; its letters are added later."""
    return Verfahren(
        name=name,
        kuerzel=entry.text("kuerzel"),
        titel=entry.words("titel"),
        stelle=entry.words("stelle"),
        verfahrensrecht=entry.chosen("verfahrensrecht", VERFAHRENSRECHTE),
        rechtsgrundlagen=entry.texts("rechtsgrundlagen"),
        stichtag=entry.chosen("stichtag", STICHTAGE),
        antragsdatum=entry.words("antragsdatum"),
        antragstag=entry.text("antragstag", ""),
        vorpruefung=entry.texts("vorpruefung"),
        seite=_seite(entry),
        unterlagen=tuple(_unterlagen(entry)),
        zeichnung=_zeichnung(entry),
        aufbewahrung=_aufbewahrung(entry),
        bearbeitung_wochen=entry.count("bearbeitung_wochen", 6),
        mitwirkung_tage=entry.count("mitwirkung_tage", 14),
        rechtsbehelf_wie=entry.text("rechtsbehelf_wie", ""),
    )


def _seite(entry: Entry) -> Seite:
    with entry.entry(entry.tree("seite") or Text(), "seite") as page:
        return Seite(
            worum=page.words("worum"), wer=page.words("wer"), kosten=page.words("kosten"), dauer=page.words("dauer"),
            papier=page.words("papier"), hinweise=page.words("hinweise", ""), datenschutz=page.words("datenschutz"),
            haushalt=page.words("haushalt", ""), einfach=page.words("einfach"), stichworte=page.texts("stichworte"),
        )  # fmt: skip


def _unterlagen(entry: Entry) -> list[Unterlage]:
    result = []
    for part in entry.each("unterlagen", "Unterlage"):
        with part:
            art = part.text("art")
            part.what = f"Unterlage „{art}“"
            result.append(_unterlage(part, art))
    return result


def _unterlage(part: Entry, art: str) -> Unterlage:
    return Unterlage(
        art, part.words("titel"), part.words("hinweis", ""), part.texts("belegt"), _felder(part), **_condition(part),
        statt=part.text("statt", ""), place=part.place,
    )  # fmt: skip


def _felder(part: Entry) -> Mapping[str, str]:
    found = part.tree("felder")
    if found is None:
        return {}
    if not isinstance(found, Node) or not all(isinstance(value, Text) for value in found.values()):
        part.findings.add(part.at("felder"), f"{part.what}: „felder“ nennt je Feld der Unterlage eine Angabe: a: b.")
        return {}
    return {field: str(value) for field, value in found.items()}


def _condition(entry: Entry) -> _Condition:
    expr, text = (entry.formula("wenn") if entry.has("wenn") else None) or (None, "")
    return {"wenn": expr, "wenn_text": text}


def _zeichnung(entry: Entry) -> Zeichnung:
    if not entry.has("zeichnung"):
        return Zeichnung()
    with entry.entry(entry.tree("zeichnung") or Text(), "zeichnung") as part:
        amount = part.text("ab_betrag", "")
        if amount:
            part.exact(amount, 2, part.at("ab_betrag"), "zeichnung, ab_betrag")
        return Zeichnung(part.texts("arten"), amount, part.text("norm"))


def _aufbewahrung(entry: Entry) -> Aufbewahrung:
    with entry.entry(entry.tree("aufbewahrung") or Text(), "aufbewahrung") as part:
        return Aufbewahrung(part.count("jahre", 10), part.text("norm"), part.text("begruendung", ""))


def read_vorlage(entry: Entry, name: str, shared: Mapping[str, Absatz]) -> Vorlage:
    """Read one letter template; `shared` are the paragraphs it may take over by name."""
    return Vorlage(
        name=name,
        art=entry.chosen("art", LETTERS),
        titel=entry.words("titel"),
        betreff=entry.words("betreff"),
        fuer=entry.texts("fuer"),
        absaetze=tuple(_absaetze(entry, shared)),
        place=entry.place,
    )


def _absaetze(entry: Entry, shared: Mapping[str, Absatz]) -> list[Absatz]:
    result: list[Absatz] = []
    for part in entry.each("absaetze", "Absatz"):
        with part:
            found = _taken_over(part, shared) if part.has("gemeinsam") else read_absatz(part, part.text("key"))
            if found and found.key in {absatz.key for absatz in result}:
                part.findings.add(part.place, f"{part.what}: Den Absatz „{found.key}“ hat dieses Schreiben schon.")
            if found and found.text.de and not found.ground and found.part not in _WITHOUT_GROUND:
                part.findings.add(
                    part.place, f"{part.what}: „ground“ fehlt: die Norm, auf der die Sätze stehen, oder „Aktenlage“."
                )
            result += [found] if found else []
    if not result:
        entry.findings.add(entry.place, f"{entry.what}: „absaetze“ fehlt; ein Schreiben braucht mindestens einen.")
    return result


def _taken_over(part: Entry, shared: Mapping[str, Absatz]) -> Absatz | None:
    """Return a shared paragraph; the place of use is remembered, for its slots depend on the procedure."""
    name = part.text("gemeinsam")
    if name not in shared:
        known = ", ".join(sorted(shared)) or "keine"
        part.findings.add(part.at("gemeinsam"), f"Den gemeinsamen Absatz „{name}“ gibt es nicht. Vorhanden: {known}.")
        return None
    part.what = f"Absatz „{name}“"
    found = replace(shared[name], place=part.place, ground=part.text("ground", shared[name].ground))
    return replace(found, **_condition(part)) if part.has("wenn") else found


def read_absatz(part: Entry, key: str) -> Absatz:
    """Read one paragraph."""
    part.what = f"Absatz „{key}“"
    text, block = part.words("text", ""), part.chosen("block", BLOCKS, "")
    kind, ground = part.chosen("part", tuple(Part)), part.text("ground", "")
    if not text.de and not block:
        part.findings.add(part.place, f"{part.what}: Es fehlt „text“ (Sätze) oder „block“ (fester Inhalt).")
    return Absatz(
        key, kind, text, block, part.words("ueberschrift", ""), **_condition(part), ground=ground,
        pflicht=part.truth("pflicht"), place=part.place,
    )  # fmt: skip


def words_of(vorlage: Vorlage) -> list[tuple[Words, Absatz | None]]:
    """Return every text of a template with the paragraph it stands in."""
    heads: list[tuple[Words, Absatz | None]] = [(vorlage.titel, None), (vorlage.betreff, None)]
    return heads + [(words, part) for part in vorlage.absaetze for words in (part.ueberschrift, part.text)]
