"""The documents of a guideline: what is decided stands in them, nothing typed is markup, the profile comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from importlib import resources
from itertools import pairwise

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from leitplanke.core.guideline import (
    Audience,
    Block,
    Choice,
    Example,
    Guideline,
    Parameter,
    example_guideline,
    load_blocks,
)
from leitplanke.core.guideline.writing import (
    SOURCES,
    Document,
    Material,
    Municipality,
    Offices,
    Output,
    Town,
    html_body,
    html_page,
    markdown,
    material_of,
    profile_text,
    source_text,
    write,
)
from leitplanke.core.guideline.writing.cases import fact_words
from leitplanke.core.guideline.writing.material import sentences
from leitplanke.core.guideline.writing.staff import do_and_not
from leitplanke.core.guideline.writing.tree import Heading, Points, Signatures, Table, Terms, Text
from leitplanke.core.guideline.writing.words import CELLS
from leitplanke.core.policy import FACTS, DataClass, ModelClass, load_profile, profile_from_text

CONTENT = resources.files("leitplanke.content") / "leitlinien"
BLOCKS = load_blocks(CONTENT / "bausteine")
STANDARD = load_profile(CONTENT / "standard")
TOWN = Town("Musterstadt", Municipality.STADT, date(2026, 11, 28))
DOCUMENTS = [kind for kind in Output if kind is not Output.PROFIL]
# A guideline is large: to make a failing one smaller would take minutes.
QUICK = (Phase.explicit, Phase.reuse, Phase.generate)
HOSTILE = '<script>alert(1)</script> | *a* [b](c) `d` & "e"'


def material(example: Example = Example.AUSGEWOGEN, town: Town = TOWN) -> Material:
    return material_of(example_guideline(BLOCKS, example, town=town.full), BLOCKS, town, STANDARD.table)


def of(*choices: Choice, town: Town = TOWN) -> Material:
    return material_of(Guideline("probe", "Probe", town.full, "1", choices), BLOCKS, town, STANDARD.table)


def words_of(document: Document) -> str:
    found = [document.title, document.draft, *document.notes]
    for node in document.nodes:
        match node:
            case Heading():
                found.append(node.words)
            case Text():
                found.append(f"{node.label} {node.text}")
            case Points():
                found += [node.label, *node.items]
            case Terms():
                found += [" ".join(pair) for pair in node.pairs]
            case Table():
                found += [node.caption, *node.columns, *(cell for row in node.rows for cell in row)]
            case Signatures():
                found += node.who
    return "\n".join(found)


def value_of(parameter: Parameter) -> st.SearchStrategy[str]:
    if parameter.kind == "zahl":
        return st.integers(parameter.least, parameter.most).map(str)
    return st.sampled_from([*parameter.values]) if parameter.values else st.sampled_from([parameter.usual, "a: b # c"])


def choice_of(block: Block) -> st.SearchStrategy[Choice | None]:
    values: st.SearchStrategy[Mapping[str, str]] = st.fixed_dictionaries(
        {parameter.name: value_of(parameter) for parameter in block.parameters}
    )
    keys = st.sampled_from([option.key for option in block.options])
    return st.none() | st.builds(lambda key, chosen: Choice(block.id, key, chosen), keys, values)


guidelines = st.tuples(*(choice_of(block) for block in BLOCKS.values())).map(
    lambda choices: Guideline("zufall", "Zufall", "Stadt Musterstadt", "1", tuple(filter(None, choices)))
)


@settings(max_examples=12, deadline=None, phases=QUICK)
@given(guideline=guidelines)
def test_the_profile_is_read_back_as_it_was(guideline: Guideline) -> None:
    profile = material_of(guideline, BLOCKS, TOWN, STANDARD.table).profile
    if profile.clauses:
        assert profile_from_text(profile_text(profile)) == profile


def test_a_table_that_no_clause_sets_has_a_number_of_its_own() -> None:
    profile = of(*(Choice(block, BLOCKS[block].examples[Example.STRENG]) for block in ("BB17", "BB24", "BB31", "BB40")))
    assert profile.profile.table.number not in {clause.number for clause in profile.profile.clauses}
    assert profile_from_text(profile_text(profile.profile)) == profile.profile


def test_a_profile_that_ships_and_one_with_odd_texts_are_read_back() -> None:
    odd = replace(
        STANDARD.clauses[0], title="ja: \"nein\" & 'x' # y", text="Zeile\nund noch\u2028eine\u0085", source="- 1"
    )
    for profile in (STANDARD, replace(STANDARD, clauses=(odd, *STANDARD.clauses[1:]), basis="")):
        assert profile_from_text(profile_text(profile)) == profile


@settings(max_examples=6, deadline=None, phases=QUICK)
@given(guideline=guidelines, kind=st.sampled_from(DOCUMENTS))
def test_any_choice_gives_every_document_with_headings_in_order(guideline: Guideline, kind: Output) -> None:
    document = write(kind, material_of(guideline, BLOCKS, TOWN, STANDARD.table))
    levels = [1, *(heading.level for heading in document.headings)]
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    text = words_of(document)
    assert "{" not in text
    assert "  " not in text


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_guideline_without_decisions_is_still_a_document(kind: Output) -> None:
    document = write(kind, of())
    assert document.title in html_page(document)
    assert document.title in markdown(document)


@pytest.mark.parametrize(
    ("kind", "audience"),
    [
        (Output.LEITLINIE, Audience.RAT),
        (Output.GESCHAEFTSANWEISUNG, Audience.BESCHAEFTIGTE),
        (Output.EINFACH, Audience.EINFACH),
        (Output.BESCHLUSSVORLAGE, Audience.RAT),
        (Output.WEBSEITE, Audience.RAT),
    ],
)
def test_every_clause_stands_in_it_in_the_wording_of_its_readers(kind: Output, audience: Audience) -> None:
    source = material()
    text = words_of(write(kind, source))
    assert [one.block.id for one in source.clauses if one.text(audience) not in text] == []


def test_the_guideline_names_the_norms_of_each_clause_and_who_has_read_them() -> None:
    source = material()
    document = write(Output.LEITLINIE, source)
    texts = [node for node in document.nodes if isinstance(node, Text) and node.note]
    assert [text.note for text in texts] == list(range(1, len(document.notes) + 1))
    table = next(node for node in document.nodes if isinstance(node, Table) and node.columns[0] == "Vorschrift")
    stated = {law.norm for one in source.clauses for law in one.block.laws}
    assert {row[0] for row in table.rows} == stated
    assert {row[3] for row in table.rows} == {"ja", "nein"}
    for one, note in zip((one for one in source.clauses if one.block.laws), document.notes, strict=True):
        assert all(law.norm in note for law in one.block.laws)


def test_own_words_with_their_source_and_licence_are_named_as_such() -> None:
    own = Choice("BB12", "nie_buerger", reason="Weil wir haften.", source="Nachbarstadt", licence="CC BY 4.0",
                 wording={Audience.RAT: "Unser eigener Satz."})  # fmt: skip
    document = write(Output.LEITLINIE, of(own))
    text = words_of(document)
    assert "Unser eigener Satz." in text
    assert "Begründung Weil wir haften." in text
    rows = [node.rows for node in document.nodes if isinstance(node, Table) and "Lizenz" in node.columns]
    assert rows == [(("1.1", BLOCKS["BB12"].title, "eigener Wortlaut", "Nachbarstadt", "CC BY 4.0"),)]


def test_nobody_claims_a_licence_for_words_that_are_not_ours() -> None:
    own = Choice("BB05", "zweck", wording={Audience.RAT: "Unsere Worte."}, source="Stadt Nebenan, Fassung 2")
    ours = Choice("BB06", "pflicht", source="Stadt Nebenan, Fassung 2")
    nodes = write(Output.LEITLINIE, of(own, ours)).nodes
    (rows,) = [node.rows for node in nodes if isinstance(node, Table) and "Lizenz" in node.columns]
    assert [row[-1] for row in rows] == ["nicht angegeben", "CC0-1.0"]


def test_the_table_of_data_says_what_the_profile_does() -> None:
    for example in Example:
        source = material(example)
        table = next(node for node in write(Output.MERKBLATT, source).nodes if isinstance(node, Table))
        for row, data in zip(table.rows, DataClass, strict=True):
            assert row[1:] == tuple(CELLS[source.profile.table.cell(data, model)] for model in ModelClass)


def test_the_instruction_says_who_does_what_and_leaves_out_what_nobody_has_to_do() -> None:
    town = replace(TOWN, offices=Offices(fachamt="die Fachstelle"))
    chosen = of(
        Choice("BB42", "knopf", {"frist_tage": "9"}), Choice("BB44", "nein"),
        Choice("BB51", "lernen", {"stelle": "wir"}),
        town=town,
    )  # fmt: skip
    rows = next(node for node in write(Output.GESCHAEFTSANWEISUNG, chosen).nodes if isinstance(node, Table)).rows
    assert [row[1:] for row in rows] == [("die Fachstelle", "9 Arbeitstage", "1.1"), ("wir", "–", "2.2")]


def test_the_handbook_tells_a_case_of_the_control_and_what_follows() -> None:
    document = write(Output.PRAXISHANDBUCH, of(Choice("BB12", "nie_buerger")))
    said = {node.label: node.text for node in document.nodes if isinstance(node, Text)}
    assert said["Beispiel"] == (
        "Eine vorher festgelegte Aktion soll ablaufen. Ein KI-Modell löst das aus. Bürgerinnen oder Bürger sind "
        "betroffen. Das geht nicht. Sie lesen dann: „Wo Bürgerinnen und Bürger betroffen sind, darf ein Modell auch "
        "keine vordefinierte Aktion auslösen. Bitte lösen Sie sie selbst aus.“"
    )
    assert said["Dagegen"].endswith("Bürgerinnen und Bürger sind nicht betroffen. Dann steht diese Regel nicht im Weg.")


def test_an_example_is_never_one_that_the_values_of_the_town_decide_otherwise() -> None:
    late = of(Choice("BB25", "guthaben", {"warnschwelle": "99"}))
    for result in late.passed.values():
        assert result
    text = words_of(write(Output.PRAXISHANDBUCH, late))
    assert "Das Budget ist zu 80 Prozent verbraucht. Das geht" not in text


def test_every_fact_has_a_sentence_for_every_value() -> None:
    for fact in FACTS.values():
        values = {"ja_nein": (True, False), "auswahl": fact.options, "zahl": (0, fact.most)}[fact.kind]
        said = {fact_words(fact.name, value) for value in values}
        assert len(said) == len(values), fact.name
        assert all(sentence.endswith(".") and "{" not in sentence for sentence in said)
        assert fact_words(fact.name, None).startswith("Nicht bekannt")


@pytest.mark.parametrize(
    ("text", "leave"),
    [
        (
            "Prüfen Sie alles. Geben Sie nichts ein, das andere betrifft.",
            ["Geben Sie nichts ein, das andere betrifft."],
        ),
        ("Nehmen Sie heraus, was nicht nötig ist.", []),
        ("Schicken Sie niemanden weg. Es gibt keine Ausnahme.", ["Schicken Sie niemanden weg."]),
    ],
)
def test_what_to_leave_is_an_imperative_that_says_no(text: str, leave: list[str]) -> None:
    do, found = do_and_not(text)
    assert found == leave
    assert sorted([*do, *found]) == sorted(sentences(text))


def test_sentences_end_where_people_end_them() -> None:
    text = "Der Satz lautet: „Von KI.“ Das gilt nach Art. 5 Abs. 1 Nr. 4 auch am 3. Mai. Gut?"
    assert sentences(text) == [
        "Der Satz lautet: „Von KI.“",
        "Das gilt nach Art. 5 Abs. 1 Nr. 4 auch am 3. Mai.",
        "Gut?",
    ]


def test_the_agreement_is_a_draft_with_open_points_and_two_signatures() -> None:
    document = write(Output.DIENSTVEREINBARUNG, material())
    assert document.draft.startswith("Entwurf für Verhandlungen")
    parts = [heading.number for heading in document.headings if heading.number]
    assert parts == [f"§ {number}" for number in range(1, len(parts) + 1)]
    open_points = [node for node in document.nodes if isinstance(node, Points) and node.label == "Zu verhandeln"]
    assert len(open_points) == len(parts) - 1
    assert [len(node.who) for node in document.nodes if isinstance(node, Signatures)] == [2]
    text = words_of(document)
    for block in ("BB47", "BB48", "BB32", "BB52", "BB51"):
        assert material().by_block[block].text(Audience.RAT) in text


def test_the_council_paper_shows_what_else_was_possible_and_says_what_is_not_known() -> None:
    source = material()
    document = write(Output.BESCHLUSSVORLAGE, source)
    text = words_of(document)
    for one in source.clauses:
        for option in one.block.options:
            assert option.consequences in text
    unknown = [node for node in document.nodes if isinstance(node, Text) and node.label == "Nicht bekannt"]
    assert len(unknown) == 3
    assert "150 Euro im Monat" in text
    assert "Die Leitlinie legt dazu nichts fest." in words_of(
        write(Output.BESCHLUSSVORLAGE, of(Choice("BB25", "offen")))
    )


def test_the_leaflet_leaves_out_what_two_pages_do_not_hold() -> None:
    long = Choice("BB52", "schulung", wording={Audience.BESCHAEFTIGTE: "Wort " * 900})
    document = write(Output.MERKBLATT, of(long, Choice("BB53", "check")))
    names = [name for node in document.nodes if isinstance(node, Terms) for name, _said in node.pairs]
    assert [name.partition("\N{NO-BREAK SPACE}")[0] for name in names] == [BLOCKS["BB53"].title]


def test_html_is_a_page_that_a_screen_reader_can_walk() -> None:
    page = LexborHTMLParser(html_page(write(Output.LEITLINIE, material())))
    assert page.css_first("html").attributes["lang"] == "de"
    assert len(page.css("h1")) == 1
    for table in page.css("table"):
        assert table.css("thead th[scope=col]")
        assert len(table.css("tbody th[scope=row]")) == len(table.css("tbody tr"))
    for link in page.css("sup a"):
        target = (link.attributes["href"] or "").removeprefix("#")
        back = page.css_first(f"li#{target} a")
        assert back.attributes["href"] == f"#{link.attributes['id']}"
    inside = LexborHTMLParser(html_body(write(Output.WEBSEITE, material()), top=2))
    assert [node.text() for node in inside.css("h2")] == ["So nutzen wir Künstliche Intelligenz"]


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_nothing_that_a_town_types_is_markup(kind: Output) -> None:
    typed = Choice("BB12", "nie_buerger", reason=HOSTILE, source=HOSTILE, wording=dict.fromkeys(Audience, HOSTILE))
    town = Town(HOSTILE, Municipality.KREIS, TOWN.day, offices=Offices(kontakt=HOSTILE, personalvertretung=HOSTILE))
    document = write(kind, of(typed, town=town))
    page = LexborHTMLParser(html_page(document))
    assert not page.css("script")
    assert HOSTILE in page.text()
    plain = markdown(document)
    assert "<script" not in plain.replace("\\<", "")
    assert "\\*a\\* \\[b\\](c) \\`d\\`" in plain
    for line in plain.splitlines():
        if line.startswith("| "):
            assert line.replace("\\|", "").count("|") in {3, 4, 5, 6, 7}


def test_markdown_keeps_what_begins_like_markup_a_paragraph() -> None:
    for text, expected in (("# Titel", "\\# Titel"), ("- Punkt", "\\- Punkt"), ("1. Punkt", "1&#8203;. Punkt")):
        document = replace(write(Output.EINFACH, of()), nodes=(Text(text),))
        assert f"\n\n{expected}\n" in markdown(document)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (Municipality.STADT, "Leitlinie der Stadt Musterstadt"),
        (Municipality.KREIS, "Leitlinie des Kreises Musterstadt"),
        (Municipality.GEMEINDE, "Leitlinie der Gemeinde Musterstadt"),
        (Municipality.STADTWERK, "Leitlinie der Stadtwerke Musterstadt"),
    ],
)  # fmt: skip
def test_the_town_is_named_as_what_it_is(kind: Municipality, said: str) -> None:
    town = replace(TOWN, kind=kind, valid_from=date(2027, 1, 1))
    text = words_of(write(Output.LEITLINIE, material(town=town)))
    assert said in text
    assert town.adopts in text
    assert "Gilt ab 1. Januar 2027" in text


@pytest.mark.parametrize("example", Example)
def test_sources_say_every_clause_under_its_question_and_no_sentence_twice(example: Example) -> None:
    made = material(example)
    texts = [source_text(write(kind, made), made).text for kind in SOURCES]
    for one in made.clauses:
        heading = f"### {one.number} {one.block.title}: {one.block.question}"
        assert all(heading in text for text in texts), heading
    said = [line for text in texts for line in text.splitlines() if len(line) > 60 and not line.startswith("#")]
    rules = [line for line in said if not line.startswith("**Vorschriften:**")]
    assert [line for line in rules if rules.count(line) > 1] == []
    assert not any(mark in text for text in texts for mark in ("[^", "| ---", "Anlage 1: ", "Unterschrift: "))
