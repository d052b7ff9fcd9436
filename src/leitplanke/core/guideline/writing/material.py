"""What every document is written from, and the parts that several of them share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from leitplanke.core.guideline.deciding import Guideline, Numbered, numbered
from leitplanke.core.guideline.filling import names_in
from leitplanke.core.guideline.model import Area, Audience, Block, Enforcement, Law, Parameter
from leitplanke.core.guideline.writing.town import Town, long_day
from leitplanke.core.guideline.writing.tree import Heading, Manner, Node, Table, Text
from leitplanke.core.guideline.writing.words import CELLS, CHAPTERS, DATA, KEPT, MODELS
from leitplanke.core.policy import Case, DataClass, ModelClass, Profile, run_cases

# A new sentence begins with a capital or an opening quote; "Nr. 4" and "10. Mai" do not end one.
# Licence of the wording of the blocks (docs/adr/0008-leitlinie.md).
WORDING = "CC0-1.0"
UNSTATED = "nicht angegeben"
_SENTENCE = re.compile(r"(?:(?<=[.!?])(?<!\bNr\.)(?<!\bAbs\.)(?<!\bArt\.)(?<!\d\.)|(?<=[.!?]“))\s+(?=[A-ZÄÖÜ„])")


@dataclass(frozen=True)
class Material:
    """A guideline with its blocks, the profile that follows from it, and the town."""

    guideline: Guideline
    blocks: Mapping[str, Block]
    profile: Profile
    town: Town

    @cached_property
    def clauses(self) -> tuple[Numbered, ...]:
        """The clauses in their order."""
        return numbered(self.guideline, self.blocks)

    @cached_property
    def by_block(self) -> Mapping[str, Numbered]:
        """The clauses by the id of their block."""
        return {one.block.id: one for one in self.clauses}

    @cached_property
    def passed(self) -> Mapping[str, tuple[Case, ...]]:
        """Per control the cases that come out as they say; a changed number may have moved a border past others."""
        found: dict[str, tuple[Case, ...]] = {}
        for result in run_cases(self.profile):
            if result.passed:
                found[result.clause.name] = (*found.get(result.clause.name, ()), result.case)
        return found

    def some(self, ids: Iterable[str]) -> Iterator[Numbered]:
        """Return the clauses of blocks, as far as the town decided about them."""
        return (self.by_block[name] for name in ids if name in self.by_block)

    def chapters(self) -> Iterator[tuple[str, Area, tuple[Numbered, ...]]]:
        """Return the chapters with their number."""
        for area, clauses in groupby(self.clauses, key=lambda one: one.block.area):
            here = tuple(clauses)
            yield here[0].number.partition(".")[0], area, here

    @property
    def edition(self) -> str:
        """Version and day on one line."""
        return f"Fassung {self.guideline.version} · {long_day(self.town.day)}"


def sentences(text: str) -> list[str]:
    """Return the sentences of a text."""
    return [part for part in _SENTENCE.split(text.strip()) if part]


def used_parameters(one: Numbered) -> list[Parameter]:
    """Return what the town filled in and the chosen wording really says, in the order of its naming."""
    named = [name for audience in Audience for name in names_in(one.option.texts.get(audience, ""))]
    return [parameter for name in dict.fromkeys(named) if (parameter := one.block.parameter(name)) is not None]


def told(material: Material, tell: Callable[[Numbered], Iterable[Node]], *, level: int = 2) -> list[Node]:
    """Return every chapter under its heading, its clauses as `tell` says them, with the table of data in its place."""
    nodes: list[Node] = []
    for number, area, clauses in material.chapters():
        nodes.append(Heading(CHAPTERS[area], level, number))
        for one in clauses:
            nodes += tell(one)
        if area is Area.DATEN:
            nodes += data_table(material)
    return nodes


def titled(one: Numbered, audience: Audience, level: int) -> list[Node]:
    """Return a clause in the wording for an audience, under its title."""
    return [Heading(one.block.title, level, one.number), Text(one.text(audience))]


def data_table(material: Material) -> list[Node]:
    """Return what may be put in where, as a table in words with its explanation."""
    table = material.profile.table
    rows = tuple((DATA[data], *(CELLS[table.cell(data, model)] for model in ModelClass)) for data in DataClass)
    return [
        Table("Welche Daten dürfen wohin?", ("Daten", *MODELS.values()), rows),
        Text(
            "Lesen Sie die Zeile Ihrer Daten und die Spalte, in der das Modell läuft. „Nur mit Platzhaltern“ heißt: "
            "Namen, Anschriften und Nummern werden vor dem Senden ersetzt. Kommt in einem Text Verschiedenes vor, "
            "gilt die strengste Zeile.",
            manner=Manner.SMALL,
            of_table=True,
        ),
    ]


def norms(clauses: Iterable[Numbered]) -> str:
    """Return the norms of clauses on one line, each once."""
    return "; ".join(dict.fromkeys(law.norm for one in clauses for law in one.block.laws))


def law_table(clauses: Iterable[Numbered]) -> list[Node]:
    """Return the norms that clauses rest on: what they say, where the guideline uses them, who has read them."""
    found: dict[str, tuple[Law, list[str]]] = {}
    for one in clauses:
        for law in one.block.laws:
            found.setdefault(law.norm, (law, []))[1].append(one.number)
    if not found:
        return []
    rows = tuple(
        (norm, law.about, ", ".join(numbers), "ja" if law.checked else "nein") for norm, (law, numbers) in found.items()
    )
    return [
        Text(
            "„Nachgelesen: nein“ heißt: Wer die Bausteine geschrieben hat, hat diese Angabe aus einer anderen Quelle "
            "übernommen. Bitte lesen Sie die Vorschrift nach, bevor Sie sich darauf stützen."
        ),
        Table(
            "Vorschriften in der Reihenfolge der Regeln",
            ("Vorschrift", "Worum es dort geht", "Nummer", "Nachgelesen"),
            rows,
        ),
    ]


def keeping_table(clauses: Iterable[Numbered]) -> list[Node]:
    """Return by what each clause is kept."""
    rows = tuple((one.number, one.block.title, *_kept(one)) for one in clauses)
    return [
        Text(
            "Manche Regeln prüft die Software, bevor etwas geschieht. Bei anderen zeigt ein Nachweis, ob sie "
            "beachtet wurden. Der Rest bleibt Menschen überlassen. „Ein Teil“ heißt: Auch wo die Software prüft, "
            "braucht es zusätzlich Sorgfalt; das Praxishandbuch sagt, worauf es ankommt."
        ),
        Table("Regel für Regel", ("Nummer", "Regel", "Eingehalten durch", "Bleibt bei Menschen"), rows),
    ]


def _kept(one: Numbered) -> tuple[str, str]:
    promised = one.block.enforcement in {Enforcement.RUNTIME, Enforcement.WORKFLOW}
    if one.block.enforcement is Enforcement.TEXT or (promised and not one.option.clauses and not one.option.cells):
        return KEPT[Enforcement.TEXT], "alles"
    return KEPT[one.block.enforcement], "ein Teil" if one.block.missing else "–"


def provenance(material: Material) -> list[Node]:
    """Return where wording and thoughts come from, and what the town itself changed."""
    rows = tuple(
        (one.number, one.block.title, "eigener Wortlaut" if one.choice.wording else "Baustein", *_origin(one))
        for one in material.clauses
        if one.choice.wording or one.choice.source or one.choice.licence
    )
    made: list[Node] = [
        Text(
            f"Diese Fassung ist mit Leitplanke entstanden, aus {len(material.clauses)} Entscheidungen "
            f"{material.town.genitive}. Wo nichts anderes steht, kommt der Wortlaut aus den Bausteinen von Leitplanke "
            f"({WORDING}). Er darf unter jeder Lizenz weitergegeben werden, auch geändert."
        )
    ]
    if rows:
        columns = ("Nummer", "Regel", "Wortlaut", "Herkunft", "Lizenz")
        return [*made, Table("Abweichende Herkunft", columns, rows)]
    return [*made, Text("Zu keiner Nummer ist eine andere Herkunft eingetragen.")]


def _origin(one: Numbered) -> tuple[str, str]:
    # Nobody may say for a town's own words under what licence they are.
    usual = UNSTATED if one.choice.wording else WORDING
    return one.choice.source or "Leitplanke", one.choice.licence or usual


def reason_of(one: Numbered) -> str:
    """Return why the town decided so, or that nobody has written it down."""
    return one.choice.reason or "Noch nicht aufgeschrieben."


def deadline(one: Numbered) -> str:
    """Return the periods that the chosen wording names: "10 Arbeitstage"."""
    units = ("Tage", "Arbeitstage", "Wochen", "Monate", "Stunden je Woche")
    times = [parameter for parameter in used_parameters(one) if parameter.unit in units]
    return ", ".join(f"{one.values[parameter.name]} {parameter.unit}" for parameter in times)
