"""The guideline itself, and the paper by which the council decides about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from leitplanke.core.guideline.deciding import Numbered
from leitplanke.core.guideline.model import Audience
from leitplanke.core.guideline.writing.material import (
    Material,
    keeping_table,
    law_table,
    norms,
    provenance,
    reason_of,
    told,
    used_parameters,
)
from leitplanke.core.guideline.writing.selection import COSTS, ENERGY, HOURS
from leitplanke.core.guideline.writing.town import long_day
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

BLANK = "einzutragen"


def leitlinie(material: Material) -> Document:
    """Return the guideline in the wording of the council: chapters, numbered clauses, laws as notes, appendices."""
    town, notes = material.town, list[str]()
    nodes: list[Node] = [
        Text(
            f"Diese Leitlinie {town.genitive} sagt, wofür die Kommune Künstliche Intelligenz (KI) einsetzt, wo sie "
            "darauf verzichtet und wer dafür einsteht. Sie gilt neben den Gesetzen und ersetzt keines. Die Fußnoten "
            "nennen Vorschriften, auf denen eine Regel beruht; Anlage 1 erklärt sie.",
            manner=Manner.LEAD,
        )
    ]
    nodes += told(material, lambda one: _clause(one, notes))
    nodes += _closing(material)
    nodes += [NewPage(), Heading("Anlage 1: Rechtsgrundlagen"), *law_table(material.clauses)]
    nodes += [NewPage(), Heading("Anlage 2: Wie die Regeln eingehalten werden"), *keeping_table(material.clauses)]
    nodes += [NewPage(), Heading("Anlage 3: Herkunft und Lizenz"), *provenance(material)]
    title = "Leitlinie für Künstliche Intelligenz"
    return Document(Output.LEITLINIE, title, material.edition, town.full, town.day, tuple(nodes), tuple(notes))


def _clause(one: Numbered, notes: list[str]) -> Iterator[Node]:
    yield Heading(one.block.title, 3, one.number)
    note = 0
    if said := norms([one]):
        notes.append(f"{said}.")
        note = len(notes)
    yield Text(one.text(Audience.RAT), note=note)
    if one.choice.reason:
        yield Text(one.choice.reason, label="Begründung", manner=Manner.SMALL)


def _closing(material: Material) -> Iterator[Node]:
    town = material.town
    begins = long_day(town.valid_from) if town.valid_from else "noch nicht festgelegt"
    yield Heading("Beschluss und Geltung")
    yield Terms((
        ("Beschlossen durch", town.adopts),
        ("Gilt ab", begins),
        ("Fassung", material.guideline.version),
    ))  # fmt: skip
    yield Signatures((f"Für {town.accusative}: {town.head}",))


def beschlussvorlage(material: Material) -> Document:
    """Return the council paper: proposal, what speaks for each decision, what else was possible, what is not known."""
    town = material.town
    core = [one for one in material.clauses if one.block.core]
    rest = [one for one in material.clauses if not one.block.core]
    nodes: list[Node] = [
        Terms((
            ("Vorlage Nummer", BLANK), ("Beschließt", town.adopts), ("Sitzung am", BLANK),
            ("Beratung", "öffentlich"), ("Federführung", BLANK),
        )),
        Heading("Beschlussvorschlag"), Points(tuple(_proposal(material)), ordered=True),
        Heading("Worum es geht"),
        Text(
            "Programme mit KI schreiben Texte, fassen zusammen und schlagen Antworten vor. Sie sind schnell und "
            "irren sich manchmal, ohne dass man es merkt. Ob und wie die Kommune sie nutzt, sollte nicht der Zufall "
            f"entscheiden. Die Leitlinie beantwortet dazu {len(material.clauses)} Fragen. Die wichtigsten stehen "
            "unten, die übrigen in Anlage A."
        ),
        Heading("Die wichtigsten Entscheidungen"), *_decisions(core or rest),
        *_effects(material), *_taking_part(material),
        Heading("Rechtsgrundlagen"), *law_table(core or rest),
        Heading("Anlagen"),
        Points((
            "Anlage A: Die übrigen Entscheidungen (in dieser Vorlage)", "Anlage B: Leitlinie, Wortlaut",
            "Anlage C: Fassung in Einfacher Sprache", "Anlage D: Entwurf der Dienstvereinbarung",
        )),
    ]  # fmt: skip
    if core and rest:
        nodes += [NewPage(), Heading("Anlage A: Die übrigen Entscheidungen"), *_decisions(rest)]
    title = "Beschlussvorlage: KI-Leitlinie"
    draft = "Entwurf. Was einzutragen ist, steht dabei; bitte ergänzen Sie es vor der Beratung."
    return Document(Output.BESCHLUSSVORLAGE, title, material.edition, town.full, town.day, tuple(nodes), draft=draft)


def _proposal(material: Material) -> Iterator[str]:
    town = material.town
    begins = f"ab dem {long_day(town.valid_from)}" if town.valid_from else f"ab (Tag {BLANK})"
    yield (
        f"Die Leitlinie für Künstliche Intelligenz, Fassung {material.guideline.version}, wird beschlossen. Sie "
        f"gilt {begins}."
    )
    yield "Die Verwaltung wird beauftragt, sie in ihren Verfahren und in ihrer Software umzusetzen."
    review = material.by_block.get("BB07")
    months = review.values.get("pruef_monate") if review and used_parameters(review) else None
    when = f"nach {months} Monaten" if months else f"nach (Zeitraum {BLANK})"
    yield f"Die Verwaltung berichtet {when}, was die Leitlinie bewirkt hat und was zu ändern ist."


def _decisions(clauses: list[Numbered]) -> Iterator[Node]:
    for one in clauses:
        yield Heading(one.block.question, 3, one.number)
        yield Text(one.option.title, label="Vorschlag")
        yield Text(one.text(Audience.RAT), label="Wortlaut")
        yield Text(reason_of(one), label="Begründung der Kommune")
        yield Text(one.option.consequences, label="Was das bringt und kostet")
        others = tuple(
            f"{option.title}: {option.consequences}" for option in one.block.options if option.key != one.option.key
        )
        if others:
            yield Points(others, label="Was auch möglich wäre")


def _effects(material: Material) -> Iterator[Node]:
    yield Heading("Kosten")
    yield from _known(
        material, COSTS,
        "Was die Nutzung im Ganzen kostet, ist nicht bekannt: Es hängt davon ab, wie viel genutzt wird, welche "
        "Verträge bestehen und ob eigene Rechner angeschafft werden. Auch die Kosten für Einführung und Schulung "
        f"sind nicht ermittelt. Haushaltsstelle: {BLANK}.",
    )  # fmt: skip
    yield Heading("Energie")
    yield from _known(
        material, ENERGY,
        "Der wirkliche Verbrauch ist vor dem Einsatz nicht bekannt. Bei Modellen anderer Anbieter lässt er sich oft "
        "nur schätzen. Ob an anderer Stelle Energie gespart wird, hat niemand ermittelt.",
    )  # fmt: skip
    yield Heading("Personal")
    yield from _known(
        material, HOURS,
        "Ob dafür neue Stellen nötig sind oder andere Aufgaben wegfallen, ist nicht ermittelt. Wie viel Zeit die "
        "Nutzung von KI spart, ist nicht bekannt; belegt wird es erst durch den Vergleich vorher und nachher.",
    )  # fmt: skip


def _known(material: Material, wanted: Mapping[str, tuple[str, str]], unknown: str) -> Iterator[Node]:
    said = [
        words.format(one.values[name])
        for block, (name, words) in wanted.items()
        if (one := material.by_block.get(block)) and name in [parameter.name for parameter in used_parameters(one)]
    ]
    if said:
        yield Points(tuple(said), label="Die Leitlinie legt fest")
    else:
        yield Text("Die Leitlinie legt dazu nichts fest.")
    yield Text(unknown, label="Nicht bekannt")


def _taking_part(material: Material) -> Iterator[Node]:
    offices = material.town.offices
    asked = (
        offices.datenschutz,
        offices.personalvertretung,
        offices.ki,
        "Gleichstellung",
        "Vertretung der Menschen mit Behinderung",
    )
    yield Heading("Beteiligung")
    rows = tuple((_capital(office), BLANK, BLANK) for office in asked)
    yield Table("Wer gehört wurde", ("Stelle", "Am", "Ergebnis"), rows)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
