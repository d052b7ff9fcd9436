"""What people outside the administration read: the version in Einfache Sprache, and the page on the web."""

from __future__ import annotations

from leitplanke.core.guideline.model import Audience
from leitplanke.core.guideline.writing.material import Material, law_table, provenance, told
from leitplanke.core.guideline.writing.selection import WEB
from leitplanke.core.guideline.writing.town import long_day
from leitplanke.core.guideline.writing.tree import Document, Heading, Manner, Node, Output, Terms, Text
from leitplanke.core.guideline.writing.words import EASY_CHAPTERS


def einfach(material: Material) -> Document:
    """Return the version in Einfache Sprache."""
    town = material.town
    nodes: list[Node] = [
        Text("KI ist die Abkürzung für: Künstliche Intelligenz. Das sind Computer-Programme. Sie schreiben zum "
             "Beispiel Texte oder beantworten Fragen.", manner=Manner.LEAD),
        Text("Auch bei uns arbeiten Menschen mit KI. Dafür gibt es Regeln. Hier lesen Sie, was die Regeln sagen."),
    ]  # fmt: skip
    for _number, area, clauses in material.chapters():
        nodes.append(Heading(EASY_CHAPTERS[area]))
        nodes += [Text(one.text(Audience.EINFACH)) for one in clauses]
    nodes.append(Heading("Haben Sie Fragen?"))
    nodes.append(Text(town.offices.kontakt or "Rufen Sie uns an. Oder kommen Sie zu uns. Ein Mensch hilft Ihnen."))
    nodes.append(
        Text("Dieser Text ist in Einfacher Sprache. Er ist nicht in Leichter Sprache: Dafür müssten ihn Menschen "
             "prüfen, für die Leichte Sprache gedacht ist. Verbindlich ist die Leitlinie.", manner=Manner.SMALL)
    )  # fmt: skip
    title = "Unsere Regeln für KI, in Einfacher Sprache"
    return Document(Output.EINFACH, title, material.edition, town.full, town.day, tuple(nodes), easy=True)


def webseite(material: Material) -> Document:
    """Return the page on the web: what people ask first in easy words, then the whole guideline."""
    town = material.town
    nodes: list[Node] = [
        Text("Hier steht, wie unsere Verwaltung Künstliche Intelligenz (KI) nutzt, was sie damit nicht tut und wie Sie "
             "einen Menschen erreichen.", manner=Manner.LEAD),
        Heading("Das Wichtigste für Sie"),
        Terms(tuple((one.block.title, one.text(Audience.EINFACH)) for one in material.some(WEB))),
    ]  # fmt: skip
    if town.offices.kontakt:
        nodes.append(Text(town.offices.kontakt, label="So erreichen Sie uns", manner=Manner.MARKED))
    nodes.append(Heading("Die Leitlinie im Wortlaut"))
    nodes += told(
        material, lambda one: [Heading(one.block.title, 4, one.number), Text(one.text(Audience.RAT))], level=3
    )
    begins = long_day(town.valid_from) if town.valid_from else "noch nicht festgelegt"
    nodes += [
        Heading("Beschluss"), Terms((("Beschlossen durch", town.adopts), ("Gilt ab", begins))),
        Heading("Rechtsgrundlagen"), *law_table(material.clauses),
        Heading("Herkunft und Lizenz"), *provenance(material),
    ]  # fmt: skip
    return Document(
        Output.WEBSEITE, "So nutzen wir Künstliche Intelligenz", material.edition, town.full, town.day, tuple(nodes)
    )
