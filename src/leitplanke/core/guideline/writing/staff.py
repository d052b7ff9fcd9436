"""What staff read: the instruction, the handbook for the desk, the leaflet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from leitplanke.core.guideline.deciding import Numbered
from leitplanke.core.guideline.model import Audience
from leitplanke.core.guideline.writing.cases import example_of
from leitplanke.core.guideline.writing.material import (
    Material,
    data_table,
    deadline,
    sentences,
    told,
    used_parameters,
)
from leitplanke.core.guideline.writing.selection import LEAFLET, LEAFLET_DATA, LEAFLET_HELP, LEFT_OPEN, TASKS
from leitplanke.core.guideline.writing.town import Offices, long_day
from leitplanke.core.guideline.writing.tree import (
    Document,
    Heading,
    Manner,
    NewPage,
    Node,
    Output,
    Points,
    Signatures,
    Table,
    Terms,
    Text,
)

# "Geben Sie nichts ..., das ...": an imperative whose main clause says no.
_ASKS = re.compile(r"\w+ Sie\b")
_NO = re.compile(r"\b(?:nicht|nichts|nie|niemals|niemand|niemanden|niemandem|kein|keine|keinen|keinem|keiner|keines)\b")
# Two pages hold about so many characters of rules; the rest is in the handbook.
LEAFLET_FRONT, LEAFLET_BACK = 3000, 1900


def geschaeftsanweisung(material: Material) -> Document:
    """Return the instruction to staff: what holds, who does what, what may be put in where."""
    town = material.town
    nodes: list[Node] = [
        Text(
            "Diese Geschäftsanweisung sagt Ihnen, was bei der Arbeit mit KI gilt. Die Nummern sind dieselben wie in "
            "der Leitlinie. Bei Fragen hilft Ihnen die Stelle, die unter „Wer macht was“ genannt ist.",
            manner=Manner.LEAD,
        )
    ]
    nodes += told(
        material, lambda one: [Heading(one.block.title, 3, one.number), Text(one.text(Audience.BESCHAEFTIGTE))]
    )
    if rows := tuple(_tasks(material)):
        nodes += [Heading("Wer macht was"), Table("Aufgaben", ("Aufgabe", "Wer", "Zeit oder Frist", "Nummer"), rows)]
    begins = long_day(town.valid_from) if town.valid_from else "noch nicht festgelegt"
    nodes += [Heading("Geltung"), Terms((("Gilt ab", begins), ("Fassung", material.guideline.version)))]
    nodes.append(Signatures((f"Für {town.accusative}: {town.head}",)))
    title = "Geschäftsanweisung: Arbeiten mit KI"
    return Document(Output.GESCHAEFTSANWEISUNG, title, material.edition, town.full, town.day, tuple(nodes))


def _tasks(material: Material) -> Iterator[tuple[str, ...]]:
    for one in (one for one in material.clauses if one.block.id in TASKS):
        task, named, office = TASKS[one.block.id]
        if one.option.key in LEFT_OPEN:
            continue
        used = [parameter.name for parameter in used_parameters(one)]
        people = [one.values[name] for name in named if name in used]
        yield task, " und ".join(people) or _office(material.town.offices, office), deadline(one) or "–", one.number


def _office(offices: Offices, name: str) -> str:
    return str(getattr(offices, name, name))


def praxishandbuch(material: Material) -> Document:
    """Return the handbook: per clause what it means, what to do and not to do, and an example from its cases."""
    town = material.town
    nodes: list[Node] = [
        Text(
            "Dieses Handbuch erklärt jede Regel an Ihrem Arbeitsplatz: worum es geht, was Sie tun und was Sie "
            "lassen, und wie ein Fall ausgeht. Die Beispiele sind erfunden; die Software entscheidet sie genau so.",
            manner=Manner.LEAD,
        )
    ]
    nodes += told(material, lambda one: _explained(material, one))
    title = "Praxishandbuch: Arbeiten mit KI"
    return Document(Output.PRAXISHANDBUCH, title, material.edition, town.full, town.day, tuple(nodes))


def _explained(material: Material, one: Numbered) -> Iterator[Node]:
    yield Heading(one.block.title, 3, one.number)
    yield Text(one.block.about)
    do, leave = do_and_not(one.text(Audience.BESCHAEFTIGTE))
    if do:
        yield Text(" ".join(do), label="Das gilt für Sie")
    if leave:
        yield Points(tuple(leave), label="Das lassen Sie")
    shown = [clause for clause in material.profile.clauses if clause.name in {own.name for own in one.option.clauses}]
    for clause in shown[:1]:
        if examples := example_of(clause, material.passed.get(clause.name, ())):
            yield Text(examples[0], label="Beispiel", manner=Manner.MARKED)
            for other in examples[1:]:
                yield Text(other, label="Dagegen")
    if one.block.missing:
        yield Text(one.block.missing, label="Das prüft keine Software", manner=Manner.SMALL)


def do_and_not(text: str) -> tuple[list[str], list[str]]:
    """Return the sentences of a wording for staff: what holds, and what they are asked not to do."""
    do: list[str] = []
    leave: list[str] = []
    for sentence in sentences(text):
        main = re.split(r"[,;:]", sentence, maxsplit=1)[0]
        (leave if _ASKS.match(sentence) and _NO.search(main) else do).append(sentence)
    return do, leave


def merkblatt(material: Material) -> Document:
    """Return the leaflet of two pages: the rules that matter most at a desk."""
    town, room = material.town, LEAFLET_FRONT
    nodes: list[Node] = []
    for title, ids in LEAFLET:
        pairs, room = _rules(material, ids, room)
        nodes += [Heading(title), Terms(pairs)] if pairs else []
    nodes += [NewPage(), *data_table(material)]
    pairs, room = _rules(material, LEAFLET_DATA, LEAFLET_BACK)
    nodes += [Heading("Vor der Eingabe"), Terms(pairs)] if pairs else []
    pairs, _room = _rules(material, LEAFLET_HELP, room)
    nodes += [Heading("Wenn etwas nicht stimmt"), Terms(pairs)] if pairs else []
    if town.offices.kontakt:
        nodes.append(Text(town.offices.kontakt, label="Fragen", manner=Manner.MARKED))
    title = "Arbeiten mit KI: die wichtigsten Regeln"
    return Document(Output.MERKBLATT, title, material.edition, town.full, town.day, tuple(nodes), pages=2)


def _rules(material: Material, ids: tuple[str, ...], room: int) -> tuple[tuple[tuple[str, str], ...], int]:
    found = []
    for one in material.some(ids):
        text = one.text(Audience.BESCHAEFTIGTE)
        if len(text) <= room:
            found.append((f"{one.block.title}\N{NO-BREAK SPACE}({one.number})", text))
            room -= len(text)
    return tuple(found), room
