"""Every fault of an application type is told with file, line and what to do, in German."""

from pathlib import Path

import pytest

from leitplanke.core.rules import RegelwerkError, load_texts
from leitplanke.core.rules.loading import texts_of
from leitplanke.core.verfahren.loading import load_verfahren_texts

FOLDER = Path(__file__).resolve().parents[2] / "regelwerke" / "musterzuschuss"
TEXTS = texts_of(FOLDER)
HEAD = "verfahren.yaml"
BESCHEID = "schreiben/bescheid.yaml"
MITWIRKUNG = "schreiben/mitwirkung.yaml"
RUECKNAHME = "schreiben/bescheid_ruecknahme.yaml"


def line_of(file: str, words: str) -> int:
    return TEXTS[file].split(words)[0].count("\n") + 1


def said(files: dict[str, str], shared: dict[str, str] | None = None) -> list[str]:
    regelwerk = load_texts(files, ebene="musterstadt")
    with pytest.raises(RegelwerkError) as told:
        load_verfahren_texts(files, regelwerk, shared)
    return [str(finding) for finding in told.value.findings]


def changed(file: str, old: str, new: str) -> dict[str, str]:
    assert TEXTS[file].count(old) == 1, old
    return {**TEXTS, file: TEXTS[file].replace(old, new)}


def test_the_sample_is_sound() -> None:
    assert load_verfahren_texts(TEXTS, load_texts(TEXTS, ebene="musterstadt")).kuerzel == "MZ"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("  kuerzel: MZ\n", "", "verfahren: „kuerzel“ fehlt."),
        (
            "verfahrensrecht: vwvfg",
            "verfahrensrecht: bgb",
            "„verfahrensrecht“ ist „bgb“, möglich sind: sgb_x, vwvfg, ao",
        ),
        ("stichtag: antragstag", "stichtag: heute", "„stichtag“ ist „heute“, möglich sind: antragsmonat"),
        ("  kuerzel: MZ\n", "  kuerzel: MZ\n  farbe: rot\n", "„farbe“ gibt es hier nicht. Möglich:"),
        ("bearbeitung_wochen: 2", "bearbeitung_wochen: bald", "„bearbeitung_wochen“ muss eine ganze Zahl sein"),
        (
            "[personen_im_haushalt, miete_monat",
            "[personen_im_haus, miete_monat",
            "Die Angabe „personen_im_haus“ gibt es",
        ),
        (
            "  stichtag: antragstag\n",
            "  stichtag: antragstag\n  antragstag: miete_monat\n",
            "keine Angabe der Art Datum",
        ),
        (
            "      belegt: [behinderung]\n",
            "      belegt: [krankheit]\n",
            "belegt: Die Angabe „krankheit“ gibt es nicht",
        ),
        (
            'felder: {geburtsdatum: "kinder[].geboren_am"}',
            'felder: {geburtsdatum: "kinder[].alter"}',
            "felder: Die Angabe",
        ),
        ("      wenn: behinderung\n", "      wenn: gesund\n", "wenn: Den Namen „gesund“ gibt es im Regelwerk nicht."),
        ("      wenn: behinderung\n", "      wenn: behinderung +\n", "Die Formel ist nicht lesbar"),
        ("      wenn: behinderung\n", "      wenn: miete_monat\n", "wenn „miete_monat“: Hier wird ein Wahrheitswert"),
        ("      felder: {}\n", "      felder: [a]\n", "„felder“ nennt je Feld der Unterlage eine Angabe"),
        ("statt: mietbescheinigung", "statt: grundbuch", "statt: „grundbuch“ wird in diesem Verfahren nicht verlangt."),
        ("arten: [ablehnung, ruecknahme]", "arten: [alles]", "zeichnung, arten: „alles“ gibt es nicht. Möglich:"),
        ('ab_betrag: "150.00"', 'ab_betrag: "viel"', "„viel“ ist keine Zahl"),
        (
            "    worum: {de: Ein erfundener Zuschuss zur Miete., en: An invented grant towards the rent.}\n",
            "",
            "„worum“ fehlt",
        ),
    ],
)
def test_fault_of_the_head_is_told(old: str, new: str, message: str) -> None:
    [finding] = said(changed(HEAD, old, new))
    assert finding.startswith("verfahren.yaml:")
    assert message in finding


