"""Defects that the checker must find, and edits that it must let pass."""

from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitplanke.core.drafting.brief import Author, Paragraph, Part, Sentence, Table
from leitplanke.core.drafting.checking import blocking, check
from leitplanke.core.drafting.editing import edited
from leitplanke.core.drafting.sample import sample

RENT, CHILD = "Rentnerin allein, Mietenstufe I", "Kind unter 6 Jahren, voller Monat 2025"
GRANT = ("wohngeld", RENT, "bescheid")
REFUSAL = ("wohngeld", "Ablehnung wegen zu hohen Einkommens", "bescheid")
ADVANCE = ("unterhaltsvorschuss", CHILD, "bescheid")
ASKING = ("wohngeld", RENT, "mitwirkung")
HEARING = ("wohngeld", RENT, "anhoerung")
made = cache(sample)
# Letter, paragraph, words, and what somebody put in their place (appended where there are none); then what is found.
DEFECTS = [
    (GRANT, "tenor", "Sie erhalten Wohngeld", "Sie erhalten kein Wohngeld", {"verneinung"}),
    (GRANT, "tenor", "im Monat", "im Jahr", {"einheit"}),
    (GRANT, "tenor", "110 EUR", "335,00 EUR", {"betrag", "rolle"}),
    (GRANT, "zeitraum", "bis zum 31. Dezember 2025", "", {"frist"}),
    (
        GRANT,
        "zeitraum",
        "1. Januar 2025 bis zum 31. Dezember 2025",
        "31. Dezember 2025 bis zum 1. Januar 2025",
        {"rolle"},
    ),
    (GRANT, "zeitraum", "31. Dezember 2025", "31. Dezember 2026", {"datum"}),
    (GRANT, "gruende", "445,40 EUR", "1.162,35 EUR", {"betrag", "rolle"}),
    (GRANT, "gruende", "§§ 1, 3, 19 und 25 WoGG", "§§ 1, 3, 19 und 27 WoGG", {"norm"}),
    (GRANT, "gruende", "25 WoGG", "25 SGB II", {"norm"}),
    (GRANT, "rechtsbehelf", "eines Monats", "von zwei Wochen", {"frist"}),
    (GRANT, "rechtsbehelf", "können Sie innerhalb", "können Sie nicht innerhalb", {"verneinung"}),
    (GRANT, "rechtsbehelf", "Widerspruch erheben", "Klage erheben", {"gegenteil", "zusatz", "rechtsbehelf"}),
    (GRANT, "rechtsbehelf", "können", "müssen", {"verbindlichkeit"}),
    (GRANT, "rechtsbehelf", "innerhalb eines Monats nach seiner Bekanntgabe ", "", {"frist"}),
    (GRANT, "rechtsbehelf", "45128", "45182", {"zahl", "rechtsbehelf"}),
    (GRANT, "anrede", "Erika Musterfrau", "Jonas Beispiel", {"name"}),
    (GRANT, "anrede", "Erika Musterfrau", "Petra Fremd", {"name"}),
    (GRANT, "gruende", "1 Person", "2 Personen", {"zahl"}),
    (GRANT, "gruende", "1.162,35 EUR", "1.126,35 EUR", {"betrag"}),
    (GRANT, "mitteilung_aenderung", "weniger Menschen", "mehr Menschen", {"gegenteil"}),
    (GRANT, "mitteilung_aenderung", "deutlich sinkt", "deutlich steigt", {"gegenteil"}),
    (GRANT, "gruende", "", "Außerdem haben Sie im letzten Jahr falsche Angaben gemacht.", {"ohne_grund"}),
    (GRANT, "gruende", "", "Das folgt auch aus § 42 SGB XII.", {"norm"}),
    (GRANT, "tenor", "", "Sie erhalten Wohngeld in Höhe von 150 EUR im Monat.", {"betrag", "doppelt"}),
    (GRANT, "tenor", "", "Ihr Antrag wird abgelehnt.", {"entscheidung"}),
    (GRANT, "urteile_missbraeuchlich", "Ergebnis der Beurteilung: nein", "Ergebnis der Beurteilung: ja", {"gegenteil"}),
    (GRANT, "urteile_missbraeuchlich", "passt zu den Belegen", "passt nicht zu den Belegen", {"urteil"}),
    (
        GRANT,
        "urteile_missbraeuchlich",
        "Im Gespräch am 12. Februar 2025 haben Sie Ihre Lage geschildert",
        "Sie haben Ihre Lage am Telefon geschildert",
        {"urteil"},
    ),
    (REFUSAL, "tenor", "wird abgelehnt", "wird bewilligt", {"gegenteil", "entscheidung"}),
    (REFUSAL, "tenor", "wird abgelehnt", "wird nicht abgelehnt", {"verneinung"}),
    (REFUSAL, "gruende", "zu hoch", "zu niedrig", {"gegenteil"}),
    (REFUSAL, "gruende", "kein Wohngeld", "Wohngeld", {"verneinung"}),
    (REFUSAL, "gruende", "Das Gesamteinkommen Ihres Haushalts", "Das Vermögen Ihres Haushalts", {"zusatz"}),
    (REFUSAL, "gruende", "", "Sie haben den Antrag zu spät gestellt.", {"ohne_grund"}),
    (
        REFUSAL,
        "tenor",
        "wird abgelehnt.",
        "wird abgelehnt, weil Sie Ihren Mietvertrag nicht vorgelegt haben.",
        {"grund_hinzugefuegt", "verneinung"},
    ),
    (ASKING, "mitwirkung_frist", "bis zum", "ab dem", {"grenze"}),
    (ASKING, "mitwirkung_frist", "31. März 2025", "13. März 2025", {"datum"}),
    (ASKING, "mitwirkung_frist", "bis zum 31. März 2025", "bald", {"frist"}),
    (
        ASKING,
        "mitwirkung_rechtsfolgen",
        "ganz oder teilweise versagen oder entziehen",
        "kürzen",
        {"rechtsfolge", "zusatz"},
    ),
    (ASKING, "mitwirkung_rechtsfolgen", "erschwert, können wir", "erschwert, müssen wir", {"verbindlichkeit"}),
    (ASKING, "mitwirkung_pflicht_sgb", "muss alles", "kann alles", {"verbindlichkeit"}),
    (
        ADVANCE,
        "tenor",
        "Unterhaltsvorschuss wird bewilligt",
        "Unterhaltsvorschuss wird versagt",
        {"gegenteil", "entscheidung"},
    ),
    (GRANT, "tenor", "110 EUR", "11\u041e EUR", {"zeichen", "betrag"}),
    (GRANT, "tenor", "Wohn", "Wohn\u200b", {"zeichen"}),
    (GRANT, "mitteilung_leistung", "unwirksam", "wirksam", {"gegenteil"}),
    (GRANT, "gruende", "Rechtsgrundlage: §§ 1, 3, 19 und 25 WoGG.", "", {"norm", "fehlt_grund"}),
    (GRANT, "mensch_entscheidet", "hat ein Mensch", "hat ein Programm", {"gegenteil"}),
    (HEARING, "anhoerung_recht_sgb", "", "Wir haben uns bereits entschieden.", {"entscheidung", "ohne_grund"}),
]
HARMLESS = [
    (GRANT, "tenor", "110 EUR", "110,00 Euro"),
    (GRANT, "tenor", "110 EUR im Monat", "110 € monatlich"),
    (GRANT, "tenor", "Sie erhalten Wohngeld in Höhe von 110 EUR im Monat", "Ihr Wohngeld beträgt 110 EUR im Monat"),
    (
        GRANT,
        "tenor",
        "Sie erhalten Wohngeld in Höhe von 110 EUR im Monat",
        "Wir freuen uns, Ihnen mitteilen zu können, dass Sie Wohngeld in Höhe von 110 EUR im Monat bekommen",
    ),
    (GRANT, "tenor", "Sie erhalten Wohngeld", "Sie bekommen monatlich Wohngeld"),
    (GRANT, "zeitraum", "vom 1. Januar 2025 bis zum 31. Dezember 2025", "vom 01.01.2025 bis 31.12.2025"),
    (
        GRANT,
        "zeitraum",
        "Das Wohngeld ist bewilligt vom 1. Januar 2025 bis zum 31. Dezember 2025",
        "Vom 1. Januar 2025 bis zum 31. Dezember 2025 bewilligen wir Ihnen Wohngeld",
    ),
    (
        GRANT,
        "gruende",
        "Miete oder Belastung von 445,40 EUR im Monat und dem Gesamteinkommen von 1.162,35 EUR im Monat",
        "Miete oder Belastung von 445,40 EUR je Monat und dem Gesamteinkommen von 1.162,35 EUR im Monat",
    ),
    (
        GRANT,
        "gruende",
        "Rechtsgrundlage: §§ 1, 3, 19 und 25 WoGG",
        "Rechtsgrundlage sind die §§ 1, 3, 19 und 25 des Wohngeldgesetzes (WoGG)",
    ),
    (GRANT, "kontakt", "", "Bei Fragen rufen Sie uns gern an."),
    (GRANT, "kontakt", "", "Wir helfen Ihnen gern weiter."),
    (GRANT, "gruss", "", "Ihre Wohngeldstelle"),
    (GRANT, "kontakt", "", "Unsere Sprechzeiten sind Mo bis Fr 8 bis 12 Uhr."),
    (GRANT, "kontakt", "", "Sie erreichen Frau Anna Klar telefonisch unter 0201 555-0142."),
    (GRANT, "anrede", "Guten Tag Erika Musterfrau", "Sehr geehrte Frau Musterfrau"),
    (GRANT, "mitteilung_aenderung", "Teilen Sie uns bitte sofort mit", "Bitte teilen Sie uns sofort mit"),
    (GRANT, "mitteilung_leistung", "teilen Sie es uns bitte mit", "sagen Sie uns bitte Bescheid"),
    (GRANT, "kontakt", "Rufen Sie uns gern an oder kommen Sie vorbei", "Sie können uns gern anrufen oder vorbeikommen"),
    (GRANT, "rechtsbehelf", "Absatz 2", "Abs. 2"),
    (GRANT, "rechtsbehelf", "innerhalb eines Monats", "binnen eines Monats"),
    (GRANT, "rechtsbehelf", "eines Monats", "von einem Monat"),
    (
        REFUSAL,
        "tenor",
        "Ihr Antrag auf Wohngeld wird abgelehnt",
        "Leider müssen wir Ihren Antrag auf Wohngeld ablehnen",
    ),
    (REFUSAL, "tenor", "Ihr Antrag auf Wohngeld wird abgelehnt", "Wir lehnen Ihren Antrag auf Wohngeld ab"),
    (REFUSAL, "tenor", "Ihr Antrag auf Wohngeld wird abgelehnt", "Ihren Antrag auf Wohngeld lehnen wir leider ab"),
    (REFUSAL, "gruende", "Die Berechnung ergibt kein Wohngeld", "Nach der Berechnung ergibt sich kein Wohngeld"),
    (
        REFUSAL,
        "gruende",
        "ist im Verhältnis zur Miete oder Belastung zu hoch. Die",
        "ist im Verhältnis zur Miete oder Belastung zu hoch, und die",
    ),
    (REFUSAL, "gruende", "", "Wir bedauern, dass wir Ihnen keine bessere Nachricht geben können."),
    (REFUSAL, "kontakt", "", "Wir erklären Ihnen die Berechnung gern in einem persönlichen Gespräch."),
    (
        ASKING,
        "mitwirkung_frist",
        "Bitte schicken Sie uns alles bis zum",
        "Bitte reichen Sie die Unterlagen bis spätestens zum",
    ),
    (ASKING, "mitwirkung_frist", "31. März 2025", "31.03.2025"),
    (
        ASKING,
        "mitwirkung_anlass",
        "Damit wir entscheiden können, brauchen wir noch etwas von Ihnen",
        "Für die Entscheidung benötigen wir noch etwas von Ihnen",
    ),
    (ASKING, "mitwirkung_wege", "Bitte schicken Sie Kopien", "Bitte senden Sie uns Kopien"),
    (ASKING, "mitwirkung_wege", "", "Vielen Dank für Ihre Mithilfe!"),
    (ASKING, "kontakt", "", "Falls Sie Hilfe brauchen, sprechen Sie uns bitte an."),
    (ASKING, "mitwirkung_anlass", "", "Vielen Dank für Ihren Antrag."),
    (GRANT, "kontakt", "", "Auf Wunsch erklären wir Ihnen diesen Brief in einfacher Sprache."),
    (GRANT, "gruss", "", "Wir wünschen Ihnen alles Gute."),
    (HEARING, "anhoerung_recht_sgb", "", "Wir möchten Ihre Sicht verstehen."),
]


