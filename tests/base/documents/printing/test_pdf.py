"""What a reader, a screen reader and an archive find in our PDF files."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pypdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leitplanke.base.documents.printing import (
    Answer,
    Form,
    FormField,
    FormSection,
    Record,
    RecordSection,
    TooLongError,
    form_pdf,
    letter_pdf,
    record_pdf,
    typesetting,
)
from leitplanke.base.documents.printing.text import clean
from leitplanke.core.drafting.brief import Author, Brief, Paragraph, Part, Sentence, Table
from tests.base.documents.printing.samples import bescheid, formular, mitwirkung, paragraph, quittung

ALL = {
    "bescheid": lambda: letter_pdf(bescheid()),
    "mitwirkung": lambda: letter_pdf(mitwirkung()),
    "formular": lambda: form_pdf(formular()),
    "quittung": lambda: record_pdf(quittung()),
}
HOSTILE = [
    '#read("/etc/passwd") #panic() #let x = 1',
    "*fett* _kursiv_ $ x^2 $ `code` @verweis <marke> = Titel // weg /* weg */",
    "\\ \\u{41} \\# ~ --- ... 'a' \"b\" [c] {d} - e + f / g: h",
    "</w:t><script>alert(1)</script> & {{ brief }} {% include 'x' %}",
    "👩‍👩‍👧 😀 🇩🇪 €",
    "שלום עולם مرحبا بالعالم 你好",
    "a\u200bb\u200cc\u200dd\ufeffe",
    "\u202eEUR 000.1\u202c",
    "\x00\x07\x1b\ud800\ue000\uffff",
    "e\u0301" * 200,
    "x" * 10_000,
    "Zeile 1\nZeile 2\r\nZeile 3\u2028Zeile 4",
]


def squeezed(text: str) -> str:
    """Leave out what setting a text may add: space, hyphens at line ends, places to break."""
    return re.sub(r"[\s\u00ad\u200b\ufffe\x02-]", "", text)


def read(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(document[index].get_textpage().get_text_range() for index in range(len(document)))
    finally:
        document.close()


def tags(pdf: bytes) -> Counter[str]:
    root: Any = pypdf.PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    return Counter(_walk(root["/StructTreeRoot"]["/K"].get_object()))


def _walk(node: Any) -> Iterator[str]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for child in node:
            yield from _walk(child)
    elif isinstance(node, dict):
        if "/S" in node:
            yield str(node["/S"])
        if "/K" in node:
            yield from _walk(node["/K"])


@pytest.mark.parametrize("name", ALL)
def test_file_is_tagged_has_language_and_title_and_says_it_is_pdf_ua(name: str) -> None:
    reader = pypdf.PdfReader(io.BytesIO(ALL[name]()))
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "de"
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - pypdf's own boolean
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert reader.metadata is not None
    assert reader.metadata.title
    assert reader.metadata.author == "Stadt Musterstadt"
    assert b"pdfuaid:part>1<" in root["/Metadata"].get_data()


def test_letter_has_headings_list_table_with_header_cells() -> None:
    found = tags(letter_pdf(bescheid()))
    assert found["/H1"] == 1
    assert found["/H2"] == 5
    assert found["/TH"] == 3
    assert found["/TD"] == 33
    assert found["/Caption"] == 1
    assert found["/LI"] == 6


def test_form_lists_have_header_cells() -> None:
    found = tags(form_pdf(formular()))
    assert found["/TH"] == 3
    assert found["/H1"] == 1


@pytest.mark.parametrize("brief", [bescheid(), mitwirkung()], ids=["bescheid", "mitwirkung"])
def test_letter_says_every_word_once_and_in_order(brief: Brief) -> None:
    shown = squeezed(read(letter_pdf(brief)))
    place = shown.index(squeezed(brief.betreff))
    for part in brief.text.split("\n"):
        words = squeezed(part)
        if words and "  " not in part:
            place = shown.index(words, place)
    for table in (block for block in brief.body if isinstance(block, Table)):
        for row in table.rows:
            assert squeezed("".join(row)) in shown
    for line in (*brief.empfaenger, brief.aktenzeichen, brief.unterzeichnet, brief.kennzeichnung, *brief.anlagen):
        assert squeezed(line) in shown


def test_share_of_the_machine_is_in_the_properties() -> None:
    brief = bescheid()
    half = (Sentence("abcd", author=Author.PERSON), Sentence("efgh"))
    mixed = brief.with_body((Paragraph("a", Part.TEXT, half),))
    nearly = brief.with_body((Paragraph("a", Part.TEXT, (Sentence("x", author=Author.PERSON), Sentence("y" * 999))),))
    keywords = [
        pypdf.PdfReader(io.BytesIO(letter_pdf(each))).trailer["/Info"]["/Keywords"] for each in (brief, mixed, nearly)
    ]
    assert keywords == ["maschinell erstellt 100 %", "maschinell erstellt 50 %", "maschinell erstellt 99 %"]


@pytest.mark.parametrize("name", ALL)
def test_same_document_gives_the_same_bytes(name: str) -> None:
    assert ALL[name]() == ALL[name]()


def test_pages_are_counted_from_the_second_one_and_repeat_the_table_head() -> None:
    rows = tuple((f"Schritt {number}", "§ 1 WoGG", f"{number},00 EUR") for number in range(300))
    table = Table("t", "Lange Berechnung", ("Schritt", "Norm", "Betrag"), rows, strong=(299,))
    document = pypdfium2.PdfDocument(letter_pdf(bescheid().with_body((table,))))
    texts = [document[index].get_textpage().get_text_range() for index in range(len(document))]
    document.close()
    assert len(texts) > 5
    assert "Seite 1" not in texts[0]
    for number, text in enumerate(texts[1:-1], start=2):
        assert f"Seite {number} von {len(texts)}" in text
        assert "Betrag" in text
    assert squeezed("Schritt 299 § 1 WoGG 299,00 EUR") in squeezed("".join(texts))


def test_legal_remedy_stays_on_one_page() -> None:
    remedy = paragraph(Part.RECHTSBEHELF, *["Sie können Widerspruch erheben."] * 40, heading="Rechtsbehelfsbelehrung")
    for lines in range(20, 34, 2):
        fill = tuple(paragraph(Part.TEXT, f"Absatz {number}.") for number in range(lines))
        document = pypdfium2.PdfDocument(letter_pdf(bescheid().with_body((*fill, remedy))))
        counts = [document[i].get_textpage().get_text_range().count("Widerspruch") for i in range(len(document))]
        document.close()
        assert sorted(count for count in counts if count) == [40], (lines, counts)


@pytest.mark.security
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_typed_is_read_as_markup(text: str) -> None:
    # Six places of a letter at once, and the words come out as they went in.
    table = Table("t", text, (text, "B"), ((text, text),))
    body = (paragraph(Part.TENOR, text, heading=text), paragraph(Part.HINWEIS, text, text, listed=True), table)
    brief = replace(bescheid(), betreff=text, empfaenger=(text,), body=body, anlagen=(text,), aktenzeichen=text)
    pdf = letter_pdf(brief)
    if all(ord(char) < 0x250 and char.isprintable() for char in text):
        # What runs over several pages is interrupted by their heads; then the signs are counted.
        shown, wanted = squeezed(read(pdf)), squeezed(text)
        assert shown.count(wanted if len(wanted) < 1000 else wanted[:1]) >= 9 * (
            len(wanted) if len(wanted) >= 1000 else 1
        )
    assert form_pdf(hostile_form(text))
    assert record_pdf(hostile_record(text))


@pytest.mark.parametrize("text", ["x" * 10_000, "W" * 300, "Donaudampfschifffahrtsgesellschaftskapitaen " * 20])
def test_nothing_runs_over_the_edge_of_the_paper(text: str) -> None:
    table = Table("t", text, (text, "B", text), ((text, "1,00 EUR", text),))
    body = (paragraph(Part.TENOR, text, heading=text), paragraph(Part.HINWEIS, text, listed=True), table)
    office = replace(bescheid().absender, behoerde=text[:300], email=text[:300])
    brief = replace(bescheid(), betreff=text, absender=office, empfaenger=(text,), body=body, anlagen=(text,))
    document = pypdfium2.PdfDocument(letter_pdf(brief))
    for index in range(len(document)):
        page, shown = document[index], document[index].get_textpage()
        boxes = [shown.get_charbox(char) for char in range(shown.count_chars())]
        assert max(right for _, _, right, _ in boxes) <= page.get_width() - 30
        assert min(bottom for _, bottom, _, _ in boxes) >= 30
    document.close()


def hostile_form(text: str) -> Form:
    fields = tuple(FormField(text, answer, text, text, (text, text), (text, text), 3) for answer in Answer)
    lines = (text, text)
    return replace(
        formular(), title=text, intro=lines, declaration=lines, submit=lines, privacy=lines,
        sections=(FormSection(text, fields, text),),
    )  # fmt: skip


def hostile_record(text: str) -> Record:
    table = Table("t", text, (text,), ((text, text), ()))
    section = RecordSection(text, (text, table))
    return replace(quittung(), title=text, subtitle=text, highlights=((text, text),), sections=(section,), notice=text)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300), st.text(alphabet="#$*_\\@<>[]{}`=-+/~\"'(),.:; \n", min_size=1, max_size=60))
def test_any_text_gives_a_letter_and_signs_of_markup_stay(text: str, signs: str) -> None:
    body = (paragraph(Part.TEXT, text), paragraph(Part.TEXT, f"x{signs}x", listed=True))
    shown = squeezed(read(letter_pdf(replace(bescheid(), betreff=text, body=body))))
    assert squeezed(f"x{signs}x") in shown


def test_empty_documents_are_still_documents() -> None:
    empty = replace(bescheid(), betreff="", body=(), empfaenger=(), anlagen=(), aktenzeichen="", unterzeichnet="")
    assert tags(letter_pdf(empty))["/H1"] == 1
    assert form_pdf(replace(formular(), title="", sections=(), submit=(), privacy=(), declaration=()))
    assert record_pdf(Record("", "", bescheid().datum, ()))
    no_cells = Table("t", "", (), ())
    assert letter_pdf(bescheid().with_body((no_cells, Paragraph("p", Part.TEXT, ()))))


def test_what_misleads_or_cannot_be_shown_is_taken_out() -> None:
    assert clean("\u202eEUR 000.1\u202c") == "EUR 000.1"
    assert clean("a\x00b\ud800c\ue000d") == "ab\ufffdc\ufffdd"
    assert clean("a\r\nb\u2028c\td") == "a\nb\nc d"
    assert clean("👩\u200d👧 e\u0301 \u00a0") == "👩\u200d👧 e\u0301 \u00a0"


def test_english_letter_speaks_english() -> None:
    pdf = letter_pdf(replace(bescheid(), sprache="en"))
    assert pypdf.PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/Lang"] == "en"
    shown = read(pdf)
    assert "Page 2 of 2" in shown
    assert "27 November 2026" in shown or "November 27, 2026" in shown


def test_unknown_language_is_taken_for_german() -> None:
    pdf = letter_pdf(replace(bescheid(), sprache="!!"))
    assert pypdf.PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/Lang"] == "de"


def test_more_pages_than_anybody_prints_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TooLongError, match="200 Seiten"):
        letter_pdf(bescheid().with_body([paragraph(Part.TEXT, "Wort " * 400_000)]))
    monkeypatch.setattr(typesetting, "MAX_PAGES", 1)
    with pytest.raises(TooLongError):
        letter_pdf(bescheid())
    assert letter_pdf(mitwirkung())


def test_letters_set_at_the_same_time_do_not_mix() -> None:
    briefs = [replace(bescheid(), aktenzeichen=f"AZ-{number:04}") for number in range(24)]
    alone = [letter_pdf(brief) for brief in briefs]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(letter_pdf, briefs)) == alone
    assert len(set(alone)) == 24


def test_two_columns_are_read_one_after_the_other() -> None:
    left, right = (
        "Verwaltungsvorschriften und Dienstanweisungen. " * 60,
        "Veröffentlichungspflichten im Gemeindegebiet. " * 60,
    )
    record = replace(quittung(), sections=(RecordSection("Eins", (left,)), RecordSection("Zwei", (right,))), columns=2)
    text = pypdf.PdfReader(io.BytesIO(record_pdf(record))).pages[0].extract_text()
    assert text.index("Eins") < text.index("Zwei")
    lengths = [len(line) for line in text.splitlines() if line.strip()]
    assert sum(length < 60 for length in lengths) > 0.9 * len(lengths)