def test_fault_names_the_line_it_stands_on() -> None:
    [finding] = said(changed(HEAD, "      wenn: behinderung\n", "      wenn: gesund\n"))
    assert finding.startswith(f"verfahren.yaml:{line_of(HEAD, '- art: schwerbehindertenausweis')}: ")
    [finding] = said(changed(BESCHEID, "{zeitraum_von}", "{zeitraum}"))
    assert finding.startswith(f"{BESCHEID}:{line_of(BESCHEID, '- key: zeitraum')}: Absatz „zeitraum“")


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (BESCHEID, "{zeitraum_von}", "{kinder}", "Für den Platz „{kinder}“ gibt es keinen Wert des ganzen Falls"),
        (BESCHEID, "{zeitraum_von}", "{kind_zaehlt}", "Für den Platz „{kind_zaehlt}“"),
        (BESCHEID, "{zeitraum_von}", "{hoechstmiete}", "Für den Platz „{hoechstmiete}“"),
        (BESCHEID, "{zeitraum_von}", "{Zeitraum}", "Geschweifte Klammern nur um einen Namen"),
        (BESCHEID, 'betreff: "Bescheid', 'betreff: "{gibt_es_nicht} Bescheid', "Vorlage „bescheid“: Für den Platz"),
        (BESCHEID, "wenn: zuschuss_monat > 0", "wenn: zuschuss > 0", "wenn: Den Namen „zuschuss“ gibt es im Regelwerk"),
        (
            BESCHEID,
            "wenn: zuschuss_monat > 0",
            "wenn: zuschuss_monat",
            "wenn „zuschuss_monat“: Hier wird ein Wahrheitswert",
        ),
        (BESCHEID, "    - gemeinsam: tenor\n", "", "Es fehlt ein Absatz mit „part: tenor“ ohne „wenn“."),
        (BESCHEID, "    - gemeinsam: gruende\n", "", "Es fehlt ein Absatz mit „part: gruende“ ohne „wenn“."),
        (BESCHEID, "    - gemeinsam: rechtsbehelf\n", "", "Es fehlt ein Absatz mit „part: rechtsbehelf“ ohne „wenn“."),
        (
            BESCHEID,
            "    - gemeinsam: rechtsbehelf\n",
            "    - gemeinsam: rechtsbehelf\n      wenn: zuschuss_monat > 0\n",
            "Es fehlt ein Absatz mit „part: rechtsbehelf“ ohne „wenn“.",
        ),
        (MITWIRKUNG, "    - gemeinsam: mitwirkung_rechtsfolgen\n", "", "mit „part: rechtsfolge“ ohne „wenn“."),
        (MITWIRKUNG, "part: frist", "part: text", "Es fehlt ein Absatz mit „part: frist“ ohne „wenn“."),
        (MITWIRKUNG, "part: frist", "part: unten", "„part“ ist „unten“, möglich sind: anrede"),
        (MITWIRKUNG, "      ground: § 26 Abs. 2 VwVfG\n", "", "Absatz „frist“: „ground“ fehlt"),
        (
            MITWIRKUNG,
            "    - gemeinsam: gruss\n",
            "    - gemeinsam: tschuess\n",
            "gemeinsamen Absatz „tschuess“ gibt es nicht",
        ),
        (
            MITWIRKUNG,
            "    - gemeinsam: gruss\n",
            "    - gemeinsam: anrede\n",
            "Absatz „anrede“ hat dieses Schreiben schon.",
        ),
        (MITWIRKUNG, "      pflicht: ja\n", "      pflicht: immer\n", "„pflicht“ ist „ja“ oder „nein“"),
        (MITWIRKUNG, "      pflicht: ja\n", "      block: frist\n", "„block“ ist „frist“, möglich sind: tenor"),
        (
            MITWIRKUNG,
            "      text: Bitte schicken Sie uns alles bis zum {frist}.\n",
            "",
            "Es fehlt „text“ (Sätze) oder „block“",
        ),
        (MITWIRKUNG, "art: mitwirkung", "art: rundbrief", "„art“ ist „rundbrief“, möglich sind: eingangsbestaetigung"),
        (RUECKNAHME, "fuer: [ruecknahme]", "fuer: [absage]", "fuer: „absage“ gibt es nicht. Möglich: bewilligung"),
    ],
)
def test_fault_of_a_letter_is_told(file: str, old: str, new: str, message: str) -> None:
    findings = said(changed(file, old, new))
    assert any(finding.startswith(f"{file}:") and message in finding for finding in findings), findings