def findings(letter, paragraph, words, other, own=None):
    item = made(*letter)
    text = next(block.text for block in item.brief.paragraphs if block.key == paragraph)
    assert words in text
    new = text.replace(words, other, 1) if words else f"{text} {other}"
    return check(edited(item.brief, {paragraph: new}, own), item.grounds)


@pytest.mark.parametrize(("letter", "paragraph", "words", "other", "kinds"), DEFECTS)
def test_defect_is_found(letter, paragraph, words, other, kinds):
    found = findings(letter, paragraph, words, other)
    assert {finding.kind for finding in found if finding.blocking} & {*kinds, "fehlt_frist"}
    for finding in found:
        assert finding.message.endswith((".", "“"))
        assert 0 <= finding.start <= finding.end


@pytest.mark.parametrize(("letter", "paragraph", "words", "other"), HARMLESS)
def test_harmless_edit_passes(letter, paragraph, words, other):
    assert [finding for finding in findings(letter, paragraph, words, other) if finding.blocking] == []


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_changed_digit_is_found(data):
    letter = data.draw(st.sampled_from([GRANT, REFUSAL, ADVANCE, ASKING, HEARING]))
    item = made(*letter)
    places = [
        (paragraph.key, place)
        for paragraph in item.brief.paragraphs
        for place, sign in enumerate(paragraph.text)
        if sign.isdigit()
    ]
    key, place = data.draw(st.sampled_from(places))
    text = next(block.text for block in item.brief.paragraphs if block.key == key)
    digit = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != text[place]]))
    brief = edited(item.brief, {key: text[:place] + digit + text[place + 1 :]})
    assert blocking(check(brief, item.grounds))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_dropping_a_required_sentence_is_found(data):
    item = made(*data.draw(st.sampled_from([GRANT, REFUSAL, ADVANCE, ASKING])))
    key = data.draw(st.sampled_from(sorted(item.grounds.required)))
    paragraph = next(p for p in item.brief.paragraphs if any(s.ground == key for s in p.sentences))
    left = tuple(sentence for sentence in paragraph.sentences if sentence.ground != key)
    body = [replace(b, sentences=left) if b == paragraph else b for b in item.brief.body]
    found = check(item.brief.with_body(body), item.grounds)
    assert blocking(found)


