"""The draft of a Dienstvereinbarung: a proposal to talk about, with the points that only both sides can settle."""

from __future__ import annotations

from collections.abc import Iterator

from leitplanke.core.guideline.deciding import Numbered
from leitplanke.core.guideline.model import Audience
from leitplanke.core.guideline.writing.material import Material, law_table, norms
from leitplanke.core.guideline.writing.selection import AGREEMENT
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
    Text,
)

DRAFT = (
    "Entwurf für Verhandlungen. Er bindet niemanden. Vorgeschlagen ist, was die Leitlinie sagt; was unter „Zu "
    "verhandeln“ steht, klären beide Seiten gemeinsam. Lassen Sie das Ergebnis vor der Unterschrift nach dem Recht "
    "Ihres Landes prüfen."
)


def dienstvereinbarung(material: Material) -> Document:
    """Return the draft, with the points of the staff representation and the other options beside the proposal."""
    town, notes = material.town, list[str]()
    side = town.offices.personalvertretung
    nodes: list[Node] = [
        Text(
            f"Zwischen {town.dative}, vertreten durch {town.head}, und der Personalvertretung ({side}) "
            "wird vereinbart:",
            manner=Manner.LEAD,
        ),
        Heading("Gegenstand und Ziel", 2, "§ 1"),
        Text(
            "Diese Vereinbarung regelt, wie Beschäftigte mit Künstlicher Intelligenz (KI) arbeiten und wie die "
            "Personalvertretung beteiligt ist. KI soll Arbeit erleichtern. Sie soll niemanden überwachen. Wo vom "
            f"Regelwerk die Rede ist, ist die KI-Leitlinie in der Fassung {material.guideline.version} gemeint."
        ),
        Points(
            ("Welche Ziele verfolgt die Dienststelle mit KI, und woran messen beide Seiten den Erfolg?",),
            label="Zu verhandeln",
        ),
    ]  # fmt: skip
    number = 1
    used: list[Numbered] = []
    for title, ids, open_points in AGREEMENT:
        clauses = tuple(material.some(ids))
        if not clauses:
            continue
        number += 1
        used += clauses
        nodes += _section(f"§ {number}", title, clauses, open_points, notes)
    nodes += _end(number, (f"Für {town.accusative}: {town.head}", f"Für die Personalvertretung: {side}"))
    nodes += [NewPage(), Heading("Anhang: Andere Möglichkeiten"), *_others(used)]
    nodes += [Heading("Anhang: Rechtsgrundlagen"), *law_table(used)]
    title = "Dienstvereinbarung über KI"
    return Document(
        Output.DIENSTVEREINBARUNG, title, material.edition, town.full, town.day, tuple(nodes), tuple(notes), draft=DRAFT
    )


def _section(
    number: str, title: str, clauses: tuple[Numbered, ...], open_points: tuple[str, ...], notes: list[str]
) -> Iterator[Node]:
    yield Heading(title, 2, number)
    for place, one in enumerate(clauses, 1):
        note = 0
        if said := norms([one]):
            notes.append(f"{said}.")
            note = len(notes)
        yield Text(one.text(Audience.RAT), label=f"({place})", note=note)
    yield Points(open_points, label="Zu verhandeln")


def _end(number: int, who: tuple[str, ...]) -> Iterator[Node]:
    yield Heading("Streit über die Auslegung", 2, f"§ {number + 1}")
    yield Text(
        "Sind sich beide Seiten über die Auslegung nicht einig, sprechen sie binnen zwei Wochen miteinander. Danach "
        "gilt das Verfahren des Personalvertretungsrechts. Bis dahin bleibt die strittige Nutzung ausgesetzt."
    )
    yield Heading("Beginn, Dauer und Kündigung", 2, f"§ {number + 2}")
    yield Points(
        (
            "Wann beginnt die Vereinbarung, und gilt sie befristet?",
            "Mit welcher Frist kann sie gekündigt werden, und wirkt sie nach, bis eine neue gilt?",
            "Was geschieht, wenn der Rat die Leitlinie ändert?",
        ),
        label="Zu verhandeln",
    )
    yield Signatures(who)


def _others(clauses: list[Numbered]) -> Iterator[Node]:
    yield Text(
        "Über diese Möglichkeiten kann verhandelt werden. Die Folgen sind so beschrieben, wie der Rat sie gelesen hat."
    )
    for one in clauses:
        rows = tuple(
            (option.title, option.consequences) for option in one.block.options if option.key != one.option.key
        )
        if rows:
            yield Heading(one.block.question, 3)
            yield Table("", ("Möglichkeit", "Folgen"), rows)