def test_letter_that_is_missing_is_told() -> None:
    for art in ("eingangsbestaetigung", "mitwirkung", "anhoerung"):
        [finding] = said({name: text for name, text in TEXTS.items() if name != f"schreiben/{art}.yaml"})
        assert finding == f"verfahren.yaml:1: Unter schreiben/ fehlt eine Vorlage mit „art: {art}“."


def test_each_decision_needs_a_letter() -> None:
    [finding] = said(changed(BESCHEID, "  art: bescheid\n", "  art: bescheid\n  fuer: [ablehnung]\n"))
    assert finding.startswith("verfahren.yaml:1: Für das Ergebnis „bewilligt“ (bewilligung) fehlt eine Vorlage")
    assert finding.endswith("Bitte unter schreiben/ anlegen, „fuer: [bewilligung]“.")


def test_outcome_without_reasons_or_with_an_unknown_slot_is_told() -> None:
    findings = said(changed("regeln.yaml", "Der Zuschuss wird bewilligt. Er beträgt {zuschuss_monat}.", "{betrag}."))
    assert "Ergebnis „bewilligt“: Für den Platz „{betrag}“" in findings[0]
    [finding] = said(
        changed(
            "regeln.yaml",
            "Einen Zuschuss gibt es nur zur Miete und erst vom Einzug an. Die Berechnung ergibt keinen Betrag.",
            '""',
        )
    )
    assert "Ergebnis „abgelehnt“: Ein Bescheid braucht „tenor“, „gruende“ und „rechtsbehelf“." in finding


def test_head_that_is_missing_or_empty_is_told() -> None:
    [finding] = said({name: text for name, text in TEXTS.items() if name != HEAD})
    assert finding == "verfahren.yaml:1: Die Datei fehlt; erst sie macht aus dem Regelwerk ein Fachverfahren."
    assert "verfahren.yaml:1: verfahren: Erwartet werden benannte Werte" in said({**TEXTS, HEAD: ""})[0]
    assert "kein" not in said({**TEXTS, HEAD: "verfahren: 3"})[0]
    assert "Kein gültiges YAML" in said({**TEXTS, HEAD: "verfahren: {"})[0]


def test_shared_paragraphs_are_checked_where_they_stand_and_where_they_are_used() -> None:
    shared = {"schreiben/a.yaml": "absaetze:\n  gruss:\n    part: gruss\n"}
    assert any(f.startswith("_gemeinsam/schreiben/a.yaml:3") and "„block“" in f for f in said(TEXTS, shared))
    twice = {f"schreiben/{name}.yaml": "absaetze:\n  gruss: {part: gruss, text: Ihre Stadt}\n" for name in "ab"}
    assert "Den gemeinsamen Absatz „gruss“ gibt es schon." in said(TEXTS, twice)[0]
    text = "schreiben:\n  art: abgabe\n  titel: T\n  betreff: B\n  absaetze:\n    - gemeinsam: fremd\n"
    only_here = {"schreiben/a.yaml": 'absaetze:\n  fremd: {part: text, ground: § 1, text: "{miete}"}\n'}
    files = {name: body for name, body in TEXTS.items() if not name.startswith("schreiben/")}
    findings = said({**files, "schreiben/abgabe.yaml": text}, only_here)
    assert any(f.startswith("schreiben/abgabe.yaml:6: Absatz „fremd“: Für den Platz „{miete}“") for f in findings)


def test_letter_without_paragraphs_is_told() -> None:
    text = "schreiben:\n  art: abgabe\n  titel: T\n  betreff: B\n  absaetze: []\n"
    [finding] = said({**TEXTS, "schreiben/abgabe.yaml": text})
    assert "Vorlage „abgabe“: „absaetze“ fehlt" in finding