def test_claimed_ground_is_not_believed():
    item = made(*GRANT)
    forged = Sentence("Sie erhalten Wohngeld in Höhe von 900 EUR im Monat.", "tenor:bewilligung:1", Author.MACHINE)
    body = [replace(b, sentences=(forged,)) if b.key == "tenor" else b for b in item.brief.body]
    assert "betrag" in {finding.kind for finding in check(item.brief.with_body(body), item.grounds)}


def test_own_sentence_passes_with_a_ground_of_the_file_only():
    text = "Wir haben darüber am 12. Februar 2025 mit Ihnen gesprochen."
    assert findings(GRANT, "gruende", "", text, {text: "unterlage:gespraech"}) == ()
    assert blocking(findings(GRANT, "gruende", "", text))
    assert blocking(findings(GRANT, "gruende", "", text, {text: "unterlage:erfunden"}))


def test_own_sentence_with_a_ground_may_not_bring_new_figures():
    text = "Wir haben darüber am 13. Februar 2025 mit Ihnen gesprochen."
    assert {f.kind for f in findings(GRANT, "gruende", "", text, {text: "unterlage:gespraech"})} == {"datum"}


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ({"empfaenger": ("Jonas Beispiel", "Lindenweg 12", "45130 Musterstadt")}, "adressat"),
        ({"aktenzeichen": "WG-2025-00471"}, "kopf"),
        ({"datum": date(2025, 3, 4)}, "datum"),
        ({"betreff": "Ablehnung"}, "kopf"),
        ({"kennzeichnung": ""}, "kopf"),
    ],
)
def test_head_is_that_of_the_case(head, kind):
    item = made(*GRANT)
    assert [finding.kind for finding in check(replace(item.brief, **head), item.grounds)] == [kind]


def test_table_cannot_be_changed():
    item = made(*GRANT)
    body = [
        replace(b, rows=(*b.rows[:-1], (*b.rows[-1][:-1], "120 EUR im Monat"))) if isinstance(b, Table) else b
        for b in item.brief.body
    ]
    assert {finding.kind for finding in check(item.brief.with_body(body), item.grounds)} == {"berechnung"}
    with pytest.raises(KeyError, match="berechnung"):
        edited(item.brief, {"berechnung": "alles anders"})


def test_paragraph_that_the_draft_does_not_have_needs_a_ground():
    item = made(*GRANT)
    fresh = Paragraph("neu", Part.TEXT, (Sentence("Ihre Nachbarin hat uns das bestätigt."),), "Wichtig")
    found = check(item.brief.with_body([*item.brief.body, fresh]), item.grounds)
    assert {finding.kind for finding in found} == {"ohne_grund", "ueberschrift"}


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120))
def test_any_text_is_checked_without_an_error(text):
    item = made(*GRANT)
    for finding in check(edited(item.brief, {"gruende": text}), item.grounds):
        assert finding.message
